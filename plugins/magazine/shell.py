"""The shells: the magazine's own page, one a language, which the service fills in (docs/shell.md).

The service knows no template of the theme, and the build knows no account. What passes between
them is this page with two markers, one where its title goes and one where its text does.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import get_args

from jinja2 import Environment

from plugins.magazine.edition import Edition
from plugins.magazine.messages import SOURCE_LANG, load_catalogue
from plugins.magazine.settings import InterfaceLang
from plugins.magazine.site import site_view
from plugins.magazine.templates import render
from plugins.magazine.words import Words

TEMPLATE = "shell.html"


def shells(env: Environment, edition: Edition) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The name of each shell below the output folder, and what makes it."""
    for lang in languages(edition):
        yield f"shell.{lang}.html", partial(_render, env, edition, lang)


def languages(edition: Edition) -> list[InterfaceLang]:
    """The languages that the theme speaks."""
    known = edition.settings.theme / "locale"
    return [
        lang
        for lang in get_args(InterfaceLang)
        if lang == SOURCE_LANG or (known / lang / "LC_MESSAGES" / "bicorne.po").is_file()
    ]


def _render(env: Environment, edition: Edition, lang: InterfaceLang) -> bytes:
    spoken = _speaking(env, edition, lang)
    shown = {"page_url": "", "page_kind": TEMPLATE.removesuffix(".html")}
    return render(spoken, TEMPLATE, shown)


def _speaking(env: Environment, edition: Edition, lang: InterfaceLang) -> Environment:
    """The environment in another language: words, filters and what pages say of the site."""
    settings = replace(edition.settings, interface_lang=lang)
    catalogue = load_catalogue(settings.theme / "locale", lang)
    words = {"gettext": catalogue.gettext, "ngettext": catalogue.ngettext}
    spoken = env.overlay()
    spoken.globals = {
        **env.globals,
        **words,
        "site": site_view(replace(edition, settings=settings, catalogue=catalogue)),
    }
    spoken.filters = env.filters | Words(settings, catalogue).filters
    return spoken
