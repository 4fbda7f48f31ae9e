"""Where templates are found: the office's own file of a name stands before the one that came with the program."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from config.errors import ConfigError, InputError, RefusedError
from config.settings.certificates import Template
from config.settings.offices import EmblemUse, Office
from config.text import Text, t
from exports.certificates.batch import Means
from exports.fonts import ROLES
from records.domain.awards.awards import Decision

_SHIPPED = Path(__file__).parents[2] / "config" / "data" / "certificates"


def load_template(name: str, own: Path | None = None) -> Template:
    """The template `name`, from `own`/certificates of the office or from those that came with the program.

    Raises:
        InputError: when there is none of that name.
        ConfigError: with file and line, when it cannot be read.
    """
    return Templates(own).named(name)


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


class Templates:
    """The templates of an office, each read once however often it is asked for: for one job, or one file that is read.

    Args:
        own: the book's `config` folder, or None for the shipped templates alone.

    Attributes:
        files: every template's name and file, the office's own before the shipped ones.
    """

    def __init__(self, own: Path | None) -> None:
        self.files = template_files(own)
        self._own = own
        self._read: dict[str, Template] = {}

    def named(self, name: str) -> Template:
        """The template of this name, which may be that of a variant (`party-merit-a3`). Raises as `load_template`."""
        if name not in self._read:
            found = self._found(name)
            if found is None:
                raise InputError(
                    t("There is no certificate template “{name}”", name=name),
                    do=t("use one of: {known}", known=", ".join(sorted(self.files))),
                )
            self._read[name] = found
        return self._read[name]

    def names(self) -> list[str]:
        """Every name that can be asked for. Raises ConfigError, with file and line, for a file that cannot be read."""
        made = [self.named(each) for each in sorted(self.files)]
        return [name for each in made for name in (each.id, *(f"{each.id}-{one.id}" for one in each.variants))]

    def is_own(self, design: Template) -> bool:
        """Whether it is the office's own."""
        path = next((self.files[each] for each in _bases(design.id) if each in self.files), None)
        return self._own is not None and path is not None and path.is_relative_to(self._own)

    def _found(self, name: str) -> Template | None:
        if name in self.files:
            return read_template(self.files[name], name)
        for base in _bases(name):
            if base in self.files:
                design = self.named(base)
                found = next((each for each in design.variants if f"{base}-{each.id}" == name), None)
                if found is not None:
                    return design.on_paper(found)
        return None

    def fitting(self, decisions: Sequence[Decision], name: str = "") -> Template:
        """The template `name`, or the best for these decisions.

        The office's own stands before a shipped one, and then one of their title before one of any title.

        Raises:
            InputError: when there is none of that name, or none that fits.
            RefusedError: when the one named is of another form or title.
        """
        if name:
            design = self.named(name)
            for decision in decisions:
                if (why := _unfit(design, decision)) is not None:
                    raise RefusedError(why, do=t("choose a template of the decision's own form and title"))
            return design
        known = [self.named(each) for each in self.files]
        fitting = [each for each in known if all(_unfit(each, one) is None for one in decisions)]
        if not fitting:
            raise InputError(
                t("No template fits decision {number}: {title}", number=decisions[0].number, title=decisions[0].title),
                do=t("name one with --template, or add one to the office's own templates"),
            )
        return min(fitting, key=lambda each: (not self.is_own(each), not each.titles))


def _bases(name: str) -> list[str]:
    """The name, and those of which it may be a variant, the longest first."""
    parts = name.split("-")
    return ["-".join(parts[:count]) for count in range(len(parts), 0, -1)]


def _unfit(design: Template, decision: Decision) -> Text | None:
    if design.subject != "award" or design.form not in (decision.form, "none"):
        return t("“{template}” is not for a decision of this form", template=design.id)
    if design.titles and decision.title.casefold() not in [each.casefold() for each in design.titles]:
        return t("“{template}” is not for “{title}”", template=design.id, title=decision.title)
    return None


def office_means(own: Path) -> Means:
    """The office's own fonts and images.

    Args:
        own: the book's `config` folder; fonts are `fonts/serif.ttf`, `fonts/serif-bold.ttf`… by role, images lie beside
            the office's own templates, or among the files of the book.
    """
    fonts = {role: path for role in ROLES if (path := own / "fonts" / f"{role}.ttf").is_file()}
    return Means(own_fonts=fonts, images=own_pictures(own), emblems=_emblems(own / "office.yaml"))


def own_pictures(own: Path) -> tuple[Path, ...]:
    """Where the pictures of an office's templates lie: beside them, and among the files of the book."""
    return own / "certificates", own.parent / "files"


_EMBLEM_FILES: dict[EmblemUse, str] = {
    "party": "huy-hieu-dang.png",
    "state": "quoc-huy.png",
    "office": "bieu-trung-co-quan.png",
}
"""The file that shipped templates of each form name for their emblem."""


def _emblems(file: Path) -> dict[str, str]:
    """File that a template names -> the picture that the office chose in its settings."""
    from config.settings.reading import read_shape  # noqa: PLC0415  # YAML is needed only here

    chosen = read_shape(file, Office).emblems if file.is_file() else {}
    return {_EMBLEM_FILES[use]: name for use, name in chosen.items() if name}
