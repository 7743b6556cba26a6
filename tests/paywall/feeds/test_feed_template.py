"""Feeds put together of pieces are, in gzip too, what they would be at once."""

import gzip
import zlib

from hypothesis import given
from hypothesis import strategies as st

from paywall.feeds.template import make_template

PIECES = st.lists(st.binary(max_size=3000), min_size=1, max_size=6)


@given(PIECES, st.binary(max_size=200))
def test_both_codings_hold_the_same_bytes(pieces: list[bytes], address: bytes) -> None:
    images = [f"/images/a/{n % 2}.jpg" for n in range(len(pieces) - 1)]
    template = make_template(pieces, images)
    addresses = {image: address + image.encode() for image in images}
    plain = template.plain(addresses)
    assert plain == pieces[0] + b"".join(
        addresses[image] + piece for image, piece in zip(images, pieces[1:], strict=True)
    )
    assert gzip.decompress(template.gzipped(addresses)) == plain


def test_a_client_that_reads_one_member_only_has_it_all() -> None:
    """Some stop at the end of the first; there is no second."""
    template = make_template([b"x" * 5000, b"y" * 70_000], ["/images/a/b.jpg"])
    packed = template.gzipped({"/images/a/b.jpg": b"z"})
    reader = zlib.decompressobj(zlib.MAX_WBITS | 16)
    assert reader.decompress(packed) == b"x" * 5000 + b"z" + b"y" * 70_000
    assert (reader.eof, reader.unused_data) == (True, b"")


def test_templates_of_other_bytes_or_images_have_other_digests() -> None:
    made = [
        make_template([b"ab", b"c"], ["/i"]),
        make_template([b"a", b"bc"], ["/i"]),
        make_template([b"ab", b"c"], ["/j"]),
        make_template([b"abc"], []),
    ]
    assert len({template.digest for template in made}) == 4
