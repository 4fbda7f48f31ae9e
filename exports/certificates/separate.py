"""One file for each certificate, cut from one batch: fonts and frames are made once, not once for each."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from threading import get_ident

from config.errors import InputError
from config.settings.certificates import Template
from config.text import t
from exports.certificates.batch import BatchReport, Blank, Certificate, Drawn, Means, Placing, judge_run
from exports.certificates.incremental_pdf import with_preferences
from exports.certificates.proof.archive import About
from exports.certificates.sheets import check_stop, preferences
from exports.files import judge_place, unwritten
from records.store.about import judge_outside
from records.store.journal.durable import disk, make_folder
from records.store.safety.leftovers import clear_parts

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_LONGEST = 180  # bytes; every file system of an office takes this, with room for an ending


def print_separately(
    template: Template,
    certificates: Sequence[Certificate],
    folder: Path,
    *,
    progress: Callable[[int, int], None] | None = None,
    stop: Callable[[], bool] | None = None,
    means: Means | None = None,
    blank: Blank | None = None,
    placing: Placing | None = None,
) -> tuple[BatchReport, list[Path]]:
    """Print each certificate into a file of its own in `folder`, which is made if it is not there.

    A file that is there already is never replaced. All are made and noted before the first takes its place; what was
    put there when the run failed is removed.

    Raises:
        InputError: as `print_batch`, or for the folder.
        RefusedError: when it was stopped.
    """
    if template.sheet is not None:
        raise InputError(t("“{name}” is printed several to a sheet", name=template.id), do=t("print it into one file"))
    _make(folder)  # and clear what a killed run left
    names = file_names(certificates)
    judge_run(certificates)
    drawn = Drawn(template, certificates, means or Means(), blank, stop)
    written = [folder / name for name in names]
    with _staging(folder) as place:
        whole = place / "all.part"
        drawn.write(whole)
        digest = hashlib.sha256(whole.read_bytes()).hexdigest()
        # No page has its own name before it is noted: not here either, for a point hides nothing on Windows.
        staged = [place / f"{number}.part" for number in range(len(names))]
        for number, _path in enumerate(_cut(whole, staged, template, drawn.about), 1):
            check_stop(stop)
            if progress is not None:
                progress(number, len(names))
        _put(staged, written, placing or Placing())
    return BatchReport(folder, len(names), drawn.font_family, digest), written


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """A folder for parts beside the files they become; a later run takes it away where this one is killed."""
    place = folder / f".sovang-{os.getpid()}-{get_ident()}.part"
    try:
        shutil.rmtree(place, ignore_errors=True)
        make_folder(place)
        yield place
    except OSError as error:
        raise unwritten(folder, error) from error
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _judge_free(outs: Sequence[Path]) -> None:
    for out in outs:
        if out.exists():
            raise InputError(t("“{path}” is there already", path=out), do=t("choose another folder"))


def _put(staged: Sequence[Path], outs: Sequence[Path], placing: Placing) -> None:
    """Move whole files to their places, all of them or none, when all lie on disk and are noted."""
    _judge_free(outs)
    placing.settle(staged)
    try:
        for part, out in zip(staged, outs, strict=True):
            judge_place(out, overwrite=False)  # another run may have taken a name meanwhile
            disk.rename(part, out)
        disk.sync_folder(outs[0].parent)
    except BaseException:
        for part, out in zip(staged, outs, strict=True):
            if not part.exists():  # it has its name
                with suppress(OSError):
                    out.unlink()
        raise


def _cut(whole: Path, outs: Sequence[Path], template: Template, about: About) -> Iterator[Path]:
    """Write the pages of each certificate of a file into the next of `outs`."""
    sides = 2 if template.back or template.back_ornament else 1
    import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415  # it has no types, and is heavy

    source = pypdfium2.PdfDocument(whole)
    try:
        for number, out in enumerate(outs):
            single = pypdfium2.PdfDocument.new()
            single.import_pages(source, list(range(number * sides, (number + 1) * sides)))
            # In memory first: what the library cannot write it drops without a word.
            content = BytesIO()
            single.save(content)
            single.close()
            out.write_bytes(with_preferences(content.getvalue(), preferences(template), about))
            yield out
    finally:
        source.close()


def file_names(certificates: Sequence[Certificate]) -> list[str]:
    """A sane name for each file: its place in the list, register number and name; no two alike."""
    width = max(3, len(str(len(certificates))))
    names = []
    for number, each in enumerate(certificates, 1):
        parts = (f"{number:0{width}d}", each.fields.get("register_number", ""), each.fields.get("name", ""))
        names.append(f"{_sane(' '.join(part for part in parts if part))}.pdf")
    return names


def _sane(name: str) -> str:
    name = " ".join(_FORBIDDEN.sub("-", unicodedata.normalize("NFC", name)).split())
    name = name.encode("utf-8")[:_LONGEST].decode("utf-8", "ignore").rstrip(" .")
    return f"_{name}" if _RESERVED.match(name) else name


def _make(folder: Path) -> None:
    judge_outside(folder)
    try:
        make_folder(folder)
    except OSError as error:
        if folder.exists() and not folder.is_dir():
            raise InputError(t("“{path}” is a file, not a folder", path=folder), do=t("choose a folder")) from error
        raise unwritten(folder, error) from error
    clear_parts(folder)
