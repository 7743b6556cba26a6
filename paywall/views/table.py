"""Which view answers an address, and what every view may count on."""

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import ceil
from urllib.parse import urlencode

import anyio.to_thread
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from paywall.accounts.limits import TooManyError
from paywall.accounts.secrets import SECRET
from paywall.accounts.sessions import find_session
from paywall.errors import DatabaseDownError, OffersError, RefusedError
from paywall.logs import Logged
from paywall.money.provider import ProviderDownError, ProviderRefusedError
from paywall.service import Service
from paywall.site.answers import Answer, Header, method_not_allowed, redirect
from paywall.site.paths import MAX_PATH_BYTES, local_target
from paywall.store.schema import Reader
from paywall.views.asked import (
    Asked,
    BadRequestError,
    NobodyError,
    TooLargeError,
    device_of,
    fields_of,
    language_of,
    network_of,
    read_form,
)
from paywall.views.render import PRIVATE, Renderer
from paywall.words import LANGUAGES, say

log = logging.getLogger(__name__)

SIGN_IN_PATH = "/connexion/"
OUTBOX_PATH = "/_bicorne/courriels/"
_RETRY_SECONDS = 60
_MAX_PATH_BYTES = 2 * MAX_PATH_BYTES
"""An address of ours may hold another: where its reader goes afterwards."""

LANGUAGE_SECONDS = 365 * 86_400


@dataclass(frozen=True, slots=True)
class Desk:
    """What a view works with: the service, and the means to write pages."""

    service: Service
    renderer: Renderer

    def page(self, asked: Asked, template: str, *, status: int = 200, **values: object) -> Answer:
        """A page for whoever asked."""
        address, kept = self.service.settings.address, _kept(asked)
        known = {"asked": asked, "address": address, "kept": kept, **values}
        return self.renderer.page(asked.language, template, known, status=status)

    @property
    def shows_mail(self) -> bool:
        """Whether mail is a page: it goes nowhere, and readers come from this machine only."""
        return not self.service.settings.relay and not self.service.settings.secure

    def not_found(self, asked: Asked) -> Answer:
        """What is not there, and what is somebody else's: nobody can tell which."""
        return self.page(asked, "not_found.html", status=404)


def _kept(asked: Asked) -> str:
    """What of an address the same page needs elsewhere: where to go next, and its key."""
    target = asked.form.get("vers") or asked.query.get("vers")
    link = asked.form.get("cle") or asked.query.get("cle", "")
    kept = {"vers": local_target(target)} if target else {}
    return urlencode(kept | ({"cle": link} if SECRET.fullmatch(link) else {}))


def _to_sign_in(view: "View", asked: Asked) -> Answer:
    """To sign in, and back."""
    target = asked.path if view.get else "/compte/"
    where = f"{SIGN_IN_PATH}?vers={target}"
    return redirect(where.encode("ascii"), *PRIVATE, status=303)


Handler = Callable[[Desk, Asked], Answer]


@dataclass(frozen=True)
class View:
    """An address of the service, and what answers there."""

    name: str
    path: str
    """A regular expression for all of it, with a final slash; its groups are named."""
    get: Handler | None = None
    post: Handler | None = None
    fields: frozenset[str] = frozenset()
    """What its form may send."""
    asks_who: bool = True
    """Whether its reader is looked up before it answers."""
    for_readers: bool = False
    """Whether it is only for whoever is signed in: others are sent to sign in, and back."""


