"""The ways to pay that are offered, and what a page needs whose form leads to one of them."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from paywall.accounts.providers import OFFLINE, STRIPE
from paywall.headers import page_policy
from paywall.service import Service
from paywall.site.answers import Header

CHECKOUT_ORIGIN = "https://checkout.stripe.com"
"""Where Stripe's hosted page stands (docs.stripe.com/security/guide)."""


@dataclass(frozen=True, slots=True)
class Means:
    """A way to pay."""

    provider: str
    renews: bool
    """Whether what it pays can renew itself."""


MEANS = {"carte": Means(STRIPE, renews=True), "virement": Means(OFFLINE, renews=False)}
"""As addresses and forms call them; the one that is proposed first at the head."""


def offered(service: Service) -> tuple[str, ...]:
    """The ways that this service has."""
    return tuple(name for name, means in MEANS.items() if means.provider in service.till.providers)


def form_policy(service: Service, provider: str) -> tuple[Header, ...]:
    """Let the form of a page that is paid by card lead there, and that of no other page.

    Browsers ask at each redirect that follows a form, too.
    """
    if provider != STRIPE or STRIPE not in service.till.providers:
        return ()
    policy = page_policy(_checkout_origin(service.settings.stripe_api))
    return ((b"content-security-policy", policy.encode("ascii")),)


def _checkout_origin(api: str) -> str:
    """Tests have their Stripe, and its hosted page, on this machine."""
    parts = urlsplit(api)
    return f"{parts.scheme}://{parts.netloc}" if api else CHECKOUT_ORIGIN
