"""A process that comes late changes nothing of what another has found out meanwhile."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from storage.clock import machine_now
from storage.database import Database
from storage.queries import outcomes
from storage.tables import Notice, Person
from storage.vocabulary import NoticeState, PromptKind, Reason
from tests.factories import OPENING, make_roster, post

LATE = {
    "a pause": (outcomes.record_pause, {"state": NoticeState.UNKNOWN, "pause": timedelta(0)}),
    "a refusal": (
        outcomes.record_end,
        {"state": NoticeState.FAILED, "reason": Reason.REFUSED_BY_SLACK, "error": "msg_too_long"},
    ),
    "a release": (outcomes.release, {"attempts": 1}),
}


def sent_notice(session: Session) -> None:
    """A notice that another process has found in Slack."""
    session.add(
        Notice(
            id="N1",
            person_id=session.exec(select(Person.id)).one(),
            kind=PromptKind.REMINDER,
            state=NoticeState.SENT,
            lease_until=machine_now(),
            as_of=OPENING,
            channel="D1",
            message_ts="1789000000.000001",
        )
    )


@pytest.mark.parametrize("what", LATE)
def test_what_was_found_in_slack_stays_sent_when_who_claimed_it_comes_late(
    database: Database, what: str
):
    make_roster(database, post("U1"))
    database.write_now(sent_notice)
    write, facts = LATE[what]
    database.write_now(write, notice_id="N1", **facts)
    notice = database.read_now(lambda session: session.exec(select(Notice)).one())
    assert (notice.state, notice.error) == (NoticeState.SENT, None)
