"""England's local authorities and their partnerships, as public reference data gives them.

The files and their sources are in `storage/reference/`. Contains public sector information licensed
under the Open Government Licence v3.0.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

_FOLDER = Path(__file__).parent / "reference"
#: From when Vigil holds a partnership whose own start date no public page gives: the present
#: arrangements began with Working Together 2018, whose transition ended in September 2019.
_ARRANGEMENTS_BEGAN = date(2019, 9, 29)
#: On this day 36 integrated care boards took the place of 42.
_BOARDS_CHANGED = date(2026, 4, 1)


class ReferenceBody(NamedTuple):
    """A body that owes replies in a partnership, from its first day to its last."""

    sector_key: str
    body: str
    valid_from: date
    valid_to: date | None = None

    def stands(self, on: date) -> bool:
        """Whether it owes replies on that day."""
        return self.valid_from <= on <= (self.valid_to or date.max)


@dataclass(frozen=True, kw_only=True)
class Area:
    """A local authority with education and children's services functions."""

    la_code: str
    gss_code: str
    name: str
    region: str
    la_type: str
    police_force: str
    boards: tuple[str, ...]
    former_boards: tuple[str, ...]

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

    @property
    def former_integrated_care_boards(self) -> tuple[str, ...]:
        """The bodies that answered for health until 31 March 2026."""
        return tuple(f"{board} Integrated Care Board" for board in self.former_boards)

    def bodies(self) -> Iterator[ReferenceBody]:
        """Each body that ever answered here; a board whose name stayed the same goes on."""
        now, before = self.integrated_care_boards, self.former_integrated_care_boards
        yield ReferenceBody("local_government", self.council, date.min)
        for board in now:
            since = date.min if board in before else _BOARDS_CHANGED
            yield ReferenceBody("health", board, since)
        for board in before:
            if board not in now:
                last = _BOARDS_CHANGED - timedelta(days=1)
                yield ReferenceBody("health", board, date.min, last)
        yield ReferenceBody("police", self.police, date.min)


@dataclass(frozen=True, kw_only=True)
class FormerArea:
    """An area, or only its boundary code, that came to an end."""

    la_code: str
    gss_code: str
    name: str
    ended: date
    successors: tuple[Area, ...]


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

    def stands(self, on: date) -> bool:
        """Whether it is in force on that day."""
        return self.valid_from <= on <= (self.valid_to or date.max)

    def bodies(self) -> Iterator[ReferenceBody]:
        """Each body that ever owed replies in it, once, no longer than the partnership itself stood."""
        spans: dict[tuple[str, str], tuple[date, date]] = {}
        for each in (body for area in self.areas for body in area.bodies()):
            first = max(each.valid_from, self.valid_from)
            last = min(each.valid_to or date.max, self.valid_to or date.max)
            if first <= last:
                known = spans.get(each[:2], (first, last))
                spans[each[:2]] = min(first, known[0]), max(last, known[1])
        for (sector, body), (first, last) in spans.items():
            yield ReferenceBody(sector, body, first, None if last == date.max else last)

    def bodies_on(self, on: date) -> list[ReferenceBody]:
        """Those in force on that day; a day before the partnership began is taken for its first."""
        day = max(on, self.valid_from)
        return [body for body in self.bodies() if body.stands(day)]


def area_of(la_code: str) -> Area:
    """The area with that three-digit code; KeyError when there is none."""
    return _areas()[la_code]


def all_areas() -> list[Area]:
    """All 153, in the order of their codes."""
    return sorted(_areas().values(), key=lambda area: area.la_code)


@lru_cache(maxsize=1)
def former_areas() -> tuple[FormerArea, ...]:
    """Those that ended since 2009; where only the boundary changed, the area itself comes after."""
    return tuple(
        FormerArea(
            la_code=row["la_code"],
            gss_code=row["gss_code"],
            name=row["name"],
            ended=date.fromisoformat("-".join(reversed(row["to_date"].split("/")))),
            successors=tuple(_areas()[code] for code in row["successors"].split(";")),
        )
        for row in reference_rows("areas_former.csv")
    )


def regions() -> list[str]:
    """The nine regions, by name."""
    return sorted({area.region for area in _areas().values()})


def partnership_of(area: Area, *, on: date) -> ReferencePartnership:
    """The partnership that covers this area on that day: a known joint one, else one of its own.

    A day before the present arrangements is taken for their first.
    """
    day = max(on, _ARRANGEMENTS_BEGAN)
    for joint in _joint_partnerships():
        if area in joint.areas and joint.stands(day):
            return joint
    return ReferencePartnership(
        name=f"{area.name} Safeguarding Children Partnership",
        areas=(area,),
        valid_from=_ARRANGEMENTS_BEGAN,
    )


def all_partnerships(on: date) -> list[ReferencePartnership]:
    """Every partnership in England that day, by the data, in the order of its first area's code."""
    covering = dict.fromkeys(partnership_of(area, on=on) for area in all_areas())
    return [partnership for partnership in covering if partnership.stands(on)]


@lru_cache(maxsize=1)
def known_partnerships() -> dict[str, ReferencePartnership]:
    """By name, every partnership that stood on any day, by the data."""
    days = {_ARRANGEMENTS_BEGAN, *(joint.valid_from for joint in _joint_partnerships())}
    return {each.name: each for day in sorted(days) for each in all_partnerships(day)}


@lru_cache(maxsize=1)
def _areas() -> dict[str, Area]:
    return {
        row["la_code"]: Area(
            la_code=row["la_code"],
            gss_code=row["gss_code"],
            name=row["name"],
            region=row["region"],
            la_type=row["la_type"],
            police_force=row["police_force"],
            boards=_boards(row, "icb_2026"),
            former_boards=_boards(row, "icb_2024"),
        )
        for row in reference_rows("areas.csv")
    }


def _boards(row: dict[str, str], column: str) -> tuple[str, ...]:
    others = row[f"{column}_others"].split(";")
    return (row[column], *(board.strip() for board in others if board))


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
        for row in reference_rows("partnerships_joint.csv")
        if "ended" not in row["evidence"]
    ]


def reference_rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a file in `storage/reference/`."""
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
