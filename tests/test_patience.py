"""Whatever waits for ever in a test fails, and says where."""

import signal
import subprocess
from pathlib import Path

import forks
import pytest
from forks import run_python, usual_environ
from patience import patience

HANGS = "import threading; print('begun', flush=True); threading.Event().wait()"


def test_a_process_that_never_answers_is_ended_with_what_it_started() -> None:
    waiting = subprocess.Popen(
        ["sh", "-c", "sleep 600; echo"], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    with waiting, pytest.raises(TimeoutError, match="did not answer"), patience(waiting, 0.2):
        assert waiting.stdout
        waiting.stdout.readline()
    assert waiting.returncode == -signal.SIGKILL


@pytest.mark.parametrize("others", [{}, {"PYTHONHASHSEED": "0"}], ids=["forked", "new"])
def test_a_command_that_never_ends_tells_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, others: dict[str, str]
) -> None:
    monkeypatch.setattr(forks, "PATIENCE_SECONDS", 1.5)
    (tmp_path / "hanging.py").write_text(HANGS)
    done = run_python(["hanging"], tmp_path, usual_environ() | others)
    assert done.returncode == -signal.SIGABRT
    assert done.stdout == "begun\n"
    assert "did not end in 1.5 seconds" in done.stderr
    assert "hanging.py" in done.stderr
    (tmp_path / "hanging.py").write_text("")
    assert run_python(["hanging"], tmp_path, usual_environ()).returncode == 0  # the next one
