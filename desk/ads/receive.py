"""``desk ads receive``: an advertiser's order, as it came by mail, becomes a booking's folder."""

import argparse
import sys
from collections.abc import Collection
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from desk.command import add_command, add_settings
from desk.settings import read_settings
from plugins.images.source import ImageError, SourceImage, inspect
from plugins.magazine.anchors import anchor
from plugins.magazine.edition import as_typed
from plugins.magazine.front_matter import FrontMatterError, read_front_matter
from plugins.magazine.messages import tell
from plugins.magazine.settings import SettingsError

BEGINNING, END = "----- 8< ----- booking.md -----", "----- >8 -----"
"""Lines around the file in the service's mail (`paywall/mail/templates/booking.txt`)."""

DRAFT, FILE = "_booking.md", "booking.md"
_LONGEST = 60
"""Characters of a folder's name."""


class OrderError(Exception):
    """The message holds no booking that can be kept; the message is for the editor."""


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``receive``."""
    about = tell("ranger la réservation qu’un courriel apporte, avec ses images")
    receive = add_command(commands, "receive", about)
    message = tell("le courriel enregistré (.eml ou .txt) ; « - » pour le coller")
    receive.add_argument("message", metavar=tell("COURRIEL"), help=message)
    receive.add_argument(
        "images",
        nargs="*",
        type=Path,
        metavar=tell("IMAGE"),
        help=tell("les images de l’annonceur, reconnues à leur taille"),
    )
    add_settings(receive)
    receive.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the folder; a draft, which no build reads, as long as an image is missing."""
    try:
        content = read_settings(options.settings).content
        given = sys.stdin.buffer if options.message == "-" else None
        raw = given.read() if given else Path(options.message).read_bytes()
        written, missing = _keep(order_in(raw), options.images, as_typed(content) / "ads")
    except (SettingsError, OrderError, FrontMatterError, ImageError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(tell("Écrit dans {file}.", file=written))
    if missing:
        message = "Il manque : {names}. Refaites « desk ads receive » avec les images."
        print(tell(message, names=", ".join(missing)))
    else:
        print(tell("Ensuite : desk ads check {slug}", slug=written.parent.name))
    return 0


def order_in(raw: bytes) -> str:
    """The booking file in a message, whole or pasted. Raises ``OrderError``."""
    mail = message_from_bytes(raw, policy=policy.default)
    body = mail.get_body(("plain",)) if isinstance(mail, EmailMessage) and mail.keys() else None
    texts = [str(body.get_content())] if body else []
    is_cut = False
    for text in (*texts, raw.decode("utf-8", "replace")):
        lines = [line.rstrip() for line in text.splitlines()]
        for tried in (lines, _unquoted(lines)):
            if BEGINNING in tried and (order := _between(tried)):
                return order
            is_cut = is_cut or BEGINNING in tried
    if is_cut:
        raise OrderError(tell("ce message est coupé : il y manque la ligne « {line} »", line=END))
    raise OrderError(tell("ce message ne contient pas de réservation (« {line} »)", line=BEGINNING))


def _between(lines: list[str]) -> str:
    """The first whole order; nothing where each is cut off."""
    begins = len(lines)
    for n, line in enumerate(lines):
        if line == BEGINNING:
            begins = n + 1
        elif line == END and begins < n:
            return "\n".join(lines[begins:n]).strip() + "\n"
    return ""


def _unquoted(lines: list[str]) -> list[str]:
    """Without the marks that an answer, or a message passed on, puts before each line."""
    found = next((line for line in lines if line.endswith(BEGINNING)), "")
    quote = found.removesuffix(BEGINNING)  # « > »; alone before an empty line
    return [
        line.removeprefix(quote if line.startswith(quote) else quote.rstrip()) for line in lines
    ]


def _keep(order: str, images: list[Path], ads: Path) -> tuple[Path, list[str]]:
    """The file that was written, and the images that are still missing."""
    folder = ads / _slug(order)
    if (folder / FILE).exists():
        raise OrderError(tell("{file} est déjà là : rien n’est changé", file=folder / FILE))
    if (folder / DRAFT).exists():  # an editor may have mended it since
        order = (folder / DRAFT).read_text("utf-8")
    fields = read_front_matter(order).fields
    creatives = fields.get("creatives") or []
    if fields.get("status") != "proposed" or "approval" in fields:
        raise OrderError(
            tell("ce message approuve lui-même sa réservation : il ne vient pas du formulaire")
        )
    if not isinstance(creatives, list) or not all(isinstance(one, dict) for one in creatives):
        raise OrderError(tell("les créations de ce message sont illisibles"))
    _check_sizes(images, [str(creative.get("size", "")) for creative in creatives])
    folder.mkdir(parents=True, exist_ok=True)
    missing = []
    for creative in creatives:
        if not (name := creative.get("file")):
            continue
        kept = _kept_image(folder, creative.get("size", ""), Path(str(name)), images)
        order = order.replace(f"file: {name}", f"file: {kept}") if kept else order
        missing += [] if kept else [name]
    file = folder / (DRAFT if missing else FILE)
    file.write_text(order, "utf-8")
    if not missing:
        (folder / DRAFT).unlink(missing_ok=True)
    return file, missing


def _slug(order: str) -> str:
    fields = read_front_matter(order).fields
    whose = f"{fields.get('advertiser') or ''} {fields.get('campaign') or ''}".strip()
    if not whose:
        raise OrderError(tell("ce message ne dit ni l’annonceur ni la campagne"))
    named = anchor(whose)
    return named[:_LONGEST].strip("-")


def _check_sizes(images: list[Path], sizes: list[str]) -> None:
    for image in images:
        source = inspect(image)
        if not _has_size(source, sizes):
            message = (
                "{image} mesure {width} × {height} : aucune création n’a cette taille ({sizes})"
            )
            size = {"width": source.width_px, "height": source.height_px}
            raise OrderError(tell(message, image=image, sizes=", ".join(sizes), **size))


def _has_size(source: SourceImage, sizes: Collection[str]) -> bool:
    """As it is, or at twice its size."""
    width, height = source.width_px, source.height_px
    return not {f"{width}x{height}", f"{width / 2:g}x{height / 2:g}"}.isdisjoint(sizes)


def _kept_image(folder: Path, size: str, name: Path, images: list[Path]) -> str | None:
    """The name of a creative's image in its folder, put there if one has its size."""
    for image in images:
        if _has_size(inspect(image), [size]):
            kept = folder / f"{name.stem}{image.suffix.lower()}"
            kept.write_bytes(image.read_bytes())
            return kept.name
    return name.name if (folder / name.name).is_file() else None
