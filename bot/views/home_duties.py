"""On the Home tab: what somebody has to answer, and what their partners have sent."""

from datetime import datetime

from slack_sdk.models.blocks import Block

from bot.ids import Action
from bot.views import standing as stands
from bot.views import words
from bot.views.blocks import actions, button, context, divider, header, name, section, shorten
from bot.views.reminder import answer_buttons, change_button, confirm_buttons
from storage.read_models import HomeTab, OwedDuty, Standing

#: So many duties are shown whole, with all that can be done; more of them get a line and a button each.
_WHOLE = 5
_MOST_OWED = 45
_MOST_SENT = 20
_MOST_LINE = 700


def owed_part(tab: HomeTab) -> list[Block]:
    """For whom, what, by when and how it stands: overdue first."""
    if tab.status.access is None or not tab.status.access.answers_for:
        return []
    blocks: list[Block] = [header("What you have to answer"), section(_how_many(tab))]
    for place, duty in enumerate(tab.owed[:_MOST_OWED]):
        if len(tab.owed) <= _WHOLE:
            blocks += [*([divider()] if place else []), *_whole(duty, now=tab.status.now)]
        else:
            blocks.append(_line(duty, now=tab.status.now))
    if len(tab.owed) > _MOST_OWED:
        blocks.append(context(f"{len(tab.owed) - _MOST_OWED} more duties are not shown here."))
    return blocks


def _how_many(tab: HomeTab) -> str:
    if not tab.owed:
        return "There is nothing that you have to answer at present."
    silent = [duty for duty in tab.owed if duty.standing.said is None]
    overdue = sum(duty.standing.is_overdue(tab.status.now) for duty in silent)
    counts = (
        [words.counted(len(silent), "reply is asked of you", "replies are asked of you")]
        if silent
        else []
    )
    if overdue:
        counts.append(f"{overdue} of them {'is' if overdue == 1 else 'are'} overdue")
    unfinished = len(tab.owed) - len(silent)
    if unfinished:
        counts.append(f"{unfinished} {'is' if unfinished == 1 else 'are'} sent and not done yet")
    return f"{words.listed(counts, at_most=3)}."


def _whole(duty: OwedDuty, *, now: datetime) -> list[Block]:
    standing = duty.standing
    lines = [_text(standing, now=now, is_owed=True)]
    if duty.as_deputy:
        lines.append("You are the deputy: you are asked when others are away or have not replied.")
    if standing.said is None and duty.previous is not None:
        lines.append(f"Last time: {duty.previous.summary}.")
    if waits := stands.another_day(duty.another_day, now=now):
        lines.append(waits)
    buttons = (
        answer_buttons(standing, duty.previous)
        if standing.said is None
        else confirm_buttons(standing, standing.said, is_asked=duty.is_asked_again)
    )
    return [section("\n".join(lines)), actions(*buttons)]


def _text(standing: Standing, *, now: datetime, is_owed: bool) -> str:
    state = f"*{stands.state(standing, now=now)}.*"
    lines = [
        f"*{name(standing.body)}*, {name(standing.partnership)}",
        stands.title(standing),
        f"{state} {stands.reply_by(standing, now=now)}" if is_owed else state,
        stands.why(standing),
        stands.withdrawn_from_you(standing.said),
    ]
    return "\n".join(filter(None, lines))


def _line(duty: OwedDuty, *, now: datetime) -> Block:
    standing = duty.standing
    replies = button(
        "Reply", Action.OPEN_REPLY, stands.value(standing), about=stands.about(standing)
    )
    return section(
        shorten(_text(standing, now=now, is_owed=True), _MOST_LINE),
        button=replies if standing.said is None else change_button(standing),
    )


def sent_part(tab: HomeTab) -> list[Block]:
    """This school year's replies, the newest first; what is owed still stands above, with what was said."""
    now = tab.status.now
    owed = {(duty.standing.round_id, duty.standing.partner_id) for duty in tab.owed}
    sent = [each for each in tab.sent if (each.round_id, each.partner_id) not in owed]
    if not sent:
        return []
    blocks: list[Block] = [header("What you have sent")]
    for standing in sent[:_MOST_SENT]:
        takes = stands.takes_replies(standing, now=now)
        text = _text(standing, now=now, is_owed=False)
        blocks.append(
            section(shorten(text, _MOST_LINE), button=change_button(standing) if takes else None)
        )
    if len(sent) > _MOST_SENT:
        more = len(sent) - _MOST_SENT
        blocks.append(context(f"{more} earlier replies of this school year are not shown here."))
    return blocks
