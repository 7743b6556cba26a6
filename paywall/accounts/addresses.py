"""Mail addresses in one spelling, so that one person is one reader."""

from email_validator import EmailNotValidError, validate_email

from paywall.errors import PaywallError

MAX_CHARACTERS = 254
"""RFC 5321, 4.5.3.1.3."""


class AddressError(PaywallError):
    """That is no mail address."""


def normalised(text: str) -> str:
    """The one spelling of an address: Unicode composed, no capitals, no blanks around it.

    Capitals before the @ may differ by the letter of RFC 5321; no provider makes them differ.
    """
    text = text.strip()
    if len(text) > MAX_CHARACTERS:
        raise AddressError("adresse trop longue")
    try:
        return validate_email(
            text, check_deliverability=False, test_environment=True
        ).normalized.casefold()
    except EmailNotValidError as error:
        raise AddressError(f"« {text} » n’est pas une adresse de courriel") from error
