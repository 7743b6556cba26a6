"""Serves what the build wrote: from an address to the one file that its reader may have."""
