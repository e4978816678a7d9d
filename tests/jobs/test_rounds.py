"""Rounds and their steps by each area's own dates: examples worked out by hand with a calendar."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

import pytest

from jobs.calendars import Days, by_area, is_working_day, london, working_day_on_or_after
from jobs.campaign_files import load_campaigns
from jobs.rounds import quiet_days, step_days, topics_by_week
from jobs.wanted import rounds_in
from storage.area_names import find_area
from storage.areas import all_areas, partnership_of
from storage.calendar_models import GivenDates, StandingDates, TermEvent
from storage.clock import LONDON
from storage.plan_models import ParticipationFacts, RoundDates
from storage.vocabulary import Certainty, ParticipationState
from tests.jobs.plans import usual_days

REVIEW, SUMMER = load_campaigns()
OCTOBER, HOLIDAY = TermEvent.OCTOBER_HALF_TERM, TermEvent.SUMMER_HOLIDAY


def given(
    area: str,
    start: date,
    end: date,
    last_day: date,
    event: TermEvent = OCTOBER,
    certainty: Certainty = Certainty.COUNCIL,
) -> StandingDates:
    """An area's break, as somebody gave it."""
    dates = GivenDates(
        la_code=find_area(area).la_code,
        event=event,
        school_year=start.year if event is OCTOBER else start.year - 1,
        start=start,
        end=end,
        last_day=last_day,
        source="council page",
    )
    said_at = datetime(start.year, 1, 7, 12, tzinfo=UTC)
    return StandingDates(dates=dates, certainty=certainty, said_by="administrator", said_at=said_at)


def taking_part(area: str, year: int, definition=REVIEW) -> ParticipationFacts:
    """The partnership that covers this area, asked since August."""
    partnership = partnership_of(find_area(area), on=date(year, 9, 1))
    return ParticipationFacts(
        participation_id=1,
        campaign_id=1,
        definition=definition,
        school_year=year,
        state=ParticipationState.OPEN,
        opened_at=datetime(year, 8, 3, 9, tzinfo=LONDON),
        partnership_id=1,
        region=partnership.region,
        la_codes=tuple(each.la_code for each in partnership.areas),
        partners=(),
        leads=(),
    )


def review(area: str, year: int, *dates: StandingDates) -> RoundDates:
    (found,) = rounds_in(taking_part(area, year), by_area(dates))
    return found


def summer(area: str, year: int, *dates: StandingDates) -> list[RoundDates]:
    return rounds_in(taking_part(area, year, SUMMER), by_area(dates))


def asked_on(dates: RoundDates) -> list[str]:
    definition = REVIEW if dates.week is None else SUMMER
    return [f"{day:%a %-d %b}" for day in usual_days(definition, dates)]


def days(found: Iterable[date]) -> list[str]:
    return [f"{day:%a %-d %b}" for day in found]


def week(start: date, end: date) -> Days:
    return Days(start=start, end=end)


# October, one area

TWO_WEEKS = week(date(2026, 10, 19), date(2026, 10, 30))
TWO_WEEKS_ASKED = ["Fri 4 Sep", "Fri 25 Sep", "Fri 9 Oct", "Fri 16 Oct", "Mon 2 Nov", "Fri 6 Nov"]


def test_an_area_without_dates_has_the_week_of_26_october_2026():
    found = review("Birmingham", 2026)
    assert (found.deadline_day, found.certainty) == (date(2026, 10, 23), Certainty.ESTIMATED)
    assert quiet_days(found) == [week(date(2026, 10, 26), date(2026, 10, 30))]
    assert asked_on(found) == [
        "Fri 11 Sep", "Fri 2 Oct", "Fri 16 Oct", "Fri 23 Oct", "Mon 2 Nov", "Fri 6 Nov",
    ]  # fmt: skip


