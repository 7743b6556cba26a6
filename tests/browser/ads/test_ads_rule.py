"""The browser picks as the planner believes that it does, and as its simulator reckons."""

import json
import random

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from bench.viewability.pages import Box, Candidate, add_page
from bench.viewability.site import Site
from paywall.ads.planning.choice import choose

FLIGHTS = [f"flight-{n}" for n in range(7)]
HOUSE = Candidate("house", house=True)
BOXES = 40


@pytest.mark.parametrize("seed", range(3))
def test_browser_and_planner_pick_the_same(page: Page, site: Site, seed: int) -> None:
    chance = random.Random(seed)
    rates = [(flight, round(chance.uniform(0, 0.6), 4)) for flight in chance.sample(FLIGHTS, 6)]
    carried = [chance.sample(FLIGHTS, chance.randint(1, 4)) for _ in range(BOXES)]
    numbers = [chance.random() for _ in carried]
    boxes = [Box("list", (*map(Candidate, slugs), HOUSE)) for slugs in carried]
    add_page(site, "/many/", boxes)
    site.plan(version=1, until="2099-01-01T00:00:00Z", flights=rates)
    page.add_init_script(
        f"const numbers = {json.dumps(numbers)}; Math.random = () => numbers.shift();"
    )
    page.goto("/many/")
    expect(page.locator("template")).to_have_count(0)
    shown = page.locator(".ad-shown").evaluate_all("(all) => all.map((one) => one.dataset.flight)")
    expected = []
    for slugs, number in zip(carried, numbers, strict=True):
        flights, (place,) = choose(rates, slugs, np.array([number]))
        expected.append((*flights, "house")[place])
    assert shown == expected
    assert len(set(shown)) > 3
