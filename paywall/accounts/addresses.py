"""Mail addresses in one spelling, so that one person is one reader."""

import unicodedata

from email_validator import EmailNotValidError, validate_email

from paywall.errors import PaywallError

MAX_CHARACTERS = 254
"""RFC 5321, 4.5.3.1.3."""

DEMONSTRATION_EMAIL = "demonstration@bicorne.invalid"
"""Of the reader who shows the service (`paywall serve --demo`), and is counted nowhere. No mail can
go there (RFC 6761, 6.4), so that nobody signs in with it otherwise."""


class AddressError(PaywallError):
    """That is no mail address."""


def normalised(text: str) -> str:
    """The one spelling of an address: Unicode composed, no capitals, no blanks around it.

    Capitals before the @ may differ by the letter of RFC 5321; no provider makes them differ.
    Nothing else is merged: `str.casefold` would make one reader of straße.example and
    strasse.example, which are two domains, and belong to two people (IDNA 2008).
    """
    text = text.strip()
    if len(text) > MAX_CHARACTERS:
        raise AddressError("adresse trop longue")
    try:
        written = validate_email(text, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError as error:
        raise AddressError(f"« {text} » n’est pas une adresse de courriel") from error
    spelled = unicodedata.normalize("NFC", written.lower())
    if len(spelled) > MAX_CHARACTERS:  # some capitals are written with two small letters
        raise AddressError("adresse trop longue")
    return spelled


def as_mailed(email: str) -> str:
    """A normalised address as relays know it: its domain in ASCII, which every one of them takes.

    What is before the @ stays as it is: without SMTPUTF8 (RFC 6531) no relay takes more than ASCII.
    """
    try:
        found = validate_email(email, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise AddressError(f"« {email} » n’est pas une adresse de courriel") from error
    return f"{found.local_part}@{found.ascii_domain}"
