"""Term dates that were given: what stands, what is kept, and what follows for rounds and prompts."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import update
from sqlmodel import Session, col, select

from jobs.campaign_files import load_campaigns
from jobs.plan import plan_now
from storage.calendar_models import GivenDates, StandingDates, TermEvent
from storage.clock import LONDON
from storage.database import Database
from storage.errors import VigilError
from storage.queries import lead_dates
from storage.queries.campaigns import keep_definitions, open_campaign
from storage.queries.term_dates import contradictions, give, standing_dates
from storage.read_models import SaidDates
from storage.tables import Notice, PlanRequest, Prompt, Round, TermDate
from storage.vocabulary import Certainty, NoticeState, PromptKind, PromptState, Reason
from tests.factories import OPENING, TEAM, lead, london, make_review, make_roster, post, round_id

OCTOBER = GivenDates(
    la_code="330",
    event=TermEvent.OCTOBER_HALF_TERM,
    school_year=2026,
    start=date(2026, 10, 19),
    end=date(2026, 10, 30),
    last_day=date(2026, 10, 16),
    source="council.csv",
)
SUMMER = GivenDates(
    la_code="330",
    event=TermEvent.SUMMER_HOLIDAY,
    school_year=2026,
    start=date(2027, 7, 26),
    end=date(2027, 8, 27),
    last_day=date(2027, 7, 23),
    source="council.csv",
)
USUAL = replace(
    OCTOBER, start=date(2026, 10, 26), end=date(2026, 10, 30), last_day=date(2026, 10, 23)
)


def given(
    database: Database,
    *dates: GivenDates,
    certainty: Certainty = Certainty.COUNCIL,
    said_by: str = "administrator",
    now: datetime = OPENING,
) -> int:
    return database.write_now(give, dates=dates, certainty=certainty, said_by=said_by, now=now)


def stands(database: Database, **which) -> list[StandingDates]:
    return database.read_now(standing_dates, **which)


def rows(database: Database, table):
    return database.read_now(lambda session: session.exec(select(table).order_by(table.id)).all())


# What stands


def test_dates_stand_with_who_said_so_and_when(database: Database):
    assert given(database, OCTOBER, SUMMER) == 2
    one, other = stands(database)
    assert (one.dates, other.dates) == (OCTOBER, SUMMER)
    assert (one.certainty, one.said_by, one.said_at) == (
        Certainty.COUNCIL, "administrator", OPENING,
    )  # fmt: skip


def test_the_last_word_stands_and_what_was_said_before_is_kept(database: Database):
    given(database, OCTOBER)
    later = OPENING + timedelta(days=1)
    given(database, USUAL, certainty=Certainty.LEAD, said_by="business manager", now=later)
    (found,) = stands(database)
    assert (found.dates, found.certainty) == (USUAL, Certainty.LEAD)
    assert (found.said_by, found.said_at) == ("business manager", later)
    assert [(row.last_day, row.certainty) for row in rows(database, TermDate)] == [
        (date(2026, 10, 16), "council"),
        (date(2026, 10, 23), "lead"),
    ]


def test_dates_that_come_back_stand_again(database: Database):
    for dates in (OCTOBER, USUAL, OCTOBER):
        assert given(database, dates) == 1
    assert [each.dates for each in stands(database)] == [OCTOBER]
    assert len(rows(database, TermDate)) == 3


def test_only_areas_and_years_that_are_asked_for_are_given(database: Database):
    kent = replace(OCTOBER, la_code="886")
    next_year = replace(OCTOBER, school_year=2027, start=date(2027, 10, 18), end=date(2027, 10, 29), last_day=date(2027, 10, 15))  # fmt: skip
    given(database, OCTOBER, kent, next_year)
    assert [each.dates for each in stands(database, la_codes=["886"])] == [kent]
    assert [each.dates for each in stands(database, school_year=2027)] == [next_year]
    assert stands(database, la_codes=[]) == []
    assert len(stands(database)) == 3


def test_the_same_again_changes_nothing(database: Database):
    given(database, OCTOBER)
    plan_now(database, now=OPENING)
    from_elsewhere = replace(OCTOBER, source="another file")
    later = OPENING + timedelta(days=9)
    assert given(database, from_elsewhere, said_by="somebody else", now=later) == 0
    assert rows(database, PlanRequest) == []
    (found,) = stands(database)
    assert (found.dates.source, found.said_by, found.said_at) == (
        "council.csv", "administrator", OPENING,
    )  # fmt: skip


def test_the_same_dates_said_by_somebody_surer_are_kept(database: Database):
    given(database, OCTOBER, certainty=Certainty.LEAD)
    assert given(database, OCTOBER, certainty=Certainty.COUNCIL) == 1
    assert [each.certainty for each in stands(database)] == [Certainty.COUNCIL]


def test_new_dates_ask_for_planning(database: Database):
    given(database, OCTOBER)
    assert [row.cause for row in rows(database, PlanRequest)] == ["term dates"]
    plan_now(database, now=OPENING)
    assert rows(database, PlanRequest) == []


def test_dates_that_differ_from_what_stands_are_shown_beside_it(database: Database):
    given(database, OCTOBER, SUMMER)
    kent = replace(USUAL, la_code="886")
    other_year = replace(SUMMER, school_year=2027)
    found = database.read_now(contradictions, dates=[USUAL, SUMMER, kent, other_year])
    assert [(standing.dates, given_now) for standing, given_now in found] == [(OCTOBER, USUAL)]


def test_only_the_last_word_is_contradicted(database: Database):
    given(database, OCTOBER)
    given(database, USUAL)
    assert database.read_now(contradictions, dates=[USUAL]) == []
    assert len(database.read_now(contradictions, dates=[OCTOBER])) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"end": date(2026, 10, 18)}, id="it ends before it starts"),
        pytest.param({"last_day": date(2026, 10, 19)}, id="the last day is in it"),
    ],
)
def test_what_cannot_be_is_refused_by_the_database(database: Database, wrong):
    with pytest.raises(Exception, match=r"(?i)constraint"):
        given(database, replace(OCTOBER, **wrong))
    assert stands(database) == []


# What follows

STEPS = ["six_weeks_before", "three_weeks_before", "one_week_before", "the_day", "one_day_after", "five_days_after"]  # fmt: skip


@pytest.fixture
def asked(database: Database) -> Database:
    """Birmingham's police respondent, asked in the October review."""
    make_review(database, post("U1"))
    return database


