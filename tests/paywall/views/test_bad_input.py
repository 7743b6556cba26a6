"""What no form of ours sends: refused in words, with nothing lost and nothing done."""

from collections.abc import Callable

import pytest
from accounts_browser import Browser, Mailbox
from reader_pages import ANA, ARTICLE, BEN, DIGITAL, Office, words
from sqlalchemy import func, select
from stores import ONE_STORE

from paywall.store.schema import Mail, Order, Reader

NewBrowser = Callable[[], Browser]
FORMS = {"content-type": "application/x-www-form-urlencoded"}
PATHS = ("/abonnement/", "/compte/profil/", "/compte/adresse/", "/connexion/")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "body",
    [
        b"email=%ff%fe&vers=%c3%28",
        b"email=%ED%A0%80@example.org",
        b"email=a%00b@example.org",
        b"email=a@example.org&email=b@example.org",
        b"email=\xe9@example.org",
        b"&".join(b"x%d=1" % n for n in range(50)),
        b"inconnu=1",
    ],
)
def test_a_body_that_no_form_sends_is_refused(ana: Browser, path: str, body: bytes) -> None:
    headers = {"origin": ana.address, **FORMS}
    answer = ana.request("POST", path, content=body, headers=headers)
    assert answer.status_code == 400
    assert "Rien n’a été changé" in words(answer)


@ONE_STORE
@pytest.mark.parametrize("path", PATHS)
def test_a_body_that_is_too_large_is_refused(ana: Browser, path: str) -> None:
    headers = {"origin": ana.address, **FORMS}
    answer = ana.request("POST", path, content=b"email=" + b"a" * 20_000, headers=headers)
    assert answer.status_code == 413


@ONE_STORE
@pytest.mark.parametrize(
    "kind", ["application/json", "multipart/form-data; boundary=x", "text/plain"]
)
def test_a_body_of_another_type_is_refused(ana: Browser, kind: str) -> None:
    headers = {"origin": ana.address, "content-type": kind}
    assert ana.request("POST", "/abonnement/", content=b"{}", headers=headers).status_code == 400


@ONE_STORE
@pytest.mark.parametrize(
    "target",
    [
        '"><script>alert(1)</script>',
        "/\"onmouseover='alert(1)'/",
        "javascript:alert(1)//",
        "/numeros/<svg onload=alert(1)>/",
    ],
)
@pytest.mark.parametrize("path", ["/abonnement/", "/connexion/", "/abonnement/numero/812-lumiere/"])
def test_nothing_of_an_address_becomes_markup(browser: NewBrowser, path: str, target: str) -> None:
    new = browser()
    shown = new.get(path, params={"vers": target}).text
    sent = new.post(path, {"email": target, "vers": target}).text
    for page in (shown, sent):
        assert "<script>alert" not in page
        assert "<svg onload" not in page
        assert "\"onmouseover='" not in page


@ONE_STORE
def test_the_title_of_an_issue_is_text(ana: Browser) -> None:
    page = ana.get("/abonnement/numero/813-mouvement/").text
    assert "Le mouvement &lt;b&gt;perpétuel&lt;/b&gt;" in page
    assert "<b>perpétuel" not in page


@pytest.mark.parametrize(
    "email",
    [
        "x@example.org\r\nBcc: victim@example.org",
        "x@example.org%0aBcc:victim@example.org",
        "x@example.org,victim@example.org",
        "x@example.org;victim@example.org",
        "X <x@example.org>",
        '"x\ny"@example.org',
    ],
)
def test_one_message_goes_to_one_address_and_its_headers_are_ours(
    browser: NewBrowser, office: Office, email: str
) -> None:
    answer = browser().post("/abonnement/", {**DIGITAL, "email": email, "vers": "/"})
    assert answer.status_code == 422
    with office.database.read() as db:
        assert db.scalar(select(func.count()).select_from(Mail)) == 0


def test_a_refused_form_keeps_what_was_typed(browser: NewBrowser) -> None:
    fields = {
        **DIGITAL,
        "formule": "print",
        "email": "ana@",
        "vers": ARTICLE,
        "debut": "2027-05-01",
    }
    page = browser().post("/abonnement/", fields)
    assert page.status_code == 422
    for kept in ('value="ana@"', 'value="2027-05-01"', 'value="print" checked', ARTICLE):
        assert kept in page.text
    assert 'aria-invalid="true" aria-describedby="email-hint email-wrong"' in page.text


@pytest.mark.parametrize(
    "path",
    [
        "/commande/BIC-aaaa-aaaa/",
        "/commande/BIC-AAAA-AAAA%00/",
        "/compte/abonnement/99999999999999999999/resilier/",
        "/compte/abonnement/-1/resilier/",
        "/abonnement/confirmer/formule/digital/une-fois/virement/maintenant",
        "/abonnement/confirmer/formule/digital/une-fois/cheque/maintenant/",
        "/abonnement/numero/" + "a" * 300 + "/",
    ],
)
def test_an_address_that_is_not_quite_ours_is_no_page(
    ana: Browser, office: Office, path: str
) -> None:
    answer = ana.get(path)
    assert answer.status_code in {301, 308, 404}
    assert office.count(Order) == 0


@ONE_STORE
def test_a_raw_byte_in_an_address_is_no_fault_of_ours(ana: Browser) -> None:
    for path in ("/commande/é/", "/abonnement/confirmer/numero/812/virement/é/"):
        assert ana.get(path).status_code in {301, 308, 404, 409}


def test_limits_of_sign_in_hold_for_the_form_of_offers(
    browser: NewBrowser, mailbox: Mailbox, office: Office
) -> None:
    answers = [
        browser().post("/abonnement/", {**DIGITAL, "email": BEN, "vers": "/"}).status_code
        for _ in range(11)
    ]
    assert answers == [303] * 10 + [429]
    assert len(mailbox.to(BEN)) == 10
    assert office.count(Reader) == 0


def test_refusals_are_in_the_readers_language(ana: Browser, office: Office) -> None:
    number = office.subscribe(ANA)
    ana.post("/compte/profil/", {"nom": "", "post": "", "langue": "en"})
    ana.post(f"/compte/abonnement/{number}/suspendre/", {})
    ana.post(f"/compte/abonnement/{number}/reprendre/", {})
    path = "/abonnement/confirmer/formule/or/une-fois/virement/maintenant/"
    assert "This plan is not offered." in words(ana.post(path, {}))


def test_a_form_from_another_address_is_told_the_right_one(ana: Browser) -> None:
    for origin in ("http://127.0.0.1:8000", "http://<b>.example"):
        page = ana.post("/connexion/", {"email": ANA}, headers={"origin": origin})
        assert page.status_code == 403
        assert f'<a href="{ana.address}/connexion/">{ana.address}/connexion/</a>' in page.text
        assert origin not in page.text
    page = ana.post(
        "/connexion/?vers=/articles/x/", {}, headers={"origin": "http://127.0.0.1:8000"}
    )
    assert f'<a href="{ana.address}/connexion/?vers=%2Farticles%2Fx%2F">' in page.text
    gone = ana.post("/acces/fermer/", {}, headers={"origin": "http://127.0.0.1:8000"})
    assert f'<a href="{ana.address}/">' in gone.text
