"""What Vigil answers to plain words: what it understood, to be confirmed with a press. Nothing is kept before that."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import Block, ButtonElement

from bot.ids import Action, ButtonValue
from bot.views import standing as stands
from bot.views import words
from bot.views.answers import help_message, typed_answer
from bot.views.blocks import (
    NOT_FOR_CONCERNS,
    Message,
    actions,
    button,
    context,
    message,
    name,
    section,
)
from storage import meanings
from storage.meanings import Doubt, Meaning, Plain, Progress, WhyNot
from storage.read_models import Standing

#: With more duties, /review-status lists them all.
_MOST = 5
_NOT_KEPT = "What you typed is not kept. Nothing changes until you press a button."
_ASKED = {
    Doubt.WHICH_WEEK: "Which day do you mean?",
    Doubt.TODAY_OR_NEXT_WEEK: "Do you mean today, or next week?",
    Doubt.DAY_OR_MONTH: "Which date do you mean?",
    Doubt.DAY_AND_DATE: "The day and the date do not go together. Which do you mean?",
    Doubt.WHICH_DAY: "On which day? Type, for example, ‘remind me on Friday’.",
    Doubt.UNTIL_WHEN: "Until when? Type, for example, ‘away from 2 to 6 November’.",
    Doubt.LAST_DAY_OR_BACK: "Is that your last day away, or the day you are back?",
    Doubt.REMIND_OR_AWAY: "Do you want a reminder, or are you away?",
    Doubt.HOW_FAR: "How do things stand?",
    Doubt.HERE_OR_ANOTHER_WAY: "Did you reply here, or another way?",
    Doubt.WHICH_FIRST: "I can do one thing at a time. Which first?",
}
_CANNOT = {
    WhyNot.PAST: "That day is over. Type a day that lies ahead.",
    WhyNot.TOO_FAR: "That is too far ahead. Type a day within the next 60 days.",
    WhyNot.NO_SUCH_DAY: "There is no such day. Type it again, for example ‘Friday 23 October’.",
}


def answer(meaning: Meaning, duties: Sequence[Standing]) -> Message:
    """The answer to what somebody typed, but for `NotMine` and `PassOn`. `duties` are what they have to answer."""
    if isinstance(meaning, meanings.AskBack):
        return message([section(_ASKED[meaning.doubt]), *_readings(meaning, duties), end()])
    if isinstance(meaning, meanings.CannotTake):
        return message([section(_CANNOT[meaning.why]), end()])
    if isinstance(meaning, meanings.Worry):
        return message(
            [section(f"*{NOT_FOR_CONCERNS}*\nVigil cannot read or pass on what you type.")]
        )
    return _plain(meaning, duties)


def _plain(meaning: Plain, duties: Sequence[Standing]) -> Message:
    match meaning:
        case meanings.Help():
            return help_message()
        case meanings.Thanks():
            return message([section("Thank you for your work.")])
        case meanings.RemindMe() | meanings.Away() | meanings.BackNow():
            return message([section(_said(meaning)), actions(*_buttons(meaning)), end()])
        case meanings.Report() | meanings.WantsToReply():
            return message([section(_said(meaning)), *_replies(duties), end()])
        case meanings.AnotherWay():
            return message([section(_said(meaning)), *_another_way(duties), end()])
        case meanings.StopReminding():
            return message([section(_said(meaning)), actions(_away_form()), end()])
        case meanings.ShowStatus():
            return message([section("Type */review-status* to see how things stand."), end()])
        case _:
            return typed_answer()


def _said(meaning: Plain) -> str:
    """What was understood, as a question or with what to do."""
    match meaning:
        case meanings.RemindMe(on=on, moved=moved):
            why = "" if moved is None else f" {words.day(moved.said)} is a {moved.because}."
            return (
                f"Shall I remind you on {words.day(on)}?{why} Until then you get no other reminder."
            )
        case meanings.Away(first=first, last=last):
            return f"Are you away {_span(first, last)}? Your deputy is asked meanwhile, if you have one."
        case meanings.BackNow():
            return "Are you back? Your absence then ends today."
        case meanings.Report(progress=Progress.UNCHANGED):
            return (
                "If nothing has changed, open the form: it shows what you said. Send it as it is."
            )
        case meanings.Report() | meanings.WantsToReply():
            return "Answer in the form: it takes about a minute."
        case meanings.AnotherWay():
            return (
                "Have you replied another way? Choose for whom, and nothing more is asked of you."
            )
        case meanings.StopReminding():
            return "Reminders stop when you have replied. Only your partnership’s lead can stop them before."
        case _:
            return (
                "Ask your partnership’s lead or business manager to name somebody else for the post."
                " If it is only for a time, say that you are away: your deputy is asked meanwhile, if you have one."
            )


def _readings(asked: meanings.AskBack, duties: Sequence[Standing]) -> list[Block]:
    """A button for each day or absence that can be meant; the form for all else."""
    buttons = [each for reading in asked.readings for each in _buttons(reading, many=True)]
    if buttons:
        return [actions(*buttons)]
    return _replies(duties) if asked.readings else []


def _buttons(meaning: Plain, *, many: bool = False) -> list[ButtonElement]:
    """What confirms it; of several, each says what it does."""
    leave = [] if many else [button("No", Action.LEAVE_IT, ButtonValue())]
    match meaning:
        case meanings.RemindMe(on=on):
            label = f"Remind me on {words.day(on, year=False)}" if many else "Yes, remind me then"
            value = ButtonValue(day=on.isoformat())
            return [button(label, Action.REMIND_ME, value, primary=not many), *leave]
        case meanings.Away(first=first, last=last):
            label = f"I am away {_span(first, last, year=False)}" if many else "Yes, I am away"
            value = ButtonValue(day=first.isoformat(), last_day=last.isoformat())
            return [button(label, Action.AM_AWAY, value, primary=not many), *leave]
        case meanings.BackNow():
            return [button("I am back", Action.AM_AWAY, ButtonValue(), primary=not many), *leave]
        case _:
            return []


def _span(first: date, last: date, *, year: bool = True) -> str:
    if first == last:
        return f"on {words.day(first, year=year)}"
    return f"from {words.day(first, year=False)} to {words.day(last, year=year)}"


def _replies(duties: Sequence[Standing]) -> list[Block]:
    if not duties:
        return [context("There is nothing that you have to answer at present.")]
    shown = [
        section(
            _duty(row),
            button=button("Reply", Action.OPEN_REPLY, stands.value(row), about=stands.about(row)),
        )
        for row in duties[:_MOST]
    ]
    return [*shown, *_more(duties)]


def _another_way(duties: Sequence[Standing]) -> list[Block]:
    if not duties:
        return [context("There is nothing that you have to answer at present.")]
    label = "Replied another way"
    shown = [
        section(
            _duty(row),
            button=button(label, Action.ANOTHER_WAY, stands.value(row), about=stands.about(row)),
        )
        for row in duties[:_MOST]
    ]
    return [*shown, *_more(duties)]


def _more(duties: Sequence[Standing]) -> list[Block]:
    if len(duties) <= _MOST:
        return []
    return [context(f"There are {len(duties) - _MOST} more. Type /review-status to see them.")]


def _duty(row: Standing) -> str:
    return f"*{name(row.body)}*, {name(row.partnership)}\n{stands.title(row)}"


def _away_form() -> ButtonElement:
    return button("I am away", Action.SAY_AWAY, ButtonValue())


def end() -> Block:
    """What every answer to plain words ends with."""
    return context(f"{_NOT_KEPT} {NOT_FOR_CONCERNS}")


def done_message(sentence: str) -> Message:
    """What takes the place of a question that was answered."""
    return message([section(sentence)])
