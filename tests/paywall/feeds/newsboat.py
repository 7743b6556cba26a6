"""newsboat, a feed reader of Debian, without its screen: what it keeps after each reload."""

import os
import sqlite3
import subprocess
from pathlib import Path


class Newsboat:
    """One person's reader, subscribed to one address, in a home of its own."""

    def __init__(self, home: Path, address: str) -> None:
        self.home, self.address = home, address
        home.mkdir()
        (home / "urls").write_text(address + "\n")
        (home / "config").write_text("")
        self._reloads = 0

    def reload(self) -> str:
        """Fetch; what it wrote in its log of this."""
        self._reloads += 1
        log = self.home / f"log.{self._reloads}"
        command = ["newsboat", "-u", "urls", "-c", "cache.db", "-C", "config"]
        subprocess.run(
            [*command, "-x", "reload", "-d", log.name, "-l", "6"],
            cwd=self.home,
            env={"HOME": str(self.home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"},
            check=True,
            capture_output=True,
            timeout=60,
        )
        return log.read_text("utf-8", errors="replace")

    def articles(self) -> dict[str, str]:
        """What it shows of each article, by its link's path."""
        rows = self._rows("SELECT url, content FROM rss_item")
        return {"/" + url.split("/", 3)[3]: content for url, content in rows}

    def tag(self) -> str:
        """The validator that it will ask with."""
        ((etag,),) = self._rows("SELECT etag FROM rss_feed")
        return str(etag)

    def _rows(self, query: str) -> list[tuple[str, ...]]:
        with sqlite3.connect(self.home / "cache.db") as db:
            return db.execute(query).fetchall()
