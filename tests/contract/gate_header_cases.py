"""The vectors of headers and addresses: cookies given twice, sessions, paths that are tricks."""

from collections.abc import Iterator

from gate_request_cases import (
    COOKIE,
    FRESNEL,
    IMAGE,
    NO_ISSUE,
    NOW,
    OPENED,
    REGISTERED,
    SESSION,
    Vector,
    vector,
    with_token,
)

GOOD = with_token("all")
BARE = FRESNEL.rstrip("/")


def cookies() -> Iterator[Vector]:
    """A good token, not quite where it belongs."""
    opening = {
        "among others": f"a=b; {GOOD}; c=d",
        "without spaces": f"a=b;{GOOD};c=d",
        "with spaces and tabs around": f" \t {COOKIE} =\t{{all}} ;",
        "beside one of another name in capitals": f"{COOKIE.upper()}=x; {GOOD}",
    }
    for name, cookie in opening.items():
        yield vector(f"the cookie {name}", "full", cookie=cookie)
    closed = {
        "twice the same": f"{GOOD}; {GOOD}",
        "then a bad one": f"{GOOD}; {COOKIE}=x",
        "after a bad one": f"{COOKIE}=x; {GOOD}",
        "after an empty one": f"{COOKIE}=; {GOOD}",
        "then another good one": f"{GOOD}; {with_token('issue-812')}",
        "without its prefix": "bicorne_access={all}",
        "with a longer name": f"x{GOOD}",
        "in capitals": f"{COOKIE.upper()}={{all}}",
        "after a no-break space": f"\u00a0{GOOD}",
        "after a zero-width space": f"\u200b{GOOD}",
        "of a name with a wide letter": "__Host-bicorne_acce\uff53s={all}",
        "with a no-break space before its value": f"{COOKIE}=\u00a0{{all}}",
        "with a space within its value": f"{COOKIE}={{all}} x",
        "with a letter of another alphabet": f"{COOKIE}={{all}}\u0430",
        "in quotation marks": f'{COOKIE}="{{all}}"',
        "with %2E after it": f"{COOKIE}={{all}}%2E",
        "after a comma": f"a=b, {GOOD}",
        "empty": f"{COOKIE}=",
        "without a value": COOKIE,
    }
    for name, cookie in closed.items():
        yield vector(f"the cookie {name}", "preview", cookie=cookie)
    two = [["cookie", GOOD], ["cookie", GOOD]]
    yield vector("two cookie headers, twice the same", "preview", headers=two)
    parted = [["cookie", "a=b"], ["cookie", GOOD]]
    yield vector("two cookie headers, one of them with it", "full", headers=parted)


def bearers() -> Iterator[Vector]:
    """The same token as a bearer, beside the cookie or in its place."""
    good = ["authorization", "Bearer {all}"]
    yield vector("a bearer in lower case", "full", headers=[["authorization", "bearer {all}"]])
    yield vector("cookie and bearer agree", "full", cookie=GOOD, bearer="{all}")
    closed = {
        "cookie and bearer differ": [["cookie", GOOD], ["authorization", "Bearer {issue-812}"]],
        "a good cookie and a bad bearer": [["cookie", GOOD], ["authorization", "Bearer x"]],
        "a bad cookie and a good bearer": [["cookie", f"{COOKIE}=x"], good],
        "an empty cookie and a good bearer": [["cookie", f"{COOKIE}="], good],
        "two bearers": [good, good],
        "two bearers that differ": [good, ["authorization", "Bearer x"]],
        "basic credentials": [["authorization", "Basic {all}"]],
        "a token without a scheme": [["authorization", "{all}"]],
        "a bearer without a space": [["authorization", "Bearer{all}"]],
        "another header": [["x-access-token", "{all}"]],
        "a proxy's credentials": [["proxy-authorization", "Bearer {all}"]],
        "a reader's number in a header": [["x-user-id", "1"], ["x-forwarded-user", "admin"]],
        "a crawler's name": [["user-agent", "Googlebot/2.1"]],
    }
    for name, headers in closed.items():
        yield vector(name, "preview", headers=headers)
    for name in ("jeton", "token", "access_token", COOKIE):
        yield vector(f"a token in the query, as {name}", "preview", f"{FRESNEL}?{name}={{all}}")


