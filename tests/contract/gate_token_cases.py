"""The vectors' tokens: which are good, and everything that can be wrong with one."""

import json
from collections.abc import Iterator

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from gate_forge import NOW, Forge, encode, keyring, new_private, part

from paywall.keys import SigningKey

TRUNCATED = (1, 2, 10, 36, 43, 44, 85, 86, 87, 100, 200, 300)
"""How many characters are cut off the end: within the signature, at its dot, and further."""

P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
Cases = Iterator[tuple[str, str]]

GOOD_GRANTS = {
    "registered": [],
    "all": ["all"],
    "issue-812": ["issue:812-lumiere"],
    "issue-813": ["issue:813-mouvement"],
    "both-issues": ["issue:812-lumiere", "issue:813-mouvement"],
    "period-ends-on-812": ["published:2026-01-01/2026-11-01"],
    "period-begins-on-812": ["published:2026-11-01/2027-12-31"],
    "period-is-812": ["published:2026-11-01/2026-11-01"],
    "period-ends-before-812": ["published:2025-10-01/2026-10-31"],
    "period-begins-after-812": ["published:2026-11-02/2027-12-31"],
    "period-of-all-time": ["published:0001-01-01/9999-12-31"],
    "two-periods": ["published:2026-10-01/2026-11-01", "published:2027-01-01/2027-02-01"],
    "between-two-periods": ["published:2026-01-01/2026-10-31", "published:2026-11-02/2026-12-31"],
    "period-and-issue": ["published:2020-01-01/2020-12-31", "issue:813-mouvement"],
}
USELESS_GRANTS = {
    "grant-all-in-capitals": ["ALL"],
    "grant-all-with-a-space": [" all"],
    "grant-of-no-issue": ["issue:"],
    "grant-of-part-of-a-slug": ["issue:812"],
    "grant-of-more-than-a-slug": ["issue:812-lumiere-bis"],
    "grant-of-a-slug-in-capitals": ["issue:812-LUMIERE"],
    "grant-of-any-slug": ["issue:*"],
    "grant-of-a-slug-alone": ["812-lumiere"],
    "grant-of-null": ["issue:null"],
    "grant-unknown": ["gift:812-lumiere"],
    "grant-empty": [""],
    "period-backwards": ["published:2027-12-31/2026-01-01"],
    "period-without-an-end": ["published:2026-01-01/"],
    "period-without-a-beginning": ["published:/2027-12-31"],
    "period-of-a-day-alone": ["published:2026-11-01"],
    "period-without-hyphens": ["published:20260101/20271231"],
    "period-of-weeks": ["published:2026-W01-1/2027-W52-7"],
    "period-of-a-duration": ["published:2026-01-01/P2Y"],
    "period-of-instants": ["published:2026-01-01T00:00:00Z/2027-12-31T00:00:00Z"],
    "period-of-no-such-day": ["published:2026-02-30/2027-12-31"],
    "period-of-three-days": ["published:2026-01-01/2026-12-31/2027-12-31"],
}


def good_tokens(forge: Forge, oldest: Forge) -> Cases:
    for name, grants in (GOOD_GRANTS | USELESS_GRANTS).items():
        yield name, forge.token(*grants)
    yield "older-key", oldest.token("all")
    yield "unknown-claim", forge.claiming(name="x")
    yield "not-before-now", forge.claiming(nbf=NOW)
    yield "fifteen-minutes", forge.claiming(iat=NOW, exp=NOW + 900)
    yield "issued-4-s-ahead", forge.claiming(iat=NOW + 4)
    yield "other-session", forge.claiming(sub="UnAutreSujetDe22Signes")


def bad_tokens(forge: Forge) -> Cases:
    yield from _unsigned_or_confused(forge)
    yield from _other_keys(forge)
    yield from _headers(forge)
    yield from _claims(forge)
    yield from _times(forge)
    yield from _shapes(forge)


