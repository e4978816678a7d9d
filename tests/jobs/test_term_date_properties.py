"""Any break by both ways of writing it, INSET days before any break, and any bytes at all."""

from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from jobs.calendars import is_working_day
from storage.calendar_models import TermEvent
from storage.errors import FileRefused
from tests.jobs.calendar_examples import (
    DAY,
    EXAMPLES,
    HEADER,
    OCTOBER,
    SUMMER,
    calendar,
    days,
    event,
    kents,
    rows,
    written,
)

IN_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@st.composite
def breaks(draw: st.DrawFn) -> tuple[TermEvent, date, date]:
    year = draw(st.integers(2020, 2040))
    if draw(st.booleans()):
        start = date(year, 10, 10) + draw(st.integers(0, 22)) * DAY
        return OCTOBER, start, start + draw(st.integers(2, 15)) * DAY
    start = date(year, 7, 1) + draw(st.integers(0, 40)) * DAY
    return SUMMER, start, start + draw(st.integers(20, 60)) * DAY


def as_row(kind: str, start: date, end: date) -> str:
    return f"886,Kent,{kind},{start:%d/%m/%Y},{end:%Y-%m-%d},by hand"


def as_event(name: str, start: date, end: date) -> str:
    return event(name, f"{start:%Y%m%d}", f"{end + DAY:%Y%m%d}")


@IN_FOLDER
@given(found=breaks(), name=st.sampled_from(["Half term", "Schools closed", "Holiday", "Break"]))
def test_any_break_reads_back_the_same_as_rows_and_as_a_calendar(tmp_path: Path, found, name: str):
    kind, start, end = found
    assume(sum(is_working_day(start + number * DAY) for number in range((end - start).days + 1)))
    by_row = days(kents(rows(tmp_path, as_row(kind, start, end))).dates[0])
    by_calendar = days(kents(calendar(tmp_path, as_event(name, start, end))).dates[0])
    assert by_row == by_calendar
    assert by_row[2:4] == (str(start), str(end))
    last = date.fromisoformat(by_row[4])
    assert last < start
    assert is_working_day(last)
    assert not any(is_working_day(last + number * DAY) for number in range(1, (start - last).days))


@IN_FOLDER
@given(found=breaks(), count=st.integers(1, 4))
def test_inset_days_before_any_break_move_only_the_last_day(tmp_path: Path, found, count: int):
    kind, start, end = found
    name = "Half term" if kind is OCTOBER else "Summer holiday"
    (plain,) = kents(calendar(tmp_path, as_event(name, start, end))).dates
    insets, last = [], plain.last_day
    while len(insets) < count or not is_working_day(last):
        insets += [last] if is_working_day(last) else []
        last -= DAY
    events = [as_event("INSET day", day, day) for day in insets]
    (moved,) = kents(calendar(tmp_path, as_event(name, start, end), *events)).dates
    (row,) = kents(
        rows(tmp_path, as_row(kind, start, end), *(as_row("inset", day, day) for day in insets))
    ).dates
    assert days(moved) == days(row)
    assert days(moved)[:4] == days(plain)[:4]
    assert moved.last_day == last


@IN_FOLDER
@given(
    content=st.one_of(
        st.binary(max_size=300),
        st.binary(max_size=200).map(lambda junk: b"BEGIN:VCALENDAR\r\n" + junk),
        st.binary(max_size=200).map(lambda junk: HEADER.encode() + junk),
    ),
    name=st.sampled_from(["dates.ics", "dates.csv"]),
)
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes, name: str):
    read_or_refused(written(tmp_path, name, content))


@IN_FOLDER
@given(
    example=st.sampled_from(sorted(path.name for path in EXAMPLES.glob("*.[ic]*"))),
    cuts=st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 40), st.binary(max_size=12))),
)
def test_any_damage_to_a_file_is_read_or_refused(tmp_path: Path, example: str, cuts):
    content = (EXAMPLES / example).read_bytes()
    for at, length, junk in cuts:
        content = content[:at] + junk + content[at + length :]
    read_or_refused(written(tmp_path, example, content))


def read_or_refused(path: Path) -> None:
    try:
        file = kents(path)
    except FileRefused as refused:
        wrong = [problem for problem in refused.problems if not problem.startswith(path.name)]
    else:
        wrong = [dates for dates in file.dates if not dates.last_day < dates.start <= dates.end]
    assert wrong == []
