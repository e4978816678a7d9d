"""A facilitator's digest: what changed since the last one that was sent, in their own remit."""

import pytest
from sqlmodel import Session

from jobs.dispatch import Dispatch
from storage.clock import Clock
from storage.database import Database
from storage.queries.notices import NO_REPLY, digest
from storage.read_models import Count, Digest
from storage.vocabulary import Audience
from tests.factories import (
    DONE,
    TEAM,
    UNDER_WAY,
    facilitator,
    london,
    make_review,
    make_roster,
    person_id,
    post,
    reply,
)
from tests.fakes import Fault, RecordingSender

FIRST, SECOND = london(2026, 9, 14, 9), london(2026, 9, 21, 9)
HELP = UNDER_WAY | {"OQ6": "A call would help."}


@pytest.fixture
def database(database: Database) -> Database:
    """Police in Birmingham and Leeds, health in Birmingham, and a police facilitator for all England."""
    make_review(
        database,
        post("U1"),
        post("U2", area="Leeds"),
        post("U3", sector="health"),
        facilitator("U9"),
    )
    return database


def digest_for(database: Database, user: str = "U9", at=FIRST) -> Digest:
    def ask(session: Session) -> Digest:
        return digest(session, person_id=person_id(session, user), now=at)

    return database.read_now(ask)


async def send(database: Database, at=FIRST, *, faults: dict[str, list[Fault]] | None = None):
    """Send what is due at that moment."""
    sender = RecordingSender()
    sender.faults.update(faults or {})
    await Dispatch(
        database=database, sender=sender, clock=Clock(start=at, speed=0), team_id=TEAM
    ).run()
    return sender


def changes(found: Digest) -> list[tuple[str, str, str]]:
    return [
        (change.standing.body, change.before, change.standing.said.summary)
        for part in found.parts
        for change in part.changes
    ]


def requests(found: Digest) -> list[tuple[str, str]]:
    return [(row.body, words) for part in found.parts for row, words in part.requests]


def test_the_first_digest_compares_with_no_reply(database):
    reply(database, "U1", UNDER_WAY)
    found = digest_for(database)
    assert found.since is None
    assert changes(found) == [
        ("West Midlands Police", NO_REPLY, "Review: under way; by half-term: on track; offer: drafting")
    ]  # fmt: skip
    [part] = found.parts
    assert {row.body for row in part.standings} == {"West Midlands Police", "West Yorkshire Police"}
    assert part.campaign_title == "October half-term review 2026 to 2027"


def test_it_counts_by_region_and_then_how_the_other_sectors_stand(database):
    reply(database, "U1", UNDER_WAY)
    reply(database, "U3", UNDER_WAY, body="Birmingham and Solihull Integrated Care Board")
    [part] = digest_for(database).parts
    assert set(part.by_region) == {
        Count(of="West Midlands", replied=1, expected=1),
        Count(of="Yorkshire and The Humber", replied=0, expected=1),
    }
    assert set(part.other_sectors) == {
        Count(of="Local government", replied=0, expected=2),
        Count(of="Health", replied=1, expected=2),
    }


async def test_only_what_changed_since_the_last_one_is_told(database):
    reply(database, "U1", UNDER_WAY)
    await send(database)
    assert changes(digest_for(database, at=SECOND)) == []
    reply(database, "U1", DONE, at=london(2026, 9, 16, 10))
    found = digest_for(database, at=SECOND)
    assert found.since == FIRST
    assert changes(found) == [
        (
            "West Midlands Police",
            "Review: under way; by half-term: on track; offer: drafting",
            "Review: signed off; by half-term: already done; offer: shared with all settings",
        )
    ]


async def test_when_nothing_changed_there_is_a_digest_all_the_same(database):
    await send(database)
    [message] = (await send(database, SECOND)).to("U9")
    assert isinstance(message.content, Digest)
    assert len(message.content.parts) == 1
    assert changes(message.content) == requests(message.content) == []


async def test_still_so_is_no_change(database):
    reply(database, "U1", UNDER_WAY)
    await send(database)
    reply(database, "U1", UNDER_WAY, at=london(2026, 9, 16, 10))
    assert changes(digest_for(database, at=SECOND)) == []


@pytest.mark.parametrize("fault", [Fault.REFUSED, Fault.DELAYED, Fault.MESSAGE_LOST])
async def test_it_compares_with_the_last_one_that_was_actually_sent(database, fault):
    await send(database)
    reply(database, "U1", UNDER_WAY, at=london(2026, 9, 16, 10))
    await send(database, SECOND, faults={"U9": [fault]})
    later = digest_for(database, at=london(2026, 9, 28, 9))
    assert later.since == FIRST
    assert len(changes(later)) == 1


async def test_a_request_is_told_once(database):
    reply(database, "U1", HELP)
    assert requests(digest_for(database)) == [("West Midlands Police", "A call would help.")]
    await send(database)
    assert requests(digest_for(database, at=SECOND)) == []
    reply(database, "U1", HELP | {"OQ6": "Two calls."}, at=london(2026, 9, 16, 10))
    assert requests(digest_for(database, at=SECOND)) == [("West Midlands Police", "Two calls.")]


def test_words_for_the_partnership_only_are_not_in_it(database):
    reply(database, "U1", HELP, audience=Audience.PARTNERSHIP)
    found = digest_for(database)
    assert requests(found) == []
    assert len(changes(found)) == 1


def test_words_of_another_sector_are_not_in_it(database):
    reply(database, "U3", HELP, body="Birmingham and Solihull Integrated Care Board")
    found = digest_for(database)
    assert requests(found) == changes(found) == []


def test_a_facilitator_of_a_region_hears_of_that_region_only(database):
    make_roster(database, facilitator("U8", region="Yorkshire and The Humber"))
    reply(database, "U1", HELP)
    [part] = digest_for(database, "U8").parts
    assert {row.body for row in part.standings} == {"West Yorkshire Police"}
    assert {count.of: count.expected for count in part.other_sectors} == {
        "Local government": 1, "Health": 1,
    }  # fmt: skip
    assert part.changes == part.requests == ()


def test_one_post_in_two_sectors_makes_two_parts(database):
    make_roster(database, facilitator("U9", "health"))
    assert [part.remit.words for part in digest_for(database).parts] == [
        "Health, all England", "Police, all England",
    ]  # fmt: skip


def test_who_facilitates_nothing_has_an_empty_digest(database):
    assert digest_for(database, "U1").parts == ()
