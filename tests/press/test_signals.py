"""Pelican's own signals fire, so that plugins written for Pelican go on working."""

import json
from pathlib import Path

from magazine_factory import MagazineFactory
from published import with_plugin

LISTENING_PLUGIN = """
import json
from pathlib import Path
from pelican import signals

heard = {"content_written": [], "feed_written": [], "others": []}

def content_written(path, context):
    heard["content_written"].append([path, Path(path).stat().st_size, context["SITENAME"]])

def feed_written(path, context, feed):
    heard["feed_written"].append([path, Path(path).stat().st_size, context["SITENAME"]])

def initialized(pelican):
    heard["others"].append("initialized")

def all_generators_finalized(generators):
    heard["others"].append("all_generators_finalized")

def finalized(pelican):
    heard["others"].append("finalized")
    Path("heard.json").write_text(json.dumps(heard))

def register():
    signals.content_written.connect(content_written)
    signals.feed_written.connect(feed_written)
    signals.initialized.connect(initialized)
    signals.all_generators_finalized.connect(all_generators_finalized)
    signals.finalized.connect(finalized)
"""


def test_content_written_and_feed_written_fire_for_every_file(magazine: MagazineFactory) -> None:
    result = magazine.build(settings=with_plugin(magazine, LISTENING_PLUGIN))
    assert result.exit_code == 0
    heard = json.loads((magazine.root / "heard.json").read_text())
    aside = magazine.output.with_name(".output.next")
    pages = {str(Path(path).relative_to(aside)) for path, _, _ in heard["content_written"]}
    feeds = {str(Path(path).relative_to(aside)) for path, _, _ in heard["feed_written"]}
    assert pages == {str(p.relative_to(result.output)) for p in result.output.rglob("*.html")}
    published_feeds = (result.output / "public" / "flux").rglob("*.xml")
    assert feeds == {str(p.relative_to(result.output)) for p in published_feeds}
    assert heard["others"] == ["initialized", "all_generators_finalized", "finalized"]
    for _, size, name in heard["content_written"] + heard["feed_written"]:
        assert size > 0  # the file is there when the signal is sent
        assert name == "La Gazette du bicorne"


def test_what_a_plugin_writes_on_a_signal_is_published(magazine: MagazineFactory) -> None:
    source = """
from pathlib import Path
from pelican import signals

def finalized(pelican):
    Path(pelican.output_path, "public", "humans.txt").write_text("Émilie Aubrac")

def register():
    signals.finalized.connect(finalized)
"""
    result = magazine.build(settings=with_plugin(magazine, source))
    assert result.public("/humans.txt") == "Émilie Aubrac"
