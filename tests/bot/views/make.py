"""Read models for views, with the fewest words. People are named by role."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from jobs.campaign_files import load_campaigns
from storage.calendar_models import TermEvent
from storage.read_models import (
    Access,
    AskedDates,
    Away,
    AwayForm,
    Board,
    Change,
    ChangedDate,
    ChangedDates,
    Coming,
    Count,
    Digest,
    DigestPart,
    Draft,
    Duty,
    Escalation,
    EscalationItem,
    Offer,
    OfferedNotice,
    OfferItem,
    Reminder,
    ReminderItem,
    Remit,
    ReviewStatus,
    Said,
    SectorCount,
    Standing,
    Undelivered,
    UndeliveredItem,
)
from storage.vocabulary import Audience, Certainty, Reason, Reminding
from tests.factories import DONE, UNDER_WAY, london

CAMPAIGNS = {each.key: each for each in load_campaigns()}
OCTOBER, SUMMER = CAMPAIGNS["october-review"], CAMPAIGNS["summer-vigilance"]
FORM = OCTOBER.form
TITLE = OCTOBER.year_title(2026)
NEXT_STEP = london(2026, 10, 2, 9)
DEADLINE = date(2026, 10, 23)
ASKED = london(2026, 9, 11, 9)
NOW = london(2026, 9, 14, 9)
REPLIED = london(2026, 9, 11, 9, 5)
HELP = "A call would help."

#: Every question answered, short of done.
WHOLE: dict[str, Any] = {
    "OQ1": "under_way",
    "OQ2": "at_risk",
    "OQ3": "2026-10-19",
    "OQ4": "drafting",
    "OQ5": ["settings", "capacity"],
    "OQ6": HELP,
}
SECTORS = (
    ("local_government", "Local government", "Birmingham council"),
    ("health", "Health", "Birmingham and Solihull Integrated Care Board"),
    ("police", "Police", "West Midlands Police"),
)
POLICE_REMIT = Remit(sector_key="police", sector="Police", regions=("West Midlands",))
ALL_ENGLAND = replace(POLICE_REMIT, regions=())


def said(answers: dict[str, Any] | None = None, **more: Any) -> Said:
    """A reply; short of done unless its answers say otherwise."""
    answers = UNDER_WAY if answers is None else answers
    fields: dict[str, Any] = {
        "reply_id": 7,
        "revision": 1,
        "form": FORM,
        "answers": answers,
        "audience": Audience.FACILITATORS,
        "is_done": FORM.is_done(answers),
        "is_confirmation": False,
        "by": "Police respondent, Birmingham",
        "at": REPLIED,
    }
    return Said(**fields | more)


def standing(reply: Said | None = None, **more: Any) -> Standing:
    """Birmingham's police in the October review."""
    fields: dict[str, Any] = {
        "round_id": 1,
        "partner_id": 3,
        "partnership_id": 1,
        "campaign_title": TITLE,
        "partnership": "Birmingham Safeguarding Children Partnership",
        "region": "West Midlands",
        "sector_key": "police",
        "sector": "Police",
        "body": "West Midlands Police",
        "deadline_day": DEADLINE,
        "late_until": date(2026, 12, 31),
        "certainty": Certainty.ESTIMATED,
        "form": FORM,
        "said": reply,
        "respondents": ("Police respondent, Birmingham",),
        "asked_at": ASKED,
        "coming": Coming(at=NEXT_STEP, to="Police respondent, Birmingham"),
    }
    return Standing(**fields | more)


def done(**more: Any) -> Standing:
    """A partner that is done; no reminder is to come."""
    return standing(said(DONE), coming=None, **more)


def late(**more: Any) -> Standing:
    """A partner that replied after the deadline."""
    return standing(said(at=london(2026, 10, 26, 10, 30)), **more)


def item(of: Standing | None = None, **more: Any) -> ReminderItem:
    """One duty in a reminder."""
    fields: dict[str, Any] = {
        "standing": of or standing(),
        "step_words": OCTOBER.step_words("six_weeks_before"),
        "ask": OCTOBER.ask,
        "asked_at": ASKED,
        "previous": None,
        "replied": 0,
        "expected": 3,
    }
    return ReminderItem(**fields | more)


def reminder(*items: ReminderItem) -> Reminder:
    """A reminder of these duties."""
    return Reminder(now=NOW, items=items)


def areas(count: int, **more: Any) -> list[Standing]:
    """The same force in so many partnerships."""
    return [
        standing(
            partner_id=number,
            partnership_id=number,
            partnership=f"Area {number} Safeguarding Children Partnership",
            body="Metropolitan Police Service",
            region="London",
            **more,
        )
        for number in range(1, count + 1)
    ]


def duty(reply: Said | None = None, previous: Said | None = None) -> Duty:
    """What the reply form starts from."""
    return Duty(now=NOW, standing=standing(reply), previous=previous)


def last_year() -> Said:
    """What was said in the year before."""
    return said(WHOLE, reply_id=2, at=london(2025, 10, 17, 14))


