"""What a reader has, and what they do with it themselves."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from accounts_browser import Browser, Mailbox
from paywall_clock import Clock
from paywall_site import SECRET
from reader_pages import ANA, ARTICLE, BEN, Office, order_by_transfer, words
from sqlalchemy import select

from paywall.accounts.providers import IMPORTED
from paywall.accounts.subscriptions import add_period, give
from paywall.store.schema import Change, Reader, Subscription

DAYS_30 = timedelta(days=30)


def test_without_anything_it_says_what_the_account_is_good_for(ana: Browser) -> None:
    page = words(ana.get("/compte/"))
    assert "Pas encore d’abonnement" in page
    assert ANA in page


def test_an_order_that_waits_for_a_transfer_is_told_until_it_is_paid(
    ana: Browser, office: Office
) -> None:
    reference = order_by_transfer(ana)
    page = ana.get("/compte/")
    assert "Une commande attend votre virement de 26,00 €." in words(page)
    assert f'href="/commande/{reference}/"' in page.text
    office.confirm(reference, 1000)
    assert "virement de 16,00 €" in words(ana.get("/compte/"))
    office.confirm(reference, 1600)
    assert "attend votre virement" not in words(ana.get("/compte/"))


def test_what_was_given_a_minute_ago_opens_from_the_account_on(
    ana: Browser, office: Office
) -> None:
    office.subscribe(ANA)
    assert SECRET not in ana.get(ARTICLE).text
    assert "Jusqu’au 13 mars 2028" in words(ana.get("/compte/"))
    assert SECRET in ana.get(ARTICLE).text


def test_cancelling_takes_two_clicks_and_no_reason(
    ana: Browser, office: Office, mailbox: Mailbox, clock: Clock
) -> None:
    number = office.subscribe(ANA)
    page = ana.get("/compte/")
    path = f"/compte/abonnement/{number}/resilier/"
    assert f'href="{path}"' in page.text
    first = ana.get(path)
    assert "jusqu’au 13 mars 2028 inclus" in words(first)
    assert first.text.count("<input") == 0
    assert office.subscription(number).cancelled_at is None
    second = ana.post(path, {})
    assert "ne sera pas renouvelé" in words(ana.follow(second))
    assert office.subscription(number).cancelled_at == clock()
    mail = mailbox.to(ANA)[-1]
    assert mail.subject == "Votre abonnement est résilié"
    assert "13 mars 2028" in mail.text


def test_cancelled_it_reads_to_its_end_and_keeps_what_appeared_until_then(
    ana: Browser, office: Office, clock: Clock, mailbox: Mailbox
) -> None:
    number = office.subscribe(ANA, days=30)
    ana.post(f"/compte/abonnement/{number}/resilier/", {})
    clock.advance(days=29)
    ana.get("/compte/")
    assert SECRET in ana.get(ARTICLE).text
    clock.advance(days=2)
    page = words(ana.get("/compte/"))
    assert SECRET not in ana.get(ARTICLE).text
    assert "Les numéros parus du 14 mars 2027 au 13 avril 2027." in page
    assert "Pas d’abonnement en cours" in page


def test_cancelling_twice_is_told_once(ana: Browser, office: Office, mailbox: Mailbox) -> None:
    path = f"/compte/abonnement/{office.subscribe(ANA)}/resilier/"
    ana.post(path, {})
    before = len(mailbox.to(ANA))
    assert ana.post(path, {}).status_code == 303
    assert len(mailbox.to(ANA)) == before


def test_what_ends_by_itself_has_no_button_to_cancel_it(
    ana: Browser, office: Office, mailbox: Mailbox
) -> None:
    number = office.subscribe(ANA, renews=False)
    path = f"/compte/abonnement/{number}/resilier/"
    told = "ne se renouvelle pas : il n’y a rien à résilier"
    page = ana.get(path)
    assert told in words(page)
    assert "Il se termine de lui-même le 13 mars 2028" in words(page)
    assert f'action="{path}"' not in page.text
    before = len(mailbox.to(ANA))
    assert told in words(ana.follow(ana.post(path, {})))  # from a page that was open before
    assert office.subscription(number).cancelled_at is None
    assert len(mailbox.to(ANA)) == before
    ana.get(f"{path}?langue=en")
    assert "It ends by itself on 13 March 2028: nothing will be charged." in words(ana.get(path))


def test_what_is_cancelled_or_has_ended_has_no_button_either(
    ana: Browser, office: Office, clock: Clock
) -> None:
    path = f"/compte/abonnement/{office.subscribe(ANA, days=30)}/resilier/"
    ana.post(path, {})
    assert "déjà résilié" in words(ana.get(path))
    assert f'action="{path}"' not in ana.get(path).text
    clock.advance(days=31)
    assert "est terminé" in words(ana.get(path))
    assert f'action="{path}"' not in ana.get(path).text


def test_a_cancellation_is_taken_back_while_it_runs(
    ana: Browser, office: Office, clock: Clock
) -> None:
    number = office.subscribe(ANA, days=30)
    ana.post(f"/compte/abonnement/{number}/resilier/", {})
    assert "Garder l’abonnement" in words(ana.get("/compte/"))
    ana.post(f"/compte/abonnement/{number}/garder/", {})
    assert "Il se renouvelle par carte" in words(ana.get("/compte/"))
    ana.post(f"/compte/abonnement/{number}/resilier/", {})
    clock.advance(days=31)
    late = ana.post(f"/compte/abonnement/{number}/garder/", {})
    assert late.status_code == 409
    assert "est terminé" in words(late)


def test_a_pause_stops_reading_and_what_is_left_waits(
    ana: Browser, office: Office, clock: Clock, mailbox: Mailbox
) -> None:
    number = office.subscribe(ANA, days=30)
    assert "30 jours de lecture" in words(ana.get(f"/compte/abonnement/{number}/suspendre/"))
    ana.post(f"/compte/abonnement/{number}/suspendre/", {})
    assert mailbox.to(ANA)[-1].subject == "Votre abonnement est suspendu"
    clock.advance(seconds=1)
    assert SECRET not in ana.get(ARTICLE).text
    clock.advance(days=100)
    ana.sign_in(ANA, mailbox)
    page = words(ana.get("/compte/"))
    assert "Suspendu" in page
    assert "Depuis le 14 mars 2027" in page
    assert "Jusqu’à ce que vous le repreniez. D’ici là, rien n’est prélevé." in page
    assert "30 jours de lecture (repris aujourd’hui, jusqu’au 22 juillet 2027)" in page
    assert "Une fois repris, et ces jours passés, il se renouvelle par carte" in page
    assert "Il se renouvelle" not in page
    ana.post(f"/compte/abonnement/{number}/reprendre/", {})
    assert SECRET in ana.get(ARTICLE).text
    assert "Jusqu’au 22 juillet 2027" in words(ana.get("/compte/"))


def test_a_pause_of_what_ends_by_itself_says_neither_that_it_renews_nor_that_it_is_charged(
    ana: Browser, office: Office
) -> None:
    number = office.subscribe(ANA, renews=False)
    ana.post(f"/compte/abonnement/{number}/suspendre/", {})
    page = words(ana.get("/compte/"))
    assert "Une fois repris, et ces jours passés, il s’arrête de lui-même." in page
    assert "renouvelle" not in page
    assert "prélevé" not in page
    english = words(ana.follow(ana.get("/compte/?langue=en")))
    assert "Until you resume it." in english
    assert "Once resumed, and these days over, it ends by itself." in english


def test_days_before_a_subscription_begins_are_no_days_that_wait(
    ana: Browser, office: Office
) -> None:
    """A pause holds what was paid in advance, too."""
    first = office.subscribe(ANA, days=30)
    with office.database.begin(office.clock(), "test") as unit:
        held = unit.db.get_one(Subscription, first)
        end = held.periods[-1].ends_at
        add_period(unit, held, end + timedelta(days=335), end + timedelta(days=365))
    ana.post(f"/compte/abonnement/{first}/suspendre/", {})
    assert "60 jours de lecture" in words(ana.get("/compte/"))


def test_what_ends_by_itself_is_not_said_to_renew(ana: Browser, office: Office) -> None:
    office.subscribe(ANA, renews=False)
    page = words(ana.get("/compte/"))
    assert "Il s’arrête de lui-même." in page
    assert "Résilier" not in page


@pytest.mark.parametrize("deed", ["resilier", "garder", "suspendre", "reprendre"])
def test_nobody_touches_somebody_elses_subscription(
    ana: Browser, ben: Browser, office: Office, deed: str
) -> None:
    number = office.subscribe(ANA)
    ana.post(f"/compte/abonnement/{number}/{'suspendre' if deed == 'reprendre' else deed}/", {})
    before = [(c.what, c.who) for c in _log(office)]
    other = ben.post(f"/compte/abonnement/{number}/{deed}/", {})
    unknown = ben.post(f"/compte/abonnement/999999/{deed}/", {})
    assert (other.status_code, words(other)) == (404, words(unknown))
    assert [(c.what, c.who) for c in _log(office)] == before


def test_the_log_says_that_the_reader_did_it(ana: Browser, office: Office) -> None:
    number = office.subscribe(ANA)
    ana.post(f"/compte/abonnement/{number}/resilier/", {})
    last = _log(office)[-1]
    assert (last.what, last.subject) == ("subscription.cancelled", f"subscription:{number}")
    assert last.who == f"reader:{office.reader(ANA).id}"


@pytest.mark.parametrize(
    "path",
    [
        "/compte/",
        "/compte/commandes/",
        "/compte/profil/",
        "/compte/adresse/",
        "/compte/appareils/",
        "/compte/donnees/",
        "/compte/donnees/emporter/",
        "/compte/donnees/effacer/",
        "/compte/abonnement/1/resilier/",
    ],
)
def test_an_account_shows_nothing_to_whoever_is_not_signed_in(
    browser: Callable[[], Browser], ana: Browser, clock: Clock, path: str
) -> None:
    assert browser().get(path).headers["location"] == f"/connexion/?vers={path}"
    clock.advance(days=91)
    assert ana.get(path).headers["location"] == f"/connexion/?vers={path}"


@pytest.mark.parametrize(
    "path",
    [
        "/compte/profil/",
        "/compte/adresse/",
        "/compte/appareils/",
        "/compte/appareils/partout/",
        "/compte/donnees/effacer/",
        "/compte/abonnement/1/resilier/",
        "/compte/abonnement/1/suspendre/",
        "/abonnement/",
        "/abonnement/confirmer/formule/digital/une-fois/virement/maintenant/",
    ],
)
def test_a_form_from_another_site_does_nothing(ana: Browser, office: Office, path: str) -> None:
    office.subscribe(ANA)
    log = len(_log(office))
    for headers in ({"origin": "https://evil.example"}, {"origin": "null"}, {"origin": ""}):
        assert ana.post(path, {}, headers=headers).status_code == 403
    assert ana.request("POST", path, data={}).status_code == 403
    assert len(_log(office)) == log
    assert ana.get("/compte/").status_code == 200


def test_a_form_sent_after_the_session_ended_leads_back_to_its_page(
    ana: Browser, office: Office, clock: Clock
) -> None:
    number = office.subscribe(ANA)
    clock.advance(days=91)
    path = f"/compte/abonnement/{number}/resilier/"
    assert ana.post(path, {}).headers["location"] == f"/connexion/?vers={path}"
    assert office.subscription(number).cancelled_at is None


def test_pages_of_accounts_are_kept_by_no_cache(ana: Browser) -> None:
    for path in ("/compte/", "/abonnement/", "/compte/donnees/emporter/"):
        assert ana.get(path).headers["cache-control"] == "no-store"


def test_a_clock_that_goes_back_opens_nothing_twice(
    ana: Browser, office: Office, clock: Clock
) -> None:
    number = office.subscribe(ANA, days=30)
    clock.advance(days=-2)
    assert ana.get("/compte/").status_code == 200
    assert ana.post(f"/compte/abonnement/{number}/suspendre/", {}).status_code == 409


def test_names_of_others_are_not_in_anybodys_pages(ana: Browser, ben: Browser) -> None:
    for path in ("/compte/", "/compte/appareils/", "/compte/donnees/emporter/"):
        assert ANA not in ben.get(path).text
        assert BEN not in ana.get(path).text


def _log(office: Office) -> list[Change]:
    with office.database.read() as db:
        return list(db.scalars(select(Change).order_by(Change.id)))


def test_what_was_imported_can_be_paused_cancelled_and_resumed(
    ana: Browser, office: Office, clock: Clock, mailbox: Mailbox
) -> None:
    with office.database.begin(clock(), "command:test") as unit:
        reader = unit.db.scalars(select(Reader).where(Reader.email == ANA)).one()
        held = give(unit, reader, office.offers.plans[0], office.offers, unit.now + DAYS_30)
        held.provider, held.provider_ref = IMPORTED, f"{IMPORTED}:{reader.id}:digital:a:b"
        unit.db.flush()
        number = held.id
    assert ana.post(f"/compte/abonnement/{number}/suspendre/", {}).status_code == 303
    page = words(ana.get(f"/compte/abonnement/{number}/resilier/"))
    assert "Ce qui vous attend 30 jours de lecture" in page
    assert "Vous lisez encore" not in page
    assert ana.post(f"/compte/abonnement/{number}/reprendre/", {}).status_code == 303
    subjects = [mail.subject for mail in mailbox.to(ANA)][-2:]
    assert subjects == ["Votre abonnement est suspendu", "Votre abonnement reprend"]
