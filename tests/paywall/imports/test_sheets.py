"""CSV files as they come."""

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paywall import sheets
from paywall.errors import ImportFileError
from paywall.imports.columns import NAMES, bare, recognise
from paywall.sheets import read_sheet

TEXT = "Prénom;Âge\nÉmilie;40\n"


def read(tmp_path: Path, source: str | bytes) -> list[tuple[int, tuple[str, ...]]]:
    file = tmp_path / "liste.csv"
    file.write_bytes(source if isinstance(source, bytes) else source.encode())
    sheet = read_sheet(file)
    return [(0, sheet.header), *((row.line, row.cells) for row in sheet.rows)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16"])
def test_the_encoding_is_found_out(tmp_path: Path, encoding: str) -> None:
    assert read(tmp_path, TEXT.encode(encoding)) == [
        (0, ("Prénom", "Âge")),
        (2, ("Émilie", "40")),
    ]


def test_bytes_that_windows_does_not_know_are_read_as_latin_1(tmp_path: Path) -> None:
    assert read(tmp_path, b"a;b\n\xe9\x81;1\n")[1] == (2, ("é\x81", "1"))


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_the_separator_is_found_out(tmp_path: Path, separator: str) -> None:
    source = f"nom{separator}mail{separator}dates\nGermain{separator}x{separator}1;2,3\n".replace(
        "1;2,3", '"1;2,3"'
    )
    assert read(tmp_path, source)[1] == (2, ("Germain", "x", "1;2,3"))


def test_separators_inside_quotes_do_not_count(tmp_path: Path) -> None:
    assert read(tmp_path, '"a,b,c";d\n1;2\n')[0] == (0, ("a,b,c", "d"))


def test_lines_are_numbered_as_an_editor_numbers_them(tmp_path: Path) -> None:
    source = '\r\n;;\r\nmail;adresse\r\na;"deux\r\nlignes"\r\n\r\nb;une\r\n'
    assert [line for line, _ in read(tmp_path, source)] == [0, 4, 7]


def test_excels_own_first_line_is_no_header(tmp_path: Path) -> None:
    assert read(tmp_path, "sep=,\nmail,nom;x\na,b\n") == [(0, ("mail", "nom;x")), (3, ("a", "b"))]


def test_what_our_own_exports_made_safe_is_read_back(tmp_path: Path) -> None:
    assert read(tmp_path, "mail;nom\n'+x@exemple.fr;'d’Alembert\n")[1][1] == (
        "+x@exemple.fr",
        "'d’Alembert",
    )


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (b"", "le fichier est vide"),
        (b"\n;;\n", "le fichier est vide"),
        (b"PK\x03\x04xxxx", "c’est un classeur"),
        (b"a;b\n\0\0;1\n", "ce n’est pas un fichier CSV"),
        (b"\xff\xfea", "ce n’est pas un fichier CSV"),
        (b'a;b\n1;2\n"3;4\n', r"liste\.csv:3: guillemets"),
        (b"a;b\n" + b"x" * 200_000 + b";2\n", r"liste\.csv:2: guillemets ou séparateurs"),
    ],
)
def test_what_is_no_csv_file_is_refused(tmp_path: Path, source: bytes, why: str) -> None:
    with pytest.raises(ImportFileError, match=why):
        read(tmp_path, source)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportFileError, match="No such file"):
        read_sheet(tmp_path / "rien.csv")


def test_a_huge_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_BYTES", 3)
    with pytest.raises(ImportFileError, match="est-ce ce fichier"):
        read(tmp_path, "mail\n")


def test_two_columns_that_say_the_same_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportFileError, match="« E-mail » et « Courriel » disent la même chose"):
        recognise(tmp_path, ["E-mail", "Courriel"], {})
    assert recognise(tmp_path, ["E-mail", "Courriel"], {"courriel": "-"}) == {"email": 0}


def test_every_name_is_written_as_it_is_compared() -> None:
    known = [name for names in NAMES.values() for name in names]
    assert known == [bare(name) for name in known]
    assert len(known) == len(set(known))


@given(st.binary(max_size=200))
def test_no_bytes_at_all_break_the_reader(source: bytes) -> None:
    with TemporaryDirectory() as folder, suppress(ImportFileError):
        read(Path(folder), source)
