"""A small magazine with something of everything, and the edits that editors make to it."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from approving import approve
from every_kind import write_every_kind
from gated_magazine import write_gated_issue
from magazine_factory import (
    ARTICLE,
    ISSUE,
    NOW,
    PERSON,
    REPOSITORY,
    TAXONOMY,
    MagazineFactory,
    Result,
)

DAY_SECONDS = 86_400
BODY = """\
Un texte numéro {n}, avec [un renvoi](la-tache.md) et une note[^a]. X1873 y était.

![Un disque](disque.png "Une légende | Un crédit {n}")

Voir aussi le [relevé](releve.txt).

<!-- more -->

La suite du texte {n}, que tous les lecteurs n'ont pas le droit de lire avant son ouverture.

[^a]: Une note au bas du texte {n}.
"""
BOOKING = {
    "advertiser": "Aux lampes",
    "campaign": "Automne",
    "status": "approved",
    "kind": "paid",
    "start": "2026-11-01",
    "end": "2026-12-31",
    "placements": ["article", "list", "home"],
    "creatives": [
        {"file": "300.png", "size": "300x250", "alt": "Des lampes", "link": "https://example.org/"}
    ],
}
SECTIONS, THEMES = ("sciences", "histoire"), ("optique", "hasard", "energie")
ISSUE_FOLDERS = ("issues/12-lumiere", "issues/13-ombres")
LOOSE = "articles/2026"


@dataclass
class Draft:
    """The magazine, and all else that a build is told: settings, theme, the clock."""

    magazine: MagazineFactory
    settings: dict[str, object] = field(default_factory=dict)
    now: int = NOW
    theme_is_ours: bool = False
    articles: dict[str, dict[str, object]] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    orders: dict[str, list[str]] = field(default_factory=dict)

    def build(self) -> Result:
        """Build the magazine with all that it is told."""
        return self.magazine.build(settings=self.settings, SOURCE_DATE_EPOCH=str(self.now))

    @classmethod
    def of(cls, root: Path) -> "Draft":
        draft = cls(MagazineFactory(root))
        magazine = draft.magazine
        write_every_kind(magazine)
        write_gated_issue(magazine)
        shutil.rmtree(magazine.content / "issues" / "13-ombres")
        magazine.image(f"{ISSUE_FOLDERS[1]}/cover.png", (56, 80), seed=2)
        magazine.image(f"{ISSUE_FOLDERS[0]}/cover.png", (56, 80), seed=1)
        magazine.image("ads/lampes/300.png", (300, 250), seed=3)
        magazine.entry("ads/lampes/booking.md", BOOKING)
        approve(magazine, "ads/lampes/booking.md")
        magazine.entry("people/jean-brisset.md", PERSON | NEIGHBOUR, "Il dessina des lentilles.\n")
        for folder in ISSUE_FOLDERS:
            draft.orders[folder] = []
            for n in range(3):
                draft.add(f"{folder}/article-{n}.md", n)
        for n in range(3, 6):
            draft.add(f"{LOOSE}/article-{n}.md", n)
        return draft

    def add(self, path: str, n: int) -> None:
        """A new article, with the image and the download that its text shows."""
        chosen = {
            "title": f"L'article {n}",
            "date": f"2026-11-{n % 20 + 1:02}",
            "section": SECTIONS[n % 2],
            "themes": [THEMES[n % 3]],
            "authors": ["jean-brisset" if n % 2 else "emilie-aubrac"],
        }
        folder = path.rpartition("/")[0]
        self.magazine.image(f"{folder}/disque.png", (64, 48), seed=n)
        self.magazine.write(f"{folder}/releve.txt", f"Relevé de {folder}.\n")
        self.articles[path] = ARTICLE | chosen
        self.bodies[path] = BODY.format(n=n).replace("(la-tache.md)", "(/numeros/12-lumiere/)")
        if folder in self.orders:
            self.orders[folder].append(Path(path).stem)
            self.write_issue(folder)
        self.save(path)

    def remove(self, path: str) -> None:
        folder = path.rpartition("/")[0]
        (self.magazine.content / path).unlink()
        del self.articles[path], self.bodies[path]
        if folder in self.orders:
            self.orders[folder].remove(Path(path).stem)
            self.write_issue(folder)

    def change(self, path: str, **fields: object) -> None:
        kept = self.articles[path] | fields
        self.articles[path] = {name: value for name, value in kept.items() if value is not None}
        self.save(path)

    def save(self, path: str) -> None:
        self.magazine.entry(path, self.articles[path], self.bodies[path])

    def write_issue(self, folder: str, **fields: object) -> None:
        number, _, title = folder.removeprefix("issues/").partition("-")
        others = {"number": int(number), "title": title.title(), "articles": self.orders[folder]}
        if number == "13":
            others |= {"access": "subscriber", "opens": "2027-11-01", "date": "2026-11-15"}
        self.magazine.entry(f"{folder}/issue.md", ISSUE | others | fields, "Un éditorial.\n")

    def any_article(self, n: int) -> str:
        return sorted(self.articles)[n % len(self.articles)]

    def theme(self) -> Path:
        """A copy of the theme, for this magazine alone."""
        theme = self.magazine.root / "theme"
        if not self.theme_is_ours:
            shutil.copytree(REPOSITORY / "theme", theme)
            self.settings["THEME"] = str(theme)
            self.theme_is_ours = True
        return theme

    def setting(self, name: str, value: object) -> None:
        magazine = self.settings.setdefault("MAGAZINE", {"interface_lang": "fr"})
        assert isinstance(magazine, dict)
        magazine[name] = value


NEIGHBOUR = {"name": "Jean Brisset", "sort_name": "Brisset, Jean", "class_year": 1874}

Edit = Callable[[Draft, int], None]


def edit_body(draft: Draft, n: int) -> None:
    path = draft.any_article(n)
    draft.bodies[path] += f"\nUn paragraphe ajouté pour la fois {n}, que le lecteur lira.\n"
    draft.save(path)


def open_body(draft: Draft, n: int) -> None:
    """The mark goes: the preview of a gated text is what its first words are."""
    path = draft.any_article(n)
    draft.bodies[path] = draft.bodies[path].replace("<!-- more -->\n\n", "")
    draft.save(path)


def edit_title(draft: Draft, n: int) -> None:
    draft.change(draft.any_article(n), title=f"Un titre retouché {n}")


def edit_standfirst(draft: Draft, n: int) -> None:
    draft.change(draft.any_article(n), standfirst=f"Un chapeau retouché {n}.")


def edit_slug(draft: Draft, n: int) -> None:
    path = draft.any_article(n)
    folder, slug = path.rpartition("/")[0], f"autre-{n}"
    if folder in draft.orders:
        return rename(draft, n)
    return draft.change(path, slug=slug)


def rename(draft: Draft, n: int) -> None:
    path = draft.any_article(n)
    folder, name = path.rpartition("/")[0], f"renomme-{n}"
    if f"{folder}/{name}.md" not in draft.articles:
        _move(draft, path, f"{folder}/{name}.md")


def move_elsewhere(draft: Draft, n: int) -> None:
    path = draft.any_article(n)
    folder = next(f for f in (*ISSUE_FOLDERS, LOOSE) if f != path.rpartition("/")[0])
    target = f"{folder}/{Path(path).stem}.md"
    if target not in draft.articles:
        _move(draft, path, target)


def _move(draft: Draft, path: str, target: str) -> None:
    fields, body = draft.articles[path], draft.bodies[path]
    draft.remove(path)
    draft.add(target, len(target))
    draft.articles[target], draft.bodies[target] = fields, body
    draft.save(target)


def edit_date(draft: Draft, n: int) -> None:
    draft.change(draft.any_article(n), date=str(date(2024, 1, 1) + timedelta(days=n * 9)))


def edit_themes(draft: Draft, n: int) -> None:
    themes = [THEMES[n % 3], THEMES[(n + 1) % 3]][: n % 2 + 1]
    draft.change(draft.any_article(n // 2), themes=themes)


def edit_section(draft: Draft, n: int) -> None:
    draft.change(draft.any_article(n // 2), section=SECTIONS[n % 2])


def edit_access(draft: Draft, n: int) -> None:
    access = (None, "public", "registered", "subscriber")[n % 4]
    opens = (None, "2026-11-30", "2026-11-20")[n % 3] if access else None
    draft.change(draft.any_article(n // 4), access=access, opens=opens)


def edit_authors(draft: Draft, n: int) -> None:
    authors = ["emilie-aubrac", "jean-brisset", "la-redaction"][n % 3 :]
    people = [None, ["jean-brisset"], ["emilie-aubrac", "jean-brisset"]][n % 3]
    draft.change(draft.any_article(n // 3), authors=authors, people=people)


def correct(draft: Draft, n: int) -> None:
    correction = {"date": f"2026-11-{n % 20 + 1:02}", "text": f"Une correction {n}."}
    draft.change(draft.any_article(n), corrections=[correction], sources=[{"title": f"Livre {n}"}])


def change_genre(draft: Draft, n: int) -> None:
    genre = ("obituary", "interview", "article")[n % 3]
    draft.change(draft.any_article(n // 3), genre=genre, ads=("allowed", "none")[n % 2])


def edit_person(draft: Draft, n: int) -> None:
    fields = NEIGHBOUR | ({"name": f"Jean B. {n}"}, {"class_year": 1873}, {"died": "1933"})[n % 3]
    draft.magazine.entry("people/jean-brisset.md", PERSON | fields, f"Une vie, fois {n}.\n")


def add_person(draft: Draft, n: int) -> None:
    fields = {"name": f"Anne {n}", "sort_name": f"Anne {n}", "class_year": 1700 + n}
    draft.magazine.entry(f"people/anne-{n}.md", PERSON | fields)


def reorder_issue(draft: Draft, n: int) -> None:
    folder = ISSUE_FOLDERS[n % 2]
    draft.orders[folder].reverse()
    draft.write_issue(folder)


def edit_issue(draft: Draft, n: int) -> None:
    changed: dict[str, object] = (
        {"title": f"Un numéro {n}"},
        {"access": "public"},
        {"number": 40 + n},
        {"date": f"2026-10-{n % 28 + 1:02}"},
    )[n % 4]
    draft.write_issue(ISSUE_FOLDERS[n // 4 % 2], **changed)


def add_article(draft: Draft, n: int) -> None:
    folder = (*ISSUE_FOLDERS, LOOSE)[n % 3]
    if f"{folder}/nouveau-{n}.md" not in draft.articles:
        draft.add(f"{folder}/nouveau-{n}.md", n)


def remove_article(draft: Draft, n: int) -> None:
    if len(draft.articles) > 2:
        draft.remove(draft.any_article(n))


def change_image(draft: Draft, n: int) -> None:
    folder = draft.any_article(n).rpartition("/")[0]
    draft.magazine.image(f"{folder}/disque.png", (64, 48 + n % 2), seed=100 + n)


def change_cover(draft: Draft, n: int) -> None:
    draft.magazine.image(f"{ISSUE_FOLDERS[n % 2]}/cover.png", (56, 80), seed=200 + n)


def add_image(draft: Draft, n: int) -> None:
    path = draft.any_article(n)
    draft.magazine.image(f"{path.rpartition('/')[0]}/portrait.png", (64, 48), seed=n)
    draft.change(path, image={"file": "portrait.png", "alt": f"Un dégradé {n}", "credit": "Moi"})


def remove_images(draft: Draft, n: int) -> None:
    path = draft.any_article(n)
    draft.bodies[path] = "Plus d'image ni de relevé.\n"
    draft.change(path, image=None)


def change_download(draft: Draft, n: int) -> None:
    folder = draft.any_article(n).rpartition("/")[0]
    draft.magazine.write(f"{folder}/releve.txt", f"Relevé refait {n}.\n")


def change_template(draft: Draft, n: int) -> None:
    name = ("article.html", "base.html", "partials/picture.html", "home.html")[n % 4]
    template = draft.theme() / "templates" / name
    if not template.exists():
        template = sorted((draft.theme() / "templates" / "partials").iterdir())[n]
    template.write_text(template.read_text("utf-8") + f"\n<!-- {n} -->\n", "utf-8")


def change_style(draft: Draft, n: int) -> None:
    style = draft.theme() / "static" / "css" / "bundle.txt"
    first = style.with_name(style.read_text("utf-8").split()[0])
    first.write_text(first.read_text("utf-8") + f"\n.edit-{n} {{ color: red }}\n", "utf-8")


def change_script(draft: Draft, n: int) -> None:
    scripts = sorted((draft.theme() / "static" / "js").iterdir())
    script = scripts[n % len(scripts)]
    script.write_text(script.read_text("utf-8") + f"\n// {n}\n", "utf-8")


def change_translation(draft: Draft, n: int) -> None:
    draft.setting("interface_lang", "en")
    catalogue = draft.theme() / "locale" / "en" / "LC_MESSAGES" / "bicorne.po"
    before = catalogue.read_text("utf-8")
    word = ('msgstr "Home', 'msgstr "Articles', 'msgstr "People')[n % 3]
    catalogue.write_text(before.replace(word, f"{word} {n}"), "utf-8")


def change_setting(draft: Draft, n: int) -> None:
    name, value = (
        ("tagline", f"La revue {n}"),
        ("per_page", n % 4 + 2),
        ("odd_wear", "rouge"),
        ("class_prefix", "Y"),
        ("interface_lang", ("fr", "en")[n % 2]),
    )[n % 5]
    draft.setting(name, value)


def change_address(draft: Draft, n: int) -> None:
    name, value = (
        ("URLS", {"article": "/textes/{slug}/"}),
        ("SITEURL", f"https://{n}.example.org"),
        ("SITENAME", f"La Gazette {n}"),
        ("URLS", {}),
    )[n % 4]
    draft.settings[name] = value


def change_taxonomy(draft: Draft, n: int) -> None:
    named = (("Sciences", f"Sciences {n}"), ("Optique", f"Optique {n}"))[n % 2]
    draft.magazine.write("taxonomy.yaml", TAXONOMY.replace(*named))


def change_booking(draft: Draft, n: int) -> None:
    """Suspended, changed and approved, changed by nobody knows whom, as it was."""
    changed = ({"status": "suspended"}, {"themes": ["optique"]}, {"advertiser": f"Lampes {n}"}, {})
    draft.magazine.entry("ads/lampes/booking.md", BOOKING | changed[n % 4])
    if n % 4 != 2:
        approve(draft.magazine, "ads/lampes/booking.md")


def edit_event(draft: Draft, n: int) -> None:
    draft.magazine.replace("events/veillee.md", "On veillera.", f"On veillera {n}.\n\nOn veillera.")


def edit_research(draft: Draft, n: int) -> None:
    draft.magazine.replace("research/ombres.md", "Les ombres", f"Les ombres {n}, Les ombres")


def edit_nomination(draft: Draft, n: int) -> None:
    draft.magazine.replace("nominations/gardienne.md", "Gardienne", f"Gardienne {n} Gardienne")


def edit_page(draft: Draft, n: int) -> None:
    draft.magazine.replace("pages/a-propos.md", "Qui nous", f"Qui {n} nous. Qui nous")


def set_clock(draft: Draft, n: int) -> None:
    """Before and after bookings, an event, openings: 8 and 30 November, January, a year on."""
    days = (0, 1, 8, 9, 40, 112, 113, 344, 345, -14)[n % 10]
    draft.now = NOW + days * DAY_SECONDS


EDITS: dict[str, Edit] = {
    edit.__name__: edit
    for edit in (
        edit_body, open_body, edit_title, edit_standfirst, edit_slug, rename, move_elsewhere,
        edit_date, edit_themes, edit_section, edit_access, edit_authors, correct, change_genre,
        edit_person, add_person, reorder_issue, edit_issue, add_article, remove_article,
        change_image, change_cover, add_image, remove_images, change_download, change_template,
        change_style, change_script, change_translation, change_setting, change_address,
        change_taxonomy, change_booking, edit_event, edit_research, edit_nomination, edit_page,
        set_clock,
    )
}  # fmt: skip
"""Every edit by its name; its number chooses what it changes, and to what."""
