"""One reply for several partners: a reply of its own for each that was chosen, all or none, once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import Session, col, select

from jobs.plan import plan_now
from storage.database import Database
from storage.queries.campaigns import open_campaign
from storage.queries.replies import Refused, Replier, Stored
from storage.queries.shared_replies import ALSO_FOR, duty, submit
from storage.read_models import AlsoFor, Duty, Submission
from storage.tables import Participation, Partner, Partnership, Post, Prompt, Reply, Round
from storage.vocabulary import Audience, PromptState
from tests.factories import DONE, TEAM, UNDER_WAY, lead, london, make_review, person_id, post

AT = london(2026, 9, 11, 9)
WORDS = UNDER_WAY | {"OQ6": "A call would help."}
AREAS = ("Camden", "Hackney", "Barnet", "Brent")


@pytest.fixture
def database(database: Database) -> Database:
    """One person answers for a force in four partnerships, a colleague in two of them; somebody else elsewhere."""
    make_review(
        database,
        *(post("U1", area=area) for area in AREAS),
        *(post("U2", area=area) for area in AREAS[1:3]),
        post("U3", area="Leeds"),
        post("U4", area="Manchester"),
        lead("U9", area="Camden"),
    )
    return database


def at_form(database: Database, area: str = "Camden", user: str = "U1", at=AT) -> Replier:
    """Somebody at the form for the force in that area, in the round that was asked last by then."""

    def find(session: Session) -> tuple[int, int]:
        query = (
            select(Round.id, Partner.id)
            .join(Participation, col(Participation.id) == col(Round.participation_id))
            .join(Partner, col(Partner.partnership_id) == col(Participation.partnership_id))
            .join(Partnership, col(Partnership.id) == col(Partner.partnership_id))
            .where(
                Partner.sector_key == "police",
                col(Partnership.name).contains(area),
                Round.opens_on <= at.date(),
            )
            .order_by(col(Round.opens_on).desc())
        )
        return session.exec(query).first() or (0, 0)

    round_id, partner_id = database.read_now(find)
    return Replier(team_id=TEAM, slack_user_id=user, round_id=round_id, partner_id=partner_id)


def form(database: Database, area: str = "Camden", user: str = "U1", at=AT, **more) -> Duty:
    return database.read_now(duty, replier=at_form(database, area, user, at), now=at, **more)


def offered(found: Duty) -> list[str]:
    """The areas that can be chosen."""
    return sorted(
        area for row in found.others for area in (*AREAS, "Leeds") if area in row.partnership
    )


def choose(found: Duty, *areas: str) -> tuple[AlsoFor, ...]:
    return tuple(
        AlsoFor(
            round_id=row.round_id,
            partner_id=row.partner_id,
            reply_id=0 if row.said is None else row.said.reply_id,
        )
        for row in found.others
        if any(area in row.partnership for area in areas)
    )


def send(
    database: Database, also_for=(), *, area="Camden", user="U1", at=AT, key="k", answers=WORDS
) -> Stored | Refused:
    submission = Submission(
        answers=answers, audience=Audience.PARTNERSHIP, key=key, also_for=tuple(also_for)
    )
    replier = at_form(database, area, user, at)
    return database.write_now(submit, replier=replier, submission=submission, now=at)


def kept(database: Database) -> list[Reply]:
    return list(database.read_now(lambda s: s.exec(select(Reply).order_by(col(Reply.id))).all()))


def partners(database: Database, *areas: str) -> set[int]:
    return {at_form(database, area).partner_id for area in areas}


def end_post(database: Database, area: str, last_day: date) -> None:
    """The person's post in that area ends."""
    partner_id = at_form(database, area).partner_id

    def end(session: Session) -> None:
        theirs = select(Post).where(Post.partner_id == partner_id)
        held = [post for post in session.exec(theirs) if post.valid_to is None]
        held[0].valid_to = last_day
        session.add(held[0])

    database.write_now(end)


def test_it_offers_the_persons_other_partners_that_owe_the_same(database):
    assert offered(form(database)) == ["Barnet", "Brent", "Hackney"]
    assert offered(form(database, "Hackney", "U2")) == ["Barnet"]
    assert offered(form(database, "Leeds", "U3")) == []
    send(database, area="Brent", answers=DONE)
    send(database, area="Barnet", key="another")
    assert offered(form(database)) == ["Barnet", "Hackney"]
    said = {row.partnership: row.said is not None for row in form(database).others}
    assert sorted(said.values()) == [False, True]


def test_it_offers_nothing_of_another_campaign_or_week(database):
    summer = london(2027, 7, 19, 9)
    database.write_now(
        open_campaign, key="summer-vigilance", year=2026, partnership=None, now=summer
    )
    plan_now(database, now=summer)
    found = form(database, at=summer)
    assert offered(found) == ["Barnet", "Brent", "Hackney"]
    assert {row.campaign_title for row in found.others} == {found.standing.campaign_title}
    assert {row.round_title for row in found.others} == {found.standing.round_title}


