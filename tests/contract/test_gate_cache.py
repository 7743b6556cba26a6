"""Two readers and nobody ask in turns through a real caching proxy: nginx, honouring headers."""

import os
import shutil
import subprocess
from collections.abc import Iterator

import pytest
from gate_request_cases import FRESNEL, IMAGE, OPENED
from gate_runs import Given, read_vectors
from test_gate_server import Gate, free_port

DOCUMENT = read_vectors()
KEPT = "/theme/style.0a1b2c3d.css"
FULL, PREVIEW = b"TEXTE-RESERVE", b"EXTRAIT"
CONFIGURATION = """
{user} daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log stderr;
events {{ worker_connections 64; }}
http {{
    access_log off;
    proxy_cache_path {folder}/cache keys_zone=pages:1m;
    proxy_temp_path {folder}/proxy; client_body_temp_path {folder}/body;
    fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://127.0.0.1:{gate};
            proxy_http_version 1.1;
            proxy_set_header Host revue.example;
            proxy_cache pages;
            proxy_cache_revalidate on;
            add_header X-Cache $upstream_cache_status always;
        }}
    }}
}}
"""


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    """The gate, asked through the proxy."""
    nginx = shutil.which("nginx")
    if nginx is None:
        pytest.skip("nginx is not installed: .ci/run installs it")
    folder = tmp_path_factory.mktemp("cache")
    gate, port = Gate(folder).wait(), free_port()
    kept = folder / "output" / "public" / KEPT[1:]
    kept.parent.mkdir()
    kept.write_text("body{}", "utf-8")
    # Started as root it would ask as somebody else, who may not write in this test's folder.
    user = "user root;" if os.geteuid() == 0 else ""
    source = CONFIGURATION.format(folder=folder, port=port, gate=gate.port, user=user)
    (folder / "nginx.conf").write_text(source, "utf-8")
    command = [nginx, "-p", str(folder), "-c", str(folder / "nginx.conf")]
    proxy = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    gate.port = port
    try:
        yield gate.wait()
    finally:
        for process in (proxy, gate.process):
            process.terminate()
            process.communicate(timeout=30)


def ask(cache: Gate, path: str, token: str = "", **more: str) -> Given:
    headers = [(name.encode(), value.encode()) for name, value in more.items()]
    if token:
        cookie = f"__Host-bicorne_access={DOCUMENT['tokens'][token]}"
        headers.append((b"cookie", cookie.encode()))
    return cache.ask("GET", path.encode(), headers)


ENTITLED, OTHER, NOBODY = "all", "issue-813", ""
TURNS = [ENTITLED, OTHER, NOBODY, ENTITLED, NOBODY, OTHER, ENTITLED]


@pytest.mark.parametrize("path", [FRESNEL, IMAGE])
@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_full_text_reaches_its_reader_and_nobody_else(cache: Gate, path: str, coding: str) -> None:
    for reader in TURNS:
        answer = ask(cache, path, reader, **{"accept-encoding": coding})
        assert (FULL in answer.body) is (reader == ENTITLED), (reader, answer)
        if path == FRESNEL:
            assert (PREVIEW in answer.body) is (reader != ENTITLED)


def test_a_tag_of_one_reader_s_text_revalidates_no_other(cache: Gate) -> None:
    full, preview = ask(cache, FRESNEL, ENTITLED), ask(cache, FRESNEL)
    theirs = ask(cache, FRESNEL, OTHER, **{"if-none-match": full.headers["etag"]})
    assert (theirs.status, PREVIEW in theirs.body) == (200, True)
    ours = ask(cache, FRESNEL, ENTITLED, **{"if-none-match": preview.headers["etag"]})
    assert (ours.status, FULL in ours.body) == (200, True)


def test_a_redirect_to_renew_is_kept_for_nobody(cache: Gate) -> None:
    session = {"cookie": "__Host-bicorne_session=" + "s" * 43}
    assert ask(cache, FRESNEL, **session).status == 302
    assert ask(cache, FRESNEL).status == 200
    assert FULL in ask(cache, FRESNEL, ENTITLED).body


def test_what_has_opened_is_not_kept_either(cache: Gate) -> None:
    """Were it, a gate that closed it again could not take it back."""
    for _ in range(2):
        answer = ask(cache, OPENED)
        assert FULL in answer.body
        assert answer.headers["x-cache"] == "MISS"


def test_the_proxy_does_keep_what_it_may(cache: Gate) -> None:
    """Else every test above would pass for the wrong reason."""
    for _ in range(2):
        style = ask(cache, KEPT)
    assert style.headers["x-cache"] == "HIT"