def board(
    *standings: Standing,
    partnership_id: int = 1,
    name: str | None = None,
    coming: datetime = NEXT_STEP,
) -> Board:
    """A partnership's board: all three sectors without a reply, unless told otherwise."""
    if not standings:
        standings = tuple(
            standing(
                partner_id=number,
                sector_key=key,
                sector=sector,
                body=body,
                respondents=(f"{sector} respondent, Birmingham",),
                coming=Coming(at=coming, to=f"{sector} respondent, Birmingham"),
            )
            for number, (key, sector, body) in enumerate(SECTORS, start=1)
        )
    return Board(
        partnership_id=partnership_id,
        partnership=name or standings[0].partnership,
        standings=standings,
    )


def status(*boards: Board, now: datetime = NOW, **more: Any) -> ReviewStatus:
    """What /review-status shows to somebody who has posts."""
    access = Access(person_id=1, name="Business manager, Birmingham", oversees=frozenset({1}))
    return ReviewStatus(now=now, access=access, boards=boards, **more)


def for_lead(*boards: Board, now: datetime = NOW, **more: Any) -> ReviewStatus:
    """What it shows to the lead of the partnership with the number 1."""
    shown = status(*boards, now=now, **more)
    access = replace(shown.access or Access(person_id=1, name=""), leads=frozenset({1}))
    return replace(shown, access=access)


def administrator() -> ReviewStatus:
    """What it shows to an administrator."""
    access = Access(person_id=1, name="Administrator, Birmingham", is_administrator=True)
    return ReviewStatus(now=NOW, access=access)


def stranger() -> ReviewStatus:
    """What it shows to somebody who has none."""
    return ReviewStatus(now=NOW, access=None)


def count(*standings: Standing, remit: Remit = POLICE_REMIT) -> SectorCount:
    """How a facilitator's remit stands."""
    return SectorCount(remit=remit, campaign_title=TITLE, standings=standings)


def part(*standings: Standing, remit: Remit = POLICE_REMIT, **more: Any) -> DigestPart:
    """One part of a digest; `other_sectors` and the counts by region follow from the standings."""
    regions = {row.region for row in standings}
    fields: dict[str, Any] = {
        "remit": remit,
        "campaign_title": TITLE,
        "standings": standings,
        "changes": (),
        "requests": (),
        "by_region": tuple(
            Count(
                of=region,
                replied=sum(row.said is not None for row in standings if row.region == region),
                expected=sum(row.region == region for row in standings),
            )
            for region in sorted(regions)
        ),
        "other_sectors": (
            Count(of="Local government", replied=1, expected=1),
            Count(of="Health", replied=0, expected=2),
        ),
    }
    return DigestPart(**fields | more)


def change(of: Standing, before: str = "No reply") -> Change:
    """A partner whose status is not what it was."""
    return Change(standing=of, before=before)


def digest(*parts: DigestPart, since: datetime | None = None, now: datetime = NOW) -> Digest:
    """A facilitator's weekly digest."""
    return Digest(now=now, since=since, parts=parts)


def all_england(partners: int) -> DigestPart:
    """A sector in all nine regions: a third replied, a fifth changed, some wrote."""
    regions = (
        "East Midlands", "East of England", "London", "North East", "North West", "South East",
        "South West", "West Midlands", "Yorkshire and The Humber",
    )  # fmt: skip
    rows = [
        standing(
            said(WHOLE) if number % 3 == 0 else None,
            partner_id=number,
            partnership=f"Area {number} Safeguarding Children Partnership",
            body=f"Police force {number}",
            region=regions[number % 9],
        )
        for number in range(1, partners + 1)
    ]
    replied = [row for row in rows if row.said is not None]
    return part(
        *rows,
        remit=ALL_ENGLAND,
        changes=tuple(change(row) for row in replied[::2]),
        requests=tuple((row, HELP) for row in replied[:20]),
        other_sectors=(
            Count(of="Local government", replied=51, expected=153),
            Count(of="Health", replied=40, expected=160),
        ),
    )


# The summer, term dates and drafts

WEEK_1 = london(2027, 7, 26, 9)
#: The six questions of every week, and the topic of week 1.
SUMMER_WHOLE: dict[str, Any] = {
    "SQ1": "some_concern",
    "SQ2": "gap_covered",
    "SQ3": "more",
    "SQ4": "nearly_all",
    "SQ5": ["online", "domestic_abuse"],
    "SQ6": HELP,
    "ST4": "most",
    "ST5": "In the north of the city.",
    "ST6": "all",
}


def summer(reply: Said | None = None, *, week: int = 1, **more: Any) -> Standing:
    """Birmingham's police in one week of the summer: week 0 or 1."""
    topic = ("handover", "activities_and_food")[week]
    fields: dict[str, Any] = {
        "round_id": 10 + week,
        "campaign_title": SUMMER.year_title(2026),
        "round_title": SUMMER.round_title(week=week, topic_key=topic),
        "deadline_day": date(2027, 7, 23 + 7 * week),
        "late_until": date(2027, 7, 30) if not week else date(2027, 8, 6),
        "form": SUMMER.form_of(topic),
        "asked_at": london(2027, 7, 19 + 7 * week, 9),
        "coming": Coming(at=london(2027, 7, 22 + 7 * week, 9), to="Police respondent, Birmingham"),
    }
    return standing(reply, **fields | more)


