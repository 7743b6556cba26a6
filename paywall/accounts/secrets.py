"""Random secrets, and the digests of them that are kept."""

import hashlib
import re
import secrets

SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
"""256 bits in base64url: what is not of this shape is not looked up at all."""

CODE_DIGITS = 6


def new_secret() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """Six random digits."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def digest(*parts: str) -> bytes:
    """What is kept of a secret; of several parts, all of them in their order."""
    return hashlib.sha256("\0".join(parts).encode()).digest()
