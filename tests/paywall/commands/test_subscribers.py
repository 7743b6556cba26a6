"""What the office does for readers, one at a time and in lists."""

import csv
import io
import json
import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from office import Office, Ran

from paywall.accounts.addresses import DEMONSTRATION_EMAIL
from paywall.accounts.days import end_of_day, read_day
from paywall.accounts.orders import Wish, place_order, price_of
from paywall.accounts.payments import receive_payment
from paywall.accounts.sessions import open_session
from paywall.accounts.subscriptions import pause
from paywall.commands.accounts import find_reader
from paywall.demonstration import demo_link
from paywall.store.schema import Change, Purchase, Reader, Subscription

TODAY = datetime.now(UTC).date()
SOON, PAST = TODAY + timedelta(days=30), TODAY - timedelta(days=30)


@pytest.fixture
def busy_office(office: Office) -> Office:
    """Somebody who pays for paper, somebody who did, somebody who only looked."""
    lines = f"""mail;nom;adresse;formule;début;fin
germain@exemple.fr;Sophie Germain;13 rue de Savoie;print;2024-01-01;{SOON}
fresnel@exemple.fr;Augustin Fresnel;;digital;2024-01-01;{PAST}
carnot@exemple.fr;=CMD|'/C calc'!A0;;;;
"""
    assert office.run("subscribers", "import", office.file("liste.csv", lines)).status == 0
    return office


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def addresses(ran: Ran) -> list[str]:
    assert ran.status == 0, ran
    return [row["e-mail"] for row in table(ran.printed)]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ([], ["carnot", "fresnel", "germain"]),
        (["--active"], ["germain"]),
        (["--lapsed"], ["fresnel"]),
        (["--plan", "print"], ["germain"]),
        (["--lapsed", "--plan", "print"], []),
        (["--class", "public"], ["fresnel", "germain"]),
        (["--class", "student"], []),
    ],
)
def test_lists_hold_who_was_asked_for(
    busy_office: Office, filters: list[str], found: list[str]
) -> None:
    listed = addresses(busy_office.run("subscribers", "list", *filters))
    assert listed == [f"{name}@exemple.fr" for name in found]
    exported = addresses(busy_office.run("subscribers", "export", *filters))
    assert exported == listed


@pytest.mark.parametrize("filters", [["--plan", "platine"], ["--class", "platine"]])
def test_a_filter_that_nobody_could_match_is_refused(
    busy_office: Office, filters: list[str]
) -> None:
    assert "« platine » n’est pas une" in busy_office.run("subscribers", "list", *filters).refusal


def test_no_cell_of_a_list_is_a_formula(busy_office: Office) -> None:
    printed = busy_office.run("subscribers", "export").printed
    assert "\"'=CMD|" in printed
    assert next(row["nom"] for row in table(printed)).startswith("'=CMD")


def test_an_export_is_imported_again_as_it_was(busy_office: Office) -> None:
    before, file = busy_office.everything(), busy_office.folder / "tous.csv"
    assert busy_office.run("subscribers", "export", "--output", file).status == 0
    assert file.stat().st_mode & 0o777 == 0o600
    again = busy_office.run("subscribers", "import", file, "--map", "état=-")
    assert again.status == 0, again
    assert busy_office.everything() == before
    elsewhere = Office(busy_office.folder / "elsewhere", busy_office._read)
    elsewhere.run("migrate")
    assert elsewhere.run("subscribers", "import", file).status == 0
    assert [(r.email, r.name, r.post) for r in busy_office.rows(Reader)] == sorted(
        ((r.email, r.name, r.post) for r in elsewhere.rows(Reader)),
        key=lambda r: r[0],
        reverse=True,
    )
    for name in ("germain", "fresnel"):
        assert elsewhere.rights(f"{name}@exemple.fr") == busy_office.rights(f"{name}@exemple.fr")


