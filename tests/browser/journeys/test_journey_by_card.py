"""From the wall of an article to erasure: a member of the association, who pays by card."""

import re
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from demo_site import DemoSite
from local_stripe import GOOD_CARD, LocalStripe
from moved_time import MovedTime
from newsboat import Newsboat
from page_kinds import GATED, RESERVED
from patience import PATIENCE_SECONDS
from playwright.sync_api import BrowserContext, Locator, Page, expect
from post_office import PostOffice
from watch import Watch

ADDRESS = "sophie.germain@example.org"
MEMBERS = f"email;status;graduated;dues_until\n{ADDRESS};alumnus;1998;2027-12-31\n"
EARLIER = "/numeros/811-reseaux/letoile-de-legrand/"
"""A subscribers' article of the issue that appeared before the subscription."""

LAST_WEEK = datetime(2027, 10, 26, 12, tzinfo=UTC)
AFTER = datetime(2027, 11, 3, 12, tzinfo=UTC)
PHONE = {"viewport": {"width": 390, "height": 844}}


def test_subscribe_read_everywhere_leave_and_be_forgotten(  # noqa: PLR0913 - all that takes part
    new_reader: Callable[..., tuple[BrowserContext, Watch]],
    site: DemoSite,
    stripe: LocalStripe,
    post_office: PostOffice,
    moved_time: MovedTime,
    tmp_path: Path,
) -> None:
    (site.var / "members.csv").write_text(MEMBERS)
    (desktop, watch), (phone, other_watch) = new_reader(), new_reader(**PHONE)
    first, second = desktop.new_page(), phone.new_page()

    assert not is_open(first, EARLIER)
    subscribe_from_the_wall(first, post_office, site)
    assert is_open(first, GATED)
    assert "24,00 €" in post_office.letter(ADDRESS, "Paiement reçu")

    feed = make_a_feed(first)
    reader = Newsboat(tmp_path / "newsboat", feed)
    reader.reload()
    assert RESERVED in reader.articles()[GATED]

    sign_in_by_code(second, post_office)
    assert is_open(second, GATED)

    cancel_in_two_clicks(first)
    assert "1er novembre 2027" in post_office.letter(ADDRESS, "est résilié")
    assert is_open(first, GATED)

    moved_time.move_to(LAST_WEEK)
    sign_in_by_code(first, post_office)  # nobody came for months: browsers were signed out
    assert is_open(first, GATED)
    assert is_open(first, EARLIER)

    moved_time.move_to(AFTER)
    end_the_period(stripe)
    assert is_open(first, GATED)
    assert not is_open(first, EARLIER)
    expect(account(first)).to_contain_text("Les numéros parus du 1er novembre 2026")
    assert money_taken(stripe) == [2400]

    sign_in_by_code(second, post_office)
    erase(first)
    for page in (first, second):
        assert not is_open(page, GATED)
        page.goto("/compte/")
        expect(page).to_have_url(re.compile("/connexion/"))
    assert traces_of_the_reader(site) == []
    assert is_gone(feed)

    assert all(url.startswith(stripe.address) for url in watch.foreign)
    assert other_watch.foreign == []
    assert watch.complaints + other_watch.complaints == []


def subscribe_from_the_wall(page: Page, post_office: PostOffice, site: DemoSite) -> None:
    assert not is_open(page, GATED)
    page.locator(".wall").get_by_role("link", name="S’abonner").click()
    page.get_by_role("radio", name="Numérique", exact=False).first.check()
    page.get_by_role("radio", name="Carte bancaire").check()
    page.get_by_role("checkbox", name="Renouveler ensuite").check()
    page.get_by_label("Adresse de courriel").fill(ADDRESS)
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Code").fill(post_office.code(ADDRESS))
    page.get_by_role("button", name="Se connecter").click()
    summary = page.get_by_role("main")
    expect(summary).to_contain_text("Ancien élève, cotisation à jour")
    expect(summary).to_contain_text("24,00 €")
    expect(summary).not_to_contain_text("48,00")
    page.get_by_role("button", name="Payer 24,00 €").click()
    page.get_by_label("Numéro de carte").fill(GOOD_CARD)
    page.get_by_role("button", name="Payer").click()
    expect(page).to_have_url(f"{site.address}{GATED}")
    expect(page.get_by_text(RESERVED)).to_be_visible()


def sign_in_by_code(page: Page, post_office: PostOffice) -> None:
    page.goto("/connexion/")
    page.get_by_label("Adresse de courriel").fill(ADDRESS)
    page.get_by_role("button", name="Recevoir le code").click()
    page.get_by_label("Code").fill(post_office.code(ADDRESS))
    page.get_by_role("button", name="Se connecter").click()
    expect(page).to_have_url(re.compile(r"://[^/]+/$"))


def make_a_feed(page: Page) -> str:
    page.goto("/compte/")
    page.get_by_role("link", name="Flux privé").click()
    page.get_by_role("button", name="Créer mon flux").click()
    return page.get_by_label("Adresse de votre flux").input_value()


def cancel_in_two_clicks(page: Page) -> None:
    page.goto("/compte/")
    page.get_by_role("link", name="Résilier votre abonnement").click()
    page.get_by_role("button", name="Confirmer la résiliation").click()
    expect(page.get_by_role("status")).to_contain_text("ne sera pas renouvelé")


def erase(page: Page) -> None:
    page.goto("/compte/donnees/")
    page.get_by_role("link", name="Effacer mon compte").click()
    page.get_by_role("button", name="Effacer mon compte").click()
    expect(page.get_by_role("status")).to_contain_text("le compte est effacé")


def is_open(page: Page, article: str) -> bool:
    """Whether an article is whole; a preview has a wall instead."""
    page.goto(article)
    expect(page).to_have_url(re.compile(f"{article}$"))
    walls = page.locator(".wall").count()
    assert walls == (RESERVED not in page.content()) or article != GATED
    return walls == 0


def account(page: Page) -> Locator:
    page.goto("/compte/")
    return page.get_by_role("main")


def end_the_period(stripe: LocalStripe) -> None:
    """As Stripe's billing does by itself."""
    (held,) = stripe.client.v1.subscriptions.list({"status": "all"}).data
    stripe.renew(held.id)


def money_taken(stripe: LocalStripe) -> list[int]:
    return [i.amount_paid for i in stripe.client.v1.invoices.list({}).data]


def is_gone(feed: str) -> bool:
    try:
        urlopen(feed, timeout=PATIENCE_SECONDS)
    except HTTPError as error:
        with error:
            return error.code == 404
    return False


def traces_of_the_reader(site: DemoSite) -> list[str]:
    """Where the address still is: in which table, or in which file's bytes."""
    found = []
    with sqlite3.connect(site.var / "accounts.sqlite") as db:
        tables = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            rows = db.execute(f'SELECT * FROM "{table}"').fetchall()
            found += [table for row in rows if ADDRESS in str(row)]
    for file in site.var.glob("accounts.sqlite*"):
        if ADDRESS.encode() in file.read_bytes():
            found.append(file.name)
    return found
