"""Trains and measures the judge that keeps ads from painful texts."""
