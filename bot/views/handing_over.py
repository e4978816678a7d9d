"""Handing a duty over: the message that asks a colleague, and what the one who asked is told."""

from collections.abc import Iterable
from datetime import date, datetime

from slack_sdk.models.blocks import Block

from bot.ids import Action, ButtonValue
from bot.views import standing as stands
from bot.views import words
from bot.views.blocks import (
    NOT_FOR_CONCERNS,
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
from storage.read_models import HandedOver, HandingOver, HandoverItem, HandoverState, Standing

#: Each takes up to seven blocks.
_MOST = 6
#: Of a duty for good, so many rounds are shown.
_MOST_ROUNDS = 2
_ABOUT_VIGIL = (
    "Vigil asks safeguarding partners how a review or a weekly check stands, and shows their lead who has replied."
    " It keeps your name, your work email address and what you answer for."
)
_OVER = {
    HandoverState.DECLINED: "You said no. It stays with your colleague.",
    HandoverState.WITHDRAWN: "Your colleague has taken this back. You do not need to do anything.",
    HandoverState.ENDED: "You no longer answer for this partner. You do not need to do anything.",
    HandoverState.REPLIED: "It has been replied already: nothing is left to take over.",
    HandoverState.TOO_LATE: "It is too late to take this over. You do not need to do anything.",
    HandoverState.NOT_THEIRS: (
        "Your colleague no longer answers for this partner, so they cannot pass it on."
    ),
}


def handing_over(content: HandingOver) -> Message:
    """Who asks, for which partner, what it involves, by when and for how long; then what became of it."""
    blocks: list[Block] = [header("A colleague asks for your help")]
    for each in content.items[:_MOST]:
        blocks += [*([divider()] if len(blocks) > 1 else []), *_item(each, now=content.now)]
    if len(content.items) > _MOST:
        blocks.append(context(f"There are {len(content.items) - _MOST} more like these."))
    if any(each.state is HandoverState.ASKED for each in content.items):
        blocks.append(context(f"{_ABOUT_VIGIL} {NOT_FOR_CONCERNS}"))
    return message(blocks)


def _item(item: HandoverItem, *, now: datetime) -> list[Block]:
    heading = f"*{name(item.body)}*\n{name(item.partnership)}"
    match item.state:
        case HandoverState.ASKED:
            return [section(f"{heading}\n{_asks(item)}"), *_involves(item, now=now), _answers(item)]
        case HandoverState.AGREED:
            return _agreed(item, heading, now=now)
        case _:
            return [section(f"{heading}\n{_OVER[item.state]}")]


def _asks(item: HandoverItem) -> str:
    asks = f"{name(item.asked_by)} asks you to answer for this partner"
    if item.is_for_good:
        return f"{asks} from now on, instead of them."
    return f"{asks} this time only, until {words.day(item.last_day)}."


def _involves(item: HandoverItem, *, now: datetime) -> list[Block]:
    """What there is to do, by when."""
    lines = [
        f"*{stands.title(each.standing)}*\n{each.ask} {stands.reply_by(each.standing, now=now)}"
        for each in item.rounds[:_MOST_ROUNDS]
    ]
    lines.append(
        "You fill in a short form, which takes about a minute. You are reminded in Slack."
        " If you say no, nothing is asked of you."
    )
    return [section("\n".join(lines))]


def _answers(item: HandoverItem) -> Block:
    value, about = ButtonValue(handover_id=item.handover_id), f"{item.partnership}, {item.body}"
    return actions(
        button("I agree", Action.AGREE, value, about=about, primary=True),
        button("No, not me", Action.DECLINE, value, about=about),
    )


def _agreed(item: HandoverItem, heading: str, *, now: datetime) -> list[Block]:
    says = (
        f"*You answer for this now.* {name(item.asked_by)} no longer does."
        if item.is_for_good
        else f"*You answer for this until {words.day(item.last_day)}.*"
        f" {name(item.asked_by)} is not reminded of it meanwhile."
    )
    blocks: list[Block] = [section(f"{heading}\n{says}")]
    if not item.rounds:
        blocks.append(section("Nothing is asked at present. You are reminded when something is."))
    for each in item.rounds[:_MOST_ROUNDS]:
        blocks += _round(each.standing, each.another_day, now=now)
    return blocks


def _round(row: Standing, another_day: date | None, *, now: datetime) -> list[Block]:
    value, about = stands.value(row), stands.about(row)
    later = button("Not now", Action.NOT_NOW, value, about=about)
    if row.said is not None:
        change = button("Change my reply", Action.OPEN_REPLY, value, about=about)
        buttons = [change] if row.is_done else [change, later]
        return [
            section(f"*{stands.title(row)}*\n{stands.why(row)}"),
            actions(*buttons),
        ]
    lines = [f"*{stands.title(row)}*", stands.reply_by(row, now=now)]
    if waits := stands.another_day(another_day, now=now):
        lines.append(waits)
    reply = button("Reply", Action.OPEN_REPLY, value, about=about, primary=True)
    return [section("\n".join(lines)), actions(reply, later)]


def standing_of(handovers: Iterable[HandedOver], row: Standing) -> list[Block]:
    """For the one who asked: where each asking stands, with a button to take it back while that is possible."""
    blocks: list[Block] = []
    for each in handovers:
        is_back = each.state is HandoverState.DECLINED or is_gone(each)
        take_back = button(
            "Take it back",
            Action.TAKE_BACK,
            ButtonValue(handover_id=each.handover_id),
            about=f"{each.colleague}, {stands.about(row)}",
        )
        blocks.append(section(handed_over(each), button=None if is_back else take_back))
    return blocks


def is_gone(handover: HandedOver) -> bool:
    """Whether the duty is no longer theirs."""
    return handover.state is HandoverState.AGREED and handover.is_for_good


def handed_over(handover: HandedOver) -> str:
    """Where it stands, in a sentence or two."""
    colleague = name(handover.colleague)
    if is_gone(handover):
        return f"*{colleague} answers for this now.* You no longer answer for this partner."
    match handover.state:
        case HandoverState.AGREED:
            return (
                f"*{colleague} answers for this* until {words.day(handover.last_day)}."
                " You are not reminded of it. You can still reply."
            )
        case HandoverState.DECLINED:
            return f"*{colleague} cannot take it over: it is still yours.*"
        case _:
            return f"*You asked {colleague} to take this over.* They have not answered yet."
