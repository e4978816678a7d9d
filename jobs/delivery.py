"""One notice on its way: sending it, settling it where nobody knows, and bringing it up to date.

Whatever happens to the process between two of these lines, the next one finds the notice in the database
and goes on: a notice whose outcome is unknown is looked for in Slack before what it held is sent again.
"""

import logging
import random
from collections.abc import Awaitable
from datetime import date, timedelta
from typing import Final

from jobs.calls import TOKEN_PAUSE, Calls
from jobs.contents import contents
from jobs.ledger import Ledger
from jobs.measures import LATENESS, NOTICES
from jobs.sending import Call, Looked, OutcomeUnknown, Refused, SendDelayed, Sender, SendRefused
from storage.clock import Clock
from storage.database import Database
from storage.queries import outcomes
from storage.read_models import (
    ChangedDates,
    Content,
    Escalation,
    HandingOver,
    Recipient,
    Reminder,
)
from storage.vocabulary import NoticeState, Reason

log = logging.getLogger("vigil.delivery")

#: Slack's clock and ours may differ by so much when a message is looked for. A clock that is an hour ahead would look
#: only where the message is not, and it would be sent again; a day of one conversation is rarely more than a page.
_CLOCKS_DIFFER: Final = timedelta(days=1)
#: So often is sending tried where no answer comes and nothing arrives; with the pauses between, some four hours.
MOST_ATTEMPTS: Final = 12
_LONGEST_PAUSE: Final = 1800.0
_FIRST_PAUSE: Final = 5.0
_REASONS: Final = {
    Refused.PERSON: Reason.PERSON_UNREACHABLE,
    Refused.MESSAGE: Reason.REFUSED_BY_SLACK,
    Refused.SCOPE: Reason.TOKEN_REFUSED,
    Refused.TOKEN: Reason.TOKEN_REFUSED,
}


