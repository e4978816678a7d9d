"""What /review-status answers, and those of its parts that the Home tab shows too."""

from collections import Counter

from slack_sdk.models.blocks import Block

from bot.ids import Action, ButtonValue
from bot.views import return_lines, words
from bot.views import standing as stands
from bot.views.answers import stranger
from bot.views.blocks import (
    Message,
    actions,
    button,
    context,
    header,
    message,
    name,
    section,
    shorten,
    typed,
)
from bot.views.escalation import stop_button
from bot.views.withdrawal import withdraw_button
from storage.access import may_say_away
from storage.read_models import Board, ReviewStatus, SectorCount, Standing
from storage.vocabulary import Certainty

#: A board's partners fit into one message up to so many; more need the command line's report.
_MOST_ON_A_BOARD = 20
_MOST_LISTED = 30
_MOST_MISSING = 10
#: With many duties, each gets its share of one message.
_DUTIES_TEXT = 10500


def review_status(content: ReviewStatus) -> Message:
    """Privately, to one person: their partnerships, duties and sector."""
    if content.access is None:
        return message(stranger())
    return message(parts_of(content) or [nothing_else(content)])


def nothing_else(content: ReviewStatus) -> Block:
    """What is shown where there is nothing else: an administrator runs Vigil, and is asked nothing."""
    if content.access is not None and content.access.is_administrator:
        return section(
            "You run Vigil here. It tells you when Slack refuses its token, and whose messages do not arrive"
            " where no lead can help. On its server, *vigil status* and *vigil preview* show how things stand."
        )
    return section("Nothing is being asked at present. You will get a message when a review opens.")


def parts_of(content: ReviewStatus) -> list[Block]:
    """A lead's part first, then their own duties, then a facilitator's counts."""
    blocks = [*overseen(content)]
    if content.duties:
        blocks += _duties(content)
    blocks += return_lines.to_sign(content)
    blocks += counted(content)
    blocks += return_lines.for_facilitators(content)
    return [*blocks, *away_button(content)] if blocks else []


def overseen(content: ReviewStatus) -> list[Block]:
    """A lead's and an observer's part: the board of a partnership, or a list of several; and a lead's drafts."""
    blocks: list[Block] = []
    if len(content.boards) == 1:
        blocks += board_blocks(content, content.boards[0])
    elif content.boards:
        blocks += _list_of_boards(content)
    return blocks + _drafts(content)


def counted(content: ReviewStatus) -> list[Block]:
    """A facilitator's part: counts, and who has not replied."""
    return [block for count in content.counts for block in _count(count)]


def away_button(content: ReviewStatus) -> list[Block]:
    """To say that one is away, or who is: for those whom it concerns."""
    if content.access is None or not may_say_away(content.access):
        return []
    label = "Say who is away" if content.access.leads else "I am away"
    return [actions(button(label, Action.SAY_AWAY, ButtonValue()))]


def board(content: ReviewStatus, shown: Board) -> Message:
    """One partnership of several, opened from the list."""
    return message(board_blocks(content, shown))


def board_blocks(content: ReviewStatus, shown: Board) -> list[Block]:
    """Each sector and partner: answered or not, status, when and by whom, deadline, next prompt."""
    blocks: list[Block] = [header(shown.partnership)]
    title = None
    for standing in shown.standings[:_MOST_ON_A_BOARD]:
        if stands.title(standing) != title:
            title = stands.title(standing)
            asked = [row for row in shown.standings if stands.title(row) == title]
            last = [
                row for row in shown.standings if row.campaign_title == standing.campaign_title
            ][-1]
            is_last = stands.title(last) == title
            blocks.append(_round(content, standing, asked, is_last=is_last))
        blocks += _partner(content, standing)
    if len(shown.standings) > _MOST_ON_A_BOARD:
        blocks.append(
            context(f"{len(shown.standings) - _MOST_ON_A_BOARD} more partners are not shown here.")
        )
    return blocks + return_lines.on_the_board(content, shown.partnership_id)


def _round(
    content: ReviewStatus, standing: Standing, asked: list[Standing], *, is_last: bool
) -> Block:
    """What is asked and by when; a lead can give the dates where they are estimated, once for all rounds."""
    replied = words.replied(sum(row.said is not None for row in asked), len(asked))
    text = f"*{stands.title(standing)}*\n{stands.reply_by(standing, now=content.now)} {replied}."
    leads = content.access is not None and standing.partnership_id in content.access.leads
    matters = is_last and stands.takes_replies(standing, now=content.now)
    if not leads or not matters or standing.certainty is not Certainty.ESTIMATED:
        return section(text)
    value = ButtonValue(round_id=standing.round_id)
    return section(
        text, button=button("Give the dates", Action.GIVE_DATES, value, about=standing.partnership)
    )


