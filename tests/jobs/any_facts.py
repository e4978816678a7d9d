"""Anything that planning can be given: years from 2020 to 2040, any areas, any sane dates, both campaigns."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from jobs.calendars import is_working_day
from jobs.term_breaks import last_day_with_pupils, school_year_of
from storage.areas import Area, all_areas, area_of
from storage.calendar_models import GivenDates, StandingDates, TermEvent
from storage.clock import LONDON
from storage.plan_models import (
    FacilitatorFacts,
    ParticipationFacts,
    PartnerFacts,
    PlanningFacts,
    PostFacts,
    Validity,
)
from storage.vocabulary import Certainty, ParticipationState, Reminding
from storage.wishes import AS_USUAL, HOURS, ZONES, Wishes
from tests.jobs.plans import ALWAYS, REVIEW, SUMMER, facts

DAY = timedelta(days=1)
YEARS = st.integers(2020, 2040)
WISHES = st.just(AS_USUAL) | st.builds(
    Wishes,
    hour=st.sampled_from(HOURS),
    reminding=st.sampled_from(Reminding),
    zone=st.sampled_from(ZONES),
)
AREAS = all_areas()
REGIONS = sorted({area.region for area in AREAS})
#: Each partnership of one to three areas; every area in one of them at most.
partnerships = st.lists(
    st.lists(st.sampled_from(AREAS), min_size=1, max_size=3, unique=True),
    min_size=1,
    max_size=3,
).map(lambda drawn: list(_without_repeats(drawn)))


def _without_repeats(drawn: Sequence[Sequence[Area]]) -> Iterator[list[Area]]:
    taken: set[Area] = set()
    for areas in drawn:
        new = [area for area in areas if area not in taken]
        taken.update(new)
        if new:
            yield new


@st.composite
def standing(draw: st.DrawFn, area: Area, event: TermEvent, year: int) -> StandingDates:
    """One area's break: within its place, with up to three INSET days or any days at all before it."""
    if event is TermEvent.OCTOBER_HALF_TERM:
        start = date(year, 10, 10) + draw(st.integers(0, 22)) * DAY
        length = draw(st.integers(1, 16))
    else:
        start = date(year + 1, 7, 1) + draw(st.integers(0, 40)) * DAY
        length = draw(st.integers(1, 16) | st.integers(25, 62))
    working = [day for day in (start - n * DAY for n in range(1, 12)) if is_working_day(day)]
    by_insets = last_day_with_pupils(start, frozenset(working[: draw(st.integers(0, 3))]))
    by_a_person = start - draw(st.integers(1, 9)) * DAY
    dates = GivenDates(
        la_code=area.la_code,
        event=event,
        school_year=school_year_of(start) if event is TermEvent.OCTOBER_HALF_TERM else year,
        start=start,
        end=start + (length - 1) * DAY,
        last_day=draw(st.sampled_from([by_insets, by_insets, by_a_person])),
        source="a file",
    )
    return StandingDates(
        dates=dates,
        certainty=draw(st.sampled_from([Certainty.COUNCIL, Certainty.LEAD])),
        said_by="administrator",
        said_at=datetime(year, 9, 1, 6, tzinfo=UTC) + timedelta(hours=draw(st.integers(0, 7000))),
    )


@st.composite
def calendars(draw: st.DrawFn, areas: Sequence[Area], year: int) -> tuple[StandingDates, ...]:
    """Some of these areas' breaks in that year, and now and then one of the year after."""
    return tuple(
        draw(standing(area, event, year + draw(st.sampled_from([0, 0, 0, 1]))))
        for area in areas
        for event in TermEvent
        if draw(st.booleans())
    )


def validities(year: int) -> st.SearchStrategy[Validity]:
    days = st.integers(0, 420).map(lambda number: date(year, 8, 1) + number * DAY)
    span = st.tuples(days, days).map(
        lambda pair: Validity(valid_from=min(pair), valid_to=max(pair))
    )
    return st.just(ALWAYS) | span | days.map(lambda day: Validity(valid_from=day, valid_to=None))


