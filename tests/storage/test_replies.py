"""A reply is stored once, in order, never overwritten, and only by somebody who answers for the partner."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlmodel import Session, col, select

from jobs.plan import plan_now
from storage.database import Database
from storage.errors import NotYours, RoundOver
from storage.queries.campaigns import close_campaign
from storage.queries.pressed_replies import confirm
from storage.queries.replies import Refused, Stored, duty, submit
from storage.read_models import Submission
from storage.tables import PlanRequest, Prompt, Reply
from storage.vocabulary import Audience, PostKind, PromptKind, PromptState, Reason
from tests.factories import (
    DONE,
    OPENING,
    UNDER_WAY,
    lead,
    london,
    make_review,
    post,
    replier_for,
    reply,
)

FIRST_STEP = london(2026, 9, 11, 9)
AT_RISK = UNDER_WAY | {"OQ2": "at_risk"}


@pytest.fixture
def database(database: Database) -> Database:
    """Birmingham's police have two respondents and a deputy; its health one."""
    make_review(
        database,
        post("U1"),
        post("U2"),
        post("U3", PostKind.DEPUTY),
        post("U4", sector="health"),
        lead("U9"),
    )
    return database


def kept(database: Database) -> list[Reply]:
    return list(database.read_now(lambda s: s.exec(select(Reply).order_by(Reply.revision)).all()))


def prompts_of(database: Database) -> list[tuple[str, str | None]]:
    """How the police's prompts stand for the first respondent, in the order of steps."""
    rows = database.read_now(
        lambda session: session.exec(
            select(Prompt).where(Prompt.post_id == 1).order_by(col(Prompt.planned_for))
        ).all()
    )
    return [(row.state, row.reason) for row in rows]


def confirm_as(database: Database, user: str, reply_id: int | None, at=FIRST_STEP) -> None:
    database.write_now(confirm, replier=replier_for(database, user), reply_id=reply_id or 0, now=at)


def test_a_reply_is_kept_as_it_was_given(database):
    answers = UNDER_WAY | {"OQ3": "2026-10-20", "OQ5": ["capacity", "data"], "OQ6": "A call helps."}
    reply(database, "U1", answers, at=FIRST_STEP, audience=Audience.PARTNERSHIP)
    [found] = kept(database)
    assert found.answers == answers
    assert (found.revision, found.is_done, found.is_confirmation) == (1, False, False)
    assert (found.audience, found.submitted_at) == (Audience.PARTNERSHIP, FIRST_STEP)


def test_what_was_left_empty_is_not_kept(database):
    reply(database, "U1", UNDER_WAY | {"OQ3": "", "OQ5": [], "OQ6": ""})
    assert kept(database)[0].answers == UNDER_WAY


def test_an_edit_is_a_new_revision_and_the_old_one_stays(database):
    reply(database, "U1", UNDER_WAY)
    reply(database, "U2", AT_RISK, at=FIRST_STEP)
    reply(database, "U3", DONE, at=FIRST_STEP)
    assert [(each.revision, each.answers) for each in kept(database)] == [
        (1, UNDER_WAY), (2, AT_RISK), (3, DONE),
    ]  # fmt: skip
    assert [each.is_done for each in kept(database)] == [False, False, True]


def test_partners_are_numbered_apart(database):
    reply(database, "U1")
    reply(database, "U4", body="Birmingham and Solihull Integrated Care Board")
    assert [each.revision for each in kept(database)] == [1, 1]


def test_the_same_press_twice_is_stored_once(database):
    assert reply(database, "U1", key="press") == reply(database, "U1", key="press")
    assert len(kept(database)) == 1


def test_the_same_press_many_times_at_once_is_stored_once(database):
    with ThreadPoolExecutor(6) as threads:
        sent = [threads.submit(reply, database, "U1", key="press") for _ in range(6)]
        assert all(isinstance(one.result(), Stored) for one in sent)
    assert len(kept(database)) == 1


def test_two_colleagues_at_once_get_revisions_one_after_the_other(database):
    with ThreadPoolExecutor(2) as threads:
        sent = [threads.submit(reply, database, user) for user in ("U1", "U2")]
        assert all(isinstance(one.result(), Stored) for one in sent)
    assert [each.revision for each in kept(database)] == [1, 2]
    assert len({each.person_id for each in kept(database)}) == 2


