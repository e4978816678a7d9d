"""The form in which somebody says when in the day and how often they want to be reminded, and where they are."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from slack_sdk.models.blocks import Option, RadioButtonsElement, StaticSelectElement

from bot.ids import Action, ButtonValue
from bot.ids import Block as BlockId
from bot.ids import View as ViewId
from bot.views import words
from bot.views.blocks import context, section
from bot.views.inputs import field, filled_fields, form_modal, option, plain
from storage.vocabulary import Reminding
from storage.wishes import HOURS, ZONES, Wishes

_OFTEN = {
    Reminding.LIGHT: ("Light", "Fewer reminders: the first, and those that matter most."),
    Reminding.STANDARD: ("Standard", "The usual reminders."),
    Reminding.ACTIVE: ("Active", "The usual reminders, and more of them near a deadline."),
}


def preferences_modal(wishes: Wishes) -> dict[str, Any]:
    """What holds at present, to be changed."""
    blocks = [
        section(
            "Reminders and digests come on working days, at the hour that you choose."
            " News that cannot wait for it, such as a changed date, comes between 9am and 5pm."
        ),
        field(BlockId.HOUR, "Hour of the day", _hours(wishes)),
        field(BlockId.REMINDING, "How often", _often(wishes)),
        field(BlockId.ZONE, "Time zone", _zones(wishes)),
        context(
            "Deadlines stay as they are. If nobody replies, deputies and leads are told as always."
        ),
    ]
    return form_modal(
        ViewId.PREFERENCES,
        ButtonValue(),
        blocks,
        title="Preferences",
        submit="Save",
        close="Cancel",
    )


def _hours(wishes: Wishes) -> StaticSelectElement:
    options = {hour: option(str(hour), hour_words(hour)) for hour in HOURS}
    return StaticSelectElement(
        action_id=Action.ANSWER,
        options=list(options.values()),
        initial_option=options[wishes.hour],
    )


def _often(wishes: Wishes) -> RadioButtonsElement:
    options = {
        reminding: Option(value=reminding, text=plain(called), description=plain(means))
        for reminding, (called, means) in _OFTEN.items()
    }
    return RadioButtonsElement(
        action_id=Action.ANSWER,
        options=list(options.values()),
        initial_option=options[wishes.reminding],
    )


def _zones(wishes: Wishes) -> StaticSelectElement:
    """A zone that is kept stays a choice, even where it is none of those that are offered."""
    options = {
        zone: option(zone, zone_words(zone)) for zone in dict.fromkeys((*ZONES, wishes.zone))
    }
    return StaticSelectElement(
        action_id=Action.ANSWER,
        options=list(options.values()),
        initial_option=options[wishes.zone],
    )


def parse_preferences(view: Mapping[str, Any]) -> Wishes:
    """What was filled in; all of it is required."""
    values = {
        block: chosen["selected_option"]["value"] for block, chosen in filled_fields(view).items()
    }
    return Wishes(
        hour=int(values[BlockId.HOUR]),
        reminding=Reminding(values[BlockId.REMINDING]),
        zone=values[BlockId.ZONE],
    )


def hour_words(hour: int) -> str:
    """'9am', '12pm', '4pm'."""
    return words.clock_time(time(hour))


def zone_words(zone: str) -> str:
    """'Europe/London', 'America/New York'."""
    return zone.replace("_", " ")
