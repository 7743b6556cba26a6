"""The line to Stripe: each thread's own connections, and an end to how long an answer may take.

Time-outs of sockets are between bytes: a server that sends one a second is within them for ever,
and the thread that waits for it with it. Here the connection is shut once its time is up.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socket import SHUT_RDWR, socket
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection

ANSWER_SECONDS = 30.0
"""For all of an answer, from the first byte that is sent to the last that comes."""


class SlowAnswerError(requests.RequestException):
    """An answer was not whole in time. It is not asked for again at once."""


class _Watch:
    """Hangs up when the time of a request is over."""

    def __init__(self) -> None:
        self.is_over = False
        self._line: socket | None = None
        self._lock = threading.Lock()

    def hold(self, line: socket) -> None:
        """What is to be shut; at once, where the time is over.

        Its own name of it: what closes after its answer is closed before the answer is read.
        """
        with self._lock:
            self._let_go()
            self._line = line.dup()
            if self.is_over:
                _shut(self._line)

    def hang_up(self) -> None:
        """Shut it: whoever waits for a byte of it is told that none will come."""
        with self._lock:
            self.is_over = True
            if self._line is not None:
                _shut(self._line)

    def end(self) -> None:
        """Hold nothing any more."""
        with self._lock:
            self._let_go()

    def _let_go(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None


_current = threading.local()
"""The watch of the request that this thread makes."""


@contextmanager
def _watched(seconds: float) -> Iterator[_Watch]:
    watch = _current.watch = _Watch()
    timer = threading.Timer(seconds, watch.hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield watch
    finally:
        timer.cancel()
        watch.end()
        _current.watch = None


def _shut(line: socket) -> None:
    try:
        line.shutdown(SHUT_RDWR)
    except OSError:  # the other end was quicker
        return


class _Watchable(HTTPConnection):
    """A connection whose socket the watch of its request holds, from before TLS begins on."""

    _line: socket | None = None

    def _new_conn(self) -> socket:
        made = super()._new_conn()
        self._line = made.dup()  # TLS takes the socket itself away, and its number with it
        self._hold()
        return made

    def request(self, *asked: Any, **named: Any) -> None:
        """As urllib3 does it; a connection that was kept is held anew."""
        self._hold()
        super().request(*asked, **named)

    def close(self) -> None:
        """And what the watch held of it."""
        super().close()
        if self._line is not None:
            self._line.close()
            self._line = None

    def _hold(self) -> None:
        watch: _Watch | None = getattr(_current, "watch", None)
        if watch is not None and self._line is not None:
            watch.hold(self._line)


class _WatchableTls(_Watchable, HTTPSConnection):
    """The same, over TLS."""


class _Plain(HTTPConnectionPool):
    ConnectionCls = _Watchable


class _Tls(HTTPSConnectionPool):
    ConnectionCls = _WatchableTls


class _Adapter(HTTPAdapter):
    """Makes connections that can be watched, through a proxy as well."""

    def init_poolmanager(self, *asked: Any, **named: Any) -> None:
        """As requests does it."""
        super().init_poolmanager(*asked, **named)
        _use(self.poolmanager)

    def proxy_manager_for(self, *asked: Any, **named: Any) -> Any:
        """As requests does it."""
        return _use(super().proxy_manager_for(*asked, **named))


def _use(manager: PoolManager) -> PoolManager:
    manager.pool_classes_by_scheme = {"http": _Plain, "https": _Tls}
    return manager


class Sessions(threading.local):
    """Connections, each thread's own. None is sent elsewhere by a redirect: Stripe's API answers
    with none, and every request holds the secret key."""

    def __init__(self) -> None:
        self._session = requests.Session()
        self._session.max_redirects = 0
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, _Adapter())

    def request(self, method: str, url: str, **asked: Any) -> Any:
        """As `requests` does it, in time. Raises `SlowAnswerError`."""
        with _watched(ANSWER_SECONDS) as watch:
            try:
                answer = self._session.request(method, url, **asked)
            except requests.RequestException as error:
                if watch.is_over:
                    raise SlowAnswerError("cut off") from error
                raise
            if watch.is_over:  # what came looks whole where only its end could tell
                raise SlowAnswerError("cut off")
            return answer

    def close(self) -> None:
        """This thread's."""
        self._session.close()
