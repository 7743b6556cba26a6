"""From the page of offers to the article that made somebody subscribe."""

from collections.abc import Callable

import pytest
from accounts_browser import Browser, Mailbox
from paywall_clock import Clock
from paywall_site import CORIOLIS, SECRET
from reader_pages import (
    ANA,
    ARTICLE,
    BEN,
    DIGITAL,
    ISSUE_PAGE,
    Office,
    order_by_transfer,
    reference_in,
    words,
)

from paywall.settings import Settings
from paywall.store.schema import Order, Reader

NewBrowser = Callable[[], Browser]


def test_somebody_unknown_subscribes_by_one_form_one_code_and_one_button(
    browser: NewBrowser, mailbox: Mailbox, office: Office, clock: Clock
) -> None:
    new = browser()
    assert "52,00 €" in words(new.get(f"/abonnement/?vers={ARTICLE}"))
    sent = new.post("/abonnement/", {**DIGITAL, "email": BEN, "vers": ARTICLE, "debut": ""})
    assert sent.headers["location"] == "/connexion/code/"
    signed_in = new.post("/connexion/code/", {"code": mailbox.code(BEN)})
    summary = new.get(signed_in.headers["location"])
    assert "Commander et payer 52,00 € par virement" in words(summary)
    ordered = new.post(signed_in.headers["location"], {})
    page = words(new.follow(ordered))
    (order,) = office.orders()
    assert order.reference in page
    assert "FR76 0000 0000 0000 0000 0000 000" in page
    assert "52,00 €" in page
    assert SECRET not in new.get(ARTICLE).text
    office.confirm(order.reference, 5200)
    opened = new.get(f"/commande/{order.reference}/merci/")
    assert (opened.status_code, opened.headers["location"]) == (303, ARTICLE)
    assert SECRET in new.get(ARTICLE).text


def test_the_price_is_that_of_the_address_that_was_proved(
    ana: Browser, ben: Browser, office: Office
) -> None:
    assert "26,00 €" in words(ana.get("/abonnement/"))
    assert "Ancien élève, cotisation à jour" in words(ana.get("/abonnement/"))
    order_by_transfer(ana)
    order_by_transfer(ben)
    assert [(o.price_class, o.amount_cents) for o in office.orders()] == [
        ("alumnus-dues", 2600),
        ("public", 5200),
    ]


def test_whoever_types_another_address_learns_nothing_of_its_class(browser: NewBrowser) -> None:
    def said(email: str) -> tuple[int, str, str]:
        new = browser()
        sent = new.post("/abonnement/", {**DIGITAL, "email": email, "vers": ARTICLE})
        return sent.status_code, sent.headers["location"], words(new.get("/connexion/code/"))

    assert said(ANA) == said("nobody@example.org")


@pytest.mark.parametrize("field", ["prix", "price", "amount_cents", "classe", "price_class"])
@pytest.mark.parametrize("path", ["/abonnement/", "/abonnement/numero/812-lumiere/"])
def test_a_price_or_a_class_sent_by_the_browser_is_refused(
    ana: Browser, office: Office, field: str, path: str
) -> None:
    assert ana.post(path, {**DIGITAL, field: "1"}).status_code == 400
    wish = ana.post("/abonnement/", DIGITAL).headers["location"]
    assert ana.post(wish, {field: "1"}).status_code == 400
    assert office.count(Order) == 0


def test_two_clicks_and_two_tabs_are_one_order(
    ana: Browser, office: Office, mailbox: Mailbox
) -> None:
    assert order_by_transfer(ana) == order_by_transfer(ana, target="/")
    assert office.count(Order) == 1
    assert [mail.subject for mail in mailbox.to(ANA)][1:] == [
        f"Votre commande {office.orders()[0].reference}"
    ]


def test_another_wish_is_another_order(ana: Browser, office: Office) -> None:
    order_by_transfer(ana)
    order_by_transfer(ana, debut="2027-06-01")
    assert office.count(Order) == 2


