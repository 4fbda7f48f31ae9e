"""Many certificates as one PDF: all are settled before the first page, and the file is whole or not there."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from config.errors import InputError
from config.settings.certificates import Template
from config.settings.designs.elements import QrElement, TextElement
from config.text import t
from exports.certificates.page import Side
from exports.certificates.pieces import Ground, Placed, Refuse, naming
from exports.certificates.proof.archive import About
from exports.certificates.sheets import Run, about_of, check_stop, draw_pages
from exports.files import make_last, whole_file
from exports.fonts import DISPLAY, STAND_IN, Fonts, open_fonts

Settled = tuple[list[Placed], list[Placed]]
"""The front and the back of one certificate."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What is said on one certificate: fields of `config.settings.designs.elements.FIELDS`, letter for letter.

    Attributes:
        modes: words that may stand before the body signed for, by its form and day; None: any.
        collective: its name is that of a unit, whose words need not stay together.
    """

    id: str
    fields: Mapping[str, str]
    modes: Sequence[str] | None = None
    collective: bool = False


@dataclass(frozen=True, slots=True)
class Blank:
    """A pre-printed blank: only what the template marks `overlay` is printed, moved by these mm right and down.

    Attributes:
        shifts: element id -> further mm right and down of that box alone.
    """

    right: float = 0
    down: float = 0
    shifts: Mapping[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Means:
    """What a run draws with.

    Attributes:
        families: order of search of `exports.fonts`; all when left out.
        own_fonts: font role -> file of the office.
        images: folders in which the pictures that the office added are looked for.
        emblems: file that a template names -> the office's own picture that stands for it.
        preparing: told fonts done and fonts in all; cutting a packaged face takes seconds the first time.
    """

    families: Sequence[str] | None = None
    own_fonts: Mapping[str, Path] | None = None
    images: Sequence[Path] = ()
    emblems: Mapping[str, str] = field(default_factory=dict)
    preparing: Callable[[int, int], None] | None = None


@dataclass(frozen=True, slots=True)
class Placing:
    """What is done with files that are whole, before they take their places: so no paper leaves without a trace.

    Attributes:
        seal: signs a file in place.
        note: told the SHA-256 of the file, or of each of them in the order of the list; what it raises keeps them back.
    """

    seal: Callable[[Path], object] | None = None
    note: Callable[[Sequence[str]], object] | None = None

    def settle(self, parts: Sequence[Path]) -> list[str]:
        """Sign files, put them on disk, and note them; gives the SHA-256 of each.

        Whatever may take long is done before they are noted: what is noted and has no name yet is lost paper.
        """
        digests = []
        for part in parts:
            if self.seal is not None:
                self.seal(part)
            make_last(part)
            with part.open("rb") as written:
                digests.append(hashlib.file_digest(written, "sha256").hexdigest())
        if self.note is not None:
            self.note(digests)
        return digests


@dataclass(frozen=True, slots=True)
class BatchReport:
    """What was printed: the file, how many certificates, in which font family, and the file's SHA-256."""

    path: Path
    count: int
    font_family: str
    sha256: str


def print_batch(  # noqa: PLR0913  # what, whom, where, and five that are seldom said
    template: Template,
    certificates: Sequence[Certificate],
    out: Path,
    *,
    overwrite: bool = False,
    progress: Callable[[int, int], None] | None = None,
    stop: Callable[[], bool] | None = None,
    means: Means | None = None,
    blank: Blank | None = None,
    placing: Placing | None = None,
) -> BatchReport:
    """Print `certificates` on `template` into the PDF `out`; the same input gives the same bytes.

    Args:
        template: the design.
        certificates: at least one, in this order.
        out: the PDF to write.
        overwrite: whether it may take the place of a file already there.
        progress: told certificates done and certificates in all.
        stop: asked before every certificate; a stopped batch leaves nothing.
        means: fonts and images; those of the program when left out.
        blank: print over a pre-printed blank.
        placing: what is done before the file takes its place.

    Raises:
        InputError: naming the person, for a missing field or letter or a text that does not fit; and for a file.
        RefusedError: when it was stopped.
    """
    judge_run(certificates)
    if out.suffix.lower() != ".pdf":
        raise InputError(t("A certificate is written as PDF"), where=str(out), do=t("give the file the ending .pdf"))
    drawn = Drawn(template, certificates, means or Means(), blank, stop)
    with whole_file(out, overwrite=overwrite) as part:
        drawn.write(part, progress)
        (digest,) = (placing or Placing()).settle([part])
    return BatchReport(out, len(certificates), drawn.font_family, digest)


