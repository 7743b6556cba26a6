"""Name, postal address, language: what readers say of themselves, and may change or leave out."""

from paywall.accounts.profile import cleaned_name, cleaned_post
from paywall.site.answers import Answer, redirect
from paywall.views.asked import Asked
from paywall.views.known import reader_in
from paywall.views.render import PRIVATE
from paywall.views.table import LANGUAGE_SECONDS, Desk, View
from paywall.words import LANGUAGES

PATH = "/compte/profil/"


def form(desk: Desk, asked: Asked) -> Answer:
    """What is known."""
    return desk.page(asked, "profile.html", known=asked.reader, languages=LANGUAGES)


def save(desk: Desk, asked: Asked) -> Answer:
    """Note it; mails follow the language, and so do this browser's pages."""
    service, language = desk.service, asked.form.get("langue", "")
    if language not in LANGUAGES:
        return redirect(PATH.encode(), *PRIVATE, status=303)
    _, known = asked.signed_in()
    with service.database.begin(asked.now, f"reader:{known.id}") as unit:
        reader = reader_in(unit, asked)
        reader.name = cleaned_name(asked.form.get("nom", ""))
        reader.post = cleaned_post(asked.form.get("post", ""))
        reader.language = language
    kept = service.cookies.language.header(language, LANGUAGE_SECONDS)
    return redirect(f"{PATH}?fait=profil".encode("ascii"), kept, *PRIVATE, status=303)


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
