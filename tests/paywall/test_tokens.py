from collections.abc import Callable
from datetime import timedelta
from typing import Any

import jwt

from paywall.gate import Entitlement
from paywall.keys import Keyring
from paywall.settings import Settings
from paywall.site.lru import Lru
from paywall.tokens import AUDIENCE, Verifier

TokenFactory = Callable[..., str]


def test_a_token_carries_its_grants_and_names_nobody(token: TokenFactory, keys: Keyring) -> None:
    made = token("issue:812-lumiere", "all")
    assert jwt.get_unverified_header(made) == {
        "alg": "ES256",
        "kid": keys.newest.kid,
        "typ": "at+jwt",
    }
    claims = jwt.decode(made, options={"verify_signature": False})
    assert set(claims) == {"iss", "aud", "sub", "iat", "exp", "grants"}
    assert claims["grants"] == ["all", "issue:812-lumiere"]
    other = jwt.decode(token("all"), options={"verify_signature": False})
    assert claims["sub"] != other["sub"]


def test_any_standard_library_can_verify_a_token(token: TokenFactory, keys: Keyring) -> None:
    made = token("all")
    key_set = jwt.PyJWKSet.from_dict(keys.jwks())
    key = key_set[jwt.get_unverified_header(made)["kid"]]
    options: Any = {"verify_exp": False, "verify_iat": False}
    claims = jwt.decode(made, key, algorithms=["ES256"], audience=AUDIENCE, options=options)
    assert claims["grants"] == ["all"]


def test_a_token_translates_to_an_entitlement(
    token: TokenFactory, keys: Keyring, settings: Settings, clock: Any
) -> None:
    verifier = Verifier(keys.public_keys(), settings.address)
    read = verifier.read(token("issue:812-lumiere", "issue:", "gift:x"), clock())
    assert read is not None
    assert read.entitlement == Entitlement(signed_in=True, issues=frozenset({"812-lumiere"}))


def test_a_signature_is_verified_once_a_token(
    token: TokenFactory, keys: Keyring, settings: Settings, clock: Any
) -> None:
    verifier = Verifier(keys.public_keys(), settings.address)
    made = token("all", lifetime=timedelta(hours=1))
    assert verifier.read(made, clock()) is verifier.read(made, clock())


def test_a_cache_forgets_the_least_used_first() -> None:
    cache: Lru[str, int] = Lru(2)
    cache.put("a", 1)
    cache.put("b", 2)
    cache.get("a")
    cache.put("c", 3)
    assert (cache.get("a"), cache.get("b"), cache.get("c")) == (1, None, 3)


def test_a_cache_is_bounded_by_weight() -> None:
    cache: Lru[str, bytes] = Lru(10)
    cache.put("a", b"", 6)
    cache.put("a", b"", 5)
    cache.put("b", b"", 5)
    assert len(cache) == 2
    cache.put("c", b"", 6)
    assert (len(cache), cache.get("c")) == (1, b"")
    cache.put("too heavy", b"", 11)
    assert (len(cache), cache.get("too heavy")) == (1, None)
