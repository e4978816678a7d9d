"""What people wish about their reminders: kept once, and what follows for what is planned."""

from datetime import datetime

import pytest
from sqlmodel import Session, col, select

from jobs.plan import plan_now
from storage.errors import NotYours, VigilError
from storage.queries.wishes import keep_wishes, own_wishes
from storage.tables import PlanRequest, Prompt
from storage.vocabulary import PromptState, Reason, Reminding
from storage.wishes import AS_USUAL, Wishes
from tests.factories import OPENING, TEAM, london, make_review, post, reply

LIGHT_AT_TWO = Wishes(hour=14, reminding=Reminding.LIGHT, zone="Europe/Paris")


def wish(database, wishes: Wishes, user: str = "U1", now: datetime = OPENING) -> None:
    database.write_now(keep_wishes, team_id=TEAM, slack_user_id=user, wishes=wishes, now=now)


def wished(database, user: str = "U1") -> Wishes:
    return database.read_now(own_wishes, team_id=TEAM, slack_user_id=user, now=OPENING)


def requests(database) -> int:
    return len(database.read_now(lambda session: session.exec(select(PlanRequest)).all()))


def prompts(database, state: PromptState) -> list[Prompt]:
    def find(session: Session) -> list[Prompt]:
        query = select(Prompt).where(Prompt.state == state).order_by(col(Prompt.planned_for))
        return list(session.exec(query))

    return database.read_now(find)


def test_what_somebody_wishes_is_kept_and_asks_for_planning_once(database):
    make_review(database, post("U1"))
    assert wished(database) == AS_USUAL
    wish(database, LIGHT_AT_TWO)
    assert (wished(database), requests(database)) == (LIGHT_AT_TWO, 1)
    wish(database, LIGHT_AT_TWO)
    assert requests(database) == 1


@pytest.mark.parametrize(
    "wishes", [Wishes(hour=8), Wishes(hour=17), Wishes(zone="Pacific/Auckland"), Wishes(zone="?")]
)
def test_an_hour_or_a_zone_that_nobody_was_offered_is_refused(database, wishes):
    make_review(database, post("U1"))
    with pytest.raises(VigilError, match="from 9am to 4pm, in one of the time zones listed"):
        wish(database, wishes)
    assert wished(database) == AS_USUAL


@pytest.mark.parametrize("user", ["U9", "U2"])
def test_who_holds_no_post_has_nothing_to_wish(database, user):
    make_review(database, post("U1"), post("U2", ends=london(2026, 9, 2).date()))
    with pytest.raises(NotYours):
        wish(database, LIGHT_AT_TWO, user)


def test_what_is_planned_moves_and_the_rest_says_why_it_does_not_come(database):
    make_review(database, post("U1"))
    wish(database, LIGHT_AT_TWO)
    plan_now(database, now=OPENING)
    planned = prompts(database, PromptState.PLANNED)
    assert [each.due_at for each in planned] == [
        london(2026, 9, 11, 13),
        london(2026, 10, 23, 13),
        london(2026, 11, 6, 13),
    ]  # 2pm in Paris, on both sides of the clock change
    assert {each.reason for each in prompts(database, PromptState.CANCELLED)} == {Reason.LESS_OFTEN}


def test_who_wants_to_be_reminded_as_usual_again_is_not_sent_what_they_missed(database):
    make_review(database, post("U1"))
    wish(database, LIGHT_AT_TWO)
    plan_now(database, now=OPENING)
    monday = london(2026, 10, 5, 9)
    wish(database, AS_USUAL, now=monday)
    plan_now(database, now=monday)
    planned = prompts(database, PromptState.PLANNED)
    assert "three_weeks_before" not in {each.step for each in planned}
    assert {"one_week_before", "one_day_after"} <= {each.step for each in planned}


def test_a_reply_answers_the_step_for_a_colleague_who_would_be_asked_later_that_day(database):
    make_review(database, post("U1"), post("U2"))
    wish(database, Wishes(hour=14), "U2")
    plan_now(database, now=OPENING)
    reply(database, "U1", at=london(2026, 9, 11, 9, 5))
    cancelled = prompts(database, PromptState.CANCELLED)
    assert {each.due_at for each in cancelled} == {london(2026, 9, 11, 9), london(2026, 9, 11, 14)}
    assert {each.reason for each in cancelled} == {Reason.REPLIED}
