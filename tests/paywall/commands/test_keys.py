from pathlib import Path

import pytest

from paywall.commands.main import main
from paywall.keys import load_keys


def test_a_rotation_says_when_the_new_key_signs_and_keeps_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BICORNE_VAR", str(tmp_path))
    before = load_keys(tmp_path / "keys")
    assert main(["keys", "rotate"]) == 0
    after = load_keys(tmp_path / "keys")
    assert [key.kid for key in after.keys] == [before.signing.kid, after.newest.kid]
    assert after.signing.kid == before.signing.kid
    printed, _ = capsys.readouterr()
    assert printed == f"Clé {after.newest.kid} : publiée maintenant, elle signe dans 10 minutes.\n"


def test_keys_that_others_can_write_to_are_not_rotated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BICORNE_VAR", str(tmp_path))
    load_keys(tmp_path / "keys")
    (tmp_path / "keys").chmod(0o777)
    assert main(["keys", "rotate"]) == 1
    assert "chmod 700" in capsys.readouterr().err
    assert len(list((tmp_path / "keys").glob("*.pem"))) == 1
