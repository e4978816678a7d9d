"""Whatever several people do in any order while the clock goes on, the promises hold after each step.

One round in two partnerships, over the wire. Promise 1: no message twice. 5: every reply that was taken is kept as it
was, in order, and once, however often it is pressed or delivered. 6: nobody reads of the other partnership. 8: Slack
refuses nothing, and what people typed mentions nobody. The numbers are those of architecture.md, section 4.
"""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.sample import STARTS_AT
from storage.clock import LONDON
from tests.flows.moves import DONE, UNDER_WAY, replies
from tests.flows.story import eventually
from tests.flows.walking import BIRMINGHAM, EVERYBODY, NEWCOMER, SOLIHULL, Walk

#: What people of each partnership type; nobody of the other may ever read it.
MARKS = {"Birmingham": "Canal boats <!channel> *all*", "Solihull": "Silhillians <@U0LEAD> _all_"}
STOPPED = "NHS number 943 476 5919"
ANSWERS = (UNDER_WAY, {**UNDER_WAY, "OQ2": "at_risk"}, DONE)
#: A form that was taken closes; where no reminder shows the receipt, the form shows it.
TAKEN = ("closed", "updated")

people = st.sampled_from([*BIRMINGHAM[:4], NEWCOMER, SOLIHULL[0]])
leads = st.sampled_from(["U0LEAD", "U0SOLLEAD"])


def partnership_of(user: str) -> str:
    """Where this person answers or leads."""
    return "Solihull" if user in SOLIHULL else "Birmingham"


class WhateverPeopleDo(Walk):
    """What people do, and what must be so after each step."""

    # What people do

    @rule(user=people, answers=st.sampled_from(ANSWERS), writes=st.booleans(), twice=st.booleans())
    def reply(self, user: str, answers: dict[str, str], *, writes: bool, twice: bool) -> None:
        text = {"OQ6": MARKS[partnership_of(user)]} if writes else {"OQ6": None}
        if twice:
            self.deliver_twice("view_submission")
        became = self.run(self.fill_in(user, {**answers, **text}))
        self.pressed += became in TAKEN

    @rule(user=people)
    def write_what_is_stopped(self, user: str) -> None:
        became = self.run(self.fill_in(user, {**UNDER_WAY, "OQ6": STOPPED}))
        assert became in (None, "errors")

    @rule(user=people, twice=st.booleans())
    def confirm(self, user: str, *, twice: bool) -> None:
        if twice:
            self.deliver_twice("block_actions")
        self.pressed += bool(self.run(self.press_somewhere(user, "Still so")))

    @rule(user=people, choice=st.sampled_from(["tomorrow", "next_week", "another_way"]))
    def not_now(self, user: str, choice: str) -> None:
        became = self.run(self.choose_not_now(user, choice))
        self.pressed += choice == "another_way" and became == "closed"

    @rule(
        user=people,
        colleague=st.sampled_from([*BIRMINGHAM, NEWCOMER]),
        how_long=st.sampled_from(["once", "for_good"]),
        twice=st.booleans(),
    )
    def pass_on(self, user: str, colleague: str, how_long: str, *, twice: bool) -> None:
        asked = "U0SOLLEAD" if user in SOLIHULL else colleague
        if twice:
            self.deliver_twice("view_submission")
        self.run(self.choose_not_now(user, "hand_over", colleague=asked, how_long=how_long))

    @rule(user=st.sampled_from(EVERYBODY), twice=st.booleans())
    def agree_to_take_over(self, user: str, *, twice: bool) -> None:
        if twice:
            self.deliver_twice("block_actions")
        self.run(self.press_somewhere(user, "I agree"))

    @rule(user=st.sampled_from(EVERYBODY))
    def decline_to_take_over(self, user: str) -> None:
        self.run(self.press_somewhere(user, "No, not me"))

    @rule(user=people)
    def take_back(self, user: str) -> None:
        self.run(self.press_somewhere(user, "Take it back"))
        self.run(self.close(user))

    @precondition(lambda self: not self.has_given_up)  # else soon nobody is left to ask
    @rule(user=people)
    def give_up(self, user: str) -> None:
        self.has_given_up = self.run(self.choose_not_now(user, "give_up")) == "updated"

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


@pytest.mark.timeout(600)
def test_the_promises_hold_whatever_people_do(sqlite_sample: Path, tmp_path: Path):
    class FromHere(WhateverPeopleDo):
        sample, folder = sqlite_sample, tmp_path

    few = settings(
        max_examples=6,
        stateful_step_count=20,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=False,
        phases=[Phase.generate],  # a shorter example would cost minutes to find
    )
    run_state_machine_as_test(FromHere, settings=few)
