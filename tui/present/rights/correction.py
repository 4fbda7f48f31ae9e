"""What was corrected on a person's request, in words: each field as it stood and as it stands."""

from __future__ import annotations

from datetime import date

from records.domain.kinds import plain
from records.services.office import Office
from records.services.privacy.correcting import Corrected
from tui.present.changes import Spoken


def corrected_rows(office: Office, found: Corrected, on: date) -> list[tuple[str, str, str]]:
    """Title of a field, what stood, what stands."""
    say, before, after = Spoken(office, on), plain(found.before), plain(found.after)
    return [
        (say.title(each), say.value(each, before.get(each)), say.value(each, after.get(each))) for each in found.fields
    ]
