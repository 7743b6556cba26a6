"""Runs localstripe with what it lacks, on loopback: `python run_localstripe.py PORT`."""

import sys

import localstripe_today
import localstripe_wallet
from aiohttp import web
from localstripe_checkout import CheckoutSession
from localstripe_checkout import add_pages as add_checkout


def main(port: int) -> None:
    localstripe_today.apply()
    localstripe_wallet.apply()
    from localstripe.server import app  # reads what was added when it is imported

    CheckoutSession._base = f"http://127.0.0.1:{port}"
    add_checkout(app)
    localstripe_today.add_pages(app)
    web.run_app(app, host="127.0.0.1", port=port, print=None)


if __name__ == "__main__":
    main(int(sys.argv[1]))
