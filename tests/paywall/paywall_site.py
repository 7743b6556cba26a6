"""A small output tree, as the builder would have written it, and what is planted in it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SECRET = "TEXTE-RESERVE-AUX-ABONNES"
PREVIEW = "EXTRAIT-POUR-TOUS"

FRESNEL = "/numeros/812-lumiere/la-tache-de-fresnel/"
CORIOLIS = "/numeros/813-mouvement/la-force-de-coriolis/"
REGISTERED = "/numeros/812-lumiere/pour-les-inscrits/"
OPENED = "/numeros/800-ancien/ouvert-depuis/"
OPENS_LATER = "/numeros/814-futur/ouvre-en-2030/"
NO_ISSUE = "/recherche/hors-numero/"
NO_TWIN = "/numeros/812-lumiere/sans-texte-complet/"
UNKNOWN_ACCESS = "/numeros/812-lumiere/acces-inconnu/"
ACCENTED = "/portraits/cauchy-é/"
OPENS_AT = "2030-01-01T00:00:00Z"

GATED_IMAGE = "/images/3f2a9c01/x-800.avif"
ORPHAN_IMAGE = "/images/4f2a9c01/x-800.avif"
PUBLIC_IMAGE = "/images/5f2a9c01/y-800.avif"

GATED = {
    FRESNEL: {"access": "subscriber", "issue": "812-lumiere", "opens": None},
    CORIOLIS: {"access": "subscriber", "issue": "813-mouvement", "opens": None},
    REGISTERED: {"access": "registered", "issue": "812-lumiere", "opens": None},
    OPENED: {"access": "subscriber", "issue": "800-ancien", "opens": "2020-01-01T00:00:00Z"},
    OPENS_LATER: {"access": "subscriber", "issue": "814-futur", "opens": OPENS_AT},
    NO_ISSUE: {"access": "subscriber", "issue": None, "opens": None},
    NO_TWIN: {"access": "subscriber", "issue": "812-lumiere", "opens": None},
    UNKNOWN_ACCESS: {"access": "patron", "issue": "812-lumiere", "opens": None},
}
FILES = {"/images/3f2a9c01/": [FRESNEL], "/images/4f2a9c01/": ["/page/inconnue/"]}

PUBLIC_FILES = {
    "/theme/style.0a1b2c3d.css": "body{color:#111}" * 200,
    "/theme/plain.css": "body{}",
    "/theme/edition-20261122.css": "body{}",
    "/theme/effacade.css": "body{}",
    "/flux/rss.xml": "<rss/>",
    "/flux/sciences.atom.xml": "<feed/>",
    "/site.webmanifest": "{}",
    "/robots.txt": "User-agent: *\n",
    "/pagefind/pagefind-entry.json": "{}",
    "/pagefind/fragment/fr_1a2b3c4.pf_fragment": "x" * 4000,
    "/pagefind/wasm.fr.pagefind": "x" * 4000,
    "/cartes/article-0a1b2c3d.png": "png",
    "/.well-known/security.txt": "Contact: mailto:x@example.org\n",
    PUBLIC_IMAGE: "avif",
}
PUBLIC_PAGES = ("/", "/connexion/", "/chercher/", ACCENTED)
LARGE_FILE, LARGE_BYTES = "/cartes/grande.bin", 700_001


def write_site(root: Path, *, edition: str = "") -> Path:
    """Write a whole output tree whose every page names its edition."""
    for page in PUBLIC_PAGES:
        write(root / "public", page, f"<p>page {page} {edition}</p>" * 90)
    for path, text in PUBLIC_FILES.items():
        write(root / "public", path, text)
    write(root / "public", "/404.html", f"<p>introuvable {edition}</p>")
    write(root / "public", LARGE_FILE, "0123456789"[:7] * (LARGE_BYTES // 7 + 1), LARGE_BYTES)
    for page in GATED:
        write(root / "public", page, f"<p>{PREVIEW} {page} {edition}</p>" * 60)
        if page != NO_TWIN:
            write(root / "members", page, f"<p>{SECRET} {page} {edition}</p>" * 90)
    for image in (GATED_IMAGE, ORPHAN_IMAGE):
        write(root / "members", image, SECRET)
    write(root / "members", "/jamais-listee/", SECRET)
    write_manifest(root)
    return root


def write_manifest(root: Path, **changes: object) -> None:
    document = {"version": 1, "pages": GATED, "files": FILES} | changes
    (root / "manifest.json").write_text(json.dumps(document, ensure_ascii=False), "utf-8")


def write(tree: Path, path: str, text: str, size: int | None = None) -> Path:
    """Write a page (`/a/b/`) or a file of a tree."""
    file = tree / (path[1:] + "index.html" if path.endswith("/") else path[1:])
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text[:size], "utf-8")
    return file


@contextmanager
def unchanged(root: Path) -> Iterator[Path]:
    """A tree that no test may write in."""
    before = _stamps(root)
    yield root
    assert _stamps(root) == before


def _stamps(root: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in root.rglob("*")}