def test_many_colleagues_at_once_lose_nothing(database):
    with ThreadPoolExecutor(8) as threads:
        sent = [threads.submit(reply, database, user) for user in ("U1", "U2", "U3") * 8]
        assert all(isinstance(one.result(), Stored) for one in sent)
    assert [each.revision for each in kept(database)] == list(range(1, 25))


def test_a_reply_leaves_a_mark_for_planning(database):
    before = len(database.read_now(lambda session: session.exec(select(PlanRequest)).all()))
    reply(database, "U1")
    marks = database.read_now(lambda session: session.exec(select(PlanRequest)).all())
    assert [mark.cause for mark in marks[before:]] == ["reply"]


# Still so


def test_still_so_is_a_revision_with_the_same_answers(database):
    reply(database, "U1", UNDER_WAY | {"OQ6": "A call helps."}, audience=Audience.PARTNERSHIP)
    confirm_as(database, "U2", kept(database)[0].id)
    first, second = kept(database)
    assert second.answers == first.answers
    assert second.audience == first.audience
    assert (second.revision, second.is_confirmation, second.submitted_at) == (2, True, FIRST_STEP)
    assert second.person_id != first.person_id


def test_still_so_twice_is_one_revision(database):
    reply(database, "U1")
    first = kept(database)[0].id
    for _ in range(2):
        confirm_as(database, "U1", first)
    confirm_as(database, "U2", first)
    assert len(kept(database)) == 2


def test_still_so_many_times_at_once_is_one_revision(database):
    reply(database, "U1")
    first = kept(database)[0].id
    with ThreadPoolExecutor(6) as threads:
        for one in [threads.submit(confirm_as, database, "U1", first) for _ in range(6)]:
            one.result()
    assert len(kept(database)) == 2


def test_still_so_of_what_a_colleague_has_changed_is_nothing(database):
    reply(database, "U1", UNDER_WAY)
    first = kept(database)[0].id
    reply(database, "U2", AT_RISK)
    confirm_as(database, "U1", first)
    assert [each.answers for each in kept(database)] == [UNDER_WAY, AT_RISK]


def test_still_so_does_not_overtake_what_a_colleague_is_just_storing(database):
    reply(database, "U1", UNDER_WAY)
    first = kept(database)[0].id
    colleague = replier_for(database, "U2")
    change = Submission(answers=AT_RISK, audience=Audience.FACILITATORS, key="press")
    with ThreadPoolExecutor(1) as threads:

        def store_while_the_other_presses(session: Session):
            submit(session, replier=colleague, submission=change, now=FIRST_STEP)
            pressed = threads.submit(confirm_as, database, "U1", first)
            until_somebody_waits(session)
            return pressed

        database.write_now(store_while_the_other_presses).result()
    assert [each.answers for each in kept(database)] == [UNDER_WAY, AT_RISK]


def until_somebody_waits(session: Session) -> None:
    """On PostgreSQL, until another transaction waits for this one; SQLite lets none begin."""
    if session.get_bind().dialect.name == "sqlite":
        return
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    while not session.scalar(waiting):
        time.sleep(0.01)


# Refused


def test_what_must_be_put_right_is_said_and_nothing_is_stored(database):
    for changes, refs in (
        (dict.fromkeys(UNDER_WAY, ""), {"OQ1", "OQ2", "OQ4"}),
        ({"OQ1": "signed_off", "OQ2": "off_track"}, {"OQ2"}),
        ({"OQ5": ["nothing", "data"]}, {"OQ5"}),
        ({"OQ6": "x" * 301}, {"OQ6"}),
    ):
        refused = reply(database, "U1", UNDER_WAY | changes)
        assert isinstance(refused, Refused)
        assert set(refused.mistakes) == refs
    assert kept(database) == []
    assert prompts_of(database) == [(PromptState.PLANNED, None)] * 6


def test_a_childs_number_is_stopped_before_all_else_and_never_repeated(database):
    for label, number in (("NHS no", "943 476 5919"), ("UPN", "A838200001001")):
        refused = reply(database, "U1", {"OQ6": f"{label} {number}"})
        assert isinstance(refused, Refused)
        assert set(refused.mistakes) == {"OQ6"}
        [sentence] = refused.mistakes.values()
        assert "This looks like a" in sentence
        assert "If a child is in danger call 999." in sentence
        assert not any(part in sentence for part in number.split())
    assert kept(database) == []


