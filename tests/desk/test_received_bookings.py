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
