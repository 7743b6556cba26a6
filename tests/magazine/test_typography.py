"""French typography: a printer's spaces and signs in text, nothing in code and addresses."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.magazine import typography
from plugins.magazine.body import BodyReader
from plugins.magazine.typography import LOWER, RAISE, raise_letters, set_marked, set_plain

NARROW, NO_BREAK = "\u202f", "\u00a0"
TYPED = st.lists(
    st.sampled_from(
        [*"\"'«» :;!?….,()[]–%°m a1A\n", NO_BREAK, NARROW, "...", "1er", "XIXe", "20 000", "12:30",
         "n° ", "L'", "M. ", "5 km", "ème", "https://example.org/l'a?b=c", "5 mai"]
    ),
    max_size=9,
).map("".join)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Quoi ?", "Quoi⎵?"),
        ("Quoi?", "Quoi⎵?"),
        ("Quoi ?!", "Quoi⎵?!"),
        ("Ici ; là !", "Ici⎵; là⎵!"),
        ("Ceci : cela", "Ceci~: cela"),
        ("« Oui »", "«⎵Oui⎵»"),
        ("«Oui»", "«⎵Oui⎵»"),
        ('Il dit "oui".', "Il dit «⎵oui⎵»."),
        ('"Oui ?" dit-il', "«⎵Oui⎵?⎵» dit-il"),
        ('l\'"onde" ("elle")', "l’«⎵onde⎵» («⎵elle⎵»)"),
        ("aujourd'hui", "aujourd’hui"),
        ("Et puis...", "Et puis…"),
        ("20 000 habitants", "20⎵000 habitants"),
        ("1 234 567,89 F", "1⎵234⎵567,89~F"),
        ("5 km, 12 %, 30 h", "5~km, 12~%, 30~h"),
        ("M. Arago, p. 12", "M.~Arago, p.~12"),
        ("le 14 juillet", "le 14~juillet"),
        ("le défilé du 14 Juillet", "le défilé du 14~Juillet"),
        ("n° 12", "no~12"),
        ("1ère et 2ème", "1re et 2e"),
    ],
)
def test_what_an_editor_types_is_set_by_french_rules(typed: str, printed: str) -> None:
    assert set_plain(typed) == printed.replace("⎵", NARROW).replace("~", NO_BREAK)


@pytest.mark.parametrize(
    "typed",
    [
        "à 12:30", "de 9:00 à 10:15", "un rapport de 3:1", "en 1819 300 disques", "Louis XIV",
        "Le phare de Me Durand", "Dix vies", "01 23 45 67 89", "(?)", "C’est-à-dire",
        "Vrai.", "A. Fresnel",
    ],
)  # fmt: skip
def test_what_needs_no_rule_stays_as_it_is(typed: str) -> None:
    assert set_plain(typed) == typed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("le 1er mai", f"le 1<sup>er</sup>{NO_BREAK}mai"),
        ("la 1re fois", "la 1<sup>re</sup> fois"),
        ("au XIXe siècle", "au XIX<sup>e</sup> siècle"),
        ("la Ve République", "la V<sup>e</sup> République"),
        ("les 2èmes", "les 2<sup>es</sup>"),
        ("Napoléon Ier", "Napoléon I<sup>er</sup>"),
        ("le n° 812", f"le n<sup>o</sup>{NO_BREAK}812"),
    ],
)
def test_ordinals_have_raised_letters_in_a_text(typed: str, printed: str) -> None:
    assert raise_letters(set_marked(typed)) == printed


@given(TYPED)
def test_a_text_that_is_set_stays_so(typed: str) -> None:
    once = set_plain(typed)
    assert set_plain(once) == once


@given(st.text(max_size=20))
def test_any_text_that_is_set_stays_so(typed: str) -> None:
    once = set_plain(typed)
    assert set_plain(once) == once


@given(TYPED)
def test_no_line_can_break_before_a_high_sign_or_inside_guillemets(typed: str) -> None:
    assert not re.search(r"[ \u00a0][;!?](?=\s|$)|« |(?<=\S) »", set_plain(typed))


@given(st.text(max_size=40).filter(lambda t: RAISE not in t and LOWER not in t))
def test_no_mark_of_raised_letters_is_left_in_plain_text(typed: str) -> None:
    assert RAISE not in set_plain(typed)
    assert LOWER not in set_plain(typed)


@given(st.text("abcdeé \n,", max_size=60))
def test_plain_words_are_left_alone(typed: str) -> None:
    assert set_plain(typed) == typed


@pytest.mark.parametrize(
    "code",
    ["a : b ; c ?", "\"x\" 'y'", "20 000 km", "1er XIXe n° 5", "« a »", "x...", "M. A"],
)
def test_code_is_untouched(code: str) -> None:
    block = BodyReader().read(f"Texte.\n\n    {code}\n").text
    inline = BodyReader().read(f"Le code `{code}` ici.\n").text
    assert code in block
    assert code in inline


def test_a_text_not_to_be_translated_is_untouched() -> None:
    body = BodyReader().read('Dites <span translate="no">"a" : b</span> : c.\n')
    assert '"a" : b' in body.text
    assert f"{NO_BREAK}: c." in body.full


@pytest.mark.parametrize(
    "address",
    ["https://fr.wikipedia.org/wiki/L'Optique", "https://example.org/?a=b;c...", "www.a.org/1er"],
)
def test_an_address_in_a_text_is_untouched(address: str) -> None:
    assert set_plain(f"Voir {address} ; c'est ici") == f"Voir {address}{NARROW}; c’est ici"


def test_the_target_of_a_link_is_untouched() -> None:
    body = BodyReader().read("Voir [l'an 12:30 ?](https://example.org/l'an?q=a;b).\n")
    assert 'href="https://example.org/l\'an?q=a;b"' in body.full
    assert f"l’an 12:30{NARROW}?" in body.full


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Il lut « *Le Temps* », puis.", "Il lut «⎵<em>Le Temps</em>⎵», puis."),
        ('Il lut "*Le Temps*", puis.', "Il lut «⎵<em>Le Temps</em>⎵», puis."),
        ("*Quoi* ?", "<em>Quoi</em>⎵?"),
        ("*Quoi*?", "<em>Quoi</em>⎵?"),
        ("Vrai : *oui*", "Vrai~: <em>oui</em>"),
        ('"Oui"  \n"Non"', "«⎵Oui⎵»<br>\n«⎵Non⎵»"),
    ],
)
def test_rules_hold_across_italics(typed: str, printed: str) -> None:
    set_text = printed.replace("⎵", NARROW).replace("~", NO_BREAK)
    assert BodyReader().read(typed).full == f"<p>{set_text}</p>"


def test_alternative_texts_are_set_too() -> None:
    (image,) = BodyReader().read("![L'ombre : un disque ?](x.png)\n").images
    assert image.alt == f"L’ombre{NO_BREAK}: un disque{NARROW}?"


SIGNS = st.sampled_from(
    ["un", "XIXe", "1er", "1ère", "Ière", "Ire", "IVème", "Le", "De", "20", "000", "2", "mars",
     " ", "\u00a0", "\u202f", "\n", "...", ".", "'", "’", '"', "«", "»", ";", "!", "?", ":", "%",
     "M. ", "MM. ", "Mme ", "Dr ", "pp. ", "t. ", "vol. ", "art. ", "É", "n°", "N° ", "°", "km",
     "https://x.y", "http://", "www.x", "(", ")", "[", "—", "I", "V", "L", "e", "er", "ère", "s"]
)  # fmt: skip


@given(st.lists(SIGNS, max_size=12).map("".join), st.booleans(), st.booleans())
def test_no_rule_is_skipped_that_would_change_the_text(
    text: str, before: bool, after: bool
) -> None:
    kept = iter([*[""] * before, *typography._ADDRESS.findall(text)])
    thing = typography._THING
    set_text = thing * before + typography._ADDRESS.sub(thing, text) + thing * after
    for rule in typography._RULES:
        set_text = rule.pattern.sub(rule.replacement, set_text)
    set_text = re.sub(thing, lambda _: next(kept, ""), set_text)
    assert set_marked(text, before=before, after=after) == set_text
