"""The year's campaigns: kept by version, opened and closed for one partnership or for all."""

import pytest
from sqlmodel import select

from jobs.campaign_files import load_campaigns
from jobs.plan import plan_now
from storage.database import Database
from storage.errors import UnknownCampaign, VigilError
from storage.queries.campaigns import (
    campaigns,
    close_campaign,
    keep_definitions,
    open_campaign,
    school_year,
)
from storage.tables import Campaign, CampaignVersion, Participation, PlanRequest, Prompt, Round
from storage.vocabulary import CampaignState, PromptKind, PromptState
from tests.factories import OPENING, lead, london, make_roster, post

REVIEW = load_campaigns()[0]
WHICH = {"key": "october-review", "year": 2026}


@pytest.fixture
def database(database: Database) -> Database:
    """Birmingham and Leeds, and the review as a draft."""
    make_roster(database, post("U1"), post("U2", area="Leeds"), lead("U3"))
    database.write_now(keep_definitions, definitions=[REVIEW], now=OPENING)
    return database


def keep(database: Database, *, now=OPENING, **changes) -> None:
    changed = REVIEW.model_copy(update=changes)
    database.write_now(keep_definitions, definitions=[changed], now=now)


def start(database: Database, partnership: str | None = None, now=OPENING) -> int:
    return database.write_now(open_campaign, **WHICH, partnership=partnership, now=now)


def end(database: Database, partnership: str | None = None, now=OPENING) -> int:
    return database.write_now(close_campaign, **WHICH, partnership=partnership, now=now)


def count(database: Database, table) -> int:
    return len(database.read_now(lambda session: session.exec(select(table)).all()))


def reminders(database: Database) -> int:
    query = select(Prompt).where(Prompt.kind == PromptKind.REMINDER)
    return len(database.read_now(lambda session: session.exec(query).all()))


def state(database: Database) -> str:
    return database.read_now(lambda session: session.exec(select(Campaign.state)).one())


def states_of_participations(database: Database) -> list[str]:
    return database.read_now(
        lambda s: list(s.exec(select(Participation.state).order_by(Participation.partnership_id)))
    )


@pytest.mark.parametrize(
    ("now", "year"),
    [
        (london(2026, 8, 1), 2026),
        (london(2026, 7, 31, 23, 59), 2025),
        (london(2027, 1, 1), 2026),
        (london(2026, 12, 31), 2026),
    ],
)
def test_a_school_year_runs_from_1_august_in_london(now, year):
    assert school_year(now) == year


def test_a_definition_makes_a_draft_that_sends_nothing(database):
    [line] = database.read_now(campaigns)
    assert (line.key, line.school_year, line.state) == ("october-review", 2026, CampaignState.DRAFT)
    assert line.title == "October half-term review 2026 to 2027"
    assert (line.opened_at, line.closed_at, line.partnerships) == (None, None, 0)
    plan_now(database, now=OPENING)
    assert reminders(database) == count(database, Round) == 0


def test_keeping_the_same_again_changes_nothing(database):
    marks = count(database, PlanRequest)
    keep(database)
    assert count(database, Campaign) == count(database, CampaignVersion) == 1
    assert count(database, PlanRequest) == marks


def test_other_words_under_the_same_version_are_refused(database):
    with pytest.raises(VigilError) as refused:
        keep(database, ask="Something else.")
    assert str(refused.value) == (
        "october-review.toml: version 4 is in use with other words or steps. Give the changed file version = 5."
    )
    assert count(database, CampaignVersion) == 1


def test_a_part_that_is_new_to_vigil_does_not_change_what_is_stored(database):
    """An older Vigil stored the definition without the keys that a newer one gives a default."""

    def forget(session):
        version = session.exec(select(CampaignVersion)).one()
        fields = dict(version.definition)
        del fields["topics"]
        version.definition = fields
        session.add(version)

    database.write_now(forget)
    keep(database)
    assert count(database, CampaignVersion) == 1


