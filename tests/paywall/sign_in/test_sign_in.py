from collections.abc import Callable

import pytest
from accounts_browser import Browser, Mailbox
from paywall_clock import Clock
from paywall_site import REGISTERED, SECRET
from sqlalchemy import select

from paywall.accounts.sign_in import TRIES
from paywall.store.database import Database
from paywall.store.schema import Reader, Session, SignIn

ANA = "ana@example.org"
NewBrowser = Callable[[], Browser]


def test_the_code_signs_in_and_leads_to_the_page_that_was_wanted(
    browser: NewBrowser, mailbox: Mailbox
) -> None:
    ana = browser()
    asked = ana.post("/connexion/", {"email": ANA, "vers": REGISTERED})
    assert asked.headers["location"] == "/connexion/code/"
    done = ana.post("/connexion/code/", {"code": mailbox.code(ANA)})
    assert (done.status_code, done.headers["location"]) == (303, REGISTERED)
    assert SECRET in ana.get(REGISTERED).text


def test_a_code_may_be_typed_as_it_is_read(browser: NewBrowser, mailbox: Mailbox) -> None:
    ana = browser()
    ana.post("/connexion/", {"email": ANA})
    code = mailbox.code(ANA)
    assert ana.post("/connexion/code/", {"code": f" {code[:3]} {code[3:]} "}).status_code == 303


def test_one_person_is_one_reader_however_the_address_is_typed(
    browser: NewBrowser, mailbox: Mailbox, database: Database
) -> None:
    browser().sign_in(ANA, mailbox)
    browser().post("/connexion/", {"email": "  Ana@EXAMPLE.org "})
    other = browser()
    other.sign_in(ANA, mailbox)
    with database.read() as db:
        assert [reader.email for reader in db.scalars(select(Reader))] == [ANA]


def test_the_link_works_in_any_browser_by_a_button(browser: NewBrowser, mailbox: Mailbox) -> None:
    browser().post("/connexion/", {"email": ANA, "vers": REGISTERED})
    path = mailbox.link(ANA)
    telephone = browser()
    page = telephone.get(path)
    assert ANA in page.text
    assert 'method="post"' in page.text
    done = telephone.post("/connexion/lien/", {"cle": path.partition("cle=")[2]})
    assert (done.status_code, done.headers["location"]) == (303, REGISTERED)


def test_a_scanner_that_opens_the_link_neither_signs_in_nor_spends_it(
    browser: NewBrowser, mailbox: Mailbox
) -> None:
    browser().post("/connexion/", {"email": ANA})
    path = mailbox.link(ANA)
    scanner = browser()
    for method in ("GET", "HEAD", "GET"):
        answer = scanner.request(method, path)
        assert "set-cookie" not in answer.headers
    done = browser().post("/connexion/lien/", {"cle": path.partition("cle=")[2]})
    assert done.status_code == 303


def test_link_and_code_serve_once_between_them(browser: NewBrowser, mailbox: Mailbox) -> None:
    ana = browser()
    ana.post("/connexion/", {"email": ANA})
    code, path = mailbox.code(ANA), mailbox.link(ANA)
    assert ana.post("/connexion/lien/", {"cle": path.partition("cle=")[2]}).status_code == 303
    other = browser()
    assert other.post("/connexion/lien/", {"cle": path.partition("cle=")[2]}).status_code == 410
    assert ana.post("/connexion/code/", {"code": code}).status_code in {410, 422}
    assert other.get(path).status_code == 410


def test_once_one_message_was_used_those_before_and_after_it_open_nothing(
    browser: NewBrowser, mailbox: Mailbox
) -> None:
    asking = [browser() for _ in range(3)]
    links = []
    for one in asking:
        one.post("/connexion/", {"email": ANA})
        links.append(mailbox.link(ANA).partition("cle=")[2])
    last_code = mailbox.code(ANA)
    assert browser().post("/connexion/lien/", {"cle": links[1]}).status_code == 303
    for link in links:
        page = browser().post("/connexion/lien/", {"cle": link})
        assert page.status_code == 410
    assert "dès que l’un a servi, ceux des autres messages ne servent plus" in page.text
    assert asking[2].post("/connexion/code/", {"code": last_code}).status_code == 410


def test_asking_for_a_message_voids_no_other(browser: NewBrowser, mailbox: Mailbox) -> None:
    """Anybody may ask: nobody is kept out by whoever goes on asking in their name."""
    ana = browser()
    ana.post("/connexion/", {"email": ANA})
    code = mailbox.code(ANA)
    browser().post("/connexion/", {"email": ANA})
    assert ana.post("/connexion/code/", {"code": code}).status_code == 303


def test_signing_in_voids_nobody_elses_message(browser: NewBrowser, mailbox: Mailbox) -> None:
    ben = browser()
    ben.post("/connexion/", {"email": "ben@example.org"})
    browser().sign_in(ANA, mailbox)
    code = mailbox.code("ben@example.org")
    assert ben.post("/connexion/code/", {"code": code}).status_code == 303


@pytest.mark.parametrize("minutes", [60, 61])
def test_link_and_code_are_worth_an_hour(
    browser: NewBrowser, mailbox: Mailbox, clock: Clock, minutes: int
) -> None:
    ana = browser()
    ana.post("/connexion/", {"email": ANA})
    clock.advance(minutes=minutes)
    assert ana.post("/connexion/code/", {"code": mailbox.code(ANA)}).status_code == 410
    assert ana.get(mailbox.link(ANA)).status_code == 410