def test_who_shows_the_service_is_in_no_list(busy_office: Office) -> None:
    before = addresses(busy_office.run("subscribers", "list"))
    demo_link(busy_office.settings)
    assert DEMONSTRATION_EMAIL in [reader.email for reader in busy_office.rows(Reader)]
    assert addresses(busy_office.run("subscribers", "list")) == before
    file = busy_office.folder / "tous.csv"
    busy_office.run("subscribers", "export", "--output", file)
    assert busy_office.run("subscribers", "import", file, "--map", "état=-").status == 0


def test_a_file_is_never_written_over(busy_office: Office) -> None:
    file = busy_office.file("tous.csv", "précieux")
    refusal = busy_office.run("subscribers", "export", "--output", file).refusal
    assert "existe déjà" in refusal
    assert file.read_text("utf-8") == "précieux"


def test_an_export_that_breaks_leaves_no_file(busy_office: Office) -> None:
    file = busy_office.folder / "un.json"
    assert (
        "personne"
        in busy_office.run("subscribers", "export", "rien@exemple.fr", "--output", file).refusal
    )
    assert not list(busy_office.folder.glob("*un.json*"))


def test_an_export_that_is_stopped_half_way_leaves_no_file(busy_office: Office) -> None:
    file = busy_office.folder / "tous.csv"
    with sqlite3.connect(busy_office.var / "accounts.sqlite") as database:
        database.execute("UPDATE period SET ends_at = 9e18")  # a day that is in no calendar
    database.close()
    with pytest.raises((OverflowError, ValueError)):
        busy_office.run("subscribers", "export", "--output", file)
    assert not list(busy_office.folder.glob("*tous.csv*"))


def test_lists_longer_than_a_batch_are_whole(office: Office) -> None:
    rows = "".join(f"r{n:04}@exemple.fr;digital;{SOON}\n" for n in range(2500))
    office.run("subscribers", "import", office.file("liste.csv", "mail;formule;fin\n" + rows))
    listed = addresses(office.run("subscribers", "list", "--active"))
    assert listed == [f"r{n:04}@exemple.fr" for n in range(2500)]


