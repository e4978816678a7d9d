"""The preview shows what is stored to be sent; then exactly that is sent."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlmodel import col, select

from jobs.dispatch import Dispatch
from storage.clock import LONDON, Clock
from storage.database import Database
from storage.queries.preview import FOR_DIGEST, foreseen
from storage.read_models import Foreseen, Reminder
from storage.tables import Partnership
from storage.vocabulary import PromptKind, PromptState
from tests.factories import DONE, OPENING, TEAM, facilitator, lead, london, make_review, post, reply
from tests.fakes import RecordingSender


@pytest.fixture
def database(database: Database) -> Database:
    """Somebody in two partnerships, others in one, a facilitator of two sectors, one post that ends."""
    make_review(
        database,
        post("U1"),
        post("U1", area="Solihull"),
        post("U2", sector="health"),
        post("U3", area="Leeds", ends=london(2026, 10, 16).date()),
        lead("U4"),
        facilitator("U9"),
        facilitator("U9", "health"),
    )
    return database


def preview(database: Database, **more) -> list[Foreseen]:
    return database.read_now(foreseen, **{"since": OPENING} | more)


async def test_what_it_shows_is_what_is_then_sent(database):
    shown = [notice for notice in preview(database) if notice.state == PromptState.PLANNED]
    assert shown
    sent: Counter = Counter()
    for at in sorted({notice.at for notice in shown}):
        sender = RecordingSender()
        await Dispatch(
            database=database, sender=sender, clock=Clock(start=at, speed=0), team_id=TEAM
        ).run()
        for message in sender.messages:
            duties = (
                tuple((i.standing.partnership, i.standing.body, i.step_words) for i in message.content.items)
                if isinstance(message.content, Reminder)
                else ()
            )  # fmt: skip
            sent[at, message.user, duties] += 1
    assert sent == Counter(
        (
            notice.at,
            notice.slack_user_id,
            tuple((duty.partnership, duty.body, duty.step) for duty in notice.duties)
            if notice.kind is PromptKind.REMINDER
            else (),
        )
        for notice in shown
    )
    assert [n for n in preview(database) if n.state == PromptState.PLANNED] == []


def test_two_duties_of_one_person_are_one_notice(database):
    [notice] = [each for each in preview(database) if each.slack_user_id == "U1" and each.at == london(2026, 9, 11, 9)]  # fmt: skip
    assert {duty.body for duty in notice.duties} == {"West Midlands Police"}
    assert len({duty.partnership for duty in notice.duties}) == 2
    assert {duty.step for duty in notice.duties} == {"6 weeks before the deadline"}


def test_a_digest_says_its_week_and_remit(database):
    first = next(each for each in preview(database) if each.kind is PromptKind.DIGEST)
    assert first.at == london(2026, 9, 14, 9)
    assert [(duty.partnership, duty.step) for duty in first.duties] == [
        ("Police, all England", "weekly digest 2026-W38"),
        ("Health, all England", "weekly digest 2026-W38"),
    ]


def test_what_will_not_be_sent_is_shown_with_its_reason(database):
    reply(database, "U3", DONE, body="West Yorkshire Police")
    ended = [each for each in preview(database) if each.slack_user_id == "U3"]
    assert len(ended) == 3
    assert {each.state for each in ended} == {PromptState.CANCELLED}
    assert {duty.reason for each in ended for duty in each.duties} == {"the partner is done"}


def test_from_and_to_narrow_it(database):
    assert preview(database, since=london(2026, 10, 2, 9), until=london(2026, 10, 2, 9)) == []
    day = preview(database, since=london(2026, 10, 2), until=london(2026, 10, 3))
    assert {each.at for each in day} == {london(2026, 10, 2, 9)}
    assert {each.slack_user_id for each in day} == {"U1", "U2", "U3"}


def test_one_partnerships_preview_has_its_reminders_only(database):
    leeds = database.read_now(
        lambda session: set(
            session.exec(select(Partnership.id).where(col(Partnership.name).startswith("Leeds")))
        )
    )
    found = preview(database, partnerships=leeds)
    reminded = [each for each in found if each.kind is PromptKind.REMINDER]
    assert {each.slack_user_id for each in reminded} == {"U3"}
    assert len(reminded) == 3  # the post ends on the day of the third step
    assert {each.kind for each in found} == {PromptKind.REMINDER, PromptKind.ESCALATION}


def test_who_hears_of_silence_is_shown_beforehand(database):
    told = [each for each in preview(database) if each.kind is PromptKind.ESCALATION]
    steps = {(each.slack_user_id, each.state, duty.step) for each in told for duty in each.duties}
    assert steps == {
        ("U4", PromptState.PLANNED, "1 working day after the deadline, if nobody has replied, the lead is told"),
        ("U9", FOR_DIGEST, "5 working days after the deadline, if nobody has replied, the facilitator’s next digest names it"),
    }  # fmt: skip


def test_everything_is_due_at_9am_in_london(database):
    assert {each.at.astimezone(LONDON).hour for each in preview(database)} == {9}
    assert min(each.at for each in preview(database)) - OPENING > timedelta(0)
