"""What was typed and should not have been is taken out everywhere, once, and by a lead alone; choices stay."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from jobs.dispatch import Dispatch
from jobs.plan import plan_now
from storage.clock import Clock
from storage.database import Database
from storage.errors import NotYours
from storage.queries.board import Scope, standings
from storage.queries.campaigns import close_campaign, open_campaign
from storage.queries.pressed_replies import confirm, confirm_last_time
from storage.queries.replies import Replier, duty, submit
from storage.queries.review_status import review_status
from storage.queries.withdrawals import Withdrawer, withdraw, words_to_withdraw
from storage.read_models import Digest, Standing, Submission
from storage.tables import AuditEntry, Notice, Partner, Reply, Round
from storage.vocabulary import Audience, Deed, PostKind, PromptKind
from tests.factories import (
    TEAM,
    UNDER_WAY,
    facilitator,
    lead,
    london,
    make_review,
    person_id,
    post,
    replier_for,
    reply,
)
from tests.fakes import RecordingSender

WORDS, OTHERS = "The heron stands in the reeds.", "An otter swims past it."
REPLIED, AFTER = london(2026, 9, 11, 10), london(2026, 9, 15, 10)
MONDAY, NEXT_MONDAY = london(2026, 9, 14, 9), london(2026, 9, 21, 9)
#: Weeks 0 and 1 of the summer.
WEEK_0, WEEK_1 = london(2027, 7, 19, 9), london(2027, 7, 26, 9)


@pytest.fixture
def database(database: Database) -> Database:
    """Birmingham's police, with an observer, two leads, a facilitator and an administrator; a lead elsewhere."""
    make_review(
        database,
        post("U1"),
        post("U2", PostKind.OBSERVER, sector=None),
        post("U3", PostKind.ADMINISTRATOR, area=None),
        post("U4", area="Leeds"),
        lead("U5", area="Leeds"),
        facilitator("U7"),
        lead("U8"),
        lead("U9"),
    )
    return database


def withdrawer(database: Database, user: str = "U9", round_id: int | None = None) -> Withdrawer:
    about = replier_for(database, "U1") if round_id is None else None
    return Withdrawer(
        team_id=TEAM,
        slack_user_id=user,
        round_id=round_id or (about.round_id if about else 0),
        partner_id=_police(database),
    )


def _police(database: Database) -> int:
    query = select(Partner.id).where(Partner.body == "West Midlands Police")
    return database.read_now(lambda session: session.exec(query).one()) or 0


def take_out(
    database: Database, user: str = "U9", *, at=AFTER, round_id: int | None = None
) -> None:
    database.write_now(withdraw, withdrawer=withdrawer(database, user, round_id), now=at)


def kept(database: Database) -> list[Reply]:
    return list(database.read_now(lambda s: s.exec(select(Reply).order_by(col(Reply.id))).all()))


def audit(database: Database) -> list[AuditEntry]:
    return list(database.read_now(lambda s: s.exec(select(AuditEntry)).all()))


def on_the_board(database: Database, user: str = "U9", at=AFTER) -> Standing:
    """The police as that person sees them."""
    status = database.read_now(review_status, team_id=TEAM, slack_user_id=user, now=at)
    [board] = status.boards
    return next(row for row in board.standings if row.body == "West Midlands Police")


def test_what_was_typed_goes_from_every_revision_and_what_was_chosen_stays(database):
    reply(database, "U1", UNDER_WAY | {"OQ6": WORDS}, at=REPLIED)
    reply(database, "U1", UNDER_WAY | {"OQ5": ["data"], "OQ6": OTHERS}, at=REPLIED)
    take_out(database)
    first, second = kept(database)
    assert first.answers == UNDER_WAY | {"OQ6": ""}
    assert second.answers == UNDER_WAY | {"OQ5": ["data"], "OQ6": ""}
    lead_id = database.read_now(person_id, "U9")
    assert {(each.withdrawn_at, each.withdrawn_by) for each in (first, second)} == {
        (AFTER, lead_id)
    }
    said = on_the_board(database).said
    assert said.answers == UNDER_WAY | {"OQ5": ["data"]}
    assert (said.typed, said.asks, said.withdrawn_at) == ({}, None, AFTER)


