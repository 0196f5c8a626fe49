//! Tests of the room of what-if.

mod linked;
mod sensitivity;
mod sharp;
