"""What a process that a test starts needs for `make coverage` to count it."""

import os

MEASURED = {name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")}
"""Of the environment; nothing where nobody measures."""
