"""The system's own means: open a file in its viewer, or send it to a printer. Argument lists only, never a shell."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from config.errors import InputError
from config.text import t

_WAIT = 60.0  # seconds; a queue that takes longer to answer is not there


def open_in_viewer(path: Path) -> None:
    """Open a file in the system's viewer.

    Raises:
        InputError: when the system has none.
    """
    if sys.platform == "win32":
        _windows(path, "open")
        return
    tool = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if tool is None:
        raise InputError(
            t("This system has no program to open “{path}”", path=path), do=t("open the file from the file manager")
        )
    subprocess.Popen(  # noqa: S603  # a found program and a path, no shell
        [tool, str(path.resolve())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def printer_command(path: Path, *, printer: str = "", paper: str = "", duplex: bool = False) -> list[str]:
    """The arguments that `lp` is called with."""
    command = ["lp"]
    if printer:
        command += ["-d", printer]
    if paper:
        command += ["-o", f"media={paper}"]
    command += ["-o", "sides=two-sided-long-edge" if duplex else "sides=one-sided"]
    # A page of certificates is laid out to the millimetre: the printer must not shrink it.
    return [*command, "-o", "print-scaling=none", "--", str(path.resolve())]


def send_to_printer(path: Path, *, printer: str = "", paper: str = "", duplex: bool = False) -> None:
    """Send a PDF to a printer: the usual one when no name is given.

    On Windows the system's own viewer prints, with the settings of the usual printer.

    Raises:
        InputError: when there is no such file, no way to print, or the printer refuses.
    """
    if not path.is_file():
        raise InputError(t("There is no file “{path}”", path=path), do=t("check the name"))
    if sys.platform == "win32":
        if printer or paper or duplex:
            raise InputError(
                t("On Windows the printer, the paper and both sides are set in the viewer"),
                do=t("open the file and print it from there"),
            )
        _windows(path, "print")
        return
    if shutil.which("lp") is None:
        raise InputError(t("This system has no printing command “lp”"), do=t("open the file and print it from there"))
    _run(printer_command(path, printer=printer, paper=paper, duplex=duplex))


def _run(command: Sequence[str]) -> None:
    try:
        done = subprocess.run(  # noqa: S603  # a list of arguments, no shell
            command, capture_output=True, text=True, errors="replace", timeout=_WAIT, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise InputError(t("The printer does not answer"), do=t("check that it is on and connected")) from error
    if done.returncode != 0:
        said = " ".join(done.stderr.split()) or str(done.returncode)
        raise InputError(t("The printer refused: {said}", said=said), do=t("check its name and that it is on"))


def _windows(path: Path, verb: str) -> None:
    try:
        os.startfile(str(path.resolve()), verb)  # type: ignore[attr-defined]  # noqa: S606  # only there on Windows; no shell
    except OSError as error:
        raise InputError(
            t("This system has no program to open “{path}”", path=path), do=t("open the file from the file manager")
        ) from error
