"""Makes the Hugo site that is measured beside ours, from the same content.

``python -m bench.hugo_site CONTENT SITE`` translates a generated magazine: fields get Hugo's
names, links between texts their addresses. Everything else is in ``bench/hugo``.
"""

import argparse
import json
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bench.entries import write_entry
from bench.plan import CLOCK, PER_ISSUE

SITE = Path(__file__).with_name("hugo")
THEME = Path(__file__).parent.parent / "theme" / "static"

_LINK = re.compile(r"\]\((article|people):([a-z0-9-]+)\)")
_WIDE = re.compile(r"\)\{\.figure-wide\}$", re.MULTILINE)
_NAV = {
    "Numéros": "numeros",
    "Articles": "articles",
    "Personnes": "personnes",
    "Recherche": "recherche",
    "Carnet": "carnet",
    "Agenda": "agenda",
}
_UNSEEN = {"build": {"render": "never"}}
_UNSEEN_BELOW = {"cascade": {"build": {"render": "never", "list": "always"}}}

Fields = dict[str, Any]


class Translation:
    """Translates one magazine."""

    def __init__(self, content: Path, site: Path) -> None:
        self.content, self.site = content, site
        self._addresses = {path.stem: _address(path, content) for path in _articles(content)}

    def write(self) -> None:
        """Write the whole site."""
        shutil.copytree(SITE, self.site, dirs_exist_ok=True)
        shutil.copytree(THEME, self.site / "static" / "theme", dirs_exist_ok=True)
        pool = self.site / "assets" / "images"
        shutil.copytree(self.content / "images", pool, dirs_exist_ok=True)
        self._write_lists()
        self._write_issues()
        for path in (self.content / "articles").rglob("*.md"):
            fields, body = read_entry(path)
            self._entry(f"articles/{path.name}", _article(fields, None), body)
        self._write_all("people", "personnes/", _person)
        self._write_all("research", "recherche/", _research)
        self._write_all("nominations", "carnet/", _nomination)
        self._write_all("events", "agenda/", _event)
        self._write_all("pages", "", lambda fields, _: fields)

    def _entry(self, path: str, fields: Fields, body: str = "") -> None:
        """Write one entry, its links and its pictures as Hugo has them."""
        text = _LINK.sub(lambda found: f"]({self._leads_to(*found.groups())})", body)
        write_entry(self.site / "content" / path, fields, _WIDE.sub(")\n{.figure-wide}", text))

    def _leads_to(self, kind: str, slug: str) -> str:
        return f"/personnes/{slug}/" if kind == "people" else self._addresses[slug]

    def _write_all(
        self, folder: str, section: str, translate: Callable[[Fields, str], Fields]
    ) -> None:
        for path in (self.content / folder).glob("*.md"):
            fields, body = read_entry(path)
            self._entry(f"{section}{path.name}", translate(fields, path.stem), body)

    def _write_issues(self) -> None:
        for path in (self.content / "issues").glob("*/issue.md"):
            issue, body = read_entry(path)
            folder = f"numeros/{path.parent.name}"
            closed = _is_closed(issue)
            self._entry(f"{folder}/_index.md", issue | {"type": "numero", "closed": closed}, body)
            for rank, slug in enumerate(issue["articles"], 1):
                fields, body = read_entry(path.with_name(f"{slug}.md"))
                placed = {"rank": rank, "rank_count": len(issue["articles"])}
                article = _article(fields, issue, rank) | placed
                self._entry(f"{folder}/{slug}.md", article, body)

    def _write_lists(self) -> None:
        lists = yaml.safe_load((self.content / "taxonomy.yaml").read_text("utf-8"))
        sections, themes = lists["sections"], lists["themes"]
        ordered = [{"slug": slug, "name": section["name"]} for slug, section in sections.items()]
        self._data("taxonomy", {"sections": sections, "sections_list": ordered, "themes": themes})
        self._data("nav", [{"title": title, "url": f"/{at}/"} for title, at in _NAV.items()])
        pages = {path.stem: read_entry(path)[0] for path in (self.content / "pages").glob("*.md")}
        foot = [{"title": page["title"], "url": f"/{slug}/"} for slug, page in pages.items()]
        self._data("foot", foot)
        for slug, section in sections.items():
            feeds = {"outputs": ["html", "rss", "atom"], "title": section["name"]}
            description = {"description": section["description"]}
            self._entry(f"rubriques/{slug}/_index.md", feeds | description)
        for slug, name in themes.items():
            self._entry(f"themes/{slug}/_index.md", {"title": name})
        for taxonomy in ("rubriques", "themes", "annees", "sortes"):
            self._entry(f"{taxonomy}/_index.md", {"title": taxonomy} | _UNSEEN)
        for taxonomy in ("auteurs", "sujets"):
            self._entry(f"{taxonomy}/_index.md", {"title": taxonomy} | _UNSEEN | _UNSEEN_BELOW)
        carnet = {"title": "Carnet", "cascade": {"build": {"render": "link"}}}
        self._entry("carnet/_index.md", carnet | {"build": {"render": "always"}})

    def _data(self, name: str, value: object) -> None:
        path = self.site / "data" / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")


