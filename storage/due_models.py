"""What dispatch looks at before it sends a due prompt."""

from dataclasses import dataclass
from datetime import date, datetime

from storage.plan_models import Validity
from storage.vocabulary import PromptKind


@dataclass(frozen=True, kw_only=True)
class DuePrompt:
    """A prompt whose time has come, with all that decides whether it is still wanted.

    `holiday` is the partnership's own, first and last day; a digest has none.
    """

    prompt_id: int
    kind: PromptKind
    person_id: int
    zone: str
    planned_for: datetime
    useful_until: datetime
    post: Validity
    partner: Validity | None
    is_open: bool
    holiday: tuple[date, date] | None
    replied_at: datetime | None
    is_done: bool
