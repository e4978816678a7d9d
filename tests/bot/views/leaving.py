"""First messages, and what is said of duties that are nobody's any more, in every state."""

from dataclasses import replace
from typing import Any

from bot.sender import render
from bot.views.blocks import Message
from bot.views.leavers import leavers
from bot.views.leaving import gave_up_modal, give_up_modal, not_mine
from bot.views.reminder import reminder
from bot.views.review_status import review_status
from storage.read_models import HeldDuty, Leaver, Leavers, Preface, ReminderItem
from storage.vocabulary import Leaving, PostKind
from tests.bot.views import make
from tests.factories import london

POLICE = "Respondent of West Midlands Police, Birmingham Safeguarding Children Partnership"
FROM_A_ROSTER = Preface(posts=(POLICE,), added_by=None, answers=True)
FROM_A_PERSON = replace(FROM_A_ROSTER, added_by="Business manager, Birmingham")
A_FACILITATOR = Preface(
    posts=("Facilitator of Police, West Midlands",), added_by=None, answers=False
)


def preface(posts: int) -> Preface:
    """Of somebody with so many posts."""
    held = tuple(
        f"Respondent of Metropolitan Police Service, Area {number} Safeguarding Children Partnership"
        for number in range(1, posts + 1)
    )
    return replace(FROM_A_ROSTER, posts=held)


def first(*items: ReminderItem, says: Preface = FROM_A_ROSTER) -> Message:
    """Somebody's first message, a reminder."""
    return render(replace(make.reminder(*items), preface=says))


def leaver(
    *others: str, kind: PostKind = PostKind.RESPONDENT, post: str = POLICE, **more: Any
) -> Leaver:
    """The police's respondent, who said so; these still answer."""
    fields: dict[str, Any] = {
        "name": "Police respondent, Birmingham",
        "since": london(2026, 9, 14, 10),
        "why": Leaving.SAID_SO,
    }
    return Leaver(kind=kind, post=post, others=others, **fields | more)


def held(number: int = 1, *others: str, has_lead: bool = True) -> HeldDuty:
    """A partner that somebody answers for; these do so too."""
    return HeldDuty(
        partner_id=number,
        body="West Midlands Police",
        partnership="Birmingham Safeguarding Children Partnership"
        if number == 1
        else f"Area {number} Safeguarding Children Partnership",
        others=others,
        has_lead=has_lead,
    )


def messages() -> dict[str, Message]:
    """Every message."""
    gone = {"is_theirs": False}
    closed = {"why": Leaving.ACCOUNT_CLOSED}
    told = {
        "one": [leaver()],
        "others answer": [leaver("Police deputy, Birmingham", **closed)],
        "all kinds": [
            leaver("Police deputy, Birmingham", "Second respondent, Birmingham"),
            leaver(kind=PostKind.LEAD, post="Lead of Birmingham Safeguarding Children Partnership"),
            leaver(kind=PostKind.FACILITATOR, post="Facilitator of Police, West Midlands"),
            leaver("Second administrator", kind=PostKind.ADMINISTRATOR, post="Administrator"),
        ],
        "40": [leaver(**closed)] * 40,
        "passed on": [leaver("Police colleague, Birmingham", why=Leaving.HANDED_OVER)],
    }
    return {
        "first message": first(make.item()),
        "first message, added by somebody": first(make.item(), says=FROM_A_PERSON),
        "first message, 60 duties": first(
            *(make.item(row) for row in make.areas(60)), says=preface(60)
        ),
        "first message, a lead's 40": render(
            replace(make.silent(*make.areas(40)), preface=A_FACILITATOR)
        ),
        "reminder, not theirs": reminder(make.reminder(make.item(**gone))),
        "reminder, one of two not theirs": reminder(
            make.reminder(*(make.item(row, is_theirs=row.partner_id == 1) for row in make.areas(2)))
        ),
        "reminder, one of 8 not theirs": reminder(
            make.reminder(*(make.item(row, is_theirs=row.partner_id > 1) for row in make.areas(8)))
        ),
        **{
            f"left, {name}": leavers(Leavers(now=make.NOW, items=tuple(of)))
            for name, of in told.items()
        },
        "board, the last who answered has left": review_status(
            make.for_lead(make.board(make.standing(respondents=(), coming=None)))
        ),
        "not mine": not_mine([held()]),
        "not mine, 60": not_mine([held(number) for number in range(1, 61)]),
        "not mine, none": not_mine([]),
    }


def modals() -> dict[str, dict[str, Any]]:
    """Every modal."""
    return {
        "give up modal": give_up_modal([held()]),
        "give up modal, others answer": give_up_modal([held(1, "Police deputy, Birmingham")]),
        "give up modal, no lead": give_up_modal([held(has_lead=False)]),
        "give up modal, all of 60": give_up_modal(
            [held(1, "Police deputy, Birmingham"), *(held(number) for number in range(2, 61))]
        ),
        "gave up modal": gave_up_modal(),
    }
