"""The plan as browsers fetch it: kept by any cache for five minutes, and never anything else."""

import json
from pathlib import Path

import pytest
from paywall_client import Client

from paywall.settings import Settings

PLAN = {
    "version": 1,
    "made_at": "2026-12-01T14:00:00Z",
    "until": "2026-12-01T16:00:00Z",
    "flights": [["acme-2026", 0.25], ["globex-2026", 0.5]],
}


def write_plan(settings: Settings, text: str) -> Path:
    file = settings.var / "ads" / "plan.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def test_without_a_plan_the_builds_choice_stands(client: Client) -> None:
    answer = client.get("/ads/plan.json")
    assert (answer.status_code, answer.json()) == (200, {"version": 1})


def test_the_plan_is_told_as_it_was_made(client: Client, settings: Settings) -> None:
    write_plan(settings, json.dumps(PLAN))
    answer = client.get("/ads/plan.json")
    assert answer.json() == PLAN
    assert answer.headers["cache-control"] == "public, max-age=300"
    assert answer.headers["content-type"] == "application/json"
    assert "set-cookie" not in answer.headers
    head = client.head("/ads/plan.json")
    assert (head.content, head.headers["content-length"]) == (b"", str(len(answer.content)))


def test_another_plan_is_told_from_the_next_request_on(client: Client, settings: Settings) -> None:
    write_plan(settings, json.dumps(PLAN))
    client.get("/ads/plan.json")
    write_plan(settings, json.dumps(PLAN | {"flights": []}))
    assert client.get("/ads/plan.json").json()["flights"] == []


@pytest.mark.parametrize("text", ["", "{", '{"version": 2}', '{"flights": {"a": 1}}', "[]"])
def test_a_file_that_is_no_plan_leaves_the_one_before(
    client: Client, settings: Settings, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    write_plan(settings, json.dumps(PLAN))
    client.get("/ads/plan.json")
    write_plan(settings, text)
    assert [client.get("/ads/plan.json").json() for _ in range(2)] == [PLAN, PLAN]
    assert len(caplog.records) == 1


def test_what_a_plan_does_not_say_is_not_told(client: Client, settings: Settings) -> None:
    write_plan(settings, json.dumps(PLAN | {"prices": {"acme-2026": 120_000}}))
    assert client.get("/ads/plan.json").json() == PLAN


def test_once_it_is_taken_away_it_is_told_no_more(client: Client, settings: Settings) -> None:
    file = write_plan(settings, json.dumps(PLAN))
    client.get("/ads/plan.json")
    file.unlink()
    assert client.get("/ads/plan.json").json() == {"version": 1}


def test_it_is_only_for_looking_at(client: Client) -> None:
    answer = client.post("/ads/plan.json")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
