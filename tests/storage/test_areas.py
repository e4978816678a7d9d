"""England's areas, their partnerships and bodies, as the reference data gives them."""

from collections import Counter
from datetime import date

import pytest

from storage.area_names import find_area
from storage.areas import (
    ReferenceBody,
    all_areas,
    all_partnerships,
    former_areas,
    known_partnerships,
    partnership_of,
    regions,
)

TODAY = date(2026, 9, 7)
BEGAN = date(2019, 9, 29)
LAST_OF_42 = date(2026, 3, 31)
FIRST_OF_36 = date(2026, 4, 1)


def bodies(area: str, sector: str, *, on: date = TODAY) -> list[str]:
    return [
        each.body for each in partnership(area, on=on).bodies_on(on) if each.sector_key == sector
    ]


def partnership(area: str, *, on: date = TODAY):
    return partnership_of(find_area(area), on=on)


def test_there_are_153_areas_in_nine_regions():
    areas = all_areas()
    assert len({area.la_code for area in areas}) == len({area.name for area in areas}) == 153
    assert regions() == sorted({area.region for area in areas})
    assert len(regions()) == 9


def test_there_are_39_forces_and_36_boards():
    areas = all_areas()
    assert len({area.police for area in areas}) == 39
    assert len({board for area in areas for board in area.integrated_care_boards}) == 36


def test_every_area_has_a_code_of_three_digits_and_all_three_sectors():
    for area in all_areas():
        assert len(area.la_code) == 3
        assert area.la_code.isdigit()
        sectors = Counter(
            body.sector_key for body in partnership_of(area, on=TODAY).bodies_on(TODAY)
        )
        assert set(sectors) == {"local_government", "health", "police"}
        assert all(sectors.values())


def test_no_name_has_space_around_it():
    for area in all_areas():
        for name in (area.name, area.region, area.council, area.police, *area.boards):
            assert name == name.strip()


def test_birmingham_has_three_bodies():
    assert list(partnership("Birmingham").bodies()) == [
        ("local_government", "Birmingham council", BEGAN, None),
        ("health", "Birmingham and Solihull Integrated Care Board", BEGAN, None),
        ("police", "West Midlands Police", BEGAN, None),
    ]


def test_westmorland_and_furness_has_one_council_one_force_and_two_boards():
    assert len(bodies("Westmorland and Furness", "local_government")) == 1
    assert len(bodies("Westmorland and Furness", "police")) == 1
    assert len(bodies("Westmorland and Furness", "health")) == 2


def test_berkshire_west_has_three_councils_and_its_one_force_once():
    assert len(bodies("Reading", "local_government")) == 3
    assert bodies("Wokingham", "police") == ["Thames Valley Police"]
    assert partnership("Reading") == partnership("West Berkshire")


def test_one_force_serves_32_boroughs_and_the_city_has_its_own():
    served = [area for area in all_areas() if area.police == "Metropolitan Police"]
    assert len(served) == 32
    assert find_area("City of London").police == "City of London Police"


def test_names_say_and_not_ampersand():
    assert not any("&" in body for area in all_areas() for body in (area.police, area.council))
    assert bodies("Cornwall", "police") == ["Devon and Cornwall Police"]


def test_cumbrias_partnership_became_two_on_1_april_2025():
    together = partnership("Cumberland", on=date(2025, 3, 31))
    assert together.name == "Cumbria Safeguarding Children Partnership"
    assert together == partnership("Westmorland and Furness", on=date(2025, 3, 31))
    assert together.valid_to == date(2025, 3, 31)
    apart = partnership("Cumberland", on=date(2025, 4, 1))
    assert apart.name == "Cumberland Safeguarding Children Partnership"
    assert apart.valid_from == date(2025, 4, 1)
    assert apart != partnership("Westmorland and Furness", on=date(2025, 4, 1))


def test_pan_dorset_is_two():
    assert partnership("Dorset") != partnership("Bournemouth, Christchurch and Poole")


def test_an_area_without_a_joint_partnership_has_one_of_its_own():
    found = partnership("Birmingham")
    assert found.name == "Birmingham Safeguarding Children Partnership"
    assert [area.name for area in found.areas] == ["Birmingham"]
    assert found.region == "West Midlands"


def test_every_area_lies_in_one_partnership_and_no_two_share_a_name():
    found = {partnership_of(area, on=TODAY) for area in all_areas()}
    assert sum(len(each.areas) for each in found) == 153
    assert len({each.name for each in found}) == len(found)


def test_no_partnership_lies_in_two_regions():
    for area in all_areas():
        assert {each.region for each in partnership_of(area, on=TODAY).areas} == {area.region}


def standing(on: date) -> list[ReferenceBody]:
    return [body for each in all_partnerships(on) for body in each.bodies() if body.stands(on)]


