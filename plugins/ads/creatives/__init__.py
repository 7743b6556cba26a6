"""Creatives: what advertisers send, made into what pages may show."""