def summer_said(answers: dict[str, Any] | None = None, *, week: int = 1, **more: Any) -> Said:
    """A reply in a week of the summer, which is done by any reply."""
    form = SUMMER.form_of(("handover", "activities_and_food")[week])
    at = london(2027, 7, 19 + 7 * week, 9, 5)
    return said(
        SUMMER_WHOLE if answers is None else answers,
        **{"form": form, "is_done": True, "at": at} | more,
    )


def summer_item(of: Standing, *, previous: Said | None = None) -> ReminderItem:
    """One duty in a weekly reminder."""
    return ReminderItem(
        standing=of,
        step_words=SUMMER.step_words("asked"),
        ask=SUMMER.ask,
        asked_at=WEEK_1,
        previous=previous,
        replied=0,
        expected=3,
    )


def offer_item(**more: Any) -> OfferItem:
    """Birmingham's October review as a draft."""
    people = tuple(f"{sector} respondent, Birmingham" for _, sector, _ in SECTORS)
    usual = [step for step in OCTOBER.steps if step.is_for(Reminding.STANDARD)]
    days = ((9, 11), (10, 2), (10, 16), (10, 23), (11, 2), (11, 6))
    steps = zip(usual, days, strict=True)
    fields: dict[str, Any] = {
        "campaign_id": 1,
        "partnership_id": 1,
        "campaign_title": TITLE,
        "partnership": "Birmingham Safeguarding Children Partnership",
        "deadline_day": DEADLINE,
        "late_until": date(2026, 12, 31),
        "certainty": Certainty.ESTIMATED,
        "opened_at": None,
        "notices": tuple(
            OfferedNotice(at=london(2026, month, day, 9), step_words=step.words, to=people)
            for step, (month, day) in steps
        ),
        "without_contact": (),
    }
    return OfferItem(**fields | more)


def summer_offer_item(**more: Any) -> OfferItem:
    """Birmingham's summer as a draft: 14 times."""
    people = tuple(f"{sector} respondent, Birmingham" for _, sector, _ in SECTORS)
    title = SUMMER.round_title(week=1, topic_key="activities_and_food")
    first = london(2027, 7, 19, 9)
    notices = tuple(
        OfferedNotice(
            at=first + timedelta(days=7 * week + 3 * thursday),
            step_words=f"{title}, {SUMMER.steps[thursday].words}",
            to=people,
        )
        for week in range(7)
        for thursday in (0, 1)
    )
    fields = {
        "campaign_id": 2,
        "campaign_title": SUMMER.year_title(2026),
        "deadline_day": date(2027, 9, 3),
        "late_until": date(2027, 9, 10),
        "notices": notices,
    }
    return offer_item(**fields | more)


#: A week before the first step.
OFFERED = london(2026, 9, 4, 9)


def offer(*items: OfferItem, now: datetime = OFFERED) -> Offer:
    """What a lead is offered, a week before the first step."""
    return Offer(now=now, items=items)


def draft(number: int = 1, title: str = TITLE) -> Draft:
    """A campaign that a lead could open."""
    return Draft(
        campaign_id=2,
        partnership_id=number,
        campaign_title=title,
        partnership="Birmingham Safeguarding Children Partnership"
        if number == 1
        else f"Area {number} Safeguarding Children Partnership",
    )


def changed(*rows: Standing, told: date = date(2026, 10, 30), now: datetime = NOW) -> ChangedDates:
    """Deadlines that are not what their holders were told."""
    return ChangedDates(now=now, items=tuple(ChangedDate(standing=row, told=told) for row in rows))


def asked_dates(
    *areas: tuple[str, str], event: TermEvent = TermEvent.OCTOBER_HALF_TERM
) -> AskedDates:
    """What a lead is asked."""
    return AskedDates(
        round_id=1,
        partnership="Birmingham Safeguarding Children Partnership",
        event=event,
        school_year=2026,
        areas=areas or (("330", "Birmingham"),),
    )


# Silence, absences, messages that do not arrive


def silent(*standings: Standing) -> Escalation:
    """What a lead is told of partners that have said nothing, each asked four times."""
    items = tuple(EscalationItem(standing=row, times_asked=4) for row in standings)
    return Escalation(now=london(2026, 11, 2, 9), items=items)


def undelivered(*reasons: Reason) -> Undelivered:
    """Somebody whose messages do not arrive, for each of these reasons."""
    items = tuple(
        UndeliveredItem(
            name="Police respondent, Birmingham",
            post="Respondent of West Midlands Police, Birmingham Safeguarding Children Partnership",
            since=ASKED,
            reason=reason,
        )
        for reason in reasons
    )
    return Undelivered(now=NOW, items=items)


def away_form(people: int = 1, *away: Away) -> AwayForm:
    """Somebody says that they are away; a lead can choose among several people."""
    names = {number: f"Respondent {number}, Birmingham" for number in range(1, people + 1)}
    return AwayForm(now=NOW, own_id=1, person_id=1, people=names, away=away)
