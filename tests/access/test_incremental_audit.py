"""The audit reads what a build has changed, and all of it where something was closed."""

from magazine_factory import MagazineFactory
from published import with_plugin

ARTICLE = "articles/le-phare.md"
SENTENCE = "Le veilleur rangeait chaque soir ses dix-sept lampes derrière la porte basse."
BODY = f"On entre par une porte.\n\n<!-- more -->\n\n{SENTENCE}\n"

STALE = """
from pathlib import Path
from pelican import signals
from pelican.generators import Generator
from plugins.press.plan import Leaf

class Copies(Generator):
    stage = 90
    def generate_output(self, writer):
        source = Path(self.settings["PATH"], "articles/le-phare.md")
        leaf = Leaf("public/copie.txt", b"always the same", source.read_bytes)
        self.context["plan"].add(leaf)

def _copies(press):
    return Copies

def register():
    signals.get_generators.connect(_copies)
"""
"""Plans a copy of an article under a key that says nothing of it."""


def test_a_kept_file_that_holds_a_text_closed_since_stops_the_build(
    magazine: MagazineFactory,
) -> None:
    magazine.article(ARTICLE, body=BODY)
    settings = with_plugin(magazine, STALE)
    assert magazine.build(settings=settings).exit_code == 0
    magazine.article(ARTICLE, body=BODY, access="subscriber")
    refused = magazine.build(settings=settings)
    assert refused.exit_code == 1
    assert "copie.txt: gated text of /articles/le-phare/" in refused.stderr
    assert SENTENCE in (magazine.output / "public/copie.txt").read_text("utf-8")  # as it was


def test_a_kept_file_that_holds_a_passage_that_was_moved_behind_the_gate_stops_the_build(
    magazine: MagazineFactory,
) -> None:
    magazine.article("articles/le-coffre.md", body="On ouvre.\n\n<!-- more -->\n\nRien.\n")
    magazine.replace("articles/le-coffre.md", "section:", 'access: "subscriber"\nsection:')
    magazine.article(ARTICLE, body=BODY)
    settings = with_plugin(magazine, STALE)
    assert magazine.build(settings=settings).exit_code == 0
    magazine.replace("articles/le-coffre.md", "Rien.", SENTENCE)
    magazine.article(ARTICLE, body="On entre par une porte.\n")
    refused = magazine.build(settings=settings)
    assert refused.exit_code == 1
    assert "copie.txt: gated text of /articles/le-coffre/" in refused.stderr


def test_an_article_that_says_what_every_page_says_gives_nothing_away(
    magazine: MagazineFactory,
) -> None:
    said = "Lire tous les numéros : ce que comprend l’abonnement."
    magazine.article(ARTICLE, body=f"Un début.\n\n<!-- more -->\n\n{said}\n", access="subscriber")
    result = magazine.build()
    assert result.exit_code == 0, result.stderr
    assert "comprend l’abonnement" in result.public("/")
