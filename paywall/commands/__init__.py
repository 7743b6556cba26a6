"""The `paywall` command: one file a command, each with `register` and `run`."""
