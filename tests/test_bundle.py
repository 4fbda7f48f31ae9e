"""The folder for a USB stick starts by itself, and says what is wrong where it cannot."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from bundling.make_bundle import ROOT, TARGETS, copy_program, locked
from bundling.start import target


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stick whose program says what a package of the stick says, for this Python only."""
    place = tmp_path / "stick"
    copy_program(place)
    (place / "program" / "main.py").write_text(
        "import sys, told; print(told.WORD, *sys.argv[1:]); sys.exit(7)", "utf-8"
    )
    wheels = place / "wheels"
    wheels.mkdir()
    with zipfile.ZipFile(wheels / "told-1-py3-none-any.whl", "w") as archive:
        archive.writestr("told.py", "from other import WORD\n")
        archive.writestr("told-1.data/purelib/other.py", "WORD = 'Sổ Vàng'\n")
        archive.writestr("told-1.data/scripts/told", "#!python\n")
        archive.writestr("../outside.py", "")
    name = f"linux-{sys.version_info[0]}.{sys.version_info[1]}"
    digest = hashlib.sha256((wheels / "told-1-py3-none-any.whl").read_bytes()).hexdigest()
    (wheels / f"{name}.txt").write_text(f"{digest} told-1-py3-none-any.whl\n", "ascii")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return place


def start(stick: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-S", str(stick / "start.py"), *words], capture_output=True, text=True, check=False
    )


needs_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the stick of this test is for Linux")


@needs_linux
def test_it_starts_with_nothing_but_python_and_unpacks_once(stick: Path, tmp_path: Path) -> None:
    done = start(stick, "a b", "ố")
    assert (done.returncode, done.stdout) == (7, "Sổ Vàng a b ố\n")
    assert "Preparing" in done.stderr
    assert start(stick).stderr == ""
    assert not list((tmp_path / "cache").rglob("outside.py"))
    assert not (tmp_path / "cache/sovang/library/outside.py").exists()


@needs_linux
def test_a_damaged_stick_is_said_and_nothing_of_it_is_kept(stick: Path, tmp_path: Path) -> None:
    with (stick / "wheels" / "told-1-py3-none-any.whl").open("ab") as wheel:
        wheel.write(b"x")
    done = start(stick)
    assert done.returncode == 3
    assert "copy this folder again" in done.stderr
    assert "Traceback" not in done.stderr
    (stick / "wheels" / "told-1-py3-none-any.whl").unlink()
    assert start(stick).returncode == 3


@needs_linux
def test_where_the_cache_cannot_be_written_it_starts_all_the_same(stick: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file", "utf-8")
    assert start(stick).stdout == "Sổ Vàng\n"


@needs_linux
def test_a_python_it_has_nothing_for_is_told_which_would_do(stick: Path) -> None:
    name = target_file(stick)
    name.rename(name.with_name("linux-3.99.txt"))
    done = start(stick)
    assert done.returncode == 3
    assert "linux-3.99" in done.stderr


def target_file(stick: Path) -> Path:
    return next((stick / "wheels").glob("*.txt"))


@needs_linux
@pytest.mark.skipif(shutil.which("sh") is None, reason="needs a shell")
def test_the_shell_script_starts_it_from_anywhere(stick: Path, tmp_path: Path) -> None:
    path = os.pathsep.join((str(Path(sys.executable).parent), "/usr/bin", "/bin"))
    known = {**os.environ, "PATH": path}
    asked = [str(stick / "so-vang.sh"), "x"]
    done = subprocess.run(asked, cwd=tmp_path, env=known, capture_output=True, text=True, check=False)
    assert done.returncode in (3, 7)
    assert done.stdout == "Sổ Vàng x\n" or "This folder is for" in done.stderr


def test_the_windows_script_is_a_windows_file_and_calls_what_is_there() -> None:
    told = (ROOT / "bundling" / "so-vang.bat").read_bytes()
    assert b"\r\n" in told
    assert told.count(b"\n") == told.count(b"\r\n")
    assert b"start.py" in told
    told.decode("ascii")


@pytest.mark.parametrize("name", TARGETS)
def test_every_target_gets_each_package_once_and_its_own(name: str) -> None:
    lines = list(locked(ROOT / "requirements.lock", name))
    packages = [line.partition("=")[0] for line in lines]
    assert len(packages) == len(set(packages))
    assert {"textual", "textual-image", "tinydb", "reportlab", "pyyaml"} <= set(packages)
    assert all("--hash=sha256:" in line and ";" not in line for line in lines)
    held = {"linux-3.11": "0.12", "linux-3.14": "0.14"}.get(name)
    assert held is None or any(line.startswith(f"textual-image=={held}") for line in lines)


def test_no_file_of_the_stick_names_a_package_host() -> None:
    for path in (ROOT / "bundling").iterdir():
        assert path.is_dir() or "http" not in path.read_text("utf-8"), path


def test_a_target_is_known_by_system_and_python(monkeypatch: pytest.MonkeyPatch, stick: Path) -> None:
    monkeypatch.setattr("bundling.start.HERE", str(stick))
    monkeypatch.setattr("platform.machine", lambda: "x86_64")
    if sys.platform.startswith("linux"):
        assert target() == f"linux-{sys.version_info[0]}.{sys.version_info[1]}"
