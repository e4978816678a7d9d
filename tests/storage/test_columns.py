"""An instant goes in with its zone and comes back in UTC, the same on both databases."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import StatementError
from sqlmodel import Session, select

from storage.clock import LONDON
from storage.database import Database
from storage.tables import Campaign, CampaignVersion

offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
zones = st.sampled_from(["Europe/London", "America/New_York", "Asia/Kolkata"]).map(ZoneInfo)
instants = st.datetimes(
    min_value=datetime(1900, 1, 2, tzinfo=UTC).replace(tzinfo=None),
    max_value=datetime(2200, 1, 1, tzinfo=UTC).replace(tzinfo=None),
    timezones=offsets | zones,
)
NAIVE = datetime(2026, 10, 25, 1, 30, tzinfo=UTC).replace(tzinfo=None)


def kept(session: Session, instant: datetime) -> datetime | None:
    version = CampaignVersion(campaign_key="a", version=1, definition={})
    session.add(version)
    session.flush()
    session.add(Campaign(key="a", school_year=2026, version_id=version.id, opened_at=instant))
    session.flush()
    session.expunge_all()
    found = session.exec(select(Campaign.opened_at)).one()
    session.rollback()
    return found


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(instants)
def test_any_instant_comes_back_as_it_was_in_utc(database: Database, instant: datetime):
    found = database.read_now(kept, instant)
    assert found == instant.astimezone(UTC)
    assert found.tzinfo is UTC or found.utcoffset() == timedelta(0)


def test_half_past_one_in_london_is_kept_on_both_sides_of_the_clock_change(database: Database):
    first = datetime(2026, 10, 25, 1, 30, tzinfo=LONDON)
    second = first.replace(fold=1)
    assert database.read_now(kept, first) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert database.read_now(kept, second) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_a_time_without_a_zone_is_refused(database: Database):
    with pytest.raises(StatementError, match="An instant needs a zone"):
        database.read_now(kept, NAIVE)


def test_a_time_without_a_zone_is_refused_in_a_question_too(database: Database):
    with pytest.raises(StatementError, match="An instant needs a zone"):
        database.read_now(
            lambda session: session.exec(select(Campaign).where(Campaign.opened_at == NAIVE)).all()
        )