def test_leicester_a_week_early_has_its_overdue_steps_in_the_week_of_the_others():
    """The first of them is the Monday on which clocks have gone back the night before."""
    found = review(
        "Leicester",
        2026,
        given("Leicester", date(2026, 10, 19), date(2026, 10, 23), date(2026, 10, 16)),
    )
    assert (found.deadline_day, found.certainty) == (date(2026, 10, 16), Certainty.COUNCIL)
    assert quiet_days(found) == [week(date(2026, 10, 19), date(2026, 10, 23))]
    assert asked_on(found) == [
        "Fri 4 Sep", "Fri 25 Sep", "Fri 9 Oct", "Fri 16 Oct", "Mon 26 Oct", "Fri 30 Oct",
    ]  # fmt: skip


@pytest.mark.parametrize("area", ["Nottingham", "Kent", "Surrey", "Isles of Scilly"])
def test_nobody_is_chased_in_either_of_two_weeks(area: str):
    dates = given(area, date(2026, 10, 19), date(2026, 10, 30), date(2026, 10, 16))
    found = review(area, 2026, dates)
    assert found.deadline_day == date(2026, 10, 16)
    assert quiet_days(found) == [TWO_WEEKS]
    assert asked_on(found) == TWO_WEEKS_ASKED


@pytest.mark.parametrize(
    ("year", "deadline", "quiet"),
    [
        (2025, date(2025, 10, 24), week(date(2025, 10, 27), date(2025, 10, 31))),
        (2026, date(2026, 10, 16), TWO_WEEKS),
        (2027, date(2027, 10, 22), week(date(2027, 10, 25), date(2027, 10, 29))),
    ],
)
def test_surreys_two_weeks_of_2026_say_nothing_of_the_years_before_and_after(year, deadline, quiet):
    dates = given("Surrey", date(2026, 10, 19), date(2026, 10, 30), date(2026, 10, 16))
    found = review("Surrey", year, dates)
    assert (found.deadline_day, quiet_days(found)) == (deadline, [quiet])


def test_the_isles_of_scilly_without_dates_are_estimated_as_everybody_is():
    assert review("Isles of Scilly", 2026).deadline_day == date(2026, 10, 23)


def test_a_break_that_starts_on_a_thursday_has_its_deadline_on_the_wednesday():
    """Norfolk, Swindon and Wiltshire did so in 2018."""
    found = review(
        "Norfolk",
        2026,
        given("Norfolk", date(2026, 10, 22), date(2026, 10, 30), date(2026, 10, 21)),
    )
    assert asked_on(found) == [
        "Wed 9 Sep", "Wed 30 Sep", "Wed 14 Oct", "Wed 21 Oct", "Mon 2 Nov", "Fri 6 Nov",
    ]  # fmt: skip


def test_an_inset_day_before_the_break_moves_the_deadline_and_is_itself_a_working_day():
    dates = given("Birmingham", date(2026, 10, 26), date(2026, 10, 30), date(2026, 10, 22))
    found = review("Birmingham", 2026, dates)
    assert found.deadline_day == date(2026, 10, 22)
    assert quiet_days(found) == [week(date(2026, 10, 26), date(2026, 10, 30))]
    assert asked_on(found) == [
        "Thu 10 Sep", "Thu 1 Oct", "Thu 15 Oct", "Thu 22 Oct", "Fri 23 Oct", "Thu 5 Nov",
    ]  # fmt: skip


# October, several areas

BOTH = (
    given("Leicestershire", date(2026, 10, 19), date(2026, 10, 23), date(2026, 10, 16)),
    given("Rutland", date(2026, 10, 26), date(2026, 10, 30), date(2026, 10, 23)),
)


def test_leicestershire_and_rutland_are_one_partnership():
    assert taking_part("Rutland", 2026).la_codes == taking_part("Leicestershire", 2026).la_codes
    assert len(taking_part("Rutland", 2026).la_codes) == 2


@pytest.mark.parametrize("dates", [BOTH, BOTH[::-1]], ids=["one order", "the other"])
def test_two_areas_with_different_weeks_have_the_earlier_deadline_and_both_weeks_are_quiet(dates):
    found = review("Rutland", 2026, *dates)
    assert (found.deadline_day, found.certainty) == (date(2026, 10, 16), Certainty.COUNCIL)
    assert quiet_days(found) == [TWO_WEEKS]
    assert asked_on(found) == TWO_WEEKS_ASKED