def test_a_paid_order_is_not_taken_for_one_that_waits(ana: Browser, office: Office) -> None:
    first = order_by_transfer(ana)
    office.confirm(first, 2600)
    summary = ana.get(ana.post("/abonnement/", DIGITAL).headers["location"])
    assert "Votre abonnement court déjà jusqu’au 14 mars 2028" in words(summary)
    assert order_by_transfer(ana) != first


SAID = {
    "fr": (
        "Vous avez déjà l’abonnement « Numérique », jusqu’au 13 mars 2028.",
        "rien du premier n’est rendu ni reporté",
        "donnez-lui un premier jour",
    ),
    "en": (
        "You already have the subscription “Digital”, until 13 March 2028.",
        "nothing of the first is returned or carried over",
        "give it a first day",
    ),
}


@pytest.mark.parametrize("language", SAID)
def test_who_has_another_plan_is_told_what_becomes_of_it_before_paying(
    ana: Browser, office: Office, language: str
) -> None:
    has, beside, follow = SAID[language]
    ana.get(f"/compte/?langue={language}")
    assert has not in words(ana.get("/abonnement/"))
    office.subscribe(ANA, renews=False)
    assert has in words(ana.get("/abonnement/"))
    paper = ana.post("/abonnement/", {**DIGITAL, "formule": "print"}).headers["location"]
    told = words(ana.get(paper))
    assert beside in told
    assert follow in told
    same = words(ana.get(ana.post("/abonnement/", DIGITAL).headers["location"]))
    assert beside not in same


def test_who_has_another_plan_that_renews_is_told_to_cancel_it(
    ana: Browser, office: Office
) -> None:
    office.subscribe(ANA)
    paper = ana.post("/abonnement/", {**DIGITAL, "formule": "print"}).headers["location"]
    assert "Il se renouvelle par carte, pour 26,00 €" in words(ana.get(paper))


def test_both_plans_run_side_by_side_as_was_told(ana: Browser, office: Office) -> None:
    office.subscribe(ANA, renews=False)
    paper = ana.post("/abonnement/", {**DIGITAL, "formule": "print"}).headers["location"]
    done = ana.post(paper, {"nom": "Ana", "post": "1 rue\nParis"})
    office.confirm(reference_in(done.headers["location"]), 4500)
    account = words(ana.get("/compte/"))
    assert "Numérique État En cours Jusqu’au 13 mars 2028" in account
    assert "Papier et numérique État En cours Jusqu’au 14 mars 2028" in account


LONG = "Ana " + "x" * 300


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"nom": LONG}, "Ce nom a 304 signes : 200 au plus."),
        ({"post": "\n".join("123456789")}, "8 lignes et 500 signes au plus"),
        ({"post": "x" * 501}, "8 lignes et 500 signes au plus"),
    ],
)
def test_a_name_or_an_address_is_kept_whole_or_refused(
    ana: Browser, office: Office, fields: dict[str, str], told: str
) -> None:
    paper = ana.post("/abonnement/", {**DIGITAL, "formule": "print"}).headers["location"]
    typed = {"nom": "Ana", "post": "1 rue\nParis", **fields}
    for path, more in ((paper, {}), ("/compte/profil/", {"langue": "fr"})):
        page = ana.post(path, {**typed, **more})
        assert page.status_code == 422
        assert told in words(page)
        assert all(value.partition("\n")[0] in page.text for value in typed.values())
    assert office.count(Order) == 0
    assert (office.reader(ANA).name, office.reader(ANA).post) == ("", "")
    whole = {"nom": "x" * 200, "post": "\n".join(["y" * 61] * 8), "langue": "fr"}
    ana.post("/compte/profil/", whole)
    kept = office.reader(ANA)
    assert (kept.name, kept.post) == (whole["nom"], whole["post"])


def test_the_price_is_that_of_the_moment_of_the_button(
    ana: Browser, office: Office, settings: Settings
) -> None:
    wish = ana.post("/abonnement/", DIGITAL).headers["location"]
    assert "26,00 €" in words(ana.get(wish))
    settings.members.write_text("email,status\nother@example.org,alumnus\n", "utf-8")
    ana.post(wish, {})
    assert office.orders()[0].amount_cents == 5200


