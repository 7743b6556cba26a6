"""A text loads nothing and runs nothing: what would is refused where it stands."""

import pytest
from magazine_factory import MagazineFactory

REFUSED = {
    "script": "<script>alert(1)</script>",
    "iframe": '<iframe src="https://example.org/"></iframe>',
    "onclick": '<div onclick="x()">texte</div>',
    "src": '<video src="https://example.org/film.mp4"></video>',
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_run_or_load_something_is_refused(magazine: MagazineFactory, name: str) -> None:
    magazine.article("issues/12-lumiere/la-tache.md", f"Un texte.\n\n{REFUSED[name]}\n")
    line = magazine.line_of("issues/12-lumiere/la-tache.md", REFUSED[name])
    built = magazine.build()
    assert built.exit_code == 1
    told = f"content/issues/12-lumiere/la-tache.md:{line}: body: “{name}” is not allowed in a text"
    assert any(said.startswith(told) for said in built.lines), built.stderr


def test_code_that_shows_a_script_is_a_text_like_another(magazine: MagazineFactory) -> None:
    magazine.article("issues/12-lumiere/la-tache.md", "Écrire `<script>` ne l'exécute pas.\n")
    assert magazine.build(settings={"PLUGINS": ["plugins.magazine"]}).exit_code == 0