def test_each_partner_gets_a_reply_of_its_own(database):
    stored = send(database, choose(form(database), "Hackney", "Brent"))
    assert isinstance(stored, Stored)
    assert {row.partner_id for row in stored.duty.also} == partners(database, "Hackney", "Brent")
    rows = kept(database)
    assert {row.partner_id for row in rows} == partners(database, "Camden", "Hackney", "Brent")
    assert len({row.round_id for row in rows}) == 3
    for row in rows:
        assert (row.revision, row.answers) == (1, WORDS)
        assert (row.audience, row.person_id) == (
            Audience.PARTNERSHIP,
            database.read_now(person_id, "U1"),
        )


def test_it_ends_the_asking_of_each(database):
    send(database, choose(form(database), "Hackney", "Brent"), answers=DONE)
    query = select(Prompt.partner_id).where(Prompt.state == PromptState.PLANNED)
    asked = set(database.read_now(lambda session: session.exec(query).all()))
    assert asked & partners(database, *AREAS) == partners(database, "Barnet")


def test_the_same_submission_again_changes_nothing(database):
    chosen = choose(form(database), "Hackney", "Brent")
    first = send(database, chosen)
    before = kept(database)
    assert send(database, chosen) == first
    assert kept(database) == before


def test_a_form_that_stayed_open_can_be_sent_again_with_other_words(database):
    chosen = choose(form(database), "Hackney")
    send(database, chosen)
    changed = UNDER_WAY | {"OQ6": "Two calls would help."}
    assert isinstance(send(database, chosen, key="k2", answers=changed), Stored)
    assert [(row.revision, row.answers) for row in kept(database)] == [
        (1, WORDS), (1, WORDS), (2, changed), (2, changed),
    ]  # fmt: skip


def refused(outcome: Stored | Refused) -> str:
    assert isinstance(outcome, Refused)
    assert list(outcome.mistakes) == [ALSO_FOR]
    return outcome.mistakes[ALSO_FOR]


def test_where_a_colleague_has_replied_since_nothing_is_stored(database):
    chosen = choose(form(database), "Hackney", "Brent")
    send(database, area="Hackney", user="U2", key="colleague", answers=DONE)
    before = kept(database)
    sentence = refused(send(database, chosen))
    assert sentence.startswith("Somebody else has replied since you opened this for")
    assert ("Hackney" in sentence, "Brent" in sentence) == (True, False)
    assert kept(database) == before
    assert isinstance(send(database, choose(form(database), "Brent")), Stored)


def test_where_one_is_no_longer_theirs_nothing_is_stored(database):
    chosen = choose(form(database), "Hackney", "Brent")

    end_post(database, "Brent", date(2026, 9, 10))
    sentence = refused(send(database, chosen))
    assert sentence.startswith("You can no longer reply with this for")
    assert ("Hackney" in sentence, "Brent" in sentence) == (False, True)
    assert sentence.endswith("Take that out of the list, and send again.")
    assert kept(database) == []


@pytest.mark.parametrize("area", ["Leeds", "Manchester"])
def test_nobody_replies_for_a_partner_that_is_not_theirs(database, area):
    other = at_form(database, area)
    forged = AlsoFor(round_id=other.round_id, partner_id=other.partner_id, reply_id=0)
    assert area in refused(send(database, [forged]))
    assert kept(database) == []


def test_what_is_refused_for_one_is_stored_for_none(database):
    chosen = choose(form(database), "Hackney")
    outcome = send(database, chosen, answers=UNDER_WAY | {"OQ6": "Ring 07700 900123."})
    assert isinstance(outcome, Refused)
    assert list(outcome.mistakes) == ["OQ6"]
    assert kept(database) == []


def test_a_second_screen_adds_to_the_reply_of_each(database):
    summer = london(2027, 7, 19, 9)
    database.write_now(
        open_campaign, key="summer-vigilance", year=2026, partnership=None, now=summer
    )
    plan_now(database, now=summer)
    weekly = {"SQ1": "yes", "SQ2": "full"}
    stored = send(
        database,
        choose(form(database, at=summer), "Hackney", "Brent"),
        at=summer,
        answers=weekly,
    )
    also = tuple(
        AlsoFor(round_id=row.round_id, partner_id=row.partner_id) for row in stored.duty.also
    )
    again = form(database, at=summer, also_for=also)
    assert (again.also, offered(again)) == (stored.duty.also, ["Barnet"])
    topic = stored.duty.standing.form.topic_questions[0]
    added = {topic.ref: topic.options[0].value}
    submission = Submission(
        answers=added, audience=None, key="topic", asked=frozenset({topic.ref}), also_for=also
    )
    replier = at_form(database, at=summer)
    for _ in range(2):
        outcome = database.write_now(
            submit, replier=replier, submission=submission, now=summer + timedelta(minutes=1)
        )
        assert isinstance(outcome, Stored)
    rows = kept(database)
    assert [(row.revision, row.answers) for row in rows] == [(1, weekly)] * 3 + [
        (2, weekly | added)
    ] * 3
    end_post(database, "Brent", date(2027, 7, 18))
    refusal = refused(
        database.write_now(
            submit, replier=replier, submission=replace(submission, key="late"), now=summer
        )
    )
    assert refusal.endswith("What you sent first stays.")
    assert kept(database) == rows