def test_a_list_of_members_with_a_wrong_line_leaves_the_one_before_in_force(
    ana: Browser, office: Office, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    wish = ana.post("/abonnement/", DIGITAL).headers["location"]
    assert "26,00 €" in words(ana.get(wish))
    settings.members.write_text("email,status\nana.exemple.org,alumnus\n", "utf-8")
    for _ in range(2):
        assert "26,00 €" in words(ana.get(wish))
    ana.post(wish, {})
    assert office.orders()[0].amount_cents == 2600
    (warning,) = [r for r in caplog.records if r.name == "paywall.offers.members"]
    assert "ana" not in warning.getMessage()
    settings.members.write_text("email,status\nother@example.org,alumnus\n", "utf-8")
    assert "52,00 €" in words(ana.get(ana.post("/abonnement/", DIGITAL).headers["location"]))


def test_a_slip_in_the_file_of_offers_closes_nothing_and_is_told_to_the_office(
    ana: Browser, office: Office, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    number, good = office.subscribe(ANA), settings.offers.read_text("utf-8")
    assert "52,00 €" in words(ana.get("/abonnement/tarifs/"))
    settings.offers.write_text(good.replace("public: 5200", 'public: "52 €"'), "utf-8")
    for path in ("/compte/", "/compte/commandes/", "/abonnement/", "/abonnement/tarifs/"):
        assert ana.get(path).status_code == 200
    assert ana.post(f"/compte/abonnement/{number}/resilier/", {}).status_code == 303
    assert office.subscription(number).cancelled_at is not None
    (warning,) = [r for r in caplog.records if r.name == "paywall.service"]
    assert "grids.2.plans.digital.public : il faut un nombre entier" in warning.getMessage()
    settings.offers.write_text(good.replace("public: 5200", "public: 5100"), "utf-8")
    assert "51,00 €" in words(ana.get("/abonnement/tarifs/"))


def test_without_a_good_list_nothing_is_sold(ana: Browser, settings: Settings) -> None:
    settings.members.write_text("email,status\nana.exemple.org,alumnus\n", "utf-8")
    assert ana.get("/abonnement/").status_code == 503


def test_a_transfer_never_renews_whatever_the_form_says(ana: Browser, office: Office) -> None:
    order_by_transfer(ana, renouvele="oui")
    assert office.orders()[0].renews is False


def test_cards_are_offered_only_where_there_is_somebody_to_take_them(ana: Browser) -> None:
    page = ana.get("/abonnement/")
    assert "Carte bancaire" not in page.text
    refused = ana.post("/abonnement/", DIGITAL | {"moyen": "carte"})
    assert refused.status_code == 422
    path = "/abonnement/confirmer/formule/digital/renouvele/carte/maintenant/"
    assert ana.get(path).headers["location"] == "/abonnement/"


@pytest.mark.parametrize("day", ["2027-03-13", "2028-03-20", "2027-02-30", "demain", "9999-99-99"])
def test_a_day_that_cannot_be_begun_on_is_told_beside_its_field(ana: Browser, day: str) -> None:
    page = ana.post("/abonnement/", DIGITAL | {"debut": day, "vers": ARTICLE})
    assert page.status_code == 422
    assert 'id="debut-wrong"' in page.text
    assert f'value="{ARTICLE}"' in page.text


def test_a_wish_whose_day_has_passed_begins_again_at_the_offers(
    ana: Browser, clock: Clock, office: Office
) -> None:
    wish = ana.post("/abonnement/", DIGITAL | {"debut": "2027-03-20"}).headers["location"]
    clock.advance(days=7)
    assert ana.get(wish).headers["location"] == "/abonnement/"
    assert ana.post(wish, {}).headers["location"] == "/abonnement/"
    assert office.count(Order) == 0


def test_it_begins_on_the_day_that_was_wanted(ana: Browser, office: Office) -> None:
    reference = order_by_transfer(ana, debut="2027-06-01")
    office.confirm(reference, 2600)
    assert "Pas encore commencé" in words(ana.get("/compte/"))
    assert "1er juin 2027" in words(ana.get("/compte/"))
    assert SECRET not in ana.get(ARTICLE).text


def test_the_printed_review_needs_an_address_and_keeps_what_was_typed(
    ana: Browser, office: Office
) -> None:
    wish = ana.post("/abonnement/", DIGITAL | {"formule": "print"}).headers["location"]
    wrong = ana.post(wish, {"nom": "Ana Exemple", "post": " \r\n "})
    assert wrong.status_code == 422
    assert 'value="Ana Exemple"' in wrong.text
    assert office.count(Order) == 0
    done = ana.post(wish, {"nom": "Ana Exemple", "post": "1, rue des Essais\r\n\r\n75005  Paris"})
    assert done.status_code == 303
    assert office.reader(ANA).post == "1, rue des Essais\n75005 Paris"


def test_what_costs_nothing_opens_at_once_and_once(
    ana: Browser, office: Office, settings: Settings, mailbox: Mailbox
) -> None:
    free = settings.offers.read_text("utf-8").replace("alumnus-dues: 2600", "alumnus-dues: 0")
    settings.offers.write_text(free, "utf-8")
    wish = ana.post("/abonnement/", DIGITAL | {"vers": ARTICLE}).headers["location"]
    assert "Ouvrir gratuitement" in words(ana.get(wish))
    assert ana.post(wish, {}).headers["location"] == ARTICLE
    assert SECRET in ana.get(ARTICLE).text
    assert ana.post(wish, {}).status_code == 409
    assert office.count(Order) == 1
    assert mailbox.to(ANA)[-1].subject.startswith("Paiement reçu")


def test_one_issue_is_bought_and_stays(ana: Browser, office: Office, clock: Clock) -> None:
    page = words(ana.get("/abonnement/numero/812-lumiere/"))
    assert "6,00 €" in page
    assert "1er novembre 2026" in page
    wish = ana.post("/abonnement/numero/812-lumiere/", {"moyen": "virement", "vers": ARTICLE})
    assert "droit de rétractation" in words(ana.get(wish.headers["location"]))
    done = ana.post(wish.headers["location"], {})
    reference = office.orders()[0].reference
    assert done.headers["location"] == f"/commande/{reference}/"
    office.confirm(reference, 600)
    assert ana.get(f"/commande/{reference}/merci/").headers["location"] == ARTICLE
    assert SECRET in ana.get(ARTICLE).text
    assert SECRET not in ana.get(CORIOLIS).text
    assert "La lumière" in words(ana.get("/compte/"))
    assert "Ce numéro est déjà à vous." in words(ana.get("/abonnement/numero/812-lumiere/"))
    assert ana.post(wish.headers["location"], {}).status_code == 409


def test_a_subscriber_learns_that_an_issue_is_open_already_before_buying_it(
    ana: Browser, office: Office
) -> None:
    page = "/abonnement/numero/812-lumiere/"
    assert "l’ouvre déjà" not in words(ana.get(page))
    wish = ana.post("/abonnement/", DIGITAL).headers["location"]
    ana.post(wish, {})
    office.confirm(office.orders()[0].reference, office.orders()[0].amount_cents)
    assert "Votre abonnement l’ouvre déjà." in words(ana.get(page))
    assert "Continuer" in words(ana.get(page))


def test_without_a_page_to_go_back_to_one_goes_to_the_issue(ana: Browser, office: Office) -> None:
    wish = ana.post("/abonnement/numero/812-lumiere/", {"moyen": "virement", "vers": "/"})
    ana.post(wish.headers["location"], {})
    assert office.orders()[0].return_to == ISSUE_PAGE


def test_an_issue_in_open_access_or_unknown_is_not_sold(ana: Browser, office: Office) -> None:
    assert "rien à payer" in words(ana.get("/abonnement/numero/800-ancien/"))
    wish = "/abonnement/confirmer/numero/{}/virement/"
    assert ana.post(wish.format("800-ancien"), {}).status_code == 409
    assert ana.post(wish.format("999-inconnu"), {}).status_code == 409
    assert ana.get("/abonnement/numero/999-inconnu/").status_code == 404
    assert office.count(Order) == 0


def test_a_plan_that_is_not_sold_is_refused(ana: Browser, office: Office) -> None:
    assert ana.post("/abonnement/", DIGITAL | {"formule": "or"}).status_code == 422
    path = "/abonnement/confirmer/formule/or/une-fois/virement/maintenant/"
    assert ana.post(path, {}).status_code == 409
    assert office.count(Order) == 0


def test_a_summary_is_only_for_whoever_is_signed_in_and_is_found_again(
    browser: NewBrowser, mailbox: Mailbox
) -> None:
    path = f"/abonnement/confirmer/formule/digital/une-fois/virement/maintenant{ARTICLE}"
    new = browser()
    for answer in (new.get(path), new.post(path, {})):
        assert answer.headers["location"] == f"/connexion/?vers={path}"
    assert new.sign_in(BEN, mailbox, path).headers["location"] == path


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "/\t/evil.example/",
        "javascript:alert(1)",
        "/a/?x=//evil.example/",
        "/%2f%2fevil.example/",
        "/" + "a" * 3000 + "/",
    ],
)
def test_nobody_is_sent_elsewhere_after_paying(ana: Browser, office: Office, target: str) -> None:
    page = ana.get("/abonnement/", params={"vers": target})
    assert "evil" not in page.text
    reference = order_by_transfer(ana, target)
    assert office.order(reference).return_to == "/"
    office.confirm(reference, 2600)
    where = ana.get(f"/commande/{reference}/merci/").headers["location"]
    assert where == f"/commande/{reference}/?fait=payee"


