import pytest
from gated_magazine import gated_magazine
from magazine_factory import Result

SIGNS = "R&D, <b>a</b> < b ]]> c"


@pytest.fixture(scope="session")
def fed(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """Build a magazine with gated articles, and one whose words are hard on XML."""
    magazine = gated_magazine(tmp_path_factory.mktemp("fed"))
    text = f"Le texte dit `{SIGNS}`, voir [la note](#note-n) et [Émilie](people:emilie-aubrac)"
    magazine.article(
        "articles/2026/signes.md",
        f"{text}[^n].\n\n![Un disque](disque.png)\n\n[^n]: Une note.\n",
        title=SIGNS,
        standfirst=f"{SIGNS}, dit le chapeau.",
        section="histoire",
        date="2026-11-20",
        corrections=[{"date": "2026-11-21", "text": "Une coquille."}],
    )
    magazine.image("articles/2026/disque.png", seed=8)
    result = magazine.build()
    assert result.exit_code == 0, result.stderr
    return result