def test_a_list_at_a_terminal_is_a_table_that_steers_nothing(
    busy_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy_office.reader("zut@exemple.fr", name="\x1b[31mrouge [bold]gras")
    monkeypatch.setitem(busy_office.environ, "FORCE_COLOR", "1")
    monkeypatch.setitem(busy_office.environ, "COLUMNS", "200")
    printed = busy_office.run("subscribers", "list").printed
    assert "germain@exemple.fr" in printed
    assert '"' not in printed
    assert "\x1b[31m" not in printed
    assert "[31mrouge [bold]gras" in printed
    assert '"numéro"' in busy_office.run("subscribers", "list", "--csv").printed


def test_show_tells_the_office_everything_about_one_reader(busy_office: Office) -> None:
    offers = busy_office.offers
    with busy_office.begin() as unit:
        reader = find_reader(unit.db, "fresnel@exemple.fr")
        open_session(unit, reader, "Firefox, Linux")
        wish = Wish(plan="digital")
        price = price_of(offers, wish, offers.public_class, date(2026, 6, 1))
        order = place_order(unit, reader, wish, price, offers)
        receive_payment(unit, order, "V1", 1000, offers)
        reader.purchases.append(Purchase(issue="812-lumiere", bought_at=unit.now))
    shown = busy_office.run("subscribers", "show", " Fresnel@Exemple.FR ").printed
    assert "n° 2, ancien abonné" in shown
    assert f"paru du 2024-01-01 au {PAST}" in shown
    assert "le numéro 812-lumiere" in shown
    assert "digital (public), terminé ; payé ailleurs" in shown
    assert "payée en partie, 10,00 EUR sur 48,00 EUR" in shown
    assert "1 en cours, vue le" in shown


def test_show_tells_gifts_and_pauses(office: Office) -> None:
    office.run("grant", "lagrange@exemple.fr", "--until", SOON, "--plan", "print")
    assert "print (offert), en cours, ne se renouvelle pas" in (
        office.run("subscribers", "show", "lagrange@exemple.fr").printed
    )
    with office.begin() as unit:
        pause(unit, find_reader(unit.db, "lagrange@exemple.fr").subscriptions[0])
    shown = office.run("subscribers", "show", "lagrange@exemple.fr").printed
    assert "suspendu" in shown
    assert "ce qui est public" in shown


@pytest.mark.parametrize("command", [["show"], ["export"], ["erase", "--yes"]])
def test_somebody_who_is_not_there_is_one_line(office: Office, command: list[str]) -> None:
    ran = office.run("subscribers", *command, "rien@exemple.fr")
    assert ran.refusal == "paywall : personne n’a l’adresse rien@exemple.fr\n"


def test_an_address_that_is_none_is_typed_wrong(office: Office) -> None:
    ran = office.run("subscribers", "show", "germain")
    assert ran.status == 2
    assert "n’est pas une adresse de courriel" in ran.logged


def test_one_readers_own_data_is_json(busy_office: Office) -> None:
    ran = busy_office.run("subscribers", "export", "germain@exemple.fr")
    data = json.loads(ran.printed)
    assert data["reader"]["postal_address"] == "13 rue de Savoie"
    assert data["subscriptions"][0]["periods"][0]["until"] == end_of_day(SOON).isoformat()
    assert [change["what"] for change in data["changes"]] == ["period.added"]
    assert "fresnel" not in ran.printed


def test_an_address_and_filters_are_not_both(busy_office: Office) -> None:
    ran = busy_office.run("subscribers", "export", "germain@exemple.fr", "--active")
    assert "pas les deux" in ran.refusal


def test_add_makes_a_reader_with_what_was_paid_elsewhere(office: Office) -> None:
    ran = office.run(
        "subscribers", "add", "Monge@exemple.fr", "--name", "Gaspard Monge", "--post",
        "Beaune", "--language", "en", "--plan", "digital", "--from", "2026-01-01",
        "--until", "31/12/2026",
    )  # fmt: skip
    assert "Abonnement digital du 2026-01-01 au 2026-12-31." in ran.printed
    (reader,) = office.rows(Reader)
    assert (reader.email, reader.name, reader.post) == (
        "monge@exemple.fr",
        "Gaspard Monge",
        "Beaune",
    )
    assert reader.language == "en"
    assert office.rows(Change)[0].who.startswith("command:")


def test_add_alone_only_inscribes(office: Office) -> None:
    assert office.run("subscribers", "add", "monge@exemple.fr").printed == (
        "monge@exemple.fr est inscrit.\n"
    )
    assert office.rows(Subscription) == []
    again = office.run("subscribers", "add", "MONGE@exemple.fr", "--name", "Autre")
    assert "a déjà un compte" in again.refusal
    assert [r.name for r in office.rows(Reader)] == [""]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--plan", "platine", "--from", "2026-01-01"], "n’est pas une formule"),
        (["--plan", "digital"], "n’a ni début ni fin"),
        (["--from", "2026-01-01"], "pas de formule"),
        (["--plan", "digital", "--from", "2026-02-01", "--until", "2026-01-01"], "précède"),
    ],
)
def test_add_refuses_what_an_import_would(office: Office, arguments: list[str], why: str) -> None:
    assert why in office.run("subscribers", "add", "monge@exemple.fr", *arguments).refusal
    assert office.rows(Reader) == []


def test_grant_gives_until_the_end_of_a_day(office: Office) -> None:
    ran = office.run("grant", "lagrange@exemple.fr", "--until", SOON)
    assert "n’avait pas de compte" in ran.printed
    assert f"offert à lagrange@exemple.fr jusqu’au {SOON}" in ran.printed
    (given,) = office.rows(Subscription)
    assert (given.plan, given.complimentary, given.amount_cents) == ("digital", True, 0)
    last_moment = end_of_day(SOON) - timedelta(seconds=1)
    assert office.rights("lagrange@exemple.fr", last_moment).everything
    assert not office.rights("lagrange@exemple.fr", end_of_day(SOON)).everything