def read_entry(path: Path) -> tuple[Fields, str]:
    """The fields and the body of a generated entry."""
    _, front, body = path.read_text("utf-8").split("---\n", 2)
    return yaml.load(front, Loader=yaml.CSafeLoader), body.lstrip("\n")


def _articles(content: Path) -> list[Path]:
    issues = (path for path in (content / "issues").glob("*/*.md") if path.name != "issue.md")
    return [*issues, *(content / "articles").rglob("*.md")]


def _address(path: Path, content: Path) -> str:
    folder = path.relative_to(content).parts
    return (
        f"/numeros/{folder[1]}/{path.stem}/" if folder[0] == "issues" else f"/articles/{path.stem}/"
    )


def _article(fields: Fields, issue: Fields | None, rank: int = 0) -> Fields:
    """An article: lists become taxonomies, its order in the issue a time of the day."""
    closed = _is_closed({**(issue or {}), **fields})
    kept = ("title", "standfirst", "themes", "genre", "image", "corrections", "sources")
    return {name: fields[name] for name in kept if name in fields} | {
        "type": "article",
        "date": f"{fields['date']}T00:{PER_ISSUE - rank:02}:00Z",
        "rubriques": [fields["section"]],
        "auteurs": fields["authors"],
        "sujets": fields.get("people", []),
        **({"closed": True, "outputs": ["html", "member"]} if closed else {}),
    }


def _is_closed(fields: Fields) -> bool:
    opens = fields.get("opens")
    return fields.get("access", "public") != "public" and (
        not opens or date.fromisoformat(opens) > CLOCK
    )


def _person(fields: Fields, _slug: str) -> Fields:
    return fields | {
        "title": fields["name"],
        "linkTitle": fields["sort_name"],
        "promotions": [str(fields["class_year"])],
    }


def _research(fields: Fields, _slug: str) -> Fields:
    return fields | {"date": f"{fields['date']}-01-01", "year": fields["date"]}


def _nomination(fields: Fields, slug: str) -> Fields:
    sort = "nominations" if fields["kind"] == "nomination" else "distinctions"
    kept = ("person", "organisation", "sources")
    return {name: fields[name] for name in kept} | {
        "title": fields["position"],
        "date": f"{fields['date']}-01",
        "when": fields["date"],
        "annees": [fields["date"][:4]],
        "sortes": [sort],
        "slug": slug,
    }


def _event(fields: Fields, _slug: str) -> Fields:
    return fields | {"date": fields["start"].partition("T")[0], "start": f"{fields['start']}:00"}


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("content", type=Path)
    parser.add_argument("site", type=Path)
    options = parser.parse_args()
    Translation(options.content, options.site).write()


if __name__ == "__main__":
    main()
