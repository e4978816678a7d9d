"""A post ends once, by whoever holds it or by what Slack says, and does not come back by itself."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from jobs.dispatch import Dispatch
from storage.clock import Clock
from storage.database import Database
from storage.errors import NotYours
from storage.queries.leaving import account_closed, duties_held, give_up
from storage.queries.roster import Imported, RosterPost, apply_roster
from storage.read_models import HeldDuty
from storage.tables import AuditEntry, Notice, PlanRequest, Post
from storage.vocabulary import Deed, PostKind, Reason
from tests.bot.views import make
from tests.factories import (
    TEAM,
    lead,
    london,
    make_review,
    make_roster,
    partner_id,
    person_id,
    post,
    reply,
)
from tests.fakes import RecordingSender, Sent

ASKED, LATER = london(2026, 9, 11, 9), london(2026, 9, 14, 10)
YESTERDAY = date(2026, 9, 13)
POLICE, HEALTH = "West Midlands Police", "Birmingham and Solihull Integrated Care Board"
ROSTER = (
    post("U1"),
    post("U1", PostKind.DEPUTY, sector="health"),
    post("U2", PostKind.DEPUTY),
    lead("U9"),
)


@pytest.fixture
def database(database: Database) -> Database:
    """Somebody who answers for Birmingham's police and is deputy for its health; the police's deputy; a lead."""
    make_review(database, *ROSTER)
    return database


def police(database: Database) -> int:
    return database.read_now(partner_id, POLICE)


def gives_up(database: Database, user: str = "U1", *, all_of_it: bool = False, at=LATER) -> None:
    partner = None if all_of_it else police(database)
    asks = {"team_id": TEAM, "slack_user_id": user, "partner_id": partner}
    database.write_now(give_up, **asks, now=at)


def closed(database: Database, user: str = "U1", *, team: str = TEAM, at=LATER) -> bool:
    return database.write_now(account_closed, team_id=team, slack_user_id=user, now=at)


def posts_of(database: Database, user: str = "U1") -> list[Post]:
    person = database.read_now(person_id, user)
    query = select(Post).where(Post.person_id == person).order_by(col(Post.id))
    return list(database.read_now(lambda session: session.exec(query).all()))


def ends(database: Database, user: str = "U1") -> list[date | None]:
    return [each.valid_to for each in posts_of(database, user)]


def entries(database: Database) -> list[AuditEntry]:
    query = select(AuditEntry).order_by(col(AuditEntry.id))
    return list(database.read_now(lambda session: session.exec(query).all()))


def rows(database: Database, table: type) -> list:
    return list(database.read_now(lambda session: session.exec(select(table)).all()))


def test_a_duty_that_is_given_up_ended_yesterday_and_who_said_so_is_kept(database):
    gives_up(database)
    assert ends(database) == [YESTERDAY, None]
    [entry] = entries(database)
    [ended, _] = posts_of(database)
    assert (entry.deed, entry.at) == (Deed.POST_ENDED, LATER)
    assert (entry.person_id, entry.post_id) == (ended.person_id, ended.id)
    assert entry.partner_id == police(database)
    assert "left" in {request.cause for request in rows(database, PlanRequest)}


def test_saying_it_again_changes_nothing(database):
    gives_up(database)
    gives_up(database, at=LATER + timedelta(days=3))
    assert ends(database) == [YESTERDAY, None]
    assert len(entries(database)) == 1


def test_two_presses_at_once_end_it_once(database):
    with ThreadPoolExecutor(2) as two:
        list(two.map(lambda _: gives_up(database), range(2)))
    assert len(entries(database)) == 1


def test_all_of_it_can_be_given_up_at_once(database):
    gives_up(database, all_of_it=True)
    assert ends(database) == [YESTERDAY, YESTERDAY]
    assert len(entries(database)) == 2


def test_a_post_that_began_today_or_will_begin_is_over_too(database):
    today, ahead = LATER.date(), date(2026, 10, 1)
    make_roster(database, post("U5", starts=today), post("U5", sector="health", starts=ahead))
    closed(database, "U5")
    assert ends(database, "U5") == [YESTERDAY, YESTERDAY]
    assert all(each.valid_from <= YESTERDAY for each in posts_of(database, "U5"))


def test_two_posts_of_one_kind_that_would_begin_are_over_both(database):
    for starts in (LATER.date(), date(2026, 10, 1), YESTERDAY):
        make_roster(database, post("U5", starts=starts))
    closed(database, "U5")
    assert len({each.valid_from for each in posts_of(database, "U5")}) == 3
    assert ends(database, "U5") == [YESTERDAY] * 3


@pytest.mark.parametrize("user", ["U2", "U9", "U404"])
def test_nobody_gives_up_what_they_do_not_answer_for(database, user):
    health = database.read_now(partner_id, HEALTH)
    for query, run in ((duties_held, database.read_now), (give_up, database.write_now)):
        with pytest.raises(NotYours):
            run(query, team_id=TEAM, slack_user_id=user, partner_id=health, now=LATER)
    assert entries(database) == []


def test_who_has_given_it_up_can_no_longer_reply(database):
    gives_up(database)
    with pytest.raises(NotYours):
        reply(database, "U1", at=LATER)


def test_what_somebody_may_give_up_says_who_is_left_and_whether_somebody_leads(database):
    def held(user: str) -> tuple[HeldDuty, ...]:
        asks = {"team_id": TEAM, "slack_user_id": user, "partner_id": None}
        return database.read_now(duties_held, **asks, now=LATER)

    assert [(each.body, each.others, each.has_lead) for each in held("U1")] == [
        (HEALTH, (), True),
        (POLICE, ("Deputy U2",), True),
    ]
    assert held("U9") == ()


# What Slack says


def test_with_the_account_every_post_ends_and_nobody_is_said_to_have_done_it(database):
    make_roster(database, lead("U1"))
    assert closed(database)
    assert ends(database) == [YESTERDAY] * 3
    assert [entry.person_id for entry in entries(database)] == [None] * 3


def test_hearing_of_it_again_changes_nothing(database):
    closed(database)
    assert not closed(database, at=LATER + timedelta(hours=1))
    assert len(entries(database)) == 2


def test_whoever_is_on_no_roster_or_in_another_workspace_is_nobodys_loss(database):
    assert not closed(database, "U404")
    assert not closed(database, team="T0ELSE")
    assert entries(database) == []


# The roster


def imported(database: Database, *posts: RosterPost, at=LATER) -> Imported:
    return database.write_now(apply_roster, team_id=TEAM, posts=posts, today=at.date(), now=at)


def test_the_same_roster_again_gives_nothing_back(database):
    gives_up(database)
    done = imported(database, *ROSTER)
    assert (done.posts, done.left) == (0, 1)
    no_first_day = post("U1", starts=None)
    assert imported(database, no_first_day, at=LATER + timedelta(days=9)).left == 1
    assert ends(database) == [YESTERDAY, None]


def test_a_post_that_began_on_the_day_it_was_left_is_not_given_back_either(database):
    row = post("U5", starts=LATER.date())
    make_roster(database, row)
    gives_up(database, "U5")
    assert imported(database, row).left == 1
    assert ends(database, "U5") == [YESTERDAY]


def test_a_later_first_day_gives_it_back_and_it_can_be_left_again(database):
    gives_up(database)
    row = post("U1", starts=date(2026, 9, 15))
    assert imported(database, row).posts == 1
    assert imported(database, row).posts == 0
    assert ends(database) == [YESTERDAY, None, None]
    gives_up(database, at=london(2026, 9, 21, 9))
    assert ends(database) == [YESTERDAY, None, date(2026, 9, 20)]
    assert len(entries(database)) == 2


# What was sent


async def test_the_messages_that_asked_for_it_are_brought_up_to_date(database):
    sender = RecordingSender()
    await dispatch(database, sender, ASKED).run()
    [message] = sender.to("U1")
    assert theirs(message) == {HEALTH, POLICE}
    gives_up(database)
    assert [each.changes for each in rows(database, Notice)] == [1]
    await dispatch(database, sender, LATER).run()
    assert theirs(message) == {HEALTH}
    make_roster(database, post("U1", starts=LATER.date() + timedelta(days=1)))
    reply(database, "U1", at=LATER + timedelta(days=1))
    await dispatch(database, sender, LATER + timedelta(days=1)).run()
    assert theirs(message) == {HEALTH, POLICE}


def test_a_reminder_that_was_claimed_before_is_not_sent_any_more():
    gone, asked = make.item(is_theirs=False), make.item()
    assert make.reminder(gone).not_wanted is Reason.POST_ENDED
    assert make.reminder(gone, asked).not_wanted is None
    assert make.reminder(gone, make.item(make.done())).not_wanted is Reason.REPLIED


def theirs(message: Sent) -> set[str]:
    """The bodies that a reminder still asks its reader about."""
    return {item.standing.body for item in message.content.items if item.is_theirs}


def dispatch(database: Database, sender: RecordingSender, at) -> Dispatch:
    return Dispatch(database=database, sender=sender, clock=Clock(start=at, speed=0), team_id=TEAM)
