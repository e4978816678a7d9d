"""What the form for giving up a duty starts from."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class HeldDuty:
    """A partner that somebody answers for, who else does, and whether another than they themselves leads there."""

    partner_id: int
    body: str
    partnership: str
    others: tuple[str, ...]
    has_lead: bool
