"""A notice is sent once, whatever happens: two processes, kills, lost answers, refusals, the night."""

import asyncio
from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import update
from sqlmodel import Session, col, select

from bot.sender import render
from bot.workspace.blocks import checked_message_blocks
from jobs.dispatch import Dispatch
from jobs.plan import plan_now
from storage.areas import all_areas, partnership_of
from storage.calendar_models import GivenDates, TermEvent
from storage.clock import Clock, machine_now
from storage.database import Database
from storage.queries.campaigns import close_campaign
from storage.queries.term_dates import give
from storage.read_models import ChangedDates, Digest, Reminder
from storage.tables import Notice, Person, Prompt
from storage.vocabulary import UNSETTLED, Certainty, NoticeState, PostKind, PromptState, Reason
from tests.factories import (
    DONE,
    OPENING,
    TEAM,
    UNDER_WAY,
    facilitator,
    lead,
    london,
    make_review,
    make_roster,
    post,
    reply,
)
from tests.fakes import Fault, Killed, RecordingSender

FIRST_STEP = london(2026, 9, 11, 9)


@pytest.fixture
def sender() -> RecordingSender:
    return RecordingSender()


def dispatch(database: Database, sender: RecordingSender, at: datetime = FIRST_STEP) -> Dispatch:
    """A process that sends, at a moment of the story."""
    return Dispatch(database=database, sender=sender, clock=Clock(start=at, speed=0), team_id=TEAM)


async def killed(database: Database, sender: RecordingSender) -> None:
    """A process that is killed while it sends; afterwards its lease runs out."""
    await kill(dispatch(database, sender))
    assert states(database) == {PromptState.CLAIMED: 1}
    pauses_end(database)


async def kill(process: Dispatch) -> None:
    """The process ends in the middle of sending."""
    with pytest.raises(BaseExceptionGroup) as ended:
        await process.run()
    assert ended.group_contains(Killed)


def pauses_end(database: Database) -> None:
    """Let every lease and every pause run out; both are machine time."""
    past = machine_now() - timedelta(seconds=1)
    database.write_now(
        lambda session: session.exec(
            update(Notice).where(col(Notice.state).in_(UNSETTLED)).values(lease_until=past)
        )
    )


def due_now(session: Session) -> list[Prompt]:
    return list(
        session.exec(
            select(Prompt).where(
                (Prompt.due_at <= FIRST_STEP) | (Prompt.state != PromptState.PLANNED)
            )
        )
    )


def states(database: Database) -> Counter[str]:
    """How the prompts stand that are due at the first step, or have been dealt with."""
    return Counter(prompt.state for prompt in database.read_now(due_now))


def reasons(database: Database) -> set[str | None]:
    return {prompt.reason for prompt in database.read_now(due_now)}


def notices(database: Database) -> Counter[str]:
    return Counter(database.read_now(lambda session: session.exec(select(Notice.state)).all()))


# Once


async def test_what_is_due_is_sent_once_and_recorded(database, sender):
    make_review(database, post("U1"))
    await dispatch(database, sender).run()
    await dispatch(database, sender).run()
    [message] = sender.messages
    assert isinstance(message.content, Reminder)
    assert [item.standing.body for item in message.content.items] == ["West Midlands Police"]
    assert states(database) == {PromptState.SENT: 1}
    notice = database.read_now(lambda session: session.exec(select(Notice)).one())
    assert (notice.id, notice.channel, notice.message_ts) == (message.notice_id, "D-U1", message.ts)
    assert notice.sent_at == FIRST_STEP


async def test_before_it_is_due_nothing_is_sent(database, sender):
    make_review(database, post("U1"))
    await dispatch(database, sender, FIRST_STEP - timedelta(seconds=1)).run()
    assert sender.messages == []


async def test_who_answers_for_all_the_metropolitan_boroughs_gets_one_message(database, sender):
    boroughs = [area for area in all_areas() if area.police == "Metropolitan Police"]
    assert len(boroughs) == 32
    make_review(database, *(post("U0MET", area=area.name, body=area.police) for area in boroughs))
    await dispatch(database, sender).run()
    [message] = sender.messages
    assert isinstance(message.content, Reminder)
    assert {item.standing.partnership for item in message.content.items} == {
        partnership_of(area, on=OPENING.date()).name for area in boroughs
    }
    assert {item.standing.body for item in message.content.items} == {"Metropolitan Police"}
    rendered = render(message.content)
    assert len(rendered.blocks) <= 50
    assert len(rendered.text.encode()) <= 4000
    checked_message_blocks(rendered.blocks)
    for item in message.content.items:
        assert item.standing.partnership in rendered.whole_text


