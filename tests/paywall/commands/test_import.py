"""`paywall subscribers import`: an association's own files, all or nothing."""

import csv
import os
import pty
import sqlite3
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from office import Office, Ran

from paywall.accounts.days import end_of_day, start_of
from paywall.accounts.rights import Stretch
from paywall.accounts.subscriptions import end_now
from paywall.commands.accounts import find_reader
from paywall.store.schema import Change, Period, Reader, Subscription

FRENCH = """Nom;Prénom;Courriel;Adresse;Code postal;Ville;Formule;Début;Fin d’abonnement
Fresnel;Augustin;Augustin.Fresnel@exemple.fr;1 rue d’Été;27300;Broglie;{paper};2026-01-01;{end}
Germain;Sophie;sophie@exemple.fr;;;;Numérique;2025-07-01;2026-06-30
""".format(paper="Papier et numérique", end="31/12/2026")


def imported(office: Office, *arguments: object) -> dict[str, int]:
    """Import, and read the numbers of the report."""
    ran = office.run("subscribers", "import", *arguments)
    assert ran.status == 0, ran
    return counts(ran)


def counts(ran: Ran) -> dict[str, int]:
    """By their plural, whether there is one or more of it."""
    lines = (line.split(maxsplit=1) for line in ran.printed.splitlines())
    told = {what: int(count) for count, what in lines if count.isdigit()}
    return {_plural(what): count for what, count in told.items()}


def _plural(what: str) -> str:
    return " ".join(w if w in {"à", "vérifier"} else f"{w.rstrip('s')}s" for w in what.split())


def test_a_list_as_a_spreadsheet_writes_it_becomes_readers(office: Office) -> None:
    told = imported(office, office.file("liste.csv", FRENCH.encode("cp1252")))
    assert told["lecteurs créés"] == told["abonnements ajoutés"] == 2
    fresnel, germain = office.rows(Reader)
    assert fresnel.email == "augustin.fresnel@exemple.fr"
    assert fresnel.name == "Augustin Fresnel"
    assert fresnel.post == "1 rue d’Été\n27300 Broglie"
    assert (germain.name, germain.post, germain.language) == ("Sophie Germain", "", "fr")
    first = office.rows(Subscription)[0]
    assert (first.plan, first.provider, first.renews) == ("print", "import", False)
    assert not first.complimentary
    rights = office.rights("augustin.fresnel@exemple.fr", datetime(2026, 12, 31, 23, tzinfo=UTC))
    assert rights.everything
    assert rights.changes_at == datetime(2027, 1, 1, tzinfo=UTC)


def test_each_subscription_leaves_a_line_of_the_audit_log_without_an_address(
    office: Office,
) -> None:
    imported(office, office.file("liste.csv", FRENCH))
    lines = office.rows(Change)
    assert [(c.what, c.subject) for c in lines] == [
        ("period.added", "subscription:1"),
        ("period.added", "subscription:2"),
    ]
    assert lines[0].who.startswith("command:")
    assert lines[0].after["ends_at"] == "2027-01-01T00:00:00+00:00"
    assert "exemple" not in repr([(c.before, c.after) for c in lines])


def test_the_same_import_twice_changes_nothing(office: Office) -> None:
    file = office.file("liste.csv", FRENCH)
    imported(office, file)
    before = office.everything()
    told = imported(office, file)
    assert told["lecteurs inchangés"] == 2
    assert office.everything() == before


def test_nor_does_it_give_again_what_was_ended_since(office: Office) -> None:
    file = office.file(
        "liste.csv", "email,plan,start,end\na@exemple.fr,digital,2026-01-01,2999-01-01"
    )
    with pytest.raises(AssertionError, match="une année de 1900 à 2200"):
        imported(office, file)
    file = office.file(
        "liste.csv", "email,plan,start,end\na@exemple.fr,digital,2026-01-01,2199-01-01"
    )
    imported(office, file)
    with office.begin() as unit:
        end_now(unit, find_reader(unit.db, "a@exemple.fr").subscriptions[0])
    before = office.everything()
    assert imported(office, file)["lecteurs inchangés"] == 1
    assert office.everything() == before


