"""An advertiser's form becomes a mail, the mail a booking, and the booking an ad once approved."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from accounts_browser import Browser, Mailbox
from forks import run_python, usual_environ
from lxml import html
from magazine_factory import MagazineFactory
from paywall_site import write
from reader_pages import words
from stores import ONE_STORE

from paywall.mail.queue import message_of

NewBrowser = Callable[[], Browser]
PATH = "/annonceurs/reserver/"
EDITOR = "redaction@bicorne.test"
THEMES = {"optique": {"name": "Optique", "iab": []}, "energie": {"name": "Énergie", "iab": []}}
ORDER = {
    "annonceur": 'Lunettes "& Cie": {x}',
    "campagne": "Printemps # 2027",
    "courriel": "Pub@Lunetier.example",
    "debut": "2027-03-14",
    "fin": "2027-04-30",
    "promesse": "nombre",
    "nombre": "20 000",
    "place-article": "oui",
    "place-home": "oui",
    "theme1": "optique",
    "sauf1": "energie",
    "reserves": "oui",
    "format-970x250": "oui",
    "format-300x250": "oui",
    "texte": "Des lunettes : deux verres, une monture",
    "titre": "",
    "lien": "https://lunetier.example/offre?a=1&b=2#ici",
    "mots": "# Lunettes\n---\n<script>alert(1)</script> [lien](http://a.example) et *phares*",
}


@pytest.fixture
def advertiser(browser: NewBrowser, site: Path) -> Browser:
    """Somebody at the form of a site that has been built."""
    write(site, "/ads.json", json.dumps({"version": 1, "themes": THEMES}))
    return browser()


@ONE_STORE
def test_the_form_needs_no_script_and_offers_the_magazines_themes(advertiser: Browser) -> None:
    page = advertiser.get(PATH)
    assert page.status_code == 200
    assert '<option value="energie">Énergie</option>' in page.text
    assert "<script" not in page.text.partition("<main")[2].partition("</main")[0]


@ONE_STORE
def test_every_hint_and_error_of_the_form_belongs_to_a_field(advertiser: Browser) -> None:
    page = html.fromstring(advertiser.post(PATH, {"texte": "x"}).text)
    told = [*page.find_class("field-hint"), *page.find_class("field-error")]
    described = {name for field in page.xpath("//@aria-describedby") for name in field.split()}
    assert {each.get("id") for each in told} == described
    (themes,) = page.xpath("//fieldset[contains(@aria-describedby, 'theme1-hint')]")
    assert "Sans thème, l’annonce peut paraître sur toutes les pages." in themes.text_content()


@ONE_STORE
def test_an_order_is_mailed_to_the_editor_and_to_nobody_else(
    advertiser: Browser, mailbox: Mailbox
) -> None:
    answer = advertiser.post(PATH, ORDER)
    assert answer.headers["location"] == f"{PATH}?fait=envoyee"
    assert "C’est envoyé" in words(advertiser.follow(answer))
    (mail,) = mailbox.to(EDITOR)
    assert mail.subject == 'Réservation publicitaire : Lunettes "& Cie": {x}, Printemps # 2027'
    assert "pub@lunetier.example" in mail.text
    assert mailbox.to("pub@lunetier.example") == []


@ONE_STORE
def test_an_order_in_the_outbox_can_be_copied_as_it_stands(
    advertiser: Browser, mailbox: Mailbox
) -> None:
    advertiser.post(PATH, ORDER)
    (mail,) = mailbox.to(EDITOR)
    (shown,) = html.fromstring(advertiser.get("/_bicorne/courriels/").text).find_class("mail")
    assert shown.text_content().splitlines() == mail.text.splitlines()


@ONE_STORE
def test_the_whole_way_from_the_form_to_the_page_and_away(
    advertiser: Browser, mailbox: Mailbox, tmp_path: Path
) -> None:
    advertiser.post(PATH, ORDER)
    mail = message_of(mailbox.to(EDITOR)[0], "revue@example.org", "<1@example.org>")
    magazine = MagazineFactory(tmp_path / "magazine")
    (magazine.root / "message.eml").write_bytes(mail.as_bytes())
    magazine.image("../large.png", (970, 250))
    magazine.image("../fin.png", (600, 500), seed=2)
    settings = _settings(magazine)

    def desk(*words: str) -> str:
        environ = usual_environ() | {"SOURCE_DATE_EPOCH": "1805500800"}
        done = run_python(["desk", *words, "-s", str(settings)], magazine.root, environ)
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    slug = "lunettes-cie-x-printemps-2027"
    draft = desk("ads", "receive", "message.eml")
    assert "Missing: creative-970x250.png, creative-300x250.png" in draft
    desk("build")  # a draft stops no build
    desk("ads", "receive", "message.eml", "large.png", "fin.png")
    assert "proposed, to be approved" in desk("ads", "check", slug)
    page = magazine.output / "public/numeros/12-lumiere/la-tache/index.html"
    desk("build")
    assert "lunetier.example" not in page.read_text("utf-8")
    said = desk("ads", "approve", slug, "--by", "Émilie Aubrac")
    assert "20,000 viewable impressions" in said
    assert "themes: optique · except: energie" in said
    desk("build")
    shown = page.read_text("utf-8")
    assert "https://lunetier.example/offre?a=1&amp;b=2#ici" in shown
    assert "&amp; Cie" in shown
    assert "<script>alert" not in shown
    desk("ads", "suspend", slug)
    desk("build")
    assert "lunetier.example" not in page.read_text("utf-8")


def _settings(magazine: MagazineFactory) -> Path:
    """With what an ad needs, and nothing more."""
    shared = Path(__file__).parents[3] / "pelicanconf.py"
    text = f"""\
