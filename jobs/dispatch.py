"""The one send path: claim, commit, send with no transaction open, record.

Whatever happens to the process between two of these lines, the next one finds the notice in the database
and goes on: a notice whose outcome is unknown is looked for in Slack before what it held is sent again.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from jobs.contents import content as content_of
from jobs.sending import SEND_TIMEOUT_SECONDS, OutcomeUnknown, SendDelayed, Sender, SendRefused
from jobs.verdicts import Later, Send, Skip, verdicts
from storage.clock import Clock, machine_now
from storage.database import Database
from storage.queries import due, outbox
from storage.read_models import ChangedDates, Content, Recipient, Reminder
from storage.vocabulary import NoticeState, PromptKind, Reason

log = logging.getLogger("vigil.dispatch")

#: How long a claim holds (machine time): several times the longest attempt, so that an attempt is over for
#: certain when somebody else takes the notice over.
LEASE = timedelta(seconds=4 * SEND_TIMEOUT_SECONDS)
#: A send that nobody answered is looked for when its connection has been given up for certain.
SETTLE_AFTER = timedelta(seconds=2 * SEND_TIMEOUT_SECONDS)
#: Slack's clock and ours may differ by so much when a message is looked for.
_CLOCKS_DIFFER = timedelta(minutes=5)
_BATCH = 50
_AT_ONCE = 20


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """What one claim found: the notices to send, and how many due prompts it looked at."""

    recipients: list[Recipient]
    looked_at: int


@dataclass(frozen=True, kw_only=True)
class Dispatch:
    """Sends what is due, settles what is unknown, and brings sent messages up to date."""

    database: Database
    sender: Sender
    clock: Clock

    async def run(self) -> None:
        """Go on until there is nothing left that can be done now."""
        while await self.database.read(
            outbox.has_work, now=self.clock.now(), machine=machine_now()
        ):
            expired = await self.database.write(
                outbox.take_over,
                machine=machine_now(),
                lease_until=machine_now() + LEASE,
                limit=_BATCH,
            )
            await self._each(self._settle, expired)
            claimed = await self.database.write(
                claim, now=self.clock.now(), lease_until=machine_now() + LEASE
            )
            await self._each(self._send, claimed.recipients)
            stale = await self.database.read(outbox.outdated, limit=_BATCH)
            updated = await self._each(self._update, stale)
            if not (expired or claimed.looked_at or any(updated)):
                return

    async def _each(
        self, act: Callable[[Recipient], Awaitable[None]], recipients: list[Recipient]
    ) -> list[bool]:
        """Whether each went well. One that fails never holds up the others."""
        limit = asyncio.Semaphore(_AT_ONCE)

        async def one(recipient: Recipient) -> bool:
            async with limit:
                try:
                    await act(recipient)
                except Exception:  # whatever it was, its lease brings the notice back
                    log.exception("notice failed", extra={"notice_id": recipient.notice_id})
                    return False
                return True

        return await asyncio.gather(*(one(recipient) for recipient in recipients))

    async def _send(self, recipient: Recipient) -> None:
        now = self.clock.now()
        content = await self.database.read(content_of, notice_id=recipient.notice_id, now=now)
        if isinstance(content, Reminder) and not content.is_wanted:
            await self._end(recipient, NoticeState.SKIPPED, Reason.REPLIED)
            return
        try:
            channel = recipient.channel or await self.sender.open_dm(
                team_id=recipient.team_id, slack_user_id=recipient.slack_user_id
            )
            await self.database.write(
                outbox.keep_channel,
                recipient=recipient,
                channel=channel,
                as_of=now,
                deadlines=_deadlines(content),
            )
            if machine_now() > recipient.lease_until - timedelta(seconds=SEND_TIMEOUT_SECONDS):
                return  # too little is left of the lease to be sure of the outcome within it
            message_ts = await self.sender.post(
                team_id=recipient.team_id,
                channel=channel,
                notice_id=recipient.notice_id,
                content=content,
            )
        except SendDelayed as delay:
            await self._pause(recipient, NoticeState.WAITING, timedelta(seconds=delay.seconds))
        except OutcomeUnknown:
            await self._pause(recipient, NoticeState.UNKNOWN, SETTLE_AFTER)
        except SendRefused as refusal:
            await self._end(
                recipient, NoticeState.FAILED, Reason.REFUSED_BY_SLACK, error=refusal.code
            )
        else:
            await self._record_sent(recipient, channel, message_ts)

    async def _settle(self, recipient: Recipient) -> None:
        """An attempt was cut short: if Slack has the message, record it; if not, what it held is due again."""
        try:
            message_ts = await self._find(recipient)
        except (SendDelayed, OutcomeUnknown) as error:
            seconds = error.seconds if isinstance(error, SendDelayed) else SEND_TIMEOUT_SECONDS
            await self._pause(recipient, NoticeState.UNKNOWN, timedelta(seconds=seconds))
            return
        if message_ts is not None and recipient.channel is not None:
            await self._record_sent(recipient, recipient.channel, message_ts)
        else:
            await self.database.write(outbox.release, notice_id=recipient.notice_id)
            log.info("notice released", extra={"notice_id": recipient.notice_id})

    async def _find(self, recipient: Recipient) -> str | None:
        if not recipient.may_be_sent or recipient.channel is None:
            return None
        return await self.sender.find(
            team_id=recipient.team_id,
            channel=recipient.channel,
            notice_id=recipient.notice_id,
            since=recipient.as_of - _CLOCKS_DIFFER,
        )

    async def _update(self, recipient: Recipient) -> None:
        """Replace a sent message by what is true now; a refusal ends the trying, the next change tries again."""
        if recipient.channel is None or recipient.message_ts is None:
            return
        content = await self.database.read(
            content_of, notice_id=recipient.notice_id, now=self.clock.now()
        )
        try:
            await self.sender.update(
                team_id=recipient.team_id,
                channel=recipient.channel,
                message_ts=recipient.message_ts,
                notice_id=recipient.notice_id,
                content=content,
            )
        except SendRefused as refusal:
            log.warning(
                "update refused",
                extra={"notice_id": recipient.notice_id, "slack_error": refusal.code},
            )
        await self.database.write(
            outbox.record_shown, notice_id=recipient.notice_id, changes=recipient.changes
        )

    async def _record_sent(self, recipient: Recipient, channel: str, message_ts: str) -> None:
        await self.database.write(
            outbox.record_sent,
            notice_id=recipient.notice_id,
            channel=channel,
            message_ts=message_ts,
            now=self.clock.now(),
        )
        log.info("notice sent", extra={"notice_id": recipient.notice_id, "kind": recipient.kind})

    async def _pause(self, recipient: Recipient, state: NoticeState, pause: timedelta) -> None:
        await self.database.write(
            outbox.record_pause,
            notice_id=recipient.notice_id,
            state=state,
            lease_until=machine_now() + pause,
        )
        log.info("notice paused", extra={"notice_id": recipient.notice_id, "state": state})

    async def _end(
        self, recipient: Recipient, state: NoticeState, reason: Reason, *, error: str | None = None
    ) -> None:
        await self.database.write(
            outbox.record_end,
            notice_id=recipient.notice_id,
            state=state,
            reason=reason,
            error=error,
        )
        log.info(
            "notice ended",
            extra={"notice_id": recipient.notice_id, "state": state, "slack_error": error},
        )


def _deadlines(content: Content) -> dict[int, date]:
    """The deadline that a message tells for each round that it is about."""
    if isinstance(content, Reminder | ChangedDates):
        return {item.standing.round_id: item.standing.deadline_day for item in content.items}
    return {}


def claim(session: Session, *, now: datetime, lease_until: datetime) -> Claimed:
    """Make notices of what is due and still wanted; end or postpone the rest. One transaction."""
    prompts = due.lock_due(session, now=now, people=_BATCH)
    wanted: dict[tuple[int, PromptKind], list[int]] = defaultdict(list)
    for prompt, ruling in verdicts(prompts, now=now):
        match ruling:
            case Send():
                wanted[prompt.person_id, prompt.kind].append(prompt.prompt_id)
            case Later(until):
                outbox.postpone(session, prompt_id=prompt.prompt_id, until=until)
            case Skip(reason):
                outbox.end_prompt(session, prompt_id=prompt.prompt_id, reason=reason)
    recipients = [
        outbox.make_notice(
            session,
            person_id=person_id,
            kind=kind,
            prompts=prompt_ids,
            now=now,
            lease_until=lease_until,
        )
        for (person_id, kind), prompt_ids in wanted.items()
    ]
    return Claimed(recipients=recipients, looked_at=len(prompts))
