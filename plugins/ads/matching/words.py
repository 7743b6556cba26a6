"""Words of French texts, as matching and exclusions know them."""

import re

_WORDS = re.compile(r"[^\W\d_]+")
_ELIDED = frozenset(
    ("c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu")
)


def words_of(text: str) -> list[str]:
    """Words in lower case, in order; what French elides before a vowel (« l’ », « qu’ ») is left
    out, since it says nothing."""
    return [word for word in _WORDS.findall(text.lower()) if word not in _ELIDED]
