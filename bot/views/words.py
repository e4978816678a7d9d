"""Dates, times and counts as GOV.UK writes them, in London's time."""

from datetime import date, datetime, time

from storage.clock import LONDON


def day(value: date, *, year: bool = True) -> str:
    """'Friday 23 October 2026'."""
    return f"{value:%A} {value.day} {value:%B}" + (f" {value.year}" if year else "")


def clock_time(value: time) -> str:
    """'9am', '9:05am', '12:30pm'."""
    hour = value.hour % 12 or 12
    minutes = f":{value.minute:02}" if value.minute else ""
    return f"{hour}{minutes}{'am' if value.hour < 12 else 'pm'}"  # noqa: PLR2004 - noon


def moment(value: datetime) -> str:
    """'9am on Friday 11 September 2026'."""
    local = value.astimezone(LONDON)
    return f"{clock_time(local.time())} on {day(local.date())}"


def london_day(value: datetime) -> str:
    """'Friday 11 September 2026', the day it is in London."""
    return day(value.astimezone(LONDON).date())


def london_date(value: datetime) -> date:
    """The day it is in London."""
    return value.astimezone(LONDON).date()


def deadline(value: date) -> str:
    """'11:59pm on Friday 23 October 2026': never 'midnight', which two days could claim."""
    return f"11:59pm on {day(value)}"


def term_event(value: str) -> str:
    """A break within a sentence: 'October half-term', 'summer holiday'."""
    return value.replace("october", "October")


def replied(count: int, total: int) -> str:
    """'1 of 3 partners has replied'."""
    noun = "partner" if total == 1 else "partners"
    return f"{count} of {total} {noun} {'has' if 1 in {count, total} else 'have'} replied"


def signed(count: int, total: int) -> str:
    """'1 of 3 sectors has signed', 'All 3 sectors have signed'."""
    noun = "sector" if total == 1 else "sectors"
    if count == total:
        return f"All {total} {noun} {'has' if total == 1 else 'have'} signed"
    return f"{count} of {total} {noun} {'has' if count == 1 else 'have'} signed"


def done(count: int) -> str:
    """'None is done yet', '1 is done', '3 are done'."""
    if not count:
        return "None is done yet"
    return f"{count} {'is' if count == 1 else 'are'} done"


def counted(count: int, one: str, several: str) -> str:
    """'1 partnership', '3 partnerships'."""
    return f"{count} {one if count == 1 else several}"


def listed(words: list[str], *, at_most: int) -> str:
    """'A, B and C', or 'A, B and 30 more'."""
    shown = words[:at_most]
    if len(words) > at_most:
        shown.append(f"{len(words) - at_most} more")
    if len(shown) < 2:  # noqa: PLR2004 - one needs no 'and'
        return "".join(shown)
    return f"{', '.join(shown[:-1])} and {shown[-1]}"
