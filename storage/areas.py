"""England's local authorities and their partnerships, as public reference data gives them.

The files and their sources are in `storage/reference/`. Contains public sector information licensed
under the Open Government Licence v3.0.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "reference"
#: From when Vigil holds a partnership whose own start date no public page gives: the present
#: arrangements began with Working Together 2018, whose transition ended in September 2019.
_ARRANGEMENTS_BEGAN = date(2019, 9, 29)


@dataclass(frozen=True, kw_only=True)
class Area:
    """A local authority with education and children's services functions."""

    la_code: str
    name: str
    region: str
    police_force: str
    boards: tuple[str, ...]

    @property
    def council(self) -> str:
        """The body that answers for local government."""
        return f"{self.name} council"

    @property
    def police(self) -> str:
        """The body that answers for the police."""
        if self.police_force == "London, City of":
            return "City of London Police"
        force = self.police_force.replace(" & ", " and ")
        return force if force.endswith("Police") else f"{force} Police"

    @property
    def integrated_care_boards(self) -> tuple[str, ...]:
        """The bodies that answer for health, since 1 April 2026; an area can touch several."""
        return tuple(f"{board} Integrated Care Board" for board in self.boards)


@dataclass(frozen=True, kw_only=True)
class ReferencePartnership:
    """A partnership as public pages name it, with the areas that it covers."""

    name: str
    areas: tuple[Area, ...]
    valid_from: date
    valid_to: date | None = None

    @property
    def region(self) -> str:
        """The region of its first area; no partnership is known to lie in two."""
        return self.areas[0].region

    def bodies(self) -> Iterator[tuple[str, str]]:
        """Each body that owes replies, once, with its sector."""
        seen: dict[tuple[str, str], None] = {}
        for area in self.areas:
            seen[("local_government", area.council)] = None
            seen.update({("health", board): None for board in area.integrated_care_boards})
            seen[("police", area.police)] = None
        yield from seen


def find_area(words: str) -> Area | None:
    """The area with that three-digit code or name, whatever its capitals; None when there is none."""
    wanted = words.strip()
    return _areas().get(wanted) or _areas_by_name().get(wanted.casefold())


def all_areas() -> list[Area]:
    """All 153, in the order of their codes."""
    return sorted(_areas().values(), key=lambda area: area.la_code)


def regions() -> list[str]:
    """The nine regions, by name."""
    return sorted({area.region for area in _areas().values()})


def partnership_of(area: Area, *, on: date) -> ReferencePartnership:
    """The partnership that covers this area on that day: a known joint one, else one of its own."""
    for joint in _joint_partnerships():
        if (
            area in joint.areas
            and joint.valid_from <= on
            and (joint.valid_to is None or on <= joint.valid_to)
        ):
            return joint
    return ReferencePartnership(
        name=f"{area.name} Safeguarding Children Partnership",
        areas=(area,),
        valid_from=_ARRANGEMENTS_BEGAN,
    )


@lru_cache(maxsize=1)
def _areas() -> dict[str, Area]:
    found = {}
    for row in _rows("areas.csv"):
        others = [board.strip() for board in row["icb_2026_others"].split(";") if board]
        found[row["la_code"]] = Area(
            la_code=row["la_code"],
            name=row["name"],
            region=row["region"],
            police_force=row["police_force"],
            boards=(row["icb_2026"], *others),
        )
    return found


@lru_cache(maxsize=1)
def _areas_by_name() -> dict[str, Area]:
    return {area.name.casefold(): area for area in _areas().values()}


@lru_cache(maxsize=1)
def _joint_partnerships() -> list[ReferencePartnership]:
    """Those in force: a row that ended without a date known is left out, its successors are not."""
    return [
        ReferencePartnership(
            name=row["partnership"],
            areas=tuple(_areas()[code] for code in row["la_codes"].split(";")),
            valid_from=date.fromisoformat(row["valid_from"])
            if row["valid_from"]
            else _ARRANGEMENTS_BEGAN,
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        )
        for row in _rows("partnerships_joint.csv")
        if "ended" not in row["evidence"]
    ]


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
