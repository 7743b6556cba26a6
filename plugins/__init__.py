"""Bicorne's Pelican plugins: the build half, from Markdown files to the two output trees."""
