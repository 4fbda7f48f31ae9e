"""Writing a paper, PDF, Word or Excel by the ending of its name, with its line in the book."""

from __future__ import annotations

from pathlib import Path

from config.errors import InputError
from config.text import t
from exports.logged import Log, logged_file
from exports.papers.form.docx import write_paper_docx
from exports.papers.form.paper import Paper
from exports.papers.form.pdf import write_paper_pdf
from exports.papers.form.workbook import write_paper_xlsx
from records.domain.lists import ListExport

_WRITERS = {".pdf": write_paper_pdf, ".xlsx": write_paper_xlsx, ".docx": write_paper_docx}


def judge_paper_path(path: Path) -> None:
    """Refuse an ending that no paper has. Raises InputError."""
    if path.suffix.lower() not in _WRITERS:
        raise InputError(
            t("“{ending}” is no kind of paper", ending=path.suffix),
            where=str(path),
            do=t("name the file .pdf, .docx or .xlsx"),
        )


def write_paper(paper: Paper, export: ListExport, path: Path, *, log: Log, overwrite: bool = False) -> None:
    """Write a paper to `path`, logged like every list of people.

    Args:
        paper: what it says.
        export: whose data it holds.
        path: the file to make, `.pdf`, `.docx` or `.xlsx`.
        log: enters the export in the book.
        overwrite: whether it may take the place of a file already there.

    Raises:
        InputError: for another ending, a file already there, a place that cannot be written, or a letter no font has.
    """
    judge_paper_path(path)
    with logged_file(path, export, log, overwrite=overwrite) as part:
        _WRITERS[path.suffix.lower()](paper, part, overwrite=True)
