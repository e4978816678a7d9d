"""The offer to open a campaign: what would be sent to whom; and what became of it."""

from typing import Any

from slack_sdk.models.blocks import Block, PlainTextObject
from slack_sdk.models.views import View as SlackView

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
from storage.read_models import Offer, OfferItem
from storage.vocabulary import Certainty

#: So many partnerships are shown whole in one message; a lead of more finds the rest with /review-status.
_MOST = 6


def offer(content: Offer) -> Message:
    """To a lead: the campaigns that stand ready in their partnerships."""
    blocks: list[Block] = [header("Ready to open")]
    for item in content.items[:_MOST]:
        blocks += [divider(), *_item(content, item)]
        if item.opened_at is None:
            value = ButtonValue(campaign_id=item.campaign_id, partnership_id=item.partnership_id)
            about = f"{item.campaign_title}, {item.partnership}"
            blocks.append(
                actions(button("Open it", Action.OPEN_CAMPAIGN, value, about=about, primary=True))
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
    submit = "Take late replies" if _is_past(content, item) else "Open it"
    return SlackView(
        type="modal",
        callback_id=ViewId.DRAFT,
        title=PlainTextObject(text="Ready to open", emoji=False),
        submit=PlainTextObject(text=submit, emoji=False) if item.opened_at is None else None,
        close=PlainTextObject(text="Not now", emoji=False),
        private_metadata=value.encode(),
        blocks=_item(content, item),
    ).to_dict()


def _item(content: Offer, item: OfferItem) -> list[Block]:
    heading = f"*{name(item.campaign_title)}*\n{name(item.partnership)}"
    if item.opened_at is not None:
        return [section(f"{heading}\nOpen since {words.moment(item.opened_at)}.")]
    if _is_past(content, item):
        return [
            section(
                f"{heading}\nIts deadline was {words.day(item.deadline_day)}, so no reminders would be sent."
                f" Partners could record a late reply until {words.day(item.late_until)}."
            )
        ]
    estimate = " These dates are estimated." if item.certainty is Certainty.ESTIMATED else ""
    blocks = [section(f"{heading}\nIt is a draft: nothing is sent until you open it.{estimate}")]
    times = [
        f"• {words.moment(notice.at)}: {notice.step_words}, to {words.listed([name(to) for to in notice.to], at_most=4)}"
        for notice in item.notices
        if notice.at >= content.now
    ]
    if times:
        blocks.append(section("*If you open it, this is sent*\n" + "\n".join(times)))
    blocks.append(context("Each reminder goes only to those whose partner has not finished."))
    if item.without_contact:
        missing = words.listed([name(body) for body in item.without_contact], at_most=6)
        blocks.append(context(f"Nobody is named to answer for {missing}."))
    return blocks


def _is_past(content: Offer, item: OfferItem) -> bool:
    return words.london_date(content.now) > item.deadline_day