def days(database: Database) -> dict[str, str]:
    """When each step of the review is planned, or why it is not."""
    return {
        row.step: f"{row.due_at.astimezone(LONDON):%a %-d %b}"
        if row.reason is None
        else str(row.reason)
        for row in rows(database, Prompt)
        if row.kind == PromptKind.REMINDER
    }


def round_of(database: Database) -> Round:
    (found,) = rows(database, Round)
    return found


def planned(database: Database, *dates: GivenDates, now: datetime = OPENING) -> None:
    given(database, *dates, now=now)
    plan_now(database, now=now)


def test_a_round_and_its_prompts_move_with_the_dates(asked: Database):
    before = round_of(asked)
    assert (before.deadline_day, before.certainty) == (date(2026, 10, 23), "estimated")
    planned(asked, OCTOBER)
    after = round_of(asked)
    assert (after.id, after.deadline_day, after.certainty) == (
        before.id, date(2026, 10, 16), "council",
    )  # fmt: skip
    assert (after.quiet_from, after.quiet_to) == (date(2026, 10, 19), date(2026, 10, 30))
    assert days(asked) == dict(
        zip(
            STEPS,
            ["before_opening", "Fri 25 Sep", "Fri 9 Oct", "Fri 16 Oct", "Mon 2 Nov", "Fri 6 Nov"],
            strict=True,
        )
    )


def test_dates_that_go_back_bring_every_step_back(asked: Database):
    before = days(asked)
    planned(asked, OCTOBER)
    planned(asked, USUAL)
    assert days(asked) == before
    assert round_of(asked).deadline_day == date(2026, 10, 23)
    assert not plan_now(asked, now=OPENING)


def test_an_estimate_that_turns_out_right_changes_its_certainty_alone(asked: Database):
    before = days(asked)
    planned(asked, USUAL)
    assert (days(asked), round_of(asked).certainty) == (before, "council")


def test_another_areas_dates_change_nothing_here(asked: Database):
    given(asked, replace(OCTOBER, la_code="886"))
    changes = plan_now(asked, now=OPENING)
    assert (changes.rounds, changes.moved, changes.new, changes.cancelled) == ((), (), (), ())


def send(session: Session, *, step: str, deadline: date) -> None:
    """Let that step have been sent, as dispatch records it."""
    prompt = session.exec(select(Prompt).where(Prompt.step == step)).first()
    assert prompt is not None
    notice = Notice(
        id=f"notice of {step} {prompt.id}",
        person_id=1,
        kind=PromptKind(prompt.kind),
        state=NoticeState.SENT,
        lease_until=prompt.due_at,
        as_of=prompt.due_at,
        channel="D1",
        message_ts="1.1",
        sent_at=prompt.due_at,
    )
    session.add(notice)
    session.flush()
    session.exec(
        update(Prompt)
        .where(col(Prompt.id) == prompt.id)
        .values(state=PromptState.SENT, notice_id=notice.id, deadline_told=deadline)
    )


def news(database: Database) -> list[tuple[str, str, str | None]]:
    return [
        (row.step, row.state, row.reason)
        for row in rows(database, Prompt)
        if row.kind == PromptKind.CHANGED_DATES
    ]


NOTICED = london(2026, 9, 14, 10)


