"""Benchmarks: a generated magazine, an equivalent Hugo site, one table of measurements."""