def _unsigned_or_confused(forge: Forge) -> Cases:
    good = forge.claiming()
    for alg in ("none", "None", "NONE", "nOnE"):
        yield f"alg-{alg}", forge.signed_with(b"", alg=alg)
    yield "alg-none-over-a-signature", f"{part(forge.header | {'alg': 'none'})}.{_rest(good)}"
    for alg in ("HS256", "HS384", "HS512"):
        yield f"{alg}-with-the-public-key", forge.hmac(forge.public_pem(), alg)
    yield "HS256-with-the-jwk", forge.hmac(forge.public_jwk())
    yield "HS256-with-nothing", forge.hmac(b"")
    zero, order = bytes(64), P256_ORDER.to_bytes(32, "big") * 2
    yield "signature-all-zero", forge.signed_with(zero)
    yield "signature-of-the-order", forge.signed_with(order)
    yield "signature-as-der", forge.signed_with(_der(forge))
    yield "payload-exchanged", f"{good.partition('.')[0]}.{_with_payload_of(forge)}"


def _other_keys(forge: Forge) -> Cases:
    mine = SigningKey.of(new_private())
    header, claims = forge.header, forge.claims
    yield "foreign-key-our-kid", forge.sign(header, claims, mine.private)
    yield "foreign-key-its-kid", forge.sign(header | {"kid": mine.kid}, claims, mine.private)
    yield "jwk-embedded", forge.sign(header | {"jwk": mine.jwk()}, claims, mine.private)
    jku = {"kid": mine.kid, "jku": "https://example.org/jwks.json"}
    yield "jku-elsewhere", forge.sign(header | jku, claims, mine.private)
    yield "x5u-elsewhere", forge.sign(header | {"x5u": "https://a.example"}, claims, mine.private)
    yield "x5c-embedded", forge.sign(header | {"x5c": ["MIIB"]}, claims, mine.private)
    for name, curve, alg in (
        ("P-384", ec.SECP384R1(), "ES384"),
        ("P-521", ec.SECP521R1(), "ES512"),
    ):
        private = new_private(curve)
        yield f"{name}-{alg}", forge.sign(header | {"alg": alg}, claims, private, alg)
        yield f"{name}-said-ES256", forge.sign(header, claims, private, alg)
    yield "secp256k1", forge.sign(header, claims, new_private(ec.SECP256K1()))
    private = rsa.generate_private_key(65537, 2048)
    yield "RS256", forge.sign(header | {"alg": "RS256"}, claims, private, "RS256")


def _headers(forge: Forge) -> Cases:
    kids = {
        "kid-a-path": "../../var/keys/0001.pem",
        "kid-the-null-device": "/dev/null",
        "kid-an-address": "https://example.org/jwks.json",
        "kid-an-injection": "' OR 1=1 --",
        "kid-of-nobody": "x",
        "kid-empty": "",
        "kid-with-a-nul": forge.key.kid + "\0",
        "kid-in-capitals": forge.key.kid.upper(),
        "kid-a-number": 1,
        "kid-a-list": [forge.key.kid],
        "kid-missing": None,
    }
    for name, kid in kids.items():
        yield name, forge.headed(kid=kid)
    yield "our-key-and-a-jwk", forge.headed(jwk=forge.key.jwk())
    yield "our-key-and-a-jku", forge.headed(jku="https://revue.example/.well-known/jwks.json")
    yield "our-key-and-an-x5c", forge.headed(x5c=["MIIB"])
    yield "typ-JWT", forge.headed(typ="JWT")
    yield "typ-missing", forge.headed(typ=None)
    yield "alg-es256", forge.headed(alg="es256")
    yield "alg-missing", forge.headed(alg=None)
    yield "alg-ES384-of-our-key", forge.headed(alg="ES384")
    yield "crit", forge.headed(crit=["exp"])
    yield "b64-false", forge.headed(b64=False, crit=["b64"])
    yield "zip", forge.headed(zip="DEF")


