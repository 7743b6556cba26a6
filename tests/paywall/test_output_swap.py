"""The builder publishes by exchanging directories: no request sees two builds."""

import ctypes
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from patience import PATIENCE_SECONDS
from paywall_client import Client
from paywall_process import Service
from paywall_site import FRESNEL, SECRET, write_manifest, write_site

from paywall.keys import load_keys
from paywall.site.lookup import find
from paywall.site.output import Build, Output

RENAME_EXCHANGE = 2
AT_FDCWD = -100
Reader = Callable[..., dict[str, str]]


def exchange(one: Path, other: Path) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.renameat2(AT_FDCWD, bytes(one), AT_FDCWD, bytes(other), RENAME_EXCHANGE):
        raise OSError(ctypes.get_errno(), "renameat2")


def test_the_request_after_a_swap_sees_the_new_build(
    client: Client, as_reader: Reader, site: Path
) -> None:
    client.get(FRESNEL)
    other = write_site(site.with_name("next"), edition="nouvelle")
    write_manifest(other, pages={}, files={})
    exchange(site, other)
    shutil.rmtree(other)
    answer = client.get(FRESNEL, headers=as_reader("all"))
    assert "nouvelle" in answer.text
    assert SECRET not in answer.text  # the new manifest lists nothing


def test_a_build_in_hand_goes_on_reading_its_own_files(site: Path) -> None:
    build = Output(site).current()
    assert build is not None
    exchange(site, write_site(site.with_name("next"), edition="nouvelle"))
    file = build.open("public", "index.html")
    assert file is not None
    assert b"nouvelle" not in file.read()
    file.close()


class Late(Output):
    """Hands out builds that were replaced, and removed, just after it looked."""

    def __init__(self, root: Path, replaced: list[Build]) -> None:
        super().__init__(root)
        self._replaced = replaced

    def current(self) -> Build | None:
        return self._replaced.pop(0) if self._replaced else super().current()


@pytest.mark.parametrize(("page", "removed"), [("/", "public"), (FRESNEL, "members")])
def test_what_a_removed_build_lacks_is_found_in_its_successor(
    site: Path, page: str, removed: str
) -> None:
    replaced = []
    for number in range(4):
        build = Output(site).current()
        assert build is not None
        replaced.append(build)
        aside = write_site(site.with_name("aside"), edition=f"edition-{number}")
        exchange(site, aside)
        shutil.rmtree(aside / removed)
        aside.rename(site.with_name(f"removed-{number}"))
    before = open_descriptors()
    found = find(Late(site, list(replaced)), page, lambda _: True)
    assert found is not None
    assert found.file is not None
    assert b"edition-3" in found.file.read()
    found.close()
    del found  # which knows the build that it is from
    assert open_descriptors() <= before
    assert len(replaced) == 4  # still open, as were the builds of slow requests


def test_a_directory_replaced_by_another_is_noticed_without_a_manifest_change(
    site: Path,
) -> None:
    output = Output(site)
    before = output.current()
    other = write_site(site.with_name("next"))
    shutil.copy2(site / "manifest.json", other / "manifest.json")
    exchange(site, other)
    assert output.current() is not before
    assert output.current() is output.current()


def test_replaced_builds_leave_no_descriptor_open(site: Path) -> None:
    output = Output(site)
    output.current()
    before = open_descriptors()
    other = write_site(site.with_name("next"))
    for _ in range(20):
        exchange(site, other)
        output.current()
    assert open_descriptors() <= before


def open_descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.fixture
def service(site: Path, tmp_path: Path) -> Iterator[Service]:
    started = Service(site, tmp_path / "var").wait_until_ready()
    yield started
    started.stop()


def publish(site: Path, edition: str) -> None:
    """Publish as the builder does: build aside, exchange, remove the old."""
    aside = write_site(site.with_name(f"aside-{edition}"), edition=edition)
    exchange(site, aside)
    shutil.rmtree(aside)


def test_swaps_under_load_never_mix_builds_nor_fail(service: Service, site: Path) -> None:
    """Each page names its edition on every line: one answer must name only one."""
    publish(site, "edition-0")
    cookie = member_cookie(service)
    stop, faults, seen = threading.Event(), [], set()

    def read(headers: list[bytes], mark: bytes) -> None:
        while not stop.is_set():
            answer = service.ask(b"GET " + FRESNEL.encode(), *headers)
            editions = set(re.findall(rb"edition-\d+", answer.body))
            seen.update(editions)
            if answer.status != 200 or len(editions) != 1 or mark not in answer.body:
                faults.append((answer.status, editions, answer.body[:80]))

    readers = [
        threading.Thread(target=read, args=([], b"EXTRAIT")),
        threading.Thread(target=read, args=([cookie], SECRET.encode())),
    ]
    for reader in readers:
        reader.start()
    for number in range(1, 40):
        publish(site, f"edition-{number}")
    stop.set()
    for reader in readers:
        reader.join(PATIENCE_SECONDS)
    assert faults == []
    assert len(seen) > 5


def member_cookie(service: Service) -> bytes:
    load_keys(Path(service.environ["BICORNE_VAR"]) / "keys")
    printed, _ = service.run("token", "--all").communicate(timeout=30)
    return f"Cookie: bicorne_access={printed.strip()}".encode()