def test_a_later_list_adds_only_what_is_new(office: Office) -> None:
    imported(office, office.file("2026.csv", FRENCH))
    later = FRENCH.replace("2026-06-30", "2027-06-30").replace("sophie@", "SOPHIE@")
    told = imported(office, office.file("2027.csv", later))
    assert (told["lecteurs complétés"], told["lecteurs inchangés"]) == (1, 1)
    added = office.rows(Period)[-1]
    assert added.starts_at == start_of(date(2026, 7, 1))
    assert added.ends_at == end_of_day(date(2027, 6, 30))
    assert office.rights("sophie@exemple.fr", added.starts_at).stretches == (
        Stretch(start_of(date(2025, 7, 1)), added.ends_at),
    )


def test_people_of_several_files_are_one_reader(office: Office) -> None:
    old = office.file("2025.csv", "Mail\tFin\tFormule\nsophie@EXEMPLE.fr\t31/12/2025\tdigital\n")
    new = office.file(
        "2026.csv",
        '"Name","E-mail","Until","Plan"\n"Sophie G.","Sophie@exemple.fr","2026-12-31","Digital"\n',
    )
    told = imported(office, old, new)
    assert (told["lecteurs créés"], told["lignes fusionnées"]) == (1, 1)
    assert told["abonnements ajoutés"] == 1  # they follow each other
    assert [r.name for r in office.rows(Reader)] == ["Sophie G."]
    (period,) = office.rows(Period)
    assert (period.starts_at, period.ends_at) == (
        start_of(date(2025, 1, 1)),
        end_of_day(date(2026, 12, 31)),
    )


def test_what_a_reader_said_stands_and_what_it_did_not_say_is_filled(office: Office) -> None:
    office.reader("sophie@exemple.fr", name="Sophie")
    file = office.file(
        "liste.csv", "courriel;nom;adresse\nsophie@exemple.fr;Germain;13 rue de Savoie"
    )
    assert imported(office, file)["lecteurs complétés"] == 1
    (reader,) = office.rows(Reader)
    assert (reader.name, reader.post) == ("Sophie", "13 rue de Savoie")
    assert imported(office, file)["lecteurs inchangés"] == 1


def test_two_names_at_one_address_are_said(office: Office) -> None:
    file = office.file(
        "liste.csv", "courriel;nom\nfoyer@exemple.fr;Marie\nfoyer@exemple.fr;Pierre\n"
    )
    ran = office.run("subscribers", "import", file)
    assert counts(ran)["lignes à vérifier"] == 1
    assert (
        "liste.csv:3: à vérifier : « Pierre » a l’adresse de « Marie » (liste.csv:2)" in ran.logged
    )


REFUSED = """Courriel;Nom;Formule;Début;Fin;Langue
sans-arobase;A;;;;
;B;;;;
c@exemple.fr;C;Numérique;30/02/2026;;
d@exemple.fr;D;Numérique;2026-02-01;2026-01-01;
e@exemple.fr;E;Platine;2026-01-01;2026-12-31;
f@exemple.fr;F;;2026-01-01;2026-12-31;
g@exemple.fr;G;Numérique;;;
h@exemple.fr;H;;;;klingon
i@exemple.fr;{long};;;;
j@exemple.fr;J;Numérique;;31/12/6;
bon@exemple.fr;K;Numérique;;31/12/2026;anglais
""".format(long="x" * 201)
REASONS = [
    "« sans-arobase » n’est pas une adresse de courriel",
    "pas d’adresse de courriel",
    "« 30/02/2026 » n’est pas au calendrier",
    "la fin 2026-01-01 précède le début 2026-02-01",
    "« Platine » n’est pas une formule (digital, print)",
    "pas de formule",
    "la formule « Numérique » n’a ni début ni fin",
    "langue « klingon » : fr ou en",
    "nom : 201 signes, 200 au plus",
    "« 31/12/6 » : une date comme 2026-12-31 ou 31/12/2026",
]


def test_a_refused_row_stops_everything_and_is_told_with_its_line(office: Office) -> None:
    before = office.everything()
    ran = office.run("subscribers", "import", office.file("liste.csv", REFUSED))
    assert ran.status == 1
    for line, reason in enumerate(REASONS, start=2):
        assert f"liste.csv:{line}: refusé : {reason}" in ran.logged
    assert "Rien n’a été importé" in ran.logged
    assert office.everything() == before


def test_a_postal_address_is_whole_or_refused_as_in_the_readers_own_form(office: Office) -> None:
    nine = "\n".join(f"ligne {n}" for n in range(9))
    ran = office.run(
        "subscribers", "import", office.file("liste.csv", f'mail;adresse\na@exemple.fr;"{nine}"\n')
    )
    assert ran.status == 1
    assert "adresse postale : 9 lignes, 8 au plus" in ran.logged