class Drawn:
    """A batch settled before its first page is drawn: what `print_batch` writes and puts in its place."""

    def __init__(
        self,
        template: Template,
        certificates: Sequence[Certificate],
        means: Means,
        blank: Blank | None,
        stop: Callable[[], bool] | None,
    ) -> None:
        """Settle every certificate. Raises as `print_batch`."""
        ground = _ground(template, means, blank)
        design = _Design(template, ground)
        self._template, self._ground, self._blank, self._stop = template, ground, blank, stop
        self._author = certificates[0].fields.get("issuer", "")
        self._pages = [design.settle(each, stop) for each in certificates]

    @property
    def font_family(self) -> str:
        """The family it is drawn in."""
        return self._ground.fonts.family

    def write(self, part: Path, progress: Callable[[int, int], None] | None = None) -> None:
        """Write all pages into `part`, a file that nobody takes for a certificate yet. Raises RefusedError, OSError."""
        draw_pages(part, self._template, self._pages, self._run(progress))

    @property
    def about(self) -> About:
        """What a file of it says of itself."""
        return about_of(self._template, self._run(None))

    def _run(self, progress: Callable[[int, int], None] | None) -> Run:
        blank = self._blank
        moved = (blank.right, blank.down) if blank else (0.0, 0.0)
        return Run(self._ground.fonts, self._author, moved, bare=blank is not None, progress=progress, stop=self._stop)


def judge_run(certificates: Sequence[Certificate]) -> None:
    """Raises InputError when there is nothing to print."""
    if not certificates:
        raise InputError(t("There is no certificate to print"), do=t("mark at least one person"))


def find_problems(
    template: Template,
    certificates: Sequence[Certificate],
    *,
    means: Means | None = None,
    blank: Blank | None = None,
) -> dict[str, InputError]:
    """Everything that would stop `print_batch`, an error for the id of each certificate at fault; nothing is drawn."""
    design = _Design(template, _ground(template, means or Means(), blank))
    problems: dict[str, InputError] = {}
    for certificate in certificates:
        try:
            design.settle(certificate)
        except InputError as error:
            problems[certificate.id] = error
    return problems


def fonts_of(template: Template, means: Means) -> Fonts:
    """The fonts that `template` asks for. Raises InputError as `exports.fonts.open_fonts` does."""
    sides = [element for side in template.sides for element in side]
    roles = [element.font for element in sides if isinstance(element, TextElement)]
    if any(isinstance(element, QrElement) for element in sides):
        roles.append("serif")
    if DISPLAY in roles:
        roles.append(STAND_IN)
    return open_fonts(roles, families=means.families, own=means.own_fonts, preparing=means.preparing)


def _ground(template: Template, means: Means, blank: Blank | None) -> Ground:
    return Ground(fonts_of(template, means), means.images, blank.shifts if blank else None, means.emblems)


class _Design:
    """Both sides of a template, ready to settle one certificate after another."""

    def __init__(self, template: Template, ground: Ground) -> None:
        self._front = Side(template, ground)
        self._back = Side(template, ground, 1)

    def settle(self, certificate: Certificate, stop: Callable[[], bool] | None = None) -> Settled:
        check_stop(stop)
        fields = certificate.fields
        refuse = naming(fields.get("name", "").strip() or certificate.id)
        _judge_modes(certificate, refuse)
        tied = not certificate.collective
        return self._front.settle(fields, refuse, tied=tied), self._back.settle(fields, refuse, tied=tied)


def _judge_modes(certificate: Certificate, refuse: Refuse) -> None:
    """The Party signs T/M and K/T, the state TM. and KT.; the two are never mixed."""
    for key in ("signer_mode", "signer2_mode"):
        mode = certificate.fields.get(key, "")
        if mode and certificate.modes is not None and mode not in certificate.modes:
            raise refuse(
                t("“{mode}” is not how this form is signed", mode=mode),
                t("use one of: {known}", known=", ".join(certificate.modes)),
            )
