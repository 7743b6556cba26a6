"""What each flight is given in the coming hours: counts, forecast, supply, allocation, plan.

Everything but `history` (which reads the event log) and `making` (which writes `plan.json`) is
reckoned from plain values. See docs/ads-delivery.md.
"""