async def test_a_reminder_and_a_digest_are_two_messages(database, sender):
    make_review(database, post("U1"), facilitator("U1"))
    await dispatch(database, sender, london(2026, 9, 14, 9)).run()
    assert {type(message.content) for message in sender.messages} == {Reminder, Digest}


async def test_two_regions_of_one_facilitator_make_one_digest(database, sender):
    make_review(
        database, post("U1"), post("U2", area="Leeds"),
        facilitator("U9", region="West Midlands"), facilitator("U9", region="Yorkshire and The Humber"),
    )  # fmt: skip
    await dispatch(database, sender, london(2026, 9, 14, 9)).run()
    [message] = sender.to("U9")
    assert isinstance(message.content, Digest)


async def test_two_processes_at_once_send_to_each_person_once(database, database_url, sender):
    people = [f"U{number:02}" for number in range(50)]
    areas = ("Birmingham", "Coventry", "Leeds", "Solihull")
    make_review(database, *(post(user, area=area) for user in people for area in areas))
    other = Database(database_url)
    await asyncio.gather(dispatch(database, sender).run(), dispatch(other, sender).run())
    other.dispose()
    assert Counter(message.user for message in sender.messages) == dict.fromkeys(people, 1)
    assert all(len(message.content.items) == 4 for message in sender.messages)
    assert states(database) == {PromptState.SENT: 200}
    assert notices(database) == {NoticeState.SENT: 50}


async def test_the_channel_is_kept_for_the_next_message(database, sender):
    make_review(database, post("U1"))
    await dispatch(database, sender).run()
    person = database.read_now(lambda session: session.exec(select(Person)).one())
    assert person.dm_channel == "D-U1"


# Cut short


async def test_killed_after_sending_it_is_found_and_not_sent_again(database, sender):
    make_review(database, post("U1"))
    sender.faults["U1"] = [Fault.KILLED_AFTER]
    await killed(database, sender)
    await dispatch(database, sender).run()
    [message] = sender.messages
    assert sender.asked_for == [message.notice_id]
    assert states(database) == {PromptState.SENT: 1}
    assert notices(database) == {NoticeState.SENT: 1}


async def test_killed_before_sending_it_is_looked_for_and_sent_once(database, sender):
    make_review(database, post("U1"))
    sender.faults["U1"] = [Fault.KILLED_BEFORE]
    await killed(database, sender)
    await dispatch(database, sender).run()
    await dispatch(database, sender).run()
    assert len(sender.asked_for) == 1
    assert len(sender.to("U1")) == 1
    assert states(database) == {PromptState.SENT: 1}


async def test_while_its_lease_holds_nobody_else_takes_it(database, sender):
    make_review(database, post("U1"))
    sender.faults["U1"] = [Fault.KILLED_BEFORE]
    await kill(dispatch(database, sender))
    await dispatch(database, sender).run()
    assert sender.messages == []
    assert sender.asked_for == []


async def test_two_processes_settle_what_was_cut_short_once(database, database_url, sender):
    make_review(database, *(post(f"U{number}") for number in range(20)))
    for number in range(0, 20, 2):
        sender.faults[f"U{number}"] = [Fault.ANSWER_LOST]
        sender.faults[f"U{number + 1}"] = [Fault.MESSAGE_LOST]
    await dispatch(database, sender).run()
    pauses_end(database)
    other = Database(database_url)
    await asyncio.gather(dispatch(database, sender).run(), dispatch(other, sender).run())
    other.dispose()
    assert Counter(message.user for message in sender.messages) == {
        f"U{number}": 1 for number in range(20)
    }
    assert states(database) == {PromptState.SENT: 20}


async def test_an_answer_that_was_lost_is_settled_by_looking(database, sender):
    make_review(database, post("U1"))
    sender.faults["U1"] = [Fault.ANSWER_LOST]
    await dispatch(database, sender).run()
    assert notices(database) == {NoticeState.UNKNOWN: 1}
    pauses_end(database)
    await dispatch(database, sender).run()
    assert len(sender.to("U1")) == 1
    assert states(database) == {PromptState.SENT: 1}


async def test_a_message_that_was_lost_is_sent_after_looking(database, sender):
    make_review(database, post("U1"))
    sender.faults["U1"] = [Fault.MESSAGE_LOST]
    await dispatch(database, sender).run()
    assert sender.messages == []
    pauses_end(database)
    await dispatch(database, sender).run()
    assert len(sender.asked_for) == 1
    assert len(sender.to("U1")) == 1
    assert states(database) == {PromptState.SENT: 1}


