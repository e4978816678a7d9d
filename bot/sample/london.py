"""A scene of one person with many duties: the Metropolitan Police, a partner in each of its partnerships."""

from datetime import date, datetime

from bot.sample.people import facilitator, lead, respondent, slug
from bot.sample.scene import Scene
from bot.workspace.people import Step
from storage.areas import ReferencePartnership, all_partnerships
from storage.clock import LONDON
from storage.queries.roster import RosterPost

_DAY = date(2026, 9, 11)
_FORCE = "Metropolitan Police"
_MET, _CAMDEN = "U0MET", "Camden"


def _partnerships() -> list[ReferencePartnership]:
    return [
        each
        for each in all_partnerships(_DAY)
        if any(body.body == _FORCE for body in each.bodies_on(_DAY))
    ]


def _posts() -> list[RosterPost]:
    met = [
        respondent(_MET, f"Police respondent, {_FORCE}", each, "police", _FORCE)
        for each in _partnerships()
    ]
    camden = next(each for each in _partnerships() if each.areas[0].name == _CAMDEN)
    others = [
        respondent(
            f"U0{slug(body.sector_key)}",
            f"{'Health' if body.sector_key == 'health' else 'Council'} respondent, {_CAMDEN}",
            camden,
            body.sector_key,
            body.body,
        )
        for body in camden.bodies_on(_DAY)
        if body.sector_key != "police"
    ]
    return [
        *met,
        *others,
        lead("U0LEAD", f"Business manager, {_CAMDEN}", camden),
        facilitator("U0FACPO", "Police facilitator, London", "police", "London"),
    ]


MANY_DUTIES = Scene(
    key="many-duties",
    title="One person, 32 boroughs",
    summary="London, 8:55am on Friday 11 September 2026. The Metropolitan Police is a partner in all 32 boroughs, in 30 partnerships, and one person answers for it.",
    begins_at=datetime(2026, 9, 7, 8, 55, tzinfo=LONDON),
    opens_at=datetime(2026, 9, 11, 8, 55, tzinfo=LONDON),
    posts=_posts,
    you=_MET,
    steps=(
        Step(
            text="You answer for the Metropolitan Police in 30 partnerships. Press ‘To the next notice’: all of them come in one message, not in 30.",
            user=_MET,
        ),
        Step(
            text="Reply for one of them, and choose below the questions which others the reply is for: each gets its own. ‘Home’ lists all of them, what is owed first.",
            user=_MET,
        ),
        Step(
            text="Be the business manager in Camden and type /review-status: a lead sees their own partnership and no other.",
            user="U0LEAD",
        ),
        Step(
            text="Be the police facilitator and press ‘To Monday 9am’: the digest counts all of London in a few lines.",
            user="U0FACPO",
        ),
    ),
)
