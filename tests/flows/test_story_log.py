"""What the clock's panel says: what is planned, what was sent, and why not what was not."""

from tests.factories import london
from tests.flows.moves import DONE, UNDER_WAY, message_saying, modal_saying, reply
from tests.flows.story import Story, eventually

REPLY_BY = "Reply by 11:59pm"


async def lines(story: Story, which: str) -> list[str]:
    """One line for each, with those whom it is about."""
    found = (await story.call("GET", "/control/clock"))[which]
    return [
        ": ".join(filter(None, [line["what"], ", ".join(each["name"] for each in line["people"])]))
        for line in found
    ]


async def test_what_was_planned_sent_and_answered_is_told_in_plain_words(story: Story):
    assert await lines(story, "happened") == [
        "October half-term review 2026 to 2027 opened in 1 partnership: 18 reminders planned"
    ]
    assert (await lines(story, "coming"))[0] == (
        "6 weeks before the deadline: Council respondent, Birmingham,"
        " Health respondent, Birmingham, Police respondent, Birmingham"
    )
    await story.to(london(2026, 9, 14, 9))
    police = story.be("U0POLICE")
    await reply(police, await message_saying(police, REPLY_BY), **UNDER_WAY)
    await message_saying(police, "Your reply")
    assert (await lines(story, "happened"))[:3] == [
        "West Midlands Police replied, and is not done yet: Police respondent, Birmingham",
        (
            "Sent: weekly digest: Health facilitator, West Midlands,"
            " Local government facilitator, West Midlands, Police facilitator, West Midlands"
        ),
        (
            "Sent: 6 weeks before the deadline: Council respondent, Birmingham,"
            " Health respondent, Birmingham, Police respondent, Birmingham"
        ),
    ]


async def test_what_will_not_be_sent_says_why_before_and_after_its_time(story: Story):
    await story.to_next()
    police = story.be("U0POLICE")
    await reply(police, await message_saying(police, REPLY_BY), **DONE)
    await message_saying(police, "Your reply")
    assert (
        "Will not be sent: 3 weeks before the deadline, as the partner is done:"
        " Police respondent, Birmingham"
    ) in await lines(story, "coming")
    await story.to(london(2026, 10, 2, 10))
    happened = await lines(story, "happened")
    assert (
        "Not sent: 3 weeks before the deadline, as the partner is done:"
        " Police respondent, Birmingham"
    ) in happened
    assert (
        "Sent: 3 weeks before the deadline: Council respondent, Birmingham,"
        " Health respondent, Birmingham"
    ) in happened
    assert "West Midlands Police replied, and is done: Police respondent, Birmingham" in happened


async def test_term_dates_and_what_follows_from_them_are_told(story: Story):
    await story.to_next()
    manager = story.be("U0LEAD")
    await manager.press(await manager.type("/review-status"), "Give the dates")
    await modal_saying(manager, "Term dates")
    early = {"first_day": "2026-10-19", "last_day": "2026-10-30", "last_school_day": "2026-10-16"}
    await manager.send(**early)
    await message_saying(story.be("U0POLICE"), "Friday 16 October 2026")
    assert "Term dates of 1 area given, confirmed by lead" in await lines(story, "happened")

    async def told() -> bool:
        happened = await lines(story, "happened")
        return any(line.startswith("Sent: news of a changed deadline") for line in happened)

    assert await eventually(told)


async def test_what_is_sent_only_to_end_a_silence_says_so(story: Story):
    coming = await lines(story, "coming")
    assert "6 weeks before the deadline" in coming[0]
    await story.to(london(2026, 10, 16, 8, 59))
    coming = await lines(story, "coming")
    assert any(
        line.endswith("if nobody has replied: the lead is told: Business manager, Birmingham")
        for line in coming
    ), coming
