"""`desk ads receive` puts away what the form has sent, and nothing that approves itself."""

import subprocess

import pytest
from building import Desk
from forks import run_python

from desk.ads.receive import BEGINNING, END

ORDER = """\
---
advertiser: Acme
campaign: Printemps
status: {status}
kind: paid
goal: 20000
start: 2027-03-01
end: 2027-03-31
placements: [article]
creatives: {creatives}
{approval}---

Des lunettes.
"""
APPROVAL = f"approval: {{by: M, date: 2026-11-01, sha256: {'5a' * 32}}}\n"
WORDS = "[{size: text, alt: Mots, headline: Titre, link: https://acme.example/}]"


def receive(desk: Desk, order: str) -> subprocess.CompletedProcess[str]:
    (desk.magazine.root / "message.eml").write_text(f"{BEGINNING}\n{order}{END}\n", "utf-8")
    words = ["desk", "ads", "receive", "message.eml"]
    return run_python(words, desk.magazine.root, desk.variables({}))


@pytest.mark.parametrize(
    ("order", "why"),
    [
        (ORDER.format(status="approved", creatives=WORDS, approval=""), "approves its own"),
        (ORDER.format(status="proposed", creatives=WORDS, approval=APPROVAL), "approves its own"),
        (ORDER.format(status="proposed", creatives="[mots]", approval=""), "cannot be read"),
        ("---\nstatus: proposed\n---\n", "neither the advertiser nor"),
    ],
)
def test_a_message_that_the_form_did_not_send_is_refused(order: str, why: str, desk: Desk) -> None:
    done = receive(desk, order)
    assert done.returncode == 1
    assert why in done.stderr
    assert not list(desk.magazine.content.glob("ads/*/*"))


def test_what_the_form_sends_is_put_away(desk: Desk) -> None:
    order = ORDER.format(status="proposed", creatives=WORDS, approval="")
    done = receive(desk, order)
    assert done.returncode == 0, done.stderr
    assert (desk.magazine.content / "ads/acme-printemps/booking.md").read_text("utf-8") == order


@pytest.mark.parametrize("mark", ["> ", ">", "> > ", "| "])
def test_an_order_that_was_passed_on_is_read_below_its_marks(mark: str, desk: Desk) -> None:
    order = ORDER.format(status="proposed", creatives=WORDS, approval="")
    name = f"Envoi {ord(mark[0])} {len(mark)}"
    order = order.replace("Printemps", name)
    mail = f"{BEGINNING}\n{order}{END}\n"
    quoted = "\n".join((mark + line).rstrip() for line in mail.splitlines())
    (desk.magazine.root / "mail.txt").write_text(f"Pour vous.\n\n{quoted}\n", "utf-8")
    words = ["desk", "ads", "receive", "mail.txt"]
    done = run_python(words, desk.magazine.root, desk.variables({}))
    assert done.returncode == 0, done.stderr
    folder = f"acme-{name.lower().replace(' ', '-')}"
    written = desk.magazine.content / "ads" / folder / "booking.md"
    assert written.read_text("utf-8") == order


def test_a_message_that_was_cut_off_says_so(desk: Desk) -> None:
    (desk.magazine.root / "mail.txt").write_text(f"{BEGINNING}\n---\nadvertiser: A\n", "utf-8")
    words = ["desk", "ads", "receive", "mail.txt"]
    done = run_python(words, desk.magazine.root, desk.variables({}))
    assert done.returncode == 1
    assert "this message is cut off" in done.stderr
    assert END in done.stderr


def test_a_whole_order_is_found_below_one_that_was_cut_off(desk: Desk) -> None:
    order = ORDER.format(status="proposed", creatives=WORDS, approval="").replace("Acme", "Zénith")
    mail = f"> {BEGINNING}\n> ---\n[…]\n\n{BEGINNING}\n{order}{END}\n"
    (desk.magazine.root / "mail.txt").write_text(mail, "utf-8")
    words = ["desk", "ads", "receive", "mail.txt"]
    done = run_python(words, desk.magazine.root, desk.variables({}))
    assert done.returncode == 0, done.stderr
    written = desk.magazine.content / "ads/zenith-printemps/booking.md"
    assert written.read_text("utf-8") == order