class Accounts:
    """ASGI application of all views."""

    def __init__(self, desk: Desk, views: tuple[View, ...]) -> None:
        self._desk = desk
        self._views = [(re.compile(view.path.encode()), view) for view in views]

    def finds(self, raw_path: bytes) -> bool:
        """Whether an address is one of a view, with or without its final slash."""
        if len(raw_path) > _MAX_PATH_BYTES:
            return False
        whole = raw_path if raw_path.endswith(b"/") else raw_path + b"/"
        return any(pattern.fullmatch(whole) for pattern, _ in self._views)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, and log it by the name of its view."""
        raw: bytes = scope["raw_path"]
        view, _ = self._find(raw if raw.endswith(b"/") else raw + b"/")
        await Logged(self._serve, view.name)(scope, receive, send)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = await self._answer(Request(scope, receive))
        await answer(scope, receive, send)

    async def _answer(self, request: Request) -> Answer:
        raw: bytes = request.scope["raw_path"]
        if not raw.endswith(b"/"):
            return redirect(raw + b"/", *PRIVATE, status=308)
        view, parts = self._find(raw)
        method = request.method
        handler = view.post if method == "POST" else view.get if method in {"GET", "HEAD"} else None
        if handler is None:
            allowed = [b"GET, HEAD"] * bool(view.get) + [b"POST"] * bool(view.post)
            return method_not_allowed(b", ".join(allowed))
        asked = self._asked(request, parts)
        try:
            asked = replace(asked, query=fields_of(request.scope["query_string"]))
            if method == "POST":
                if not self._is_ours(request):
                    return self._foreign(view, asked)
                asked = replace(asked, form=await read_form(request))
                if unknown := asked.form.keys() - view.fields:
                    raise BadRequestError(f"champ inconnu : {len(unknown)}")
            if method != "POST" and (chosen := asked.query.get("langue")) in LANGUAGES:
                return self._in_language(asked, str(chosen))
        except (BadRequestError, TooLargeError) as error:
            status = 413 if isinstance(error, TooLargeError) else 400
            return self._sorry(asked, status, "unreadable")
        return await anyio.to_thread.run_sync(self._do, view, handler, asked)

    def _find(self, raw: bytes) -> tuple[View, Mapping[str, str]]:
        found = ((pattern.fullmatch(raw), view) for pattern, view in self._views)
        match, view = next((m, view) for m, view in found if m)
        return view, {name: part.decode("ascii") for name, part in match.groupdict().items()}

    def _asked(self, request: Request, parts: Mapping[str, str]) -> Asked:
        settings = self._desk.service.settings
        chosen = self._desk.service.cookies.language.one(request.scope["headers"]) or ""
        return Asked(
            method=request.method,
            path=request.scope["raw_path"].decode("ascii", "replace"),
            parts=parts,
            query={},
            form={},
            headers=request.scope["headers"],
            language=language_of(request, chosen),
            has_chosen_language=bool(chosen),
            network=network_of(request, settings.proxies),
            device=device_of(request),
            now=self._desk.service.clock(),
        )

    def _in_language(self, asked: Asked, chosen: str) -> Answer:
        """The same page, in a language that this browser will keep."""
        rest = urlencode({name: asked.query[name] for name in asked.query if name != "langue"})
        where = f"{asked.path}?{rest}" if rest else asked.path
        kept: Header = self._desk.service.cookies.language.header(chosen, LANGUAGE_SECONDS)
        return redirect(where.encode("ascii"), kept, *PRIVATE, status=303)

    def _is_ours(self, request: Request) -> bool:
        """Whether a form was sent from a page of ours (OWASP ASVS 5.0, 3.5.1)."""
        origin = request.headers.get("origin")
        if origin is not None and origin != "null":
            return origin == self._desk.service.settings.address
        return request.headers.get("sec-fetch-site") == "same-origin"

    def _do(self, view: View, handler: Handler, asked: Asked) -> Answer:
        """On a thread: find who it is, and let the view answer."""
        try:
            asked = self._known(asked) if view.asks_who else asked
            if view.for_readers:
                asked.signed_in()
            return handler(self._desk, asked)
        except NobodyError:
            return _to_sign_in(view, asked)
        except TooManyError as error:
            return self._too_many(asked, error)
        except RefusedError as error:
            return self._sorry(asked, 409, "refused", reason=say(asked.language, str(error)))
        except (ProviderDownError, ProviderRefusedError) as error:
            log.error("prestataire de paiement indisponible : %s", type(error).__name__)
            sorry = self._sorry(asked, 503, "no-card")
            return sorry.with_headers((b"retry-after", b"%d" % _RETRY_SECONDS))
        except (DatabaseDownError, OffersError) as error:
            log.error("page de compte indisponible : %s", type(error).__name__)
            sorry = self._sorry(asked, 503, "down")
            return sorry.with_headers((b"retry-after", b"%d" % _RETRY_SECONDS))

    def _known(self, asked: Asked) -> Asked:
        secret = self._desk.service.cookies.session.one(asked.headers)
        if secret is None:
            return asked
        with self._desk.service.database.read() as db:
            session = find_session(db, secret, asked.now)
            reader = db.get(Reader, session.reader_id) if session else None
        if reader is None:
            return asked
        language = asked.language if asked.has_chosen_language else reader.language
        return replace(asked, session=session, reader=reader, language=language)

    def _foreign(self, view: View, asked: Asked) -> Answer:
        """Where the site is: who opened it at another address can send nothing from there."""
        path, kept = asked.path if view.get else "/", _kept(asked)
        here = f"{self._desk.service.settings.address}{path}{'?' if kept else ''}{kept}"
        return self._sorry(asked, 403, "foreign", here=here)

    def _too_many(self, asked: Asked, error: TooManyError) -> Answer:
        seconds = max(1, ceil((error.until - asked.now).total_seconds()))
        sorry = self._sorry(asked, 429, "too-many", until=error.until)
        return sorry.with_headers((b"retry-after", b"%d" % seconds))

    def _sorry(self, asked: Asked, status: int, kind: str, **values: object) -> Answer:
        told = {"reason": "", "until": asked.now, "here": "", **values}
        return self._desk.page(asked, "sorry.html", status=status, kind=kind, **told)
