"""In weekly rounds a duty is lent for one week, and in no other campaign."""

from datetime import date

import pytest
from sqlmodel import Session, select

from jobs.campaign_files import load_campaigns
from jobs.plan import plan_now
from storage.database import Database
from storage.queries.campaigns import keep_definitions, open_campaign
from storage.queries.inviting import PassOnRefused
from storage.queries.replies import Replier
from storage.queries.taking_over import HandoverRefused
from storage.tables import Round
from storage.vocabulary import PromptKind, PromptState
from tests.factories import TEAM, london, make_roster, partner_id, post
from tests.storage.handing import answer, handovers, pass_on, post_of, prompts_of

WEEK_1, WEEK_2 = london(2027, 7, 26, 9), london(2027, 8, 2, 9)
NEW = "U0NEW"


@pytest.fixture
def database(database: Database) -> Database:
    """Both campaigns are open, as seen from week 1 of the summer."""
    make_roster(database, post("U1"), now=london(2026, 9, 7, 9))
    definitions = load_campaigns()
    for at, key in (
        (london(2026, 9, 7, 9), "october-review"),
        (london(2027, 7, 1, 9), "summer-vigilance"),
    ):
        database.write_now(keep_definitions, definitions=definitions, now=at)
        database.write_now(open_campaign, key=key, year=2026, partnership=None, now=at)
        plan_now(database, now=at)
    plan_now(database, now=WEEK_1)
    return database


def in_week(database: Database, week: int) -> Replier:
    def find(session: Session) -> int:
        return session.exec(select(Round.id).where(Round.week == week)).one() or 0

    return Replier(
        team_id=TEAM,
        slack_user_id="U1",
        round_id=database.read_now(find),
        partner_id=database.read_now(partner_id, "West Midlands Police"),
    )


def planned(database: Database, user: str, since=WEEK_1) -> set[int | None]:
    """Of which rounds somebody is to be reminded from then on."""
    return {
        prompt.round_id
        for prompt in prompts_of(database, user)
        if prompt.state == PromptState.PLANNED
        and prompt.kind == PromptKind.REMINDER
        and prompt.planned_for >= since
    }


def test_it_is_lent_to_the_day_before_the_next_week_opens(database):
    week_1, week_2 = in_week(database, 1), in_week(database, 2)
    before = planned(database, "U1")
    answer(database, NEW, pass_on(database, "U1", NEW, replier=week_1, at=WEEK_1), at=WEEK_1)
    plan_now(database, now=WEEK_1)
    assert post_of(database, NEW).valid_to == date(2027, 8, 1)
    assert planned(database, NEW) == {week_1.round_id}
    assert planned(database, "U1") == before - {week_1.round_id}
    assert week_2.round_id in planned(database, "U1")


def test_when_the_next_week_has_begun_it_is_too_late(database):
    week_1 = in_week(database, 1)
    asked = pass_on(database, "U1", NEW, replier=week_1, at=WEEK_1)
    with pytest.raises(HandoverRefused, match="too late"):
        answer(database, NEW, asked, at=WEEK_2)
    with pytest.raises(PassOnRefused, match="The next time has begun") as refused:
        pass_on(database, "U1", NEW, replier=week_1, at=WEEK_2)
    assert refused.value.at == "how_long"


def test_each_week_is_passed_on_by_itself(database):
    weeks = [in_week(database, week) for week in (1, 2)]
    answer(database, NEW, pass_on(database, "U1", NEW, replier=weeks[0], at=WEEK_1), at=WEEK_1)
    answer(database, NEW, pass_on(database, "U1", NEW, replier=weeks[1], at=WEEK_2), at=WEEK_2)
    assert [each.answer for each in handovers(database)] == ["agreed", "agreed"]
    plan_now(database, now=WEEK_2)
    assert planned(database, NEW, since=WEEK_2) == {weeks[1].round_id}


def test_what_is_lent_in_one_campaign_is_not_asked_in_another(database):
    """The October review takes late replies until the end of December."""
    at = london(2026, 10, 1, 9)

    def october(session: Session) -> int:
        return session.exec(select(Round.id).where(Round.key == "review")).one() or 0

    review = Replier(
        team_id=TEAM,
        slack_user_id="U1",
        round_id=database.read_now(october),
        partner_id=in_week(database, 1).partner_id,
    )
    answer(database, NEW, pass_on(database, "U1", NEW, replier=review, at=at), at=at)

    def lengthen(session: Session) -> None:  # as when its late replies lasted into the summer
        row = session.get_one(Round, review.round_id)
        row.late_until = date(2027, 8, 31)
        taken = session.merge(post_of(database, NEW))
        taken.valid_to = row.late_until
        session.add_all([row, taken])

    database.write_now(lengthen)
    plan_now(database, now=at)
    rounds = {prompt.round_id for prompt in prompts_of(database, NEW)} - {None}
    assert rounds == {review.round_id}
