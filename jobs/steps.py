"""Which steps of a round come to whom: the campaign's steps, as often as each person wishes. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from jobs.rounds import step_days
from storage.clock import LONDON
from storage.definitions import EscalatesTo, Step
from storage.plan_models import ParticipationFacts, PartnerFacts, PostFacts, RoundDates
from storage.vocabulary import Reminding


@dataclass(frozen=True, kw_only=True)
class Come:
    """A step of a round with its day, and its place among the round's steps.

    The day that somebody asked for is one too: it has the place of the last step before it, and is no `step`.
    """

    place: int
    key: str
    day: date
    step: Step | None = None

    def is_for(self, reminding: Reminding) -> bool:
        """Whether it comes to those who want to be reminded as often as that."""
        return self.step is None or self.step.is_for(reminding)

    @property
    def is_usual(self) -> bool:
        """Whether it comes to those who wish nothing else."""
        return self.is_for(Reminding.STANDARD)

    @property
    def escalates_to(self) -> EscalatesTo | None:
        """Who else hears then of a partner that has said nothing."""
        return None if self.step is None else self.step.escalates_to


class RoundSteps:
    """The steps of one round in one partnership, and those of them that somebody wants."""

    def __init__(self, part: ParticipationFacts, dates: RoundDates) -> None:
        found = step_days(part.definition, dates)
        self._all = tuple(
            Come(place=place, key=step.key, day=day, step=step)
            for place, (step, day) in enumerate(found)
        )
        self._opened_on = part.opened_at.astimezone(LONDON).date()
        self._wanted: dict[tuple[Reminding, date], tuple[Come, ...]] = {}

    def __iter__(self) -> Iterator[Come]:
        return iter(self._all)

    @property
    def usual(self) -> tuple[Come, ...]:
        """Those that come to whoever wishes nothing else."""
        return tuple(come for come in self._all if come.is_usual)

    def wanted_by(self, post: PostFacts, partner: PartnerFacts) -> tuple[Come, ...]:
        """Those that this post's holder wants: for their wish, and the first usual one that comes to them.

        The first is for everybody: where a campaign is opened late, or somebody begins late, nobody is first asked on
        the day of the deadline.
        """
        since = max(self._opened_on, post.validity.valid_from, partner.validity.valid_from)
        key = (post.wishes.reminding, since)
        if key not in self._wanted:
            first = next((come for come in self._all if come.is_usual and come.day >= since), None)
            self._wanted[key] = tuple(
                come for come in self._all if come.is_for(post.wishes.reminding) or come == first
            )
        return self._wanted[key]

    def own_day(self, key: str, day: date) -> Come:
        """The day that somebody asked for, in its place."""
        return Come(place=sum(come.day <= day for come in self._all) - 1, key=key, day=day)