def _claims(forge: Forge) -> Cases:
    for name in ("iss", "aud", "sub", "grants"):
        yield f"{name}-missing", forge.claiming(**{name: None})
    changes: dict[str, dict[str, object]] = {
        "audience-of-another-site": {"aud": "autre-pages"},
        "audience-a-list": {"aud": ["bicorne-pages"]},
        "issuer-of-another-site": {"iss": "https://autre.example"},
        "issuer-without-tls": {"iss": "http://revue.example"},
        "issuer-with-a-slash": {"iss": "https://revue.example/"},
        "subject-an-address": {"sub": "marie@example.org"},
        "subject-too-short": {"sub": "x"},
        "subject-a-number": {"sub": 1},
        "grants-a-text": {"grants": "all"},
        "grants-an-object": {"grants": {"all": True}},
        "grants-nested": {"grants": [["all"]]},
        "grants-with-a-number": {"grants": ["all", 1]},
    }
    for name, change in changes.items():
        yield name, forge.claiming(**change)
    yield "claims-a-list", forge.sign(forge.header, ["all"])
    yield "claims-a-text", forge.sign(forge.header, "all")


def _times(forge: Forge) -> Cases:
    changes: dict[str, dict[str, object]] = {
        "expired-by-a-second": {"exp": NOW - 1},
        "expiring-now": {"exp": NOW},
        "not-valid-for-a-minute": {"nbf": NOW + 60},
        "issued-in-a-minute": {"iat": NOW + 60},
        "exp-missing": {"exp": None},
        "iat-missing": {"iat": None},
        "exp-in-ten-years": {"exp": NOW + 315_360_000},
        "lives-901-s": {"iat": NOW - 1, "exp": NOW + 900},
        "exp-before-iat": {"iat": NOW + 3, "exp": NOW + 2},
        "exp-a-text": {"exp": str(NOW + 600)},
        "exp-a-fraction": {"exp": NOW + 600.5},
        "exp-true": {"exp": True},
        "exp-too-large": {"exp": 10**30},
        "exp-negative": {"exp": -1},
        "iat-a-text": {"iat": str(NOW)},
        "iat-negative": {"iat": -NOW},
        "nbf-a-text": {"nbf": "0"},
    }
    for name, change in changes.items():
        yield name, forge.claiming(**change)


def _shapes(forge: Forge) -> Cases:
    good = forge.claiming()
    header, payload, signature = good.split(".")
    for cut in TRUNCATED:
        yield f"cut-by-{cut}", good[:-cut]
    yield "lengthened", good + "A"
    yield "padded", good + "=="
    yield "first-letter-lost", good[1:]
    yield "without-a-header", f".{payload}.{signature}"
    yield "without-a-payload", f"{header}..{signature}"
    yield "four-parts", good + ".x"
    yield "five-parts", f"{header}....{payload}"
    yield "as-json", json.dumps({"protected": header, "payload": payload, "signature": signature})
    yield "of-100-kB", "A" * 99_000 + "." + "A" * 900 + "." + "A" * 86
    yield "signed-of-5-kB", forge.claiming(pad="x" * 3600)
    yield "header-nested", f"{encode(b'[' * 2000)}.{payload}.{signature}"
    not_text = encode(b'{"alg":"\xff"}')
    yield "header-not-utf-8", f"{not_text}.{payload}.{signature}"


def _rest(token: str) -> str:
    return token.partition(".")[2]


def _with_payload_of(forge: Forge) -> str:
    """The payload that grants all, under the signature of one that grants nothing."""
    return f"{part(forge.claims)}.{forge.token().rpartition('.')[2]}"


def _der(forge: Forge) -> bytes:
    signed = f"{part(forge.header)}.{part(forge.claims)}".encode()
    return forge.key.private.sign(signed, ec.ECDSA(hashes.SHA256()))


def all_tokens() -> dict[str, str]:
    ring = keyring()
    newest, oldest = Forge(ring.keys[-1]), Forge(ring.keys[0])
    return {**dict(good_tokens(newest, oldest)), **dict(bad_tokens(newest))}
