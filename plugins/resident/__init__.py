"""The resident build: content, theme and settings are watched, and what changed is rewritten."""