@pytest.mark.parametrize(
    ("on", "partnerships", "councils", "boards", "forces"),
    [
        pytest.param(date(2025, 3, 31), 138, 153, 150, 139, id="Cumbria is one"),
        pytest.param(date(2025, 4, 1), 139, 153, 152, 140, id="Cumbria is two"),
        pytest.param(LAST_OF_42, 139, 153, 152, 140, id="the last day of 42 boards"),
        pytest.param(FIRST_OF_36, 139, 153, 143, 140, id="the first day of 36 boards"),
        pytest.param(TODAY, 139, 153, 143, 140, id="436 in all"),
    ],
)
def test_so_many_partnerships_and_bodies_stand_in_england(
    on, partnerships, councils, boards, forces
):
    """Worked out by hand, from 153 areas.

    Ten partnerships cover two areas and two cover three: 153 - 10 - 2 * 2 = 139; until 31 March 2025 Cumbria's
    two areas shared one more. Every area has its council. Every partnership has one force; City and Hackney
    has two. Every partnership has one board, North Yorkshire three, Cumberland, and Westmorland and Furness, two
    each: 143. With the boards of 2024 it was 13 more than one each: two more in Essex, North Yorkshire and
    Oxfordshire, one more in Buckinghamshire, Cumberland, Hampshire, Hertfordshire, Suffolk, Surrey, and
    Westmorland and Furness.
    """
    assert len(all_partnerships(on)) == partnerships
    counts = Counter(body.sector_key for body in standing(on))
    assert counts == {"local_government": councils, "health": boards, "police": forces}


def test_every_partnership_of_a_day_covers_its_areas_and_no_two_share_one():
    for on in (BEGAN, date(2025, 3, 31), date(2025, 4, 1), TODAY):
        covered = [area.la_code for each in all_partnerships(on) for area in each.areas]
        assert sorted(covered) == [area.la_code for area in all_areas()]


def test_before_the_present_arrangements_there_is_none_and_their_first_is_taken():
    assert all_partnerships(date(2018, 9, 1)) == []
    assert partnership("Reading", on=date(2018, 9, 1)).name.startswith("Berkshire West")
    assert len(partnership("Reading", on=date(2018, 9, 1)).bodies_on(date(2018, 9, 1))) == 5


def test_42_boards_ended_and_36_began_and_30_of_them_went_on():
    boards = {
        on: {body.body for body in standing(on) if body.sector_key == "health"}
        for on in (LAST_OF_42, FIRST_OF_36)
    }
    assert {on: len(found) for on, found in boards.items()} == {LAST_OF_42: 42, FIRST_OF_36: 36}
    assert len(boards[LAST_OF_42] & boards[FIRST_OF_36]) == 30


def test_a_board_that_closed_has_a_last_day_and_its_successor_a_first():
    health = [each for each in partnership("Norfolk").bodies() if each.sector_key == "health"]
    assert health == [
        ("health", "Norfolk and Suffolk Integrated Care Board", FIRST_OF_36, None),
        ("health", "Norfolk and Waveney Integrated Care Board", BEGAN, LAST_OF_42),
    ]
    assert bodies("Norfolk", "health", on=LAST_OF_42) == [health[1].body]
    assert bodies("Norfolk", "health", on=FIRST_OF_36) == [health[0].body]


def test_no_body_outlasts_its_partnership_or_comes_before_it():
    for each in known_partnerships().values():
        found = list(each.bodies())
        assert len({body[:2] for body in found}) == len(found)
        for body in found:
            assert each.valid_from <= body.valid_from <= (body.valid_to or date.max)
            assert (body.valid_to or date.max) <= (each.valid_to or date.max)


def test_cumbrias_bodies_ended_with_it():
    cumbria = known_partnerships()["Cumbria Safeguarding Children Partnership"]
    assert {body.valid_to for body in cumbria.bodies()} == {date(2025, 3, 31)}
    assert not [body for body in cumbria.bodies() if body.stands(date(2025, 4, 1))]


def test_140_partnerships_are_known_on_any_day():
    assert len(known_partnerships()) == 140
    for each in all_partnerships(TODAY):
        assert known_partnerships()[each.name] == each


def test_every_former_area_ended_and_has_its_successors():
    assert len(former_areas()) == 19
    for former in former_areas():
        assert former.ended < TODAY
        assert former.successors
        assert former.gss_code not in {area.gss_code for area in all_areas()}


def test_one_code_can_outlive_a_boundary_code():
    codes = {area.la_code for area in all_areas()}
    outlived = {former.la_code for former in former_areas() if former.la_code in codes}
    assert outlived == {"825", "815", "933", "929", "390", "373", "370"}
