"""The form in which somebody says that they are away, or a lead says it for who answers in their partnership."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block, DatePickerElement, StaticSelectElement

from bot.ids import Action, ButtonValue
from bot.ids import Block as BlockId
from bot.ids import View as ViewId
from bot.views import words
from bot.views.blocks import button, context, name, section, shorten
from bot.views.inputs import field, filled_fields, form_modal, option
from storage.read_models import Away, AwayForm

#: Slack offers no more in one list.
_MOST_PEOPLE = 100
_MOST_ABSENCES = 20


def away_modal(form: AwayForm) -> dict[str, Any]:
    """The first and last day away; who, where there are several to choose from; and the absences that lie ahead."""
    blocks: list[Block] = [
        section(
            "While somebody is away, their deputy is asked instead. Without a deputy, reminders wait until they are back."
        )
    ]
    if len(form.people) > 1:
        blocks.append(field(BlockId.PERSON, "Who is away", _people(form)))
    blocks += [
        field(BlockId.FIRST_DAY, "First day away", DatePickerElement(action_id=Action.ANSWER)),
        field(BlockId.LAST_DAY, "Last day away", DatePickerElement(action_id=Action.ANSWER)),
    ]
    blocks += [_absence(form, away) for away in form.away[:_MOST_ABSENCES]]
    if len(form.away) > _MOST_ABSENCES:
        blocks.append(
            context(f"{len(form.away) - _MOST_ABSENCES} more absences are not shown here.")
        )
    value = ButtonValue(person_id=form.person_id)
    return form_modal(ViewId.AWAY, value, blocks, title="Away", submit="Save", close="Close")


def _people(form: AwayForm) -> StaticSelectElement:
    options = {
        person_id: option(str(person_id), shorten("Me" if person_id == form.own_id else person, 74))
        for person_id, person in list(form.people.items())[:_MOST_PEOPLE]
    }
    return StaticSelectElement(
        action_id=Action.ANSWER,
        options=list(options.values()),
        initial_option=options.get(form.person_id),
    )


def _absence(form: AwayForm, away: Away) -> Block:
    who = "You are" if away.person_id == form.own_id else f"{name(form.people[away.person_id])} is"
    first, last = words.day(away.first_day), words.day(away.last_day)
    when = f"on {first}" if first == last else f"from {first} to {last}"
    remove = button(
        "Remove",
        Action.COME_BACK,
        ButtonValue(person_id=away.person_id),
        about=form.people[away.person_id],
    )
    return section(f"{who} away {when}.", button=remove)


def parse_away(view: Mapping[str, Any]) -> Away:
    """What was filled in; both days are required."""
    values = filled_fields(view)
    chosen = (values.get(BlockId.PERSON) or {}).get("selected_option") or {}
    about = ButtonValue.decode(view["private_metadata"])
    return Away(
        person_id=int(chosen.get("value", about.person_id)),
        first_day=date.fromisoformat(values[BlockId.FIRST_DAY]["selected_date"]),
        last_day=date.fromisoformat(values[BlockId.LAST_DAY]["selected_date"]),
    )
