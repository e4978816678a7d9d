"""What a lead is told: who in their partnership has said nothing."""

from slack_sdk.models.blocks import Block, ButtonElement

from bot.ids import Action, ButtonValue
from bot.views import standing as stands
from bot.views.blocks import (
    Message,
    actions,
    button,
    context,
    divider,
    header,
    message,
    name,
    section,
)
from storage.read_models import Escalation, EscalationItem, Standing

#: Each takes four blocks.
_MOST = 11


def escalation(content: Escalation) -> Message:
    """Each partner with how often it was asked, who is away, what comes next, and how to stop it."""
    blocks: list[Block] = [
        header("No reply yet"),
        context("You are told because you lead the partnership."),
    ]
    for item in content.items[:_MOST]:
        blocks += [divider(), *_item(content, item)]
    if len(content.items) > _MOST:
        blocks.append(
            context(
                f"There are {len(content.items) - _MOST} more. Type /review-status to see them."
            )
        )
    return message(blocks)


def _item(content: Escalation, item: EscalationItem) -> list[Block]:
    standing = item.standing
    heading = f"*{name(standing.body)}*, {name(standing.partnership)}\n{stands.title(standing)}"
    if standing.said is not None:
        return [section(f"{heading}\n*They have replied.* {stands.why(standing)}")]
    asked = "once" if item.times_asked == 1 else f"{item.times_asked} times"
    lines = [
        heading,
        stands.reply_by(standing, now=content.now),
        f"They have been asked {asked}. {stands.why(standing)}"
        if item.times_asked
        else stands.why(standing),
        stands.coming(standing),
    ]
    return [section("\n".join(lines)), actions(stop_button(standing))]


def stop_button(standing: Standing) -> ButtonElement:
    """For a lead: to stop the reminders to a partner in this round, or to go on with them."""
    label, action = (
        ("Go on with reminders", Action.RESUME_REMINDERS)
        if standing.is_stopped
        else ("Stop reminders", Action.STOP_REMINDERS)
    )
    value = ButtonValue(
        round_id=standing.round_id,
        partner_id=standing.partner_id,
        partnership_id=standing.partnership_id,
    )
    return button(label, action, value, about=stands.about(standing))