def test_one_deed_is_kept_with_ids_alone(database):
    reply(database, "U1", UNDER_WAY | {"OQ6": WORDS}, at=REPLIED)
    take_out(database)
    [entry] = audit(database)
    about = withdrawer(database)
    assert entry.model_dump(exclude={"id"}) == {
        "at": AFTER,
        "person_id": database.read_now(person_id, "U9"),
        "deed": Deed.REPLY_WITHDRAWN,
        "post_id": None,
        "round_id": about.round_id,
        "partner_id": about.partner_id,
        "participation_id": None,
    }


def test_a_second_time_changes_nothing(database):
    reply(database, "U1", UNDER_WAY | {"OQ6": WORDS}, at=REPLIED)
    take_out(database)
    before = (kept(database), audit(database))
    take_out(database, "U8", at=AFTER + timedelta(hours=1))
    take_out(database, at=AFTER + timedelta(hours=2))
    assert (kept(database), audit(database)) == before


@pytest.mark.parametrize("user", ["U1", "U2", "U3", "U5", "U7", "U0NOBODY"])
def test_only_a_lead_of_the_partnership_may(database, user):
    reply(database, "U1", UNDER_WAY | {"OQ6": WORDS}, at=REPLIED)
    for ask in (withdraw, words_to_withdraw):
        with pytest.raises(NotYours):
            database.write_now(ask, withdrawer=withdrawer(database, user), now=AFTER)
    assert kept(database)[0].answers["OQ6"] == WORDS
    assert audit(database) == []


def test_a_lead_is_offered_it_where_words_stand_if_only_in_an_earlier_revision(database):
    assert not on_the_board(database).may_withdraw
    reply(database, "U1", UNDER_WAY, at=REPLIED)
    assert not on_the_board(database).may_withdraw
    reply(database, "U1", UNDER_WAY | {"OQ6": WORDS}, at=REPLIED)
    reply(database, "U1", UNDER_WAY, at=REPLIED)
    assert on_the_board(database).may_withdraw
    assert not on_the_board(database, "U2").may_withdraw
    asked = {"withdrawer": withdrawer(database), "now": AFTER}
    found = database.read_now(words_to_withdraw, **asked)
    assert (found.body, found.said.answers) == ("West Midlands Police", UNDER_WAY)
    take_out(database)
    assert not on_the_board(database).may_withdraw
    assert database.read_now(words_to_withdraw, **asked) is None


def test_the_form_offers_no_word_of_it_again_and_a_new_reply_is_like_any_other(database):
    reply(database, "U1", UNDER_WAY | {"OQ6": WORDS}, at=REPLIED)
    take_out(database)
    offered = database.read_now(duty, replier=replier_for(database, "U1"), now=AFTER)
    assert offered.standing.said.answers == UNDER_WAY
    reply(database, "U1", UNDER_WAY | {"OQ6": OTHERS}, at=AFTER)
    assert kept(database)[-1].answers == UNDER_WAY | {"OQ6": OTHERS}
    said = on_the_board(database).said
    assert (said.revision, said.asks, said.withdrawn_at) == (2, OTHERS, None)
    later = AFTER + timedelta(hours=1)
    take_out(database, at=later)
    first, second = kept(database)
    assert (first.withdrawn_at, second.withdrawn_at) == (AFTER, later)
    assert [each.answers["OQ6"] for each in (first, second)] == ["", ""]
    assert len(audit(database)) == 2


def test_still_so_confirms_the_choices_that_are_left(database):
    reply(database, "U1", UNDER_WAY | {"OQ6": WORDS}, at=REPLIED)
    take_out(database)
    [held] = kept(database)
    database.write_now(confirm, replier=replier_for(database, "U1"), reply_id=held.id, now=AFTER)
    confirmed = kept(database)[-1]
    assert (confirmed.revision, confirmed.answers) == (2, UNDER_WAY)
    assert (confirmed.withdrawn_at, confirmed.withdrawn_by) == (None, None)


