"""What people write for an area, and the area that they mean; asking wherever that is not plain.

The words that say the same, and the other names, are data: `area_words.csv`, `area_aliases.csv` and
`outside_england.csv` in `storage/reference/`.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from difflib import get_close_matches
from functools import lru_cache
from typing import NoReturn

from storage.areas import Area, FormerArea, all_areas, former_areas, reference_rows
from storage.errors import AreaRefused

_EXAMPLE = "such as 330 or Birmingham"
_REMEDY = f"Give the three-digit code or the name of a council in England that has children’s services, {_EXAMPLE}."
_COUNTRIES = {"W": "Wales", "S": "Scotland", "N": "Northern Ireland"}
_ROYAL_BOROUGHS = {"203", "207", "314", "868"}
#: What words say of a council, to tell one Kingston from the other.
_SAYS: dict[str, Callable[[Area], bool]] = {
    r"\b(london borough|lbc?)\b": lambda area: area.region == "London",
    r"\broyal\b": lambda area: area.la_code in _ROYAL_BOROUGHS,
}
_LONGEST_ECHO = 60
_SHORTEST_LIKENESS = 4  # TBC is like TMBC only by chance
_ALIKE = 0.75  # of 1: Birmingam and Birmingham are 0.95


@dataclass(frozen=True)
class _Question:
    """Whom a name may mean that names nobody plainly."""

    areas: Sequence[Area]
    note: str = ""


@dataclass(frozen=True)
class _Known:
    """What is known by codes, and by the forms that `_plain` and `_bare` give to names."""

    codes: dict[str, Area | FormerArea] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)
    questions: dict[str, _Question] = field(default_factory=dict)
    former: dict[str, FormerArea] = field(default_factory=dict)
    countries: dict[str, str] = field(default_factory=dict)


def find_area(words: str) -> Area:
    """The area with that DfE code, GSS code or name, however people write it.

    Raises:
        AreaRefused: none is plainly meant; its text says what to do, and who may be meant.
    """
    said = _clean(words)
    if not said:
        raise AreaRefused(f"The area is missing. {_REMEDY}")
    code = re.sub(r"[\s'\"’=]", "", said).upper()
    if re.fullmatch(r"\d+(\.0+)?|[A-Z]\d{8}", code):
        return _by_code(code.partition(".")[0])
    both = re.fullmatch(r"(\d{3})\W+(\D+)", said) or re.fullmatch(r"(\D+?)\W+(\d{3})\W*", said)
    if both is None:
        return _by_name(said)
    one, other = (_by_code(part) if part.isdigit() else _by_name(part) for part in both.groups())
    return one if one == other else _ask(said, _Question([one, other]))


def _by_code(code: str) -> Area:
    if code[0] in _COUNTRIES:
        _refuse_country(code, _COUNTRIES[code[0]])
    known = _known().codes.get(code)
    if known is None:
        raise AreaRefused(f"{_quoted(code)} is not the code of an area that Vigil knows. {_REMEDY}")
    if isinstance(known, FormerArea):
        _tell_who_came_after(f"{code} was the code of {known.name} until", known)
    return known


def _by_name(said: str) -> Area:
    known = _known()
    for form in _forms(said):
        if form in known.areas:
            return _unless_contradicted(said, form, known.areas[form])
        if form in known.questions:
            return _ask(said, known.questions[form])
        if former := known.former.get(form):
            _tell_who_came_after(f"{former.name} ended on", former)
        if form in known.countries:
            _refuse_country(said, known.countries[form])
    return _suggest(said)


def _unless_contradicted(said: str, form: str, area: Area) -> Area:
    """The area, unless other words say otherwise: Derby County, London Borough of Derby."""
    known, words = _known(), _plain(said).split()
    shire = known.areas.get(f"{form}shire") or known.former.get(f"{form}shire")
    if shire is not None and {"county", "shire"} & {*words}:
        others = shire.successors if isinstance(shire, FormerArea) else (shire,)
        return _ask(said, _Question([area, *others]))
    city = known.areas.get(form.removesuffix("shire"), area)
    if city != area and "city" in words:
        return _ask(said, _Question([area, city]))
    return area if all(test(area) for test in _tests(said)) else _ask(said, _Question([area]))


def _ask(said: str, question: _Question) -> Area:
    """The one area that the other words leave, as in London Borough of Kingston; else asks."""
    tests = _tests(said)
    left = [area for area in question.areas if all(test(area) for test in tests)]
    if tests and len(left) == 1 < len(question.areas):
        return left[0]
    note = f" {question.note}" if question.note else ""
    raise AreaRefused(
        f"{_quoted(said)} is not the name of one area.{note} {_did_you_mean(question.areas)}"
    )


def _tests(said: str) -> list[Callable[[Area], bool]]:
    return [test for pattern, test in _SAYS.items() if re.search(pattern, _plain(said))]


def _suggest(said: str) -> NoReturn:
    """Asks about areas with these words in their name or their name in these words, or one like it."""
    known = _known()
    meant: dict[str, Sequence[Area]] = {
        **{form: former.successors for form, former in known.former.items()},
        **{form: question.areas for form, question in known.questions.items()},
        **{form: [area] for form, area in known.areas.items()},
    }
    form = _bare(said)
    near = [each for each in known.areas if form and f" {form} " in f" {each} "]
    long = [each for each in meant if len(each) >= _SHORTEST_LIKENESS <= len(form)]
    near = near or [each for each in long if f" {each} " in f" {form} "]
    near = near or get_close_matches(form, long, cutoff=_ALIKE)
    remedy = _did_you_mean([area for each in near for area in meant[each]])
    raise AreaRefused(f"{_quoted(said)} is not an area that Vigil knows. {remedy}")


def _did_you_mean(areas: Sequence[Area]) -> str:
    match list(dict.fromkeys(areas)):
        case []:
            return _REMEDY
        case [area]:
            return f"Did you mean {area.name} ({area.la_code})? Then give {area.la_code}."
        case several:
            return f"Did you mean {_named(several, 'or')}? Give the code of the one you mean."


def _tell_who_came_after(what: str, former: FormerArea) -> NoReturn:
    codes = _listed([area.la_code for area in former.successors], "or")
    raise AreaRefused(
        f"{what} {_day(former.ended)}. Since {_day(former.ended + timedelta(days=1))}"
        f" its area has been {_named(former.successors, 'and')}. Give {codes}."
    )


def _refuse_country(said: str, country: str) -> NoReturn:
    raise AreaRefused(
        f"{_quoted(said)} is in {country}. Vigil works with safeguarding partnerships in England only."
        f" Give an area in England, {_EXAMPLE}."
    )


def _quoted(said: str) -> str:
    return f"‘{said if len(said) <= _LONGEST_ECHO else said[: _LONGEST_ECHO - 1] + '…'}’"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _named(areas: Iterable[Area], word: str) -> str:
    return _listed([f"{area.name} ({area.la_code})" for area in areas], word)


def _listed(parts: Sequence[str], word: str) -> str:
    *first, last = parts
    return f"{', '.join(first)} {word} {last}" if first else last


@lru_cache(maxsize=1)
def _known() -> _Known:
    known = _Known()
    for former in former_areas():
        known.codes.update({former.la_code: former, former.gss_code: former})
        known.former.update(dict.fromkeys(_forms(former.name), former))
    by_code = {area.la_code: area for area in all_areas()}
    for area in by_code.values():
        known.codes.update({area.la_code: area, area.gss_code: area})
        known.areas.update(dict.fromkeys(_forms(area.name), area))
    for row in reference_rows("area_aliases.csv"):
        areas = [by_code[code] for code in row["la_codes"].split(";") if code]
        if row["how"] == "is":
            known.areas[_plain(row["alias"])] = areas[0]
        else:
            known.questions.update(
                dict.fromkeys(_forms(row["alias"]), _Question(areas, row["note"]))
            )
    for row in reference_rows("outside_england.csv"):
        known.countries.update(dict.fromkeys(_forms(row["name"]), row["country"]))
    del known.codes[""]
    return known


def _forms(said: str) -> Iterator[str]:
    """What to look for in turn: as written, turned round at the comma, without the usual words."""
    yield _plain(said)
    if said.count(",") == 1:
        yield _plain(" ".join(reversed(said.split(","))))
    if bare := _bare(said):
        yield bare


def _clean(words: str) -> str:
    """Every sign in its usual shape, one space between words, and nothing that cannot be seen."""
    shaped = unicodedata.normalize("NFKC", words)
    seen = (" " if sign.isspace() else sign for sign in shaped)
    return " ".join("".join(s for s in seen if unicodedata.category(s)[0] != "C").split())


def _plain(said: str) -> str:
    """One spelling for all ways to write a name: capitals, accents, signs, short words."""
    letters = re.sub(
        r"['’‘`\u00b4\u0300-\u036f]", "", unicodedata.normalize("NFKD", said.casefold())
    )
    text = re.sub(r"[^0-9a-z]+", " ", re.sub(r"[&+]", " and ", letters)).strip()
    text = re.sub(r"\b[a-z](?: [a-z]\b)+", lambda run: run[0].replace(" ", ""), text)  # B. C. P.
    return _replace(_words(dropped=False), text)


def _bare(said: str) -> str:
    """A name without what kind of council it is."""
    return " ".join(_replace(_words(dropped=True), _plain(said)).split())


def _replace(words: dict[str, str], text: str) -> str:
    pattern = "|".join(sorted(words, key=len, reverse=True))
    return re.sub(rf"\b({pattern})\b", lambda found: words[found[0]], text)


@lru_cache(maxsize=2)
def _words(*, dropped: bool) -> dict[str, str]:
    rows = reference_rows("area_words.csv")
    return {row["word"]: row["means"] for row in rows if (not row["means"]) == dropped}
