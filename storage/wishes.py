"""When and how often somebody wishes to be reminded, and from when on a step of a campaign counts as come. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from storage.clock import LONDON
from storage.vocabulary import Reminding

#: The full hours at which reminders can come: office hours are from 9am and before 5pm.
HOURS: Final = range(9, 17)
#: The zones that can be chosen, England's first. In each of them office hours lie within one London day, so that the
#: day of a deadline is the same day there.
ZONES: Final = (
    "Europe/London",
    "America/New_York",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Atlantic/Azores",
    "Europe/Amsterdam",
    "Europe/Athens",
    "Europe/Berlin",
    "Europe/Brussels",
    "Europe/Bucharest",
    "Europe/Dublin",
    "Europe/Helsinki",
    "Europe/Istanbul",
    "Europe/Lisbon",
    "Europe/Madrid",
    "Europe/Paris",
    "Europe/Rome",
    "Europe/Stockholm",
    "Europe/Vienna",
    "Europe/Warsaw",
    "Europe/Zurich",
)
#: When a step comes to those who wish nothing else.
_USUAL_TIME: Final = time(HOURS[0])


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """One person's: the full hour of their day, how often, and their time zone."""

    hour: int = HOURS[0]
    reminding: Reminding = Reminding.STANDARD
    zone: str = ZONES[0]

    def at(self, day: date) -> datetime:
        """Their hour on that day, where they are: 9am is 9am on both sides of a clock change."""
        return datetime.combine(day, time(self.hour), tzinfo=ZoneInfo(self.zone))


#: Of whoever has said nothing.
AS_USUAL: Final = Wishes()


def falls_due(planned_for: datetime) -> datetime:
    """From when on a reply answers a step that comes to somebody at that time: 9am in London, or that time if earlier.

    Colleagues who are asked at different hours of one day are asked at one step: whoever replies answers it for all.
    """
    day = planned_for.astimezone(LONDON).date()
    return min(planned_for, datetime.combine(day, _USUAL_TIME, tzinfo=LONDON))
