"""Starts Sổ Vàng from this folder with nothing but Python: its packages are unpacked once, for this user.

What is written here runs on every Python 3, so that an old one gets a sentence.
"""

import hashlib
import os
import platform
import subprocess
import sys
import tempfile
import zipfile
from typing import Iterator, List

HERE = os.path.dirname(os.path.abspath(__file__))


class Refused(Exception):
    """Why it does not start: two sentences in two languages."""


def main(arguments: List[str]) -> int:
    """Unpack what this Python needs where it is not yet, and run the program; gives its exit code."""
    try:
        library = library_for(target())
    except Refused as refused:
        sys.stderr.write("{}\n".format(refused))
        return 3
    known = dict(os.environ, PYTHONPATH=library, PYTHONUTF8="1", PYTHONNOUSERSITE="1")
    try:
        return subprocess.call([sys.executable, os.path.join(HERE, "program", "main.py"), *arguments], env=known)
    except KeyboardInterrupt:
        return 130


def target() -> str:
    """The name of this system and Python, such as `linux-3.12`. Raises Refused where nothing fits it."""
    version = "{}.{}".format(*sys.version_info[:2])
    system = "windows" if os.name == "nt" else "linux" if sys.platform.startswith("linux") else sys.platform
    wide = sys.maxsize > 2**32 and platform.machine().lower() in ("x86_64", "amd64")
    name = "{}-{}".format(system, version)
    if not (wide and os.path.isfile(listed(name))):
        raise Refused(
            "Thư mục này dành cho {}; máy này là {} {} với Python {}. / "
            "This folder is for {}; this computer is {} {} with Python {}.".format(
                there(), system, platform.machine(), version, there(), system, platform.machine(), version
            )
        )
    return name


def listed(name: str) -> str:
    """The list of packages for a target: a line each with SHA-256 and file name."""
    return os.path.join(HERE, "wheels", name + ".txt")


def there() -> str:
    """The targets of this folder."""
    names = [each[:-4] for each in os.listdir(os.path.join(HERE, "wheels")) if each.endswith(".txt")]
    return ", ".join(sorted(names, key=lambda name: (name.split("-")[0], int(name.rpartition(".")[2])))) + " (64-bit)"


def library_for(name: str) -> str:
    """The folder with the unpacked packages of a target; made where it is not there. Raises Refused."""
    with open(listed(name), "rb") as source:
        told = source.read()
    mark = hashlib.sha256(told).hexdigest()[:16]
    wheels = [line.split() for line in told.decode("ascii").splitlines() if line.strip()]
    for place in places():
        library = os.path.join(place, mark)
        if os.path.isdir(library):
            return library
        try:
            os.makedirs(place, mode=0o700, exist_ok=True)
            part = tempfile.mkdtemp(prefix="part-", dir=place)
        except OSError:
            continue
        sys.stderr.write("Chuẩn bị lần đầu… / Preparing for the first time…\n")
        for digest, wheel in wheels:
            unpack(os.path.join(HERE, "wheels", wheel), digest, part)
        try:
            os.rename(part, library)
        except OSError:
            if not os.path.isdir(library):  # another run was quicker
                return part
        return library
    raise Refused("Không có thư mục nào ghi được để chuẩn bị. / No folder can be written to prepare in.")


def places() -> Iterator[str]:
    """Where unpacked packages may be kept: this user's own cache, else a folder for this run."""
    home = os.environ.get("LOCALAPPDATA") if os.name == "nt" else os.environ.get("XDG_CACHE_HOME")
    usual = home or os.path.join(os.path.expanduser("~"), ".cache")
    yield os.path.join(usual, "sovang", "library")
    yield tempfile.mkdtemp(prefix="sovang-")


def unpack(wheel: str, digest: str, folder: str) -> None:
    """Unpack one package. Raises Refused when it is not what the list says."""
    try:
        with open(wheel, "rb") as source:
            content = source.read()
    except OSError:
        content = b""
    if hashlib.sha256(content).hexdigest() != digest:
        raise Refused(
            "Tệp {0} thiếu hoặc hỏng; chép lại thư mục này. / "
            "The file {0} is missing or damaged; copy this folder again.".format(os.path.basename(wheel))
        )
    root = os.path.realpath(folder)
    with zipfile.ZipFile(wheel) as archive:
        for each in archive.infolist():
            parts = each.filename.split("/")
            if parts[0].endswith(".data"):
                if parts[1] not in ("purelib", "platlib"):
                    continue
                parts = parts[2:]
            place = os.path.realpath(os.path.join(root, *parts))
            if each.is_dir() or not place.startswith(root + os.sep):
                continue
            os.makedirs(os.path.dirname(place), exist_ok=True)
            with open(place, "wb") as out:
                out.write(archive.read(each))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
