"""A reminder, and the receipt that it becomes. One message, however many duties it lists."""

from datetime import datetime
from itertools import groupby

from slack_sdk.models.blocks import Block, ButtonElement

from bot.ids import Action
from bot.views import preface, words
from bot.views import standing as stands
from bot.views.blocks import (
    MOST_BLOCK_TEXT,
    MOST_BLOCKS,
    Message,
    actions,
    button,
    context,
    divider,
    header,
    message,
    name,
    section,
    shorten,
    typed,
)
from bot.views.handing_over import handed_over, is_gone, standing_of
from storage.read_models import HandedOver, Reminder, ReminderItem, Said, Standing

#: So many duties are shown whole; more of them get a line and a button each.
_WHOLE = 5
#: A campaign's heading, what it asks, and how many partners are listed.
_ABOVE_LINES = 3
#: Room for the text above and below the lines, and for their buttons.
_TEXT_ELSEWHERE = 1500


def reminder(content: Reminder) -> Message:
    """What is asked, for whom, by when, how far along the partnership is, and what was said last."""
    blocks: list[Block] = []
    everything = sorted(content.items, key=_title)
    titles = len({_title(item) for item in everything})
    blocks_around, text_around = (preface.BLOCKS, preface.CHARACTERS) if content.preface else (0, 0)
    shown = everything[: MOST_BLOCKS - 1 - blocks_around - titles * _ABOVE_LINES]
    most_text = (MOST_BLOCK_TEXT - _TEXT_ELSEWHERE - text_around) // max(len(shown), 1)
    for title, group in groupby(shown, key=_title):
        items = list(group)
        blocks.append(header(title))
        if any(item.is_theirs for item in items):
            blocks.append(section(items[0].ask))
        if len(shown) <= _WHOLE:
            for item in items:
                blocks += [divider(), *_whole(item, now=content.now)]
        else:
            theirs = words.counted(
                sum(item.is_theirs for item in everything), "partner", "partners"
            )
            blocks.append(context(f"You answer for {theirs}, listed below."))
            blocks += [_line(item, most_text, now=content.now) for item in items]
    if len(content.items) > len(shown):
        more = len(content.items) - len(shown)
        blocks.append(
            context(f"{more} more are not shown here. Type /review-status to reply for them.")
        )
    return message(blocks)


def _title(item: ReminderItem) -> str:
    return stands.title(item.standing)


def _whole(item: ReminderItem, *, now: datetime) -> list[Block]:
    standing, said = item.standing, item.standing.said
    heading = f"*{name(standing.body)}*\n{name(standing.partnership)}"
    if not item.is_theirs:
        return [section(f"{heading}\n{_whose(item)}")]
    if said is not None and said.is_done:
        return [
            section(
                f"{heading}\n*You have replied. No more is asked of you{_for_how_long(standing)}.*"
            ),
            *_receipt(standing, said),
        ]
    blocks = [section(f"{heading}\n{stands.reply_by(standing, now=now)}")]
    if item.stands_in:
        blocks.append(
            context(
                "You are asked as deputy: those who usually answer are away or have not replied."
            )
        )
    blocks += standing_of(_pending(item), standing)
    if said is not None and item.is_answered:
        return [*blocks, *_receipt(standing, said)]
    blocks.append(
        context(f"Reminder: {item.step_words}. {_progress(item)} Replying takes about a minute.")
    )
    if said is not None:
        return [*blocks, *_still_so(standing, said)]
    if item.previous is not None:
        asked = frozenset(question.ref for question in standing.form.all_questions)
        blocks.append(section(f"Last time you said:\n{stands.answers(item.previous, only=asked)}"))
    if waits := stands.another_day(item.another_day, now=now):
        blocks.append(section(waits))
    return [*blocks, actions(*answer_buttons(standing, item.previous))]


