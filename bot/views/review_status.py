"""What /review-status answers, and the same parts for App Home."""

from collections import Counter
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View as SlackView

from bot.ids import Action, ButtonValue
from bot.views import standing as stands
from bot.views import words
from bot.views.blocks import (
    MOST_VIEW_TEXT,
    NOT_FOR_CONCERNS,
    Message,
    button,
    context,
    fit,
    header,
    message,
    name,
    section,
    shorten,
    typed,
)
from storage.read_models import Board, ReviewStatus, SectorCount, Standing

_HOME_BLOCKS = 100
#: A board's partners fit into one message up to so many; more need the command line's report.
_MOST_ON_A_BOARD = 20
_MOST_LISTED = 30
#: With many duties, each gets its share of one message.
_DUTIES_TEXT = 10500


def review_status(content: ReviewStatus) -> Message:
    """Privately, to one person: their partnerships, duties and sector."""
    if content.access is None:
        return message(_stranger())
    parts = parts_of(content)
    if not parts:
        parts = [
            section(
                "Nothing is being asked at present. You will get a message when a review opens."
            )
        ]
    return message(parts)


def home(content: ReviewStatus) -> dict[str, Any]:
    """The same on the Home tab."""
    blocks = _stranger() if content.access is None else parts_of(content)
    if not blocks:
        blocks = [
            section(
                "Nothing is being asked at present. You will get a message when a review opens."
            )
        ]
    blocks = [
        *fit(blocks, most_blocks=_HOME_BLOCKS - 1, most_text=MOST_VIEW_TEXT),
        context(f"As it stood at {words.moment(content.now)}. {NOT_FOR_CONCERNS}"),
    ]
    return SlackView(type="home", blocks=blocks).to_dict()


def parts_of(content: ReviewStatus) -> list[Block]:
    """A lead's part first, then their own duties, then a facilitator's counts."""
    blocks: list[Block] = []
    if len(content.boards) == 1:
        blocks += board_blocks(content, content.boards[0])
    elif content.boards:
        blocks += _list_of_boards(content)
    if content.duties:
        blocks += _duties(content)
    for count in content.counts:
        blocks += _count(count)
    return blocks


def board(content: ReviewStatus, shown: Board) -> Message:
    """One partnership of several, opened from the list."""
    return message(board_blocks(content, shown))


def board_blocks(content: ReviewStatus, shown: Board) -> list[Block]:
    """Each sector and partner: answered or not, status, when and by whom, deadline, next prompt."""
    blocks: list[Block] = [header(shown.partnership)]
    title = None
    for standing in shown.standings[:_MOST_ON_A_BOARD]:
        if standing.campaign_title != title:
            title = standing.campaign_title
            asked = [row for row in shown.standings if row.campaign_title == title]
            replied = sum(row.said is not None for row in asked)
            blocks.append(
                section(
                    f"*{title}*\n{stands.reply_by(standing)} {words.replied(replied, len(asked))}."
                )
            )
        blocks += _partner(content, standing)
    if len(shown.standings) > _MOST_ON_A_BOARD:
        blocks.append(
            context(f"{len(shown.standings) - _MOST_ON_A_BOARD} more partners are not shown here.")
        )
    return blocks


def _partner(content: ReviewStatus, standing: Standing) -> list[Block]:
    text = f"*{standing.sector}: {name(standing.body)}*\n*{stands.state(standing, now=content.now)}.* {stands.why(standing)}"
    if not standing.is_done:
        text += f"\n{stands.coming(standing)}"
    blocks = [section(text)]
    if standing.said is not None and standing.said.asks is not None:
        blocks.append(typed(f"They wrote: {standing.said.asks}"))
    return blocks


