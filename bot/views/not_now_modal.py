"""The form behind ‘Not now’: another day for the reminder, or a reply that went another way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from dateutil.relativedelta import MO, relativedelta
from slack_sdk.models.blocks import DatePickerElement, RadioButtonsElement

from bot.ids import Action, ButtonValue
from bot.ids import Block as BlockId
from bot.ids import View as ViewId
from bot.views import standing as stands
from bot.views import words
from bot.views.blocks import context, section
from bot.views.inputs import field, filled_fields, form_modal, option
from storage.read_models import Duty


class Choice(StrEnum):
    """What can be done instead of replying now."""

    TOMORROW = "tomorrow"
    NEXT_WEEK = "next_week"
    ON_A_DAY = "on_a_day"
    ANOTHER_WAY = "another_way"
    HAND_OVER = "hand_over"
    GIVE_UP = "give_up"


_CHOICES = {
    Choice.TOMORROW: "Remind me tomorrow",
    Choice.NEXT_WEEK: "Remind me next Monday",
    Choice.ON_A_DAY: "Remind me on another day",
    Choice.ANOTHER_WAY: "We have replied another way",
    Choice.HAND_OVER: "Pass it to a colleague",
    Choice.GIVE_UP: "This is not my duty any more",
}


@dataclass(frozen=True, kw_only=True)
class NotNow:
    """What was chosen, with the day where one was given."""

    choice: Choice
    day: date | None

    def remind_on(self, today: date) -> date | None:
        """The day on which a reminder is wanted; None where none was given, or none is wanted."""
        match self.choice:
            case Choice.TOMORROW:
                return today + relativedelta(days=1)
            case Choice.NEXT_WEEK:
                return today + relativedelta(days=1, weekday=MO)
            case Choice.ON_A_DAY:
                return self.day
            case Choice.ANOTHER_WAY | Choice.HAND_OVER | Choice.GIVE_UP:
                return None


def not_now_modal(duty: Duty) -> dict[str, Any]:
    """For one duty: when to be reminded, or that nothing more is to come here."""
    standing = duty.standing
    options = [option(choice, text) for choice, text in _CHOICES.items()]
    blocks = [
        section(stands.heading(standing, now=duty.now)),
        field(
            BlockId.WHEN,
            "What would you like?",
            RadioButtonsElement(action_id=Action.ANSWER, options=options),
        ),
        field(
            BlockId.DAY,
            "The other day, if you chose one",
            DatePickerElement(action_id=Action.ANSWER),
            optional=True,
        ),
        context(
            "Until then you get no other reminder of this. Reminders come on working days, at the hour in your preferences."
        ),
    ]
    return form_modal(
        ViewId.NOT_NOW,
        stands.value(standing),
        blocks,
        title="Not now",
        submit="Save",
        close="Cancel",
    )


def parse_not_now(view: Mapping[str, Any]) -> tuple[ButtonValue, NotNow]:
    """What was filled in, and for which duty."""
    values = filled_fields(view)
    day = values[BlockId.DAY].get("selected_date")
    return ButtonValue.decode(view["private_metadata"]), NotNow(
        choice=Choice(values[BlockId.WHEN]["selected_option"]["value"]),
        day=date.fromisoformat(day) if day else None,
    )


def reminded_on(day: date) -> str:
    """What is said when a day is kept."""
    return f"You will be reminded on {words.day(day)}, or on the next working day."
