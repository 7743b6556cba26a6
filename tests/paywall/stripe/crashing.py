"""Handles webhooks in processes that are killed (SIGKILL) at the n-th step: `python crashing.py`.

Reads a line of JSON for each, writes `killed` or `done`. A step is a statement that is about to be
sent to the database or has been, a commit that is about to be sent or has been, a question to
Stripe that is about to be asked or was answered; or, where the line says so, a request to Stripe.
At step 0 nothing is killed: this process itself handles that message, so that what is begun late
(imports, mappers) is there for all that follow.
"""

import gc
import json
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from paywall.money import stripe_client
from paywall.money.till import Till
from paywall.money.webhook import handle
from paywall.offers.file import read_offers
from paywall.settings import Settings
from paywall.store.database import Database


class Steps:
    def __init__(self, deadly: int) -> None:
        self._left = deadly

    def __call__(self, *_: object, **__: object) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def work(asked: dict[str, Any]) -> None:
    settings = Settings(
        database=asked["database"],
        stripe_key=asked["key"],
        stripe_webhook_secret=asked["secret"],
        stripe_api=asked["api"],
    )
    database, step = Database(settings.database), Steps(asked["step"])
    if asked.get("at_requests"):
        _watch_requests(step)
        step = Steps(0)
    for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(database.engine, name, step)
    event.listen(Session, "after_commit", step)
    offers = read_offers(Path(asked["offers"]))

    class Watched(Till):
        def enter(self, inquire: Any, message: Any = None) -> bool:
            def asking() -> Any:
                step()
                facts = inquire()
                step()
                return facts

            return super().enter(asking, message)

    till = Watched(settings, database, lambda: offers, lambda: datetime.now(UTC))
    handle(till, asked["body"].encode(), asked["signature"])
    database.close()


def _watch_requests(step: Steps) -> None:
    before = stripe_client._Sessions.request

    def request(*given: Any, **asked: Any) -> Any:
        step()
        answer = before(*given, **asked)
        step()
        return answer

    stripe_client._Sessions.request = request


def main() -> None:
    for line in sys.stdin:
        asked = json.loads(line)
        if asked["step"] == 0:
            work(asked)
            gc.collect()
            gc.freeze()
            print("done", flush=True)
            continue
        child = os.fork()
        if not child:
            try:
                work(asked)
                os._exit(0)
            except BaseException as error:
                print(repr(error), file=sys.stderr, flush=True)
                os._exit(3)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            print("killed", flush=True)
        else:
            print("done" if status == 0 else "failed", flush=True)


if __name__ == "__main__":
    main()
