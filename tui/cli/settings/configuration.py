"""`config`: check the settings, all problems at once."""

from __future__ import annotations

import argparse
from pathlib import Path

from config.i18n import tr, tr_
from config.settings.loading import SHIPPED, check_folder, load_settings, load_templates
from config.settings.looking import notices
from tui.cli import context
from tui.present import errors


def fill(noun: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """Give the noun its verbs."""
    actions = noun.add_subparsers(required=True, metavar=tr_("VERB"))
    checking = actions.add_parser("check", help=tr_("find every mistake in the settings"), parents=[shared])
    checking.add_argument(
        "folder",
        nargs="?",
        metavar="DIR",
        help=tr_("folder with YAML files; that of the book, or the shipped one, if left out"),
    )
    checking.set_defaults(run=check_config)
    by_hand = tr_("take over settings of the book that were changed outside the program")
    actions.add_parser("accept", help=by_hand, parents=[shared]).set_defaults(run=accept_by_hand)
    told = tr_("what a new standard, title, score table or file of prizes would change, and for whom")
    for verb, subject, what in (
        ("show", "settings.showing", tr_("the settings of the book and their values by date")),
        ("set", "settings.changing", tr_("change a setting of the book")),
        ("standard", "standards.standards", tr_("read or change a standard")),
        ("compare", "settings.comparing", told),
    ):
        actions.add_parser(verb, help=what, parents=[shared], subject=subject)


def accept_by_hand(args: argparse.Namespace) -> int:
    """Take over what was changed by hand, as one line of the journal."""
    with context.office(args, write=True) as office:
        names = office.book.accept_settings()
    lines = [tr_("Taken over: {path}", path=f"config/{each}") for each in names]
    context.answer(args, {"accepted": list(names)}, lines or [tr_("Nothing was changed outside the program")])
    return context.DONE


def check_config(args: argparse.Namespace) -> int:
    """Check a folder of settings; exit 2 when something is wrong."""
    own = context.book_path(args) / "config" if args.book else SHIPPED
    folder = Path(args.folder) if args.folder else own if own.is_dir() else SHIPPED
    problems = check_folder(folder)
    found: dict[str, object] = {
        "folder": str(folder),
        "problems": [{"what": tr(each.what), "where": tr(each.where), "do": tr(each.do)} for each in problems],
    }
    lines = [errors.sentence(tr(each.what), tr(each.where), tr(each.do)) for each in problems]
    if problems and folder == own != SHIPPED and _may_come_back(own.parent):
        lines.append(tr_("A backup that has this part can mend it: “book repair --from FILE”"))
    if not problems:
        overlays = [folder] if folder.resolve() != SHIPPED.resolve() else []
        looked = notices(load_settings(*overlays), context.today(args), load_templates(*overlays))
        found["notices"] = told = [tr(each) for each in looked]
        lines = [tr_("The settings are in order: {folder}", folder=folder), *told]
    context.answer(args, found, lines)
    return 2 if problems else context.DONE


def _may_come_back(path: Path) -> bool:
    from records.store.safety.routine import may_mend_settings  # noqa: PLC0415  # only where something is wrong

    return may_mend_settings(path)
