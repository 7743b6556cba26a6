"""What runs beside requests, from the service's start to its end: mail, forgetting, orders that
nobody pays, learning which sessions have ended, and writing down what was seen."""

import gc
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, TypeAlias

import anyio
import anyio.to_thread

from paywall.accounts.retention import forget_for_ever
from paywall.ads.chores import do_chores_for_ever
from paywall.ended import Learner
from paywall.mail.delivery import Delivery, Relay
from paywall.money.unpaid import drop_for_ever
from paywall.service import Service

Life: TypeAlias = Callable[[Any], AbstractAsyncContextManager[None]]


def life_of(service: Service) -> Life:
    """How an application of Starlette's is to live (its `lifespan`)."""
    settings = service.settings
    relay = Relay(settings.relay) if settings.relay else None
    learner = Learner(service.database, service.ended, service.clock)
    counting = service.counting

    @asynccontextmanager
    async def life(_app: Any) -> AsyncIterator[None]:
        await learner.learn()  # before the first request
        await anyio.to_thread.run_sync(counting.remember, service.clock())
        async with anyio.create_task_group() as tasks:
            if relay is not None:
                sender = settings.mail_from
                delivery = Delivery(service.database, relay, sender, service.clock)
                tasks.start_soon(delivery.run)
            tasks.start_soon(forget_for_ever, service.database, service.clock)
            tasks.start_soon(learner.learn_for_ever)
            tasks.start_soon(drop_for_ever, service.till)
            tasks.start_soon(counting.log.flush_for_ever, counting.look)
            tasks.start_soon(do_chores_for_ever, settings, counting.hours, service.clock)
            # What was made until now stays: looking through it again and again for what may be
            # forgotten would hold requests up, a tenth of a second each time.
            gc.collect()
            gc.freeze()
            yield
            gc.unfreeze()
            tasks.cancel_scope.cancel()
        service.database.close()

    return life
