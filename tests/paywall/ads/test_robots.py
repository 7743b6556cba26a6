"""Robots are marked, browsers are not: by lists that others keep, and by one of browsers."""

from pathlib import Path

import pytest
from crawleruseragents import CRAWLER_USER_AGENTS_DATA
from page_views import Counter, told

from paywall.ads.bots import MAX_CHARACTERS, is_robot

LISTS = Path(__file__).with_name("user_agents")


def read_list(name: str) -> list[str]:
    lines = (LISTS / name).read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


BROWSERS = read_list("browsers.txt")


def test_of_the_maintained_list_nearly_all_are_marked() -> None:
    robots = [agent for entry in CRAWLER_USER_AGENTS_DATA for agent in entry.get("instances", [])]
    assert len(robots) > 2000
    assert sum(map(is_robot, robots)) >= 0.99 * len(robots)


def test_so_are_those_of_a_list_that_somebody_else_keeps() -> None:
    robots = read_list("crawlers.txt")
    assert len(robots) > 350
    assert sum(map(is_robot, robots)) >= 0.99 * len(robots)


@pytest.mark.parametrize("agent", BROWSERS)
def test_a_browser_is_none(agent: str) -> None:
    assert not is_robot(agent)


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "-",
        "Mozilla/5.0",
        "curl/8.9.1",
        "python-requests/2.32.3",
        "Go-http-client/2.0",
        "Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; Trident/4.0)",
        "Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko",
        "Opera/9.80 (Android; Opera Mini/36.2/191.256; U; fr) Presto/2.12.423 Version/12.16",
        BROWSERS[0].replace("Chrome/142", "Chrome/41"),
        BROWSERS[0].replace("Chrome/142", "HeadlessChrome/142"),
        BROWSERS[0] + " (+https://robot.example/)",
        BROWSERS[0] + " " * MAX_CHARACTERS,
        "Mozilla/5.0 (" + "(" * 200,
        "Mozilla/5.0 (" + "()" * 240,
    ],
)
def test_what_could_not_have_run_our_script_is_one(agent: str) -> None:
    assert is_robot(agent)


def test_what_a_robot_tells_is_written_and_marked(counter: Counter) -> None:
    assert counter.send(told(), user_agent="Googlebot/2.1 (+http://www.google.com/bot.html)") == 204
    assert counter.send(told(), user_agent=None) == 204
    assert counter.send(told()) == 204
    assert [line.get("marks") for line in counter.written()] == [["bot"], ["bot"], None]


def test_any_bytes_may_be_a_user_agent(counter: Counter) -> None:
    assert counter.send(told(), user_agent="\xff\x80é\x01") == 204
    assert counter.written()[0]["marks"] == ["bot"]
