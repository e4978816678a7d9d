"""Full returns for views, with the fewest words, and every view of them in every state."""

from dataclasses import replace
from datetime import date
from typing import Any

from bot.views import review_status as views
from bot.views.blocks import Message
from bot.views.home import home
from bot.views.return_screens import screen_modal, sent_modal
from bot.views.return_signing import read_modal, sign_modal, signed_modal
from storage.read_models import (
    Access,
    ReturnDraft,
    ReturnForm,
    ReturnRights,
    ReturnStanding,
    ReturnToRead,
    ReturnToSign,
    ReviewStatus,
    SeenReturn,
    SentReturn,
    Signature,
    Signer,
)
from storage.vocabulary import Audience, Certainty
from tests.bot.views import make
from tests.bot.views.homes import tab
from tests.factories import london

ASKS = make.OCTOBER.full_return
assert ASKS is not None
#: Every question answered.
WHOLE: dict[str, Any] = {
    "OF1": ["maintained", "independent"],
    "OF2_MAINTAINED": "212",
    "OF3": ["independent"],
    "OF3_WHY": "They have no forum.",
    "OF4": "forum",
    "OF5": "some",
    "OF6": ["schools", "police"],
    "OF6_DATE": "2026-06-30",
    "OF7": ["training", "online"],
    "OF8": "https://www.birmingham.example/offer",
    "OF9": ["independent"],
    "OF10": "40",
    "OF11": "some",
    "OF12": "survey",
    "OF12_HOW": "They chose what the training is about.",
    "OF14": ["call"],
    "OF15": "yes",
    "OF15_WHAT": "A forum for each district.",
    "OF16": "plan",
    "OF17": "More notice would help.",
}
CHANGED = {
    **{ref: answer for ref, answer in WHOLE.items() if ref != "OF3_WHY"},
    "OF4": "members",
    "OF12_HOW": "They wrote the survey.",
}
LEAD, POLICE = "Business manager, Birmingham", "Police respondent, Birmingham"
ADDED = {"local_government": "mostly", "health": "waiting_list", "police": "all"}
SENT_AT, SIGNED_AT = london(2026, 9, 11, 14, 30), london(2026, 9, 12, 10)


def signers(*signed: int, revision: int = 1) -> tuple[Signer, ...]:
    """All three sectors, of which those with these numbers have signed that revision."""
    return tuple(
        Signer(
            partner_id=number,
            sector_key=key,
            sector=sector,
            body=body,
            last=Signature(
                revision=revision,
                answers={"OF13": ADDED[key], "OF18": ["yes"]},
                by=f"{sector} respondent, Birmingham",
                at=SIGNED_AT,
            )
            if number in signed
            else None,
        )
        for number, (key, sector, body) in enumerate(make.SECTORS, start=1)
    )


def sent(answers: dict[str, Any] | None = None, **more: Any) -> SentReturn:
    """The return as it was sent."""
    fields: dict[str, Any] = {
        "revision_id": 1,
        "revision": 1,
        "asks": ASKS,
        "answers": {**(WHOLE if answers is None else answers), "OF18": ["yes"]},
        "audience": Audience.FACILITATORS,
        "by": LEAD,
        "at": SENT_AT,
    }
    return SentReturn(**fields | more)


def draft(answers: dict[str, Any] | None = None, **more: Any) -> ReturnDraft:
    """What the lead has answered so far: all of it, unless told otherwise."""
    fields: dict[str, Any] = {
        "answers": WHOLE if answers is None else answers,
        "audience": Audience.FACILITATORS,
        "by": LEAD,
        "at": make.REPLIED,
    }
    return ReturnDraft(**fields | more)


def standing(**more: Any) -> ReturnStanding:
    """Birmingham's full return, not started."""
    fields: dict[str, Any] = {
        "campaign_id": 1,
        "partnership_id": 1,
        "campaign_title": make.TITLE,
        "partnership": "Birmingham Safeguarding Children Partnership",
        "region": "West Midlands",
        "deadline_day": make.DEADLINE,
        "late_until": date(2026, 12, 31),
        "certainty": Certainty.ESTIMATED,
        "is_open": True,
        "asks": ASKS,
        "draft": None,
        "sent": None,
        "signers": signers(),
    }
    return ReturnStanding(**fields | more)


NOT_STARTED = standing()
DRAFTED = standing(draft=draft({"OF1": ["maintained"], "OF2_MAINTAINED": "212"}))
SENT = standing(draft=draft(), sent=sent(), signers=signers(1))
COMPLETE = standing(draft=draft(), sent=sent(), signers=signers(1, 2, 3))
CHANGED_DRAFT = replace(COMPLETE, draft=draft(CHANGED))
SENT_AGAIN = replace(CHANGED_DRAFT, sent=sent(CHANGED, revision=2, revision_id=2))
STATES = {
    "not started": NOT_STARTED,
    "being drafted": DRAFTED,
    "sent": SENT,
    "complete": COMPLETE,
    "changed since": CHANGED_DRAFT,
    "sent again": SENT_AGAIN,
}


def form(of: ReturnStanding = NOT_STARTED, **more: Any) -> ReturnForm:
    """What a screen starts from."""
    return ReturnForm(**{"now": make.NOW, "standing": of, "unfinished": 1} | more)


def to_sign(of: ReturnStanding = SENT, number: int = 3, **more: Any) -> ReturnToSign:
    """What the police's signature starts from."""
    assert of.sent is not None
    fields: dict[str, Any] = {
        "now": make.NOW,
        "standing": of,
        "sent": of.sent,
        "signer": of.signers[number - 1],
        "before": None,
        "changed": (),
    }
    return ReturnToSign(**fields | more)


