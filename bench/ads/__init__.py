"""Months of deliveries, simulated: the plan's, and linear weighting's (`make bench-ads`)."""
