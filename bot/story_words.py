"""What the plan holds and what has happened, in plain words for the clock's panel."""

from bot.workspace.people import StoryLine
from storage.read_models.story import DatesLine, OpeningLine, ReplyLine, StepLine, Told
from storage.vocabulary import PostKind, PromptKind, PromptState

_KINDS = {
    PromptKind.DIGEST: "Weekly digest",
    PromptKind.CHANGED_DATES: "News of a changed deadline",
    PromptKind.UNDELIVERED: "Word of messages that do not arrive",
    PromptKind.LEFT: "Word of somebody who has left",
    PromptKind.HANDOVER: "A colleague’s request to take a duty over",
}
_IF_SILENT = {
    PostKind.DEPUTY: "the deputy is asked too",
    PostKind.LEAD: "the lead is told",
    PostKind.FACILITATOR: "the facilitator’s digest names it",
}


def to_come(line: StepLine) -> StoryLine:
    """'6 weeks before the deadline', or why it will not be sent."""
    if line.reason is None:
        return _about(line, _step(line))
    return _about(line, f"Will not be sent: {_lower(_step(line))}, as {line.reason.words}")


def past(line: StepLine) -> StoryLine:
    """'Sent: 6 weeks before the deadline', or why it was not sent."""
    if line.reason is None:
        return _about(line, f"Sent: {_lower(_step(line))}")
    return _about(line, f"Not sent: {_lower(_step(line))}, as {line.reason.words}")


def opening(line: OpeningLine) -> StoryLine:
    """'October half-term review 2026 to 2027 opened in 1 partnership: 18 reminders planned'."""
    where = _count(line.partnerships, "partnership")
    planned = _count(line.reminders, "reminder")
    return StoryLine(at=line.at, what=f"{line.title} opened in {where}: {planned} planned")


def reply(line: ReplyLine) -> StoryLine:
    """'West Midlands Police replied, and is done'."""
    done = "and is done" if line.is_done else "and is not done yet"
    verb = "replied" if line.is_first else "replied again"
    return StoryLine(
        at=line.at,
        what=f"{line.body} {verb}, {done}",
        people=((line.by.name, line.by.slack_user_id),),
    )


def dates(line: DatesLine) -> StoryLine:
    """'Term dates of 2 areas given, confirmed by council'."""
    areas = _count(line.areas, "area")
    return StoryLine(at=line.at, what=f"Term dates of {areas} given, {line.certainty.words}")


def _step(line: StepLine) -> str:
    if line.kind is PromptKind.OFFER:
        return f"Offer to open the {_lower(line.title)}"
    if line.if_silent is not None:
        told = _IF_SILENT.get(line.if_silent, "a colleague is asked too")
        return f"{line.step}, if nobody has replied: {told}"
    known = line.step or line.kind.replace("_", " ").capitalize()
    return _KINDS.get(line.kind, known)


def _about(line: StepLine, what: str) -> StoryLine:
    return StoryLine(
        at=line.at,
        what=what[:1].upper() + what[1:],
        people=tuple(_pair(each) for each in line.named),
        more=line.people - len(line.named),
        real=line.state in {PromptState.PLANNED, PromptState.CLAIMED, PromptState.SENT},
    )


def _pair(told: Told) -> tuple[str, str]:
    return told.name, told.slack_user_id


def _lower(words: str) -> str:
    """With a small first letter, as after a colon; names of months keep theirs."""
    return words if words.startswith("October") else words[:1].lower() + words[1:]


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