def test_a_code_is_of_no_use_in_another_browser(browser: NewBrowser, mailbox: Mailbox) -> None:
    browser().post("/connexion/", {"email": ANA})
    thief = browser()
    thief.post("/connexion/", {"email": "thief@example.org"})
    assert thief.post("/connexion/code/", {"code": mailbox.code(ANA)}).status_code == 422


def test_after_eight_wrong_codes_the_right_one_is_refused(
    browser: NewBrowser, mailbox: Mailbox
) -> None:
    ana = browser()
    ana.post("/connexion/", {"email": ANA})
    right = mailbox.code(ANA)
    wrong = "000000" if right != "000000" else "000001"
    tries = [ana.post("/connexion/code/", {"code": wrong}).status_code for _ in range(TRIES)]
    assert tries == [422] * TRIES
    refused = ana.post("/connexion/code/", {"code": right})
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0
    assert "set-cookie" not in refused.headers


def test_a_new_message_after_the_wait_signs_in(
    browser: NewBrowser, mailbox: Mailbox, clock: Clock
) -> None:
    ana = browser()
    ana.post("/connexion/", {"email": ANA})
    for _ in range(TRIES + 1):
        ana.post("/connexion/code/", {"code": "0"})
    clock.advance(hours=1)
    assert ana.sign_in(ANA, mailbox).status_code == 303


def test_messages_to_one_address_are_limited(browser: NewBrowser, mailbox: Mailbox) -> None:
    asked = [browser().post("/connexion/", {"email": ANA}).status_code for _ in range(12)]
    assert asked == [303] * 10 + [429] * 2
    assert len(mailbox.to(ANA)) == 10
    assert browser().post("/connexion/", {"email": "other@example.org"}).status_code == 303


def test_messages_asked_from_one_network_are_limited(browser: NewBrowser, mailbox: Mailbox) -> None:
    asked = [
        browser().post("/connexion/", {"email": f"r{n}@example.org"}).status_code for n in range(62)
    ]
    assert asked == [303] * 60 + [429] * 2


def test_nobody_learns_who_has_an_account(browser: NewBrowser, mailbox: Mailbox) -> None:
    browser().sign_in(ANA, mailbox)
    known = browser().post("/connexion/", {"email": ANA})
    unknown = browser().post("/connexion/", {"email": "nobody@example.org"})
    names = ("status_code", "text")
    assert [getattr(known, n) for n in names] == [getattr(unknown, n) for n in names]
    assert known.headers.keys() == unknown.headers.keys()
    told, other = mailbox.to(ANA)[-1], mailbox.to("nobody@example.org")[-1]
    assert len(told.text) == len(other.text)


@pytest.mark.parametrize(
    "typed",
    ["", "ana", "ana@", "@example.org", "a b@example.org", "ana@example.org\nBcc: x@example.org"],
)
def test_an_address_that_is_none_is_told_beside_what_was_typed(
    browser: NewBrowser, mailbox: Mailbox, database: Database, typed: str
) -> None:
    answer = browser().post("/connexion/", {"email": typed, "vers": REGISTERED})
    assert answer.status_code == 422
    assert "field-error" in answer.text
    assert f'value="{REGISTERED}"' in answer.text
    with database.read() as db:
        assert db.scalars(select(SignIn)).all() == []


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:x", "/a?b"],
)
def test_no_sign_in_leads_to_another_site(
    browser: NewBrowser, mailbox: Mailbox, target: str
) -> None:
    answer = browser().sign_in(ANA, mailbox, target)
    assert answer.headers["location"] == "/"


def test_no_secret_is_kept_as_it_is(
    browser: NewBrowser, mailbox: Mailbox, database: Database
) -> None:
    ana = browser()
    ana.sign_in(ANA, mailbox)
    secret = ana.cookies["bicorne_session"]
    with database.read() as db:
        (session,) = db.scalars(select(Session))
        assert secret.encode() not in session.digest
        assert len(session.digest) == 32
        (sign_in,) = db.scalars(select(SignIn))
        assert mailbox.code(ANA).encode() not in sign_in.code_digest


def test_a_form_from_elsewhere_is_refused(browser: NewBrowser, mailbox: Mailbox) -> None:
    for headers in ({"origin": "https://evil.example"}, {"origin": "null"}):
        refused = browser().post("/connexion/", {"email": ANA}, headers=headers)
        assert refused.status_code == 403
    bare = browser().request("POST", "/connexion/", data={"email": ANA})
    assert bare.status_code == 403
    assert mailbox.to(ANA) == []


def test_signing_in_leaves_no_other_session_in_that_browser(
    browser: NewBrowser, mailbox: Mailbox
) -> None:
    ana = browser()
    ana.sign_in(ANA, mailbox, REGISTERED)
    first = dict(ana.cookies)
    ana.post("/acces/fermer/", {})
    ana.sign_in("second@example.org", mailbox)
    assert ana.cookies["bicorne_session"] != first["bicorne_session"]
    copied = {"cookie": "; ".join(f"{name}={value}" for name, value in first.items())}
    page = browser().get(REGISTERED, headers=copied)
    assert page.headers["location"].startswith("/acces/renouveler/")
    renewed = browser().get(page.headers["location"], headers=copied)
    assert renewed.headers.get_list("set-cookie") == [
        "bicorne_session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax"
    ]