def test_grant_typed_twice_gives_once(office: Office) -> None:
    office.run("grant", "lagrange@exemple.fr", "--until", SOON)
    before = office.everything()
    assert "l’a déjà" in office.run("grant", "lagrange@exemple.fr", "--until", SOON).printed
    assert office.everything() == before
    office.run("grant", "lagrange@exemple.fr", "--until", SOON + timedelta(days=1))
    assert len(office.rows(Subscription)) == 2


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--until", "2020-01-01"], "dans l’avenir"),
        (["--until", "2199-01-01", "--plan", "platine"], "n’est pas une formule"),
    ],
)
def test_grant_refuses_what_cannot_be_given(office: Office, arguments: list[str], why: str) -> None:
    assert why in office.run("grant", "lagrange@exemple.fr", *arguments).refusal
    assert office.rows(Reader) == []


@pytest.mark.parametrize("day", ["demain", "2026-02-30", "31/12/6", "1026-01-01"])
def test_a_day_that_is_none_is_typed_wrong(office: Office, day: str) -> None:
    ran = office.run("grant", "lagrange@exemple.fr", "--until", day)
    assert ran.status == 2
    assert f"« {day} »" in ran.logged


def test_the_file_of_offers_being_absent_is_one_line(office: Office, tmp_path: Path) -> None:
    office.environ["BICORNE_OFFERS"] = str(tmp_path / "rien.yaml")
    refusal = office.run("grant", "lagrange@exemple.fr", "--until", SOON).refusal
    assert "il n’y a pas de fichier d’offres" in refusal


def test_an_export_holds_every_stretch_that_somebody_may_read_by(office: Office) -> None:
    lines = """mail;formule;début;fin
carnot@exemple.fr;digital;2024-01-01;2024-12-31
carnot@exemple.fr;digital;2026-01-01;2026-06-30
carnot@exemple.fr;print;2026-04-01;2026-12-31
"""
    office.run("subscribers", "import", office.file("liste.csv", lines))
    file = office.folder / "tous.csv"
    office.run("subscribers", "export", "--output", file)
    assert [(r["formule"], r["début"], r["fin"]) for r in table(file.read_text("utf-8"))] == [
        ("digital", "2024-01-01", "2024-12-31"),
        ("digital", "2026-01-01", "2026-06-30"),
        ("print", "2026-04-01", "2026-12-31"),
    ]
    elsewhere = Office(office.folder / "elsewhere", office._read)
    elsewhere.run("migrate")
    assert elsewhere.run("subscribers", "import", file, "--map", "état=-").status == 0
    assert elsewhere.rights("carnot@exemple.fr") == office.rights("carnot@exemple.fr")


def test_add_gives_somebody_who_has_an_account_what_was_paid_elsewhere(office: Office) -> None:
    office.run("subscribers", "add", "monge@exemple.fr")
    paid = ["--plan", "digital", "--from", "2026-01-01", "--until", "2026-12-31"]
    assert office.run("subscribers", "add", "monge@exemple.fr", *paid).printed == (
        "monge@exemple.fr avait un compte.\nAbonnement digital du 2026-01-01 au 2026-12-31.\n"
    )
    assert "a déjà un compte" in office.run("subscribers", "add", "monge@exemple.fr", *paid).refusal
    assert len(office.rows(Subscription)) == 1


def test_in_a_narrow_terminal_addresses_are_whole(
    busy_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(busy_office.environ, "FORCE_COLOR", "1")
    monkeypatch.setitem(busy_office.environ, "COLUMNS", "80")
    printed = busy_office.run("subscribers", "list").printed
    for name in ("germain", "fresnel", "carnot"):
        assert f"{name}@exemple.fr" in printed
    assert "…" not in printed


@pytest.mark.parametrize(
    "written", ["30/06/2027", "30-06-2027", "30/06/27", "30.6.27", "30 juin 2027", "2027-06-30"]
)
def test_days_are_read_as_people_write_them(written: str) -> None:
    assert read_day(written) == date(2027, 6, 30)


@pytest.mark.parametrize("written", ["31/06/2027", "30 juni 2027", "06/30/2027", "46023", "30/6"])
def test_what_is_no_day_is_told(written: str) -> None:
    with pytest.raises(ValueError, match=f"« {written} »"):
        read_day(written)
