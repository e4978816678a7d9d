"""What dispatch looks at before it sends a due prompt."""

from dataclasses import dataclass
from datetime import date, datetime

from storage.plan_models import Validity
from storage.vocabulary import PromptKind
from storage.wishes import Wishes


@dataclass(frozen=True, kw_only=True)
class DuePrompt:
    """A prompt whose time has come, with all that decides whether it is still wanted.

    `is_open`: the partnership is asked in the campaign; `is_stopped`: its lead has stopped the reminders. `quiet` are the first and last of the days on which
    its partners are not chased, `absences` and `wishes` those of the person. `is_for_digest`: a facilitator's digest tells it. `deadline` is the round's, `deadline_told` what this post was told last.
    """

    prompt_id: int
    kind: PromptKind
    person_id: int
    wishes: Wishes
    planned_for: datetime
    due_at: datetime
    useful_until: datetime
    post: Validity
    is_open: bool
    round_id: int | None = None
    partner_id: int | None = None
    partner: Validity | None = None
    quiet: tuple[date, date] | None = None
    deadline: date | None = None
    deadline_told: date | None = None
    replied_at: datetime | None = None
    is_done: bool = False
    attempts: int = 0
    only_if_silent: bool = False
    is_for_digest: bool = False
    is_stopped: bool = False
    absences: tuple[tuple[date, date], ...] = ()
