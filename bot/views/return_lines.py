"""Full returns in /review-status and on the Home tab: how far they are, and what this person does next."""

from datetime import datetime

from slack_sdk.models.blocks import Block

from bot.ids import Action, ButtonValue
from bot.views import words
from bot.views.blocks import actions, button, context, header, name, section
from bot.views.return_answers import finish_by, signature, state, why
from bot.views.withdrawal import withdraw_return_button
from storage.questions import lower_first
from storage.read_models import ReturnStanding, ReviewStatus, SeenReturn, Signer

_MOST_TO_SIGN = 10
_MOST_TO_READ = 10


def on_the_board(content: ReviewStatus, partnership_id: int) -> list[Block]:
    """The full returns of one partnership, for those who oversee it; a lead drafts them from here."""
    return [
        block
        for seen in content.returns
        if seen.standing.partnership_id == partnership_id
        for block in _on_the_board(seen, content.now)
    ]


def to_sign(content: ReviewStatus) -> list[Block]:
    """What was sent to this person's partners, those that have not signed first."""
    owed = [
        (seen.standing, signer)
        for seen in content.returns
        for signer in seen.standing.signers
        if signer.partner_id in seen.rights.signs_for
    ]
    owed.sort(key=lambda pair: pair[0].has_signed(pair[1]))
    if not owed:
        return []
    blocks: list[Block] = [header("Full returns to sign")]
    blocks += [_to_sign(*pair, now=content.now) for pair in owed[:_MOST_TO_SIGN]]
    if len(owed) > _MOST_TO_SIGN:
        blocks.append(context(f"{len(owed) - _MOST_TO_SIGN} more are not shown here."))
    return blocks


def for_facilitators(content: ReviewStatus) -> list[Block]:
    """How far the returns in this person's remits are, by campaign, and those that can be read."""
    seen = [each for each in content.returns if each.rights.facilitates]
    blocks: list[Block] = []
    for title in dict.fromkeys(each.standing.campaign_title for each in seen):
        of = [each for each in seen if each.standing.campaign_title == title]
        blocks += _for_facilitators(title, of)
    return blocks


def _on_the_board(seen: SeenReturn, now: datetime) -> list[Block]:
    standing, value = seen.standing, _value(seen.standing)
    text = (
        f"*{standing.asks.title}, {standing.campaign_title}*\n*{state(standing)}.* {why(standing)}"
    )
    if standing.has_unsent_changes:
        text += "\nThe draft has changes that have not been sent."
    if not standing.is_complete:
        text += f"\n{finish_by(standing, now=now)}"
    buttons = []
    if seen.rights.may_draft and standing.takes_answers(now):
        label = _draft_label(standing)
        about = standing.partnership
        buttons.append(button(label, Action.OPEN_RETURN, value, about=about))
    if seen.rights.may_read:
        buttons.append(button("Read it", Action.READ_RETURN, value, about=standing.partnership))
    if seen.rights.may_withdraw:
        buttons.append(withdraw_return_button(standing))
    return [section(text), *([actions(*buttons)] if buttons else [])]


def _draft_label(standing: ReturnStanding) -> str:
    if standing.sent is not None:
        does = "Change"
    else:
        does = "Start" if standing.draft is None else "Go on with"
    return f"{does} the {lower_first(standing.asks.title)}"


def _to_sign(standing: ReturnStanding, signer: Signer, *, now: datetime) -> Block:
    text = (
        f"*{name(signer.body)}*, {name(standing.partnership)}\n"
        f"{standing.asks.title}, {standing.campaign_title}\n*{signature(standing, signer)}*"
    )
    if not standing.has_signed(signer):
        text += f" {finish_by(standing, now=now, do='Sign it')}"
    takes = standing.takes_answers(now)
    label, action = ("Read and sign", Action.SIGN_RETURN) if takes else ("Read", Action.READ_RETURN)
    about = f"{standing.partnership}, {signer.body}"
    value = _value(standing, partner_id=signer.partner_id)
    return section(text, button=button(label, action, value, about=about))


def _for_facilitators(title: str, seen: list[SeenReturn]) -> list[Block]:
    standings = [each.standing for each in seen]
    complete = sum(each.is_complete for each in standings)
    sent = sum(each.sent is not None for each in standings) - complete
    drafted = sum(each.draft is not None and each.sent is None for each in standings)
    returns = words.counted(len(standings), "full return", "full returns")
    lines = [
        f"*{title}*",
        f"{complete} of {returns} {'is' if 1 in {complete, len(standings)} else 'are'} complete.",
        f"{sent} with the sectors for signature, {drafted} being drafted.",
    ]
    blocks: list[Block] = [header("Full returns"), section("\n".join(lines))]
    readable = [each.standing for each in seen if each.rights.may_read]
    for standing in readable[:_MOST_TO_READ]:
        reads = button("Read it", Action.READ_RETURN, _value(standing), about=standing.partnership)
        text = f"*{name(standing.partnership)}*\n*{state(standing)}.* {why(standing)}"
        blocks.append(section(text, button=reads))
    if len(readable) > _MOST_TO_READ:
        blocks.append(context(f"{len(readable) - _MOST_TO_READ} more are not shown here."))
    return blocks


def _value(standing: ReturnStanding, *, partner_id: int = 0) -> ButtonValue:
    return ButtonValue(
        campaign_id=standing.campaign_id,
        partnership_id=standing.partnership_id,
        partner_id=partner_id,
    )
