"""What /review-status, App Home and the command line show."""

from dataclasses import dataclass
from datetime import datetime

from storage.read_models.people import Access, Remit
from storage.read_models.returns import SeenReturn
from storage.read_models.standing import Standing


@dataclass(frozen=True, kw_only=True)
class Board:
    """One partnership's standings, in the order of sectors."""

    partnership_id: int
    partnership: str
    standings: tuple[Standing, ...]


@dataclass(frozen=True, kw_only=True)
class SectorCount:
    """How one facilitator's remit stands in one campaign."""

    remit: Remit
    campaign_title: str
    standings: tuple[Standing, ...]


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A campaign that this person could open in a partnership."""

    campaign_id: int
    partnership_id: int
    campaign_title: str
    partnership: str


@dataclass(frozen=True, kw_only=True)
class ReviewStatus:
    """The answer to /review-status for one person: their own parts only."""

    now: datetime
    access: Access | None
    drafts: tuple[Draft, ...] = ()
    boards: tuple[Board, ...] = ()
    duties: tuple[Standing, ...] = ()
    counts: tuple[SectorCount, ...] = ()
    returns: tuple[SeenReturn, ...] = ()
