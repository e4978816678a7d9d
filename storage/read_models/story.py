"""Lines of the clock's panel: what the plan holds and what has happened."""

from dataclasses import dataclass
from datetime import datetime

from storage.vocabulary import Certainty, PostKind, PromptKind, PromptState, Reason


@dataclass(frozen=True, kw_only=True)
class Told:
    """Somebody whom a line is about."""

    name: str
    slack_user_id: str


@dataclass(frozen=True, kw_only=True)
class StepLine:
    """One step at one time: for whom, and what became or will become of it.

    `at` is when it was sent, else when it falls or fell due. `title` names the campaign, and is empty for a digest.
    `if_silent` is set where it is sent only if nobody has replied: the kind of post that is told.
    """

    at: datetime
    kind: PromptKind
    title: str
    step: str
    state: PromptState
    reason: Reason | None
    if_silent: PostKind | None
    people: int
    named: tuple[Told, ...]


@dataclass(frozen=True, kw_only=True)
class OpeningLine:
    """A campaign was opened in so many partnerships at once, and so many reminders are planned for it."""

    at: datetime
    title: str
    partnerships: int
    reminders: int


@dataclass(frozen=True, kw_only=True)
class ReplyLine:
    """A partner replied; `is_first` unless it changed or confirmed what it had said."""

    at: datetime
    body: str
    is_done: bool
    is_first: bool
    by: Told


@dataclass(frozen=True, kw_only=True)
class DatesLine:
    """Term dates were given for so many areas."""

    at: datetime
    areas: int
    certainty: Certainty
