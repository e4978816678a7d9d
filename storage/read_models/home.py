"""What the Home tab shows to one person."""

from dataclasses import dataclass
from datetime import date

from storage.read_models.standing import Said, Standing
from storage.read_models.status import ReviewStatus
from storage.wishes import AS_USUAL, Wishes


@dataclass(frozen=True, kw_only=True)
class OwedDuty:
    """A partner that is not done in a round, for somebody who answers for it.

    `previous` is what was said in the round before; `another_day` the London day on which they asked to be reminded.
    """

    standing: Standing
    previous: Said | None = None
    another_day: date | None = None
    as_deputy: bool = False

    @property
    def is_asked_again(self) -> bool:
        """Whether somebody has been asked since the reply that is short of done: it can be confirmed."""
        said, asked_at = self.standing.said, self.standing.asked_at
        return said is not None and asked_at is not None and asked_at > said.at


@dataclass(frozen=True, kw_only=True)
class HeldPost:
    """A post that somebody holds or is to hold, in words, and its first and last London days."""

    words: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, kw_only=True)
class HomeTab:
    """One person's: what they owe, what their partners have sent this school year, and who they are to Vigil."""

    status: ReviewStatus
    owed: tuple[OwedDuty, ...] = ()
    sent: tuple[Standing, ...] = ()
    posts: tuple[HeldPost, ...] = ()
    wishes: Wishes = AS_USUAL
