"""Term dates as a partnership's lead gives them in Slack."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from storage.areas import area_of
from storage.calendar_models import GivenDates, TermEvent
from storage.errors import NotYours
from storage.queries.campaigns import definition_of
from storage.queries.people import access_of
from storage.queries.replies import Refused
from storage.queries.term_dates import give
from storage.read_models import AskedDates, SaidDates
from storage.tables import Campaign, Participation, Partnership, PartnershipArea, Round
from storage.vocabulary import Certainty


def dates_to_give(
    session: Session, *, team_id: str, slack_user_id: str, round_id: int, now: datetime
) -> AskedDates:
    """What to ask the lead of this round's partnership. Raises NotYours for anybody else."""
    round_ = session.get_one(Round, round_id)
    part = session.get_one(Participation, round_.participation_id)
    access = access_of(session, team_id=team_id, slack_user_id=slack_user_id, now=now)
    if access is None or part.partnership_id not in access.leads:
        raise NotYours("Only the partnership’s lead can give its term dates. Ask them to.")
    campaign = session.get_one(Campaign, part.campaign_id)
    codes = session.exec(
        select(PartnershipArea.la_code)
        .where(PartnershipArea.partnership_id == part.partnership_id)
        .order_by(col(PartnershipArea.la_code))
    ).all()
    return AskedDates(
        round_id=round_id,
        partnership=session.get_one(Partnership, part.partnership_id).name,
        event=definition_of(session, campaign.version_id).rounds.rule.event,
        school_year=campaign.school_year,
        areas=tuple((code, area_of(code).name) for code in codes),
    )


def take(
    session: Session,
    *,
    team_id: str,
    slack_user_id: str,
    round_id: int,
    given: SaidDates,
    now: datetime,
) -> Refused | None:
    """Let the dates stand as confirmed by the lead. Raises NotYours."""
    asked = dates_to_give(
        session, team_id=team_id, slack_user_id=slack_user_id, round_id=round_id, now=now
    )
    mistakes = _mistakes(asked, given)
    if mistakes or given.la_code not in dict(asked.areas):
        return Refused(mistakes=mistakes or {"area": "Choose one of the partnership’s areas."})
    dates = GivenDates(
        la_code=given.la_code,
        event=asked.event,
        school_year=asked.school_year,
        start=date.fromisoformat(given.first_day),
        end=date.fromisoformat(given.last_day),
        last_day=date.fromisoformat(given.last_school_day),
        source="the partnership’s lead, in Slack",
    )
    said_by = f"Slack user {slack_user_id}"
    give(session, dates=[dates], certainty=Certainty.LEAD, said_by=said_by, now=now)
    return None


def _mistakes(asked: AskedDates, given: SaidDates) -> dict[str, str]:
    """What must be put right, by the field's name."""
    found = {
        field: "Choose a date."
        for field in ("first_day", "last_day", "last_school_day")
        if not getattr(given, field)
    }
    if found:
        return found
    start, end = date.fromisoformat(given.first_day), date.fromisoformat(given.last_day)
    if end < start:
        found["last_day"] = "The last day comes before the first. Correct one of the two."
    if date.fromisoformat(given.last_school_day) >= start:
        found["last_school_day"] = (
            "This is in the break itself. Enter the last day that pupils are in school before it."
        )
    first, last = _when(asked)
    if not first <= start <= last:
        found["first_day"] = (
            f"The {asked.event} of this school year begins between {first:%-d %B %Y} and {last:%-d %B %Y}."
        )
    return found


def _when(asked: AskedDates) -> tuple[date, date]:
    """Between which days such a break begins."""
    if asked.event is TermEvent.OCTOBER_HALF_TERM:
        return date(asked.school_year, 10, 5), date(asked.school_year, 11, 5)
    return date(asked.school_year + 1, 7, 1), date(asked.school_year + 1, 8, 10)