def test_the_rest_is_imported_if_told(office: Office) -> None:
    told = imported(office, office.file("liste.csv", REFUSED), "--skip-refused")
    assert (told["lignes refusées"], told["lecteurs créés"]) == (len(REASONS), 1)
    (reader,) = office.rows(Reader)
    assert (reader.email, reader.language) == ("bon@exemple.fr", "en")


def test_one_is_counted_as_one_and_several_as_several(office: Office) -> None:
    ran = office.run("subscribers", "import", office.file("liste.csv", "mail\na@exemple.fr\n"))
    assert ran.printed.split("\n")[:3] == [
        "      1 ligne lue",
        "      1 lecteur créé",
        "      0 lecteur complété",
    ]
    lines = "mail\na@exemple.fr\nb@exemple.fr\n"
    ran = office.run("subscribers", "import", office.file("deux.csv", lines))
    assert "      2 lignes lues\n" in ran.printed


def test_a_dry_run_tells_the_same_and_does_nothing(office: Office) -> None:
    file, before = office.file("liste.csv", FRENCH), office.everything()
    ran = office.run("subscribers", "import", file, "--dry-run")
    assert "rien n’a été importé" in ran.printed
    assert office.everything() == before
    assert counts(ran) == imported(office, file)


def test_an_import_that_is_stopped_half_way_leaves_nothing(office: Office) -> None:
    """The database refuses the second period, after readers and subscriptions were inserted."""
    with sqlite3.connect(office.var / "accounts.sqlite") as database:
        database.execute(
            "CREATE TRIGGER full BEFORE INSERT ON period WHEN (SELECT count(*) FROM period) > 0 "
            "BEGIN SELECT RAISE(ABORT, 'no room left'); END"
        )
    database.close()
    before = office.everything()
    refusal = office.run("subscribers", "import", office.file("liste.csv", FRENCH)).refusal
    assert "no room left" in refusal
    assert "exemple.fr" not in refusal
    assert office.everything() == before


def test_columns_and_plans_of_other_names_are_mapped(office: Office) -> None:
    file = office.file("liste.csv", "Contact;Abo;Term;Fin\na@exemple.fr;Le grand;2026-12-31;oui\n")
    refusal = office.run("subscribers", "import", file).refusal
    assert "aucune colonne n’est l’adresse de courriel" in refusal
    assert "Contact, Abo, Term, Fin" in refusal
    told = imported(
        office, file, "--map", "contact=email", "--map", "Abo=plan", "--map", "TERM=ends",
        "--map", "Fin=-", "--map-plan", "le grand=print",
    )  # fmt: skip
    assert told["abonnements ajoutés"] == 1
    assert office.rows(Subscription)[0].plan == "print"


def test_a_plan_may_be_said_once_for_all_rows(office: Office) -> None:
    file = office.file("liste.csv", "mail;début\na@exemple.fr;15/03/2026\n")
    imported(office, file, "--plan", "digital")
    (period,) = office.rows(Period)
    assert period.ends_at == end_of_day(date(2027, 3, 14))


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--plan", "platine"], "« platine » n’est pas une formule : digital, print"),
        (["--map-plan", "x=platine"], "« platine » n’est pas une formule"),
        (["--map-plan", "platine"], "'texte=formule'"),
        (["--report", "/nowhere/report.csv"], "il n’y a pas de dossier /nowhere"),
    ],
)
def test_options_that_mean_nothing_are_refused(
    office: Office, arguments: list[str], why: str
) -> None:
    assert (
        why in office.run("subscribers", "import", office.file("l.csv", FRENCH), *arguments).refusal
    )


@pytest.mark.parametrize("mapped", ["Contact", "=email", "Contact=nowhere"])
def test_a_mapping_that_means_nothing_is_typed_wrong(office: Office, mapped: str) -> None:
    ran = office.run("subscribers", "import", "liste.csv", "--map", mapped)
    assert ran.status == 2
    assert "'Nom de colonne=champ'" in ran.logged


def test_the_price_class_is_the_one_of_the_list_of_members(office: Office) -> None:
    (office.var / "members.csv").write_text("email;status\nsophie@exemple.fr;student\n")
    imported(office, office.file("liste.csv", FRENCH))
    assert [s.price_class for s in office.rows(Subscription)] == ["public", "student"]


