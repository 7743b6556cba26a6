"""Where accounts are kept: tables, transactions, and the log of every change."""
