"""A scene of all England: every partnership, a respondent for each body, and some areas' own dates."""

from datetime import date, datetime

from bot.sample.people import facilitator, lead, respondent, slug
from bot.sample.scene import Scene
from bot.workspace.people import Step
from storage.area_names import find_area
from storage.areas import all_partnerships
from storage.calendar_models import GivenDates, TermEvent
from storage.clock import LONDON
from storage.queries.roster import RosterPost

_DAY = date(2026, 9, 4)
_SECTORS = {"local_government": "Council", "health": "Health", "police": "Police"}
_FACILITATORS = {
    "local_government": "Local government facilitator, England",
    "health": "Health facilitator, England",
    "police": "Police facilitator, England",
}


def _posts() -> list[RosterPost]:
    partnerships = all_partnerships(_DAY)
    answering = [
        respondent(
            f"U0{slug(body.body)}",
            f"{_SECTORS[body.sector_key]} respondent, {body.body.removesuffix(' council')}",
            each,
            body.sector_key,
            body.body,
        )
        for each in partnerships
        for body in each.bodies_on(_DAY)
    ]
    leads = [
        lead(f"U0LEAD{each.areas[0].la_code}", f"Business manager, {each.areas[0].name}", each)
        for each in partnerships
    ]
    national = [
        facilitator(f"U0FAC{slug(sector)}", name, sector) for sector, name in _FACILITATORS.items()
    ]
    return [*national, *answering, *leads]


def _given(area: str, start: date, end: date, last_day: date) -> GivenDates:
    return GivenDates(
        la_code=find_area(area).la_code,
        event=TermEvent.OCTOBER_HALF_TERM,
        school_year=start.year,
        start=start,
        end=end,
        last_day=last_day,
        source="the sample: dates as pages gave them or as they could be",
    )


#: Nottingham's and Kent's as their councils' pages gave them; the others as they could be.
_DATES = tuple(
    _given(area, date(2026, 10, 19), end, date(2026, 10, 16))
    for area, end in (
        ("Nottingham", date(2026, 10, 30)),
        ("Kent", date(2026, 10, 30)),
        ("Surrey", date(2026, 10, 30)),
        ("Leicestershire", date(2026, 10, 23)),
    )
)
_KENT = f"U0LEAD{find_area('Kent').la_code}"

ENGLAND = Scene(
    key="england",
    title="All England",
    summary="139 partnerships and 436 duties, 8:55am on Friday 4 September 2026. Four areas have given their own term dates; the others are estimated.",
    begins_at=datetime(2026, 9, 4, 8, 55, tzinfo=LONDON),
    opens_at=datetime(2026, 9, 4, 8, 55, tzinfo=LONDON),
    posts=_posts,
    you="U0FACPOLICE",
    dates=_DATES,
    steps=(
        Step(
            text="You are the police facilitator for all England. Press ‘To the next notice’: the four areas whose half-term begins a week early are asked first.",
            user="U0FACPOLICE",
        ),
        Step(
            text="Press it twice more. Monday brings your digest, and on Friday everybody else is asked at once: more than 200 people.",
            user="U0FACPOLICE",
        ),
        Step(
            text="Be the business manager in Kent and type /review-status: Kent’s deadline follows Kent’s own dates.",
            user=_KENT,
        ),
        Step(
            text="Be the police facilitator again and press ‘To Monday 9am’: the digest is still short, with all England in it.",
            user="U0FACPOLICE",
        ),
    ),
)
