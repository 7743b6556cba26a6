import pytest
from gated_magazine import gated_magazine
from magazine_factory import Result


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """Build a magazine that holds a page of every kind that search knows."""
    magazine = gated_magazine(tmp_path_factory.mktemp("indexed"))
    named = {"themes": ["optique", "hasard"], "people": ["emilie-aubrac"]}
    research = {"title": "Les ombres", "standfirst": "Un résultat.", "date": "1889-05"}
    magazine.entry("research/ombres.md", research | named | {"laboratory": "Un phare"}, "Le texte.")
    event = {"title": "La veillée", "start": "2027-03-14", "group": "Amis", "description": "Soir."}
    magazine.entry("events/veillee.md", event | {"themes": ["optique"]}, "On veillera.")
    about = {"title": "À propos", "description": "La revue."}
    magazine.entry("pages/a-propos.md", about, "Qui nous sommes.")
    result = magazine.build()
    assert result.exit_code == 0, result.stderr
    return result
