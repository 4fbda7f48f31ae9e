"""One page for any browser, without a network, that checks the certificates of one office."""

from __future__ import annotations

import base64
import html
import json
from datetime import date
from pathlib import Path

from config.i18n import LANGUAGES, in_language
from config.text import Text, t
from exports.files import whole_file
from records.services.awards.issuing import own
from records.services.certificates.codes import WORDS
from records.services.certificates.keys import fingerprint, private_key
from records.services.certificates.short_codes import LETTERS
from records.services.office import Office

_FOLDER = Path(__file__).parent / "browser"
_PARTS = {"fflate": "fflate-0.8.3.js", "noble": "noble-ed25519-3.2.0.js", "zxing": "zxing-wasm-3.1.4.js"}
_WASM = "zxing-wasm-3.1.4.wasm.gz"

_TEXTS: dict[str, Text] = {
    "heading": t("Is this certificate genuine?"),
    "made": t("This page holds the public key of this office, and was made on {made}.", made="{made}"),
    "key": t("Key {fingerprint}", fingerprint="{fingerprint}"),
    "offline": t("It works without a network, and sends nothing anywhere."),
    "picture": t("A scan or a photograph (PNG, JPG)"),
    "code": t("Or the code as a telephone reads it, or the short code beside it"),
    "check": t("Check"),
    "words": t("The citation as it stands on the paper, to be compared (may stay empty)"),
    "list": t("Signed lists of the office: of certificates, of revocations (may stay empty)"),
    "list_read": t("the list is signed by this office and is heeded"),
    "list_bad": t("this is no list of this office, or it was changed"),
    "licences": t("Licences of the parts of this page"),
    "genuine": t("GENUINE"),
    "revoked": t("REVOKED"),
    "replaced": t("REPLACED"),
    "altered": t("ALTERED"),
    "unknown": t("UNKNOWN"),
    "name": t("Name"),
    "number": t("Number"),
    "issuer": t("Issued by"),
    "citation": t("Citation"),
    "signed": t(
        "These words were signed by {issuer} with the key above; whether it is in force, only its book or its list of"
        " revocations says.",
        issuer="{issuer}",
    ),
    "not_listed": t(
        "These words were signed by {issuer} with the key above; no list given says that it is not in force (list of"
        " {day}).",
        issuer="{issuer}",
        day="{day}",
    ),
    "listed": t("So says the signed list of {issuer} of {day}", issuer="{issuer}", day="{day}"),
    "old": t(
        "Signed by the office {code}; this older code does not carry the words, and whether it is in force only the"
        " book says",
        code="{code}",
    ),
    "damaged": t("The code is damaged or was changed"),
    "broken": t("The signature is not that of this key: the code was changed or made elsewhere"),
    "other_key": t("It was sealed with another key than that of this page: ask the office that it names."),
    "foreign": t("This is not a code of a certificate from this program"),
    "mistyped": t("This is no short code: a letter is wrong. It has twelve letters, and never I, M, O, Q, W, X or Y."),
    "short_alone": t("A short code carries no words: give the signed list of certificates below, or ask the office."),
    "short_unlisted": t("It does not stand in the list of {issuer} of {day}", issuer="{issuer}", day="{day}"),
    "no_code": t("No code was found in this picture: scan it straight, at 150 dots per inch or more."),
    "no_picture": t("This is no picture that a browser can read: give PNG or JPG."),
    "words_fit": t("The citation typed below is the one that was signed, letter for letter."),
    "words_differ": t("The citation typed below is not the one that was signed."),
    "citation_hidden": t("The code binds the citation without holding it: type it below, and it is compared."),
    "compare": t("See that the paper says exactly these words."),
    "old_browser": t("This browser is too old to check signatures: open the page in a newer one."),
}


def write_verifier(office: Office, out: Path, *, today: date, language: str, overwrite: bool = False) -> str:
    """Write the page of an office; gives the office's name as it stands on it.

    Raises:
        InputError: when the office has no name yet, its key cannot be read, or the file cannot be written.
    """
    office.judge_named(today)
    key = private_key(office).public_key()
    issuer = own(office, today).name
    content = verifier_page(issuer, key.public_bytes_raw(), fingerprint(key), today=today, language=language)
    with whole_file(out, overwrite=overwrite) as part:
        part.write_text(content, "utf-8")
    return issuer


def verifier_page(issuer: str, key: bytes, mark: str, *, today: date, language: str) -> str:
    """The page, whole.

    Args:
        issuer: the office's name.
        key: its public key, 32 bytes.
        mark: SHA-256 of the key in hexadecimal digits.
        today: the day it is made.
        language: the one it opens in; the other is on a button.
    """
    told = {
        "key": _base64(key),
        "words": _base64(WORDS),
        "letters": LETTERS,
        "language": language,
        "blanks": {"made": f"{today:%d/%m/%Y}", "fingerprint": " ".join(_fours(mark))},
        "texts": {each: {name: in_language(text, each) for name, text in _TEXTS.items()} for each in LANGUAGES},
    }
    parts = {name: _script(_FOLDER / file) for name, file in _PARTS.items()}
    parts["noble"] = parts["noble"].replace("export {", "return {")  # a module becomes a function
    parts |= {
        "page": _script(_FOLDER / "page.js"),
        "wasm": _base64((_FOLDER / _WASM).read_bytes()),
        "office": json.dumps(told, ensure_ascii=False).replace("<", "\\u003c"),
        "title": html.escape(in_language(_TEXTS["heading"], language)),
        "issuer": html.escape(issuer),
        "notice": html.escape((_FOLDER / "NOTICE").read_text("utf-8")),
    }
    page = (_FOLDER / "page.html").read_text("utf-8")
    pieces = page.split("@")
    # Every second piece is the name of a part: one pass, so that no part is looked for in another.
    return "".join(parts[piece] if number % 2 else piece for number, piece in enumerate(pieces))


def _script(path: Path) -> str:
    return path.read_text("utf-8").replace("</script", "<\\/script")


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _fours(text: str) -> list[str]:
    return [text[start : start + 4] for start in range(0, len(text), 4)]
