"""A build with errors tells them all, in order, and publishes nothing."""

import hashlib
from pathlib import Path

from magazine_factory import MagazineFactory
from refused import refused

LA_TACHE = "issues/12-lumiere/la-tache.md"


def _fingerprints(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_errors_of_every_sort_are_told_at_once_by_path_then_line(
    magazine: MagazineFactory,
) -> None:
    body = "Un [lien](#rien).\n\nUn autre [lien](people:nul).\n\n![](absente.png)\n"
    magazine.article("articles/a.md", date="2026-02-30", section="jardinage")
    magazine.article("articles/b.md", body=body, titre="B")
    magazine.article("articles/c.md", body=body, authors=["personne"])
    magazine.write("autre/x.md", "---\n---\n")
    magazine.write("pages/b.md", "titre: rien\n")
    magazine.entry("pages/numeros.md", {"title": "Numéros", "description": "Une page."})
    magazine.write("people/x.md", b"---\nname: \xe9\n---\n")
    told = refused(magazine)
    assert [tuple(one.split(": ")[:2]) for one in told] == [
        ("content/articles/a.md:4", "date"),
        ("content/articles/a.md:5", "section"),
        ("content/articles/b.md:8", "titre"),
        ("content/articles/b.md:11", "link"),
        ("content/articles/b.md:13", "link"),
        ("content/articles/b.md:15", "image"),
        ("content/articles/b.md:15", "image"),
        ("content/articles/c.md:7", "authors"),
        ("content/articles/c.md:10", "link"),
        ("content/articles/c.md:12", "link"),
        ("content/articles/c.md:14", "image"),
        ("content/articles/c.md:14", "image"),
        ("content/autre/x.md:1", "path"),
        ("content/pages/b.md:1", "front matter"),
        ("content/pages/numeros.md:1", "slug"),
        ("content/people/x.md:2", "encoding"),
    ]


def test_the_editor_is_told_in_french_where_the_terminal_is_french(
    magazine: MagazineFactory,
) -> None:
    magazine.replace(LA_TACHE, '"sciences"', '"scienses"')
    result = magazine.build(LANG="fr_FR.UTF-8")
    assert result.exit_code == 1
    assert result.lines == [
        f"content/{LA_TACHE}:5: section: rubrique inconnue « scienses » "
        "(vouliez-vous dire sciences ?)",
        "1 problème(s) ; rien n’est publié.",
    ]


def test_a_refused_build_leaves_the_published_site_as_it_was_byte_for_byte(
    magazine: MagazineFactory,
) -> None:
    assert magazine.build().exit_code == 0
    published = _fingerprints(magazine.output)
    magazine.replace(LA_TACHE, "Prenez un disque rond", "Prenez un [disque](#rien) carré")
    assert magazine.build().exit_code == 1
    assert _fingerprints(magazine.output) == published
    magazine.replace(LA_TACHE, "](#rien)", "](people:emilie-aubrac)")
    assert magazine.build().exit_code == 0
    assert _fingerprints(magazine.output) != published


def test_a_refused_build_leaves_no_unfinished_site_behind(magazine: MagazineFactory) -> None:
    before = _fingerprints(magazine.content)
    magazine.replace(LA_TACHE, '"sciences"', '"scienses"')
    assert magazine.build().exit_code == 1
    assert not [path for path in magazine.root.iterdir() if path.is_dir() and "output" in path.name]
    assert _fingerprints(magazine.content).keys() == before.keys()


def test_a_setting_that_does_not_exist_is_told_without_a_traceback(
    magazine: MagazineFactory,
) -> None:
    result = magazine.build(settings={"MAGAZINE": {"taglin": "La revue"}})
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.lines == ["MAGAZINE: unknown setting “taglin” (did you mean tagline?)"]
    assert not magazine.output.exists()


def test_a_published_build_says_where_and_how_much(magazine: MagazineFactory) -> None:
    result = magazine.build()
    assert result.exit_code == 0
    line = result.lines[-1]
    assert line.startswith("Published: ")
    assert str(magazine.output) in line