def _whose(item: ReminderItem) -> str:
    """Why a duty is not theirs any more."""
    gone = next(filter(is_gone, item.handovers), None)
    if gone is not None:
        return handed_over(gone)
    return "*This is not your duty any more.* Nothing is asked of you."


def _pending(item: ReminderItem) -> list[HandedOver]:
    """What was handed over of a duty that is theirs still."""
    return [each for each in item.handovers if not is_gone(each)]


def answer_buttons(standing: Standing, previous: Said | None) -> list[ButtonElement]:
    """What can be done about a duty that is not answered: reply, confirm last week's answer, or ask for another day."""
    about = stands.about(standing)
    replies = button("Reply", Action.OPEN_REPLY, stands.value(standing), about=about, primary=True)
    later = button("Not now", Action.NOT_NOW, stands.value(standing), about=about)
    if previous is None or not standing.round_title:
        return [replies, later]
    same = stands.value(standing, previous)
    return [
        replies,
        button("Nothing has changed", Action.NOTHING_CHANGED, same, about=about),
        later,
    ]


def _for_how_long(standing: Standing) -> str:
    """A campaign in weekly rounds asks again in the next one."""
    return " this week" if standing.round_title else ""


def _receipt(standing: Standing, said: Said) -> list[Block]:
    late = " It came after the deadline." if standing.is_late else ""
    return [
        *_said(said, heading="Your reply"),
        context(f"{stands.sent_line(said)}{late}"),
        actions(change_button(standing)),
    ]


def _still_so(standing: Standing, said: Said) -> list[Block]:
    return [
        *_said(said, heading="Is this still so?"),
        context(stands.sent_line(said)),
        actions(*confirm_buttons(standing, said)),
    ]


def confirm_buttons(
    standing: Standing, said: Said, *, is_asked: bool = True
) -> list[ButtonElement]:
    """A reply short of done is asked again at the next step, to be confirmed with one press; before, it can be changed."""
    still = button(
        "Still so",
        Action.STILL_SO,
        stands.value(standing, said),
        about=stands.about(standing),
        primary=True,
    )
    later = button("Not now", Action.NOT_NOW, stands.value(standing), about=stands.about(standing))
    return [still, change_button(standing), later] if is_asked else [change_button(standing), later]


def change_button(standing: Standing) -> ButtonElement:
    return button(
        "Change my reply", Action.OPEN_REPLY, stands.value(standing), about=stands.about(standing)
    )


def _said(said: Said, *, heading: str) -> list[Block]:
    if said.another_way:
        return [section(f"*{heading}*\nYou said that you have replied another way.")]
    blocks = [section(f"*{heading}*\n{stands.answers(said)}")]
    blocks += [typed(note) for note in stands.notes(said)]
    if said.asks is not None:
        blocks += [typed(said.asks), context(stands.readers(said))]
    if said.withdrawn_at is not None:
        blocks.append(section(stands.withdrawn_from_you(said)))
    return blocks


def _line(item: ReminderItem, most_text: int, *, now: datetime) -> Block:
    standing = item.standing
    said = standing.said
    if not item.is_theirs:
        gone = f"*{name(standing.body)}*, {name(standing.partnership)}\n{_whose(item)}"
        return section(shorten(gone, most_text))
    where = (
        f"{said.summary}. {stands.sent_line(said)} {stands.withdrawn(said, whose='your')}".strip()
        if said
        else f"{stands.reply_by(standing, now=now)} {_progress(item)}"
    )
    asked = "".join(f"\n{handed_over(each)}" for each in _pending(item))
    line = f"*{name(standing.body)}*, {name(standing.partnership)}\n{where}{asked}"
    label = "Reply" if said is None else "Change my reply"
    return section(
        shorten(line, most_text),
        button=button(
            label, Action.OPEN_REPLY, stands.value(standing), about=stands.about(standing)
        ),
    )


def _progress(item: ReminderItem) -> str:
    if not item.replied:
        return "No partner has replied so far."
    return f"{words.replied(item.replied, item.expected)} so far."
