"""Settings of the magazine, for the machine of whoever writes it (see publishconf.py)."""

from pathlib import Path

ROOT = Path(__file__).parent

# --- The magazine: change these -------------------------------------------------------
SITENAME = "La Gazette du bicorne"
SITEURL = "http://localhost:8000"
TIMEZONE = "Europe/Paris"
MAGAZINE = {
    "tagline": "La revue des anciens élèves",
    "description": "Histoire, sciences, industrie et idées : la revue des anciens élèves d’une "
    "école d’ingénieurs, ses numéros, ses portraits et son carnet.",
    "publisher": "Association des anciens élèves (édition de démonstration)",
    "email": "redaction@example.org",  # printed in security.txt
    "interface_lang": "fr",  # "en" for an English interface
    "class_prefix": "X",  # X1873
    "odd_wear": "jaune",  # colour of odd class years and issues; even ones wear the other
}
URLS: dict[str, str] = {}  # addresses of page kinds: names and defaults in docs/settings.md

# --- How it is built: rarely changed ---------------------------------------------------
PATH = str(ROOT / "content")
THEME = str(ROOT / "theme")
OUTPUT_PATH = str(ROOT / "output")
CACHE_PATH = str(ROOT / ".cache")
PELICAN_CLASS = "plugins.Press"
PLUGINS = [
    "plugins.magazine",
    "plugins.images",
    "plugins.cards",
    "plugins.ads",
    "plugins.feeds",
    "plugins.search",
    "plugins.access",
]
JINJA_ENVIRONMENT = {
    "autoescape": True,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "extensions": ["jinja2.ext.i18n"],
}

# Pelican's own articles, pages and feeds rest: the magazine's plugin makes them.
ARTICLE_PATHS: list[str] = []
PAGE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
THEME_STATIC_PATHS: list[str] = []
DIRECT_TEMPLATES: list[str] = []
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
