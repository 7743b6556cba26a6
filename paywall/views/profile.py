"""Name, postal address, language: what readers say of themselves, and may change or leave out."""

from collections.abc import Mapping

from paywall.accounts.profile import (
    MAX_LINES,
    MAX_NAME,
    MAX_POST,
    cleaned_name,
    cleaned_post,
    is_long_name,
    is_long_post,
)
from paywall.site.answers import Answer, redirect
from paywall.views.asked import Asked
from paywall.views.known import reader_in
from paywall.views.render import PRIVATE
from paywall.views.table import LANGUAGE_SECONDS, Desk, View
from paywall.words import LANGUAGES, say

PATH = "/compte/profil/"


def form(desk: Desk, asked: Asked) -> Answer:
    """What is known."""
    _, known = asked.signed_in()
    return _form(desk, asked, {"nom": known.name, "post": known.post, "langue": known.language}, {})


def save(desk: Desk, asked: Asked) -> Answer:
    """Note it; mails follow the language, and so do this browser's pages."""
    service, language = desk.service, asked.form.get("langue", "")
    if language not in LANGUAGES:
        return redirect(PATH.encode(), *PRIVATE, status=303)
    name, post = cleaned_name(asked.form.get("nom", "")), cleaned_post(asked.form.get("post", ""))
    if wrong := too_long(asked.language, name, post):
        return _form(desk, asked, asked.form, wrong)
    _, known = asked.signed_in()
    with service.database.begin(asked.now, f"reader:{known.id}") as unit:
        reader = reader_in(unit, asked)
        reader.name, reader.post, reader.language = name, post, language
    kept = service.cookies.language.header(language, LANGUAGE_SECONDS)
    return redirect(f"{PATH}?fait=profil".encode("ascii"), kept, *PRIVATE, status=303)


def too_long(language: str, name: str, post: str) -> dict[str, str]:
    """What is wrong with a name and an address that would not be kept whole."""
    wrong = {}
    if is_long_name(name):
        wrong["nom"] = say(
            language,
            "Ce nom a {n} signes : {most} au plus. Abrégez-le.",
            n=len(name),
            most=MAX_NAME,
        )
    if is_long_post(post):
        wrong["post"] = say(
            language,
            "Cette adresse est trop longue : {lines} lignes et {most} signes au plus.",
            lines=MAX_LINES,
            most=MAX_POST,
        )
    return wrong


def _form(desk: Desk, asked: Asked, typed: Mapping[str, str], wrong: Mapping[str, str]) -> Answer:
    status = 422 if wrong else 200
    return desk.page(
        asked, "profile.html", status=status, typed=typed, wrong=wrong, languages=LANGUAGES
    )


VIEWS = (
    View(
        "profile",
        PATH,
        get=form,
        post=save,
        fields=frozenset({"nom", "post", "langue"}),
        for_readers=True,
    ),
)
