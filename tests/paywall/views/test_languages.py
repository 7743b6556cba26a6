"""The same pages in English: chosen by the browser, by a link, by the profile."""

from collections.abc import Callable

import pytest
from accounts_browser import Browser, Mailbox
from reader_pages import ANA, ARTICLE, Office, words
from stores import ONE_STORE

NewBrowser = Callable[[], Browser]
ENGLISH = {"accept-language": "en-GB,en;q=0.9,fr;q=0.5"}
pytestmark = ONE_STORE


def test_a_page_speaks_the_language_that_the_browser_asks_for(browser: NewBrowser) -> None:
    page = browser().get("/abonnement/", headers=ENGLISH)
    assert "The whole review, yours" in words(page)
    assert page.headers["content-language"] == "en"
    assert "€52.00" in words(page)


def test_the_other_language_is_one_link_away_and_stays_chosen(browser: NewBrowser) -> None:
    new = browser()
    page = new.get(f"/abonnement/?vers={ARTICLE}")
    assert 'lang="en"' in page.text
    assert f"?langue=en&amp;vers={ARTICLE.replace('/', '%2F')}" in page.text
    switched = new.get(f"/abonnement/?langue=en&vers={ARTICLE}")
    assert switched.status_code == 303
    english = new.follow(switched)
    assert f'value="{ARTICLE}"' in english.text
    assert "Subscription" in words(new.get("/abonnement/tarifs/"))
    assert "Abonnement" in words(new.follow(new.get("/abonnement/tarifs/?langue=fr")))


def test_what_is_no_language_of_ours_is_ignored(browser: NewBrowser) -> None:
    for chosen in ("de", "", "en%0d%0aset-cookie:x=1", "../fr"):
        answer = browser().get(f"/abonnement/?langue={chosen}")
        assert answer.status_code in {200, 400}
        assert "set-cookie" not in answer.headers


def test_a_borrowed_browser_leaves_the_accounts_language_as_it_was(
    browser: NewBrowser, ana: Browser, mailbox: Mailbox
) -> None:
    ana.post("/compte/profil/", {"nom": "", "post": "", "langue": "fr"})
    borrowed = browser()
    borrowed.post("/connexion/", {"email": ANA}, headers=ENGLISH)
    borrowed.post("/connexion/code/", {"code": mailbox.code(ANA)}, headers=ENGLISH)
    assert "Votre abonnement" in words(borrowed.get("/compte/", headers=ENGLISH))
    assert "Votre abonnement" in words(ana.get("/compte/"))


def test_choosing_a_language_needs_no_account_and_no_session(browser: NewBrowser) -> None:
    new = browser()
    new.follow(new.get("/connexion/?langue=en"))
    assert "Sign in" in words(new.get("/connexion/"))


@pytest.mark.parametrize(
    "path",
    [
        "/compte/",
        "/compte/commandes/",
        "/compte/profil/",
        "/compte/adresse/",
        "/compte/appareils/",
        "/compte/donnees/",
        "/compte/donnees/effacer/",
        "/abonnement/",
        "/abonnement/tarifs/",
        "/abonnement/numero/812-lumiere/",
        "/abonnement/confirmer/formule/print/une-fois/virement/maintenant/",
    ],
)
def test_no_page_mixes_languages(ana: Browser, office: Office, path: str) -> None:
    office.subscribe(ANA)
    french = words(ana.get(path))
    ana.get("/compte/?langue=en")
    english = words(ana.get(path))
    for word in (" votre ", " vous ", " le ", " une "):
        assert word not in f" {english.lower()} ".replace(" français ", " ")
    for word in (" your ", " the ", " and "):
        assert word not in f" {french.lower()} "
