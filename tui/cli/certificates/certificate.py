"""`certificate`: print, look at, verify and line up certificates; list their templates."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from config.errors import InputError, RefusedError
from config.i18n import language, tr, tr_
from config.plain import write_over
from config.text import t
from exports.certificates import jobs
from records.domain.awards.awards import Award
from records.services.access.looking import may_see
from records.services.awards import decisions
from records.services.office import Office
from records.services.privacy.restricting import judge_usable
from tui.cli import context
from tui.cli.certificates import checks, setup
from tui.cli.options import split_ids

if TYPE_CHECKING:
    from exports.certificates.batch import BatchReport
    from exports.certificates.proof.signing import SignWith


def fill(noun: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """Give the noun its verbs."""
    actions = noun.add_subparsers(required=True, metavar=tr_("VERB"))
    printing = actions.add_parser("print", help=tr_("print certificates or cards as PDF"), parents=[shared])
    _add_what(printing)
    add_printing(printing)
    printing.set_defaults(run=print_certificates)
    preview = actions.add_parser("preview", help=tr_("write one certificate as a picture"), parents=[shared])
    _add_what(preview)
    _add_paper(preview)
    preview.add_argument("--page", type=int, default=1, help=tr_("which page, from 1"))
    preview.add_argument("--out", required=True, metavar="FILE.png")
    preview.add_argument("--overwrite", action="store_true", help=tr_("replace the file if it is there"))
    preview.set_defaults(run=preview_certificate)
    checks.add(actions, shared)
    setup.add(actions, shared)


def add_printing(printing: argparse.ArgumentParser) -> None:
    """Add the options that say how certificates are printed and where to, and who issues and signs them."""
    place = printing.add_mutually_exclusive_group(required=True)
    place.add_argument("--out", metavar="FILE.pdf", help=tr_("one file for all, in the order of the list"))
    place.add_argument("--folder", metavar="DIR", help=tr_("one file for each person, in this folder"))
    printing.add_argument("--blank", default="", metavar="NAME", help=tr_("print on a pre-printed blank"))
    printing.add_argument("--reissue", action="store_true", help=tr_("print a second original, noted as a re-issue"))
    told = tr_("print again, unmarked, what the printer spoilt; the reason is noted")
    printing.add_argument("--spoilt", default="", metavar="REASON", help=told)
    told = tr_("for the print shop of the settings: with paper beyond the cut, and boxes and marks that say where")
    printing.add_argument("--bleed", action="store_true", help=told)
    told = tr_("do not warn of what names nobody who signs")
    printing.add_argument("--unsigned", action="store_true", help=told)
    told = tr_("where some cannot be printed, print the others")
    printing.add_argument("--yes", action="store_true", help=told)
    printing.add_argument("--restricted", action="store_true", help=tr_("also people whose data is restricted"))
    printing.add_argument("--overwrite", action="store_true", help=tr_("replace the file if it is there"))
    _add_signing(printing)
    _add_paper(printing)


def _add_signing(printing: argparse.ArgumentParser) -> None:
    told = tr_("sign each PDF with the office's certificate file, or with a token by its PKCS#11 module (.so, .dll)")
    printing.add_argument("--sign-with", metavar="FILE.p12", help=told)
    told = tr_("file with the passphrase or PIN in its first line; asked for when left out")
    printing.add_argument("--pin-file", metavar="FILE", help=told)
    printing.add_argument("--token", default="", metavar="LABEL", help=tr_("label of the token"))
    told = tr_("label of the certificate on the token")
    printing.add_argument("--certificate", default="", metavar="LABEL", help=told)


def _add_paper(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--template", default="", help=tr_("name of a template; the decision's form when left out"))
    parser.add_argument("--on", default="", metavar="DAY", help=tr_("day of the paper; today when left out"))
    add_issued(parser)


def _add_what(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--decision", metavar="NUMBER", help=tr_("number of the decision"))
    what.add_argument("--awards", metavar="ID,ID", help=tr_("codes of awards, with commas"))
    what.add_argument("--course", metavar="ID", help=tr_("code of a class: everybody who completed it"))
    what.add_argument("--cards", nargs="?", const="", metavar="ID,ID", help=tr_("cards of reporters: these, or all"))


def job_of(office: Office, args: argparse.Namespace) -> jobs.Job:
    """What the options ask for. Raises InputError or RefusedError."""
    if args.decision:
        decision = decisions.decision_by_number(office, args.decision)
        return jobs.award_job(office, decisions.awards_of(office, decision), args.template)
    if args.awards:
        return jobs.award_job(office, _awards(office, split_ids(args.awards)), args.template)
    on = context.day_given(args, "on", "--on")
    given = issued_given(args)
    if args.course:
        return jobs.course_job(office, args.course, given, on, args.template)
    return jobs.card_job(office, split_ids(args.cards or ""), on, given, args.template)


def add_issued(parser: argparse.ArgumentParser) -> None:
    """Add the options that say who issues and signs a certificate of a class or a card, and its first number."""
    told = {
        "issuer": tr_("who issues a certificate of a class; by its organiser when left out"),
        "issuer_above": tr_("body printed above the issuer"),
        "place": tr_("place before the date; the issuer's own when left out"),
    }
    for part in jobs.ISSUED:
        words = told.get(part) or tr_("who signs a certificate of a class or a card")
        parser.add_argument(f"--{part.replace('_', '-')}", default="", help=words)
    parser.add_argument(
        "--number", default="", metavar="N", help=tr_("first number of a class; the next of the register if left out")
    )


def issued_given(args: argparse.Namespace) -> dict[str, str]:
    """What the options of `add_issued` say."""
    return {part: getattr(args, part) for part in (*jobs.ISSUED, "number")}


def print_certificates(args: argparse.Namespace) -> int:
    """Print and note the printing in the book."""
    with context.office(args, write=True) as office:
        job = _judged(office, job_of(office, args), args)
        left_out: Mapping[str, InputError] = {}
        try:
            report = _print(office, job, args)
        except jobs.FaultyCertificatesError as error:
            if not args.yes or not error.rest:
                raise
            left_out = error.problems
            job = _judged(office, job.without(left_out), args)
            report = _print(office, job, args)
    unsure = job.template.confidence != "confirmed"
    found = {"path": str(report.path), "count": report.count, "font": report.font_family, "sha256": report.sha256}
    told = tr_(
        "Printed {n} certificates to {path} in {font}", n=report.count, path=report.path, font=report.font_family
    )
    warnings = _unsigned(job) if not args.unsigned else []
    lines = [told, *warnings, *(tr_("Left out: {what}", what=each.what) for each in left_out.values())]
    if unsure:
        title = job.template.title.in_language(language())
        lines.append(tr_("The layout of “{title}” is still to be confirmed", title=title))
    rows = [{"id": key, "what": tr(each.what), "do": tr(each.do)} for key, each in left_out.items()]
    context.answer(
        args,
        {**found, "template": job.template.id, "to_confirm": unsure, "left_out": rows, "warnings": warnings},
        lines,
    )
    return context.DONE


def _unsigned(job: jobs.Job) -> list[str]:
    if not job.unsigned:
        return []
    told = t("{n} of these certificates name nobody who signs: {names}", n=len(job.unsigned), names=_few(job.unsigned))
    return [tr(told)]


def _judged(office: Office, job: jobs.Job, args: argparse.Namespace) -> jobs.Job:
    """The job as it may be printed. Raises RefusedError where it was printed before."""
    if args.spoilt.strip():
        return jobs.printed_alike(office, job)
    if job.again and not args.reissue:
        raise RefusedError(
            t("{n} of these certificates were already printed", n=len(job.again)),
            do=t(
                "add --reissue to print a second original, which will be marked and noted; or --spoilt REASON where the"
                " printer spoilt the first"
            ),
        )
    return job


def _few(names: Sequence[str]) -> str:
    most = 5
    return ", ".join(names[:most]) + ("…" if len(names) > most else "")


def _print(office: Office, job: jobs.Job, args: argparse.Namespace) -> BatchReport:
    way = jobs.Way(
        Path(args.folder or args.out),
        separate=bool(args.folder),
        blank=args.blank,
        overwrite=args.overwrite,
        bleed=args.bleed,
        sign_with=_sign_with(args),
    )
    today = context.today(args)

    def note(hashes: Sequence[str]) -> None:
        decisions.record_print(
            office,
            job.records,
            template=job.template.id,
            hashes=hashes,
            today=today,
            numbered=job.numbered,
            spoilt=args.spoilt.strip(),
        )

    return jobs.print_job(office, job, way, note=note, preparing=_progress(args), restricted=args.restricted)


def _sign_with(args: argparse.Namespace) -> SignWith | None:
    if not args.sign_with:
        return None
    from exports.certificates.proof.signing import SignWith  # noqa: PLC0415  # heavy

    passphrase = Path(args.pin_file) if args.pin_file else None
    return SignWith(Path(args.sign_with), passphrase, args.token, args.certificate)


def _progress(args: argparse.Namespace) -> Callable[[int, int], None] | None:
    """Says on a terminal that fonts are being prepared; nothing where nobody watches."""
    if args.json or not sys.stderr.isatty():
        return None
    words = tr_("Preparing the fonts")
    return lambda done, total: write_over(f"{words} {done + 1}/{total}", last=done + 1 == total)


def preview_certificate(args: argparse.Namespace) -> int:
    """Write a page as a picture; nothing is noted in the book, and so its codes prove nothing."""
    from exports.certificates.picture import page_picture, save_picture  # noqa: PLC0415  # ReportLab is heavy
    from exports.certificates.template import office_means  # noqa: PLC0415

    with context.office(args) as office:
        job = job_of(office, args)
        if not 1 <= args.page <= len(job.certificates):
            raise InputError(
                t("There is no page {page}", page=args.page), do=t("choose from 1 to {n}", n=len(job.certificates))
            )
        judge_usable(office, [each for each in [job.records[args.page - 1].person] if each])
        if may_see(office):
            jobs.note_photos(office, job, "certificate preview")
        means = office_means(office.book.settings.folder)
        made = jobs.as_specimen(job.certificates[args.page - 1])
        picture = page_picture(job.template, made, dots=150, means=means)
        save_picture(picture, Path(args.out), overwrite=args.overwrite)
    context.answer(args, {"path": args.out}, [tr_("Written to {path}", path=args.out)])
    return context.DONE


def _awards(office: Office, ids: Sequence[str]) -> list[Award]:
    found = []
    for each in ids:
        award = office.book.table(Award).get(each)
        if award is None:
            raise InputError(t("There is no award {id}", id=each), do=t("list decisions with “award list”"))
        found.append(award)
    return found
