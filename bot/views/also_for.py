"""One reply for several partners: choosing the others, and saying exactly for which it was kept."""

from collections.abc import Iterable, Sequence
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    InputInteractiveElement,
    Option,
    StaticMultiSelectElement,
)

from bot.ids import Action
from bot.ids import Block as BlockId
from bot.views.blocks import context, name, section, shorten
from bot.views.inputs import field, option, plain
from bot.views.modals import plain_modal
from storage.read_models import AlsoFor, Duty, Standing

#: Slack's limits of a group of ticks and of a list.
_MOST_TICKS, _MOST_LISTED = 10, 100
_MOST_CHARACTERS = 75
#: So many of the longest names fit into one paragraph.
_MOST_LINES = 9


def also_for_blocks(duty: Duty) -> list[Block]:
    """The person's other partners that owe the same reply; none of them is chosen."""
    shown = duty.others[:_MOST_LISTED]
    chooses = field(BlockId.ALSO_FOR, "This reply is also for", _element(shown), optional=True)
    chooses.hint = plain(
        "Each of those that you choose gets this reply as its own, with the same words and readers."
    )
    blocks: list[Block] = [chooses]
    if len(duty.others) > len(shown):
        more = len(duty.others) - len(shown)
        blocks.append(context(f"{more} more are not shown here. Reply for them afterwards."))
    return blocks


def _element(others: Sequence[Standing]) -> InputInteractiveElement:
    options = list(map(_option, others))
    if len(options) <= _MOST_TICKS:
        return CheckboxesElement(action_id=Action.ANSWER, options=options)
    return StaticMultiSelectElement(action_id=Action.ANSWER, options=options)


def _option(standing: Standing) -> Option:
    """The partnership, and below it the body and whether this would be its first reply."""
    said = standing.said
    so_far = "no reply yet" if said is None else "replied, not done yet"
    body = shorten(standing.body, _MOST_CHARACTERS - len(so_far) - 2)
    return option(
        f"{standing.round_id}/{standing.partner_id}/{0 if said is None else said.reply_id}",
        shorten(standing.partnership, _MOST_CHARACTERS),
        description=f"{body}, {so_far}",
    )


def chosen(value: str) -> AlsoFor:
    """One that was chosen, or that is written in a later screen."""
    round_id, partner_id, *reply_id = map(int, value.split("/"))
    return AlsoFor(
        round_id=round_id, partner_id=partner_id, reply_id=reply_id[0] if reply_id else None
    )


def written(also: Iterable[Standing]) -> str:
    """The partners that a reply is for already, for its next screen to carry on."""
    return " ".join(f"{each.round_id}/{each.partner_id}" for each in also)


def read(also_for: str) -> tuple[AlsoFor, ...]:
    """The other way round."""
    return tuple(map(chosen, also_for.split()))


def kept_for_blocks(duty: Duty) -> list[Block]:
    """Every partner for which the reply was kept."""
    kept = [duty.standing, *duty.also]
    lines = [f"• {name(each.body)}, {name(each.partnership)}" for each in kept]
    told = section(f"*Your reply is stored for these {len(kept)} partners.*")
    parts = [lines[at : at + _MOST_LINES] for at in range(0, len(lines), _MOST_LINES)]
    return [told, *(section("\n".join(part)) for part in parts)]


def kept_modal(duty: Duty) -> dict[str, Any]:
    """The same when nothing more is asked."""
    ending = context("Each has a reply of its own, which can be changed by itself.")
    return plain_modal("Your reply", [*kept_for_blocks(duty), ending])
