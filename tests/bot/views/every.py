"""Every view in every state, by a readable name: what the snapshots keep and the limits are tried on."""

from dataclasses import replace
from datetime import date
from typing import Any

from bot.listeners.unknown import _OLD
from bot.views import answers as views_without
from bot.views import modals
from bot.views import review_status as views
from bot.views.blocks import Message
from bot.views.digest import digest
from bot.views.reminder import reminder
from bot.views.reply_modal import reply_modal
from storage.read_models import ReviewStatus, Standing
from storage.vocabulary import Audience, Certainty
from tests.bot.views import make
from tests.factories import DONE, london

MONDAY_BEFORE = london(2026, 9, 7, 9)
AFTER_DEADLINE = london(2026, 10, 26, 12)
STEP_THREE = london(2026, 10, 2, 9)
PARTNERSHIP_ONLY = make.said(make.WHOLE, audience=Audience.PARTNERSHIP)


def _three_weeks(of: Any) -> Any:
    """The same duty at the next step."""
    words = make.OCTOBER.step_words("three_weeks_before")
    return make.item(of, asked_at=STEP_THREE, step_words=words, replied=1)


def reminders() -> dict[str, Message]:
    """A reminder, and the receipt that it becomes."""
    whole = make.said(make.WHOLE)
    shown = {
        "one duty, not answered": [make.item()],
        "one duty, date confirmed by the council": [
            make.item(make.standing(certainty=Certainty.COUNCIL))
        ],
        "one duty, with last year's answer": [make.item(previous=make.last_year())],
        "receipt, short of done": [make.item(make.standing(whole), replied=1)],
        "receipt, for the partnership only": [
            make.item(make.standing(PARTNERSHIP_ONLY), replied=1)
        ],
        "receipt, done": [make.item(make.done(), replied=1)],
        "receipt, late": [make.item(make.late(), replied=1)],
        "asked again, still so": [_three_weeks(make.standing(whole))],
        "receipt, confirmed": [
            _three_weeks(
                make.standing(replace(whole, is_confirmation=True, at=london(2026, 10, 2, 9, 1)))
            )
        ],
        "5 duties": [
            *(make.item(row) for row in _three_duties()),
            *(make.item(row) for row in make.areas(5)[3:]),
        ],
        "32 duties": [
            *(make.item(replace(row, said=make.said())) for row in make.areas(1)),
            *(make.item(row) for row in make.areas(32)[1:]),
        ],
        "60 duties": [make.item(row) for row in make.areas(60)],
    }
    return {f"reminder, {name}": reminder(make.reminder(*items)) for name, items in shown.items()}


def _states() -> dict[str, ReviewStatus]:
    """A board in which the police stand in each state."""
    before = make.board().standings[:2]
    after = make.board(coming=london(2026, 11, 2, 9)).standings[:2]
    states: dict[str, tuple[Any, Any]] = {
        "no reply": (make.standing(), make.NOW),
        "overdue": (make.standing(coming=None), AFTER_DEADLINE),
        "no contact": (
            make.standing(respondents=(), asked_at=None, coming=None),
            make.NOW,
        ),
        "not asked yet": (make.standing(asked_at=None), MONDAY_BEFORE),
        "replied": (make.standing(make.said(make.WHOLE)), make.NOW),
        "done": (make.done(), make.NOW),
        "late": (make.late(coming=None), AFTER_DEADLINE),
    }
    return {
        f"board, {name}": make.status(
            make.board(*(after if now == AFTER_DEADLINE else before), row), now=now
        )
        for name, (row, now) in states.items()
    }


def answers() -> dict[str, Message]:
    """Everything that /review-status and typing can bring."""
    many = [
        make.board(row, partnership_id=number, name=row.partnership)
        for number, row in enumerate(make.areas(40), start=1)
    ]
    statuses = {
        **_states(),
        "list of boards": make.status(*many[:3]),
        "list of boards, 40": make.status(*many),
        "duties": make.status(duties=_three_duties()),
        "duties, 32": make.status(duties=tuple(make.areas(32))),
        "counts": make.status(
            counts=(make.count(make.standing(make.said(make.WHOLE)), *make.areas(12)),)
        ),
        "counts, nobody yet": make.status(counts=(make.count(make.standing()),)),
        "lead, respondent and facilitator in one": everything(),
        "nothing is asked": make.status(),
        "stranger": make.stranger(),
    }
    shown = {name: views.review_status(content) for name, content in statuses.items()}
    shown["help"] = views_without.help_message()
    shown["unknown words"] = views_without.unknown_words_message()
    shown["typed"] = views_without.typed_answer()
    return shown


def _three_duties() -> tuple[Standing, ...]:
    """Not answered, short of done, done."""
    first, second, third = make.areas(3)
    return first, replace(second, said=make.said(make.WHOLE)), replace(third, said=make.said(DONE))


def everything() -> ReviewStatus:
    """Somebody with many posts of all kinds."""
    boards = [
        make.board(row, partnership_id=number, name=row.partnership)
        for number, row in enumerate(make.areas(40), start=1)
    ]
    return make.status(
        *boards,
        duties=tuple(make.areas(40)),
        counts=(make.count(*make.areas(40)), make.count(*make.areas(40), remit=make.ALL_ENGLAND)),
    )


def digests() -> dict[str, Message]:
    """A facilitator's digest."""
    row = make.standing(make.said(make.WHOLE))
    news = make.part(
        row,
        *make.areas(2),
        changes=(make.change(row),),
        requests=((row, make.HELP),),
    )
    private = make.standing(PARTNERSHIP_ONLY)
    since = london(2026, 9, 7, 9)
    return {
        "digest, first": digest(make.digest(make.part(make.standing(), changes=()), since=None)),
        "digest, changes": digest(make.digest(news, since=since)),
        "digest, partnership only": digest(
            make.digest(make.part(private, changes=(make.change(private),)), since=since)
        ),
        "digest, nothing new": digest(make.digest(make.part(make.standing()), since=since)),
        "digest, nothing is asked": digest(make.digest(since=since)),
        "digest, all England": digest(make.digest(make.all_england(400), since=since)),
        "digest, several sectors": digest(
            make.digest(
                *(
                    replace(news, remit=replace(make.POLICE_REMIT, sector_key=key, sector=sector))
                    for key, sector, _ in make.SECTORS
                ),
                since=since,
            )
        ),
    }


def messages() -> dict[str, Message]:
    """Every message."""
    return {**reminders(), **answers(), **digests()}


def modal_views() -> dict[str, dict[str, Any]]:
    """Every modal."""
    board = make.board()
    return {
        "reply modal, empty": reply_modal(make.duty()),
        "reply modal, prefilled": reply_modal(make.duty(make.said(make.WHOLE))),
        "reply modal, partnership only": reply_modal(make.duty(PARTNERSHIP_ONLY)),
        "reply modal, last time's": reply_modal(make.duty(previous=make.last_year())),
        "modal, a board": modals.board_modal(make.status(board), board),
        "modal, stored": modals.stored_modal(),
        "modal, sorry": modals.sorry_modal(_OLD),
    }


def homes() -> dict[str, dict[str, Any]]:
    """The Home tab."""
    return {
        "home, lead": views.home(make.status(make.board())),
        "home, respondent": views.home(
            make.status(duties=(make.standing(), make.done(deadline_day=date(2026, 10, 16))))
        ),
        "home, respondent with 60": views.home(make.status(duties=tuple(make.areas(60)))),
        "home, everything": views.home(everything()),
        "home, nothing is asked": views.home(make.status()),
        "home, stranger": views.home(make.stranger()),
    }
