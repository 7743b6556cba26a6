"""French typography: what an editor types, as a printer sets it.

Rules of the *Lexique des règles typographiques en usage à l'Imprimerie nationale*:
narrow no-break space before ``; ! ?`` and inside guillemets, no-break space before a
colon, between a number and its unit, and after « M. »; ordinals with raised letters.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

NARROW = "\u202f"
NO_BREAK = "\u00a0"
RAISE, LOWER = "\ue000", "\ue001"
"""Private characters around raised letters, until the text becomes HTML or plain text."""

_THING = "\ue002"
"""Stands, while rules apply, for what they may not change: an address, or an element beside."""

_ADDRESS = re.compile(r"\b(?:https?://|www\.)[^\s«»\"<>]+")

_UNITS = (
    r"(?:[kcmµn]?m[²³]?|km/h|k?g|t|h|min|m?s|°C|[kMGT]?Hz|[kMGT]?W|[kM]?V|%|€|F|francs|hectares)"
)
_MONTHS = (
    "(?:[Jj]anvier|[Ff]évrier|[Mm]ars|[Aa]vril|[Mm]ai|[Jj]uin|[Jj]uillet|[Aa]oût"
    "|[Ss]eptembre|[Oo]ctobre|[Nn]ovembre|[Dd]écembre)"
)
"""A feast has its capital: « le 14 Juillet »."""

_NUMBER = r"\b[0-9]{1,3}(?: [0-9]{3})+\b"


class _Rule(NamedTuple):
    """A change of text, and a quick look at whether a text holds what it changes."""

    applies: Callable[[str], object]
    pattern: re.Pattern[str]
    replacement: str | Callable[[re.Match[str]], str]


def _any_of(*signs: str) -> Callable[[str], bool]:
    """Whether a text holds one of some strings: a hundred times cheaper than a pattern."""

    def found(text: str) -> bool:
        for sign in signs:  # noqa: SIM110 (a generator would cost more than it looks for)
            if sign in text:
                return True
        return False

    return found


_address = _any_of("://", "www.")
_digit = _any_of(*"0123456789")
_stop = _any_of(*";!?")
_ordinal = re.compile(r"[0-9IVXLCDM](?<!\b[LCDM])(?:e|ème)").search
"""« Le » and « De » begin too many sentences to be looked at twice."""

_RULES: tuple[_Rule, ...] = (
    _Rule(_any_of("..."), re.compile(r"(?<!\.)\.\.\.(?!\.)"), "…"),
    _Rule(_any_of("'"), re.compile(r"'"), "’"),
    _Rule(_any_of('"'), re.compile(r'(^|[\s(\[’\u2014\u2013])"(?=\S)'), rf"\1«{NARROW}"),
    _Rule(_any_of('"'), re.compile(r'"'), f"{NARROW}»"),
    _Rule(_any_of("«"), re.compile(r"«[ \u00a0]*(?=\S)"), f"«{NARROW}"),
    _Rule(_any_of("»"), re.compile(r"(?<=\S)[ \u00a0]*»"), f"{NARROW}»"),
    _Rule(_stop, re.compile(rf"[ \u00a0]+(?=[;!?]+(?:[\s)»\]{_THING}]|$))"), NARROW),
    _Rule(_stop, re.compile(rf"(?<=[\w)»\]’%{_THING}])(?=[;!?]+(?:[\s{_THING}]|$))"), NARROW),
    _Rule(_any_of(" :", "\u00a0:"), re.compile(rf"[ \u00a0]+(?=:(?:[\s{_THING}]|$))"), NO_BREAK),
    _Rule(_digit, re.compile(_NUMBER), lambda m: m[0].replace(" ", NARROW)),
    _Rule(_digit, re.compile(rf"(?<=[0-9]) (?={_UNITS}(?!\w))"), NO_BREAK),
    _Rule(_digit, re.compile(rf"\b([0-9][0-9]?|1er) (?={_MONTHS}\b)"), rf"\1{NO_BREAK}"),
    _Rule(
        _any_of("M", "Dr ", "p. ", "t. ", "l. "),
        re.compile(r"\b(M\.|MM\.|Mme|Mlle|Dr|Mgr|p\.|pp\.|t\.|vol\.|art\.) (?=[A-ZÉÈÀ\d])"),
        rf"\1{NO_BREAK}",
    ),
    _Rule(_any_of("°"), re.compile(r"\b([nN])° ?(?=\d)"), rf"\1{RAISE}o{LOWER}{NO_BREAK}"),
    _Rule(_any_of("1ère", "Ière"), re.compile(r"\b([1I])ère(s?)\b"), r"\1re\2"),
    _Rule(
        _any_of("1er", "1re", "Ier", "Ire"),
        re.compile(r"\b(1|I)(ers?|res?)\b"),
        rf"\1{RAISE}\2{LOWER}",
    ),
    _Rule(
        _ordinal,
        re.compile(r"\b([0-9]+|[IVX]|[IVXLCDM]{2,})(?:ème(s?)|e(s?))\b"),
        rf"\1{RAISE}e\2\3{LOWER}",
    ),
)


def _apply(text: str, *, before: bool = False, after: bool = False) -> str:
    addresses = _ADDRESS.findall(text) if _address(text) else []
    if addresses:
        text = _ADDRESS.sub(_THING, text)
    kept = iter([*[""] * before, *addresses])
    text = _THING * before + text + _THING * after
    for applies, pattern, replacement in _RULES:
        if applies(text):
            text = pattern.sub(replacement, text)
    if _THING not in text:
        return text
    return re.sub(_THING, lambda _: next(kept, ""), text)


def set_marked(text: str, *, before: bool = False, after: bool = False) -> str:
    """Typeset a run of text; raised letters stand between :data:`RAISE` and :data:`LOWER`.

    ``before`` and ``after`` say whether the line goes on there, in an element.
    """
    return _apply(text, before=before, after=after)


def set_plain(text: str) -> str:
    """Typeset text for a place that has no markup: a title, an attribute, a feed."""
    return _apply(text).replace(RAISE, "").replace(LOWER, "")


def raise_letters(html: str) -> str:
    """Turn the marks of :func:`set_marked` into ``<sup>``."""
    return html.replace(RAISE, "<sup>").replace(LOWER, "</sup>")
