"""French typography: what an editor types, as a printer sets it.

Rules of the *Lexique des règles typographiques en usage à l'Imprimerie nationale*:
narrow no-break space before ``; ! ?`` and inside guillemets, no-break space before a
colon, between a number and its unit, and after « M. »; ordinals with raised letters.
"""

import re
from collections.abc import Callable

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
_MONTHS = "(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)"
_NUMBER = r"\b\d{1,3}(?: \d{3})+\b"

Rule = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]

_RULES: tuple[Rule, ...] = (
    (re.compile(r"(?<!\.)\.\.\.(?!\.)"), "…"),
    (re.compile(r"'"), "’"),
    (re.compile(r'(^|[\s(\[’\u2014\u2013])"(?=\S)'), rf"\1«{NARROW}"),
    (re.compile(r'"'), f"{NARROW}»"),
    (re.compile(r"«[ \u00a0]*(?=\S)"), f"«{NARROW}"),
    (re.compile(r"(?<=\S)[ \u00a0]*»"), f"{NARROW}»"),
    (re.compile(rf"[ \u00a0]+(?=[;!?]+(?:[\s)»\]{_THING}]|$))"), NARROW),
    (re.compile(rf"(?<=[\w)»\]’%{_THING}])(?=[;!?]+(?:[\s{_THING}]|$))"), NARROW),
    (re.compile(rf"[ \u00a0]+(?=:(?:[\s{_THING}]|$))"), NO_BREAK),
    (re.compile(_NUMBER), lambda m: m[0].replace(" ", NARROW)),
    (re.compile(rf"(?<=\d) (?={_UNITS}(?!\w))"), NO_BREAK),
    (re.compile(rf"\b(\d\d?|1er) (?={_MONTHS}\b)"), rf"\1{NO_BREAK}"),
    (
        re.compile(r"\b(M\.|MM\.|Mme|Mlle|Dr|Mgr|p\.|pp\.|t\.|vol\.|art\.) (?=[A-ZÉÈÀ\d])"),
        rf"\1{NO_BREAK}",
    ),
    (re.compile(r"\b([nN])° ?(?=\d)"), rf"\1{RAISE}o{LOWER}{NO_BREAK}"),
    (re.compile(r"\b([1I])ère(s?)\b"), r"\1re\2"),
    (re.compile(r"\b(1|I)(ers?|res?)\b"), rf"\1{RAISE}\2{LOWER}"),
    (re.compile(r"\b(\d+|[IVX]|[IVXLCDM]{2,})(?:ème(s?)|e(s?))\b"), rf"\1{RAISE}e\2\3{LOWER}"),
)


def _apply(text: str, *, before: bool = False, after: bool = False) -> str:
    kept = iter([*[""] * before, *_ADDRESS.findall(text)])
    text = _THING * before + _ADDRESS.sub(_THING, text) + _THING * after
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
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
