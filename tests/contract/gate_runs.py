"""Runs gate vectors against a gate: builds the tree they speak of, and judges answers."""

import asyncio
import json
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote_to_bytes

from starlette.types import ASGIApp, Message

from paywall.ended import EndedSubjects
from paywall.site.paths import file_of

VECTORS = Path(__file__).with_name("gate_vectors.json")
MARKS = {"full": b"TEXTE-RESERVE", "preview": b"EXTRAIT", "public": b"PUBLIC"}
_TOKEN = re.compile(r"\{([\w.-]+)\}")


@dataclass(frozen=True, slots=True)
class Given:
    """An answer, however it was had."""

    status: int
    headers: dict[str, str]
    body: bytes = field(repr=False)


def read_vectors() -> dict[str, Any]:
    return dict(json.loads(VECTORS.read_text("utf-8")))


def write_tree(root: Path, document: dict[str, Any]) -> Path:
    """Write the tree of docs/gate-vectors.md: public pages, gated pages twice, gated files once."""
    manifest = document["manifest"]
    for path in ("/", "/a-propos/", "/robots.txt", "/404.html"):
        _write(root / "public", path, MARKS["public"])
    for path in manifest["pages"]:
        _write(root / "public", path, MARKS["preview"])
        _write(root / "members", path, MARKS["full"])
    for folder in manifest["files"]:
        _write(root / "members", f"{folder}figure-800.avif", MARKS["full"])
    (root / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return root


def _write(tree: Path, path: str, mark: bytes) -> None:
    file = tree / file_of(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"<p>%s %s</p>" % (mark, path.encode()))


def request_of(vector: dict[str, Any], tokens: dict[str, str]) -> tuple[str, bytes, list[Any]]:
    """Return method, target and headers as they cross the wire, tokens in their places."""

    def fill(text: str) -> bytes:
        return _TOKEN.sub(lambda found: tokens[found[1]], text).encode()

    request = vector["request"]
    headers = [(name.encode(), fill(value)) for name, value in request["headers"]]
    return request["method"], fill(request["target"]), headers


def ended_of(vector: dict[str, Any], now: datetime) -> EndedSubjects:
    ended = EndedSubjects()
    for subject in vector.get("ended", ()):
        ended.add(subject, now + timedelta(minutes=15))
    return ended


def ask(app: ASGIApp, method: str, target: bytes, headers: list[Any]) -> Given:
    """Put one request to an application, byte for byte."""
    raw_path, _, query = target.partition(b"?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "https",
        "path": unquote_to_bytes(raw_path).decode("utf-8", "replace"),
        "raw_path": raw_path,
        "query_string": query,
        "root_path": "",
        "headers": [(b"host", b"revue.example"), *headers],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8000),
    }
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    pairs = ((name.decode(), value.decode("latin-1")) for name, value in sent[0]["headers"])
    return Given(sent[0]["status"], dict(pairs), b"".join(m.get("body", b"") for m in sent[1:]))


def faults(vector: dict[str, Any], given: Given) -> list[str]:
    """Return what is wrong with an answer, in words; nothing if the gate held."""
    expected, found = vector["answer"], []
    caching = given.headers.get("cache-control", "")
    if expected != "full" and (MARKS["full"] in given.body or "private" in caching):
        found.append("reserved text was given")
    if expected in MARKS:
        body = b"" if vector["request"]["method"] == "HEAD" else given.body
        if given.status != 200 or (MARKS[expected] in body) != bool(body):
            found.append(f"{given.status} and not the {expected} text")
    if expected == "full" and not {"private", "no-store"} <= set(caching.split(", ")):
        found.append(f"full text may be kept: {caching!r}")
    if expected in {"preview", "absent", "renew"} and not _varies(given):
        found.append(f"caches are not told: {caching!r}, {given.headers.get('vary')!r}")
    if expected == "absent" and given.status != 404:
        found.append(f"{given.status} and not 404")
    if expected == "renew":
        found += _renewal_faults(vector, given, caching)
    return found


def _varies(given: Given) -> bool:
    names = {name.strip().lower() for name in given.headers.get("vary", "").split(",")}
    public = "public" in given.headers.get("cache-control", "")
    return {"cookie", "authorization"} <= names and not public


def _renewal_faults(vector: dict[str, Any], given: Given, caching: str) -> list[str]:
    target = quote(vector["request"]["target"], safe="/")
    wanted = (302, f"/acces/renouveler/?vers={target}", "no-store")
    had = (given.status, given.headers.get("location"), caching)
    return [] if had == wanted else [f"{had} and not {wanted}"]
