"""Writes `gate_vectors.json`, the document of docs/gate-vectors.md. Needed only to add cases.

ES256 signatures are random: a token that already stands in the file, and says the same, is kept.
"""

import json
from pathlib import Path
from typing import Any

from gate_forge import ADDRESS, KEYS, Forge, keyring, new_private
from gate_header_cases import bearers, cookies, paths, sessions
from gate_request_cases import MANIFEST, attacks, clocks, ended, rights
from gate_token_cases import all_tokens, bad_tokens
from jwt.algorithms import ECAlgorithm

VECTORS = Path(__file__).with_name("gate_vectors.json")
NOTICE = "Test keys, public on purpose: no service may ever hold them."


def make() -> dict[str, Any]:
    """Put the whole document together."""
    ring = keyring()
    tokens = _kept(all_tokens())
    bad = [name for name, _ in bad_tokens(Forge(ring.keys[-1]))]
    groups = {
        "rights": rights(),
        "attacks": attacks(bad),
        "clocks": clocks(),
        "ended": ended(),
        "cookies": cookies(),
        "bearers": bearers(),
        "sessions": sessions(),
        "paths": paths(),
    }
    vectors = [{"group": group, **case} for group, cases in groups.items() for case in cases]
    return {
        "version": 1,
        "notice": NOTICE,
        "address": ADDRESS,
        "jwks": ring.jwks(),
        "manifest": MANIFEST,
        "tokens": tokens,
        "vectors": vectors,
    }


def _kept(made: dict[str, str]) -> dict[str, str]:
    """Keep the tokens whose signed part is as before, so that a change shows what it is."""
    before = json.loads(VECTORS.read_text("utf-8"))["tokens"] if VECTORS.exists() else {}
    return {name: _same(before.get(name, ""), token) for name, token in made.items()}


def _same(before: str, token: str) -> str:
    same = before.rpartition(".")[0] == token.rpartition(".")[0] and len(before) == len(token)
    return before if same else token


def make_keys() -> None:
    """Make the test keys, once."""
    keys = [ECAlgorithm.to_jwk(new_private(), as_dict=True) for _ in range(2)]
    write(KEYS, {"notice": NOTICE, "keys": keys})


def write(path: Path, document: object) -> None:
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    if not KEYS.exists():
        make_keys()
    write(VECTORS, make())
