"""Where templates are found: the office's own file of a name stands before the one that came with the program."""

from __future__ import annotations

import re
from pathlib import Path

from config.certificate_shapes import Template
from config.errors import ConfigError, InputError
from config.text import t

_SHIPPED = Path(__file__).parents[2] / "config" / "certificates"


def load_template(name: str, own: Path | None = None) -> Template:
    """The template `name`, from `own`/certificates of the office or from those that came with the program.

    Raises:
        InputError: when there is none of that name.
        ConfigError: with file and line, when it cannot be read.
    """
    from config.loading import read_shape  # noqa: PLC0415  # YAML is needed only here

    folders = [own / "certificates", _SHIPPED] if own else [_SHIPPED]
    paths = [folder / f"{name}.yaml" for folder in folders]
    path = next((path for path in paths if path.is_file()), None)
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", name) or path is None:
        known = ", ".join(sorted({file.stem for folder in folders for file in folder.glob("*.yaml")}))
        raise InputError(
            t("There is no certificate template “{name}”", name=name), do=t("use one of: {known}", known=known)
        )
    template = read_shape(path, Template)
    if template.id != name:
        raise ConfigError(
            t("The template calls itself “{id}”", id=template.id),
            where=str(path),
            do=t("write `id: {name}`, like the name of the file", name=name),
        )
    return template
