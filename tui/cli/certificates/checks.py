"""`certificate verify` and `certificate key`: what a code or a file is worth, and the key to check with."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from config.i18n import tr, tr_
from exports.files import whole_file
from records.services.certificates.keys import public_pem
from tui.cli import context
from tui.present.verification import _named, told, verdicts


def add(actions: Any, shared: argparse.ArgumentParser) -> None:
    """Add the verbs."""
    verify = actions.add_parser("verify", help=tr_("say whether a certificate is genuine"), parents=[shared])
    verify.add_argument("what", metavar="FILE|CODE", help=tr_("the PDF, or the code as scanned"))
    verify.add_argument("--key", metavar="FILE.pub", help=tr_("public key of the office that printed it"))
    verify.set_defaults(run=verify_certificate)
    key = actions.add_parser("key", help=tr_("write the public key for others to verify with"), parents=[shared])
    key.add_argument("--out", required=True, metavar="FILE.pub")
    key.set_defaults(run=write_key)


def verify_certificate(args: argparse.Namespace) -> int:
    """Verify a file or a code; exit 1 unless all is genuine."""
    public = Path(args.key) if args.key else None
    with context.office(args) as office:
        found = verdicts(office, args.what, on=context.today(args), public=public)
    rows = [{"page": page, "state": each.state, "reason": tr(each.reason), **_named(each)} for page, each in found]
    lines = [told(page, each) for page, each in found]
    context.answer(args, {"verdicts": rows}, lines)
    return context.DONE if all(each.state == "genuine" for _, each in found) else context.FINDINGS


def write_key(args: argparse.Namespace) -> int:
    """Write the public key."""
    with context.office(args, write=True) as office:
        pem = public_pem(office)
    with whole_file(Path(args.out)) as part:
        part.write_bytes(pem)
    context.answer(args, {"path": args.out}, [tr_("Written to {path}", path=args.out)])
    return context.DONE
