//! Estimators over slices: moments, quantiles, tails, exceedance, paired differences, Gini. Draws nothing.
