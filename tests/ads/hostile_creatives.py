"""Creatives and fields as somebody would send them who wants to run something in the magazine.

Each says `window.ran` (or asks for a file named « ran ») if it gets to run anywhere.
"""

RUN = "parent.ran=1;top.ran=1;window.ran=1;fetch('/ran')"
_DATA = "data:text/html,%3Cscript%3Efetch('/ran')%3C/script%3E"
_SHAPE = '<rect width="300" height="250" fill="#ddd"/>'


def svg(inside: str = "", attributes: str = "", before: str = "") -> str:
    """A drawing of the right size with something inside it, on it, or before it."""
    return (
        f'{before}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        f' viewBox="0 0 300 250" {attributes}>{_SHAPE}{inside}</svg>'
    )


SVG = {
    "script": svg(f"<script>{RUN}</script>"),
    "script by address": svg('<script href="/ran.js"/>'),
    "script in another namespace": svg(
        f'<h:script xmlns:h="http://www.w3.org/1999/xhtml">{RUN}</h:script>'
    ),
    "script in a data address": svg(f'<script xlink:href="data:text/javascript,{RUN}"/>'),
    "script of old": svg(f'<script type="text/ecmascript"><![CDATA[{RUN}]]></script>'),
    "onload": svg(attributes=f'onload="{RUN}"'),
    "onload of a shape": svg(f'<path d="M0 0h9v9z" onload="{RUN}" onmouseover="{RUN}"/>'),
    "onbegin": svg(f'<animate attributeName="x" begin="0s" onbegin="{RUN}"/>'),
    "set": svg(f'<a><set attributeName="href" to="javascript:{RUN}"/><text y="50">A</text></a>'),
    "animate of an address": svg(
        f'<a id="a"><text y="50">A</text></a><animate href="#a" attributeName="href" '
        f'values="javascript:{RUN}"/>'
    ),
    "animated shape": svg('<circle r="9"><animateTransform attributeName="transform"/></circle>'),
    "link": svg(f'<a href="javascript:{RUN}"><text y="50">A</text></a>'),
    "old link": svg(f'<a xlink:href="javascript:{RUN}"><text y="50">A</text></a>'),
    "foreign page": svg(
        f'<foreignObject width="9" height="9"><body xmlns="http://www.w3.org/1999/xhtml">'
        f'<img src="x" onerror="{RUN}"/></body></foreignObject>'
    ),
    "foreign frame": svg(
        f'<foreignObject width="9" height="9"><iframe xmlns="http://www.w3.org/1999/xhtml" '
        f'src="{_DATA}"/></foreignObject>'
    ),
    "foreign in a switch": svg(
        f'<switch><foreignObject><b xmlns="http://www.w3.org/1999/xhtml" onclick="{RUN}">b</b>'
        "</foreignObject></switch>"
    ),
    "image by address": svg('<image href="/ran.png" width="9" height="9"/>'),
    "image of another drawing": svg('<image xlink:href="data:image/svg+xml;base64,PHN2Zy8+"/>'),
    "filter that loads": svg('<filter id="f"><feImage href="/ran.png"/></filter>'),
    "use by address": svg('<use href="/ran.svg#x"/>'),
    "use of a data address": svg('<use href="data:image/svg+xml;base64,PHN2Zy8+#x"/>'),
    "use of itself": svg('<g id="a"><use href="#a"/><use href="#a"/></g>'),
    "style that loads": svg("<style>@import url(/ran.css); rect{fill:url(/ran.svg#f)}</style>"),
    "font by address": svg("<style>@font-face{font-family:x;src:url(/ran.woff)}</style>"),
    "style with escapes": svg(r'<rect width="9" height="9" style="fill:u\72l(/ran.svg#a)"/>'),
    "style of a shape": svg('<rect width="9" height="9" style="fill:url(/ran.svg#a)"/>'),
    "style with a comment": svg('<rect width="9" height="9" style="fill:ur/**/l(/ran.svg#a)"/>'),
    "fill by address": svg('<rect width="9" height="9" fill="url(http://localhost/ran.svg#a)"/>'),
    "clip by address": svg('<rect width="9" height="9" clip-path="url(\'/ran.svg#a\')"/>'),
    "mask by address": svg('<rect width="9" height="9" mask="url(/ran.svg#a)"/>'),
    "cursor": svg('<rect width="9" height="9" cursor="url(/ran.cur)"/>'),
    "handler": svg(f'<handler type="application/ecmascript">{RUN}</handler>'),
    "style sheet before": svg(before='<?xml-stylesheet href="/ran.css" type="text/css"?>'),
    "transformation before": svg(before='<?xml-stylesheet href="/ran.xsl" type="text/xsl"?>'),
    "entity of a file": svg(
        "<text y=\"50\">&amp;x; &x;</text>",
        before='<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
    ),
    "entity in an attribute": svg(
        '<text y="50" font-family="&x;">A</text>', before='<!DOCTYPE svg [<!ENTITY x "x">]>'
    ),
    "laughs": svg(
        '<text y="50">&d;</text>',
        before='<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>',
    ),
    "another document type": svg(before='<!DOCTYPE svg SYSTEM "http://localhost/ran.dtd">'),
    "no drawing": f'<html xmlns="http://www.w3.org/1999/xhtml"><script>{RUN}</script></html>',
    "a page": f"<!doctype html><script>{RUN}</script>",
    "video": svg(f'<video xmlns="http://www.w3.org/1999/xhtml" src="x" onerror="{RUN}"/>'),
    "many shapes": svg("<g/>" * 6000),
    "deep": svg("<g>" * 300 + "</g>" * 300),
    "nothing": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 250"><script/></svg>',
    "no size": f'<svg xmlns="http://www.w3.org/2000/svg">{_SHAPE}</svg>',
    "no number": svg().replace("0 0 300 250", "0 0 nan nan"),
}  # fmt: skip
"""Drawings (SVG), of which what is harmless may be left."""

