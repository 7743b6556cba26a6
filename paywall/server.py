"""Runs the application under granian."""

import errno
import socket
from collections.abc import Callable
from functools import partial

from granian import Granian
from granian.constants import HTTPModes, Interfaces, Loops
from granian.log import LogLevels
from starlette.types import ASGIApp

from paywall.app import create_app
from paywall.errors import PaywallError
from paywall.logs import CONFIGURATION
from paywall.settings import Settings

_STOP_SECONDS = 10
_STOP_DEVELOPMENT_SECONDS = 1
"""Pages that are open wait for news, and for ever: they are no requests to finish."""


def serve(settings: Settings, create: Callable[[Settings], ASGIApp] = create_app) -> None:
    """Serve until told to stop (SIGINT, SIGTERM); requests in progress are finished."""
    server = Granian(
        target="paywall",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        http=HTTPModes.http1,
        loop=Loops.uvloop,
        websockets=False,
        log_access=False,
        log_level=LogLevels.warning,
        log_dictconfig=CONFIGURATION,
        respawn_failed_workers=True,
        workers_kill_timeout=_STOP_DEVELOPMENT_SECONDS if settings.news else _STOP_SECONDS,
    )
    server.serve(target_loader=partial(create, settings), wrap_loader=False)


def check_port(host: str, port: int) -> None:
    """Raise `PaywallError` where the address cannot be listened on.

    Granian shares ports (SO_REUSEPORT): left to itself, a second service would start beside
    the first and get half of its requests.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        reason = f"impossible d’écouter sur {host}:{port} : {error.strerror}"
        if error.errno == errno.EADDRINUSE:
            reason = f"le port {port} est déjà pris : BICORNE_PORT en choisit un autre"
        raise PaywallError(reason) from error