def test_one_area_that_gave_its_dates_leaves_the_partnership_estimated():
    found = review("Rutland", 2026, BOTH[0])
    assert (found.deadline_day, found.certainty) == (date(2026, 10, 16), Certainty.ESTIMATED)
    assert quiet_days(found) == [TWO_WEEKS]


def test_the_earliest_deadline_can_be_that_of_the_later_break():
    """Rutland's last day with pupils comes before three INSET days, and before Leicestershire's."""
    early = given("Rutland", date(2026, 10, 20), date(2026, 10, 30), date(2026, 10, 14))
    found = review("Rutland", 2026, BOTH[0], early)
    assert found.deadline_day == date(2026, 10, 14)
    assert quiet_days(found) == [TWO_WEEKS]
    assert asked_on(found)[3:] == ["Wed 14 Oct", "Thu 15 Oct", "Wed 4 Nov"]


def test_the_days_between_two_breaks_are_quiet_too():
    late = given("Rutland", date(2026, 11, 2), date(2026, 11, 6), date(2026, 10, 30))
    found = review("Rutland", 2026, BOTH[0], late)
    assert quiet_days(found) == [week(date(2026, 10, 19), date(2026, 11, 6))]
    assert asked_on(found)[4:] == ["Mon 9 Nov", "Fri 13 Nov"]


# October, years


@pytest.mark.parametrize("year", [2019, 2024, 2030])
def test_in_a_weak_year_the_estimate_errs_early_and_skips_both_weeks(year: int):
    found = review("Birmingham", year)
    assert found.deadline_day == date(year, 10, 18)
    assert quiet_days(found) == [week(date(year, 10, 21), date(year, 11, 1))]
    assert asked_on(found) == [
        "Fri 6 Sep", "Fri 27 Sep", "Fri 11 Oct", "Fri 18 Oct", "Mon 4 Nov", "Fri 8 Nov",
    ]  # fmt: skip


def test_dates_given_for_a_weak_year_take_the_place_of_the_estimate():
    """Birmingham, Solihull and Surrey took 28 October in 2024."""
    dates = given("Birmingham", date(2024, 10, 28), date(2024, 11, 1), date(2024, 10, 25))
    found = review("Birmingham", 2024, dates)
    assert found.deadline_day == date(2024, 10, 25)
    assert quiet_days(found) == [week(date(2024, 10, 28), date(2024, 11, 1))]


@pytest.mark.parametrize(
    ("year", "deadline"),
    [
        (2026, date(2026, 10, 23)),
        (2027, date(2027, 10, 22)),
        (2028, date(2028, 10, 20)),
        (2029, date(2029, 10, 19)),
        (2030, date(2030, 10, 18)),
        (2031, date(2031, 10, 24)),
    ],
)
def test_the_estimated_deadlines_of_2026_to_2031(year: int, deadline: date):
    assert review("Birmingham", year).deadline_day == deadline


def test_no_year_is_estimated_with_a_step_on_another_day_than_friday_but_the_first_overdue_one():
    for year in range(2018, 2041):
        fridays = [day.weekday() for day in usual_days(REVIEW, review("Birmingham", year))]
        assert fridays == [4, 4, 4, 4, 0, 4]


@pytest.mark.parametrize(
    ("year", "utc"),
    [
        (2026, ["23 Oct 08:00", "02 Nov 09:00", "06 Nov 09:00"]),  # back on Sunday 25 October
        (2027, ["22 Oct 08:00", "01 Nov 09:00", "05 Nov 09:00"]),  # back on Sunday 31 October
    ],
)
def test_nine_in_london_is_another_hour_of_utc_after_clocks_go_back(year: int, utc: list[str]):
    steps = [london(day) for day in usual_days(REVIEW, review("Birmingham", year))][3:]
    assert [f"{at.astimezone(UTC):%d %b %H:%M}" for at in steps] == utc
    assert {at.astimezone(LONDON).hour for at in steps} == {9}


