"""Dates, posts and replies come in any order, with planning in between or not: the plan ends the same."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from jobs.plan import plan_now
from storage.calendar_models import GivenDates, TermEvent
from storage.database import Database
from storage.queries.term_dates import give
from storage.tables import Partner, Person, Post, Prompt, Round
from storage.vocabulary import Certainty, PromptState
from tests.factories import (
    DONE,
    OPENING,
    facilitator,
    lead,
    make_review,
    make_roster,
    post,
    reply,
)

Act = Callable[[Database], None]


def dates(la_code: str, start: date, end: date, last_day: date) -> Act:
    given_dates = GivenDates(
        la_code=la_code,
        event=TermEvent.OCTOBER_HALF_TERM,
        school_year=2026,
        start=start,
        end=end,
        last_day=last_day,
        source="council page",
    )

    def act(database: Database) -> None:
        database.write_now(
            give,
            dates=[given_dates],
            certainty=Certainty.COUNCIL,
            said_by="administrator",
            now=OPENING,
        )

    return act


def more_people(database: Database) -> None:
    make_roster(
        database,
        post("U3", sector="health"),
        post("U2", sector="health", ends=date(2026, 10, 20)),
        post("U6", area="Rutland", sector="local_government", body="Rutland council"),
        facilitator("U8", "health"),
    )


def is_done(database: Database) -> None:
    reply(database, "U1", DONE)


def is_under_way(database: Database) -> None:
    reply(database, "U5", body="Leicestershire Police")


ACTS: tuple[Act, ...] = (
    dates("330", date(2026, 10, 19), date(2026, 10, 30), date(2026, 10, 15)),
    dates("855", date(2026, 10, 19), date(2026, 10, 23), date(2026, 10, 16)),
    dates("857", date(2026, 11, 2), date(2026, 11, 6), date(2026, 10, 30)),
    more_people,
    is_done,
    is_under_way,
)


@pytest.fixture(scope="module")
def begun(sqlite_template: Path, tmp_path_factory) -> Path:
    """Birmingham's police and Leicestershire's, asked in the October review."""
    path = tmp_path_factory.mktemp("begun") / "begun.sqlite"
    shutil.copy(sqlite_template, path)
    database = Database(f"sqlite:///{path}")
    make_review(
        database,
        post("U1"),
        post("U2", sector="health"),
        post("U5", area="Leicestershire"),
        lead("U7", "Rutland"),
        facilitator("U9"),
    )
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.dispose()
    return path


Line = tuple[str, str | None, str | None, str, datetime, datetime]


def what_is_planned(session: Session) -> set[Line]:
    """By person, body, round and step, since ids follow the order of importing."""
    rows = session.exec(
        select(Prompt, Person, Partner, Round)
        .join(Post, Post.id == Prompt.post_id)
        .join(Person, Person.id == Post.person_id)
        .join(Partner, Partner.id == Prompt.partner_id, isouter=True)
        .join(Round, Round.id == Prompt.round_id, isouter=True)
        .where(Prompt.state == PromptState.PLANNED)
    )
    return {
        (
            person.slack_user_id,
            partner.body if partner else None,
            round_.key if round_ else None,
            prompt.step,
            prompt.due_at,
            prompt.useful_until,
        )
        for prompt, person, partner, round_ in rows
    }


def rounds(session: Session) -> set[tuple[object, ...]]:
    return {
        (row.participation_id, row.key, row.deadline_day, row.quiet_from, row.quiet_to)
        for row in session.exec(select(Round).where(~Round.withdrawn))
    }


def after(begun: Path, folder: Path, acts: Iterator[tuple[Act, bool]]) -> tuple[object, object]:
    path = folder / "vigil.sqlite"
    shutil.copy(begun, path)
    database = Database(f"sqlite:///{path}")
    for act, plans in acts:
        act(database)
        if plans:
            plan_now(database, now=OPENING)
    plan_now(database, now=OPENING)
    assert not plan_now(database, now=OPENING)
    found = database.read_now(what_is_planned), database.read_now(rounds)
    database.dispose()
    return found


@pytest.fixture(scope="module")
def one_order(begun: Path, tmp_path_factory) -> tuple[object, object]:
    """The plan after each act in its order, planned once at the end."""
    return after(begun, tmp_path_factory.mktemp("one"), ((act, False) for act in ACTS))


@settings(max_examples=25)
@given(order=st.permutations(ACTS), plans=st.lists(st.booleans(), min_size=6, max_size=6))
def test_any_order_of_importing_ends_in_the_same_plan(
    begun: Path, one_order, tmp_path_factory, order, plans
):
    folder = tmp_path_factory.mktemp("order")
    assert after(begun, folder, zip(order, plans, strict=True)) == one_order


def test_that_plan_is_not_an_empty_one(begun: Path, tmp_path: Path):
    planned, found = after(begun, tmp_path, ((act, True) for act in ACTS))
    assert {line[0] for line in planned} == {"U2", "U3", "U5", "U6", "U7", "U8", "U9"}
    assert {(deadline, quiet) for _, _, deadline, quiet, _ in found} == {
        (date(2026, 10, 15), date(2026, 10, 19)),
        (date(2026, 10, 16), date(2026, 10, 19)),
    }
