"""Makes the folder for a USB stick: `python -m bundling.make_bundle FOLDER [TARGET …]`, where the package index is."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from packaging.requirements import Requirement

from config.missing import PYTHONS

ROOT = Path(__file__).parents[1]
_PLATFORMS = {
    "linux": (
        {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
        ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64", "manylinux2010_x86_64",
         "manylinux1_x86_64"),
    ),
    "windows": ({"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"}, ("win_amd64",)),
}  # fmt: skip
TARGETS = tuple(f"{system}-3.{minor}" for system in _PLATFORMS for minor in range(PYTHONS[0][1], PYTHONS[1][1] + 1))
_PROGRAM = ("main.py", "config", "records", "exports", "tui", "LICENSE", "README.md", "README.vi.md")
_SCRIPTS = ("start.py", "so-vang.sh", "so-vang.bat")


def make_bundle(out: Path, targets: Sequence[str] = TARGETS) -> None:
    """Make the folder `out`, anew. Raises CalledProcessError when a package cannot be had for a target."""
    part = out.with_name(f"{out.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    (part / "wheels").mkdir(parents=True)
    copy_program(part)
    for target in targets:
        print(target)
        fetch(target, part / "wheels")
    shutil.rmtree(out, ignore_errors=True)
    part.rename(out)


def copy_program(out: Path) -> None:
    """Copy the program and what starts it."""
    for name in _PROGRAM:
        source, place = ROOT / name, out / "program" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, place, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
        else:
            shutil.copy(source, place)
    for name in _SCRIPTS:
        shutil.copy(ROOT / "bundling" / name, out / name)
    (out / "so-vang.sh").chmod(0o755)


def fetch(target: str, wheels: Path) -> None:
    """Fetch the locked packages of one target, and list them with their SHA-256."""
    system, _, version = target.partition("-")
    with tempfile.TemporaryDirectory() as folder:
        wanted, got = Path(folder, "requirements.txt"), Path(folder, "wheels")
        wanted.write_text("\n".join(locked(ROOT / "requirements.lock", target)), "utf-8")
        words = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
        words += ["--only-binary=:all:", "--require-hashes", "-r", str(wanted), "-d", str(got)]
        words += ["--implementation", "cp", "--python-version", version]
        words += [word for each in _PLATFORMS[system][1] for word in ("--platform", each)]
        subprocess.run(words, check=True)  # noqa: S603  # our own words, no shell
        lines = []
        for each in sorted(got.iterdir()):
            lines.append(f"{hashlib.sha256(each.read_bytes()).hexdigest()} {each.name}\n")
            shutil.copy(each, wheels / each.name)
    (wheels / f"{target}.txt").write_text("".join(lines), "ascii")


def locked(lock: Path, target: str) -> Iterator[str]:
    """The lines of a lock file that hold for a target, without their conditions: pip would judge those for itself."""
    system, _, version = target.partition("-")
    ground = {
        **_PLATFORMS[system][0], "python_version": version, "python_full_version": f"{version}.0",
        "implementation_name": "cpython", "platform_python_implementation": "CPython", "platform_machine": "x86_64",
    }  # fmt: skip
    whole = lock.read_text("utf-8").replace("\\\n", " ")
    for line in whole.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        named, *hashes = line.split("--hash=")
        asked = Requirement(named.strip())
        if asked.marker is None or asked.marker.evaluate(ground):
            yield " ".join((f"{asked.name}{asked.specifier}", *(f"--hash={each.strip()}" for each in hashes)))


if __name__ == "__main__":
    make_bundle(Path(sys.argv[1]), sys.argv[2:] or TARGETS)