# Other rounds


@pytest.fixture
def summer(database: Database) -> Database:
    """The summer of 2027 is open, and the police have said the same in two weeks with one press."""
    database.write_now(
        open_campaign, key="summer-vigilance", year=2026, partnership=None, now=WEEK_0
    )
    plan_now(database, now=WEEK_0)
    answers = {"SQ1": "yes", "SQ2": "full", "SQ6": WORDS}
    submission = Submission(answers=answers, audience=Audience.FACILITATORS, key="week 0")
    database.write_now(submit, replier=_in_week(database, 0), submission=submission, now=WEEK_0)
    [said] = kept(database)
    confirming = {"replier": _in_week(database, 1), "reply_id": said.id, "now": WEEK_1}
    assert database.write_now(confirm_last_time, **confirming) is None
    return database


def _in_week(database: Database, week: int) -> Replier:
    partner_id = _police(database)

    def find(session: Session) -> int:
        rows = standings(session, scope=Scope(partners=[partner_id]), as_of=WEEK_1)
        return next(
            row.round_id for row in rows if session.get_one(Round, row.round_id).week == week
        )

    return Replier(
        team_id=TEAM,
        slack_user_id="U1",
        round_id=database.read_now(find),
        partner_id=partner_id,
    )


@pytest.mark.parametrize("week", [0, 1])
def test_copies_of_the_same_words_in_other_rounds_go_too(summer, week):
    assert [each.answers["SQ6"] for each in kept(summer)] == [WORDS, WORDS]
    take_out(summer, at=WEEK_1, round_id=_in_week(summer, week).round_id)
    assert [each.answers["SQ6"] for each in kept(summer)] == ["", ""]
    assert {each.round_id for each in audit(summer)} == {
        _in_week(summer, week).round_id for week in (0, 1)
    }


def test_other_words_of_another_round_stay(summer):
    answers = {"SQ1": "yes", "SQ2": "full", "SQ6": WORDS, "ST5": OTHERS}
    submission = Submission(answers=answers, audience=None, key="week 1")
    asked = {"replier": _in_week(summer, 1), "submission": submission, "now": WEEK_1}
    summer.write_now(submit, **asked)
    take_out(summer, at=WEEK_1, round_id=_in_week(summer, 0).round_id)
    last = kept(summer)[-1]
    assert (last.answers["SQ6"], last.answers["ST5"]) == ("", OTHERS)
    assert kept(summer)[0].answers["SQ6"] == ""


def test_nothing_has_changed_takes_nothing_over_that_was_withdrawn(summer):
    take_out(summer, at=WEEK_1, round_id=_in_week(summer, 0).round_id)
    later = WEEK_1 + timedelta(days=7)
    plan_now(summer, now=later)
    held = kept(summer)[-1]
    partner_id = _police(summer)

    def find(session: Session) -> int:
        query = select(Round.id).where(
            Round.week == 2,
            Round.participation_id.in_(
                select(Round.participation_id).where(Round.id == held.round_id)
            ),
        )
        return session.exec(query).one() or 0

    replier = Replier(
        team_id=TEAM, slack_user_id="U1", round_id=summer.read_now(find), partner_id=partner_id
    )
    summer.write_now(confirm_last_time, replier=replier, reply_id=held.id, now=later)
    confirmed = kept(summer)[-1]
    assert (confirmed.round_id, confirmed.answers) == (
        replier.round_id,
        {"SQ1": "yes", "SQ2": "full"},
    )


# Digests


async def dispatch(database: Database, sender: RecordingSender, at) -> None:
    """Send what is due and bring up to date what was sent."""
    clock = Clock(start=at, speed=0)
    await Dispatch(database=database, sender=sender, clock=clock, team_id=TEAM).run()


