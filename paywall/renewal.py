"""Where a reader is sent who has a session but no token that opens the page: and back, with a new
one."""

from urllib.parse import quote

from paywall.site.answers import Answer, redirect
from paywall.site.lookup import Variant
from paywall.site.paths import spell
from paywall.site.representations import vary

RENEW_PATH = "/acces/renouveler/"

_NO_STORE = (b"cache-control", b"no-store")


def renewal(path: str) -> Answer:
    """Redirect from a gated page or file to the endpoint that renews access."""
    target = quote(spell(path), safe="/")
    location = f"{RENEW_PATH}?vers={target}".encode("ascii")
    return redirect(location, _NO_STORE, *vary(path, Variant.PREVIEW), status=302)
