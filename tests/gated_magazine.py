"""A magazine with an issue for subscribers, and sentences that must stay in it."""

from io import BytesIO
from pathlib import Path

from magazine_factory import ISSUE, MagazineFactory
from PIL import Image

SEALED = "/numeros/13-ombres/scellee/"
"""The article that holds every planted sentence."""

PLANTED = {
    "paragraph": "Le gardien du phare rangeait ses carnets sous la troisième marche de pierre.",
    "footnote": "Le notaire de Brest a compté dix-sept lampes dans cet inventaire oublié.",
    "caption": "Une coupole vernie où le verre dépoli attrape la buée du matin.",
    "credit": "Photographie confiée par la veuve du capitaine Anselme Kervadec en octobre.",
    "alternative text": "Un escalier de fonte monte vers une lanterne dont trois vitres manquent.",
    "table cell": "Vingt-deux barils d'huile de colza livrés par le caboteur Sainte-Ursule.",
    "code": "allumer lanterne nord puis compter onze battements avant la cloche du soir",
    "link title": "Registre manuscrit des veilleurs tenu pendant quarante hivers sans une rature.",
    "heading": "Comment la mèche double fut cachée aux ingénieurs du continent",
    "definition": "Anneau de bronze qui empêche la flamme jumelle de lécher le verre froid.",
    "blockquote": "Nous avons menti aux navires un seul soir et ce soir suffit.",
    "list item": "Une clef rouillée pendue derrière le baromètre de la chambre haute.",
    "inline code": "verrou tourné deux fois vers la gauche sous la plaque gravée",
    "correction": "Le carnet datait de mars et non de septembre comme nous le pensions.",
    "source": "Inventaire des feux et fanaux de la côte sauvage dressé par un anonyme",
    "image metadata": "Cliché pris depuis la galerie interdite par un enfant de onze ans.",
    "public image metadata": "La relève arriva trop tard pour voir la lampe brisée du sud.",
}
"""Gated sentences by the place that they stand in, of one sort each."""

PREVIEW = "On entre par une porte basse, et l'ombre vous prend à l'épaule."
FILLER = "Personne ne descendait au niveau {n} sans que le veilleur {n} ne le note aussitôt."


def body() -> str:
    """The text of the article: a preview, the mark, a long rest with three headings."""
    said = PLANTED
    filler = "\n\n".join(
        " ".join(FILLER.format(n=n + k) for k in range(8)) for n in range(0, 72, 8)
    )
    return f"""{PREVIEW}

![Deux disques pâles](partagee.png)

Le [plan public](plan.txt) se demande au gardien, note à l'appui[^entree].

<!-- more -->

{said["paragraph"]} Il y revenait[^notaire]. {said["public image metadata"]}

## {said["heading"]}

![{said["alternative text"]}](reservee.jpg "{said["caption"]} | {said["credit"]}")

![Deux disques pâles, encore](partagee.png)

{filler}

## Le registre des veilleurs du soir

| Livraison | Date |
|---|---|
| {said["table cell"]} | 1874 |

Voir le [registre](registre.pdf "{said["link title"]}") et le [plan public](plan.txt).

    {said["code"]}

Tapez `{said["inline code"]}` sans attendre.

## La fin de la veillée du soir

Virole
:   {said["definition"]}

> {said["blockquote"]}

- {said["list item"]}
- Une autre.

[^entree]: La porte mesure un mètre et demi.
[^notaire]: {said["footnote"]}
"""


def photograph(size: tuple[int, int], description: str) -> bytes:
    """A JPEG that says something of itself, as cameras and agencies write it."""
    exif = Image.Exif()
    exif[0x010E] = description.encode()
    file = BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(file, "JPEG", exif=exif)
    return file.getvalue()


def write_gated_issue(magazine: MagazineFactory) -> None:
    """Add an issue for subscribers: sealed, open, registered, opened and late articles."""
    articles = ["scellee", "libre", "inscrits", "ouverte", "tardive", "sans-marque"]
    issue = {"number": 13, "title": "Les ombres", "articles": articles, "date": "2026-11-15"}
    gate = {"access": "subscriber", "opens": "2027-11-01"}
    magazine.entry("issues/13-ombres/issue.md", ISSUE | issue | gate, "Un éditorial libre.\n")
    magazine.image("issues/13-ombres/cover.png", (400, 560), seed=2)
    _write_files(magazine)
    magazine.article(
        "issues/13-ombres/scellee.md",
        body(),
        title="La chambre scellée",
        image={"file": "plan.jpg", "alt": "Un dégradé", "credit": "Archives du phare"},
        corrections=[{"date": "2026-11-20", "text": PLANTED["correction"]}],
        sources=[{"title": PLANTED["source"], "url": "https://example.org/inventaire"}],
        people=["emilie-aubrac"],
        ads="checked",
    )
    _write_neighbours(magazine)


def _write_files(magazine: MagazineFactory) -> None:
    folder = "issues/13-ombres"
    described = photograph((700, 500), PLANTED["public image metadata"])
    magazine.write(f"{folder}/plan.jpg", described)
    magazine.write(f"{folder}/reservee.jpg", photograph((800, 600), PLANTED["image metadata"]))
    magazine.image(f"{folder}/partagee.png", (640, 480), seed=5)
    magazine.write(f"{folder}/registre.pdf", b"%PDF-1.4\n% un registre\n%%EOF\n")
    magazine.write(f"{folder}/plan.txt", "Plan public du phare.\n")


def _write_neighbours(magazine: MagazineFactory) -> None:
    long = "\n\n".join(FILLER.format(n=n) for n in range(100, 130))
    closed = f"Une entrée courte.\n\n<!-- more -->\n\n{long}\n"
    folder = "issues/13-ombres"
    magazine.article(f"{folder}/libre.md", access="public", title="Un article libre")
    magazine.article(f"{folder}/inscrits.md", closed, access="registered", title="Pour inscrits")
    magazine.article(f"{folder}/ouverte.md", closed, opens="2026-11-22", title="Ouverte ce jour")
    magazine.article(f"{folder}/tardive.md", closed, opens="2026-11-23", title="Ouverte demain")
    magazine.article(f"{folder}/sans-marque.md", long.replace("niveau", "palier"), title="Palier")


def gated_magazine(root: Path) -> MagazineFactory:
    """A magazine with both issues."""
    magazine = MagazineFactory(root)
    write_gated_issue(magazine)
    return magazine