@pytest.mark.parametrize("fault", [Fault.DELAYED, Fault.MESSAGE_LOST])
async def test_when_looking_fails_it_looks_again_and_does_not_send(database, sender, fault):
    make_review(database, post("U1"))
    sender.faults["U1"] = [Fault.ANSWER_LOST]
    sender.faults["find"] = [fault]
    await dispatch(database, sender).run()
    pauses_end(database)
    await dispatch(database, sender).run()
    assert notices(database) == {NoticeState.UNKNOWN: 1}
    pauses_end(database)
    await dispatch(database, sender).run()
    assert len(sender.asked_for) == 2
    assert len(sender.to("U1")) == 1
    assert states(database) == {PromptState.SENT: 1}


async def test_a_pause_that_slack_asks_for_is_kept_and_then_it_is_sent(database, sender):
    make_review(database, post("U1"), post("U2"))
    sender.faults["U1"] = [Fault.DELAYED]
    process = dispatch(database, sender)
    await process.run()
    await process.run()
    assert (
        sender.messages == []
    )  # the whole workspace's messages wait, and nothing is asked for meanwhile
    assert notices(database) == {NoticeState.WAITING: 2}
    pauses_end(database)
    await dispatch(database, sender).run()
    assert sorted(message.user for message in sender.messages) == ["U1", "U2"]
    assert sender.asked_for == []  # Slack took nothing: there is nothing to look for
    assert states(database) == {PromptState.SENT: 2}


async def test_one_refusal_fails_one_of_fifty(database, sender):
    make_review(database, *(post(f"U{number:02}") for number in range(50)))
    sender.faults["U25"] = [Fault.REFUSED]
    await dispatch(database, sender).run()
    await dispatch(database, sender).run()
    assert len(sender.messages) == len({message.user for message in sender.messages}) == 49
    assert states(database) == {PromptState.SENT: 49, PromptState.FAILED: 1}
    assert reasons(database) == {None, Reason.PERSON_UNREACHABLE}
    failed = database.read_now(
        lambda session: session.exec(select(Notice).where(Notice.state == NoticeState.FAILED)).one()
    )
    assert failed.error == "user_not_found"


async def test_a_mistake_in_one_notice_holds_up_no_other(database, sender, caplog):
    make_review(database, *(post(f"U{number}") for number in range(5)))
    sender.faults["U2"] = [Fault.BROKEN]
    await dispatch(database, sender).run()
    assert len(sender.messages) == 4
    assert "notice failed" in caplog.text
    pauses_end(database)
    await dispatch(database, sender).run()
    assert len(sender.messages) == 5
    assert states(database) == {PromptState.SENT: 5}


# Not at any time


async def test_a_first_tick_at_night_sends_nothing_until_9am_of_the_next_working_day(
    database, sender
):
    make_review(database, post("U1"))
    await dispatch(database, sender, london(2026, 9, 11, 23, 50)).run()
    await dispatch(database, sender, london(2026, 9, 12, 10)).run()
    await dispatch(database, sender, london(2026, 9, 14, 8, 59)).run()
    assert sender.messages == []
    await dispatch(database, sender, london(2026, 9, 14, 9)).run()
    assert len(sender.messages) == 1


async def test_office_hours_are_the_persons_own(database, sender):
    make_review(database, post("U1"))
    database.write_now(lambda session: session.exec(update(Person).values(zone="America/New_York")))
    await dispatch(database, sender).run()
    assert sender.messages == []
    await dispatch(database, sender, london(2026, 9, 11, 14)).run()
    assert len(sender.messages) == 1


async def test_after_long_downtime_only_the_step_that_is_still_useful_is_sent(database, sender):
    make_review(database, post("U1"))
    await dispatch(database, sender, london(2026, 10, 19, 10)).run()
    [message] = sender.messages
    assert [item.step_words for item in message.content.items] == ["1 week before the deadline"]
    assert states(database) == {PromptState.SENT: 1, PromptState.SKIPPED: 2}
    assert reasons(database) == {None, Reason.OVERTAKEN}


# No longer wanted


async def test_who_is_done_before_the_step_is_not_asked(database, sender):
    make_review(database, post("U1"))
    reply(database, "U1", DONE, at=london(2026, 9, 10, 10))
    await dispatch(database, sender).run()
    assert sender.messages == []
    assert reasons(database) == {Reason.DONE}


