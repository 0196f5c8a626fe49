//! copula