def test_who_does_not_answer_for_the_partner_is_turned_away(database):
    for user in ("U4", "U9", "U0STRANGER"):
        with pytest.raises(NotYours, match="Ask your partnership’s lead to add you"):
            reply(database, user)
        with pytest.raises(NotYours):
            database.read_now(duty, replier=replier_for(database, user), now=OPENING)
        with pytest.raises(NotYours):
            confirm_as(database, user, 1)
    assert kept(database) == []


def test_somebody_of_another_workspace_with_the_same_id_is_turned_away(database):
    other = vars(replier_for(database, "U1")) | {"team_id": "T0OTHER"}
    with pytest.raises(NotYours):
        database.read_now(duty, replier=type(replier_for(database, "U1"))(**other), now=OPENING)


def test_a_partner_that_is_not_there_is_not_yours(database):
    other = vars(replier_for(database, "U1")) | {"partner_id": 999}
    press = Submission(answers=UNDER_WAY, audience=Audience.FACILITATORS, key="press")
    with pytest.raises(NotYours):
        database.write_now(
            submit,
            replier=type(replier_for(database, "U1"))(**other),
            submission=press,
            now=OPENING,
        )


def test_late_replies_are_taken_until_31_december_in_london(database):
    last = london(2026, 12, 31, 23, 59)
    assert isinstance(reply(database, "U1", at=last), Stored)
    for late in (london(2027, 1, 1), london(2027, 6, 1)):
        with pytest.raises(RoundOver, match="no longer taken"):
            reply(database, "U1", at=late)
    assert len(kept(database)) == 1


def test_a_reply_after_the_deadline_is_late_from_12am(database):
    def is_late(at) -> bool:
        reply(database, "U1", at=at)
        found = database.read_now(duty, replier=replier_for(database, "U1"), now=at)
        return found.standing.is_late

    assert not is_late(london(2026, 10, 23, 23, 59))
    assert is_late(london(2026, 10, 24))


def test_a_closed_campaign_still_takes_a_reply_for_its_round(database):
    database.write_now(
        close_campaign, key="october-review", year=2026, partnership=None, now=OPENING
    )
    assert isinstance(reply(database, "U1"), Stored)


# What follows from a reply


def test_a_reply_short_of_done_satisfies_the_steps_that_were_due_and_no_more(database):
    reply(database, "U1", at=london(2026, 10, 2, 10))
    replied = (PromptState.CANCELLED, Reason.REPLIED)
    assert prompts_of(database) == [replied] * 2 + [(PromptState.PLANNED, None)] * 4


def test_done_ends_the_asking_of_everybody_at_the_partner_and_of_no_other(database):
    reply(database, "U2", DONE)
    assert prompts_of(database) == [(PromptState.CANCELLED, Reason.DONE)] * 6
    planned = database.read_now(
        lambda session: session.exec(
            select(Prompt.post_id)
            .where(Prompt.state == PromptState.PLANNED, Prompt.kind == PromptKind.REMINDER)
            .distinct()
        ).all()
    )
    assert len(planned) == 1  # health's respondent


def test_done_no_more_brings_the_coming_reminders_back(database):
    reply(database, "U1", DONE, at=london(2026, 9, 14, 10))
    plan_now(database, now=OPENING)
    reply(database, "U1", UNDER_WAY, at=london(2026, 10, 5, 10))
    plan_now(database, now=OPENING)
    assert [state for state, _ in prompts_of(database)][2:] == [PromptState.PLANNED] * 4


def test_the_form_starts_from_what_was_said(database):
    start = database.read_now(duty, replier=replier_for(database, "U3"), now=FIRST_STEP)
    assert start.standing.said is None
    assert start.previous is None
    reply(database, "U1", AT_RISK)
    start = database.read_now(duty, replier=replier_for(database, "U3"), now=FIRST_STEP)
    assert start.standing.said is not None
    assert start.standing.said.answers == AT_RISK
    assert start.standing.said.by == "Respondent U1"


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=15
)
@given(words=st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), max_size=300))
def test_whatever_words_are_typed_come_back_as_they_were(database, words):
    before = len(kept(database))
    stored = reply(database, "U1", UNDER_WAY | {"OQ6": words})
    if isinstance(stored, Stored):
        assert kept(database)[before].answers.get("OQ6", "") == words


def test_a_null_character_does_not_break_the_database(database):
    outcome = reply(database, "U1", UNDER_WAY | {"OQ6": "a\0b"})
    assert isinstance(outcome, (Stored, Refused))
