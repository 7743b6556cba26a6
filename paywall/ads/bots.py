"""Whether a user agent is a browser that could have run our script: others are marked as robots.

A maintained list names the robots that say what they are (`crawler-user-agents`). What it does not
know yet is mostly told by its form: no browser gives an address to write to, none that knows
`IntersectionObserver` is older than those below, and all of them are spelt the same way.
"""

import re
from functools import lru_cache

from crawleruseragents import is_crawler

MAX_CHARACTERS = 512
_KEPT = 4096
"""Asking the list costs 0.2 ms; readers of a magazine come with a few hundred user agents."""

_BROWSER = re.compile(
    r"Mozilla/5\.0 \([^()]*(?:\([^()]*\)[^()]*)*\) "
    r"(?:Gecko/[\d.]+ Firefox/(?P<firefox>\d+)"
    r"|AppleWebKit/(?P<webkit>\d+)[\d.+]* \(KHTML, like Gecko\)(?P<rest>.*))"
)
_CHROME = re.compile(r"Chrome/(\d+)")
_OLDEST = {"firefox": 58, "webkit": 605, "chrome": 58}
"""With `IntersectionObserver` and `sendBeacon`: all of 2018 (caniuse.com)."""
_MODEL = re.compile(r"(?<=; )Android [^;)]*; [^;)]*")
"""The name of a telephone, which may be anything: HTC Butterfly, Cubot, Tecno Phantom."""
_ODD = re.compile(
    r"https?:|www\.|(?<!android)@|bot|crawl|spider|scrap|compatible;|monitor|headless|preview|check"
    r"|scan|fetch|archiv|insights|publisher|feed|validator|prerender|phantomjs|splash|ptst|qt/",
    re.IGNORECASE,
)


@lru_cache(_KEPT)
def is_robot(agent: str) -> bool:
    """Whether this is anything but a browser of our time."""
    if len(agent) > MAX_CHARACTERS or not _is_browser(agent):
        return True
    said = _MODEL.sub("Android", agent)
    return bool(_ODD.search(said)) or is_crawler(said)


def _is_browser(agent: str) -> bool:
    form = _BROWSER.match(agent)
    if form is None:
        return False
    if form["firefox"]:
        return int(form["firefox"]) >= _OLDEST["firefox"]
    chrome = _CHROME.search(form["rest"])
    if chrome:
        return int(chrome[1]) >= _OLDEST["chrome"]
    return int(form["webkit"]) >= _OLDEST["webkit"]