async def test_a_reply_short_of_done_satisfies_the_step_and_the_next_step_asks_again(
    database, sender
):
    make_review(database, post("U1"))
    reply(database, "U1", UNDER_WAY, at=FIRST_STEP + timedelta(minutes=1))
    await dispatch(database, sender, FIRST_STEP + timedelta(minutes=2)).run()
    assert sender.messages == []
    await dispatch(database, sender, london(2026, 10, 2, 9)).run()
    [message] = sender.messages
    assert message.content.items[0].standing.said is not None


async def test_a_reply_between_the_claim_and_the_sending_stops_the_message(database, sender):
    make_review(database, post("U1"))
    sender.faults["U1"] = [Fault.DELAYED]
    await dispatch(database, sender).run()
    reply(database, "U1", DONE, at=FIRST_STEP + timedelta(minutes=1))
    pauses_end(database)
    await dispatch(database, sender, FIRST_STEP + timedelta(minutes=2)).run()
    assert sender.messages == []
    assert states(database)[PromptState.SENT] == 0
    assert notices(database)[NoticeState.SENT] == 0


async def test_a_closed_campaign_sends_nothing_though_it_was_planned(database, sender):
    make_review(database, post("U1"))
    database.write_now(
        close_campaign, key="october-review", year=2026, partnership=None, now=OPENING
    )
    await dispatch(database, sender).run()
    assert sender.messages == []
    assert reasons(database) == {Reason.CAMPAIGN_CLOSED}


async def test_who_has_left_the_post_is_not_messaged(database, sender):
    make_review(database, post("U1"), post("U2"))
    make_roster(database, post("U1", ends=london(2026, 9, 10).date()))
    await dispatch(database, sender).run()
    assert [message.user for message in sender.messages] == ["U2"]


async def test_leads_and_deputies_are_not_reminded(database, sender):
    make_review(database, post("U1"), lead("U2"), post("U3", PostKind.DEPUTY))
    await dispatch(database, sender).run()
    assert [message.user for message in sender.messages] == ["U1"]


async def test_what_was_skipped_stays_skipped_when_it_is_planned_again(database, sender):
    """A post ends while the bot is down: dispatch skips the step, and planning must not bring it back."""
    make_review(database, post("U1", ends=london(2026, 9, 14).date()))
    await dispatch(database, sender, london(2026, 9, 15, 10)).run()
    assert reasons(database) == {Reason.POST_ENDED}
    plan_now(database, now=OPENING)
    assert not plan_now(database, now=OPENING)
    assert states(database)[PromptState.PLANNED] == 0


# Kept up to date


async def test_a_reply_makes_the_message_a_receipt(database, sender):
    make_review(database, post("U1"), post("U2"))
    await dispatch(database, sender).run()
    reply(database, "U1", UNDER_WAY, at=FIRST_STEP + timedelta(hours=1))
    await dispatch(database, sender, FIRST_STEP + timedelta(hours=1)).run()
    assert len(sender.messages) == 2
    for message in sender.messages:  # a colleague's message tells it as well
        assert message.updates == 1
        [item] = message.content.items
        assert item.standing.said.answers == UNDER_WAY
    await dispatch(database, sender, FIRST_STEP + timedelta(hours=2)).run()
    assert [message.updates for message in sender.messages] == [1, 1]


async def test_a_reply_that_another_machine_took_is_shown_though_its_clock_is_ahead(
    database, sender
):
    make_review(database, post("U1"))
    await dispatch(database, sender).run()
    reply(database, "U1", UNDER_WAY, at=FIRST_STEP + timedelta(seconds=3))
    await dispatch(database, sender, FIRST_STEP + timedelta(seconds=1)).run()
    [item] = sender.messages[0].content.items
    assert item.standing.said.answers == UNDER_WAY


async def test_a_reply_that_comes_while_a_message_is_updated_is_shown_next(database, sender):
    make_review(database, post("U1"))
    await dispatch(database, sender).run()
    reply(database, "U1", UNDER_WAY, at=FIRST_STEP)
    post_update = sender.update

    async def update(**given) -> None:
        """Somebody replies while Slack takes the update; only once."""
        if not sender.messages[0].updates:
            reply(database, "U1", DONE, at=FIRST_STEP, key="meanwhile")
        await post_update(**given)

    sender.update = update
    await dispatch(database, sender).run()
    [item] = sender.messages[0].content.items
    assert item.standing.said.answers == DONE
    assert sender.messages[0].updates == 2


