"""Pages of accounts: a template, in the magazine's shell, in the reader's language."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markupsafe import escape

from paywall.site.answers import Answer, Header
from paywall.templating import environment
from paywall.views.shell import Shells

PRIVATE: tuple[Header, ...] = (
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"same-origin"),
    (b"x-robots-tag", b"noindex"),
)
"""No cache keeps what an account says, and no other site learns its address. Ours does: forms
would have no origin otherwise (`no-referrer` makes it null)."""

_FOLDER = Path(__file__).parent / "templates"


class Renderer:
    """Templates in the shells of the published site."""

    def __init__(self, output: Path) -> None:
        self._shells = Shells(output)

    def page(
        self,
        language: str,
        template: str,
        values: Mapping[str, Any],
        *,
        status: int = 200,
        headers: tuple[Header, ...] = (),
    ) -> Answer:
        """A page. The template's variable `title` is its title, its macro `main` the rest."""
        known = {**values, "language": language, "template": template}
        templates = environment(language, _FOLDER)
        module = templates.get_template(template).make_module(known)
        title, main = str(module.title), str(module.main())  # type: ignore[attr-defined]
        main += templates.get_template("parts/languages.html").render(known)
        body = self._shells.of(language).around(str(escape(title)), main)
        kind = (b"content-type", b"text/html; charset=utf-8")
        spoken = (b"content-language", language.encode())
        return Answer(status, (kind, spoken, *PRIVATE, *headers), body.encode())
