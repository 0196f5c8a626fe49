//! quantile_table