def test_no_account_is_made_before_an_address_is_proved(
    browser: NewBrowser, office: Office
) -> None:
    browser().post("/abonnement/", {**DIGITAL, "email": BEN, "vers": ARTICLE})
    assert (office.count(Reader), office.count(Order)) == (0, 0)


def test_the_prices_of_all_classes_are_told_to_everybody_alike(
    browser: NewBrowser, ana: Browser
) -> None:
    page = words(browser().get("/abonnement/tarifs/"))
    assert words(ana.get("/abonnement/tarifs/")) == page
    assert "Depuis le 1er janvier 2027" in page
    for told in ("Étudiant 12,00 €", "26,00 €", "52,00 €", "82,00 €", "2,1 %", "La cotisation"):
        assert told in page


def test_next_years_prices_are_told_as_soon_as_they_are_written(
    browser: NewBrowser, clock: Clock
) -> None:
    clock.now = clock.now.replace(year=2026, month=11)
    page = words(browser().get("/abonnement/tarifs/"))
    assert page.index("Depuis le 1er janvier 2026") < page.index("À partir du 1er janvier 2027")


def test_who_buys_while_it_stands_still_is_told_that_it_goes_on(
    ana: Browser, office: Office, clock: Clock
) -> None:
    number = office.subscribe(ANA, renews=False, days=30)
    ana.post(f"/compte/abonnement/{number}/suspendre/", {})
    clock.advance(days=10)
    page = words(ana.get(ana.post("/abonnement/", DIGITAL).headers["location"]))
    assert "Votre abonnement est suspendu" in page
    assert "court déjà jusqu’au" not in page


def test_who_orders_for_later_asks_for_nothing_before_the_time_to_withdraw(ana: Browser) -> None:
    now, later = (
        words(ana.get(ana.post("/abonnement/", DIGITAL | debut).headers["location"]))
        for debut in ({}, {"debut": "2027-06-01"})
    )
    assert "vous demandez que la lecture s’ouvre" in now
    assert "vous rétracter pendant quatorze jours" in later
    assert "vous demandez que la lecture s’ouvre" not in later
