"""`certificate verify`, `key`, `list` and `verifier`: what a paper is worth, and what others need to say so."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from config.errors import InputError
from config.i18n import language, tr, tr_
from config.text import t
from exports.files import whole_file
from records.services.certificates.keys import fingerprint, key_in, public_key, public_pem
from records.services.certificates.signed_lists import SignedList, make_list, read_list
from tui.cli import context
from tui.present.verification import Answer, Found, Ground, lines_of, verify


def add(actions: Any, shared: argparse.ArgumentParser) -> None:
    """Add the verbs."""
    checking = actions.add_parser("verify", help=tr_("say whether a certificate is genuine"), parents=[shared])
    told = tr_("a PDF or a picture, a folder of scans, the code as scanned, or the short code beside it")
    checking.add_argument("what", metavar="FILE|FOLDER|CODE", help=told)
    told = tr_("public key of the office that printed it; then no book is asked")
    checking.add_argument("--key", metavar="FILE.pub", help=told)
    checking.add_argument("--list", metavar="FILE", help=tr_("signed list of certificates of that office"))
    told = tr_("signed list of what is in force no more, of that office")
    checking.add_argument("--revocations", metavar="FILE", help=told)
    told = tr_("certificates of the authorities you trust for digital signatures: a file or a folder (.pem, .crt)")
    checking.add_argument("--trust", metavar="FILE|FOLDER", help=told)
    checking.set_defaults(run=verify_certificate)
    key = actions.add_parser("key", help=tr_("write the public key for others to verify with"), parents=[shared])
    key.add_argument("--out", required=True, metavar="FILE.pub")
    key.add_argument("--overwrite", action="store_true", help=tr_("replace the file if it is there"))
    key.set_defaults(run=write_key)
    listing = actions.add_parser(
        "list", help=tr_("write a signed list of the certificates printed, to hand out"), parents=[shared]
    )
    listing.add_argument("--out", required=True, metavar="FILE")
    told = tr_("only those in force no more, by their short codes, without names")
    listing.add_argument("--revocations", action="store_true", help=told)
    listing.add_argument("--overwrite", action="store_true", help=tr_("replace the file if it is there"))
    listing.set_defaults(run=write_list)
    told = tr_("write a page for browsers that checks this office's certificates without a network")
    page = actions.add_parser("verifier", help=told, parents=[shared])
    page.add_argument("--out", required=True, metavar="FILE.html")
    page.add_argument("--overwrite", action="store_true", help=tr_("replace the file if it is there"))
    page.set_defaults(run=write_verifier)


def verify_certificate(args: argparse.Namespace) -> int:
    """Verify a file, a folder or a code; exit 1 unless all is genuine."""
    on, trusted = context.today(args), Path(args.trust) if args.trust else None
    if args.key:
        key = key_in(Path(args.key))
        listed, revocations = _lists(args, key)
        ground = Ground(on, key=key, listed=listed, revocations=revocations, trusted=trusted)
        answer = verify(ground, args.what)
    else:
        with context.office(args) as office:
            listed, revocations = _lists(args, public_key(office))
            ground = Ground(on, office, listed=listed, revocations=revocations, trusted=trusted)
            answer = verify(ground, args.what)
    results = [_row(each) for each in answer.found]
    told = {"results": results, "signatures": _signed(answer), "skipped": list(answer.skipped)}
    context.answer(args, told, lines_of(answer))
    return context.DONE if answer.genuine else context.FINDINGS


def _lists(args: argparse.Namespace, key: Any) -> tuple[SignedList | None, SignedList | None]:
    """The signed lists given: of certificates, and of revocations."""
    if (args.list or args.revocations) and key is None:
        raise InputError(
            t("A signed list is checked by the key of the office that made it"), do=t("give its public key with --key")
        )
    return (
        read_list(Path(args.list), "certificates", key) if args.list else None,
        read_list(Path(args.revocations), "revocations", key) if args.revocations else None,
    )


def _row(found: Found) -> dict[str, Any]:
    verdict = found.verdict
    return {
        "page": found.page,
        "verdict": verdict.state,
        "name": verdict.name,
        "number": verdict.number,
        "issuer": verdict.issuer,
        "citation": verdict.citation,
        "reason": tr(verdict.reason),
        "file": found.file,
    }


def _signed(answer: Answer) -> list[dict[str, str]]:
    return [{"file": file, "said": tr(said)} for file, said in answer.signatures]


def write_key(args: argparse.Namespace) -> int:
    """Write the public key."""
    with context.office(args, write=True) as office:
        pem = public_pem(office)
        mark = fingerprint(public_key(office))
    with whole_file(Path(args.out), overwrite=args.overwrite) as part:
        part.write_bytes(pem)
    lines = [tr_("Written to {path}", path=args.out), tr_("Fingerprint of the key: {mark}", mark=mark)]
    context.answer(args, {"path": args.out, "fingerprint": mark}, lines)
    return context.DONE


def write_list(args: argparse.Namespace) -> int:
    """Write a signed list; that of certificates, which has names, is noted in the book."""
    from exports.logged import logged_file  # noqa: PLC0415  # beside its only use
    from records.domain.lists import ListExport  # noqa: PLC0415
    from records.services.lists import log_export  # noqa: PLC0415

    today, out = context.today(args), Path(args.out)
    with context.office(args, write=True) as office:
        office.judge_named(today)
        content, records = make_list(office, "revocations" if args.revocations else "certificates", today=today)
        people = sorted({each.person for each in records if each.person})
        columns = () if args.revocations else ("name", "number", "issuer", "citation")
        export = ListExport(id="", file=str(out), sha256="", people=tuple(people), columns=columns, on=today)
        with logged_file(out, export, lambda each: log_export(office, each), overwrite=args.overwrite) as part:
            part.write_bytes(content)
    told = tr_("{n} rows written to {path}", n=len(records), path=args.out)
    context.answer(args, {"path": args.out, "rows": len(records)}, [told])
    return context.DONE


def write_verifier(args: argparse.Namespace) -> int:
    """Write the page for browsers."""
    from exports.certificates.proof.verifier import write_verifier as write  # noqa: PLC0415  # beside its only use

    with context.office(args, write=True) as office:
        issuer = write(office, Path(args.out), today=context.today(args), language=language(), overwrite=args.overwrite)
    context.answer(args, {"path": args.out, "issuer": issuer}, [tr_("Written to {path}", path=args.out)])
    return context.DONE
