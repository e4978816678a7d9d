"""Every view that offers to take words out, or says that they have been."""

from dataclasses import replace
from typing import Any

from bot.views import modals as shared
from bot.views import review_status as views
from bot.views.blocks import Message
from bot.views.digest import digest
from bot.views.home import home
from bot.views.reminder import reminder
from bot.views.return_signing import read_modal, sign_modal
from bot.views.withdrawal import withdraw_modal, withdraw_return_modal
from storage.read_models import ReviewStatus, Said, Standing
from tests.bot.views import make, returns
from tests.bot.views.homes import duties, tab
from tests.factories import london

WITHDRAWN = london(2026, 9, 14, 8, 30)
CHOSEN = {ref: answer for ref, answer in make.WHOLE.items() if ref != "OQ6"}
#: What is left of a full return.
LEFT = {
    ref: answer
    for ref, answer in returns.WHOLE.items()
    if ref not in {"OF3_WHY", "OF8", "OF12_HOW", "OF15_WHAT", "OF17"}
}


def withdrawn(**more: Any) -> Said:
    """A reply of which only the choices are left."""
    return make.said(CHOSEN, withdrawn_at=WITHDRAWN, has_withdrawn_asks=True, **more)


def _weeks() -> list[Standing]:
    """A week of the summer whose words of another week went with those, and that week."""
    some = {ref: answer for ref, answer in make.SUMMER_WHOLE.items() if ref != "SQ6"}
    kept = make.summer_said(some, withdrawn_at=london(2027, 7, 26, 8, 30))
    words = {"SQ1": "yes", "SQ2": "full", "SQ6": make.HELP}
    before = make.summer(make.summer_said(words, week=0), week=0)
    return [replace(before, may_withdraw=True), replace(make.summer(kept), may_withdraw=True)]


def _returns() -> ReviewStatus:
    status = returns.for_lead(returns.SENT)
    [seen] = status.returns
    return replace(status, returns=(replace(seen, rights=replace(seen.rights, may_withdraw=True)),))


def messages() -> dict[str, Message]:
    """On the board, in receipts and in digests."""
    wrote = make.standing(make.said(make.WHOLE), may_withdraw=True)
    earlier = make.standing(make.said(CHOSEN), may_withdraw=True)
    gone = make.standing(withdrawn())
    many = [replace(row, said=withdrawn()) for row in make.areas(6)]
    part = make.part(gone, changes=(make.change(gone),), requests=((gone, None),))
    weeks = make.for_lead(make.board(*_weeks()), now=make.WEEK_1)
    return {
        "board, words to withdraw": views.review_status(make.for_lead(make.board(wrote))),
        "board, words in an earlier version": views.review_status(
            make.for_lead(make.board(earlier))
        ),
        "board, words withdrawn": views.review_status(make.for_lead(make.board(gone))),
        "board, words to withdraw in two weeks": views.review_status(weeks),
        "board, words of a return to withdraw": views.review_status(_returns()),
        "duties, words withdrawn": views.review_status(make.status(duties=(gone,))),
        "receipt, words withdrawn": reminder(make.reminder(make.item(gone))),
        "receipt, words withdrawn, 6 duties": reminder(make.reminder(*map(make.item, many))),
        "receipt, some words withdrawn": reminder(
            replace(make.reminder(make.summer_item(_weeks()[1])), now=make.WEEK_1)
        ),
        "digest, words withdrawn": digest(make.digest(part, since=london(2026, 9, 7, 9))),
    }


def home_tabs() -> dict[str, dict[str, Any]]:
    """What the writer finds among what was sent."""
    return {"home, words withdrawn": home(tab(duties(make.standing(withdrawn()))))}


def modals() -> dict[str, dict[str, Any]]:
    """What is to be confirmed, and full returns without their words."""
    again = returns.sent(LEFT, withdrawn_at=WITHDRAWN)
    of = replace(returns.SENT, draft=returns.draft(LEFT), sent=again)
    return {
        "withdraw modal": withdraw_modal(make.standing(make.said(make.WHOLE))),
        "withdraw modal, summer": withdraw_modal(_weeks()[0]),
        "withdraw modal, return": withdraw_return_modal(returns.SENT),
        "withdrawn modal": shared.withdrawn_modal(),
        "return modal, read, words withdrawn": read_modal(returns.to_read(of)),
        "return modal, to sign, words withdrawn": sign_modal(returns.to_sign(of)),
    }
