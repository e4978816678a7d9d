"""What one person's posts let them see and do."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Remit:
    """What a facilitator facilitates: a sector, in some regions; without any, in all England."""

    sector_key: str
    sector: str
    regions: tuple[str, ...]

    def covers(self, region: str) -> bool:
        """Whether a region lies in it."""
        return not self.regions or region in self.regions

    @property
    def words(self) -> str:
        """'Police, West Midlands' or 'Police, all England'."""
        return f"{self.sector}, {' and '.join(self.regions) or 'all England'}"


@dataclass(frozen=True, kw_only=True)
class Access:
    """What one person's posts let them see and do, today."""

    person_id: int
    name: str
    answers_for: frozenset[int] = frozenset()
    leads: frozenset[int] = frozenset()
    oversees: frozenset[int] = frozenset()
    facilitates: tuple[Remit, ...] = ()
    is_administrator: bool = False
    zone: str = "Europe/London"

    @property
    def has_posts(self) -> bool:
        """Whether there is anything here for them."""
        return bool(self.answers_for or self.oversees or self.facilitates or self.is_administrator)