def _partner(content: ReviewStatus, standing: Standing) -> list[Block]:
    text = f"*{standing.sector}: {name(standing.body)}*\n*{stands.state(standing, now=content.now)}.* {stands.why(standing)}"
    if not standing.is_done:
        text += f"\n{stands.coming(standing)}"
    leads = content.access is not None and standing.partnership_id in content.access.leads
    stops = stop_button(standing) if leads and _is_stoppable(standing) else None
    blocks = [section(text, button=stops)]
    return blocks + _words(standing)


def _words(standing: Standing) -> list[Block]:
    """What they typed, or that it is gone; a lead can take it out."""
    said = standing.said
    if said is None:
        return []
    blocks: list[Block] = []
    if said.withdrawn_at is not None:
        blocks.append(context(stands.withdrawn(said)))
    withdraws = withdraw_button(standing) if standing.may_withdraw else None
    wrote = [f"They wrote: {said.asks}"] if said.asks is not None else []
    wrote += stands.notes(said)
    if wrote:
        blocks.append(typed("\n".join(wrote), button=withdraws))
    elif withdraws is not None:
        earlier = "Words stand in an earlier version of this reply."
        blocks.append(section(earlier, button=withdraws))
    return blocks


def _is_stoppable(standing: Standing) -> bool:
    return not standing.is_done and (standing.is_stopped or standing.coming is not None)


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


def _drafts(content: ReviewStatus) -> list[Block]:
    blocks: list[Block] = [header("Ready to open")] if content.drafts else []
    for draft in content.drafts[:_MOST_LISTED]:
        value = ButtonValue(campaign_id=draft.campaign_id, partnership_id=draft.partnership_id)
        looks = button(
            "Look at it",
            Action.LOOK_AT_DRAFT,
            value,
            about=f"{draft.campaign_title}, {draft.partnership}",
        )
        text = f"*{draft.campaign_title}*\n{name(draft.partnership)}. It is a draft: nothing is sent until you open it."
        blocks.append(section(text, button=looks))
    if len(content.drafts) > _MOST_LISTED:
        blocks.append(
            context(f"{len(content.drafts) - _MOST_LISTED} more drafts are not shown here.")
        )
    return blocks


def _duties(content: ReviewStatus) -> list[Block]:
    blocks: list[Block] = [header("What you answer for")]
    shown = content.duties[:_MOST_LISTED]
    share = _DUTIES_TEXT // max(len(shown), 1)
    for standing in shown:
        text = (
            f"*{name(standing.body)}*, {name(standing.partnership)}\n{stands.title(standing)}\n"
            f"*{stands.state(standing, now=content.now)}.* {stands.why(standing)}"
        )
        if told := stands.withdrawn_from_you(standing.said):
            text += f"\n{told}"
        if not standing.is_done:
            text += f"\n{stands.reply_by(standing, now=content.now)}"
        label = _reply_label(content, standing)
        about = stands.about(standing)
        replies = button(label, Action.OPEN_REPLY, stands.value(standing), about=about)
        takes = stands.takes_replies(standing, now=content.now)
        blocks.append(section(shorten(text, share), button=replies if takes else None))
    if len(content.duties) > _MOST_LISTED:
        blocks.append(
            context(f"{len(content.duties) - _MOST_LISTED} more duties are not shown here.")
        )
    return blocks


def _reply_label(content: ReviewStatus, standing: Standing) -> str:
    if standing.said is not None:
        return "Change my reply"
    return "Record a late reply" if standing.is_overdue(content.now) else "Reply"


def _count(count: SectorCount) -> list[Block]:
    replied = [row for row in count.standings if row.said is not None]
    done = sum(row.is_done for row in replied)
    lines = [
        f"*{count.campaign_title}*",
        f"{words.replied(len(replied), len(count.standings))}. {words.done(done)}.",
    ]
    if replied:
        lines.append(f"{status_counts(replied)}.")
    missing = [
        f"• {name(row.body)}, {name(row.partnership)}"
        for row in count.standings
        if row.said is None
    ]
    if missing:
        lines += ["No reply yet:", *missing[:_MOST_MISSING]]
    if len(missing) > _MOST_MISSING:
        lines.append(f"and {len(missing) - _MOST_MISSING} more")
    return [header(count.remit.words), section("\n".join(lines))]


def status_counts(replied: list[Standing]) -> str:
    """'By half-term: 3 on track, 1 at risk', the most frequent first."""
    counted = Counter(row.said.status for row in replied if row.said is not None)
    counts = ", ".join(f"{count} {status.lower()}" for status, count in counted.most_common())
    form = replied[0].form
    return f"{form.question(form.status).short}: {counts}"
