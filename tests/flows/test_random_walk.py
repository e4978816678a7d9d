"""Several people press, fill in, put off and look in any order while the clock goes on; the promises hold after each step.

One round in two partnerships, over the wire. Promise 1: no message twice. 5: every reply that was taken is kept as it
was, in order, and once, however often it is pressed or delivered. 6: nobody reads of the other partnership. 8: Slack
refuses nothing, and what people typed mentions nobody. The numbers are those of architecture.md, section 4.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from shutil import copy
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from bot.sample import STARTS_AT, TEAM_ID, make_sample
from bot.workspace.content.workspace import Message
from bot.workspace.faults import CallLog, Fault
from bot.workspace.installation import Installation
from storage.clock import LONDON
from storage.database import Database
from storage.vocabulary import PostKind
from tests.bot.workspace.every_call import slipped_past
from tests.factories import lead, post
from tests.flows.moves import DONE, UNDER_WAY, join, replies
from tests.flows.running import running
from tests.flows.story import Story, eventually

BIRMINGHAM = ("U0COUNCIL", "U0HEALTH", "U0POLICE", "U0POLDEP", "U0LEAD")
SOLIHULL = ("U0SOLPOL", "U0SOLLEAD")
EVERYBODY = (*BIRMINGHAM, *SOLIHULL)
#: What people of each partnership type; nobody of the other may ever read it.
MARKS = {"Birmingham": "Canal boats <!channel> *all*", "Solihull": "Silhillians <@U0LEAD> _all_"}
STOPPED = "NHS number 943 476 5919"
ANSWERS = (UNDER_WAY, {**UNDER_WAY, "OQ2": "at_risk"}, DONE)

people = st.sampled_from([*BIRMINGHAM[:4], SOLIHULL[0]])
leads = st.sampled_from(["U0LEAD", "U0SOLLEAD"])


def partnership_of(user: str) -> str:
    """Where this person answers or leads."""
    return "Solihull" if user in SOLIHULL else "Birmingham"


class Walk(RuleBasedStateMachine):
    """What people do, and what must be so after each step."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        path = Path(mkdtemp(dir=self.template.parent)) / "walk.sqlite"
        copy(self.template, path)
        self.database = Database(f"sqlite:///{path}")
        self.open = AsyncExitStack()
        self.story: Story = self.run(self.open.enter_async_context(running(self.database)))
        self.run(join(self.story, *_others()))
        self.kept: list[tuple[Any, ...]] = []
        self.pressed = 0

    def run(self, doing: Any) -> Any:
        return self.loop.run_until_complete(doing)

    def teardown(self) -> None:
        complaints = slipped_past(self.story.workspace)
        self.run(self.open.aclose())
        self.database.dispose()
        self.loop.close()
        assert not complaints, complaints

    # What people do

    @rule(user=people, answers=st.sampled_from(ANSWERS), writes=st.booleans(), twice=st.booleans())
    def reply(self, user: str, answers: dict[str, str], *, writes: bool, twice: bool) -> None:
        text = {"OQ6": MARKS[partnership_of(user)]} if writes else {"OQ6": None}
        if twice:
            self.deliver_twice("view_submission")
        if self.run(self.fill_in(user, {**answers, **text})) == "closed":
            self.pressed += 1

    @rule(user=people)
    def write_what_is_stopped(self, user: str) -> None:
        became = self.run(self.fill_in(user, {**UNDER_WAY, "OQ6": STOPPED}))
        assert became in (None, "errors")
        self.run(self.close(user))

    @rule(user=people, twice=st.booleans())
    def confirm(self, user: str, *, twice: bool) -> None:
        if twice:
            self.deliver_twice("block_actions")
        self.pressed += bool(self.run(self.press_somewhere(user, "Still so")))

    @rule(user=people, choice=st.sampled_from(["tomorrow", "next_week", "another_way"]))
    def not_now(self, user: str, choice: str) -> None:
        if self.run(self.press_somewhere(user, "Not now")):
            became = self.run(self.story.be(user).send(when=choice))["result"]
            self.pressed += choice == "another_way" and became == "closed"
            self.run(self.close(user))

    @rule(user=st.sampled_from(EVERYBODY))
    def look_at_home(self, user: str) -> None:
        self.run(self.story.be(user).home())

    @rule(user=people, text=st.sampled_from(["done", "remind me tomorrow", "away next week", "?"]))
    def type_something(self, user: str, text: str) -> None:
        self.run(self.story.be(user).type(text))

    @rule(user=people, label=st.sampled_from(["Yes, remind me then", "Yes, I am away"]))
    def agree_to_what_was_understood(self, user: str, label: str) -> None:
        self.run(self.press_somewhere(user, label))

    @rule(user=leads, label=st.sampled_from(["Stop reminders", "Go on with reminders"]))
    def lead_stops_or_goes_on(self, user: str, label: str) -> None:
        self.run(self.story.be(user).type("/review-status"))
        self.run(self.press_somewhere(user, label))

    @rule(hours=st.sampled_from([1, 23, 24, 24 * 7, 24 * 14]))
    def time_passes(self, hours: int) -> None:
        later = self.story.clock.now() + timedelta(hours=hours)
        if later < STARTS_AT + timedelta(days=110):
            self.run(self.story.to(later.astimezone(LONDON)))

    # What must be so

    @invariant()
    def no_message_is_doubled(self) -> None:
        ids = Counter(
            entry["arguments"]["metadata"]["event_payload"]["notice_id"]
            for entry in self.log.accepted
            if entry["method"] == "chat.postMessage" and entry["arguments"].get("metadata")
        )
        assert not [notice for notice, times in ids.items() if times > 1]
        due = Counter(self.duties_asked())
        assert not [duty for duty, times in due.items() if times > 1]

    @invariant()
    def replies_are_kept_once_and_as_they_were(self) -> None:
        async def all_kept() -> list[tuple[Any, ...]] | None:
            rows = [_row(each) for each in replies(self.story)]
            return rows if len(rows) >= self.pressed else None

        rows = (
            self.run(eventually(all_kept))
            if self.pressed
            else [_row(each) for each in replies(self.story)]
        )
        assert len(rows) == self.pressed
        assert rows[: len(self.kept)] == self.kept
        self.kept = rows
        revisions = Counter((round_id, partner) for _, round_id, partner, *_ in rows)
        for (round_id, partner), count in revisions.items():
            numbers = [row[3] for row in rows if row[1:3] == (round_id, partner)]
            assert numbers == list(range(1, count + 1))

    @invariant()
    def nobody_reads_of_the_other_partnership(self) -> None:
        for user in EVERYBODY:
            other = "Birmingham" if user in SOLIHULL else "Solihull"
            seen = json.dumps(self.all_that_is_seen(user), ensure_ascii=False)
            assert MARKS[other].split(" ", maxsplit=1)[0] not in seen
            assert f"{other} Safeguarding" not in seen

    @invariant()
    def slack_refuses_nothing_and_nobody_is_mentioned(self) -> None:
        assert not list(self.log.refused)
        for user in EVERYBODY:
            for part in _parts(self.all_that_is_seen(user)):
                if part.get("type") == "mrkdwn":
                    assert "<!channel>" not in part["text"]
                    assert "<@U0LEAD>" not in part["text"]

    # How they do it

    @property
    def app(self) -> Installation:
        return self.story.workspace.installations[TEAM_ID]

    @property
    def log(self) -> CallLog:
        return self.app.log

    def deliver_twice(self, what: str) -> None:
        self.app.faults.clear()
        self.app.faults.add(Fault("redeliver", what))

    async def press_somewhere(self, user: str, label: str) -> bool:
        """Press the newest button with that text that this person sees; whether there is one."""
        me = self.story.be(user)
        for message in reversed(await me.messages()):
            if label in message.buttons():
                await me.press(message, label)
                return True
        return False

    async def fill_in(self, user: str, answers: dict[str, Any]) -> str | None:
        """Reply, or change the reply; what became of the form, and None where there is nothing to reply to."""
        await self.close(user)
        if not await self.press_somewhere(user, "Reply") and not await self.press_somewhere(
            user, "Change my reply"
        ):
            return None
        me = self.story.be(user)
        view = await me.view()
        if view["callback_id"] != "reply":
            await self.close(user)
            return None
        became = str((await me.send(**answers))["result"])
        await self.close(user)
        return became

    async def close(self, user: str) -> None:
        """Close whatever modal is open."""
        path = f"/control/people/{user}/view"
        if (view := (await self.story.call("GET", path))["view"]) is not None:
            await self.story.call("POST", f"{path}/close", {"view_id": view["id"]})

    def all_that_is_seen(self, user: str) -> list[Any]:
        """All that a person has in front of them: messages, modals, the Home tab."""
        workspace = self.app.workspace
        return [
            *([each.text, each.blocks] for each in self.messages(user)),
            *(each.content for each in workspace.stacks.get(user, [])),
            *(home.content for home in [workspace.homes.get(user)] if home),
        ]

    def messages(self, user: str) -> list[Message]:
        """What a person and the bot wrote to each other."""
        return [
            message
            for conversation in self.app.workspace.conversations.values()
            if conversation.kind == "im" and user in conversation.members
            for message in conversation.seen_by(user)
        ]

    def duties_asked(self) -> Iterator[str]:
        """Each reminder's person, step and moment, as its message says."""
        for user in EVERYBODY:
            for message in self.messages(user):
                if message.only_for is None and "Reminder: " in message.text:
                    step = message.text.split("Reminder: ", 1)[1].split(".", 1)[0]
                    yield f"{user} {message.ts.split('.')[0]} {step}"


