"""The office's own templates of certificates: kept, taken away and taken in, each with one line of the journal."""

from __future__ import annotations

import hashlib
import re
from datetime import date

from config.errors import InputError
from config.paths import typed_path
from config.reasons import not_kept
from config.text import t
from records.domain.people.names import fold
from records.domain.rule_changes import SettingChange
from records.services.certificates.pictures import emblem_png
from records.services.office import Office
from records.services.standards.rule_changes import keep_file

FOLDER = "certificates"
ACTION = "certificate.design"
_LONGEST = 60
KEPT_PICTURE = re.compile(r"[\w.-]+-[0-9a-f]{16}\.png")
"""The name that a picture gets when it is kept."""


def id_for(title: str) -> str:
    """The id of a template from what it is called. Raises InputError where nothing is left of it."""
    made = re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")[:_LONGEST].strip("-")
    if not made:
        raise InputError(t("The template has no name"), do=t("write a name, such as “Giấy khen của Ban”"))
    return made


def file_of(name: str) -> str:
    """The file of an own template among the settings."""
    return f"{FOLDER}/{name}.yaml"


def keep_design(office: Office, name: str, text: str, *, today: date) -> Office:
    """Keep the office's own template, in place of one of the same name; gives the office anew. One change, or none.

    Raises:
        ConfigError: when it is no template; nothing is written then.
        BookError: when the book cannot be written.
    """
    if (office.book.settings.read(file_of(name)) or b"").decode("utf-8-sig") == text:
        return office
    return keep_file(office, _told(name, "written", today), text.encode(), (ACTION, name))


def remove_design(office: Office, name: str, *, today: date) -> Office:
    """Take the office's own template away; a shipped one of its name stands again. One change.

    Raises:
        InputError: when the office has none of that name.
    """
    if office.book.settings.read(file_of(name)) is None:
        raise InputError(
            t("“{name}” is no template of the office's own", name=name),
            do=t("a shipped one stays; make your own of it"),
        )
    return keep_file(office, _told(name, "", today), None, (ACTION, name))


def _told(name: str, after: str, today: date) -> SettingChange:
    return SettingChange(
        id="", file=file_of(name), key="template", before="", after=after, since=today, source="office-practice",
        confirmed=True,
    )  # fmt: skip


def keep_emblem(office: Office, typed: str) -> str:
    """Keep the picture in a file, and give its name; one that is kept already, or none, stays as it is.

    Raises:
        InputError: when it is no picture.
        BookError: when it cannot be written.
    """
    if not typed or KEPT_PICTURE.fullmatch(typed):
        return typed
    return keep_picture(office, "bieu-trung", emblem_png(typed_path(typed)))


def keep_picture(office: Office, stem: str, content: bytes) -> str:
    """Keep a picture (PNG) among the files of the book, named by what it holds: no other is ever replaced.

    Raises:
        BookError: when it cannot be written.
    """
    name = f"{stem}-{hashlib.sha256(content).hexdigest()[:16]}.png"
    files = office.book.files
    try:
        if files.read(name) != content:
            files.write(name, content)
    except OSError as error:
        raise not_kept(files.folder / name, error) from error
    return name
