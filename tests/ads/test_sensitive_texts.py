"""The judge of texts that no advertiser wants to stand beside."""

import subprocess
import sys
from pathlib import Path

import pytest

from bench.sensitive.measure import measure, measure_long
from bench.sensitive.passages import PASSAGES, passages
from plugins.ads.sensitive.judge import Judge, judge_in
from plugins.ads.sensitive.lexicon import CLASSES, Lexicon
from plugins.ads.sensitive.model import Model

ROOT = Path(__file__).parents[2]
DEVELOPMENT = passages(ROOT / PASSAGES / "development")
ORDINARY = "La turbine oriente ses pales selon le débit de la rivière, et l’atelier en livre. "
PAINFUL = (
    "Le lieutenant fut tué par un obus devant la tranchée ; ses camarades, mortellement blessés, "
    "agonisèrent toute la nuit entre les lignes, et on les enterra au cimetière du front. "
)


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge.load()


def test_a_painful_text_has_a_class_and_the_words_that_gave_it(judge: Judge) -> None:
    verdict = judge.judge_text(PAINFUL)
    assert verdict.class_ in ("war", "death")
    assert {"tué", "obus", "cimetière", "tranchée"} & set(verdict.words)
    assert verdict.score > 0


def test_an_ordinary_text_has_neither(judge: Judge) -> None:
    verdict = judge.judge_text(ORDINARY)
    assert (verdict.class_, verdict.words) == (None, ())
    assert verdict.score < 0


@pytest.mark.parametrize("text", ["", "le", "À la", "1887", "Bicorne"])
def test_a_text_of_nearly_no_words_is_not_excluded(judge: Judge, text: str) -> None:
    assert judge.judge_text(text).class_ is None


@pytest.mark.parametrize(
    "text",
    [
        "La mort thermique de l’Univers suit du second principe de la thermodynamique.",
        "Le fusil à électrons du microscope éclaire un échantillon que l’on refroidit.",
        "La fatigue des métaux se mesure au laboratoire sur des éprouvettes.",
        "La bataille des normes oppose deux fabricants de prises de courant.",
    ],
)
def test_a_figure_of_speech_is_not_painful(judge: Judge, text: str) -> None:
    assert judge.judge_text(text).class_ is None


def test_one_painful_passage_excludes_a_long_text(judge: Judge) -> None:
    long = ORDINARY * 20 + PAINFUL * 2 + ORDINARY * 20
    assert judge.judge_text(ORDINARY * 40).class_ is None
    assert judge.judge_text(long).class_ is not None


def test_the_end_of_a_long_text_is_read_too(judge: Judge) -> None:
    assert judge.judge_text(ORDINARY * 31 + PAINFUL * 2).class_ is not None


def test_only_french_texts_are_judged() -> None:
    assert judge_in("fr-CA")
    assert judge_in("en") is None


def test_the_same_words_have_the_same_verdict_each_time(judge: Judge) -> None:
    text = PAINFUL + ORDINARY
    assert judge.judge_text(text) == judge.judge_text(text) == Judge.load().judge_text(text)


def test_training_again_writes_the_weights_that_are_shipped(tmp_path: Path) -> None:
    again = tmp_path / "weights.tsv"
    command = (sys.executable, "-m", "bench.sensitive.train", "--output", str(again))
    subprocess.run(command, cwd=ROOT, check=True)
    assert again.read_bytes() == (ROOT / "plugins/ads/sensitive/weights.tsv").read_bytes()


def test_weights_are_read_back_as_they_are_written() -> None:
    model = Model.load()
    assert Model.parse(model.text()) == model


def test_every_expression_has_two_words_at_least_and_a_list_that_is_known() -> None:
    for expression, name in Lexicon.load().expressions.items():
        assert len(expression) >= 2, expression
        assert name in (*CLASSES, "figure")


def test_no_passage_stands_in_two_parts() -> None:
    held = passages(ROOT / PASSAGES / "held")
    training = passages(ROOT / PASSAGES / "training")
    texts = [passage.text for passage in (*held, *DEVELOPMENT, *training)]
    assert len(texts) == len(set(texts))


def test_parts_are_large_and_every_class_is_in_each() -> None:
    held = passages(ROOT / PASSAGES / "held")
    training = passages(ROOT / PASSAGES / "training")
    assert len(training) >= 900
    assert len(held) >= 200
    for part in (held, DEVELOPMENT, training):
        assert {passage.label for passage in part} == {*CLASSES, "harmless", "traps"}


def test_long_texts_are_excluded_for_what_is_painful_in_them(judge: Judge) -> None:
    painful, ordinary, one_passage = measure_long(judge, DEVELOPMENT)
    assert painful.share >= 0.9
    assert ordinary.share <= 0.05
    assert one_passage.share >= 0.5


@pytest.mark.parametrize(("part", "painful_share"), [("development", 0.97), ("held", 0.98)])
def test_painful_passages_are_excluded_and_few_harmless_ones(
    judge: Judge, part: str, painful_share: float
) -> None:
    """Half of the harmless ones are traps: painful words in harmless sentences."""
    measured = {one.label: one for one in measure(judge, passages(ROOT / PASSAGES / part))}
    assert measured["all painful"].share >= painful_share
    assert measured["all harmless"].share <= 0.05
