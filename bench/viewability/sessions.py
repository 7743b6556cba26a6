"""What readers do: each session is a few acts in a tab, of random lengths and places."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from bench.viewability.tabs import Browser, Tab

WIDE, NARROW = (1280, 900), (500, 900)
_BRING = """(() => {{
  const pictures = [...document.querySelectorAll(".ad img")];
  const {{ top, height }} = pictures.find((one) => one.checkVisibility()).getBoundingClientRect();
  scrollBy(0, {below} ? top - innerHeight + height * {share} : top + height * (1 - {share}));
}})()"""
_THROUGH = """void (function down() {{
  scrollBy(0, {step});
  const end = document.documentElement.scrollHeight - innerHeight - 1;
  if (scrollY < end) requestAnimationFrame(down);
}})()"""


@dataclass
class Reader:
    """Somebody before a tab; `away` is where links lead."""

    browser: Browser
    tab: Tab
    away: str
    chance: random.Random

    def stay(self, least: float, most: float) -> None:
        """Do nothing for so many seconds."""
        time.sleep(self.chance.uniform(least, most))

    def bring(self) -> None:
        """Scroll until a part of the ad is in sight, above or below."""
        share, below = self.chance.uniform(0.1, 1), self.chance.random() < 0.5
        self.tab.run(_BRING.format(share=share, below=str(below).lower()))

    def back_to_top(self) -> None:
        """Leave the ad."""
        self.tab.run("scrollTo(0, 0)")


def glances(reader: Reader) -> None:
    """Look once to three times."""
    for _ in range(reader.chance.randint(1, 3)):
        reader.bring()
        reader.stay(0.2, 2.2)
        reader.back_to_top()
        reader.stay(0.05, 0.3)


def fast_scroll(reader: Reader) -> None:
    """Scroll past, fast or slowly."""
    reader.tab.run(_THROUGH.format(step=reader.chance.choice((3, 6, 9, 12, 40, 150))))
    reader.stay(2.5, 4)


def hidden_tab(reader: Reader) -> None:
    """Another tab comes to the front for a while."""
    reader.bring()
    reader.stay(0.2, 1.6)
    other = reader.browser.open()
    reader.stay(0.2, 1.4)
    reader.tab.show()
    other.close()
    reader.stay(0.2, 1.8)


def back_forward(reader: Reader) -> None:
    """Leave, and come back by the browser's button."""
    reader.bring()
    reader.stay(0.3, 1.6)
    reader.tab.run(f"void (location.href = '{reader.away}')")
    reader.stay(0.4, 0.8)
    reader.tab.run("history.back()")
    reader.stay(0.5, 1.8)


def resized(reader: Reader) -> None:
    """The window becomes narrow, and the creative another."""
    reader.bring()
    reader.stay(0.2, 1.5)
    reader.tab.resize(*NARROW)
    reader.stay(0.1, 0.4)
    reader.bring()
    reader.stay(0.2, 1.8)


ACTS: tuple[Callable[[Reader], None], ...] = (
    glances,
    fast_scroll,
    hidden_tab,
    back_forward,
    resized,
)