def digests(sender: RecordingSender) -> list[Digest]:
    return [each.content for each in sender.to("U7") if isinstance(each.content, Digest)]


def notes(digest: Digest) -> list[tuple[str, str | None]]:
    return [(row.body, words) for part in digest.parts for row, words in part.requests]


def numbers(digest: Digest) -> list[object]:
    """All that a digest says but for its notes."""
    return [
        digest.now,
        digest.since,
        *(
            (
                part.remit,
                part.campaign_title,
                [(row.body, row.said and row.said.summary) for row in part.standings],
                [(change.standing.body, change.before) for change in part.changes],
                part.by_region,
                part.other_sectors,
                [row.body for row in part.silent],
                len(part.requests),
            )
            for part in digest.parts
        ),
    ]


async def test_a_digest_that_told_the_words_tells_its_own_week_without_them(database):
    sender = RecordingSender()
    reply(database, "U1", UNDER_WAY | {"OQ6": WORDS}, at=REPLIED)
    await dispatch(database, sender, MONDAY)
    [told] = digests(sender)
    assert notes(told) == [("West Midlands Police", WORDS)]

    # Later somebody replies, and the campaign is closed in one partnership: that week's digest is as it was.
    reply(database, "U4", UNDER_WAY, body="West Yorkshire Police", at=AFTER)
    database.write_now(
        close_campaign,
        key="october-review",
        year=2026,
        partnership="Birmingham Safeguarding Children Partnership",
        now=AFTER,
    )
    take_out(database, at=AFTER + timedelta(hours=1))
    await dispatch(database, sender, AFTER + timedelta(hours=2))
    [mended] = digests(sender)
    assert notes(mended) == [("West Midlands Police", None)]
    assert numbers(mended) == numbers(told)


async def test_a_digest_that_never_told_them_is_left_alone(database):
    sender = RecordingSender()
    reply(database, "U1", UNDER_WAY | {"OQ6": WORDS}, at=REPLIED)
    await dispatch(database, sender, MONDAY)
    await dispatch(database, sender, NEXT_MONDAY)
    reply(
        database, "U1", UNDER_WAY | {"OQ6": OTHERS}, at=NEXT_MONDAY, audience=Audience.PARTNERSHIP
    )
    await dispatch(database, sender, london(2026, 9, 28, 9))
    take_out(database, at=london(2026, 9, 28, 10))
    query = select(Notice.changes).where(Notice.kind == PromptKind.DIGEST).order_by(Notice.as_of)
    assert list(database.read_now(lambda s: s.exec(query).all())) == [1, 0, 0]


async def test_what_is_withdrawn_before_the_digest_is_no_news(database):
    sender = RecordingSender()
    reply(database, "U1", UNDER_WAY | {"OQ6": WORDS}, at=REPLIED)
    take_out(database, at=REPLIED + timedelta(hours=1))
    await dispatch(database, sender, MONDAY)
    [told] = digests(sender)
    assert notes(told) == []
    assert len(told.parts[0].changes) == 1


# Files


def test_the_words_leave_sqlites_file_and_its_log(database):
    if database.engine.name != "sqlite":
        pytest.skip("PostgreSQL’s files are its administrators’ affair.")
    folder = Path(database.engine.url.database or "").parent

    def everything() -> bytes:
        return b"".join(path.read_bytes() for path in folder.glob("vigil.sqlite*"))

    for number in range(40):  # some lie where others were, in pages that were divided meanwhile
        words = f"{WORDS} {'Reeds. ' * (number % 7 * 6)}"
        reply(database, "U1", UNDER_WAY | {"OQ6": words}, at=REPLIED + timedelta(minutes=number))
    reply(database, "U4", UNDER_WAY | {"OQ6": OTHERS}, body="West Yorkshire Police", at=REPLIED)
    assert everything().count(WORDS.encode()) >= 40
    take_out(database)
    database.forget_now()
    assert WORDS.encode() not in everything()
    assert OTHERS.encode() in everything()
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA secure_delete").scalar() == 1
