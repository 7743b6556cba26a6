"""What docs/openapi.json says of messages is what the service reads, and what pages may send."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from page_views import AD, click_on, told, view_of
from paywall_process import REPOSITORY
from test_forged_beacons import MALFORMED

from paywall.ads.batch import read_batch
from paywall.ads.plan_file import Plan

DESCRIPTION: dict[str, Any] = json.loads((REPOSITORY / "docs" / "openapi.json").read_bytes())


def validator(name: str) -> Draft202012Validator:
    schema = {"$ref": f"#/components/schemas/{name}", "components": DESCRIPTION["components"]}
    return Draft202012Validator(schema)


@pytest.mark.parametrize("tier", ["public", "members"])
def test_what_pages_send_is_described_and_read(tier: str) -> None:
    events = ["page"], view_of(*AD, tier=tier), click_on(*AD, tier=tier)
    message = told(*events, tier=tier)
    assert not list(validator("Beacon").iter_errors(message))
    assert read_batch(json.dumps(message).encode()).tier == tier


TYPED = {name: message for name, message in MALFORMED.items() if isinstance(message, dict)}


@pytest.mark.parametrize("case", TYPED)
def test_what_is_refused_is_not_described(case: str) -> None:
    as_read = {"a version as a fraction"}  # JSON Schema takes 1.0 for 1
    assert bool(list(validator("Beacon").iter_errors(TYPED[case]))) == (case not in as_read)


def test_the_plan_has_the_fields_that_are_described() -> None:
    described = DESCRIPTION["components"]["schemas"]["Plan"]["properties"]
    assert described.keys() == set(Plan.__struct_fields__)
