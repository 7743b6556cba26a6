"""Where a reader comes from is told as one of five words, and as nothing else."""

import pytest
from playwright.sync_api import Page

from bench.viewability.site import Site


@pytest.mark.parametrize(
    ("referrer", "source"),
    [
        ("", "direct"),
        ("https://www.google.com/", "search"),
        ("https://www.google.co.uk/", "search"),
        ("https://duckduckgo.com/", "search"),
        ("https://www.ecosia.org/", "search"),
        ("https://fr.search.yahoo.com/", "search"),
        ("https://search.brave.com/", "search"),
        ("https://mail.google.com/", "other"),
        ("https://notbing.com/", "other"),
        ("https://www.linkedin.com/", "social"),
        ("https://lnkd.in/", "social"),
        ("https://t.co/", "social"),
        ("https://lm.facebook.com/", "social"),
        ("https://bsky.app/", "social"),
        ("https://mastodon.social/", "social"),
        ("https://sport.co/", "other"),
        ("https://alumni.example.org/lettre?lecteur=42", "other"),
        ("android-app://com.slack/", "other"),
    ],
)
def test_a_referrer_becomes_a_word(page: Page, site: Site, referrer: str, source: str) -> None:
    page.add_init_script(
        f"Object.defineProperty(Document.prototype, 'referrer', {{ value: {referrer!r} }})"
    )
    page.goto("/a/")
    page.goto("/gone/")
    site.wait(lambda site: site.beacons)
    assert site.beacons[0]["source"] == source
    assert not referrer or referrer not in str(site.beacons)


def test_a_link_of_the_site_itself_is_internal(page: Page, site: Site) -> None:
    page.goto("/gone/")
    page.evaluate("location.href = '/a/?lecteur=42'")
    page.wait_for_url("**/a/**")
    page.goto("/gone/")
    site.wait(lambda site: site.beacons)
    assert site.beacons[0]["source"] == "internal"
    assert "lecteur" not in str(site.beacons)