def sessions() -> Iterator[Vector]:
    """When a reader is sent to renew access."""
    renewed = {
        "no token": SESSION,
        "an expired token": f"{with_token('expiring-now')}; {SESSION}",
        "a forged token": f"{with_token('HS256-with-the-public-key')}; {SESSION}",
        "an empty token": f"{COOKIE}=; {SESSION}",
    }
    for name, cookie in renewed.items():
        for path in (FRESNEL, IMAGE, REGISTERED, NO_ISSUE):
            yield vector(f"a session and {name}, for {path}", "renew", path, cookie=cookie)
    yield vector("a session, by HEAD", "renew", method="HEAD", cookie=SESSION)
    name = SESSION.partition("=")[0]
    previews = {
        "and a good token for something else, and a pause": (
            f"{with_token('issue-813')}; {SESSION}; __Host-bicorne_pause=1"
        ),
        "and a pause": f"{SESSION}; __Host-bicorne_pause=1",
        "and an empty pause": f"__Host-bicorne_pause=; {SESSION}",
        "twice": f"{SESSION}; {SESSION}",
        "and another": f"{SESSION}; {name}=x",
        "and two access cookies": f"{COOKIE}=x; {COOKIE}=x; {SESSION}",
        "too short": SESSION[:-1],
        "too long": SESSION + "s",
        "empty": f"{name}=",
        "with a letter that is none of base64url": SESSION[:-1] + "+",
        "with a letter beyond ASCII": SESSION[:-1] + "é",
        "without its prefix": SESSION.removeprefix("__Host-"),
    }
    for name, cookie in previews.items():
        yield vector(f"a session {name}", "preview", cookie=cookie)
    other = f"{with_token('issue-813')}; {SESSION}"
    for now, answer in (("2027-03-14T08:59:59Z", "preview"), (NOW, "renew")):
        yield vector(f"a session and a token for something else, at {now}", answer,
                     cookie=other, now=now)  # fmt: skip
    agreed = [["cookie", other], ["authorization", "Bearer {issue-813}"]]
    yield vector("a session, and a bearer for something else", "preview", headers=agreed)
    bearer = [["cookie", SESSION], ["authorization", "Bearer x"]]
    yield vector("a session and a bearer", "preview", headers=bearer)
    yield vector("a session and what has opened", "full", OPENED, cookie=SESSION)
    yield vector("a session and a public page", "public", "/", cookie=SESSION)
    yield vector("a session and a good token", "full", cookie=f"{GOOD}; {SESSION}")


TRICKS = (
    BARE, f"/{FRESNEL}", f"//{FRESNEL}", f"{FRESNEL}/", f"{FRESNEL}index.html",
    f"{FRESNEL}INDEX.HTML", FRESNEL.upper(), FRESNEL.title(), f"{FRESNEL}.", f"{FRESNEL}./",
    f"/.{FRESNEL}", f"/%2e{FRESNEL}", f"/x/..{FRESNEL}", f"/members{FRESNEL}",
    f"/../members{FRESNEL}", f"/x/../../members{FRESNEL}", f"/%2e%2e/members{FRESNEL}",
    f"/..%2fmembers{FRESNEL}", f"/..%5cmembers{FRESNEL}", f"/%252e%252e/members{FRESNEL}",
    f"/..;/members{FRESNEL}", f"/.%00./members{FRESNEL}", f"/%c0%ae%c0%ae/members{FRESNEL}",
    f"{FRESNEL}%00", f"{BARE}%00.html", f"{FRESNEL}%20", f"{FRESNEL}%2e", f"{BARE}%2f",
    f"{BARE}%2findex.html", FRESNEL.replace("/la-", "%2fla-"), FRESNEL.replace("f", "%66"),
    FRESNEL.replace("-", "%2D"), f"{BARE}.html", f"{BARE};x=y/", f"{FRESNEL}~", f"{FRESNEL}.git",
    f"/public{FRESNEL}", f"/members/..{FRESNEL}", "/manifest.json", "/../manifest.json",
    "/images/3f2a9c01/", "/images/3F2A9C01/figure-800.avif", "/images//3f2a9c01/figure-800.avif",
    "/images/3f2a9c01/./figure-800.avif", "/images/x/../3f2a9c01/figure-800.avif",
    "/images/%33f2a9c01/figure-800.avif",
)  # fmt: skip


def paths() -> Iterator[Vector]:
    """Without a token, no spelling of an address leads to what is reserved."""
    for target in TRICKS:
        yield vector(f"nobody asks for {target}", "closed", target)
    for query in ("?", "?x", "?full=1", "?path=/members/", "?/../members/", "?%00"):
        yield vector(f"nobody asks with {query}", "preview", FRESNEL + query)
        yield vector(f"a member asks with {query}", "full", FRESNEL + query, cookie=GOOD)
    for name in ("x-original-url", "x-rewrite-url", "x-forwarded-uri"):
        headers = [[name, f"/members{FRESNEL}"]]
        yield vector(f"nobody asks, with {name}", "preview", headers=headers)
    headers = [["range", "bytes=0-9"], ["if-range", '"x"']]
    yield vector("nobody asks for a range", "closed", headers=headers)