def _list_of_boards(content: ReviewStatus) -> list[Block]:
    blocks: list[Block] = [header("Your partnerships")]
    for shown in content.boards[:_MOST_LISTED]:
        replied = sum(row.said is not None for row in shown.standings)
        text = f"*{name(shown.partnership)}*\n{words.replied(replied, len(shown.standings))}."
        opens = button(
            "Open",
            Action.OPEN_BOARD,
            ButtonValue(partnership_id=shown.partnership_id),
            about=shown.partnership,
        )
        blocks.append(section(text, button=opens))
    if len(content.boards) > _MOST_LISTED:
        blocks.append(
            context(f"{len(content.boards) - _MOST_LISTED} more partnerships are not shown here.")
        )
    return blocks


def _duties(content: ReviewStatus) -> list[Block]:
    blocks: list[Block] = [header("What you answer for")]
    shown = content.duties[:_MOST_LISTED]
    share = _DUTIES_TEXT // max(len(shown), 1)
    for standing in shown:
        text = (
            f"*{name(standing.body)}*, {name(standing.partnership)}\n"
            f"*{stands.state(standing, now=content.now)}.* {stands.why(standing)}"
        )
        if not standing.is_done:
            text += f"\n{stands.reply_by(standing)}"
        label = "Reply" if standing.said is None else "Change my reply"
        value = ButtonValue(round_id=standing.round_id, partner_id=standing.partner_id)
        about = stands.about(standing)
        blocks.append(
            section(
                shorten(text, share), button=button(label, Action.OPEN_REPLY, value, about=about)
            )
        )
    if len(content.duties) > _MOST_LISTED:
        blocks.append(
            context(f"{len(content.duties) - _MOST_LISTED} more duties are not shown here.")
        )
    return blocks


def _count(count: SectorCount) -> list[Block]:
    replied = [row for row in count.standings if row.said is not None]
    done = sum(row.is_done for row in replied)
    lines = [
        f"*{count.campaign_title}*",
        f"{words.replied(len(replied), len(count.standings))}. {done} {'is' if done == 1 else 'are'} done.",
    ]
    if replied:
        lines.append(f"Status: {status_counts(replied)}.")
    missing = [
        f"{name(row.body)} ({name(row.partnership)})" for row in count.standings if row.said is None
    ]
    if missing:
        lines.append(f"No reply yet: {words.listed(missing, at_most=10)}.")
    return [header(count.remit.words), section("\n".join(lines))]


def status_counts(replied: list[Standing]) -> str:
    """'On track 3, at risk 1', the most frequent first."""
    counted = Counter(row.said.status for row in replied if row.said is not None)
    found = ", ".join(f"{status.lower()} {count}" for status, count in counted.most_common())
    return found[:1].upper() + found[1:]


def _stranger() -> list[Block]:
    return [
        section(
            "*You are not on the roster yet, so there is nothing to show you.*\n"
            "Vigil shows each person what their posts allow. Ask your partnership’s business manager to add you:"
            " they need your work email and the post that you hold."
        ),
        context(NOT_FOR_CONCERNS),
    ]


def help_message() -> Message:
    """What /review-status is for."""
    return message(
        [
            header("How /review-status works"),
            section(
                "Type */review-status* to see, privately, what your posts allow:\n"
                "• respondents see what they answer for, and can reply from there\n"
                "• leads see who in their partnership has replied, who has not and why, and the next reminder\n"
                "• facilitators see how their sector stands\n"
                "Vigil sends reminders on working days between 9am and 5pm, and stops when you are done."
            ),
            section(
                "If something is wrong or you are not on the roster, ask your partnership’s business manager."
            ),
            context(NOT_FOR_CONCERNS),
        ]
    )


def unknown_words_message() -> Message:
    """For words after the command that it does not know."""
    return message(
        [
            section(
                "That is not something /review-status knows. Type */review-status* by itself, or */review-status help*."
            )
        ]
    )


def typed_answer() -> Message:
    """For whatever somebody types to the bot."""
    return message(
        [
            section(
                "I cannot read messages, and I do not keep them.\n"
                "To reply, press the button in a reminder, or type */review-status*."
            ),
            context(NOT_FOR_CONCERNS),
        ]
    )
