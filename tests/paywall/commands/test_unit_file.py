"""The unit of systemd and the server of nginx that docs/operators.md gives are understood."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from patience import PATIENCE_SECONDS
from paywall_process import REPOSITORY, free_port

UNIT = REPOSITORY / "docs" / "bicorne.service"
OPERATORS = (REPOSITORY / "docs" / "operators.md").read_text("utf-8")
EXPOSED = 20
"""Tenths, of ten: `systemd-analyze security` calls that « OK » up to 4.9."""


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="without systemd")
def test_systemd_understands_the_unit_and_finds_little_exposed(tmp_path: Path) -> None:
    text = UNIT.read_text("utf-8").replace("/opt/bicorne/.venv/bin/paywall", "/bin/true")
    unit = tmp_path / "bicorne.service"
    unit.write_text(text.replace("=bicorne\n", "=daemon\n").replace("=/opt/bicorne", "=/"))
    verified = subprocess.run(
        ["systemd-analyze", "verify", unit],
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
    )
    assert (verified.returncode, verified.stderr) == (0, "")
    command = ["systemd-analyze", "security", "--offline=true", f"--threshold={EXPOSED}", unit]
    assert subprocess.run(command, capture_output=True, timeout=PATIENCE_SECONDS).returncode == 0


@pytest.mark.skipif(shutil.which("nginx") is None, reason="without nginx")
def test_nginx_understands_the_server(tmp_path: Path) -> None:
    found = re.search(r"```nginx\n(.*?)```", OPERATORS, re.DOTALL)
    assert found
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x"),
            *("-keyout", tmp_path / "privkey.pem", "-out", tmp_path / "fullchain.pem"),
        ],
        check=True,
        capture_output=True,
        timeout=PATIENCE_SECONDS,
    )
    server = found[1].replace("/etc/letsencrypt/live/revue.example", str(tmp_path))
    server = server.replace("listen 443", f"listen 127.0.0.1:{free_port()}")
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{\n{server}}}\n"
    )
    done = subprocess.run(
        ["nginx", "-t", "-p", tmp_path, "-c", tmp_path / "nginx.conf"],
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
    )
    assert done.returncode == 0, done.stderr
