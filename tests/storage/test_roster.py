"""Storing a roster: again without change, ending a post, and newcomers to what is already open."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from jobs.campaign_files import load_campaigns
from jobs.plan import plan_now
from storage.area_names import find_area
from storage.areas import all_partnerships, known_partnerships, partnership_of
from storage.database import Database
from storage.errors import VigilError
from storage.queries.campaigns import keep_definitions, open_campaign
from storage.queries.partnerships import keep_partnerships
from storage.queries.roster import (
    Imported,
    RosterPost,
    apply_roster,
    emails_by_slack_user,
)
from storage.tables import Participation, Partner, Partnership, Person, Post, Prompt
from storage.vocabulary import PostKind, PromptState, Reason
from tests.factories import (
    OPENING,
    TEAM,
    facilitator,
    lead,
    london,
    make_review,
    make_roster,
    open_review,
    post,
)

EVERYBODY = (
    post("U1"),
    post("U1", area="Solihull"),
    post("U2", PostKind.DEPUTY, sector="health"),
    lead("U3"),
    post("U4", PostKind.OBSERVER, area="Leeds"),
    facilitator("U5"),
    facilitator("U5", region="London"),
    post("U6", PostKind.ADMINISTRATOR, area=None),
)


def apply(database: Database, *posts: RosterPost, now=OPENING) -> Imported:
    return database.write_now(apply_roster, team_id=TEAM, posts=posts, today=now.date(), now=now)


def rows(database: Database, table) -> list:
    return [
        row.model_dump()
        for row in database.read_now(lambda s: s.exec(select(table).order_by(table.id)).all())
    ]


def posts_of(database: Database, user: str) -> list[tuple[date, date | None]]:
    query = (
        select(Post)
        .join(Person, col(Person.id) == col(Post.person_id))
        .where(Person.slack_user_id == user)
        .order_by(col(Post.id))
    )
    return [(p.valid_from, p.valid_to) for p in database.read_now(lambda s: s.exec(query).all())]


def test_people_posts_and_partnerships_are_stored(database):
    assert apply(database, *EVERYBODY) == Imported(people=6, posts=8, partnerships=3, left=0)
    assert {row["name"] for row in rows(database, Partnership)} == {
        f"{area} Safeguarding Children Partnership" for area in ("Birmingham", "Solihull", "Leeds")
    }
    assert len(rows(database, Partner)) == 9


def test_importing_the_same_again_changes_nothing(database):
    apply(database, *EVERYBODY)
    before = {table: rows(database, table) for table in (Person, Post, Partnership, Partner)}
    assert apply(database, *EVERYBODY, now=london(2026, 9, 9, 9)) == Imported(
        people=0, posts=0, partnerships=0, left=0
    )
    assert before == {table: rows(database, table) for table in before}


def test_every_body_of_a_partnership_is_made_whoever_answers(database):
    apply(database, lead("U1", "Westmorland and Furness"))
    assert [row["sector_key"] for row in rows(database, Partner)].count("health") == 2


def test_a_joint_partnership_is_one_whichever_area_names_it(database):
    assert apply(database, lead("U1", "Reading"), lead("U2", "Wokingham")).partnerships == 1
    assert len(rows(database, Partner)) == len(list(_partnership("Reading").bodies()))


def _partnership(area: str):
    return partnership_of(find_area(area), on=OPENING.date())


def test_the_bodies_of_a_partnership_that_ended_end_with_it(database):
    apply(database, lead("U1", "Cumberland", starts=date(2025, 3, 1)))
    [partnership] = rows(database, Partnership)
    assert partnership["valid_to"] == date(2025, 3, 31)
    assert {row["valid_to"] for row in rows(database, Partner)} == {date(2025, 3, 31)}


NORFOLK = "Norfolk Safeguarding Children Partnership"
CLOSED = "Norfolk and Waveney Integrated Care Board"
NEW = "Norfolk and Suffolk Integrated Care Board"
BEGAN = date(2019, 9, 29)


def days(database: Database) -> dict[str, tuple[date, date | None]]:
    return {row["body"]: (row["valid_from"], row["valid_to"]) for row in rows(database, Partner)}


def test_a_partnership_is_kept_with_the_days_of_its_bodies(database):
    reference = known_partnerships()[NORFOLK]
    first = database.write_now(keep_partnerships, [reference])
    assert first[NORFOLK][1]
    assert days(database) == {
        "Norfolk council": (BEGAN, None),
        NEW: (date(2026, 4, 1), None),
        CLOSED: (BEGAN, date(2026, 3, 31)),
        "Norfolk Police": (BEGAN, None),
    }
    before = {table: rows(database, table) for table in (Partnership, Partner)}
    again = database.write_now(keep_partnerships, [reference])
    assert again == {NORFOLK: (first[NORFOLK][0], False)}
    assert before == {table: rows(database, table) for table in before}


def as_stored_before_boards_changed(session: Session) -> None:
    """The state that an earlier version left: no last days, and no board of 2026."""
    keep_partnerships(session, [known_partnerships()[NORFOLK]])
    for partner in session.exec(select(Partner)).all():
        if partner.body == NEW:
            session.delete(partner)
        partner.valid_to = None


def test_a_later_import_ends_what_closed_and_keeps_its_record(database):
    database.write_now(as_stored_before_boards_changed)
    ids = {row["body"]: row["id"] for row in rows(database, Partner)}
    apply(database, lead("U1", "Leeds"))  # the file need not name Norfolk
    found = days(database)
    assert found[CLOSED] == (BEGAN, date(2026, 3, 31))
    assert found[NEW] == (date(2026, 4, 1), None)
    assert {row["body"]: row["id"] for row in rows(database, Partner)}.items() >= ids.items()


def test_a_later_import_ends_a_partnership_that_ended(database):
    def as_stored_while_it_stood(session: Session) -> None:
        cumbria = known_partnerships()["Cumbria Safeguarding Children Partnership"]
        keep_partnerships(session, [cumbria])
        session.exec(select(Partnership)).one().valid_to = None
        for partner in session.exec(select(Partner)):
            partner.valid_to = None

    database.write_now(as_stored_while_it_stood)
    apply(database, lead("U1", "Cumberland"))
    ends = {row["name"].split()[0]: row["valid_to"] for row in rows(database, Partnership)}
    assert ends == {"Cumbria": date(2025, 3, 31), "Cumberland": None}
    assert [row["valid_to"] for row in rows(database, Partner) if row["partnership_id"] == 1] == [
        date(2025, 3, 31)
    ] * 5  # two councils, two boards, one force


def test_a_closed_board_owes_nothing_and_its_successor_starts_clean(database):
    make_review(
        database,
        post("U1", area="Norfolk", sector="health", body=CLOSED, starts=date(2025, 9, 1)),
        post("U2", area="Norfolk", sector="health", body=NEW),
    )
    asked = {row["post_id"] for row in rows(database, Prompt) if row["partner_id"] is not None}
    held = {row["id"]: row["person_id"] for row in rows(database, Post)}
    people = {row["id"]: row["slack_user_id"] for row in rows(database, Person)}
    assert {people[held[each]] for each in asked} == {"U2"}


def test_all_of_england_is_kept_once(database):
    """139 partnerships, with the 436 bodies of today and 42 boards' duties that closed."""

    def keep_all(session: Session) -> int:
        kept = keep_partnerships(session, all_partnerships(OPENING.date()))
        return sum(is_new for _, is_new in kept.values())

    assert database.write_now(keep_all) == 139
    stored = rows(database, Partner)
    assert (len(stored), sum(row["valid_to"] is None for row in stored)) == (478, 436)
    assert database.write_now(keep_all) == 0
    assert rows(database, Partner) == stored