def test_a_new_version_is_taken_by_a_campaign_that_is_not_closed(database):
    keep(database, version=5, title="The review")
    assert [line.title for line in database.read_now(campaigns)] == ["The review 2026 to 2027"]
    assert count(database, CampaignVersion) == 2


def test_a_closed_campaign_keeps_the_version_that_it_asked(database):
    start(database)
    end(database)
    keep(database, version=5, title="The review")
    assert [line.title for line in database.read_now(campaigns)] == [
        "October half-term review 2026 to 2027"
    ]


def test_the_next_year_has_a_campaign_of_its_own(database):
    keep(database, now=london(2027, 9, 6))
    assert [line.school_year for line in database.read_now(campaigns)] == [2027, 2026]


def test_opening_for_all_asks_every_partnership_once(database):
    assert start(database) == 2
    assert start(database) == 0
    assert state(database) == CampaignState.OPEN
    [line] = database.read_now(campaigns)
    assert (line.partnerships, line.opened_at) == (2, OPENING)


def test_opening_for_one_asks_that_one_and_leaves_the_campaign_a_draft(database):
    assert start(database, "Leeds Safeguarding Children Partnership") == 1
    assert state(database) == CampaignState.DRAFT
    plan_now(database, now=OPENING)
    assert count(database, Round) == 1
    assert reminders(database) == 6


def test_a_partnership_is_known_by_its_name_or_a_part_of_it(database):
    for words in ("leeds", " LEEDS ", "Leeds Safeguarding Children Partnership"):
        assert start(database, words) == 1
        assert end(database, words) == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("Nowhere", "No partnership is called 'Nowhere'"),
        ("Safeguarding", "More than one partnership is called 'Safeguarding'"),
    ],
)
def test_an_unclear_name_is_refused_and_nothing_changes(database, words, says):
    for act in (start, end):
        with pytest.raises(VigilError, match=says):
            act(database, words)
    assert state(database) == CampaignState.DRAFT
    assert count(database, Participation) == 0


def test_closing_one_ends_its_asking_only(database):
    start(database)
    assert end(database, "Birmingham") == 1
    assert end(database, "Birmingham") == 0
    assert states_of_participations(database) == ["closed", "open"]
    assert state(database) == CampaignState.OPEN


def test_closing_for_all_ends_all(database):
    start(database)
    plan_now(database, now=OPENING)
    assert end(database, now=london(2026, 10, 1)) == 2
    plan_now(database, now=OPENING)
    assert state(database) == CampaignState.CLOSED
    [line] = database.read_now(campaigns)
    assert (line.partnerships, line.closed_at) == (0, london(2026, 10, 1))
    states = database.read_now(lambda session: set(session.exec(select(Prompt.state))))
    assert states == {PromptState.CANCELLED}


def test_opening_again_goes_on_where_it_was(database):
    start(database)
    plan_now(database, now=OPENING)
    end(database)
    plan_now(database, now=OPENING)
    assert start(database, now=london(2026, 9, 8)) == 2
    plan_now(database, now=OPENING)
    [line] = database.read_now(campaigns)
    assert (line.state, line.opened_at, line.closed_at) == (CampaignState.OPEN, OPENING, None)
    states = database.read_now(lambda session: set(session.exec(select(Prompt.state))))
    assert states == {PromptState.PLANNED}


def test_newcomers_are_not_admitted_to_a_closed_campaign(database):
    start(database)
    end(database)
    make_roster(database, post("U5", area="Solihull"))
    assert count(database, Participation) == 2


def test_who_was_closed_stays_closed_when_others_come(database):
    start(database)
    end(database, "Birmingham")
    make_roster(database, post("U5", area="Solihull"))
    assert states_of_participations(database) == ["closed", "open", "open"]


def test_an_unknown_campaign_is_told_with_those_that_there_are(database):
    for act in (open_campaign, close_campaign):
        with pytest.raises(UnknownCampaign) as refused:
            database.write_now(act, key="easter", year=2026, partnership=None, now=OPENING)
        assert str(refused.value) == (
            "There is no campaign easter in 2026 to 2027. The campaigns are: october-review (2026)."
        )
