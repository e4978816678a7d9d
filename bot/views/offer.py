"""The offer to open a campaign: what would be sent to whom; and what became of it."""

from typing import Any

from slack_sdk.models.blocks import Block

from bot.ids import Action, ButtonValue
from bot.ids import View as ViewId
from bot.views import words
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
from bot.views.inputs import form_modal
from storage.read_models import Offer, OfferedNotice, OfferItem
from storage.vocabulary import Certainty

#: So many partnerships are shown whole in one message; a lead of more finds the rest with /review-status.
_MOST = 6
#: So many of the first times are shown; the rest follow the same way.
_MOST_TIMES = 8
#: The names of those who would be messaged, in a line.
_MOST_NAMES = 4


def offer(content: Offer) -> Message:
    """To a lead: the campaigns that stand ready in their partnerships."""
    ready = any(_opens(content, item) for item in content.items)
    blocks: list[Block] = [header("Ready to open" if ready else "Campaigns in your partnerships")]
    for item in content.items[:_MOST]:
        blocks += [divider(), *_item(content, item)]
        if (label := _opens(content, item)) is not None:
            value = ButtonValue(campaign_id=item.campaign_id, partnership_id=item.partnership_id)
            about = f"{item.campaign_title}, {item.partnership}"
            blocks.append(
                actions(button(label, Action.OPEN_CAMPAIGN, value, about=about, primary=True))
            )
    if len(content.items) > _MOST:
        blocks.append(
            context(
                f"There are {len(content.items) - _MOST} more. Type /review-status to see them."
            )
        )
    return message(blocks)


def draft_modal(content: Offer) -> dict[str, Any]:
    """The same for one draft, looked at from the board."""
    item = content.items[0]
    value = ButtonValue(campaign_id=item.campaign_id, partnership_id=item.partnership_id)
    label = _opens(content, item)
    return form_modal(
        ViewId.DRAFT,
        value,
        _item(content, item),
        title="Ready to open" if label else "Vigil",
        submit=label,
        close="Not now" if label else "Close",
    )


def _item(content: Offer, item: OfferItem) -> list[Block]:
    heading = f"*{name(item.campaign_title)}*\n{name(item.partnership)}"
    if item.opened_at is not None:
        return [section(f"{heading}\nOpen since {words.moment(item.opened_at)}.")]
    if _is_over(content, item):
        return [
            section(
                f"{heading}\nIt can no longer be opened: late replies were taken until {words.day(item.late_until)}."
            )
        ]
    if _is_past(content, item):
        return [
            section(
                f"{heading}\nIts deadline was {words.day(item.deadline_day)}, so no reminders would be sent."
                f" Partners could record a late reply until {words.day(item.late_until)}."
            )
        ]
    blocks = [section(f"{heading}\nIt is a draft: nothing is sent until you open it.")]
    if item.certainty is Certainty.ESTIMATED:
        blocks.append(
            context(
                "These dates are estimated: the area’s term dates are not confirmed."
                " Once it is open, type /review-status to give them."
            )
        )
    blocks.append(section(_what_is_sent(content, item)))
    if item.notices:
        blocks.append(context("Each reminder goes only to those whose partner has not finished."))
    if item.without_contact:
        missing = words.listed([name(body) for body in item.without_contact], at_most=6)
        blocks.append(context(f"Nobody is named to answer for {missing}."))
    return blocks


def _what_is_sent(content: Offer, item: OfferItem) -> str:
    """Each time with its step; those who are messaged once, where they are the same at every time."""
    notices = [notice for notice in item.notices if notice.at >= content.now]
    if not notices:
        return "If you open it, no reminders are sent."
    everybody = {notice.to for notice in notices}
    lines = ["*If you open it, reminders are sent*"]
    if len(everybody) == 1:
        lines.append(f"To {_names(notices[0])}:")
    for notice in notices[:_MOST_TIMES]:
        to = "" if len(everybody) == 1 else f", to {_names(notice)}"
        lines.append(f"• {words.moment(notice.at)}: {notice.step_words}{to}")
    if len(notices) > _MOST_TIMES:
        more = len(notices) - _MOST_TIMES
        lines.append(f"and {more} more, the last at {words.moment(notices[-1].at)}")
    return "\n".join(lines)


def _names(notice: OfferedNotice) -> str:
    return words.listed([name(to) for to in notice.to], at_most=_MOST_NAMES)


def _opens(content: Offer, item: OfferItem) -> str | None:
    """What the button says; None where there is nothing to open."""
    if item.opened_at is not None or _is_over(content, item):
        return None
    return "Take late replies" if _is_past(content, item) else "Open it"


def _is_past(content: Offer, item: OfferItem) -> bool:
    return words.london_date(content.now) > item.deadline_day


def _is_over(content: Offer, item: OfferItem) -> bool:
    return words.london_date(content.now) > item.late_until
