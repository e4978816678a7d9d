"""What `vigil preview` says will be sent is what is sent; told over the wire."""

from collections import Counter
from datetime import datetime

from sqlmodel import Session, select

from bot.sample import TEAM_ID
from jobs.plan import plan_now
from storage.clock import LONDON
from storage.queries.lead_dates import take
from storage.queries.preview import foreseen
from storage.read_models import SaidDates
from storage.tables import Participation, Partner, Round
from storage.vocabulary import PromptState
from tests.factories import lead, london, post
from tests.flows.moves import join
from tests.flows.story import Story

FROM, TO = london(2026, 9, 22), london(2026, 11, 9)


async def test_the_notices_of_seven_weeks_are_exactly_those_in_the_preview(story: Story):
    ends = london(2026, 10, 5).date()
    await join(
        story,
        post("U0POLICE", area="Solihull", name="Police respondent, Birmingham"),
        post("U0LEAVES", area="Solihull", sector="health", ends=ends),
        lead("U0SOLIHULL", area="Solihull"),
    )
    await story.to(london(2026, 9, 19, 12))
    given = SaidDates(
        la_code="330", first_day="2026-10-19", last_day="2026-10-30", last_school_day="2026-10-16"
    )
    story.database.write_now(
        take,
        team_id=TEAM_ID,
        slack_user_id="U0LEAD",
        round_id=_round_of(story),
        given=given,
        now=story.clock.now(),
    )
    plan_now(story.database, now=story.clock.now())
    await story.to(FROM)
    expected = Counter(
        (notice.at, notice.slack_user_id)
        for notice in story.database.read_now(foreseen, since=FROM, until=TO)
        if notice.state == PromptState.PLANNED
    )
    assert max(expected.values()) == 1  # one message for all that somebody is owed
    log = story.workspace.installations[TEAM_ID].log
    before = len(log.accepted)
    await story.to(TO)
    sent = Counter(
        (_moment(entry["ts"]), _whose(story, entry["arguments"]["channel"]))
        for entry in list(log.accepted)[before:]
        if entry["method"] == "chat.postMessage"
    )
    assert sent == expected
    days = {at.astimezone(LONDON).date() for at, _ in sent}
    assert london(2026, 11, 2).date() in days
    assert all(at.astimezone(LONDON).hour == 9 for at, _ in sent)
    assert not any(user == "U0LEAVES" and at.date() > ends for at, user in sent)


def _moment(ts: str) -> datetime:
    return datetime.fromtimestamp(int(ts.partition(".")[0]), tz=LONDON)


def _whose(story: Story, channel: str) -> str:
    workspace = story.workspace.installations[TEAM_ID].workspace
    members = workspace.conversations[channel].members
    return next(user for user in members if user != "U0VIGIL")


def _round_of(story: Story) -> int:
    def find(session: Session) -> int:
        partner = select(Partner.partnership_id).where(Partner.body == "Birmingham council")
        asked = select(Round.id).join(Participation)
        found = asked.where(Participation.partnership_id == session.exec(partner).one())
        return session.exec(found).one() or 0

    return story.database.read_now(find)