def _others() -> list[Any]:
    return [
        post("U0POLDEP", PostKind.DEPUTY, name="Police deputy, Birmingham"),
        post("U0SOLPOL", area="Solihull", name="Police respondent, Solihull"),
        lead("U0SOLLEAD", area="Solihull", name="Business manager, Solihull"),
    ]


def _row(reply: Any) -> tuple[Any, ...]:
    return (
        reply.id,
        reply.round_id,
        reply.partner_id,
        reply.revision,
        json.dumps(reply.answers, sort_keys=True),
        reply.submitted_at,
    )


def _parts(seen: Any) -> Iterator[dict[str, Any]]:
    """Every part of blocks and views, however deep."""
    if isinstance(seen, dict):
        yield seen
    for part in seen.values() if isinstance(seen, dict) else seen if isinstance(seen, list) else ():
        yield from _parts(part)


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """The sample, filled once."""
    path = tmp_path / "sample.sqlite"
    database = Database(f"sqlite:///{path}")
    make_sample(database, now=STARTS_AT)
    database.dispose()
    return path


@pytest.mark.timeout(600)
def test_the_promises_hold_whatever_people_do(template: Path):
    class FromHere(Walk):
        pass

    FromHere.template = template
    few = settings(
        max_examples=6,
        stateful_step_count=20,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=False,
        phases=[Phase.generate],  # a shorter example would cost minutes to find
    )
    run_state_machine_as_test(FromHere, settings=few)
