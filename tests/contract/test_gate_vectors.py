"""Every vector through the whole application, as any other gate has to answer it."""

import json
from datetime import datetime
from typing import Any

import pytest
from gate_forge import keyring
from gate_runs import ask, ended_of, faults, read_vectors, request_of, write_tree

from paywall.app import create_app
from paywall.keys import Keyring
from paywall.settings import Settings

DOCUMENT = read_vectors()
VECTORS = DOCUMENT["vectors"]


@pytest.fixture(scope="module")
def keys() -> Keyring:
    return keyring()


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    output = write_tree(tmp_path_factory.mktemp("gate") / "output", DOCUMENT)
    return Settings(output=output, var=output.parent / "var", address=DOCUMENT["address"])


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["name"] for vector in VECTORS])
def test_the_gate_answers_as_every_gate_does(
    vector: dict[str, Any], settings: Settings, keys: Keyring
) -> None:
    now = datetime.fromisoformat(vector["now"])
    app = create_app(settings, clock=lambda: now, keys=keys, ended=ended_of(vector, now))
    given = ask(app, *request_of(vector, DOCUMENT["tokens"]))
    assert faults(vector, given) == []


def test_one_gate_answers_them_all_one_after_the_other(settings: Settings, keys: Keyring) -> None:
    """What a gate remembers of one request must not change its answer to the next."""
    clock = {"now": datetime.fromisoformat("2027-03-14T09:00:00Z")}
    app = create_app(settings, clock=lambda: clock["now"], keys=keys)
    for vector in (v for v in [*VECTORS, *reversed(VECTORS)] if "ended" not in v):
        clock["now"] = datetime.fromisoformat(vector["now"])
        assert faults(vector, ask(app, *request_of(vector, DOCUMENT["tokens"]))) == [], vector


def test_no_two_vectors_ask_the_same() -> None:
    asked = [json.dumps({**vector, "name": "", "group": ""}, sort_keys=True) for vector in VECTORS]
    assert len(asked) == len(set(asked)) >= 150
    assert len({vector["name"] for vector in VECTORS}) == len(VECTORS)


def test_the_vectors_keys_are_the_test_keys(keys: Keyring) -> None:
    assert DOCUMENT["jwks"] == keys.jwks()
    assert not any("d" in key for key in DOCUMENT["jwks"]["keys"])


def test_every_token_is_used_and_no_other() -> None:
    written = json.dumps([vector["request"] for vector in VECTORS])
    assert [name for name in DOCUMENT["tokens"] if f"{{{name}}}" not in written] == []


def test_the_judge_sees_reserved_text_where_there_must_be_none(
    settings: Settings, keys: Keyring
) -> None:
    """Else every test above could pass for the wrong reason."""
    opened = next(v for v in VECTORS if v["answer"] == "full" and v["request"]["method"] == "GET")
    now = datetime.fromisoformat(opened["now"])
    app = create_app(settings, clock=lambda: now, keys=keys)
    given = ask(app, *request_of(opened, DOCUMENT["tokens"]))
    for answer in ("preview", "closed", "absent", "public", "renew"):
        assert faults({**opened, "answer": answer}, given)