def test_a_step_can_come_right_after_the_clock_change():
    found = review("Rutland", 2026, BOTH[0], given("Rutland", date(2026, 10, 19), date(2026, 10, 23), date(2026, 10, 16)))  # fmt: skip
    day = usual_days(REVIEW, found)[4]
    assert london(day).astimezone(UTC) == datetime(2026, 10, 26, 9, tzinfo=UTC)
    assert london(date(2026, 10, 23)).astimezone(UTC) == datetime(2026, 10, 23, 8, tzinfo=UTC)


def test_a_campaign_opened_after_the_deadline_still_has_its_round():
    part = taking_part("Birmingham", 2026)
    late = ParticipationFacts(**vars(part) | {"opened_at": datetime(2026, 11, 3, tzinfo=UTC)})
    (found,) = rounds_in(late, {})
    assert found.opens_on == found.deadline_day == date(2026, 10, 23)
    assert found.late_until == date(2026, 12, 31)


# Summer


def test_the_usual_summer_of_2027_has_six_weeks_and_the_one_before():
    rounds = summer("Birmingham", 2026)
    assert [each.key for each in rounds] == [f"week-{number}" for number in range(7)]
    assert days(each.opens_on for each in rounds) == [
        "Mon 19 Jul", "Mon 26 Jul", "Mon 2 Aug", "Mon 9 Aug", "Mon 16 Aug", "Mon 23 Aug",
        "Tue 31 Aug",  # Monday 30 August is a bank holiday
    ]  # fmt: skip
    assert days(each.deadline_day for each in rounds) == [
        "Fri 23 Jul", "Fri 30 Jul", "Fri 6 Aug", "Fri 13 Aug", "Fri 20 Aug", "Fri 27 Aug",
        "Fri 3 Sep",
    ]  # fmt: skip
    assert {(each.late_until - each.deadline_day).days for each in rounds} == {7}
    assert {each.certainty for each in rounds} == {Certainty.ESTIMATED}


def test_each_week_is_asked_on_its_monday_and_once_more_on_thursday():
    rounds = summer("Birmingham", 2026)
    assert asked_on(rounds[0]) == ["Mon 19 Jul", "Thu 22 Jul"]
    assert asked_on(rounds[3]) == ["Mon 9 Aug", "Thu 12 Aug"]
    assert asked_on(rounds[6]) == ["Tue 31 Aug", "Thu 2 Sep"]


def test_no_day_of_the_summer_is_quiet():
    assert [quiet_days(each) for each in summer("Birmingham", 2026)] == [[]] * 7


def test_the_last_week_of_2026_is_asked_on_the_tuesday_after_the_holiday():
    """Monday 31 August 2026 is a bank holiday, and the last day of the holiday."""
    last = summer("Birmingham", 2025)[-1]
    assert (last.key, last.topic) == ("week-6", "going_back")
    assert asked_on(last) == ["Tue 1 Sep", "Thu 3 Sep"]
    assert last.opens_on == date(2026, 9, 1)


def test_a_summer_from_a_tuesday_22_july_has_five_weeks():
    rounds = summer("Birmingham", 2024)
    assert days(each.opens_on for each in rounds) == [
        "Mon 21 Jul", "Mon 28 Jul", "Mon 4 Aug", "Mon 11 Aug", "Mon 18 Aug",
        "Tue 26 Aug",  # Monday 25 August is a bank holiday
    ]  # fmt: skip


@pytest.mark.parametrize("year", range(2018, 2041))
def test_the_usual_summer_has_six_weeks_or_five_where_22_july_is_a_tuesday(year: int):
    expected = 5 if date(year + 1, 7, 22).strftime("%A") == "Tuesday" else 6
    assert len(summer("Birmingham", year)) == expected + 1


@pytest.mark.parametrize(
    ("year", "first"),
    [
        (2022, "Mon 24 Jul"),  # 22 July 2023 is a Saturday
        (2028, "Mon 23 Jul"),  # 22 July 2029 is a Sunday
        (2023, "Mon 22 Jul"),  # 22 July 2024 is the Monday itself
    ],
)
def test_an_estimate_starts_on_a_weekday(year: int, first: str):
    assert days([summer("Birmingham", year)[1].opens_on]) == [first]


