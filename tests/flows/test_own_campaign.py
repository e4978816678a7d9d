"""A campaign by TOML alone: opened, planned, sent, answered, signed and reported."""

from pathlib import Path

from jobs.campaign_files import load_campaigns
from jobs.plan import plan_now
from storage.queries.campaigns import keep_definitions, open_campaign
from tests.factories import london
from tests.flows.moves import choose_in_modal, message_saying, modal_saying, replies, reply
from tests.flows.story import Story

TOML = """\
key = "attendance"
version = 1
title = "Attendance check"
ask = "Say how you follow up children who are missing from school."

[rounds]
rule = "october-half-term"
late_days = 30

[[steps]]
key = "two_weeks_before"
words = "2 weeks before the deadline"
days_before = 14

[[steps]]
key = "after"
words = "2 working days after the deadline"
working_days_after = 2

[form]
status = "A1"
summary = ["A1"]
help = "A2"

[form.done]
A1 = ["agreed"]

[[form.questions]]
ref = "A1"
text = "Is there an agreed way to follow up?"
short = "Follow-up"
kind = "choice"
source = "S25"
required = true
options = [
    { value = "agreed", text = "Agreed" },
    { value = "drafted", text = "Drafted" },
    { value = "not_known", text = "Not known yet" },
]

[[form.questions]]
ref = "A2"
text = "What do you need from others?"
short = "Needs"
kind = "text"
source = "S16"
max_length = 200

[[form.questions]]
ref = "A3"
text = "When was it agreed?"
short = "Agreed on"
kind = "date"
source = "S25"

[[form.checks]]
when = { A1 = ["agreed"] }
after_today = "A3"
at = "A3"
say = "It is agreed, so this cannot be in the future. Enter the day it was agreed."
"""

RETURN = (
    TOML
    + """
[full_return]
title = "Policy"
ask = "Set out how you follow up, once for the whole partnership."

[[full_return.screens]]
title = "How you follow up"

[[full_return.screens.questions]]
ref = "P1"
text = "Which of these do you do?"
short = "Done"
kind = "choices"
source = "S25"
required = true
options = [{ value = "calls", text = "Calls" }, { value = "visits", text = "Visits" }]

[[full_return.screens.questions]]
ref = "P2"
text = "How many a week:"
short = "A week"
kind = "number"
source = "S25"
for_each = "P1"

[full_return.declaration]
ref = "P9"
text = "This holds nothing about a child or family."
short = "Declared"
kind = "tick"
source = ""
required = true

[[full_return.signing]]
sector = "police"

[[full_return.signing.questions]]
ref = "P3"
text = "Do officers visit too?"
short = "Officers"
kind = "choice"
source = "S26"
required = true
options = [{ value = "yes", text = "Yes" }, { value = "not_known", text = "Not known yet" }]
"""
)


async def test_a_campaign_of_ones_own_is_sent_answered_and_reported(story: Story, tmp_path: Path):
    (tmp_path / "attendance.toml").write_text(TOML, encoding="utf-8")
    [definition] = load_campaigns(tmp_path)
    now = story.clock.now()
    story.database.write_now(keep_definitions, definitions=[definition], now=now)
    story.database.write_now(open_campaign, key="attendance", year=2026, partnership=None, now=now)
    plan_now(story.database, now=now)
    police, council = story.be("U0POLICE"), story.be("U0COUNCIL")
    await story.to(london(2026, 10, 9, 9))
    asked = await message_saying(police, "Attendance check 2026 to 2027")
    assert "Reminder: 2 weeks before the deadline." in asked.text
    refused = await reply(police, asked, A1="agreed", A3="2026-10-30")
    assert refused["errors"]["A3"].startswith("It is agreed, so this cannot be in the future.")
    sent = await police.send(A3="2026-10-01", A2="A call would help.")
    assert sent["result"] == "closed"
    receipt = await message_saying(police, "Agreed on: Thursday 1 October 2026")
    assert "You have replied. No more is asked of you." in receipt.text
    await reply(council, await message_saying(council, "Attendance check"), A1="drafted")
    await message_saying(council, "Follow-up: Drafted")
    assert [each.is_done for each in replies(story)] == [True, False]

    await story.to(london(2026, 10, 12, 9))
    reported = await message_saying(story.be("U0FACPO"), "Attendance check")
    assert "Police, West Midlands: Attendance check 2026 to 2027" in reported.text
    assert "Follow-up: 1 agreed." in reported.text
    assert "A call would help." in reported.text

    await story.to(london(2026, 11, 3, 9))
    for me, owed in ((police, 1), (council, 2)):
        messages = [each for each in await me.messages() if "Attendance check" in each.text]
        assert len(messages) == owed
    assert "Is this still so?" in (await message_saying(council, "Attendance check")).text


async def test_a_return_of_ones_own_is_drafted_signed_and_read(story: Story, tmp_path: Path):
    (tmp_path / "attendance.toml").write_text(RETURN, encoding="utf-8")
    now = story.clock.now()
    story.database.write_now(keep_definitions, definitions=load_campaigns(tmp_path), now=now)
    story.database.write_now(open_campaign, key="attendance", year=2026, partnership=None, now=now)
    plan_now(story.database, now=now)
    lead = story.be("U0LEAD")
    await lead.press(await lead.type("/review-status"), "Start the policy")
    await modal_saying(lead, "Policy, 1 of 1")
    await choose_in_modal(lead, "P1", ["visits"])
    await modal_saying(lead, "How many a week: Visits")
    sent = await lead.send(P1=["visits"], P2_VISITS="12", P9=["yes"])
    assert "Your return is sent for signature." in str(sent["view"]["blocks"])
    for user in ("U0COUNCIL", "U0HEALTH", "U0POLICE"):
        me = story.be(user)
        await me.press(await me.type("/review-status"), "Read and sign")
        await modal_saying(me, "A week: visits:* 12")
        added = {"P3": "yes"} if user == "U0POLICE" else {}
        signed = await me.send(**added, **{"P9~revision-1": ["yes"]})
        assert "You have signed for" in str(signed["view"]["blocks"])
    assert "Complete." in (await lead.type("/review-status")).text