import runpy

globals().update({{k: v for k, v in runpy.run_path({str(shared)!r}).items() if k.isupper()}})
PATH, OUTPUT_PATH, CACHE_PATH = "content", "output", "cache"
PLUGINS = ["plugins.magazine", "plugins.images", "plugins.ads", "plugins.access"]
"""
    file = magazine.root / "pelicanconf.py"
    file.write_text(text, "utf-8")
    return file


@ONE_STORE
def test_a_text_alone_needs_no_image(advertiser: Browser, mailbox: Mailbox, tmp_path: Path) -> None:
    formats = {name: v for name, v in ORDER.items() if not name.startswith("format-")}
    text = formats | {"format-text": "oui", "titre": "Des verres", "promesse": "exclusive"}
    assert advertiser.post(PATH, text).status_code == 303
    (mail,) = mailbox.to(EDITOR)
    assert "goal: exclusive" in mail.text
    assert 'headline: "Des verres"' in mail.text
    assert "file:" not in mail.text


@ONE_STORE
@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("annonceur", "", "Il manque une réponse."),
        ("annonceur", "A" * 81, "Trop long"),
        ("campagne", "Aut\u202eomne", "Un signe ne se voit pas"),
        ("courriel", "pub", "Cette adresse n’est pas complète"),
        ("debut", "bientôt", "Une date comme"),
        ("debut", "2020-01-01", "Un jour à venir"),
        ("debut", "2099-01-01", "Un jour à venir"),
        ("fin", "2027-03-13", "Après le début"),
        ("nombre", "", "Un nombre d’impressions"),
        ("nombre", "-5", "Un nombre d’impressions"),
        ("nombre", "9" * 300, "Un nombre d’impressions"),
        ("theme1", "inconnu", "Choisissez dans la liste"),
        ("sauf1", "optique", "est voulu et exclu à la fois"),
        ("lien", "http://lunetier.example/", "commence par https://"),
        ("lien", "javascript:alert(1)", "commence par https://"),
        ("lien", "https://a@evil.example/", "commence par https://"),
        ("lien", "https://a.example/\\@b", "commence par https://"),
        ("mots", "m" * 2001, "Trop long"),
    ],
)
def test_a_wrong_answer_is_told_beside_it_and_nothing_is_lost_or_sent(
    advertiser: Browser, mailbox: Mailbox, field: str, typed: str, told: str
) -> None:
    answer = advertiser.post(PATH, ORDER | {field: typed})
    assert answer.status_code == 422
    assert told in words(answer)
    assert f'id="{field}-wrong"' in answer.text
    assert 'value="Printemps # 2027"' in answer.text or field == "campagne"
    assert mailbox.to(EDITOR) == []


@ONE_STORE
def test_all_wrong_answers_are_told_at_once(advertiser: Browser) -> None:
    answer = advertiser.post(PATH, {"promesse": "nombre"})
    for field in ("annonceur", "courriel", "debut", "fin", "nombre", "place", "format", "lien"):
        assert f'id="{field}-wrong"' in answer.text


@ONE_STORE
def test_a_network_cannot_drown_the_editor(advertiser: Browser, mailbox: Mailbox) -> None:
    codes = [advertiser.post(PATH, ORDER).status_code for _ in range(6)]
    assert codes == [303] * 5 + [429]
    assert len(mailbox.to(EDITOR)) == 5


@ONE_STORE
def test_no_other_site_can_send_the_form(advertiser: Browser, mailbox: Mailbox) -> None:
    headers = {"origin": "https://evil.example"}
    assert advertiser.request("POST", PATH, data=ORDER, headers=headers).status_code == 403
    assert mailbox.to(EDITOR) == []


@ONE_STORE
def test_before_any_build_the_form_stands_without_themes(browser: NewBrowser) -> None:
    page = browser().get(PATH)
    assert page.status_code == 200
    assert 'name="theme1"' not in page.text
