"""Readers and subscriptions from the spreadsheets that an association has kept until now."""
