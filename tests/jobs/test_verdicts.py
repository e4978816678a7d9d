"""What becomes of a prompt whose time has come: a table of cases."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.calendars import is_working_day
from jobs.verdicts import Later, Send, Skip, verdict, verdicts
from storage.due_models import DuePrompt
from storage.plan_models import Validity
from storage.vocabulary import PromptKind, Reason
from storage.wishes import AS_USUAL, Wishes
from tests.factories import london

ALWAYS = Validity(valid_from=date(2020, 1, 1), valid_to=None)


def until(*day: int) -> Validity:
    return Validity(valid_from=date(2020, 1, 1), valid_to=date(*day))


def due(**more) -> DuePrompt:
    """The reminder of Friday 2 October 2026, which the one of 16 October overtakes."""
    fields = {
        "prompt_id": 1, "kind": PromptKind.REMINDER, "person_id": 1, "wishes": AS_USUAL,
        "planned_for": london(2026, 10, 2, 9), "due_at": london(2026, 10, 2, 9), "useful_until": london(2026, 10, 16, 9),
        "post": ALWAYS, "partner": ALWAYS, "is_open": True,
        "quiet": (date(2026, 10, 26), date(2026, 10, 30)), "replied_at": None, "is_done": False,
    }  # fmt: skip
    return DuePrompt(**fields | more)


def the_day(**more) -> DuePrompt:
    """The reminder of the deadline day, useful until the first working day after half-term."""
    times = {"planned_for": london(2026, 10, 23, 9), "useful_until": london(2026, 11, 2, 9)}
    return due(**times | more)


def digest(**more) -> DuePrompt:
    """The digest of the week of Monday 14 September 2026."""
    times = {"planned_for": london(2026, 9, 14, 9), "useful_until": london(2026, 9, 21, 9)}
    return due(**{"kind": PromptKind.DIGEST, "partner": None, "quiet": None} | times | more)


ON_TIME = london(2026, 10, 2, 9)
CASES = {
    "on time": (due(), ON_TIME, Send()),
    "a little late": (due(), london(2026, 10, 2, 9, 0, 7), Send()),
    "late in the day": (due(), london(2026, 10, 2, 16, 59), Send()),
    "after hours on a Friday": (due(), london(2026, 10, 2, 17), Later(london(2026, 10, 5, 9))),
    "at 11:50pm": (due(), london(2026, 10, 2, 23, 50), Later(london(2026, 10, 5, 9))),
    "before office hours": (due(), london(2026, 10, 6, 3), Later(london(2026, 10, 6, 9))),
    "on a Saturday": (due(), london(2026, 10, 3, 11), Later(london(2026, 10, 5, 9))),
    "ten days late and still useful": (due(), london(2026, 10, 12, 10), Send()),
    "a minute before the next step": (due(), london(2026, 10, 16, 8, 59), Skip(Reason.OVERTAKEN)),
    "at the next step": (due(), london(2026, 10, 16, 9), Skip(Reason.OVERTAKEN)),
    "the evening before the next step": (due(), london(2026, 10, 15, 17), Skip(Reason.OVERTAKEN)),
    "the afternoon before the next step": (due(), london(2026, 10, 15, 16, 59), Send()),
    "into half-term": (the_day(), london(2026, 10, 23, 17, 5), Skip(Reason.OVERTAKEN)),
    "in half-term": (the_day(useful_until=london(2027, 1, 1)), london(2026, 10, 28, 10), Later(london(2026, 11, 2, 9))),
    "in another zone, before hours": (due(wishes=Wishes(zone="America/New_York")), ON_TIME, Later(london(2026, 10, 2, 14))),
    "in another zone, in hours": (due(wishes=Wishes(zone="America/New_York")), london(2026, 10, 2, 18), Send()),
    "in another zone, after hours": (due(wishes=Wishes(zone="Asia/Kolkata")), london(2026, 10, 2, 13), Later(london(2026, 10, 5, 4, 30))),
    "done": (due(is_done=True, replied_at=london(2026, 9, 11, 10)), ON_TIME, Skip(Reason.DONE)),
    "replied since the step": (due(replied_at=london(2026, 10, 2, 9)), london(2026, 10, 5, 9), Skip(Reason.REPLIED)),
    "replied before the step": (due(replied_at=london(2026, 10, 2, 8, 59)), ON_TIME, Send()),
    "the campaign closed": (due(is_open=False), ON_TIME, Skip(Reason.CAMPAIGN_CLOSED)),
    "the post ended yesterday": (due(post=until(2026, 10, 1)), ON_TIME, Skip(Reason.POST_ENDED)),
    "the post's last day": (due(post=until(2026, 10, 2)), ON_TIME, Send()),
    "the post begins tomorrow": (due(post=Validity(valid_from=date(2026, 10, 3), valid_to=None)), ON_TIME, Skip(Reason.POST_ENDED)),
    "the body is no partner any more": (due(partner=until(2026, 9, 30)), ON_TIME, Skip(Reason.PARTNER_ENDED)),
    "at night, but not wanted": (due(is_done=True), london(2026, 10, 2, 23, 50), Skip(Reason.DONE)),
    "a digest on Monday": (digest(), london(2026, 9, 14, 9), Send()),
    "a digest on Thursday, after downtime": (digest(), london(2026, 9, 17, 11), Send()),
    "a digest a week late": (digest(), london(2026, 9, 21, 9), Skip(Reason.OVERTAKEN)),
    "a digest on Friday night": (digest(), london(2026, 9, 18, 18), Skip(Reason.OVERTAKEN)),
    "a digest in half-term": (digest(planned_for=london(2026, 10, 26, 9), useful_until=london(2026, 11, 2, 9)), london(2026, 10, 26, 9), Send()),
    "a digest whose facilitator left": (digest(post=until(2026, 9, 13)), london(2026, 9, 14, 9), Skip(Reason.POST_ENDED)),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_becomes_of_a_due_prompt(name: str):
    prompt, now, expected = CASES[name]
    assert verdict(prompt, now=now) == expected


@given(
    st.datetimes(
        min_value=london(2026, 10, 2, 9).replace(tzinfo=None),
        max_value=london(2026, 11, 9).replace(tzinfo=None),
        timezones=st.just(UTC),
    ),
    st.sampled_from(["Europe/London", "America/New_York", "Pacific/Auckland"]),
    st.integers(1, 40),
)
def test_nobody_is_messaged_at_night_on_a_free_day_or_too_late(now: datetime, zone: str, days: int):
    prompt = the_day(
        wishes=Wishes(zone=zone), useful_until=london(2026, 10, 2) + timedelta(days=days)
    )
    match verdict(prompt, now=now):
        case Send():
            at = now
        case Later(until=at):
            assert at > now
            assert verdict(prompt, now=at) == Send()
        case Skip(reason):
            assert reason is Reason.OVERTAKEN
            return
    local = at.astimezone(ZoneInfo(zone))
    assert 9 <= local.hour < 17
    assert is_working_day(local.date())
    assert not date(2026, 10, 26) <= local.date() <= date(2026, 10, 30)
    assert at < prompt.useful_until


def test_a_reminder_tells_the_deadline_so_that_no_message_about_it_is_needed():
    about = {"round_id": 1, "partner_id": 1, "deadline": date(2026, 10, 16)}
    changed = {"kind": PromptKind.CHANGED_DATES, "deadline_told": date(2026, 10, 23)}
    reminder = due(**about)
    same, other = due(**about | changed), due(**about | changed | {"partner_id": 2})
    assert verdicts([reminder, same, other], now=ON_TIME) == [
        (reminder, Send()),
        (same, Skip(Reason.TOLD_ALREADY)),
        (other, Send()),
    ]
    answered = due(**about, is_done=True)
    assert verdicts([answered, other], now=ON_TIME)[0] == (answered, Skip(Reason.DONE))
