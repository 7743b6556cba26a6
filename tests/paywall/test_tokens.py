from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import jwt
import pytest

from paywall.gate import Entitlement
from paywall.grants import entitlement_of, issue_grant, period_grant
from paywall.keys import Keyring
from paywall.settings import Settings
from paywall.site.lru import Lru
from paywall.tokens import AUDIENCE, Verifier, issue_token, new_subject

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


def test_the_tokens_of_a_session_share_its_subject(
    keys: Keyring, settings: Settings, clock: Any
) -> None:
    subject = new_subject()
    verifier = Verifier(keys.public_keys, settings.address)
    for grants in ([], ["all"]):
        made = issue_token(keys.newest, settings.address, grants, now=clock(), subject=subject)
        read = verifier.read(made, clock())
        assert read is not None
        assert read.subject == subject


@pytest.mark.parametrize(
    "wrong",
    [
        {"lifetime": timedelta(minutes=15, seconds=1)},
        {"lifetime": timedelta(days=3650)},
        {"lifetime": timedelta(0)},
        {"lifetime": timedelta(seconds=-1)},
        {"subject": ""},
        {"subject": "marie.curie@example.org"},
        {"subject": "a" * 43},
        {"subject": "a" * 21 + "é"},
    ],
)
def test_a_token_that_no_gate_would_take_is_not_signed(
    keys: Keyring, settings: Settings, clock: Any, wrong: dict[str, Any]
) -> None:
    with pytest.raises(ValueError, match=r"at most|22"):
        issue_token(keys.newest, settings.address, ["all"], now=clock(), **wrong)


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
    verifier = Verifier(keys.public_keys, settings.address)
    read = verifier.read(token("issue:812-lumiere", "issue:", "gift:x"), clock())
    assert read is not None
    assert read.entitlement == Entitlement(signed_in=True, issues=frozenset({"812-lumiere"}))


MARCH = (date(2026, 3, 1), date(2027, 3, 1))


@pytest.mark.parametrize(
    ("grants", "entitlement"),
    [
        ([], Entitlement(signed_in=True)),
        (["all"], Entitlement(signed_in=True, all_issues=True)),
        (["all", "no-ads"], Entitlement(signed_in=True, all_issues=True, ads=False)),
        (["no-ads"], Entitlement(signed_in=True, ads=False)),
        ([issue_grant("812-lumiere")], Entitlement(True, issues=frozenset({"812-lumiere"}))),
        ([period_grant(*MARCH)], Entitlement(True, periods=(MARCH,))),
        (["published:2026-03-01/2026-03-01"], Entitlement(True, periods=((MARCH[0],) * 2,))),
    ],
)
def test_each_grant_is_understood(grants: list[str], entitlement: Entitlement) -> None:
    assert entitlement_of(grants) == entitlement


@pytest.mark.parametrize(
    "grant",
    [
        "",
        "ALL",
        " all",
        "issue:",
        "Issue:812-lumiere",
        "published:",
        "published:2026-03-01",
        "published:2026-03-01/",
        "published:/2027-03-01",
        "published:2027-03-01/2026-03-01",
        "published:2026-02-30/2027-03-01",
        "published:20260301/20270301",
        "published:2026-W09-7/2027-03-01",
        "published:2026-03-01/P1Y",
        "published:2026-03-01/2027-03-01/2028-03-01",
        "published:2026-03-01T00:00:00Z/2027-03-01",
        "published: 2026-03-01/2027-03-01",
        "published:2026-03-01/2027-03-01\n",
        "published:٢٠٢٦-03-01/2027-03-01",
        "published:0000-01-01/9999-12-31",
        "période:2026-03-01/2027-03-01",
    ],
)
def test_a_grant_that_is_not_understood_gives_nothing(grant: str) -> None:
    assert entitlement_of([grant]) == Entitlement(signed_in=True)


def test_ten_years_of_subscriptions_fit_a_cookie(
    keys: Keyring, settings: Settings, clock: Any
) -> None:
    """Ten that lapsed and were taken again, each with an issue bought in between."""
    periods = [period_grant(date(2020 + n, 1, 5), date(2020 + n, 11, 5)) for n in range(10)]
    issues = [issue_grant(f"{700 + n}-un-titre-assez-long") for n in range(10)]
    made = issue_token(keys.newest, settings.address, periods + issues, now=clock())
    assert len(f"__Host-bicorne_access={made}") < 4096 / 2


def test_a_signature_is_verified_once_a_token(
    token: TokenFactory, keys: Keyring, settings: Settings, clock: Any
) -> None:
    verifier = Verifier(keys.public_keys, settings.address)
    made = token("all")
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