@st.composite
def bodies(draw: st.DrawFn, first_id: int, year: int) -> tuple[PartnerFacts, ...]:
    """Up to two partners with up to two respondents each; ids from `first_id` on."""
    rounds = st.frozensets(
        st.sampled_from(["review", *(f"week-{n}" for n in range(9))]), max_size=3
    )
    found = []
    for number in range(draw(st.integers(0, 2))):
        posts = [
            PostFacts(
                post_id=first_id + number * 10 + place,
                validity=draw(validities(year)),
                absences=draw(absences(year)),
                wishes=draw(WISHES),
            )
            for place in range(draw(st.integers(0, 4)))
        ]
        done = draw(rounds)
        found.append(
            PartnerFacts(
                partner_id=first_id + number,
                sector_key=draw(st.sampled_from(["police", "health"])),
                validity=draw(validities(year)),
                done_rounds=done,
                replied_rounds=done | draw(rounds),
                stopped_rounds=draw(rounds),
                respondents=tuple(posts[:2]),
                deputies=tuple(posts[2:]),
                snoozes={
                    (post.post_id, key): draw(another_day(year))
                    for post in posts
                    for key in sorted(draw(rounds))
                },
                handed_over={
                    (post.post_id, key): draw(another_day(year))[1]
                    for post in posts
                    for key in sorted(draw(rounds))
                },
                only_in={post.post_id: draw(rounds) for post in posts if draw(st.booleans())},
            )
        )
    return tuple(found)


def another_day(year: int) -> st.SearchStrategy[tuple[date, date]]:
    """The day on which somebody asked for another, and that day."""
    return st.tuples(st.integers(0, 380), st.integers(1, 40)).map(
        lambda drawn: (
            date(year, 8, 1) + drawn[0] * DAY,
            date(year, 8, 1) + (drawn[0] + drawn[1]) * DAY,
        )
    )


def absences(year: int) -> st.SearchStrategy[tuple[tuple[date, date], ...]]:
    """Up to two spans of days on which somebody is away."""
    span = st.tuples(st.integers(0, 400), st.integers(0, 30)).map(
        lambda drawn: (
            date(year, 8, 1) + drawn[0] * DAY,
            date(year, 8, 1) + (drawn[0] + drawn[1]) * DAY,
        )
    )
    return st.lists(span, max_size=2).map(lambda spans: tuple(sorted(spans)))


@st.composite
def participations(
    draw: st.DrawFn, areas: Sequence[Area], year: int, place: int, definition_number: int
) -> ParticipationFacts:
    opened = datetime(year, 8, 1, 12, tzinfo=LONDON) + draw(st.integers(0, 400)) * DAY
    state = draw(
        st.sampled_from([ParticipationState.OPEN, ParticipationState.OPEN, *ParticipationState])
    )
    return ParticipationFacts(
        participation_id=0
        if state is ParticipationState.DRAFT
        else place * 2 + definition_number + 1,
        campaign_id=definition_number + 1,
        definition=(REVIEW, SUMMER)[definition_number],
        school_year=year,
        state=state,
        opened_at=opened,
        partnership_id=place + 1,
        region=areas[0].region,
        la_codes=tuple(area.la_code for area in areas),
        partners=draw(bodies(100 * (place + 1), year)),
        leads=tuple(
            PostFacts(
                post_id=1000 + place * 10 + number,
                validity=draw(validities(year)),
                wishes=draw(WISHES),
            )
            for number in range(draw(st.integers(0, 2)))
        ),
    )


@st.composite
def any_facts(draw: st.DrawFn) -> PlanningFacts:
    """Both campaigns of one school year, in up to three partnerships."""
    year = draw(YEARS)
    found = draw(partnerships)
    parts = [
        draw(participations(areas, year, place, number))
        for place, areas in enumerate(found)
        for number in (0, 1)
    ]
    facilitators = tuple(
        FacilitatorFacts(
            post_id=2000 + number,
            sector_key=draw(st.sampled_from(["police", "health"])),
            region=draw(st.none() | st.sampled_from(REGIONS)),
            validity=draw(validities(year)),
            wishes=draw(WISHES),
        )
        for number in range(draw(st.integers(0, 2)))
    )
    return replace(
        facts(),
        now=datetime(year, 8, 1, 12, tzinfo=UTC) + draw(st.integers(0, 9600)) * timedelta(hours=1),
        participations=tuple(each for each in parts if each.participation_id),
        drafts=tuple(each for each in parts if not each.participation_id),
        facilitators=facilitators,
        term_dates=draw(calendars([area for areas in found for area in areas], year)),
    )


@st.composite
def with_other_dates(draw: st.DrawFn) -> tuple[PlanningFacts, PlanningFacts]:
    """Facts, and the same ones once other dates stand."""
    first = draw(any_facts())
    parts = first.participations + first.drafts
    areas = [area_of(code) for code in sorted({code for part in parts for code in part.la_codes})]
    return first, replace(first, term_dates=draw(calendars(areas, parts[0].school_year)))


def changed_facts() -> st.SearchStrategy[tuple[PlanningFacts, PlanningFacts]]:
    """Facts, and what holds after them: other dates alone, or everything else."""
    return with_other_dates() | st.tuples(any_facts(), any_facts())
