"""The first message that somebody gets says what Vigil is; no other does, however often it is brought up to date."""

import pytest
from sqlalchemy import event, update
from sqlmodel import col, select

from jobs.dispatch import Dispatch
from storage.clock import Clock
from storage.database import Database
from storage.queries.prefaces import prefaces
from storage.read_models import Digest, Escalation, Preface, Reminder
from storage.tables import Notice, Person, Post, Prompt
from storage.vocabulary import PromptKind
from tests.factories import (
    TEAM,
    UNDER_WAY,
    facilitator,
    lead,
    london,
    make_review,
    person_id,
    post,
    reply,
)
from tests.fakes import Fault, RecordingSender

FIRST, SECOND = london(2026, 9, 11, 9), london(2026, 10, 2, 9)
POLICE = "Respondent of West Midlands Police, Birmingham Safeguarding Children Partnership"


@pytest.fixture
def database(database: Database) -> Database:
    """Birmingham's police, its lead, and their facilitator."""
    make_review(database, post("U1"), lead("U9"), facilitator("U7", region="West Midlands"))
    return database


async def send(database: Database, sender: RecordingSender, at) -> None:
    clock = Clock(start=at, speed=0)
    await Dispatch(database=database, sender=sender, clock=clock, team_id=TEAM).run()


async def test_the_first_says_so_and_the_second_does_not(database):
    sender = RecordingSender()
    await send(database, sender, FIRST)
    await send(database, sender, SECOND)
    first, second = sender.to("U1")
    assert first.content.preface == Preface(posts=(POLICE,), added_by=None, answers=True)
    assert second.content.preface is None


async def test_it_stays_when_the_message_is_brought_up_to_date(database):
    sender = RecordingSender()
    await send(database, sender, FIRST)
    before = sender.to("U1")[0].content.preface
    await send(database, sender, SECOND)
    reply(database, "U1", UNDER_WAY, at=SECOND)
    await send(database, sender, SECOND)
    first, second = sender.to("U1")
    assert (first.updates, second.updates) == (1, 1)
    assert first.content.preface == before is not None
    assert second.content.preface is None


async def test_it_is_of_any_kind_and_says_for_which_posts(database):
    sender = RecordingSender()
    await send(database, sender, london(2026, 9, 14, 9))
    await send(database, sender, london(2026, 11, 2, 9))
    [digest, *_], [silence] = sender.to("U7"), sender.to("U9")
    assert isinstance(digest.content, Digest)
    assert digest.content.preface.posts == ("Facilitator of Police, West Midlands",)
    assert not digest.content.preface.answers
    assert isinstance(silence.content, Escalation)
    assert silence.content.preface.posts == (
        "Lead of Birmingham Safeguarding Children Partnership",
    )


async def test_who_gave_the_post_is_named(database):
    boss = database.read_now(person_id, "U9")
    database.write_now(
        lambda session: session.exec(update(Post).where(col(Post.id) == 1).values(added_by=boss))
    )
    sender = RecordingSender()
    await send(database, sender, FIRST)
    assert sender.to("U1")[0].content.preface.added_by == "Lead U9"


async def test_one_that_never_came_is_not_the_first(database):
    sender = RecordingSender()
    sender.faults["U1"].append(Fault.REFUSED)
    await send(database, sender, FIRST)
    await send(database, sender, SECOND)
    [came] = sender.to("U1")
    assert came.content.preface is not None


async def test_of_two_made_at_once_one_alone_is_the_first(database):
    make_review(database, lead("U1", "Birmingham"))
    sender = RecordingSender()
    # a respondent who leads, and is reminded in the moment in which a lead is told of silence
    await send(database, sender, london(2026, 11, 2, 9))
    kinds = {type(message.content) for message in sender.to("U1")}
    assert kinds == {Reminder, Escalation}
    said = [message.content.preface is not None for message in sender.to("U1")]
    assert sorted(said) == [False, True]


async def test_an_invitation_says_it_for_itself_and_counts_for_nothing(database):
    sender = RecordingSender()
    await send(database, sender, FIRST)

    def invite(session) -> None:
        notice = session.exec(select(Notice)).one()
        session.exec(update(Notice).values(kind=PromptKind.HANDOVER))
        session.add(
            Notice(
                id="0" * 32, person_id=notice.person_id, kind=PromptKind.REMINDER,
                lease_until=SECOND, as_of=SECOND,
            )
        )  # fmt: skip
        session.flush()
        session.exec(
            update(Prompt)
            .where(col(Prompt.step) == "three_weeks_before")
            .values(notice_id="0" * 32)
        )

    database.write_now(invite)
    ids = database.read_now(lambda session: session.exec(select(Notice.id)).all())
    assert database.read_now(prefaces, notice_ids=ids).keys() == {"0" * 32}


def test_however_many_there_are_it_asks_as_often(database):
    def asked_for(ids: list[str]) -> int:
        statements: list[str] = []

        def count(*args) -> None:
            statements.append(args[2])

        event.listen(database.engine, "before_cursor_execute", count)
        database.read_now(prefaces, notice_ids=ids)
        event.remove(database.engine, "before_cursor_execute", count)
        return len([each for each in statements if each.startswith("SELECT")])

    def notices(session) -> list[str]:
        people = session.exec(select(Person)).all()
        posts = {each.person_id: each.id for each in session.exec(select(Post))}
        prompts = session.exec(select(Prompt)).all()
        ids = []
        for person, prompt in zip(people, prompts, strict=False):
            ids.append(f"{person.id:032}")
            session.add(
                Notice(
                    id=ids[-1], person_id=person.id, kind=PromptKind.REMINDER,
                    lease_until=FIRST, as_of=FIRST,
                )
            )  # fmt: skip
            session.flush()
            prompt.notice_id, prompt.post_id = ids[-1], posts[person.id]
            session.add(prompt)
        return ids

    made = database.write_now(notices)
    assert len(made) == 3
    assert len(database.read_now(prefaces, notice_ids=made)) == 3
    assert asked_for(made) == asked_for(made[:1])