def test_the_list_of_members_is_read_as_spreadsheets_write_it(office: Office) -> None:
    (office.var / "members.csv").write_text(
        "\ufeffEmail;Status ;Dues_Until\r\nSophie@Exemple.fr ;Student;\r\n", "utf-8"
    )
    imported(office, office.file("liste.csv", FRENCH))
    assert [s.price_class for s in office.rows(Subscription)] == ["public", "student"]


def test_what_was_paid_elsewhere_is_no_difference_in_the_books(office: Office) -> None:
    imported(office, office.file("liste.csv", FRENCH))
    dates = ("--from", "2026-01-01", "--until", "2026-12-31")
    office.run("subscribers", "add", "monge@exemple.fr", "--plan", "digital", *dates)
    assert office.run("reconcile").status == 0


def test_the_report_says_what_became_of_every_line(office: Office) -> None:
    extra = "Germain;S.;sophie@exemple.fr;;;;Numérique;;30/06/2026\nX;Y;rien;;;;;;\n"
    file, report = office.file("liste.csv", FRENCH + extra), office.folder / "rapport.csv"
    imported(office, file, "--skip-refused", "--report", report)
    with report.open(encoding="utf-8-sig", newline="") as rows:
        told = list(csv.DictReader(rows, delimiter=";"))
    outcomes = sorted((int(row["ligne"]), row["résultat"]) for row in told)
    assert outcomes == [(2, "créé"), (3, "créé"), (4, "fusionné"), (4, "à vérifier"), (5, "refusé")]
    assert report.stat().st_mode & 0o777 == 0o600
    assert "existe déjà" in office.run("subscribers", "import", file, "--report", report).refusal


def test_the_report_gives_the_address_of_a_row_as_the_file_does(office: Office) -> None:
    lines = 'mail;nom\n=2+5@exemple;A\n rien ;B\n;C\n"x\ny@exemple.fr";D\n'
    file, report = office.file("liste.csv", lines), office.folder / "rapport.csv"
    office.run("subscribers", "import", file, "--dry-run", "--report", report)
    with report.open(encoding="utf-8-sig", newline="") as rows:
        told = [row["adresse"] for row in csv.DictReader(rows, delimiter=";")]
    assert told == ["'=2+5@exemple", "rien", "", "x y@exemple.fr"]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_the_list_of_members_is_read_in_every_encoding_and_with_every_separator(
    office: Office, encoding: str, separator: str
) -> None:
    lines = "Prénom;Email;Status;dues_until\nÉlodie;sophie@exemple.fr;student;31/12/2026\n"
    (office.var / "members.csv").write_bytes(lines.replace(";", separator).encode(encoding))
    imported(office, office.file("liste.csv", FRENCH))
    assert [s.price_class for s in office.rows(Subscription)] == ["public", "student"]
    told = office.run("doctor").printed
    assert "1 membre, liste" in told


def test_columns_that_are_left_out_are_named(office: Office) -> None:
    ran = office.run(
        "subscribers", "import", office.file("l.csv", "mail;Sport;\na@exemple.fr;oui;\n")
    )
    assert "l.csv : colonnes laissées de côté : Sport\n" in ran.logged


def test_a_bar_is_shown_at_a_terminal_and_nowhere_else(office: Office) -> None:
    file = office.file("liste.csv", FRENCH)
    assert "Lecture" not in office.process("subscribers", "import", file, "--dry-run").logged
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "paywall", "subscribers", "import", str(file)],
        env=office.environ | {"TERM": "xterm"},
        cwd=office.folder,
        stdout=subprocess.PIPE,
        stderr=follower,
    )
    os.close(follower)
    shown = _until_closed(leader)
    assert process.wait(30) == 0
    process.stdout.close()
    assert "Lecture" in shown
    assert "2/2" in shown


def _until_closed(leader: int) -> str:
    shown = b""
    try:
        while part := os.read(leader, 4096):
            shown += part
    except OSError:  # Linux says so where the other end is closed
        pass
    os.close(leader)
    return shown.decode()


def test_nothing_is_imported_before_there_are_accounts(bare_office: Office, tmp_path: Path) -> None:
    file = bare_office.file("liste.csv", FRENCH)
    assert "paywall migrate" in bare_office.run("subscribers", "import", file).refusal
    assert not bare_office.var.exists()
