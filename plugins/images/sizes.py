"""Size arithmetic, on whole pixels."""

WIDTHS_PX = (320, 640, 960, 1280, 1600)
"""Widths that layouts ask for: a phone at 1× and 2×, the measure, a wide figure at 1× and 2×."""


def widths_for(width_px: int) -> tuple[int, ...]:
    """The widths to make from an image of ``width_px``: never enlarged, its own if small."""
    largest = min(width_px, WIDTHS_PX[-1])
    return (*(w for w in WIDTHS_PX if w < largest), largest)


def scaled_height(width_px: int, height_px: int, to_width_px: int) -> int:
    """The height at another width, at least one pixel."""
    return max(1, round(height_px * to_width_px / width_px))
