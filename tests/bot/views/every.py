"""Every view in every state, by a readable name: what the snapshots keep and the limits are tried on."""

from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any

from bot.listeners.unknown import _OLD
from bot.views import answers as views_without
from bot.views import modals
from bot.views import review_status as views
from bot.views.away_modal import away_modal
from bot.views.blocks import Message
from bot.views.changed_dates import changed_dates
from bot.views.dates_modal import dates_modal
from bot.views.digest import digest
from bot.views.escalation import escalation
from bot.views.not_now_modal import not_now_modal
from bot.views.offer import draft_modal, offer
from bot.views.plain_words import answer as plain_answer
from bot.views.reminder import reminder
from bot.views.reply_modal import reply_modal, topic_modal
from bot.views.undelivered import _SAYS, undelivered
from storage import meanings
from storage.calendar_models import TermEvent
from storage.read_models import Away, Duty, Reminder, ReminderItem, ReviewStatus, Said, Standing
from storage.vocabulary import Audience, Certainty, Reason
from tests.bot.views import handovers, leaving, make, returns, shared_replies, withdrawals
from tests.bot.views import homes as home_tabs
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
        "administrator": make.administrator(),
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


def summers() -> dict[str, Message]:
    """What is asked and reported weekly."""
    last_week = make.summer_said({"SQ1": "yes", "SQ2": "full", "ST1": "all"}, week=0)
    answered = make.summer(make.summer_said())
    week_0, week_1 = make.summer(last_week, week=0), make.summer(asked_at=make.WEEK_1)
    monday, next_monday = make.WEEK_1, london(2027, 8, 2, 9)
    board = make.board(week_0, week_1)
    reported = make.part(
        answered,
        campaign_title=answered.campaign_title,
        changes=(make.change(answered),),
        requests=((answered, make.HELP),),
    )
    silent = make.part(make.summer(), campaign_title=answered.campaign_title)
    return {
        "summer reminder": _at(monday, make.summer_item(make.summer(), previous=last_week)),
        "summer receipt": _at(monday, make.summer_item(answered)),
        "summer board, two weeks": views.review_status(make.for_lead(board, now=monday)),
        "summer duties, two weeks": views.review_status(
            make.status(duties=(make.summer(week=0), week_1), now=monday)
        ),
        "summer duties, late replies no longer taken": views.review_status(
            make.status(duties=(make.summer(),), now=london(2027, 9, 20, 9))
        ),
        "summer digest": digest(make.digest(reported, since=monday, now=next_monday)),
        "summer digest, nobody replied": digest(make.digest(silent, since=monday, now=next_monday)),
    }


def _at(now: datetime, *items: ReminderItem) -> Message:
    return reminder(Reminder(now=now, items=items))


def offers() -> dict[str, Message]:
    """What a lead is offered, and what became of it."""
    october, summer = make.offer_item(), make.summer_offer_item()
    opened = make.offer_item(opened_at=london(2026, 9, 4, 9, 5))
    shown = {
        "draft": make.offer(october),
        "draft, many times": make.offer(summer, now=london(2027, 6, 28, 9)),
        "draft, different people": make.offer(
            make.offer_item(
                notices=(
                    october.notices[0],
                    replace(october.notices[1], to=october.notices[1].to[:1]),
                ),
                without_contact=("West Midlands Police",),
                certainty=Certainty.COUNCIL,
            )
        ),
        "draft, nobody to ask": make.offer(
            make.offer_item(notices=(), without_contact=("West Midlands Police",))
        ),
        "past": make.offer(october, now=london(2026, 10, 26, 9)),
        "over": make.offer(october, now=london(2027, 1, 4, 9)),
        "open": make.offer(opened),
        "several": make.offer(
            opened,
            *(
                replace(october, partnership_id=number, partnership=draft.partnership)
                for number in range(2, 9)
                for draft in [make.draft(number)]
            ),
        ),
    }
    return {f"offer, {name}": offer(content) for name, content in shown.items()}


def changes() -> dict[str, Message]:
    """A deadline that is not what was told."""
    council = make.standing(certainty=Certainty.COUNCIL)
    return {
        "changed dates": changed_dates(make.changed(council)),
        "changed dates, several": changed_dates(make.changed(*make.areas(3))),
        "changed dates, 60": changed_dates(make.changed(*make.areas(60))),
        "changed dates, past": changed_dates(make.changed(council, now=AFTER_DEADLINE)),
    }


def leads() -> dict[str, Message]:
    """A board with what only a lead can do."""
    drafts = tuple(make.draft(number) for number in range(1, 41))
    shown = {
        "board, dates to give": make.for_lead(make.board()),
        "board, dates confirmed": make.for_lead(
            make.board(make.standing(certainty=Certainty.LEAD))
        ),
        "board, with a draft": make.for_lead(
            make.board(), drafts=(make.draft(title=make.SUMMER.year_title(2026)),)
        ),
        "drafts only, 40": make.for_lead(drafts=drafts),
    }
    return {name: views.review_status(content) for name, content in shown.items()}


