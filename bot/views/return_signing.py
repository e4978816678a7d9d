"""Reading a full return that was sent, and signing it for a partner."""

from typing import Any

from slack_sdk.models.blocks import Block

from bot.ids import Action, ButtonValue
from bot.ids import View as ViewId
from bot.views import standing as stands
from bot.views import words
from bot.views.blocks import MOST_VIEW_TEXT, actions, context, fit, header, name, section
from bot.views.inputs import form_modal
from bot.views.modals import plain_modal
from bot.views.questions import fields, why_button
from bot.views.return_answers import (
    answer_blocks,
    answer_lines,
    finish_by,
    signature,
    signed,
    state,
    why,
)
from storage.read_models import ReturnToRead, ReturnToSign, Signer

#: The rest of the view is for the fields.
_MOST_BLOCKS = 80


def sign_modal(
    to_sign: ReturnToSign, *, shows_why: bool = False, is_sent_again: bool = False
) -> dict[str, Any]:
    """What was sent, what has changed since this partner signed, and what its sector adds."""
    standing, sent, signer = to_sign.standing, to_sign.sent, to_sign.signer
    value = ButtonValue(
        campaign_id=standing.campaign_id,
        partnership_id=standing.partnership_id,
        partner_id=signer.partner_id,
        revision=sent.revision,
    )
    read: list[Block] = [
        *_first(to_sign, is_sent_again=is_sent_again),
        header("What the return says"),
        *answer_blocks(sent.asks, sent.answers, words_too=True),
    ]
    blocks = fit(read, most_blocks=_MOST_BLOCKS, most_text=MOST_VIEW_TEXT // 2)
    added = sent.asks.added_by(signer.sector_key)
    if added:
        blocks.append(header(f"What your sector adds: {signer.sector.lower()}"))
        earlier = {} if signer.last is None else signer.last.answers
        blocks += fields(added, earlier, shows_why=shows_why)
    blocks.append(
        section(f"You are signing for *{name(signer.body)}*, in {name(standing.partnership)}.")
    )
    blocks += fields([sent.asks.declaration], {}, anew=f"revision-{sent.revision}")
    if added:
        blocks.append(actions(why_button(Action.WHY_SIGNATURE, value, shows_why=shows_why)))
    return form_modal(
        ViewId.SIGNATURE, value, blocks, title=sent.asks.title, submit="Sign", close="Cancel"
    )


def signed_modal(signed_now: ReturnToSign) -> dict[str, Any]:
    """It is signed, and how far it is with that."""
    standing = signed_now.standing
    return plain_modal(
        signed_now.sent.asks.title,
        [
            section(
                f"*You have signed for {name(signed_now.signer.body)}.*\n{name(standing.partnership)}\n{signed(standing)}"
            ),
            context("If the return is changed, you are shown what changed and sign again."),
        ],
    )


def read_modal(read: ReturnToRead) -> dict[str, Any]:
    """What was sent and who signed it, without anything to fill in."""
    standing, asks = read.standing, read.sent.asks
    blocks: list[Block] = [
        section(f"*{name(standing.partnership)}*\n*{state(standing)}.* {why(standing)}"),
        *answer_blocks(asks, read.sent.answers, words_too=read.rights.may_read_words),
        header("What each sector adds"),
        *(_added(read, signer) for signer in standing.signers),
    ]
    return plain_modal(asks.title, fit(blocks, most_blocks=_MOST_BLOCKS, most_text=MOST_VIEW_TEXT))


def _first(to_sign: ReturnToSign, *, is_sent_again: bool) -> list[Block]:
    standing, sent = to_sign.standing, to_sign.sent
    told = (
        f"*{name(to_sign.signer.body)}*\n{name(standing.partnership)}\n"
        f"Sent at {words.moment(sent.at)} by {name(sent.by)}. {finish_by(standing, now=to_sign.now, do='Sign it')}"
    )
    blocks: list[Block] = [section(told)]
    if sent.withdrawn_at is not None:
        blocks.append(section(stands.withdrawn(sent)))
    if is_sent_again:
        blocks.insert(
            0, section("*Nothing is signed yet.* The return was sent again while you read it.")
        )
    if to_sign.before is not None:
        blocks += _changes(to_sign)
    elif to_sign.signer.last is not None:
        blocks.append(context(f"{signature(standing, to_sign.signer)} You can sign it again."))
    return blocks


def _changes(to_sign: ReturnToSign) -> list[Block]:
    """What is answered otherwise than in the return that this partner signed before."""
    sent, before = to_sign.sent, to_sign.before
    blocks: list[Block] = [header("What has changed since you signed")]
    only = {question.ref for question in to_sign.changed}
    if not only:
        blocks.append(section("No answer has changed, only who may read the free text."))
    if before is not None and only:
        blocks.append(section("*Before*"))
        blocks += answer_blocks(sent.asks, before.answers, words_too=True, only=only)
        blocks.append(section("*Now*"))
        blocks += answer_blocks(sent.asks, sent.answers, words_too=True, only=only)
    return blocks


def _added(read: ReturnToRead, signer: Signer) -> Block:
    lines = [f"*{signer.sector}: {name(signer.body)}*", signature(read.standing, signer)]
    if signer.last is not None:
        lines += answer_lines(read.sent.asks.added_by(signer.sector_key), signer.last.answers)
    return section("\n".join(lines))
