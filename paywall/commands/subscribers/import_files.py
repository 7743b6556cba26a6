"""`paywall subscribers import`: readers and subscriptions from CSV files."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from paywall.commands.accounts import accounts, author
from paywall.commands.files import check_absent, new_file
from paywall.commands.parsing import Commands, add_command
from paywall.commands.terminal import bar
from paywall.csv_files import write_csv
from paywall.errors import RefusedError
from paywall.imports.columns import NAMES, read_mapping
from paywall.imports.decisions import Decision, decide
from paywall.imports.lines import PlanNames
from paywall.imports.people import Person, merge
from paywall.imports.reading import Reading, read_lines, read_sheets
from paywall.imports.report import HEADER, Report
from paywall.imports.writing import Catalogue, write
from paywall.offers.file import read_offers
from paywall.offers.grid import Offers, Plan
from paywall.offers.members import Members
from paywall.settings import Settings
from paywall.store.database import Database


def register(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(commands, "import", "reprendre des lecteurs de fichiers CSV", run)
    parser.add_argument("files", nargs="+", type=Path, metavar="FICHIER", help="un ou plusieurs")
    parser.add_argument(
        "--dry-run", action="store_true", help="dire ce qui serait fait, et ne rien faire"
    )
    parser.add_argument(
        "--skip-refused",
        action="store_true",
        help="importer le reste, même si des lignes sont refusées",
    )
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        type=_mapping,
        metavar="COLONNE=CHAMP",
        help=f"ce que dit une colonne (répétable) : {', '.join(NAMES)}, ou - pour l’ignorer",
    )
    parser.add_argument("--plan", metavar="FORMULE", help="la formule, là où aucune n’est dite")
    parser.add_argument(
        "--map-plan",
        action="append",
        default=[],
        metavar="TEXTE=FORMULE",
        help="la formule qu’un texte désigne dans les fichiers (répétable)",
    )
    parser.add_argument(
        "--report", type=Path, metavar="FICHIER", help="écrire en CSV le sort de chaque ligne"
    )


def run(settings: Settings, options: argparse.Namespace) -> int:
    """Read everything, then write everything, or nothing."""
    if options.report:
        check_absent(options.report)
    offers = read_offers(settings.offers)
    catalogue = Catalogue(offers, Members(settings.members))
    catalogue.members.check()
    with accounts(settings) as database:
        reading = _read(options, offers)
        people, remarks = merge(reading.lines)
        stopped = bool(reading.refused) and not options.skip_refused
        if options.dry_run or stopped:
            with database.read() as db:
                decisions = decide(db, people.values())
        else:
            decisions = _write(database, people, catalogue)
    report = Report(reading, decisions, remarks)
    if options.report:
        with new_file(options.report) as file:
            write_csv(file, HEADER, report.rows())
    _tell(report, options, stopped=stopped)
    return 1 if stopped else 0


def _read(options: argparse.Namespace, offers: Offers) -> Reading:
    sheets = read_sheets(options.files)
    named = {text: _plan(offers, plan) for text, plan in map(_plan_mapping, options.map_plan)}
    default = _plan(offers, options.plan) if options.plan else None
    plans = PlanNames(offers, named, default)
    with bar("Lecture", sum(len(sheet.rows) for sheet in sheets)) as step:
        return read_lines(sheets, dict(options.map), plans, step)


def _write(database: Database, people: dict[str, Person], catalogue: Catalogue) -> list[Decision]:
    with bar("Écriture", len(people)) as step, database.begin(datetime.now(UTC), author()) as unit:
        decisions = decide(unit.db, people.values())
        write(unit, decisions, catalogue, step)
        return decisions


def _tell(report: Report, options: argparse.Namespace, *, stopped: bool) -> None:
    for file, columns in report.reading.unused.items():
        if columns:
            print(
                f"{file.name} : colonnes laissées de côté : {', '.join(columns)}", file=sys.stderr
            )
    for remark in report.remarks:
        print(f"{remark.place}: à vérifier : {remark.text}", file=sys.stderr)
    for refused in report.reading.refused:
        print(f"{refused.place}: refusé : {refused.text}", file=sys.stderr)
    for count, what in report.counts():
        print(f"{count:>7} {what}")
    if stopped:
        print("Rien n’a été importé. --skip-refused importe le reste.", file=sys.stderr)
    elif options.dry_run:
        print("Essai : rien n’a été importé.")


def _mapping(text: str) -> tuple[str, str]:
    try:
        return read_mapping(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _plan_mapping(text: str) -> tuple[str, str]:
    said, equals, plan = text.rpartition("=")
    if not equals:
        raise RefusedError(f"--map-plan : 'texte=formule', pas « {text} »")
    return said, plan.strip()


def _plan(offers: Offers, name: str) -> Plan:
    plan = offers.plan(name)
    if plan is None:
        known = ", ".join(plan.name for plan in offers.plans)
        raise RefusedError(f"« {name} » n’est pas une formule : {known}")
    return plan