TOPICS = ("activities_and_food", "out_of_education", "online", "domestic_abuse", "thresholds_and_places")  # fmt: skip


@pytest.mark.parametrize(
    ("end", "topics"),
    [
        pytest.param(date(2027, 8, 20), [*TOPICS[:3], "going_back"], id="4 weeks"),
        pytest.param(date(2027, 8, 27), [*TOPICS[:4], "going_back"], id="5 weeks"),
        pytest.param(date(2027, 9, 3), [*TOPICS, "going_back"], id="6 weeks"),
        pytest.param(date(2027, 9, 10), [*TOPICS, None, "going_back"], id="7 weeks"),
        pytest.param(date(2027, 9, 17), [*TOPICS, None, None, "going_back"], id="8 weeks"),
    ],
)
def test_topics_are_asked_in_order_and_going_back_last(end: date, topics: list[str | None]):
    dates = given("Kent", date(2027, 7, 26), end, date(2027, 7, 23), HOLIDAY)
    rounds = summer("Kent", 2026, dates)
    assert [each.topic for each in rounds] == ["handover", *topics]
    assert [each.week for each in rounds] == list(range(len(topics) + 1))


@pytest.mark.parametrize(
    ("weeks", "topics"),
    [
        (0, {0: "handover"}),
        (1, {0: "handover", 1: "going_back"}),
        (2, {0: "handover", 1: TOPICS[0], 2: "going_back"}),
        (3, {0: "handover", 1: TOPICS[0], 2: TOPICS[1], 3: "going_back"}),
    ],
)
def test_even_a_very_short_holiday_ends_with_going_back(weeks: int, topics: dict[int, str]):
    found = topics_by_week(SUMMER, weeks)
    assert {week: topic.key for week, topic in found.items()} == topics


def test_week_0_is_called_by_what_it_asks():
    first = summer("Birmingham", 2026)[0]
    title = SUMMER.round_title(week=first.week, topic_key=first.topic)
    assert title == "The week before the holiday: Handover to the holiday"


def test_a_holiday_that_starts_on_a_monday_counts_that_week():
    dates = given("Kent", date(2027, 7, 26), date(2027, 8, 30), date(2027, 7, 23), HOLIDAY)
    assert days(each.opens_on for each in summer("Kent", 2026, dates)) == [
        "Mon 19 Jul", "Mon 26 Jul", "Mon 2 Aug", "Mon 9 Aug", "Mon 16 Aug", "Mon 23 Aug",
        "Tue 31 Aug",
    ]  # fmt: skip


def test_two_areas_summer_runs_from_the_first_start_to_the_last_end():
    """Leicestershire from Monday 12 July, Rutland to Friday 3 September: eight weeks, two without a topic."""
    dates = (
        given("Leicestershire", date(2027, 7, 12), date(2027, 8, 24), date(2027, 7, 9), HOLIDAY),
        given("Rutland", date(2027, 7, 26), date(2027, 9, 3), date(2027, 7, 23), HOLIDAY),
    )
    rounds = summer("Rutland", 2026, *dates)
    assert days(each.opens_on for each in rounds) == [
        "Mon 5 Jul", "Mon 12 Jul", "Mon 19 Jul", "Mon 26 Jul", "Mon 2 Aug", "Mon 9 Aug",
        "Mon 16 Aug", "Mon 23 Aug", "Tue 31 Aug",
    ]  # fmt: skip
    assert [each.topic for each in rounds] == ["handover", *TOPICS, None, None, "going_back"]


# All areas, all years


@pytest.mark.parametrize("year", range(2020, 2041))
def test_the_estimates_of_every_partnership_are_the_same_and_leave_room_for_every_step(year: int):
    found = {area.name: review(area.name, year) for area in all_areas()}
    assert len(found) == 153
    assert len(set(found.values())) == 1
    (dates,) = set(found.values())
    planned = [day for _, day in step_days(REVIEW, dates)]
    assert planned == sorted(set(planned))
    assert planned[-1] <= dates.late_until
    assert all(is_working_day(day, quiet_days(dates)) for day in planned)
    assert working_day_on_or_after(dates.opens_on) <= planned[0]
