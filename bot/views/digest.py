"""The weekly digest: what changed first, within one message."""

from slack_sdk.models.blocks import Block

from bot.views import standing as stands
from bot.views import words
from bot.views.blocks import (
    Message,
    context,
    divider,
    header,
    message,
    name,
    section,
    shorten,
    typed,
)
from bot.views.review_status import status_counts
from storage.read_models import Change, Count, Digest, DigestPart, Standing

#: With several sectors or campaigns to report, each gets its share of one message.
_TEXT = 9000
_MOST_PARTS = 4
_MOST_REQUESTS = 3


def digest(content: Digest) -> Message:
    """A facilitator's sector across their regions; in one line when nothing has changed since the last."""
    news = [
        part
        for part in content.parts
        if part.changes or part.requests or part.silent or _has_ended(part, content)
    ]
    if content.parts and not news and content.since is not None:
        return message([section(_nothing_new(content))])
    blocks: list[Block] = [header(f"Weekly digest, {words.london_day(content.now)}")]
    for part in content.parts[:_MOST_PARTS]:
        blocks += [
            divider(),
            *_part(part, content, most=_TEXT // min(len(content.parts), _MOST_PARTS)),
        ]
    if len(content.parts) > _MOST_PARTS:
        blocks.append(context(f"{len(content.parts) - _MOST_PARTS} more parts are not shown here."))
    if not content.parts:
        blocks.append(section("Nothing is being asked in your regions at present."))
    covers = (
        f"It covers replies since {words.moment(content.since)}."
        if content.since
        else "It is your first digest."
    )
    blocks.append(
        context(
            f"Made at {words.moment(content.now)}. {covers} Type /review-status to see how things stand now."
        )
    )
    return message(blocks)


def _has_ended(part: DigestPart, content: Digest) -> bool:
    """Whether a week's round has come to its deadline since the last digest: that nobody replied is news too."""
    return content.since is not None and any(
        row.round_title
        and words.london_date(content.since) <= row.deadline_day < words.london_date(content.now)
        for row in part.standings
    )


def _title(part: DigestPart) -> str:
    """The campaign, with the week that is reported where it is one for all."""
    titles = list(dict.fromkeys(map(stands.title, part.standings)))
    return titles[0] if len(titles) == 1 else part.campaign_title


def _nothing_new(content: Digest) -> str:
    since = f" since {words.london_day(content.since)}" if content.since else ""
    counts = "; ".join(
        f"{part.remit.words}: {words.replied(_replied(part.standings), len(part.standings))} ({_title(part)})"
        for part in content.parts
    )
    return shorten(f"Nothing has changed{since}. {counts}.", 3000)


def _part(part: DigestPart, content: Digest, *, most: int) -> list[Block]:
    replied = [row for row in part.standings if row.said is not None]
    done = sum(row.is_done for row in replied)
    lines = [
        f"*{part.remit.words}: {_title(part)}*",
        f"{words.replied(len(replied), len(part.standings))}. {words.done(done)}.",
    ]
    if replied:
        lines.append(f"{status_counts(replied)}.")
    if len(part.by_region) > 1:
        lines += ["By region:", *(f"• {_count(count)}" for count in part.by_region)]
    share = min(most // 3, 2900)
    blocks = [section("\n".join(lines))]
    if part.changes:
        since = f" since {words.london_day(content.since)}" if content.since else ""
        blocks.append(
            section(
                _fitting(
                    f"*What changed{since}*", [_change(change) for change in part.changes], share
                )
            )
        )
    if part.silent:
        told = "*Silent, though their deputies and leads were told*"
        blocks.append(section(_fitting(told, list(map(_line, part.silent)), share)))
    missing = [_line(row) for row in part.standings if row.said is None and row not in part.silent]
    if missing:
        heading = "*Who else has not replied*" if part.silent else "*Who has not replied*"
        blocks.append(section(_fitting(heading, missing, share)))
    blocks += _requests(part, share)
    if part.other_sectors:
        blocks.append(
            context(f"Replies in the other sectors: {'; '.join(map(_count, part.other_sectors))}.")
        )
    return blocks


def _line(standing: Standing) -> str:
    return f"• {name(standing.body)}, {name(standing.partnership)}"


def _change(change: Change) -> str:
    standing = change.standing
    now = standing.said.summary if standing.said is not None else "No reply"
    return f"• {name(standing.body)}, {name(standing.partnership)}\n   Before: {change.before}\n   Now: {now}"


def _requests(part: DigestPart, share: int) -> list[Block]:
    blocks: list[Block] = []
    for standing, asks in part.requests[:_MOST_REQUESTS]:
        blocks.append(section(f"*Note from {name(standing.body)}, {name(standing.partnership)}*"))
        blocks.append(
            section("Their partnership’s lead has withdrawn it since.")
            if asks is None
            else typed(shorten(asks, share))
        )
    if len(part.requests) > _MOST_REQUESTS:
        blocks.append(
            context(
                f"{len(part.requests) - _MOST_REQUESTS} more have written. Your administrator can print them all with ‘vigil digest’."
            )
        )
    return blocks


def _count(count: Count) -> str:
    return f"{count.of} {count.replied} of {count.expected}"


def _replied(standings: tuple[Standing, ...]) -> int:
    return sum(row.said is not None for row in standings)


def _fitting(heading: str, lines: list[str], most: int) -> str:
    """As many whole lines as fit, and how many more there are."""
    shown = [heading]
    room = most - len(heading) - 40
    for number, line in enumerate(lines):
        room -= len(line) + 1
        if room < 0:
            return "\n".join([*shown, f"and {len(lines) - number} more"])
        shown.append(line)
    return "\n".join(shown)