def test_a_last_day_in_the_file_ends_the_post_and_no_other(database):
    apply(database, post("U1"), post("U2"))
    assert apply(database, post("U1", ends=date(2026, 10, 1))).posts == 0
    assert posts_of(database, "U1") == [(date(2026, 9, 1), date(2026, 10, 1))]
    assert posts_of(database, "U2") == [(date(2026, 9, 1), None)]


def test_a_post_that_the_file_leaves_out_stays(database):
    apply(database, post("U1"), post("U2"))
    apply(database, post("U1"))
    assert len(rows(database, Post)) == 2


def test_a_post_without_a_first_day_begins_today_and_stays_so(database):
    apply(database, post("U1", starts=None))
    apply(database, post("U1", starts=None), now=london(2026, 9, 20, 9))
    assert posts_of(database, "U1") == [(OPENING.date(), None)]


def test_a_post_may_be_held_again_later(database):
    apply(database, post("U1", ends=date(2026, 10, 1)))
    assert apply(database, post("U1", starts=date(2027, 1, 4))).posts == 1
    assert posts_of(database, "U1") == [
        (date(2026, 9, 1), date(2026, 10, 1)),
        (date(2027, 1, 4), None),
    ]


def test_a_last_day_before_the_stored_first_day_is_refused_and_nothing_is_changed(database):
    apply(database, post("U1", starts=date(2026, 10, 1)))
    with pytest.raises(VigilError, match="begins on 2026-10-01"):
        apply(database, lead("U2"), post("U1", starts=None, ends=date(2026, 9, 20)))
    assert posts_of(database, "U1") == [(date(2026, 10, 1), None)]
    assert posts_of(database, "U2") == []


