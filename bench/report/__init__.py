"""Seconds and memory of reports over an event log of any size: `make bench-report EVENTS=n`."""
