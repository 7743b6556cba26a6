"""An editor checks, approves and suspends bookings, and what is built follows."""

import re
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from ad_market import ad_seen, inventory, page, seen, write_log
from building import Desk
from forks import run_python
from magazine_factory import REPOSITORY, MagazineFactory

ARTICLE = "public/numeros/12-lumiere/la-tache/index.html"
FILE = "ads/lunettes/booking.md"
BOOKING = """\
---
# Vu avec le client au téléphone.
advertiser: "Lunettes & Cie"   # en toutes lettres
campaign:   'Automne'
status: proposed   # à voir
kind: paid
start: 2026-11-01
end: 2026-12-31
goal: 20000
price: 1200.50
placements: [article]
themes:
  - optique
creatives:
  - file: pave.png
    size: 300x250
    alt: "Des lunettes, deux verres"
    link: https://lunetier.example/offre
# Fin des champs.
---

Lunettes, verres et longues-vues, depuis 1823.
"""


@pytest.fixture
def booked(tmp_path: Path) -> Desk:
    magazine = MagazineFactory(tmp_path)
    magazine.image("ads/lunettes/pave.png", (300, 250))
    magazine.write(FILE, BOOKING)
    return Desk(magazine)


def ads(desk: Desk, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return run_python(["desk", "ads", *words], desk.magazine.root, desk.variables(environ))


def approve(desk: Desk, *words: str) -> subprocess.CompletedProcess[str]:
    return ads(desk, "approve", "lunettes", "--by", "Émilie Aubrac", *words)


def written(desk: Desk) -> str:
    return (desk.magazine.content / FILE).read_bytes().decode()


def test_an_approval_says_who_when_and_what_and_touches_nothing_else(booked: Desk) -> None:
    done = approve(booked)
    assert done.returncode == 0, done.stderr
    after = written(booked)
    approval = re.search(
        r'approval:\n  by: "Émilie Aubrac"\n  date: 2026-11-22\n  sha256: "[0-9a-f]{64}"\n', after
    )
    assert approval
    before = after.replace(approval[0], "").replace("status: approved", "status: proposed")
    assert before == BOOKING
    assert "status: approved   # à voir" in after


def test_what_is_approved_is_said_before_it_is_built(booked: Desk) -> None:
    said = approve(booked).stdout
    assert "20,000 viewable impressions" in said
    assert "€1,200.50" in said
    assert "https://lunetier.example/offre [lunetier.example]" in said
    assert "approved by Émilie Aubrac, running" in said


def test_an_approved_booking_is_published_until_it_is_suspended(booked: Desk) -> None:
    output = booked.magazine.root / "output" / ARTICLE
    assert booked.build().returncode == 0
    assert "Lunettes" not in output.read_text("utf-8")
    approve(booked)
    assert "ads" not in booked.build().stderr  # nothing to be told of
    assert "Lunettes" in output.read_text("utf-8")
    assert ads(booked, "suspend", "lunettes").returncode == 0
    booked.build()
    assert "Lunettes" not in output.read_text("utf-8")


def test_suspending_keeps_the_approval_and_approving_again_renews_it(booked: Desk) -> None:
    approve(booked)
    before = written(booked)
    ads(booked, "suspend", "lunettes")
    assert written(booked) == before.replace("status: approved", "status: suspended")
    done = ads(booked, "approve", "lunettes", "--by", "Jean Brisset")
    assert done.returncode == 0
    assert written(booked) == before.replace("Émilie Aubrac", "Jean Brisset")


def test_approving_twice_changes_nothing(booked: Desk) -> None:
    approve(booked)
    before = written(booked)
    again = ads(booked, "approve", "lunettes", "--by", "Jean Brisset")
    assert again.stdout == "“lunettes” is approved already, by Émilie Aubrac on 2026-11-22.\n"
    assert written(booked) == before


def test_a_changed_booking_is_approved_anew(booked: Desk) -> None:
    approve(booked)
    first = written(booked)
    booked.magazine.image("ads/lunettes/pave.png", (300, 250), seed=5)
    assert "changed since its approval" in ads(booked, "check", "lunettes").stdout
    assert approve(booked).returncode == 0
    assert written(booked) != first
    assert written(booked).count("approval:") == 1


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_line_ends_and_marks_of_the_editors_machine_stay(
    booked: Desk, line_end: str, start: str
) -> None:
    text = start + BOOKING.replace("\n", line_end)
    booked.magazine.write(FILE, text)
    assert approve(booked).returncode == 0
    after = written(booked)
    assert after.startswith(f"{start}---{line_end}# Vu")
    assert after.count("\n") == text.count("\n") + 4
    assert after.count("\r\n") == (after.count("\n") if line_end == "\r\n" else 0)
    assert "approved by" in ads(booked, "check", "lunettes").stdout


def test_a_booking_with_a_problem_is_told_and_not_approved(booked: Desk) -> None:
    booked.magazine.replace(FILE, "goal: 20000", "goal: beaucoup")
    before = written(booked)
    done = approve(booked)
    assert done.returncode == 1
    assert done.stderr.startswith(f"content/{FILE}:9: goal: “beaucoup”")
    assert written(booked) == before


def test_a_booking_that_has_ended_is_not_approved(booked: Desk) -> None:
    booked.magazine.replace(FILE, "end: 2026-12-31", "end: 2026-11-21")
    done = approve(booked)
    assert (done.returncode, done.stderr) == (
        1, "“lunettes” ended on 2026-11-21: there is nothing left to approve\n",
    )  # fmt: skip


def test_an_unknown_booking_is_told_with_the_nearest(booked: Desk) -> None:
    done = ads(booked, "approve", "lunetes", "--by", "X")
    assert done.returncode == 1
    assert done.stderr == "no booking is called “lunetes” (did you mean lunettes?)\n"


def test_a_booking_may_be_named_by_its_folder_or_its_file(booked: Desk) -> None:
    assert ads(booked, "check", "content/ads/lunettes/").returncode == 0
    assert ads(booked, "check", f"content/{FILE}").returncode == 0


def test_checking_tells_problems_of_bookings_and_of_nothing_else(booked: Desk) -> None:
    booked.magazine.replace(FILE, "optique", "optiqe")
    booked.magazine.article("articles/x.md", section="jardinage")
    done = ads(booked, "check")
    assert done.returncode == 1
    assert done.stderr == (
        f"content/{FILE}:13: themes.1: unknown theme “optiqe” (did you mean optique?)\n"
    )


def test_checking_lists_where_each_booking_stands(booked: Desk) -> None:
    house = BOOKING.replace("kind: paid", "kind: house").replace(
        "goal: 20000\nprice: 1200.50\n", ""
    )
    booked.magazine.image("ads/maison/pave.png", (300, 250))
    booked.magazine.write("ads/maison/booking.md", house)
    approve(booked)
    done = ads(booked, "check", COLUMNS="200", LANG="fr_FR.UTF-8")
    assert done.returncode == 0, done.stderr
    lines = {line.split()[0]: line for line in done.stdout.splitlines()}
    assert "20\u202f000 impressions visibles" in lines["lunettes"]
    assert "approuvée par Émilie Aubrac, en cours" in lines["lunettes"]
    assert "proposée, à approuver" in lines["maison"]


def test_what_may_surprise_the_advertiser_is_noted(booked: Desk) -> None:
    booked.magazine.image("ads/lunettes/pave.png", (970, 250))
    booked.magazine.replace(FILE, "300x250", "970x250")
    booked.magazine.replace(FILE, "https://", "http://")
    booked.magazine.replace(FILE, "themes:\n  - optique\n", "")
    booked.magazine.replace(FILE, "Lunettes, verres et longues-vues, depuis 1823.", "")
    said = ads(booked, "check", "lunettes").stdout
    assert said.count("  ! ") == 3
    assert "phones show the text alone" in said
    assert "the ad would go anywhere" in said
    assert "an address in https:// would be safer" in said


def test_an_address_in_another_script_is_shown_letter_by_letter(booked: Desk) -> None:
    booked.magazine.replace(FILE, "lunetier.example", "lunеtier.example")
    assert "[xn--luntier-" in ads(booked, "check", "lunettes").stdout


def counted(desk: Desk) -> None:
    """Forty days of two hundred views a day of a page on optics, half of which show an ad."""
    desk.environ.clear()  # forecasts look at the clock
    market = inventory([page("/articles/a/", themes=("optique",))])
    (desk.magazine.root / "output").mkdir(exist_ok=True)
    (desk.magazine.root / "output/ads.json").write_bytes(msgspec.json.encode(market))
    today, counts = datetime.now(UTC).date(), Counter[object]()
    for back in range(40, 0, -1):
        hour = f"{today - timedelta(days=back)}T10"
        counts[seen(hour, "/articles/a/")] += 200
        counts[ad_seen(hour, "/articles/a/", "maison")] += 100
    write_log(desk.magazine.root / "var/events", counts)  # type: ignore[arg-type]
    desk.magazine.replace(FILE, "start: 2026-11-01", f"start: {today}")
    desk.magazine.replace(FILE, "end: 2026-12-31", f"end: {today + timedelta(days=30)}")


def test_a_promise_that_cannot_be_kept_is_refused_unless_the_editor_insists(booked: Desk) -> None:
    counted(booked)
    before = written(booked)
    refused = approve(booked)
    assert refused.returncode == 1
    assert re.search(r"lunettes: 1\d,\d{3} viewable impressions would be missing", refused.stderr)
    assert written(booked) == before
    forced = approve(booked, "--force")
    assert forced.returncode == 0
    assert "Careful: lunettes: 1" in forced.stdout
    assert "status: approved" in written(booked)


def test_a_promise_that_can_be_kept_is_approved(booked: Desk) -> None:
    counted(booked)
    booked.magazine.replace(FILE, "goal: 20000", "goal: 500")
    done = approve(booked)
    assert done.returncode == 0, done.stderr
    assert "missing" not in done.stdout


def test_without_counts_promises_are_said_to_be_unchecked(booked: Desk) -> None:
    assert "promises are not checked" in approve(booked).stdout


def test_an_order_that_lacks_an_image_is_listed_as_a_draft(booked: Desk) -> None:
    booked.magazine.write("ads/acme-printemps/_booking.md", BOOKING)
    told = ads(booked, "check")
    assert told.returncode == 0, told.stderr
    assert "“acme-printemps” is a draft: images are missing" in told.stdout
    asked = ads(booked, "check", "acme-printemps")
    assert asked.returncode == 1
    assert "“acme-printemps” is a draft: images are missing" in asked.stderr


def test_no_date_is_broken_by_the_long_name_of_a_booking(booked: Desk) -> None:
    name = "savonnerie-du-vieux-port-et-de-la-rade-printemps-de-la-mer"
    booked.magazine.image(f"ads/{name}/pave.png", (300, 250))
    booked.magazine.write(f"ads/{name}/booking.md", BOOKING)
    told = ads(booked, "check", COLUMNS="80").stdout
    assert told.count("2026-11-01") == told.count("2026-12-31") == 2


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ("/number/?de=ici", "(did you mean /numeros/?)"),
        ("/numeros/12-lumiere/la-tache/#rien", "#rien"),
    ],
)
def test_an_ad_that_leads_to_no_page_of_the_magazine_is_told(
    link: str, why: str, booked: Desk
) -> None:
    booked.magazine.replace(FILE, "https://lunetier.example/offre", link)
    build = run_python(["desk", "build"], booked.magazine.root, booked.variables({}))
    for told in (ads(booked, "check"), build):
        assert told.returncode == 1
        assert f"{FILE}:18: creatives.1.link: " in told.stderr
        assert why in told.stderr


@pytest.mark.parametrize(
    "link",
    ["/", "/themes/optique/", "/numeros/12-lumiere/la-tache/#ce-que-lon-voit", "/compte/flux/",
     "/abonnement/tarifs/", "/annonceurs/reserver/"],
)  # fmt: skip
def test_an_ad_may_lead_to_pages_of_the_magazine_and_of_its_service(
    link: str, booked: Desk
) -> None:
    booked.magazine.replace(FILE, "https://lunetier.example/offre", link)
    told = ads(booked, "check")
    assert told.returncode == 0, told.stderr


def test_an_ad_that_has_ended_may_lead_to_a_page_that_is_gone(booked: Desk) -> None:
    booked.magazine.replace(FILE, "https://lunetier.example/offre", "/disparue/")
    booked.magazine.replace(FILE, "end: 2026-12-31", "end: 2026-11-02")
    told = ads(booked, "check")
    assert told.returncode == 0, told.stderr


def test_who_reads_the_first_lines_alone_gets_no_stack_trace(booked: Desk) -> None:
    command = f"{sys.executable} -m desk ads check lunettes | head -n 0"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=booked.magazine.root, env=booked.variables({}) | {"PYTHONPATH": str(REPOSITORY)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (141, "")