def pauses() -> dict[str, Message]:
    """What is told of silence, of absences, and of messages that do not arrive."""
    away = (("Police respondent, Birmingham", date(2026, 11, 6)),)
    gone = make.standing(away=away, deputies=("Police deputy, Birmingham",))
    alone = make.standing(away=away)
    stopped = make.standing(is_stopped=True, coming=None)
    silent = make.part(*make.areas(3), silent=tuple(make.areas(1)))
    return {
        "silence": escalation(make.silent(gone, *make.areas(2)[1:])),
        "silence, stopped": escalation(make.silent(stopped)),
        "silence, replied since": escalation(make.silent(make.standing(make.said(make.WHOLE)))),
        "silence, 40": escalation(make.silent(*make.areas(40))),
        "board, somebody is away": views.review_status(make.for_lead(make.board(gone))),
        "board, nobody stands in": views.review_status(make.for_lead(make.board(alone))),
        "board, reminders stopped": views.review_status(make.for_lead(make.board(stopped))),
        "reminder, another day": reminder(make.reminder(make.item(another_day=date(2026, 9, 21)))),
        "receipt, another way": reminder(
            make.reminder(make.item(make.standing(make.said({}, another_way=True, is_done=True))))
        ),
        "reminder, to a deputy": reminder(make.reminder(make.item(stands_in=True))),
        "digest, silent": digest(make.digest(silent, since=MONDAY_BEFORE)),
        "undelivered": undelivered(make.undelivered(*_SAYS)),
        "undelivered, 40": undelivered(make.undelivered(*[Reason.PERSON_UNREACHABLE] * 40)),
    }


def plain_words() -> dict[str, Message]:
    """What is answered to everything that can be meant by plain words."""
    duties = make.areas(2)
    monday, friday = date(2026, 9, 21), date(2026, 9, 25)
    meant = {
        "remind me": meanings.RemindMe(on=monday),
        "remind me, moved": meanings.RemindMe(
            on=monday,
            moved=meanings.Moved(said=date(2026, 9, 20), because=meanings.DayOff.WEEKEND),
        ),
        "away": meanings.Away(first=monday, last=friday),
        "away for a day": meanings.Away(first=monday, last=monday),
        "back": meanings.BackNow(),
        "done": meanings.Report(progress=meanings.Progress.DONE),
        "nothing has changed": meanings.Report(progress=meanings.Progress.UNCHANGED),
        "another way": meanings.AnotherWay(),
        "stop": meanings.StopReminding(),
        "status": meanings.ShowStatus(),
        "thanks": meanings.Thanks(),
        "a worry": meanings.Worry(),
        "too far": meanings.CannotTake(why=meanings.WhyNot.TOO_FAR),
        "which day": meanings.AskBack(
            doubt=meanings.Doubt.WHICH_WEEK,
            readings=(meanings.RemindMe(on=monday), meanings.Away(first=monday, last=friday)),
        ),
        "until when": meanings.AskBack(doubt=meanings.Doubt.UNTIL_WHEN),
    }
    shown = {f"plain words, {said}": plain_answer(each, duties) for said, each in meant.items()}
    shown["plain words, 9 duties"] = plain_answer(meanings.AnotherWay(), make.areas(9))
    shown["plain words, no duties"] = plain_answer(meanings.WantsToReply(), [])
    return shown


@cache
def messages() -> dict[str, Message]:
    """Every message."""
    return {
        **reminders(),
        **answers(),
        **digests(),
        **summers(),
        **offers(),
        **changes(),
        **leads(),
        **pauses(),
        **plain_words(),
        **handovers.messages(),
        **returns.messages(),
        **withdrawals.messages(),
        **leaving.messages(),
    }


def _summer_duty(reply: Said | None = None, previous: Said | None = None) -> Duty:
    return Duty(now=make.WEEK_1, standing=make.summer(reply), previous=previous)


@cache
def modal_views() -> dict[str, dict[str, Any]]:
    """Every modal."""
    board = make.board()
    return {
        "reply modal, empty": reply_modal(make.duty()),
        "reply modal, prefilled": reply_modal(make.duty(make.said(make.WHOLE))),
        "reply modal, partnership only": reply_modal(make.duty(PARTNERSHIP_ONLY)),
        "reply modal, last time's": reply_modal(make.duty(previous=make.last_year())),
        "reply modal, summer": reply_modal(_summer_duty()),
        "reply modal, last week's": reply_modal(_summer_duty(previous=make.summer_said(week=0))),
        "reply modal, why": reply_modal(make.duty(), shows_why=True),
        "topic modal, why": topic_modal(
            _summer_duty(make.summer_said({"SQ1": "yes", "SQ2": "full"})), shows_why=True
        ),
        "topic modal": topic_modal(_summer_duty(make.summer_said({"SQ1": "yes", "SQ2": "full"}))),
        "topic modal, prefilled": topic_modal(_summer_duty(make.summer_said())),
        "draft modal": draft_modal(make.offer(make.offer_item())),
        "draft modal, past": draft_modal(
            make.offer(make.offer_item(), now=london(2026, 10, 26, 9))
        ),
        "draft modal, open": draft_modal(
            make.offer(make.offer_item(opened_at=london(2026, 9, 4, 9)))
        ),
        "dates modal": dates_modal(make.asked_dates()),
        "dates modal, several areas": dates_modal(
            make.asked_dates(
                ("855", "Leicestershire"), ("857", "Rutland"), event=TermEvent.SUMMER_HOLIDAY
            )
        ),
        "away modal": away_modal(make.away_form()),
        "away modal, a lead's": away_modal(
            make.away_form(
                3,
                Away(person_id=1, first_day=date(2026, 9, 21), last_day=date(2026, 9, 21)),
                Away(person_id=2, first_day=date(2026, 9, 28), last_day=date(2026, 10, 2)),
            )
        ),
        "away modal, 120 people": away_modal(make.away_form(120)),
        "not now modal": not_now_modal(make.duty()),
        "modal, a board": modals.board_modal(make.status(board), board),
        "modal, stored": modals.stored_modal(),
        "modal, sorry": modals.sorry_modal(_OLD),
        **handovers.modals(),
        **home_tabs.modals(),
        **returns.modals(),
        **withdrawals.modals(),
        **shared_replies.modals(),
        **leaving.modals(),
    }


@cache
def homes() -> dict[str, dict[str, Any]]:
    """The Home tab."""
    return {**home_tabs.homes(), **returns.homes(), **withdrawals.home_tabs()}
