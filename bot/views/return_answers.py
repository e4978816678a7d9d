"""What a full return says, and how far it is, in words; shared by its forms and by the status."""

from collections.abc import Collection, Iterable
from datetime import datetime

from slack_sdk.models.blocks import Block

from bot.views import standing as stands
from bot.views import words
from bot.views.blocks import context, name, section, typed
from storage.answers import Answers
from storage.full_returns import FullReturn
from storage.questions import Question, QuestionKind
from storage.read_models import ReturnStanding, Signer

_MOST_BODIES = 6


def answer_blocks(
    asks: FullReturn, answers: Answers, *, words_too: bool, only: Collection[str] | None = None
) -> list[Block]:
    """The answers screen by screen, or those of some questions only; free text in blocks of plain text."""
    blocks: list[Block] = []
    for number, screen in enumerate(asks.screens, start=1):
        asked = [
            each
            for each in asks.asked_on(number, answers)
            if each.ref != asks.declaration.ref and (only is None or each.ref in only)
        ]
        if asked:
            blocks += _screen(
                screen.title,
                asked,
                answers,
                words_too=words_too,
                says_what_is_empty=only is not None,
            )
    if not words_too:
        blocks.append(context("What was written in free text is for the partnership only."))
    return blocks


def answer_lines(questions: Iterable[Question], answers: Answers) -> list[str]:
    """A line for each answer that was chosen, and for what was left open."""
    return [
        f"*{each.short}:* {stands.answer_words(each, answers.get(each.ref))}"
        for each in questions
        if not each.is_typed
    ]


def _screen(
    title: str,
    asked: list[Question],
    answers: Answers,
    *,
    words_too: bool,
    says_what_is_empty: bool,
) -> list[Block]:
    lines = [f"*{title}*", *answer_lines(asked, answers)]
    if says_what_is_empty:
        empty = [each for each in asked if each.is_typed and each.ref not in answers]
        lines += [f"*{each.short}:* {stands.answer_words(each, None)}" for each in empty]
    blocks = [section("\n".join(lines))]
    for question in asked:
        answer = answers.get(question.ref)
        is_free = question.kind is QuestionKind.TEXT
        if question.is_typed and isinstance(answer, str) and (words_too or not is_free):
            blocks.append(typed(f"{question.short}: {answer}"))
    return blocks


def state(standing: ReturnStanding) -> str:
    """How far it is, in a word or three."""
    if standing.is_complete:
        return "Complete"
    if standing.sent is not None:
        return "Sent for signature"
    return "Not started" if standing.draft is None else "Being drafted"


def why(standing: ReturnStanding) -> str:
    """What lies behind that: when it was saved or sent and by whom, and who has signed."""
    if standing.sent is not None:
        sent = f"Sent at {words.moment(standing.sent.at)} by {name(standing.sent.by)}."
        return f"{sent} {signed(standing)} {stands.withdrawn(standing.sent)}".strip()
    if standing.draft is not None:
        return saved(standing)
    return standing.asks.ask


def saved(standing: ReturnStanding) -> str:
    """'Saved at 9:05am on Friday 11 September 2026 by …'."""
    if standing.draft is None:
        return "Nothing is saved yet."
    return f"Saved at {words.moment(standing.draft.at)} by {name(standing.draft.by)}."


def signed(standing: ReturnStanding) -> str:
    """'1 of 3 sectors has signed. Waiting for West Midlands Police.'."""
    sectors = standing.sectors
    count = sum(sectors.values())
    line = words.signed(count, len(sectors))
    waiting = [name(each.body) for each in standing.signers if not standing.has_signed(each)]
    if not waiting:
        return f"{line}."
    return f"{line}. Waiting for {words.listed(waiting, at_most=_MOST_BODIES)}."


def signature(standing: ReturnStanding, signer: Signer) -> str:
    """One body: signed or not, when and by whom."""
    if signer.last is None:
        return "Not signed yet."
    told = f"at {words.moment(signer.last.at)} by {name(signer.last.by)}"
    if standing.has_signed(signer):
        return f"Signed {told}."
    return f"Not signed since it was changed. An earlier return was signed {told}."


def finish_by(standing: ReturnStanding, *, now: datetime, do: str = "Send and sign it") -> str:
    """The deadline, as the quick form tells it; a signer only signs."""
    return stands.deadline_line(standing, now=now, do=do, late="answers")
