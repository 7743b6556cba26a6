"""The magazine's Pelican generator: the only module here that knows Pelican."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from jinja2 import FileSystemLoader
from pelican import signals
from pelican.generators import Generator

from plugins.magazine.assets import Assets
from plugins.magazine.compiled import CompiledTemplates
from plugins.magazine.edition import Edition, read_edition
from plugins.magazine.keys import Keys, common_digest
from plugins.magazine.moments import moments
from plugins.magazine.page import Page
from plugins.magazine.settings import from_pelican
from plugins.magazine.shell import TEMPLATE as SHELL
from plugins.magazine.shell import shells
from plugins.magazine.site import machine_files, site_view
from plugins.magazine.templates import Templates, render
from plugins.magazine.words import Words
from plugins.press.plan import Leaf, Plan, Stage


class MagazineGenerator(Generator):  # type: ignore[misc]
    """Composes the edition, which other plugins find in the context, and plans its pages."""

    stage = 10

    def generate_context(self) -> None:
        """Read and check the content; know every page."""
        settings = from_pelican(self.settings)
        self.edition: Edition = read_edition(settings, self.context["steps"])
        self.assets = Assets.of(self.edition.settings.theme)
        self._prepare_templates()
        self.context["edition"] = self.edition
        self.context["keys"] = self.keys

    def generate_output(self, _writer: Any) -> None:
        """Plan pages, shells, downloads, the theme's files and the files for machines."""
        plan: Plan = self.context["plan"]
        plan.moments += moments(self.edition)
        for page in self.edition.pages:
            plan.add(self._leaf(page))
        for name, make in shells(self.env, self.edition):
            key = self.keys.of_template(SHELL, name)
            plan.add(Leaf(name, key, make, tell_written=self._tell_written))
        for name, file in self.assets.files():
            plan.add(Leaf(f"public/{name}", self.keys.of(name), file.read_bytes))
        for name, made in self.assets.made():
            plan.add(Leaf(f"public/{name}", self.keys.of(name), made.encode))
        for tree, file, url in self.edition.downloads.files():
            plan.add(Leaf(f"{tree}{url}", self.keys.of(url), file.read_bytes))
        for path, text in machine_files(self.edition).items():
            plan.add(Leaf(f"public/{path}", self.keys.of(text), text.encode))

    def renew(self, pages: Iterable[Page]) -> Iterator[Leaf]:
        """Bring the plan up to date for some pages; those of their leaves that have changed."""
        plan: Plan = self.context["plan"]
        for page in pages:
            page.forget()
            yield from plan.renew(_path(page), self.keys.page(page))

    def _leaf(self, page: Page) -> Leaf:
        render = partial(self._render, page)
        key = self.keys.page(page)
        return Leaf(_path(page), key, render, Stage.PAGES, tell_written=self._tell_written)

    def _prepare_templates(self) -> None:
        edition, site = self.edition, site_view(self.edition)
        self.env.auto_reload = False
        self.env.loader = FileSystemLoader(self._templates_path)  # of the theme, and no other
        self.env.filters.update(Words(edition.settings, edition.catalogue).filters)
        self.env.install_gettext_translations(edition.catalogue, newstyle=False)
        self.env.globals |= {"site": site, "asset": self.assets.url}
        taxonomy = edition.graph.taxonomy
        others = (site, taxonomy, sorted(self.assets.names), self.context["surroundings"])
        common = common_digest(edition.settings, *others)
        self.keys = Keys(common, Templates(self.env).digest)
        self.env.bytecode_cache = CompiledTemplates(edition.settings.cache / "templates", common)

    def _render(self, page: Page) -> bytes:
        shown = {
            "view": page.view,
            "head": page.head,
            "ads": page.ads,
            "page_url": page.url,
            "page_kind": page.template.removesuffix(".html"),
        }
        made = render(self.env, page.template, shown)
        page.forget()  # what thousands of pages show is more than memory should hold
        return made

    def _tell_written(self, path: str) -> None:
        signals.content_written.send(path, context=self.context)


def _path(page: Page) -> str:
    return f"{page.tree}/{page.path}"
