"""`vigil term-dates` and `vigil import term-dates`."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.commands.common import AsJson, now, open_database, print_json
from bot.views import words
from jobs.calendars import TermBreak, by_area, term_break
from jobs.term_date_files import TEMPLATE, read_term_dates
from storage.area_names import find_area
from storage.areas import Area, area_of
from storage.calendar_models import GivenDates, StandingDates, TermEvent
from storage.errors import FileRefused, VigilError
from storage.queries.campaigns import school_year
from storage.queries.term_dates import contradictions, give, standing_dates
from storage.vocabulary import Certainty


def show(
    *,
    area: Annotated[str, typer.Option(help="The area's code or name, such as 330 or Birmingham.")],
    year: Annotated[
        int | None, typer.Option(help="The school year's first year; this one unless told.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """An area's October half-term, summer holiday and deadline, and how sure they are."""
    found, of = find_area(area), year or school_year(now())
    with open_database() as database:
        standing = database.read_now(standing_dates, la_codes=[found.la_code], school_year=of)
    breaks = {
        event: term_break(event, [found.la_code], school_year=of, standing=by_area(standing))
        for event in TermEvent
    }
    said = {each.dates.event: each for each in standing}
    if as_json:
        print_json(
            {
                "area": found.name,
                "la_code": found.la_code,
                "school_year": of,
                "breaks": breaks,
                "said": said,
            }
        )
        return
    print(f"{found.name} ({found.la_code}), school year {of} to {of + 1}")
    for event, each in breaks.items():
        print(_break(event, each, said.get(event)))
    print("Councils set dates for some schools only; others may differ. These are planning dates.")


def _break(event: TermEvent, found: TermBreak, said: StandingDates | None) -> str:
    lines = [
        f"{event.capitalize()}: {words.day(found.holiday.start)} to {words.day(found.holiday.end)}"
    ]
    if event is TermEvent.OCTOBER_HALF_TERM:
        lines.append(f"Deadline: {words.deadline(found.deadline_day)}, the last day with pupils")
    if said is None:
        lines.append(
            "Estimated: nobody has given this area’s dates. Ask its business manager to confirm."
        )
    else:
        lines.append(
            f"{said.certainty.words.capitalize()}: {said.dates.source}, given at {words.moment(said.said_at)}"
        )
    return "\n    ".join(lines)


def take(
    file: Annotated[Path | None, typer.Argument(help="A .csv or .ics file.")] = None,
    *,
    area: Annotated[str | None, typer.Option(help="The area that an .ics file is of.")] = None,
    confirmed_by: Annotated[
        Literal["council", "lead"], typer.Option(help="Who says so.")
    ] = "council",
    accept_warnings: Annotated[
        bool, typer.Option("--accept-warnings", help="Apply what only looks odd.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Only look whether the file is right.")
    ] = False,
    template: Annotated[
        bool, typer.Option("--template", help="Print an example and stop.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Take in areas' term dates, all of the file or nothing."""
    if template:
        print(TEMPLATE, end="")
        return
    if file is None:
        raise VigilError(
            "Name the file: vigil import term-dates FILE. --template prints an example."
        )
    found = read_term_dates(file, area=_area(area))
    with open_database() as database:
        odd = [
            *found.warnings,
            *map(_contradiction, database.read_now(contradictions, dates=found.dates)),
        ]
        if check or (odd and not accept_warnings):
            _report(file, found.dates, odd, check=check, as_json=as_json)
            return
        new = database.write_now(
            give,
            dates=found.dates,
            certainty=Certainty(confirmed_by),
            said_by="the command line",
            now=now(),
        )
    if as_json:
        print_json({"breaks": len(found.dates), "new": new, "warnings": odd})
    else:
        print(
            f"Imported {file.name}: {words.counted(len(found.dates), 'break', 'breaks')}, {new} new."
        )


def _area(given: str | None) -> Area | None:
    return None if given is None else find_area(given)


def _contradiction(pair: tuple[StandingDates, GivenDates]) -> str:
    stands, given = pair
    return (
        f"{area_of(given.la_code).name}, {words.term_event(given.event)} {given.school_year} to"
        f" {given.school_year + 1}: the file says {words.day(given.start)} to"
        f" {words.day(given.end)}; what stands is {words.day(stands.dates.start)} to {words.day(stands.dates.end)}"
        f" ({stands.certainty.words})."
    )


def _report(
    file: Path, dates: tuple[GivenDates, ...], odd: list[str], *, check: bool, as_json: bool
) -> None:
    """What only looks odd is shown, and not applied unless that is asked for."""
    if odd and not check:
        raise FileRefused(
            [
                *odd,
                "Nothing was imported. Correct the file, or add --accept-warnings if it is right.",
            ]
        )
    if as_json:
        print_json({"breaks": len(dates), "new": 0, "warnings": odd})
        return
    for sentence in odd:
        print(f"Looks odd: {sentence}")
    needs = ", with --accept-warnings" if odd else ""
    print(
        f"{file.name} can be imported{needs}: {words.counted(len(dates), 'break', 'breaks')}. Nothing was imported."
    )
