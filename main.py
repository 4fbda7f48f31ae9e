"""The door of Sổ Vàng: chooses the language, then runs a command or opens the screen."""

from __future__ import annotations

import gc
import io
import os
import sys

if sys.version_info < (3, 11):  # noqa: UP036  # said before anything that an older one cannot even read
    sys.exit("Sổ Vàng cần Python 3.11 trở lên. / Sổ Vàng needs Python 3.11 or newer: " + sys.executable)

from collections.abc import Sequence
from pathlib import Path

_LIVING = 50_000
"""New objects after which Python looks for rings of dead ones, instead of 700: modules, settings and rows stay."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with `argv`; where a package is missing, say which.

    Returns:
        The exit code: 0 done, 1 findings, 2 wrong use, 3 the book or the system, 4 a mistake of the program.
    """
    given = list(sys.argv[1:] if argv is None else argv)
    gc.set_threshold(_LIVING, 20, 20)
    gc.disable()  # until the modules are there, of which none ever goes
    try:
        return _begin(given)
    except ModuleNotFoundError as error:
        from config import missing  # noqa: PLC0415  # only needed where it is

        print(missing.told(error, "en" if "en" in given else "vi"), file=sys.stderr)  # noqa: T201
        return 3
    finally:
        gc.enable()


def _begin(given: list[str]) -> int:
    """Choose the language, then do what was asked."""
    from config import i18n  # noqa: PLC0415  # whatever is missing is said by who calls
    from records.intake import READER_FLAG  # noqa: PLC0415

    if os.name != "nt":
        os.umask(0o077)  # whatever is made is for this user alone
    if given[:1] == [READER_FLAG]:
        from records.intake.files import child  # noqa: PLC0415  # the readers are heavy, and only this process needs them

        gc.enable()
        return child.main(given[1:])
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    i18n.use(_language(given))
    from config.plain import plain_output  # noqa: PLC0415  # commands are heavy, and speak as they are loaded

    with plain_output():
        return _run(given)


def _run(given: list[str]) -> int:
    try:
        from tui.cli import context, parser  # noqa: PLC0415  # their texts are spoken as they are built

        args = parser.parse(given)
        if args.run is not None:
            gc.enable()
            return context.exit_code(args)
        os.environ.setdefault("TEXTUAL_FPS", "120")  # what a key changes is painted in two steps, one after the other
        from tui.app.app import run  # noqa: PLC0415  # Textual is heavy, and commands must not need it

        return run(args)
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001  # the last door: nothing but a sentence leaves it
        from tui.cli import context  # noqa: PLC0415  # only needed when something went wrong
        from tui.present.errors import in_words  # noqa: PLC0415

        return context.complain(in_words(error), as_json="--json" in given)


def _language(argv: Sequence[str]) -> str:
    """The language named in `argv`, or by the book, read before the parser exists because the parser speaks it."""
    from config import i18n  # noqa: PLC0415  # as above

    named = _option(argv, "--lang")
    if named in i18n.LANGUAGES:
        return named
    if "--demo" in argv:
        return "vi"
    book = Path(_option(argv, "--book") or os.environ.get("SOVANG_BOOK") or _usual_book())
    return i18n.spoken_at(book / "config" / "screen.yaml") or "vi"


def _usual_book() -> Path:
    from platformdirs import user_data_path  # noqa: PLC0415  # only needed when nothing is named

    return user_data_path("sovang", appauthor=False) / "office.sovang"


def _option(argv: Sequence[str], name: str) -> str:
    """What stands behind an option, or nothing."""
    for number, word in enumerate(argv):
        if word == name and number + 1 < len(argv):
            return argv[number + 1]
        if word.startswith(f"{name}="):
            return word.partition("=")[2]
    return ""


if __name__ == "__main__":
    sys.exit(main())
