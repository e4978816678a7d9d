"""The Home tab: what each person is shown there, and whose is shown anew when something changes."""

from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from jobs.plan import plan_now
from storage.database import Database
from storage.queries.campaigns import close_campaign, open_campaign
from storage.queries.home import home_tab
from storage.queries.replies import Replier, submit
from storage.queries.snoozes import snooze
from storage.queries.watchers import home_was_opened, who_watches
from storage.read_models import HomeTab, Submission
from storage.tables import Participation, Partner, Post, Round
from storage.vocabulary import Audience, PostKind
from tests.factories import (
    DONE,
    OPENING,
    TEAM,
    facilitator,
    lead,
    london,
    make_review,
    make_roster,
    person_id,
    post,
    replier_for,
    reply,
)

NOW = london(2026, 9, 14, 10)
OVERDUE = london(2026, 10, 28, 10)
BIRMINGHAM, LEEDS = (
    f"{area} Safeguarding Children Partnership" for area in ("Birmingham", "Leeds")
)


@pytest.fixture
def database(database: Database) -> Database:
    """One who answers for the police in Birmingham and in Leeds, with a deputy and a lead in each; and others."""
    make_review(
        database,
        post("U1"),
        post("U1", area="Leeds"),
        post("UDEPUTY", PostKind.DEPUTY),
        post("UHEALTH", sector="health"),
        lead("ULEAD"),
        post("UOBSERVER", PostKind.OBSERVER),
        lead("ULEEDS", "Leeds"),
        post("UKENT", area="Kent"),
        lead("UKENTLEAD", "Kent"),
        facilitator("UENGLAND"),
        post("UADMIN", PostKind.ADMINISTRATOR, area=None),
    )
    return database


def tab(database: Database, user: str = "U1", at: datetime = NOW) -> HomeTab:
    return database.read_now(home_tab, team_id=TEAM, slack_user_id=user, now=at)


# What is owed


def test_what_has_no_reply_comes_before_what_is_short_of_done_and_what_is_done_is_not_owed(
    database,
):
    assert [duty.standing.partnership for duty in tab(database).owed] == [BIRMINGHAM, LEEDS]
    reply(database, "U1", at=NOW)
    assert [
        (duty.standing.partnership, duty.standing.said is not None) for duty in tab(database).owed
    ] == [(LEEDS, False), (BIRMINGHAM, True)]
    reply(database, "U1", DONE, at=NOW)
    assert [duty.standing.partnership for duty in tab(database).owed] == [LEEDS]


def test_overdue_comes_first(database):
    birmingham = replier_for(database, "U1").round_id

    def put_off(session: Session) -> None:
        """Birmingham breaks up two weeks later than Leeds."""
        round_ = session.get_one(Round, birmingham)
        round_.deadline_day = date(2026, 11, 6)
        session.add(round_)

    database.write_now(put_off)
    owed = tab(database, at=OVERDUE).owed
    assert [(duty.standing.partnership, duty.standing.is_overdue(OVERDUE)) for duty in owed] == [
        (LEEDS, True),
        (BIRMINGHAM, False),
    ]


def test_nothing_is_owed_once_late_replies_are_no_longer_taken(database):
    assert tab(database, at=london(2027, 1, 4, 10)).owed == ()


def test_only_who_is_a_deputy_is_asked_as_one(database):
    assert [duty.as_deputy for duty in tab(database).owed] == [False, False]
    assert [duty.as_deputy for duty in tab(database, "UDEPUTY").owed] == [True]


def test_a_day_that_was_asked_for_is_shown_to_who_asked_for_it(database):
    on = date(2026, 9, 21)
    database.write_now(snooze, team_id=TEAM, slack_user_id="U1", on=on, duties=None, now=NOW)
    assert [duty.another_day for duty in tab(database).owed] == [on, on]
    assert [duty.another_day for duty in tab(database, "UDEPUTY").owed] == [None]


# What was sent


def test_what_was_sent_is_told_to_all_who_answer_for_that_partner_and_to_nobody_else(database):
    assert tab(database).sent == ()
    reply(database, "UDEPUTY", at=NOW)
    [sent] = tab(database).sent
    assert sent.said is not None
    assert (sent.partnership, sent.said.by) == (BIRMINGHAM, "Deputy UDEPUTY")
    assert tab(database, "UDEPUTY").sent == (sent,)
    for other in ("UHEALTH", "ULEAD", "ULEEDS", "UENGLAND"):
        assert tab(database, other).sent == ()


def test_a_closed_campaign_of_this_year_stays_and_one_of_last_year_goes(database):
    reply(database, "U1", DONE, at=NOW)
    later = london(2027, 3, 1, 10)
    database.write_now(close_campaign, key="october-review", year=2026, partnership=None, now=later)
    assert tab(database, at=later).status.duties == ()
    assert len(tab(database, at=later).sent) == 1
    assert tab(database, at=london(2027, 8, 2, 10)).sent == ()


def test_julys_replies_stay_while_the_summer_goes_on_and_the_newest_comes_first(database):
    june = london(2027, 6, 1, 10)
    database.write_now(open_campaign, key="summer-vigilance", year=2026, partnership=None, now=june)
    plan_now(database, now=june)
    for week, at in ((0, london(2027, 7, 20, 10)), (1, london(2027, 7, 27, 10))):
        submit_week(database, week, at)
    weeks = [row.round_title.split(":")[0] for row in tab(database, at=london(2027, 8, 9, 10)).sent]
    assert weeks == ["Week 1", "The week before the holiday"]
    assert tab(database, at=london(2027, 11, 1, 10)).sent == ()


