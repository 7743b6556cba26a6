"""What is exported is imported again as it was, whatever people are called."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given
from hypothesis import strategies as st

from paywall.accounts.profile import cleaned_name, cleaned_post, is_long_name, is_long_post
from paywall.csv_files import plain_cell, safe_cell, write_csv
from paywall.imports.columns import recognise
from paywall.imports.lines import LineReader, PlanNames
from paywall.offers.file import read_offers
from paywall.sheets import read_sheet

PLANS = PlanNames(read_offers(Path("content/offers.yaml")), {}, None)

TEXTS = st.text(st.characters(codec="utf-8"), max_size=60)
CELLS = st.one_of(TEXTS, st.text(alphabet="'=+-@＝ \t\na;,\"", max_size=8))


@given(CELLS)
@example("'=1")
@example("''-")
@example("'")
def test_a_cell_is_given_back_as_it_was_and_is_never_a_formula(text: str) -> None:
    cell = safe_cell(text)
    assert plain_cell(cell) == text
    assert cell[:1] not in {*"=+-@\t\r\n＝＋－＠"}


@given(CELLS.map(cleaned_name), CELLS.map(cleaned_post))
@example("a\u200db", "1 rue d’Été\n27300 Broglie")
@example("'=x", "'+33\n=2")
@example("e\u0301", "")
def test_a_name_and_an_address_survive_an_export_and_an_import(name: str, post: str) -> None:
    assert not is_long_name(name)
    if is_long_post(post):
        return
    name = cleaned_name(name)  # once cleaned, it stays
    with TemporaryDirectory() as folder:
        file = Path(folder) / "tous.csv"
        with file.open("w", encoding="utf-8", newline="") as written:
            rows = [("a@exemple.fr", name, post)]
            write_csv(written, ("e-mail", "nom", "adresse postale"), rows)
        sheet = read_sheet(file)
    reader = LineReader(file, recognise(file, sheet.header, {}), PLANS)
    (line,) = [reader.read(row) for row in sheet.rows]
    assert (line.name, line.post) == (name, post)
