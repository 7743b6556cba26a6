"""Looks at all that the service needs, before it starts and while it runs; changes nothing."""
