"""The real server with the vectors' keys, its clock and ended sessions told by a file.

Run as a program: `gate_service.py <output> <port> <state>`. Only time, and who has signed out, is
set from outside; everything else is what `paywall serve` runs.
"""

import json
import sys
from datetime import datetime
from functools import partial
from pathlib import Path

from gate_forge import ADDRESS, keyring

from paywall.app import create_app
from paywall.ended import EndedSubjects
from paywall.server import serve
from paywall.settings import Settings


class State:
    """What the file says, read at each question."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def now(self) -> datetime:
        return datetime.fromisoformat(json.loads(self._file.read_text("utf-8"))["now"])

    def ended(self) -> list[str]:
        return list(json.loads(self._file.read_text("utf-8"))["ended"])


class ToldSubjects(EndedSubjects):
    """The subjects that the file names."""

    def __init__(self, state: State) -> None:
        super().__init__()
        self._state = state

    def holds(self, subject: str, now: datetime) -> bool:
        return subject in self._state.ended()


def main(output: str, port: str, file: str) -> None:
    state = State(Path(file))
    var = Path(file).parent
    settings = Settings(
        output=Path(output), var=var, database=f"sqlite:///{var / 'accounts.sqlite'}",
        address=ADDRESS, port=int(port),
    )  # fmt: skip
    create = partial(create_app, clock=state.now, keys=keyring(), ended=ToldSubjects(state))
    serve(settings, create)


if __name__ == "__main__":
    main(*sys.argv[1:])
