"""The Home tab in every state, by a readable name, and the form that it opens."""

from dataclasses import replace
from datetime import date
from typing import Any

from bot.views.home import home
from bot.views.modals import sorry_home
from bot.views.preferences_modal import preferences_modal
from storage.read_models import HeldPost, HomeTab, OwedDuty, ReviewStatus, Standing
from storage.vocabulary import Reminding
from storage.wishes import AS_USUAL, Wishes
from tests.bot.views import make
from tests.factories import DONE, london

LIGHT = Wishes(hour=14, reminding=Reminding.LIGHT, zone="America/New_York")
WEDNESDAY = london(2026, 10, 28, 12)


def post(number: int = 1, **more: Any) -> HeldPost:
    """A respondent's post."""
    words = (
        "Respondent of West Midlands Police, Birmingham Safeguarding Children Partnership"
        if number == 1
        else f"Respondent of Metropolitan Police Service, Area {number} Safeguarding Children Partnership"
    )
    fields: dict[str, Any] = {"words": words, "valid_from": date(2026, 9, 1), "valid_to": None}
    return HeldPost(**fields | more)


def tab(status: ReviewStatus, **more: Any) -> HomeTab:
    """What the Home tab shows with that status: the duties not done are owed, and what was said was sent."""
    access = status.access
    if access is not None and status.duties:
        answers_for = frozenset(row.partner_id for row in status.duties)
        status = replace(status, access=replace(access, answers_for=answers_for))
    fields: dict[str, Any] = {
        "owed": tuple(OwedDuty(standing=row) for row in status.duties if not row.is_done),
        "sent": tuple(row for row in status.duties if row.said is not None),
        "posts": (post(),),
    }
    return HomeTab(status=status, **fields | more)


def duties(*rows: Standing, **more: Any) -> ReviewStatus:
    """Somebody who answers for these."""
    return make.status(duties=rows, **more)


def _overdue() -> HomeTab:
    """The deadline of one has passed, the other has time."""
    late = make.standing(deadline_day=date(2026, 10, 23), coming=None)
    ahead = make.areas(1, deadline_day=date(2026, 11, 6))[0]
    return tab(duties(late, ahead, now=WEDNESDAY))


def _summer() -> HomeTab:
    last_week = make.summer_said({"SQ1": "yes", "SQ2": "full", "ST1": "all"}, week=0)
    owed = OwedDuty(standing=make.summer(), previous=last_week, another_day=date(2027, 7, 29))
    sent = make.summer(last_week, week=0)
    return tab(duties(sent, make.summer(), now=make.WEEK_1), owed=(owed,))


def _asked_again() -> HomeTab:
    said = make.standing(make.said(make.WHOLE), asked_at=london(2026, 10, 2, 9))
    return tab(duties(said, now=london(2026, 10, 2, 9, 30)))


def _away() -> HomeTab:
    gone = make.standing(
        away=(("Police respondent, Birmingham", date(2026, 9, 18)),),
        deputies=("Police deputy, Birmingham",),
    )
    return tab(make.for_lead(make.board(gone)), posts=(post(words="Lead of Birmingham"),))


def homes() -> dict[str, dict[str, Any]]:
    """Every Home tab but those with a full return."""
    met = make.areas(32)
    shown = {
        "lead": tab(make.status(make.board())),
        "lead, somebody is away": _away(),
        "respondent": tab(duties(make.standing(), make.done(deadline_day=date(2026, 10, 16)))),
        "respondent, overdue first": _overdue(),
        "respondent, summer": _summer(),
        "respondent, asked again": _asked_again(),
        "respondent, late": tab(duties(make.late(coming=None), now=WEDNESDAY)),
        "respondent, all done": tab(duties(make.done())),
        "deputy": tab(
            duties(make.standing()), owed=(OwedDuty(standing=make.standing(), as_deputy=True),)
        ),
        "respondent with 32": tab(
            duties(*met), posts=tuple(post(number) for number in range(1, 33)), wishes=LIGHT
        ),
        "respondent with 32, all sent": tab(
            duties(*(replace(row, said=make.said(DONE)) for row in met))
        ),
        "respondent with 60": tab(duties(*make.areas(60))),
        "facilitator": tab(
            make.status(
                counts=(make.count(make.standing(make.said(make.WHOLE)), *make.areas(12)),)
            ),
            posts=(post(words="Facilitator of Police, all England", valid_to=date(2027, 3, 31)),),
        ),
        "everything": everything(),
        "nothing is asked": tab(make.status()),
        "administrator": tab(make.administrator()),
        "stranger": HomeTab(status=make.stranger()),
    }
    made = {f"home, {name}": home(content) for name, content in shown.items()}
    made["home, sorry"] = sorry_home("Vigil cannot reach its database at present.")
    return made


def everything() -> HomeTab:
    """Somebody with more of everything than there is room for."""
    boards = [
        make.board(row, partnership_id=number, name=row.partnership)
        for number, row in enumerate(make.areas(40), start=1)
    ]
    owed = make.areas(50)
    sent = [replace(row, said=make.said(DONE)) for row in make.areas(50, round_id=2)]
    counts = (make.count(*make.areas(40)), make.count(*make.areas(40), remit=make.ALL_ENGLAND))
    status = make.status(*boards, duties=(*owed, *sent), counts=counts)
    return tab(status, posts=tuple(post(number) for number in range(1, 51)))


def modals() -> dict[str, dict[str, Any]]:
    """The form for preferences."""
    return {
        "preferences modal": preferences_modal(AS_USUAL),
        "preferences modal, chosen": preferences_modal(LIGHT),
        "preferences modal, another zone": preferences_modal(Wishes(zone="Pacific/Auckland")),
    }
