"""One file for each certificate, cut from one batch: fonts and frames are made once, not once for each."""

from __future__ import annotations

import re
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from config.certificate_shapes import Template
from config.errors import InputError
from config.text import t
from exports.certificates.batch import BatchReport, Blank, Certificate, Means, Placing, print_batch
from exports.certificates.sheets import check_stop
from exports.files import whole_file

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
    _make(folder)
    sides = 2 if template.back or template.back_ornament else 1
    with tempfile.TemporaryDirectory(prefix=".sovang-print-", dir=folder) as place:
        whole = print_batch(template, certificates, Path(place, "all.pdf"), stop=stop, means=means, blank=blank)
        names = file_names(certificates)
        staged = [Path(place, name) for name in names]
        for number, _path in enumerate(_cut(whole.path, staged, sides), 1):
            check_stop(stop)
            if progress is not None:
                progress(number, whole.count)
        _judge_free(folder, names)
        (placing or Placing()).settle(staged)
        written = _put(staged, [folder / name for name in names])
    return BatchReport(folder, whole.count, whole.font_family, whole.sha256), written


def _judge_free(folder: Path, names: Sequence[str]) -> None:
    for name in names:
        if (folder / name).exists():
            raise InputError(t("“{path}” is there already", path=folder / name), do=t("choose another folder"))


def _put(staged: Sequence[Path], outs: Sequence[Path]) -> list[Path]:
    """Move whole files to their places: all of them, or none."""
    written: list[Path] = []
    try:
        for part, out in zip(staged, outs, strict=True):
            with whole_file(out) as waiting:
                part.replace(waiting)
            written.append(out)
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise
    return written


def _cut(whole: Path, outs: Sequence[Path], sides: int) -> Iterator[Path]:
    """Write every `sides` pages of a file into the next of `outs`."""
    import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415  # it has no types, and is heavy

    source = pypdfium2.PdfDocument(whole)
    try:
        for number, out in enumerate(outs):
            with whole_file(out) as part:
                single = pypdfium2.PdfDocument.new()
                single.import_pages(source, list(range(number * sides, (number + 1) * sides)))
                single.save(part)
                single.close()
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
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        if folder.exists() and not folder.is_dir():
            raise InputError(t("“{path}” is a file, not a folder", path=folder), do=t("choose a folder")) from error
        raise InputError(
            t("“{path}” cannot be written: {reason}", path=folder, reason=error.strerror or str(error)),
            do=t("free some space, close the file where it is open, or choose another folder"),
        ) from error