HTML = {
    "script": f"<script>{RUN}</script>",
    "script in capitals": f"<ScRiPt>{RUN}</ScRiPt>",
    "image that fails": f'<img src=x onerror="{RUN}">',
    "image that fails, without quotes": f"<img src=x onerror={RUN}>",
    "handler behind a bar": f"<img/src=x/onerror={RUN}>",
    "drawing": f'<svg onload="{RUN}"></svg>',
    "drawing with a script": f"<svg><script>{RUN}</script></svg>",
    "formula": f'<math><mtext><img src=x onerror="{RUN}"></mtext></math>',
    "link": f'<a href="javascript:{RUN}">A</a>',
    "frame": f'<iframe srcdoc="<script>{RUN}</script>"></iframe>',
    "frame elsewhere": f'<iframe src="{_DATA}"></iframe>',
    "object": f'<object data="{_DATA}"></object>',
    "embed": f'<embed src="{_DATA}">',
    "form": '<form action="/ran"><button autofocus>A</button></form>',
    "refresh": '<meta http-equiv="refresh" content="0;url=/ran">',
    "another policy": '<meta http-equiv="Content-Security-Policy" content="default-src *">',
    "base": '<base href="http://localhost/ran/">',
    "sheet by address": '<link rel="stylesheet" href="/ran.css">',
    "sheet imported": "<style>@import '/ran.css';</style>",
    "background by address": "<style>body{background:url(/ran.png)}</style><p>A</p>",
    "escape": r"<style>@\69mport '/ran.css';</style>",
    "motion": "<style>@keyframes a{to{left:9px}}p{animation:a 1s infinite}</style><p>A</p>",
    "marquee": "<marquee>A</marquee>",
    "video": f'<video src="/ran.mp4" autoplay onloadstart="{RUN}"></video>',
    "preload": '<link rel="preload" as="fetch" href="/ran">',
    "entity in an address": "<a href='java&#115;cript:fetch(1)'>A</a>",
    "image in a style": "<style>p{background:url( 'data:image/png;base64,AAAA' )}</style><p>A</p>",
    "image of its own": '<p>A</p><img alt="" src="data:image/png;base64,AAAA">',
    "words alone": "<p>fetch('/ran')</p>",
    "half a page": "</body></html><script>" + RUN,
}
"""Pages (HTML5): in a frame, where they may be at all."""

FIELDS = {
    "markup in the name": {"advertiser": f"<script>{RUN}</script>"},
    "markup out of an attribute": {"advertiser": f'" onmouseover="{RUN}" x="'},
    "a campaign of a sheet": {"campaign": '=HYPERLINK("http://localhost/ran")'},
    "a name of a sheet": {"advertiser": "@SUM(1+1)*cmd|' /C calc'!A0"},
    "a name that ends a template": {"advertiser": f"</template><img src=x onerror={RUN}>"},
    "a name of a template": {"advertiser": "{{ 7*7 }}{% raw %}"},
    "letters that turn round": {"advertiser": "Acme \u202egpj.exe"},
    "a name of nothing": {"advertiser": "\u200b\u200b"},
    "an order of lines": {"advertiser": "Acme\r\nSet-Cookie: ran=1"},
}
CREATIVES = {
    "markup in the words": {"alt": f"<img src=x onerror={RUN}>"},
    "words out of an attribute": {"alt": f'"><script>{RUN}</script>'},
    "a script as link": {"link": f"javascript:{RUN}"},
    "a script behind a space": {"link": f" java\tscript:{RUN}"},
    "a page as link": {"link": _DATA},
    "a link out of an attribute": {"link": f'https://example.org/"onclick="{RUN}'},
    "another host at once": {"link": "//example.org/ran"},
    "a host with backslashes": {"link": "https:\\\\example.org\\ran"},
    "a name and a word": {"link": "https://gazette.example.org@example.net/"},
    "a view of a source": {"link": "view-source:https://example.org/"},
    "a file elsewhere": {"file": "../../../../etc/hostname"},
    "a file by address": {"file": "https://example.org/ran.png"},
}
"""Fields of a booking, and of its creative: refused, or shown as the words that they are."""
