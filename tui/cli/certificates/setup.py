"""`certificate calibrate`, `templates` and `send`: line up a printer with a blank, list designs, print on paper."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from config.errors import InputError
from config.i18n import language, tr, tr_
from config.text import t
from records.services.certificates import blanks
from tui.cli import context
from tui.cli.certificates import designs

if TYPE_CHECKING:
    from exports.certificates.template import Templates


def add(actions: Any, shared: argparse.ArgumentParser) -> None:
    """Add the verbs."""
    line_up = actions.add_parser("calibrate", help=tr_("line up a printer with a pre-printed blank"), parents=[shared])
    line_up.add_argument("--name", default="", help=tr_("what the printer and blank are called"))
    line_up.add_argument("--template", default="party-merit", help=tr_("template whose words are printed on it"))
    line_up.add_argument("--right", default="0", metavar="MM", help=tr_("move everything right"))
    line_up.add_argument("--down", default="0", metavar="MM", help=tr_("move everything down"))
    line_up.add_argument(
        "--box", action="append", default=[], metavar="ID=MM,MM", help=tr_("move one box further right and down")
    )
    line_up.add_argument("--ruler", metavar="FILE.pdf", help=tr_("write a ruler sheet"))
    line_up.add_argument("--test", metavar="FILE.pdf", help=tr_("write a test page for plain paper"))
    line_up.set_defaults(run=calibrate)
    templates = actions.add_parser("templates", help=tr_("list the templates, or check one"), parents=[shared])
    told = tr_("say which texts cannot have their written size: of this file, or of all templates")
    templates.add_argument("--check", nargs="?", const="", metavar="FILE.yaml", help=told)
    designs.add_options(templates)
    templates.set_defaults(run=list_templates)
    send = actions.add_parser("send", help=tr_("send a PDF to a printer"), parents=[shared])
    send.add_argument("file", metavar="FILE.pdf")
    send.add_argument("--printer", default="", help=tr_("name of the printer; the usual one when left out"))
    send.add_argument("--paper", default="", choices=("", "A3", "A4", "A5"), help=tr_("size of the paper"))
    send.add_argument("--duplex", action="store_true", help=tr_("print on both sides, turned over the long side"))
    send.set_defaults(run=send_file)


def calibrate(args: argparse.Namespace) -> int:
    """Keep a profile, and write the papers asked for."""
    from exports.certificates.batch import Blank  # noqa: PLC0415  # ReportLab is heavy
    from exports.certificates.calibration import check_page, collision_words, collisions, movable, ruler_sheet  # noqa: PLC0415
    from exports.certificates.template import load_template, office_means  # noqa: PLC0415

    moved = (blanks.millimetres(args.right, "--right"), blanks.millimetres(args.down, "--down"))
    shifts = dict(map(blanks.box_move, args.box))
    found: dict[str, object] = {}
    lines: list[str] = []
    with context.office(args, write=bool(args.name)) as office:
        own = office.book.settings.folder
        template = load_template(args.template, own)
        known = movable(template)
        for key in shifts:
            if key not in known:
                raise InputError(
                    t("“{template}” has no box “{box}” on a blank", template=template.id, box=key),
                    do=t("use one of: {known}", known=", ".join(sorted(known))),
                )
        pairs = {key: (float(right), float(down)) for key, (right, down) in shifts.items()}
        blank = Blank(float(moved[0]), float(moved[1]), pairs)
        means = office_means(own)
        lines += map(tr, collision_words(template, blank))
        # The papers first: where one cannot be written, nothing is kept.
        if args.ruler:
            ruler_sheet(template.size, Path(args.ruler), means=means)
            lines.append(tr_("Written to {path}", path=args.ruler))
        if args.test:
            check_page(template, blank, Path(args.test), means=means)
            lines.append(tr_("Written to {path}", path=args.test))
        if args.name:
            kept = blanks.keep_profile(office, args.name, template.id, moved, shifts)
            found["profile"] = {"name": kept.name, "template": kept.template, "moved": [str(each) for each in moved]}
            lines.append(tr_("Kept “{name}” for “{template}”", name=kept.name, template=kept.template))
        names = [each.name for each in blanks.profiles(office)]
    found["overlaps"] = [list(pair) for pair in collisions(template, blank)]
    found |= {"profiles": names, "ruler": args.ruler, "test": args.test}
    context.answer(args, found, lines or [tr_("Blanks in the book: {names}", names=", ".join(names) or "—")])
    return context.DONE


def list_templates(args: argparse.Namespace) -> int:
    """List the templates by name; with `--check`, say what is wrong with their sizes."""
    from exports.certificates.template import Templates  # noqa: PLC0415

    if args.export or args.take or args.remove:
        return designs.run(args)
    own = None if args.demo else context.book_path(args) / "config"
    templates = Templates(own)
    if args.check is not None:
        return _check_templates(args, templates, own)
    rows = []
    for name in templates.names():
        each = templates.named(name)
        width, height = each.size
        rows.append(
            {
                "id": name,
                "title": each.title.in_language(language()),
                "form": each.form,
                "subject": each.subject,
                "paper": f"{width:g} x {height:g} mm",
                "confidence": each.confidence,
                "own": templates.is_own(each),
            }
        )
    lines = [
        f"{row['id']:<29} {row['paper']:<16} {row['title']}"
        + ("" if row["confidence"] == "confirmed" else f"  [{tr_('to confirm')}]")
        for row in rows
    ]
    context.answer(args, {"templates": rows}, lines)
    return context.DONE


def _check_templates(args: argparse.Namespace, templates: Templates, own: Path | None) -> int:
    """Every text of one template, or of all and their variants, that cannot have its size or takes no long words."""
    from config.settings.looking import tight_words  # noqa: PLC0415
    from exports.certificates.batch import Means  # noqa: PLC0415
    from exports.certificates.design.seen import too_long  # noqa: PLC0415
    from exports.certificates.template import office_means, read_template  # noqa: PLC0415

    if args.check:
        read = read_template(Path(args.check))
        designs = [read, *map(read.on_paper, read.variants)]
    else:
        designs = [templates.named(each) for each in templates.names()]
    found = [(each, tight) for each in designs for tight in each.tight()]
    rows = [
        {"template": each.id, "text": tight.id, "needs": round(tight.needs, 2), "room": round(tight.room, 2)}
        | {"what": tight.what}
        for each, tight in found
    ]
    words = [
        {"template": each.id, "sample": tr(title), "why": tr(error.what)}
        for each in designs
        for title, error in too_long(each, office_means(own) if own else Means())
    ]
    lines = [tr(tight_words(each.id, tight)) for each, tight in found]
    lines += [f"{row['template']}: {row['sample']}: {row['why']}" for row in words]
    names = ", ".join(each.id for each in designs)
    context.answer(
        args,
        {"templates": [each.id for each in designs], "texts": rows, "words": words},
        lines or [tr_("Every text can have its written size: {names}", names=names)],
    )
    return context.FINDINGS if rows else context.DONE


def send_file(args: argparse.Namespace) -> int:
    """Send a file to a printer."""
    from exports.printing import send_to_printer  # noqa: PLC0415  # beside its only use

    send_to_printer(Path(args.file), printer=args.printer, paper=args.paper, duplex=args.duplex)
    context.answer(args, {"sent": args.file}, [tr_("Sent to the printer: {path}", path=args.file)])
    return context.DONE
