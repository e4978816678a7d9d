"""England's areas, their partnerships and bodies, as the reference data gives them."""

from collections import Counter
from datetime import date

import pytest

from storage.areas import all_areas, find_area, partnership_of, regions

TODAY = date(2026, 9, 7)


def bodies(area: str, sector: str, *, on: date = TODAY) -> list[str]:
    found = find_area(area)
    assert found is not None
    return [body for of, body in partnership_of(found, on=on).bodies() if of == sector]


def partnership(area: str, *, on: date = TODAY):
    found = find_area(area)
    assert found is not None
    return partnership_of(found, on=on)


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
        sectors = Counter(sector for sector, _ in partnership_of(area, on=TODAY).bodies())
        assert set(sectors) == {"local_government", "health", "police"}
        assert all(sectors.values())


@pytest.mark.parametrize("words", ["330", " 330 ", "Birmingham", "BIRMINGHAM", "birmingham "])
def test_an_area_is_found_by_code_or_name(words: str):
    found = find_area(words)
    assert found is not None
    assert found.name == "Birmingham"


@pytest.mark.parametrize("words", ["", "W06000015", "Cardiff", "999", "33", "E08000025"])
def test_what_is_no_area_of_england_is_not_found(words: str):
    assert find_area(words) is None


def test_no_name_has_space_around_it():
    for area in all_areas():
        for name in (area.name, area.region, area.council, area.police, *area.boards):
            assert name == name.strip()


def test_birmingham_has_three_bodies():
    assert list(partnership("Birmingham").bodies()) == [
        ("local_government", "Birmingham council"),
        ("health", "Birmingham and Solihull Integrated Care Board"),
        ("police", "West Midlands Police"),
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
    city = find_area("City of London")
    assert city is not None
    assert city.police == "City of London Police"


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