class Delivery:
    """Brings the notices of one workspace to an end, one at a time."""

    def __init__(
        self,
        *,
        database: Database,
        sender: Sender,
        clock: Clock,
        calls: Calls,
        send_timeout: float,
    ) -> None:
        """`send_timeout`: no call of the sender lasts longer (seconds of machine time)."""
        self._database = database
        self._sender = sender
        self._clock = clock
        self._calls = calls
        self._send_timeout = send_timeout
        self._ledger = Ledger(database)

    async def send(self, recipient: Recipient, content: Content, *, start_before: float) -> None:
        """Send it, if it can be begun before that moment (monotonic): after it, the lease may be over."""
        if isinstance(content, Reminder | Escalation | HandingOver) and content.not_wanted:
            await self._end(recipient, NoticeState.SKIPPED, content.not_wanted)
            return
        try:
            channel = await self._channel(recipient)
            await self._keep_deadlines(recipient, content)
            message_ts = await self._post(recipient, channel, content, start_before)
        except SendDelayed as delay:
            await self._pause(recipient, NoticeState.WAITING, delay.seconds)
        except OutcomeUnknown as error:
            await self._unknown(recipient, error)
        except SendRefused as refusal:
            await self._refused(recipient, refusal)
        else:
            await self._record_sent(recipient, channel, message_ts)

    async def settle(self, recipient: Recipient) -> None:
        """An attempt was cut short: if Slack has the message, record it; if not, what it held is due again."""
        if not recipient.may_be_sent or recipient.channel is None:
            await self.hand_back(recipient)
            return
        try:
            message_ts = await self._find(recipient, recipient.channel)
        except (SendDelayed, OutcomeUnknown) as error:
            await self._pause(recipient, NoticeState.UNKNOWN, self._seconds(error, recipient))
        except SendRefused as refusal:
            await self._cannot_look(recipient, refusal)
        else:
            if message_ts is not None:
                await self._record_sent(recipient, recipient.channel, message_ts)
            elif recipient.attempts >= MOST_ATTEMPTS:
                await self._end(recipient, NoticeState.FAILED, Reason.NO_ANSWER)
            else:
                await self.hand_back(recipient, attempts=recipient.attempts)

    async def update(self, recipient: Recipient) -> None:
        """Replace a sent message by what is true now; a refusal ends the trying, the next change tries again."""
        if recipient.channel is None or recipient.message_ts is None:
            return
        found = await self._database.read(contents, recipients=[recipient], now=self._clock.now())
        channel, message_ts = recipient.channel, recipient.message_ts
        try:
            await self._calls.make(
                Call.UPDATE,
                lambda: self._sender.update(
                    team_id=recipient.team_id,
                    channel=channel,
                    message_ts=message_ts,
                    notice_id=recipient.notice_id,
                    content=found[recipient.notice_id],
                ),
            )
        except SendRefused as refusal:
            if refusal.what is Refused.TOKEN:
                raise
        await self._ledger.record(
            outcomes.record_shown, notice_id=recipient.notice_id, changes=recipient.changes
        )

    async def hand_back(self, recipient: Recipient, *, attempts: int | None = None) -> None:
        """Slack does not have it: what it held is due again, after so many attempts that may have reached Slack."""
        tried = recipient.attempts - 1 if attempts is None else attempts
        await self._ledger.record(outcomes.release, notice_id=recipient.notice_id, attempts=tried)
        log.info("notice released", extra={"notice_id": recipient.notice_id})

    async def _channel(self, recipient: Recipient) -> str:
        if recipient.channel is not None:
            return recipient.channel
        channel = await self._calls.make(
            Call.OPEN_DM,
            lambda: self._sender.open_dm(
                team_id=recipient.team_id, slack_user_id=recipient.slack_user_id
            ),
        )
        await self._ledger.record(
            outcomes.keep_channel,
            notice_id=recipient.notice_id,
            person_id=recipient.person_id,
            channel=channel,
        )
        return channel

    async def _keep_deadlines(self, recipient: Recipient, content: Content) -> None:
        """What the message tells is what was kept at the claim, unless dates have changed since."""
        deadlines = _deadlines(content)
        if deadlines != recipient.deadlines:
            await self._ledger.record(
                outcomes.keep_deadlines, notice_id=recipient.notice_id, deadlines=deadlines
            )

    async def _post(
        self, recipient: Recipient, channel: str, content: Content, start_before: float
    ) -> str:
        def post() -> Awaitable[str]:
            return self._sender.post(
                team_id=recipient.team_id,
                channel=channel,
                notice_id=recipient.notice_id,
                content=content,
                # after it too little is left of the lease to be sure of the outcome within it
                leaves_before=start_before,
            )

        return await self._calls.make(Call.POST, post, channel=channel)

    async def _find(self, recipient: Recipient, channel: str) -> str | None:
        """Look through the conversation, a page at a time; how far it went outlives this process."""
        looked = Looked(back_to=recipient.looked_back_to)
        while True:
            before = looked.back_to
            looked = await self._calls.make(
                Call.FIND,
                lambda before=before: self._sender.find(  # type: ignore[misc]  # bound at each turn
                    team_id=recipient.team_id,
                    channel=channel,
                    notice_id=recipient.notice_id,
                    since=recipient.as_of - _CLOCKS_DIFFER,
                    before=before,
                ),
            )
            if looked.message_ts is not None or looked.back_to is None:
                return looked.message_ts
            await self._ledger.record(
                outcomes.record_looked, notice_id=recipient.notice_id, back_to=looked.back_to
            )

    async def _cannot_look(self, recipient: Recipient, refusal: SendRefused) -> None:
        """Never twice comes first: what cannot be looked for is not sent again, and somebody is told (ADR 12)."""
        if refusal.what is Refused.TOKEN:
            await self._pause(recipient, NoticeState.UNKNOWN, TOKEN_PAUSE)
            return
        log.error(
            "history cannot be read: a notice stays unknown",
            extra={"notice_id": recipient.notice_id, "slack_error": refusal.code},
        )
        await self._end(recipient, NoticeState.FAILED, Reason.OUTCOME_UNKNOWN, error=refusal.code)

    async def _unknown(self, recipient: Recipient, error: OutcomeUnknown) -> None:
        """Wait until no answer can come any more for certain; a notice whose channel is not stored was not posted."""
        NOTICES.labels(recipient.kind, NoticeState.UNKNOWN).inc()
        pause = 2 * self._send_timeout + self._seconds(error, recipient)
        await self._pause(recipient, NoticeState.UNKNOWN, pause)

    async def _refused(self, recipient: Recipient, refusal: SendRefused) -> None:
        await self._end(recipient, NoticeState.FAILED, _REASONS[refusal.what], error=refusal.code)

    async def _record_sent(self, recipient: Recipient, channel: str, message_ts: str) -> None:
        now = self._clock.now()
        sent = outcomes.Sent(
            notice_id=recipient.notice_id, channel=channel, message_ts=message_ts, now=now
        )
        await self._ledger.record_together(outcomes.record_sent, sent)
        NOTICES.labels(recipient.kind, NoticeState.SENT).inc()
        if recipient.due_at is not None:
            LATENESS.observe(max((now - recipient.due_at).total_seconds(), 0.0))
        log.info("notice sent", extra={"notice_id": recipient.notice_id, "kind": recipient.kind})

    async def _pause(self, recipient: Recipient, state: NoticeState, seconds: float) -> None:
        await self._ledger.record(
            outcomes.record_pause,
            notice_id=recipient.notice_id,
            state=state,
            pause=timedelta(seconds=seconds),
        )
        log.info("notice paused", extra={"notice_id": recipient.notice_id, "state": state})

    async def _end(
        self, recipient: Recipient, state: NoticeState, reason: Reason, *, error: str | None = None
    ) -> None:
        await self._ledger.record(
            outcomes.record_end,
            notice_id=recipient.notice_id,
            state=state,
            reason=reason,
            error=error,
        )
        NOTICES.labels(recipient.kind, state).inc()
        facts = {"notice_id": recipient.notice_id, "state": state, "slack_error": error}
        log.log(
            logging.ERROR if state is NoticeState.FAILED else logging.INFO,
            "notice ended",
            extra={**facts, "reason": reason},
        )

    def _seconds(self, error: SendDelayed | OutcomeUnknown, recipient: Recipient) -> float:
        """As long as Slack says; without an answer longer after each attempt, and never all at once."""
        if isinstance(error, SendDelayed):
            return error.seconds
        longest = min(_FIRST_PAUSE * 2.0**recipient.attempts, _LONGEST_PAUSE)
        return longest * random.uniform(0.5, 1)  # noqa: S311 - spreads retries, guards nothing


def _deadlines(content: Content) -> dict[int, date]:
    """The deadline that a message tells for each round that it is about."""
    if isinstance(content, Reminder | ChangedDates):
        return {item.standing.round_id: item.standing.deadline_day for item in content.items}
    return {}
