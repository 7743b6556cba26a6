"""A reader with an account in the demo magazine, and every page that the service makes for one."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from demo_site import REPOSITORY, DemoSite
from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy import select

from paywall.money.offline import Receipt, confirm
from paywall.offers.file import read_offers
from paywall.store.database import Database
from paywall.store.schema import Order, Subscription

EMAIL = "ana@example.org"
ISSUE = "/numeros/812-lumiere/"
ARTICLE = "/numeros/812-lumiere/la-tache-de-fresnel/"

STRANGERS = {
    "offers": f"/abonnement/?vers={ARTICLE}",
    "prices": "/abonnement/tarifs/",
    "issue": "/abonnement/numero/812-lumiere/",
    "sign-in": "/connexion/",
    "outbox": "/_bicorne/courriels/",
    "gone": "/compte/adresse/confirmer/",
}
"""Pages for whoever is not signed in."""


@dataclass
class AccountReader:
    """Signed in, with an order, a subscription that renews, and a change of address under way."""

    context: BrowserContext
    stranger: BrowserContext
    """Of somebody who is not signed in."""
    site: DemoSite
    paths: dict[str, str] = field(default_factory=dict)
    """Her own pages by their names."""

    def where(self, name: str) -> tuple[BrowserContext, str]:
        """The browser that meets a page, and its address."""
        if name in STRANGERS:
            return self.stranger, STRANGERS[name]
        return self.context, self.paths[name]

    def prepare(self) -> None:
        """Come to have all of it, as a reader does; the treasurer helps."""
        page = self.context.new_page()
        sign_in(page, EMAIL)
        reference = order_by_transfer(page)
        number = confirm_all(self.site)
        waiting = order_by_transfer(page)
        page.goto("/compte/adresse/")
        page.get_by_label("Nouvelle adresse de courriel").fill("nova@example.org")
        page.get_by_role("button", name="Envoyer les deux messages").click()
        page.close()
        one = f"/compte/abonnement/{number}"
        self.paths = {
            "confirm": f"/abonnement/confirmer/formule/print/une-fois/virement/maintenant{ISSUE}",
            "order": f"/commande/{reference}/",
            "waiting": f"/commande/{waiting}/",
            "drop": f"/commande/{waiting}/annuler/",
            "account": "/compte/",
            "cancel": f"{one}/resilier/",
            "pause": f"{one}/suspendre/",
            "orders": "/compte/commandes/",
            "feed": "/compte/flux/",
            "profile": "/compte/profil/?fait=profil",
            "address": "/compte/adresse/",
            "devices": "/compte/appareils/",
            "data": "/compte/donnees/",
            "erase": "/compte/donnees/effacer/",
            "not-found": "/commande/BIC-AAAA-AAAA/",
        }


@contextmanager
def account_reader(browser: Browser, site: DemoSite) -> Iterator[AccountReader]:
    """Open her browser."""
    contexts = [
        browser.new_context(base_url=site.address, locale="fr-FR", reduced_motion="reduce")
        for _ in range(2)
    ]
    reader = AccountReader(*contexts, site)
    reader.prepare()
    yield reader
    for context in contexts:
        context.close()


def sign_in(page: Page, email: str) -> None:
    """Sign in by the code, read in the outbox."""
    page.goto("/connexion/")
    page.get_by_label("Adresse de courriel").fill(email)
    page.get_by_role("button", name="Recevoir le code").click()
    type_code(page)


def type_code(page: Page) -> None:
    """On the page that waits for it."""
    page.get_by_role("link", name="Le lire ici").click()
    code = re.search(r"\d{6}", page.get_by_role("heading", level=2).first.inner_text())
    assert code
    page.goto("/connexion/code/")
    page.get_by_label("Code").fill(code[0])
    page.get_by_role("button", name="Se connecter").click()


def order_by_transfer(page: Page) -> str:
    """Order the digital review; the order's reference."""
    page.goto(f"/abonnement/?vers={ARTICLE}")
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name=re.compile("par virement")).click()
    return page.url.rstrip("/").rpartition("/")[2]


def confirm_all(site: DemoSite) -> int:
    """The treasurer notes what came for the newest order; its subscription, which will renew."""
    database, offers = database_of(site.var), read_offers(REPOSITORY / "content/offers.yaml")
    with database.begin(datetime.now(UTC), "command:test") as unit:
        order = unit.db.scalars(select(Order).order_by(Order.id.desc())).first()
        assert order is not None
        confirm(unit, order.reference, Receipt(order.amount_cents, order.reference), offers)
        assert order.subscription_id is not None
        unit.db.get_one(Subscription, order.subscription_id).renews = True
        number = order.subscription_id
    database.close()
    return number


def database_of(var: Path) -> Database:
    return Database(f"sqlite:///{var}/accounts.sqlite")