def sent_again(after: dict[str, Any] | None = None) -> ReturnToSign:
    """The same where the police signed before it was changed."""
    again = sent(CHANGED if after is None else after, revision=2, revision_id=2)
    of, before = replace(SENT_AGAIN, sent=again), sent()
    changed = of.asks.changed(before.answers, again.answers)
    return to_sign(of, before=before, changed=tuple(changed))


def to_read(of: ReturnStanding = COMPLETE, *, words: bool = True) -> ReturnToRead:
    """What was sent, for a reader."""
    assert of.sent is not None
    rights = ReturnRights(may_see=True, may_read=True, may_read_words=words)
    return ReturnToRead(now=make.NOW, standing=of, sent=of.sent, rights=rights)


def for_lead(*returns: ReturnStanding, **more: Any) -> ReviewStatus:
    """What /review-status shows to their partnership's lead."""
    rights = ReturnRights(may_see=True, may_draft=True, may_read=True, may_read_words=True)
    seen = tuple(
        SeenReturn(standing=each, rights=replace(rights, may_read=each.sent is not None))
        for each in returns
    )
    return make.for_lead(make.board(), returns=seen, **more)


def for_respondent(*returns: ReturnStanding, **more: Any) -> ReviewStatus:
    """What it shows to the police's respondent."""
    seen = tuple(
        SeenReturn(
            standing=each,
            rights=ReturnRights(
                may_see=True,
                signs_for=frozenset({each.signers[2].partner_id}) if each.sent else frozenset(),
                may_read=True,
                may_read_words=True,
            ),
        )
        for each in returns
    )
    access = Access(person_id=1, name=POLICE, answers_for=frozenset({3}))
    duties = (make.standing(),)
    return replace(make.status(duties=duties, returns=seen, **more), access=access)


def for_facilitator(*returns: ReturnStanding) -> ReviewStatus:
    """What it shows to the police's facilitator."""
    seen = tuple(
        SeenReturn(
            standing=each,
            rights=ReturnRights(may_see=True, facilitates=True, may_read=each.sent is not None),
        )
        for each in returns
    )
    return make.status(counts=(make.count(make.standing()),), returns=seen)


def many(count: int, of: ReturnStanding = SENT) -> list[ReturnStanding]:
    """The same in so many partnerships."""
    return [
        replace(
            of,
            partnership_id=number,
            partnership=f"Area {number} Safeguarding Children Partnership",
            signers=tuple(
                replace(each, partner_id=3 * number + at) for at, each in enumerate(of.signers)
            ),
        )
        for number in range(1, count + 1)
    ]


def messages() -> dict[str, Message]:
    """Every answer of /review-status with a full return."""
    late = {"now": london(2026, 10, 26, 12)}
    over = {"now": london(2027, 1, 4, 9)}
    shown = {
        **{f"lead, {name}": for_lead(each) for name, each in STATES.items()},
        "lead, late": for_lead(SENT, **late),
        "lead, over": for_lead(SENT, **over),
        "respondent, not sent": for_respondent(DRAFTED),
        "respondent, to sign": for_respondent(SENT),
        "respondent, signed": for_respondent(COMPLETE),
        "respondent, to sign again": for_respondent(SENT_AGAIN),
        "respondent, over": for_respondent(SENT, **over),
        "respondent, 32": for_respondent(*many(32)),
        "facilitator": for_facilitator(*many(3), *many(2, NOT_STARTED), DRAFTED, COMPLETE),
        "facilitator, 40": for_facilitator(*many(40)),
        "facilitator, nothing sent": for_facilitator(NOT_STARTED),
    }
    return {f"return, {name}": views.review_status(each) for name, each in shown.items()}


def modals() -> dict[str, dict[str, Any]]:
    """Every form of the full return."""
    stopped = {"OF3_WHY": "This looks like an NHS number. Take it out."}
    whole = form(standing(draft=draft()), unfinished=None)
    shown = {
        **{f"screen {n}, empty": screen_modal(form(), screen=n) for n in (1, 2, 3)},
        **{f"screen {n}, filled in": screen_modal(whole, screen=n) for n in (1, 2, 3)},
        **{f"screen {n}, why": screen_modal(whole, screen=n, shows_why=True) for n in (1, 2, 3)},
        "screen 1, refused": screen_modal(form(DRAFTED), screen=1, mistakes=stopped),
        "screen 1, sent already": screen_modal(form(COMPLETE), screen=1),
        "screen 3, changed since": screen_modal(form(CHANGED_DRAFT), screen=3),
        "sent": sent_modal(form(SENT)),
        "to sign": sign_modal(to_sign()),
        "to sign, why": sign_modal(to_sign(), shows_why=True),
        "to sign, signed already": sign_modal(to_sign(COMPLETE)),
        "to sign, changed": sign_modal(sent_again(), is_sent_again=True),
        "to sign, other readers only": sign_modal(sent_again(WHOLE)),
        "signed": signed_modal(to_sign(COMPLETE)),
        "read": read_modal(to_read()),
        "read, being signed": read_modal(to_read(SENT_AGAIN)),
        "read, without the words": read_modal(to_read(words=False)),
    }
    return {f"return modal, {name}": view for name, view in shown.items()}


def homes() -> dict[str, dict[str, Any]]:
    """The Home tab with a full return."""
    return {
        "home, return of a lead": home(tab(for_lead(SENT))),
        "home, return of a respondent": home(tab(for_respondent(SENT))),
    }
