"""Handovers for views, with the fewest words, and every view of them in every state."""

from dataclasses import replace
from datetime import date
from typing import Any

from bot.views.blocks import Message
from bot.views.handing_over import handing_over
from bot.views.pass_on_modal import asked_modal, duties_to_pass_on, pass_on_modal, taken_back_modal
from bot.views.plain_words import end
from bot.views.reminder import reminder
from storage.read_models import (
    DutyToPassOn,
    HandedOver,
    HandingOver,
    HandoverItem,
    HandoverRound,
    HandoverState,
    PassOnForm,
    Standing,
)
from tests.bot.views import make

COLLEAGUE, ASKER = "Police colleague, Birmingham", "Police respondent, Birmingham"
LAST_DAY = date(2026, 12, 31)


def handed_over(state: HandoverState = HandoverState.ASKED, **more: Any) -> HandedOver:
    """What the one who asked is told of one asking, in the only round."""
    fields: dict[str, Any] = {
        "handover_id": 7,
        "round_id": 1,
        "colleague": COLLEAGUE,
        "state": state,
        "last_day": LAST_DAY,
    }
    return HandedOver(**fields | more)


FOR_GOOD = handed_over(HandoverState.AGREED, round_id=None)


def round_of(row: Standing, another_day: date | None = None) -> HandoverRound:
    """The round that a handover is about."""
    return HandoverRound(standing=row, ask=make.OCTOBER.ask, another_day=another_day)


def item(
    state: HandoverState = HandoverState.ASKED, *duties: Standing, **more: Any
) -> HandoverItem:
    """What a colleague is asked to take over."""
    fields: dict[str, Any] = {
        "handover_id": 7,
        "asked_by": ASKER,
        "body": "West Midlands Police",
        "partnership": "Birmingham Safeguarding Children Partnership",
        "is_for_good": False,
        "state": state,
        "last_day": LAST_DAY,
        "rounds": tuple(round_of(row) for row in duties or (make.standing(),)),
    }
    return HandoverItem(**fields | more)


def asking(*items: HandoverItem) -> Message:
    """The message to a colleague."""
    return handing_over(HandingOver(now=make.NOW, items=items))


def to_pass_on(row: Standing, *handovers: HandedOver) -> DutyToPassOn:
    """A duty of somebody who wants to pass one on."""
    return DutyToPassOn(standing=row, handovers=handovers)


def form(*handovers: HandedOver) -> PassOnForm:
    """What the form starts from."""
    return PassOnForm(
        now=make.NOW, standing=make.standing(), last_day=LAST_DAY, handovers=handovers
    )


def messages() -> dict[str, Message]:
    """Every message about a handover."""
    said = make.said(make.WHOLE)
    many = [
        replace(item(), handover_id=number, body=row.body, partnership=row.partnership)
        for number, row in enumerate(make.areas(20), start=1)
    ]
    colleagues = {f"handover, {state}": asking(item(state)) for state in HandoverState} | {
        "handover, asked for good": asking(item(is_for_good=True)),
        "handover, asked for good, nothing to answer": asking(item(is_for_good=True, rounds=())),
        "handover, agreed for good": asking(item(HandoverState.AGREED, is_for_good=True)),
        "handover, agreed for good, nothing to answer": asking(
            item(HandoverState.AGREED, is_for_good=True, rounds=())
        ),
        "handover, agreed, another day": asking(
            item(HandoverState.AGREED, rounds=(round_of(make.standing(), date(2026, 9, 21)),))
        ),
        "handover, agreed and replied": asking(item(HandoverState.AGREED, make.standing(said))),
        "handover, agreed and done": asking(item(HandoverState.AGREED, make.done())),
        "handover, 20 asked": asking(*many),
    }
    reminded = {
        "asked": [handed_over()],
        "agreed": [handed_over(HandoverState.AGREED)],
        "agreed, and asked for good": [
            handed_over(HandoverState.AGREED),
            handed_over(handover_id=8, round_id=None, colleague="Somebody else"),
        ],
        "agreed for good": [FOR_GOOD],
        "declined": [handed_over(HandoverState.DECLINED)],
    }
    askers = {
        f"reminder, passed on, {name}": reminder(
            make.reminder(make.item(handovers=tuple(found), is_theirs=FOR_GOOD not in found))
        )
        for name, found in reminded.items()
    } | {
        "receipt, passed on": reminder(
            make.reminder(
                make.item(make.standing(said), handovers=(handed_over(HandoverState.AGREED),))
            )
        ),
        "receipt, passed on for good": reminder(
            make.reminder(make.item(make.done(), handovers=(FOR_GOOD,), is_theirs=False))
        ),
        "reminder, 32 duties passed on": reminder(
            make.reminder(
                *(
                    make.item(row, handovers=(found,), is_theirs=found is not FOR_GOOD)
                    for row, found in zip(
                        make.areas(32), [handed_over(), FOR_GOOD] * 16, strict=True
                    )
                )
            )
        ),
    }
    first, second = make.areas(2)
    typed = {
        "plain words, pass on": duties_to_pass_on(
            [to_pass_on(first), to_pass_on(second, handed_over())], end()
        ),
        "plain words, pass on, 9 duties": duties_to_pass_on(
            [to_pass_on(row) for row in make.areas(9)], end()
        ),
        "plain words, pass on, no duties": duties_to_pass_on([], end()),
    }
    return colleagues | askers | typed


def modals() -> dict[str, dict[str, Any]]:
    """Every modal about a handover."""
    return {
        "pass on modal": pass_on_modal(form()),
        "pass on modal, asked already": pass_on_modal(form(handed_over())),
        "pass on modal, asked": asked_modal(COLLEAGUE),
        "pass on modal, taken back": taken_back_modal(COLLEAGUE),
    }
