"""Bookings for a test magazine."""

from approving import approve
from magazine_factory import MagazineFactory

from plugins.magazine.anchors import anchor

BOOKING = {
    "campaign": "Automne",
    "status": "approved",
    "kind": "paid",
    "start": "2026-11-01",
    "end": "2026-12-31",
    "placements": ["article", "list"],
}


def book(
    magazine: MagazineFactory,
    advertiser: str,
    sizes: tuple[str, ...] = ("300x250",),
    scale: int = 1,
    brief: str = "Une note pour la rédaction.",
    **fields: object,
) -> str:
    """Add an advertiser's booking, its creatives drawn at their size; returns its file.

    One that is written as approved is approved as it stands.
    """
    slug = anchor(advertiser)
    creatives = []
    for n, size in enumerate(sizes):
        width, height = (scale * int(side) for side in size.split("x"))
        name = f"{slug}-{size}.png"
        magazine.image(f"ads/{slug}/{name}", (width, height), seed=sum(slug.encode()) + n)
        alt, link = f"{advertiser} en {size}", f"https://example.org/{slug}?a=1&b=2"
        creatives.append({"file": name, "size": size, "alt": alt, "link": link})
    promise = {"goal": 20_000} if fields.get("kind", "paid") == "paid" else {}
    written: dict[str, object] = (
        BOOKING | promise | {"advertiser": advertiser, "creatives": creatives} | fields
    )
    path = f"ads/{slug}/booking.md"
    magazine.entry(path, written, f"{brief}\n")
    if written["status"] == "approved" and "approval" not in written:
        approve(magazine, path)
    return path