def test_a_new_name_replaces_the_old_one(database):
    apply(database, post("U1", name="Before"))
    apply(database, post("U1", name="After"))
    assert [row["name"] for row in rows(database, Person)] == ["After"]


def test_the_emails_that_are_known_are_those_of_this_workspace(database):
    apply(database, post("U1"))
    assert database.read_now(emails_by_slack_user, team_id=TEAM) == {"U1": "u1@partners.example"}
    assert database.read_now(emails_by_slack_user, team_id="T0OTHER") == {}


# Newcomers


def test_a_partnership_that_comes_after_opening_is_asked_from_then_on(database):
    make_review(database, post("U1"))
    make_roster(database, post("U2", area="Leeds"), now=london(2026, 10, 5, 10))
    plan_now(database, now=OPENING)
    assert len(rows(database, Participation)) == 2
    prompts = database.read_now(
        lambda session: session.exec(
            select(Prompt.state, Prompt.reason)
            .join(Post, col(Post.id) == col(Prompt.post_id))
            .join(Person, col(Person.id) == col(Post.person_id))
            .where(Person.slack_user_id == "U2")
            .order_by(col(Prompt.planned_for))
        ).all()
    )
    past = (PromptState.SKIPPED, Reason.BEFORE_OPENING)
    assert [tuple(row) for row in prompts] == [past] * 2 + [(PromptState.PLANNED, None)] * 4


def test_a_partnership_is_not_admitted_to_a_campaign_that_was_opened_for_another_only(database):
    make_roster(database, post("U1"))
    from_files(database)
    database.write_now(open_campaign, key="october-review", year=2026, partnership="Birmingham", now=OPENING)  # fmt: skip
    make_roster(database, post("U2", area="Leeds"))
    assert len(rows(database, Participation)) == 1


def from_files(database: Database) -> None:
    database.write_now(keep_definitions, definitions=load_campaigns(), now=OPENING)


def test_a_colleague_who_comes_later_is_asked_at_the_coming_steps(database):
    make_review(database, post("U1"))
    make_roster(database, post("U2", starts=date(2026, 10, 5)), now=london(2026, 10, 5, 10))
    plan_now(database, now=OPENING)
    found = database.read_now(
        lambda session: session.exec(
            select(Prompt.planned_for).join(Post, col(Post.id) == col(Prompt.post_id)).join(Person, col(Person.id) == col(Post.person_id))
            .where(Person.slack_user_id == "U2").order_by(col(Prompt.planned_for))
        ).first()
    )  # fmt: skip
    assert found == london(2026, 10, 16, 9)


# In any order

PLAN = (
    post("U1"),
    post("U2"),
    post("U1", area="Solihull", sector="health"),
    post("U3", PostKind.DEPUTY),
    facilitator("U5"),
    facilitator("U6", region="London"),
    post("U2", area="Leeds", ends=date(2026, 10, 2)),
)


def the_plan(session: Session) -> set[tuple]:
    """The whole plan in words that do not depend on ids."""
    query = (
        select(Prompt, Person.slack_user_id, Partner.body, Partnership.name)
        .join(Post, col(Post.id) == col(Prompt.post_id))
        .join(Person, col(Person.id) == col(Post.person_id))
        .join(Partner, col(Partner.id) == col(Prompt.partner_id), isouter=True)
        .join(Partnership, col(Partnership.id) == col(Partner.partnership_id), isouter=True)
    )
    return {
        (user, name, body, prompt.step, prompt.planned_for, prompt.useful_until, prompt.state, prompt.reason)
        for prompt, user, body, name in session.exec(query)
    }  # fmt: skip


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=8
)
@given(st.permutations(PLAN), st.booleans())
def test_any_order_of_importing_gives_the_same_plan(
    sqlite_template, tmp_path_factory, order, one_by_one
):
    found = []
    for posts in (PLAN, order):
        path = tmp_path_factory.mktemp("order") / "vigil.sqlite"
        path.write_bytes(sqlite_template.read_bytes())
        database = Database(f"sqlite:///{path}")
        for some in [[one] for one in posts] if one_by_one else [posts]:
            make_roster(database, *some)
        open_review(database)
        found.append(database.read_now(the_plan))
        database.dispose()
    assert found[0] == found[1]
    assert len(found[0]) > 20
