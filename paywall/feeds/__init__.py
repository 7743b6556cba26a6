"""Subscribers' private feeds: full texts for who may read them, and the images in them."""
