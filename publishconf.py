"""Settings for the public site: ``desk build --settings publishconf.py``."""

from pelicanconf import *  # noqa: F403 (Pelican's own way to derive one from the other)

SITEURL = "https://gazette.example.org"  # the public address, without a final slash
