"""What looks wrong about a person, though it may be right: a reason to look at the paper again, never a refusal."""

from __future__ import annotations

from datetime import date

from config.settings.practice import Practice
from config.text import Text, t
from records.domain.people.person import Person


def hints(person: Person, practice: Practice, on: date) -> dict[str, Text]:
    """Field -> what to look at again, by what is usual on a day.

    Source: Nghị định 137/2015/NĐ-CP Điều 13: the fourth digit of a 12-digit id tells century and sex, the next two the
    year of birth. The place in it is where the birth was registered, and is compared with nothing.
    """
    return {**_of_national_id(person), **_of_membership(person, practice, on)}


def _of_national_id(person: Person) -> dict[str, Text]:
    number = person.national_id
    if len(number) != 12 or not number.isdecimal():
        return {}
    century, male = 1900 + 100 * (int(number[3]) // 2), int(number[3]) % 2 == 0
    year = century + int(number[4:6])
    if person.sex is not None and (person.sex == "male") != male:
        told = t("male") if male else t("female")
        return {"national_id": t("by its digits the number is of a person whose sex is: {sex}", sex=told)}
    if person.born is not None and person.born.year != year:
        return {"national_id": t("by its digits the number is of a person born in {year}", year=str(year))}
    return {}


def _of_membership(person: Person, practice: Practice, on: date) -> dict[str, Text]:
    probation, official, born = person.party_probation, person.party_official, person.born
    found = {}
    if probation and official:
        apart = (official.year - probation.year) * 12 + (official.month - probation.month)
        usual, off = practice.probation_months.on(on).value, practice.probation_months_off.on(on).value
        off = (off or 0) if official.month and probation.month else 12
        if usual is not None and not usual - off <= apart <= usual + off:
            told = t("probation usually takes {usual} months; here it took {n}", usual=usual, n=apart)
            found["party_official"] = told
    if official and official.first_day() > on:
        found["party_official"] = t("this day is still to come")
    least = practice.admission_age.on(on).value if practice.admission_age is not None else None
    if least is not None and probation and born and born.years_until(probation.last_day())[1] < least:
        found["party_probation"] = t("admitted before the age of {age}", age=least)
    return found
