"""What runs beside requests, from the service's start to its end: mail, forgetting, orders that
nobody pays, and learning which sessions have ended."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, TypeAlias

import anyio

from paywall.accounts.retention import forget_for_ever
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

    @asynccontextmanager
    async def life(_app: Any) -> AsyncIterator[None]:
        await learner.learn()  # before the first request
        async with anyio.create_task_group() as tasks:
            if relay is not None:
                sender = settings.mail_from
                delivery = Delivery(service.database, relay, sender, service.clock)
                tasks.start_soon(delivery.run)
            tasks.start_soon(forget_for_ever, service.database, service.clock)
            tasks.start_soon(learner.learn_for_ever)
            tasks.start_soon(drop_for_ever, service.till)
            yield
            tasks.cancel_scope.cancel()
        service.database.close()

    return life
