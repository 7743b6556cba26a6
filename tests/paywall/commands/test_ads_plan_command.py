"""`paywall ads plan`, as the service and cron run it."""

import json
from datetime import date

import msgspec
from ad_market import flight, inventory, page
from office import Office


def test_the_plan_is_made_and_its_place_told(bare_office: Office) -> None:
    output = bare_office.folder / "output"
    output.mkdir()
    market = inventory(
        [page("/articles/a/", "acme")], acme=flight(start=date(2020, 1, 1), end=date(2099, 1, 1))
    )
    (output / "ads.json").write_bytes(msgspec.json.encode(market))
    for options in ([], ["--daily"]):
        ran = bare_office.run("ads", "plan", *options)
        assert (ran.status, ran.logged) == (0, "")
        assert ran.printed.endswith("var/ads/plan.json : 1 campagne\n")
    made = json.loads((bare_office.var / "ads" / "plan.json").read_bytes())
    assert made["version"] == 1
    assert [slug for slug, _ in made["flights"]] == ["acme"]


def test_a_site_that_is_not_built_is_told_in_one_line(bare_office: Office) -> None:
    assert "ads.json" in bare_office.run("ads", "plan").refusal