async def test_an_update_is_made_at_night_too_since_it_rings_no_bell(database, sender):
    make_review(database, post("U1"))
    await dispatch(database, sender).run()
    reply(database, "U1", DONE, at=london(2026, 9, 11, 23))
    await dispatch(database, sender, london(2026, 9, 11, 23)).run()
    assert sender.messages[0].updates == 1


@pytest.mark.parametrize("fault", [Fault.DELAYED, Fault.MESSAGE_LOST])
async def test_an_update_that_fails_is_made_later(database, sender, fault):
    make_review(database, post("U1"))
    await dispatch(database, sender).run()
    reply(database, "U1", DONE, at=FIRST_STEP)
    sender.faults["update U1"] = [fault]
    await dispatch(database, sender).run()
    assert sender.messages[0].updates == 0
    await dispatch(database, sender).run()
    assert sender.messages[0].updates == 1


async def test_an_update_that_is_refused_is_given_up(database, sender):
    make_review(database, post("U1"))
    await dispatch(database, sender).run()
    reply(database, "U1", DONE, at=FIRST_STEP)
    sender.faults["update U1"] = [Fault.REFUSED]
    await dispatch(database, sender).run()
    await dispatch(database, sender).run()
    assert sender.messages[0].updates == 0


# Changed dates


def council_says(database: Database, last_day: date) -> None:
    """Birmingham's half-term begins after another day, and that is planned."""
    given = GivenDates(
        la_code="330",
        event=TermEvent.OCTOBER_HALF_TERM,
        school_year=2026,
        start=last_day + timedelta(days=1),
        end=last_day + timedelta(days=8),
        last_day=last_day,
        source="council page",
    )
    certain = Certainty.COUNCIL
    database.write_now(
        give, dates=[given], certainty=certain, said_by="administrator", now=FIRST_STEP
    )
    plan_now(database, now=FIRST_STEP)


async def test_news_of_a_date_waits_until_it_is_known_what_the_message_before_has_told(
    database, sender
):
    make_review(database, post("U1"))
    sender.faults["U1"] = [Fault.ANSWER_LOST]
    await dispatch(database, sender).run()
    council_says(database, date(2026, 10, 22))
    await dispatch(database, sender).run()
    assert [type(message.content) for message in sender.messages] == [Reminder]
    pauses_end(database)
    await dispatch(database, sender).run()
    assert [type(message.content) for message in sender.messages] == [Reminder, ChangedDates]
    [item] = sender.messages[1].content.items
    assert (item.told, item.standing.deadline_day) == (date(2026, 10, 23), date(2026, 10, 22))


async def test_a_message_on_its_way_that_tells_the_new_date_is_news_enough(database, sender):
    make_review(database, post("U1"))
    sender.faults["U1"] = [Fault.MESSAGE_LOST]
    await dispatch(database, sender).run()
    council_says(database, date(2026, 10, 22))
    pauses_end(database)
    await dispatch(database, sender).run()
    await dispatch(database, sender).run()
    [message] = sender.messages
    assert message.content.items[0].standing.deadline_day == date(2026, 10, 22)


# Digests


async def test_a_digest_is_sent_each_week_though_nothing_changed(database, sender):
    make_review(database, post("U1"), facilitator("U9"))
    for day in (14, 21, 28):
        await dispatch(database, sender, london(2026, 9, day, 9)).run()
    digests = [message.content for message in sender.to("U9")]
    assert [digest.since for digest in digests] == [
        None, london(2026, 9, 14, 9), london(2026, 9, 21, 9),
    ]  # fmt: skip


async def test_a_digest_that_failed_is_not_the_one_that_the_next_compares_with(database, sender):
    make_review(database, post("U1"), facilitator("U9"))
    sender.faults["U9"] = [Fault.REFUSED]
    await dispatch(database, sender, london(2026, 9, 14, 9)).run()
    await dispatch(database, sender, london(2026, 9, 21, 9)).run()
    [message] = sender.to("U9")
    assert message.content.since is None


async def test_a_digest_of_a_bank_holiday_monday_comes_on_tuesday(database, sender):
    make_review(database, post("U1"), facilitator("U9"), now=london(2026, 12, 21, 10))
    await dispatch(database, sender, london(2026, 12, 28, 9)).run()
    assert sender.to("U9") == []
    await dispatch(database, sender, london(2026, 12, 29, 9)).run()
    assert len(sender.to("U9")) == 1
