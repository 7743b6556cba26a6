"""The magazine's Pelican generator: the only module here that knows Pelican."""

from pathlib import Path
from typing import Any

from pelican.generators import Generator

from plugins.magazine.assets import Assets
from plugins.magazine.edition import Edition, read_edition
from plugins.magazine.page import Page
from plugins.magazine.settings import from_pelican
from plugins.magazine.site import site_view, write_machine_files
from plugins.magazine.words import Words


class MagazineGenerator(Generator):  # type: ignore[misc]
    """Composes the edition, which other plugins find in the context, and writes its pages."""

    stage = 10

    def generate_context(self) -> None:
        """Read and check the content; compose every page."""
        self.edition: Edition = read_edition(from_pelican(self.settings))
        self.context["edition"] = self.edition

    def generate_output(self, writer: Any) -> None:
        """Write pages, downloads, the theme's files and the files for machines."""
        edition, public = self.edition, Path(self.output_path) / "public"
        assets = Assets.of(edition.settings.theme)
        self._prepare_templates(assets)
        for page in edition.pages:
            self._write(writer, page)
        assets.write(public)
        self._write_downloads()
        write_machine_files(edition, public)

    def _prepare_templates(self, assets: Assets) -> None:
        edition = self.edition
        self.env.filters.update(Words(edition.settings, edition.catalogue).filters)
        self.env.install_gettext_translations(edition.catalogue, newstyle=False)
        self.env.globals |= {"site": site_view(edition), "asset": assets.url}

    def _write(self, writer: Any, page: Page) -> None:
        writer.write_file(
            f"{page.tree}/{page.path}",
            self.get_template(page.template.removesuffix(".html")),
            self.context,
            view=page.view,
            head=page.head,
            ads=page.ads,
            page_url=page.url,
            page_kind=page.template.removesuffix(".html"),
        )

    def _write_downloads(self) -> None:
        for tree, file, url in self.edition.downloads.files():
            target = Path(self.output_path) / tree / url.lstrip("/")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
