"""The articles' figures, computed and drawn: one function a figure, 1600 px wide."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from PIL import Image

from desk.figures.fresnel import draw_fresnel_spot
from desk.figures.koch import draw_koch_curve
from desk.figures.lens import draw_stepped_lens
from desk.figures.logistic import draw_sensitivity
from desk.figures.mandelbrot import draw_mandelbrot
from desk.figures.planets import draw_neptune_orbit
from desk.figures.railways import draw_legrand_star
from desk.figures.semaphore import draw_chappe_signals
from desk.figures.wheel import draw_toothed_wheel
from plugins.cards.encoding import house_palette, png

FIGURES: Mapping[str, Callable[[], Image.Image]] = MappingProxyType(
    {
        "issues/812-lumiere/tache-de-fresnel.png": draw_fresnel_spot,
        "issues/812-lumiere/lentille-a-echelons.png": draw_stepped_lens,
        "issues/812-lumiere/disque-de-cornu.png": draw_toothed_wheel,
        "issues/811-reseaux/etoile-de-legrand.png": draw_legrand_star,
        "issues/811-reseaux/alphabet-chappe.png": draw_chappe_signals,
        "issues/806-hasard/sensibilite.png": draw_sensitivity,
        "issues/806-hasard/orbite-de-neptune.png": draw_neptune_orbit,
        "issues/806-hasard/mandelbrot.png": draw_mandelbrot,
        "issues/806-hasard/cote-de-koch.png": draw_koch_curve,
    }
)


def write_figure(content: Path, name: str) -> Path:
    """Draw one figure of `FIGURES` below the content folder; return its file."""
    target = content / name
    image = FIGURES[name]().quantize(palette=house_palette(), dither=Image.Dither.NONE)
    target.write_bytes(png(image))
    return target
