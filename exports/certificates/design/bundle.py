"""A template with its pictures as one file, to be handed to another office and taken in there."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from config.errors import ConfigError, InputError, RefusedError
from config.reasons import system_reason
from config.settings.certificates import Template
from config.settings.dated import Words
from config.settings.designs.elements import ImageElement
from config.text import Text, t
from exports.certificates.design.writing import rewritten
from exports.certificates.pieces import found_picture
from exports.certificates.template import Templates, own_pictures
from exports.files import whole_file
from records.services.certificates.designs import file_of, id_for, keep_design, keep_picture
from records.services.certificates.pictures import picture_png
from records.services.office import Office

ENDING = ".mau.zip"
_DESIGN = "mau.yaml"
_LARGEST = 20_000_000
_LONGEST = 500_000  # bytes of a design: a hundred times what one has
_PICTURE = re.compile(r"\w[\w .-]*\.(png|jpg|jpeg|svg)", re.IGNORECASE)
_MOST = 12  # files: a design and its pictures
_DAY = (2026, 1, 1, 0, 0, 0)  # the same design makes the same file
_DO = t("give a file that “certificate templates --export” wrote, or a template (.yaml)")


@dataclass(frozen=True, slots=True)
class Taken:
    """What is in such a file: the design as a shape and as it is written, and its pictures by name."""

    design: Template
    text: str
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    def named(self, title: str) -> Taken:
        """The same design under another name. Raises InputError for a name of which no letter is left."""
        design = replace(self.design, id=id_for(title), title=Words(vi=title, en=title))
        return Taken(design, rewritten(self.text, self.design, design), self.pictures)


def export_design(own: Path, name: str, out: Path, *, overwrite: bool = False) -> Template:
    """Write a template and its pictures as one file; `own` is the book's `config` folder.

    Raises:
        InputError: when there is no such template, or the file cannot be written.
    """
    templates, images = Templates(own), own_pictures(own)
    design = templates.named(name)
    if name not in templates.files:
        raise InputError(
            t("“{name}” is only another paper of a template", name=name),
            do=t("use one of: {known}", known=", ".join(sorted(templates.files))),
        )
    with whole_file(out, overwrite=overwrite) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(zipfile.ZipInfo(_DESIGN, _DAY), templates.files[name].read_bytes())
        for picture in pictures_of(design):
            if (found := found_picture(picture, images)) is not None:
                packed.writestr(zipfile.ZipInfo(picture, _DAY), found.read_bytes())
    return design


def pictures_of(design: Template) -> list[str]:
    """Names of the pictures that a design asks for, each once."""
    return list(dict.fromkeys(each.file for each in _images(design)))


def _images(design: Template) -> Iterator[ImageElement]:
    return (each for each in (*design.elements, *design.back) if isinstance(each, ImageElement) and each.file)


def read_bundle(path: Path) -> Taken:
    """What is in a file of `export_design`, or in a template alone.

    Raises:
        InputError: when it cannot be read, or is no such file.
        ConfigError: with file and line, when the template in it is none.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise InputError(t("“{path}” is too large for a template", path=path), do=_DO)
        content = path.read_bytes()
    except OSError as error:
        raise InputError(
            t("“{path}” cannot be read: {reason}", path=path, reason=system_reason(error)), do=t("check the name")
        ) from error
    files = {_DESIGN: content} if path.suffix.lower() in (".yaml", ".yml") else _unpacked(content, path)
    if _DESIGN not in files:
        raise InputError(t("“{path}” holds no template", path=path), do=_DO)
    written = files.pop(_DESIGN)
    if len(written) > _LONGEST:
        raise InputError(t("“{path}” is too large for a template", path=path), do=_DO)
    if strange := next((name for name in files if not _PICTURE.fullmatch(name)), ""):
        raise InputError(
            t("“{path}” holds “{name}”, which is no picture of a template", path=path, name=strange), do=_DO
        )
    design, text = _read(written, path)
    return Taken(design, text, {name: picture_png(each, Path(name)) for name, each in files.items()})


_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError)


def _unpacked(content: bytes, path: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            listed = packed.infolist()
            if len(listed) > _MOST or sum(each.file_size for each in listed) > _LARGEST:
                raise InputError(t("“{path}” is too large for a template", path=path), do=_DO)
            return {each.filename: packed.read(each) for each in listed}
    except _BROKEN as error:
        raise InputError(t("“{path}” holds no template", path=path), do=_DO) from error


def _read(content: bytes, path: Path) -> tuple[Template, str]:
    """A design as every other is read; what is wrong with it names the file that was given."""
    from config.settings.reading import read_shape  # noqa: PLC0415  # YAML is needed only here

    with tempfile.TemporaryDirectory(prefix="sovang-") as folder:
        place = Path(folder, "mau.yaml")
        place.write_bytes(content)
        try:
            return read_shape(place, Template), content.decode("utf-8-sig")
        except ConfigError as error:
            raise ConfigError(error.what, where=_in_file(error.where, path), do=error.do) from error


def _in_file(where: Text | str, path: Path) -> Text | str:
    """The line and column of the copy that was read, as places in the file that was given."""
    if not isinstance(where, Text):
        return str(path)
    return Text(where.pattern, tuple((name, path if name == "file" else value) for name, value in where.blanks))


def take_design(office: Office, taken: Taken, *, today: date, overwrite: bool = False) -> Office:
    """Keep a design of another office as an own one; its pictures get names of their own. One change.

    Raises:
        RefusedError: when the office has another template of its own of that name, and it may not be replaced.
        ConfigError: when it does not go with the office's settings; nothing is written then.
    """
    name = taken.design.id
    if office.book.settings.read(file_of(name)) is not None and not overwrite:
        raise RefusedError(
            t("The office has a template “{name}” already", name=name),
            do=t("add --overwrite to replace it, or --name for another name"),
        )
    kept = {each: keep_picture(office, Path(each).stem, content) for each, content in taken.pictures.items()}

    def renamed(side: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(
            replace(each, file=kept[each.file]) if isinstance(each, ImageElement) and each.file in kept else each
            for each in side
        )

    design = replace(taken.design, elements=renamed(taken.design.elements), back=renamed(taken.design.back))
    return keep_design(office, name, rewritten(taken.text, taken.design, design), today=today)
