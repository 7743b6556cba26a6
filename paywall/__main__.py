"""Entry point of `python -m paywall` and of the `paywall` command."""

import sys

from paywall.commands.main import main

if __name__ == "__main__":
    sys.exit(main())
