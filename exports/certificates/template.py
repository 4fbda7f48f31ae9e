"""Where templates are found: the office's own file of a name stands before the one that came with the program."""

from __future__ import annotations

import re
from pathlib import Path

from config.errors import ConfigError, InputError
from config.settings.certificates import Template
from config.text import t
from exports.certificates.batch import Means
from exports.fonts import ROLES

_SHIPPED = Path(__file__).parents[2] / "config" / "data" / "certificates"


def load_template(name: str, own: Path | None = None) -> Template:
    """The template `name`, from `own`/certificates of the office or from those that came with the program.

    Raises:
        InputError: when there is none of that name.
        ConfigError: with file and line, when it cannot be read.
    """
    paths = template_files(own)
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", name) or name not in paths:
        raise InputError(
            t("There is no certificate template “{name}”", name=name),
            do=t("use one of: {known}", known=", ".join(sorted(paths))),
        )
    return read_template(paths[name], name)


def read_template(path: Path, name: str = "") -> Template:
    """The template in a file; its id must be `name`, or the name of the file. Raises ConfigError with file and line."""
    from config.settings.reading import read_shape  # noqa: PLC0415  # YAML is needed only here

    template = read_shape(path, Template)
    if template.id != (name or path.stem):
        raise ConfigError(
            t("The template calls itself “{id}”", id=template.id),
            where=str(path),
            do=t("write `id: {name}`, like the name of the file", name=name or path.stem),
        )
    return template


def template_files(own: Path | None = None) -> dict[str, Path]:
    """Every template's name and file, the office's own before the shipped ones."""
    folders = [_SHIPPED, own / "certificates"] if own else [_SHIPPED]
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.yaml"))}


def office_means(own: Path) -> Means:
    """The office's own fonts and images.

    Args:
        own: the book's `config` folder; fonts are `fonts/serif.ttf`, `fonts/serif-bold.ttf`… by role, images lie beside
            the office's own templates.
    """
    fonts = {role: path for role in ROLES if (path := own / "fonts" / f"{role}.ttf").is_file()}
    return Means(own_fonts=fonts, images=own / "certificates")
