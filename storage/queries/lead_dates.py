"""Term dates as a partnership's lead gives them in Slack."""

from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from storage.areas import area_of
from storage.calendar_models import GivenDates, TermEvent
from storage.errors import NotYours, VigilError
from storage.queries.campaigns import definition_of
from storage.queries.people import access_of
from storage.queries.replies import Refused
from storage.queries.term_dates import give, standing_dates
from storage.read_models import AskedDates, SaidDates
from storage.tables import Campaign, Participation, Partnership, PartnershipArea, Round
from storage.vocabulary import Certainty

_SATURDAY = 5
#: The fewest and the most days of a break, weekends at its ends included; what lies beyond is a slip.
_LENGTHS = {TermEvent.OCTOBER_HALF_TERM: (2, 23), TermEvent.SUMMER_HOLIDAY: (21, 70)}
#: A weekend and a week of INSET days may lie between the last day with pupils and the break.
_LONGEST_GAP = timedelta(days=10)


def dates_to_give(
    session: Session, *, team_id: str, slack_user_id: str, round_id: int, now: datetime
) -> AskedDates:
    """What to ask the lead of this round's partnership: the areas whose dates are estimated.

    Raises NotYours for anybody else.
    """
    round_ = session.get_one(Round, round_id)
    part = session.get_one(Participation, round_.participation_id)
    access = access_of(session, team_id=team_id, slack_user_id=slack_user_id, now=now)
    if access is None or part.partnership_id not in access.leads:
        raise NotYours("Only the partnership’s lead can give its term dates. Ask them to.")
    campaign = session.get_one(Campaign, part.campaign_id)
    event = definition_of(session, campaign.version_id).rounds.rule.event
    codes = session.exec(
        select(PartnershipArea.la_code)
        .where(PartnershipArea.partnership_id == part.partnership_id)
        .order_by(col(PartnershipArea.la_code))
    ).all()
    given = {
        each.dates.la_code
        for each in standing_dates(session, la_codes=codes, school_year=campaign.school_year)
        if each.dates.event is event
    }
    estimated = [code for code in codes if code not in given]
    return AskedDates(
        round_id=round_id,
        partnership=session.get_one(Partnership, part.partnership_id).name,
        event=event,
        school_year=campaign.school_year,
        areas=tuple((code, area_of(code).name) for code in estimated or codes),
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
    """Let the dates stand as confirmed by the lead. The same dates a second time change nothing.

    Raises:
        NotYours: this Slack user does not lead the partnership.
        VigilError: the area's dates are no longer estimated.
    """
    _take_turns(session, round_id)
    asked = dates_to_give(
        session, team_id=team_id, slack_user_id=slack_user_id, round_id=round_id, now=now
    )
    mistakes = _mistakes(asked, given)
    if mistakes:
        return Refused(mistakes=mistakes)
    dates = GivenDates(
        la_code=given.la_code,
        event=asked.event,
        school_year=asked.school_year,
        start=date.fromisoformat(given.first_day),
        end=date.fromisoformat(given.last_day),
        last_day=date.fromisoformat(given.last_school_day),
        source="the partnership’s lead, in Slack",
    )
    if given.la_code not in dict(asked.areas):
        if _stand_already(session, dates):
            return None
        raise VigilError(
            "Somebody has given this area’s dates in the meantime. Type /review-status to see them."
        )
    said_by = f"Slack user {slack_user_id}"
    give(session, dates=[dates], certainty=Certainty.LEAD, said_by=said_by, now=now)
    return None


def _take_turns(session: Session, round_id: int) -> None:
    """Two at once, as when a form comes twice: the second one waits here, and then reads what the first one said."""
    session.exec(select(Round.id).where(Round.id == round_id).with_for_update()).all()


def _stand_already(session: Session, dates: GivenDates) -> bool:
    standing = standing_dates(session, la_codes=[dates.la_code], school_year=dates.school_year)
    return any(
        (each.dates.event, each.dates.start, each.dates.end, each.dates.last_day)
        == (dates.event, dates.start, dates.end, dates.last_day)
        for each in standing
    )


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
    first, last = _when(asked)
    if not first <= start <= last:
        found["first_day"] = (
            f"{asked.event.capitalize()} in this school year begins between {first:%-d %B %Y} and {last:%-d %B %Y}."
            " Correct the date."
        )
    elif mistake := _mistake_in_length(asked.event, start, end):
        found["last_day"] = mistake
    if mistake := _mistake_in_last_school_day(date.fromisoformat(given.last_school_day), start):
        found["last_school_day"] = mistake
    return found


def _mistake_in_length(event: TermEvent, start: date, end: date) -> str | None:
    if end < start:
        return "The last day comes before the first. Correct one of the two."
    days = (end - start).days + 1
    shortest, longest = _LENGTHS[event]
    if shortest <= days <= longest:
        return None
    count = "1 day" if days == 1 else f"{days} days"
    return f"The break would have {count}. It has {shortest} to {longest}. Correct one of the two dates."


def _mistake_in_last_school_day(day: date, start: date) -> str | None:
    if day >= start:
        return (
            "This is in the break itself. Enter the last day that pupils are in school before it."
        )
    if day.weekday() >= _SATURDAY:
        return f"This is a {day:%A}. Enter the last day that pupils are in school before the break."
    if start - day > _LONGEST_GAP:
        return (
            f"This is more than {_LONGEST_GAP.days} days before the break."
            " Enter the last day that pupils are in school before it."
        )
    return None


def _when(asked: AskedDates) -> tuple[date, date]:
    """Between which days such a break begins."""
    if asked.event is TermEvent.OCTOBER_HALF_TERM:
        return date(asked.school_year, 10, 5), date(asked.school_year, 11, 5)
    return date(asked.school_year + 1, 7, 1), date(asked.school_year + 1, 8, 10)