def submit_week(database: Database, week: int, at: datetime) -> None:
    def find(session: Session) -> tuple[int, int]:
        partner = session.exec(select(Partner).where(Partner.body == "West Midlands Police")).one()
        asked = (
            select(Round.id)
            .join(Participation)
            .where(Participation.partnership_id == partner.partnership_id, Round.week == week)
        )
        return session.exec(asked).one() or 0, partner.id or 0

    round_id, partner_id = database.read_now(find)
    replier = Replier(team_id=TEAM, slack_user_id="U1", round_id=round_id, partner_id=partner_id)
    answers = {"SQ1": "yes", "SQ2": "full"}
    submission = Submission(answers=answers, audience=Audience.FACILITATORS, key=f"week {week}")
    database.write_now(submit, replier=replier, submission=submission, now=at)


# Who they are


def test_posts_are_told_with_their_days_those_to_come_too_and_not_those_that_are_over(database):
    make_roster(
        database,
        post("U1", area="Kent", starts=date(2026, 11, 2), ends=date(2027, 3, 31)),
        post("U1", area="Solihull", ends=date(2026, 9, 11)),
    )
    found = {(each.words, each.valid_from, each.valid_to) for each in tab(database).posts}
    assert found == {
        (f"Respondent of West Midlands Police, {BIRMINGHAM}", date(2026, 9, 1), None),
        (f"Respondent of West Yorkshire Police, {LEEDS}", date(2026, 9, 1), None),
        (
            "Respondent of Kent Police, Kent Safeguarding Children Partnership",
            date(2026, 11, 2),
            date(2027, 3, 31),
        ),
    }


def test_a_stranger_and_who_is_only_invited_are_shown_nothing(database):
    def invite(session: Session) -> None:
        kept = session.exec(
            select(Post).where(Post.person_id == person_id(session, "UADMIN"))
        ).one()
        partner = session.exec(select(Partner.id).where(Partner.body == "Kent Police")).one()
        kept.kind, kept.partner_id = PostKind.INVITED, partner
        session.add(kept)

    database.write_now(invite)
    for user in ("U0STRANGER", "UADMIN"):
        shown = tab(database, user)
        assert (shown.status.access, shown.posts, shown.owed) == (None, (), ())


# Whose is shown anew


def opens(database: Database, *users: str, at: datetime = NOW) -> None:
    for user in users:
        database.write_now(home_was_opened, team_id=TEAM, slack_user_id=user, now=at)


EVERYBODY = (
    "U1", "UDEPUTY", "UHEALTH", "ULEAD", "UOBSERVER", "ULEEDS", "UKENT", "UKENTLEAD", "UENGLAND", "UADMIN",
)  # fmt: skip


def watching(database: Database, user: str, **more) -> set[str]:
    fields = {"team_id": TEAM, "partnership_id": 0, "now": NOW + timedelta(minutes=5)}
    return set(database.read_now(who_watches, slack_user_id=user, **fields | more))


@pytest.mark.parametrize(
    ("user", "matters_to"),
    [
        ("U1", {"UDEPUTY", "ULEAD", "UOBSERVER", "ULEEDS"}),
        ("UHEALTH", {"ULEAD", "UOBSERVER"}),
        ("ULEAD", {"U1", "UDEPUTY", "UHEALTH", "UOBSERVER"}),
        ("UKENT", {"UKENTLEAD"}),
        ("UENGLAND", set()),
        ("UADMIN", set()),
        ("U0STRANGER", set()),
    ],
)
def test_a_change_matters_to_colleagues_and_to_those_who_oversee_and_to_nobody_elsewhere(
    database, user, matters_to
):
    opens(database, *EVERYBODY)
    assert watching(database, user) == matters_to


def test_what_an_administrator_changes_matters_where_they_changed_it(database):
    opens(database, *EVERYBODY)
    kent = tab(database, "UKENTLEAD").status.boards[0].partnership_id
    assert watching(database, "UADMIN", partnership_id=kent) == {"UKENT", "UKENTLEAD"}


def test_only_those_are_shown_it_who_opened_their_tab_within_the_last_hours(database):
    opens(database, "ULEAD", at=NOW - timedelta(hours=5))
    opens(database, "UOBSERVER", at=NOW - timedelta(hours=3))
    assert watching(database, "U1") == {"UOBSERVER"}


def test_another_workspace_is_not_looked_into(database):
    opens(database, *EVERYBODY)
    assert watching(database, "U1", team_id="T0OTHER") == set()


def test_a_post_that_has_ended_watches_no_more(database):
    make_roster(database, lead("UOLDLEAD", ends=date(2026, 9, 11)))
    opens(database, "UOLDLEAD")
    assert watching(database, "U1") == set()


def test_no_change_is_shown_to_more_than_some(database):
    many = [f"UL{number}" for number in range(30)]
    make_roster(database, *(lead(user) for user in many))
    for number, user in enumerate(many):
        opens(database, user, at=NOW + timedelta(seconds=number))
    found = watching(database, "U1")
    assert found == set(many[-20:])


def test_opening_again_keeps_the_last_time(database):
    opens(database, "ULEAD", at=OPENING)
    opens(database, "ULEAD")
    assert watching(database, "U1") == {"ULEAD"}
