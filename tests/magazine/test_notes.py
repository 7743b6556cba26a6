"""Footnotes: numbered calls, one list at the foot, and a way back."""

import re

from lxml import html

from plugins.magazine.body import BodyReader

TEXT = """\
Un fait[^un], un autre[^deux], et le premier encore[^un].

[^deux]: La seconde, *en italique*.
[^un]: La première : vue ?
"""


def _read(text: str = TEXT) -> html.HtmlElement:
    return html.fragment_fromstring(BodyReader().read(text).full, create_parent="div")


def test_calls_are_numbered_in_the_order_of_the_text() -> None:
    calls = _read().xpath("//sup/a")
    assert [call.text for call in calls] == ["1", "2", "1"]
    assert [call.get("href") for call in calls] == ["#note-un", "#note-deux", "#note-un"]


def test_a_note_called_twice_is_printed_once_and_each_call_has_its_own_id() -> None:
    tree = _read()
    assert [note.get("id") for note in tree.xpath("//li")] == ["note-un", "note-deux"]
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_every_note_leads_back_to_its_first_call() -> None:
    tree = _read()
    backs = tree.xpath("//a[@role='doc-backlink']/@href")
    assert backs == ["#appel-1", "#appel-2"]
    assert set(backs) <= {f"#{name}" for name in tree.xpath("//sup/a/@id")}


def test_a_note_is_set_by_french_rules() -> None:
    assert "La première\u00a0: vue\u202f?" in BodyReader().read(TEXT).full


def test_marks_of_notes_are_no_words_of_the_text() -> None:
    body = BodyReader().read(TEXT)
    assert body.words == 8
    assert not re.search(r"\d|↩", body.text)


def test_notes_do_not_count_in_reading_time_but_can_be_found() -> None:
    body = BodyReader().read("Un mot[^a].\n\n[^a]: " + "note " * 500)
    assert body.words == 2
    assert body.minutes == 1
    assert "note note" in body.text


def test_a_note_of_several_paragraphs_keeps_them() -> None:
    tree = _read("Un fait[^a].\n\n[^a]: Un.\n\n    Deux.\n")
    (note,) = tree.xpath("//li")
    assert len(note.xpath("p")) == 2
    assert note.xpath("p[2]//a[@role='doc-backlink']")


def test_a_list_in_a_note_stays_in_it() -> None:
    tree = _read(
        "Un fait[^a], un autre[^b].\n\n[^a]: Deux cas.\n\n    - un\n    - deux\n\n[^b]: Un.\n"
    )
    assert [note.get("id") for note in tree.xpath("//section/ol/li")] == ["note-a", "note-b"]
    assert tree.xpath("//li[@id='note-a']/ul/li/text()") == ["un", "deux"]


def test_a_text_without_notes_has_no_list_of_them() -> None:
    assert not _read("Un fait.\n").xpath("//section")


def test_what_an_editor_wrote_for_editors_in_a_note_is_not_published() -> None:
    body = BodyReader().read("Un fait[^a].\n\n[^a]: Voir <!-- à vérifier --> la lampe.\n")
    assert "la lampe" in body.full
    assert "vérifier" not in body.full + body.preview