def test_what_was_sent_stays_and_its_message_is_to_be_brought_up_to_date(asked: Database):
    asked.write_now(send, step="six_weeks_before", deadline=date(2026, 10, 23))
    planned(asked, OCTOBER, now=NOTICED)
    sent = next(row for row in rows(asked, Prompt) if row.step == "six_weeks_before")
    assert (sent.state, sent.due_at) == (PromptState.SENT, london(2026, 9, 11, 9))
    assert [row.changes > row.shown for row in rows(asked, Notice)] == [True]


def test_who_was_told_another_deadline_is_owed_the_new_one_once(asked: Database):
    asked.write_now(send, step="six_weeks_before", deadline=date(2026, 10, 23))
    planned(asked, OCTOBER, now=NOTICED)
    assert news(asked) == [("deadline now 2026-10-16", "planned", None)]
    assert not plan_now(asked, now=NOTICED + timedelta(hours=1))
    asked.write_now(send, step="deadline now 2026-10-16", deadline=date(2026, 10, 16))
    assert not plan_now(asked, now=NOTICED + timedelta(hours=2))
    assert news(asked) == [("deadline now 2026-10-16", "sent", None)]


def test_who_was_told_nothing_yet_is_owed_no_news(asked: Database):
    planned(asked, OCTOBER, now=OPENING)
    assert news(asked) == []


def test_a_date_that_goes_back_before_it_was_told_is_no_news_any_more(asked: Database):
    asked.write_now(send, step="six_weeks_before", deadline=date(2026, 10, 23))
    planned(asked, OCTOBER, now=NOTICED)
    planned(asked, USUAL, now=NOTICED + timedelta(minutes=5))
    assert news(asked) == [("deadline now 2026-10-16", "cancelled", Reason.STEP_WITHDRAWN)]


# The summer


@pytest.fixture
def summer(database: Database) -> Database:
    """Birmingham's police respondent, asked over the summer of 2027: six weeks by the estimate."""
    make_roster(database, post("U1"))
    database.write_now(keep_definitions, definitions=load_campaigns(), now=OPENING)
    database.write_now(
        open_campaign, key="summer-vigilance", year=2026, partnership=None, now=OPENING
    )
    plan_now(database, now=OPENING)
    return database


def weeks(database: Database) -> list[str]:
    return [row.key for row in rows(database, Round) if not row.withdrawn]


def week_6(database: Database) -> list[tuple[str, str | None]]:
    return [(row.state, row.reason) for row in rows(database, Prompt) if "/week-6/" in row.key]


def test_a_shorter_summer_withdraws_its_last_week_and_a_longer_one_brings_it_back(
    summer: Database,
):
    assert weeks(summer) == [f"week-{number}" for number in range(7)]
    planned(summer, SUMMER)
    assert weeks(summer) == [f"week-{number}" for number in range(6)]
    assert week_6(summer) == [("cancelled", Reason.STEP_WITHDRAWN)] * 2
    longer = replace(SUMMER, end=date(2027, 9, 3))
    planned(summer, longer)
    assert weeks(summer) == [f"week-{number}" for number in range(7)]
    assert week_6(summer) == [("planned", None)] * 2
    assert len(rows(summer, Round)) == 7


def test_the_topics_follow_the_number_of_weeks(summer: Database):
    def topics() -> list[str | None]:
        return [row.topic for row in rows(summer, Round) if not row.withdrawn]

    assert topics()[-2:] == ["thresholds_and_places", "going_back"]
    planned(summer, SUMMER)
    assert topics()[-2:] == ["domestic_abuse", "going_back"]


def test_a_week_that_was_asked_keeps_its_message_when_it_is_withdrawn(summer: Database):
    def ask(session: Session) -> None:
        prompt = session.exec(
            select(Prompt).where(col(Prompt.key).contains("/week-6/"), Prompt.step == "asked")
        ).one()
        prompt.step = "asked in week 6"
        session.add(prompt)
        session.flush()
        send(session, step="asked in week 6", deadline=date(2027, 9, 3))

    summer.write_now(ask)
    planned(summer, SUMMER)
    assert week_6(summer) == [("sent", None), ("cancelled", Reason.STEP_WITHDRAWN)]
    assert news(summer) == []


def test_a_lead_who_gives_the_same_dates_twice_is_not_refused_where_areas_are_several(
    database: Database,
):
    make_review(database, lead("U1", area="Reading"))
    reading = SaidDates(
        la_code="870",
        first_day="2026-10-26",
        last_day="2026-10-30",
        last_school_day="2026-10-23",
    )
    asker = {"team_id": TEAM, "slack_user_id": "U1", "round_id": database.read_now(round_id)}
    for _ in range(2):
        assert database.write_now(lead_dates.take, **asker, given=reading, now=OPENING) is None
    assert len(rows(database, TermDate)) == 1
    other = replace(reading, last_school_day="2026-10-22")
    with pytest.raises(VigilError, match="in the meantime"):
        database.write_now(lead_dates.take, **asker, given=other, now=OPENING)
