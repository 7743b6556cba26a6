"""A plan may come without ads: whoever has it reads full texts without them."""

from pathlib import Path

from accounts_browser import Browser
from paywall_clock import Clock
from paywall_site import SECRET, write
from reader_pages import ANA, ARTICLE, Office

from paywall.settings import Settings

AD = '<aside class="ad ad-w250" aria-labelledby="x"><p>Publicité</p></aside>'


def read(reader: Browser) -> str:
    reader.wait_for_renewal()
    return reader.follow(reader.get(ARTICLE)).text


def test_full_texts_lose_their_ads_with_such_a_plan_and_previews_keep_them(
    ana: Browser, office: Office, settings: Settings, site: Path, clock: Clock
) -> None:
    write(site / "members", ARTICLE, f"<p>{SECRET}</p>{AD}")
    write(site / "public", ARTICLE, f"<p>extrait</p>{AD}")
    assert "Publicité" in read(ana)
    office.subscribe(ANA)
    clock.advance(minutes=20)  # the token that says otherwise has ended
    assert read(ana) == f"<p>{SECRET}</p>{AD}"
    offers = settings.offers.read_text("utf-8")
    settings.offers.write_text(offers.replace("months: 12\n", "months: 12\n    ads: false\n", 1))
    clock.advance(minutes=20)
    assert read(ana) == f"<p>{SECRET}</p>"
    settings.offers.write_text("plans: [")
    clock.advance(minutes=20)
    assert read(ana) == f"<p>{SECRET}</p>"  # the offers of before
    clock.advance(days=400)
    assert "Publicité" in read(ana)
