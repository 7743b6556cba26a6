"""Whatever a token tries, its bearer sees what everybody sees: same bytes, same headers."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from paywall_client import Client
from paywall_site import FRESNEL, SECRET

from paywall.keys import Keyring, new_key
from paywall.settings import Settings
from paywall.tokens import AUDIENCE

Forge = Callable[..., str]


class Forger:
    """Makes tokens as an attacker would: from a good one, with one thing wrong."""

    def __init__(self, keys: Keyring, settings: Settings, now: int) -> None:
        self.key = keys.newest
        self.now = now
        self.header: dict[str, Any] = {"alg": "ES256", "typ": "at+jwt", "kid": self.key.kid}
        self.claims: dict[str, Any] = {
            "iss": settings.address,
            "aud": AUDIENCE,
            "sub": "SujetDeVingtDeuxSignes",
            "iat": now - 60,
            "exp": now + 600,
            "grants": ["all"],
        }

    def sign(self, **changes: Any) -> str:
        """Sign with the real key; a claim changed to None is left out."""
        claims = {k: v for k, v in (self.claims | changes).items() if v is not None}
        return self.assemble(self.header, claims)

    def with_header(self, **changes: Any) -> str:
        header = {k: v for k, v in (self.header | changes).items() if v is not None}
        return self.assemble(header, self.claims)

    def assemble(self, header: object, claims: object, key: Any = None, alg: str = "ES256") -> str:
        signed = f"{part(header)}.{part(claims)}"
        algorithm = jwt.get_algorithm_by_name(alg)
        signature = algorithm.sign(signed.encode(), key or self.key.private)
        return f"{signed}.{encode(signature)}"

    def public_pem(self) -> bytes:
        return self.key.private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )


def encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def part(value: object) -> str:
    return encode(json.dumps(value).encode())


@pytest.fixture
def forger(keys: Keyring, settings: Settings, clock: Any) -> Forger:
    return Forger(keys, settings, int(clock().timestamp()))


def unsigned(forger: Forger) -> str:
    return f"{part(forger.header | {'alg': 'none'})}.{part(forger.claims)}."


def none_with_old_signature(forger: Forger) -> str:
    signature = forger.sign().rpartition(".")[2]
    return f"{part(forger.header | {'alg': 'none'})}.{part(forger.claims)}.{signature}"


def hmac_with_public_key(forger: Forger) -> str:
    signed = f"{part(forger.header | {'alg': 'HS256'})}.{part(forger.claims)}"
    digest = hmac.new(forger.public_pem(), signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{encode(digest)}"


def hmac_long_enough(forger: Forger) -> str:
    signed = f"{part(forger.header | {'alg': 'HS512'})}.{part(forger.claims)}"
    digest = hmac.new(forger.public_pem(), signed.encode(), hashlib.sha512).digest()
    return f"{signed}.{encode(digest)}"


def foreign_key_same_kid(forger: Forger) -> str:
    return forger.assemble(forger.header, forger.claims, new_key().private)


def embedded_jwk(forger: Forger) -> str:
    mine = new_key()
    return forger.assemble(forger.header | {"jwk": mine.jwk()}, forger.claims, mine.private)


def key_address(forger: Forger) -> str:
    mine = new_key()
    header = forger.header | {"kid": mine.kid, "jku": "https://example.org/jwks.json"}
    return forger.assemble(header, forger.claims, mine.private)


def other_curve(curve: ec.EllipticCurve, alg: str, said: str) -> Forge:
    def forge(forger: Forger) -> str:
        key = ec.generate_private_key(curve)
        return forger.assemble(forger.header | {"alg": said}, forger.claims, key, alg)

    return forge


def rsa_signed(forger: Forger) -> str:
    key = rsa.generate_private_key(65537, 2048)
    return forger.assemble(forger.header | {"alg": "RS256"}, forger.claims, key, "RS256")


def altered_payload(forger: Forger) -> str:
    header, _, signature = forger.sign(grants=[]).split(".")
    return f"{header}.{part(forger.claims)}.{signature}"


def altered_signature(forger: Forger) -> str:
    signed, _, signature = forger.sign().rpartition(".")
    return f"{signed}.{'B' if signature[0] == 'A' else 'A'}{signature[1:]}"


def nested_header(forger: Forger) -> str:
    return f"{encode(b'[' * 2000)}.{part(forger.claims)}.{'A' * 86}"


FORGERIES: dict[str, Forge] = {
    "no signature": unsigned,
    "alg none over a real signature": none_with_old_signature,
    "HS256 with the public key as secret": hmac_with_public_key,
    "HS512 with the public key as secret": hmac_long_enough,
    "foreign key under our kid": foreign_key_same_kid,
    "key embedded in the header": embedded_jwk,
    "key at an address": key_address,
    "ES384": other_curve(ec.SECP384R1(), "ES384", "ES384"),
    "P-384 said to be ES256": other_curve(ec.SECP384R1(), "ES384", "ES256"),
    "P-521": other_curve(ec.SECP521R1(), "ES512", "ES512"),
    "P-521 said to be ES256": other_curve(ec.SECP521R1(), "ES512", "ES256"),
    "RS256": rsa_signed,
    "payload altered": altered_payload,
    "signature altered": altered_signature,
    "signature truncated": lambda forger: forger.sign()[:-1],
    "signature lengthened": lambda forger: forger.sign() + "A",
    "payload truncated": lambda forger: forger.sign().replace(".", "", 1),
    "all zero signature": lambda f: f"{f.sign().rpartition('.')[0]}.{'A' * 86}",
    "four parts": lambda forger: forger.sign() + ".x",
    "one megabyte": lambda forger: forger.sign() + "A" * 1_000_000,
    "signed but too large": lambda forger: forger.sign(sub="x" * 4000),
    "deeply nested header": nested_header,
    "expired one second ago": lambda forger: forger.sign(exp=forger.now - 1),
    "expiring this second": lambda forger: forger.sign(exp=forger.now),
    "not valid yet": lambda forger: forger.sign(nbf=forger.now + 60),
    "issued in the future": lambda forger: forger.sign(iat=forger.now + 60),
    "another audience": lambda forger: forger.sign(aud="bicorne"),
    "several audiences": lambda forger: forger.sign(aud=[AUDIENCE]),
    "another issuer": lambda forger: forger.sign(iss="http://localhost:8000/"),
    "valid for longer than any": lambda forger: forger.sign(iat=forger.now, exp=forger.now + 901),
    "valid for ten years": lambda forger: forger.sign(exp=forger.now + 315_360_000),
    "over before it began": lambda f: f.sign(iat=f.now + 3, exp=f.now + 2),
    "subject an address": lambda forger: forger.sign(sub="marie.curie@example.org"),
    "subject too short": lambda forger: forger.sign(sub="x"),
    "no expiry": lambda forger: forger.sign(exp=None),
    "no subject": lambda forger: forger.sign(sub=None),
    "no issue time": lambda forger: forger.sign(iat=None),
    "no audience": lambda forger: forger.sign(aud=None),
    "no issuer": lambda forger: forger.sign(iss=None),
    "no grants": lambda forger: forger.sign(grants=None),
    "grants as text": lambda forger: forger.sign(grants="all"),
    "grants of another kind": lambda forger: forger.sign(grants=[["all"]]),
    "expiry as text": lambda forger: forger.sign(exp=str(forger.now + 60)),
    "expiry true": lambda forger: forger.sign(exp=True),
    "claims not an object": lambda forger: forger.assemble(forger.header, ["all"]),
    "kid missing": lambda forger: forger.with_header(kid=None),
    "kid of nobody": lambda forger: forger.with_header(kid="x"),
    "kid a path": lambda forger: forger.with_header(kid="../../var/keys/0001.pem"),
    "kid the null device": lambda forger: forger.with_header(kid="/dev/null"),
    "kid an address": lambda forger: forger.with_header(kid="https://example.org/key"),
    "kid an injection": lambda forger: forger.with_header(kid="' OR 1=1 --"),
    "kid a number": lambda forger: forger.with_header(kid=1),
    "another type": lambda forger: forger.with_header(typ="JWT"),
    "no type": lambda forger: forger.with_header(typ=None),
    "critical extension": lambda forger: forger.with_header(crit=["b64"], b64=False),
    "detached payload": lambda forger: forger.with_header(b64=False),
    "key set address": lambda forger: forger.with_header(jku="https://example.org/jwks.json"),
    "certificate chain": lambda forger: forger.with_header(x5c=["MIIB"]),
    "compressed": lambda forger: forger.with_header(zip="DEF"),
    "algorithm in another case": lambda forger: forger.with_header(alg="es256"),
    "empty": lambda _: "",
    "dots": lambda _: "..",
    "not base64": lambda forger: forger.sign().replace("e", "é"),
    "quoted": lambda forger: f'"{forger.sign()}"',
    "encoded": lambda forger: forger.sign().replace(".", "%2E"),
}


def same_as_anonymous(client: Client, headers: list[tuple[str, bytes]]) -> bool:
    anonymous, answer = client.get(FRESNEL), client.get(FRESNEL, headers=headers)
    assert answer.status_code == 200
    assert SECRET not in answer.text
    return (answer.content, dict(answer.headers)) == (anonymous.content, dict(anonymous.headers))


def test_the_forger_can_make_a_good_token(client: Client, forger: Forger) -> None:
    """Else every test below would pass for the wrong reason."""
    for good in (forger.sign(), forger.sign(nbf=forger.now), forger.sign(other="claim")):
        headers = {"authorization": f"Bearer {good}"}
        assert SECRET in client.get(FRESNEL, headers=headers).text


@pytest.mark.parametrize("name", FORGERIES)
def test_a_bad_token_in_the_cookie_sees_what_everybody_sees(
    client: Client, forger: Forger, name: str
) -> None:
    token = FORGERIES[name](forger)
    assert same_as_anonymous(client, [("cookie", f"bicorne_access={token}".encode())])


@pytest.mark.parametrize("name", FORGERIES)
def test_a_bad_token_in_the_header_sees_what_everybody_sees(
    client: Client, forger: Forger, name: str
) -> None:
    token = FORGERIES[name](forger)
    assert same_as_anonymous(client, [("authorization", f"Bearer {token}".encode())])


@pytest.mark.parametrize(
    "template",
    [
        [("cookie", "bicorne_access={t}; bicorne_access={t}")],
        [("cookie", "bicorne_access={t}; bicorne_access=x")],
        [("cookie", "bicorne_access=; bicorne_access={t}")],
        [("cookie", "bicorne_access={t}"), ("cookie", "bicorne_access={t}")],
        [("cookie", "bicorne_access={t}"), ("cookie", "bicorne_access=x")],
        [("authorization", "Bearer {t}"), ("authorization", "Bearer {t}")],
        [("cookie", "bicorne_access={t}"), ("authorization", "Bearer x")],
        [("cookie", "bicorne_access=x"), ("authorization", "Bearer {t}")],
        [("cookie", "BICORNE_ACCESS={t}")],
        [("cookie", "__Host-bicorne_access={t}")],
        [("cookie", "xbicorne_access={t}")],
        [("authorization", "Basic {t}")],
        [("authorization", "{t}")],
        [("x-access-token", "{t}")],
    ],
)
def test_a_good_token_presented_twice_or_elsewhere_counts_for_nothing(
    client: Client, forger: Forger, template: list[tuple[str, str]]
) -> None:
    token = forger.sign()
    headers = [(name, value.format(t=token).encode()) for name, value in template]
    assert same_as_anonymous(client, headers)


def test_a_token_in_the_query_is_ignored(client: Client, forger: Forger) -> None:
    token = forger.sign()
    for name in ("jeton", "token", "access_token", "bicorne_access"):
        assert SECRET not in client.get(f"{FRESNEL}?{name}={token}").text


def test_cookie_and_bearer_that_agree_are_accepted(client: Client, forger: Forger) -> None:
    token = forger.sign()
    headers = {"cookie": f"a=b; bicorne_access={token}; c=d", "authorization": f"bearer {token}"}
    assert SECRET in client.get(FRESNEL, headers=headers).text


def test_a_token_read_once_still_expires(
    client: Client, token: Callable[..., str], clock: Any
) -> None:
    headers = {"authorization": f"Bearer {token('all', lifetime=timedelta(seconds=60))}"}
    assert SECRET in client.get(FRESNEL, headers=headers).text
    clock.advance(seconds=59)
    assert SECRET in client.get(FRESNEL, headers=headers).text
    clock.advance(seconds=1)
    assert SECRET not in client.get(FRESNEL, headers=headers).text


def test_a_token_of_an_older_key_is_still_good(
    client: Client, keys: Keyring, forger: Forger
) -> None:
    oldest = keys.keys[0]
    token = forger.assemble(forger.header | {"kid": oldest.kid}, forger.claims, oldest.private)
    assert SECRET in client.get(FRESNEL, headers={"authorization": f"Bearer {token}"}).text


def test_a_refused_token_is_not_logged(
    client: Client, forger: Forger, caplog: pytest.LogCaptureFixture
) -> None:
    for name, forge in FORGERIES.items():
        if name != "not base64":
            client.get(FRESNEL, headers={"authorization": f"Bearer {forge(forger)}"})
    assert caplog.text == ""
