"""What people write for an area: found, asked about, or refused, and never guessed."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import area_names
from storage.area_names import find_area
from storage.areas import Area, all_areas, former_areas
from storage.errors import AreaRefused

REFERENCE = Path(area_names.__file__).parent / "reference"
every_area = pytest.mark.parametrize("area", all_areas(), ids=lambda area: area.la_code)


def refused(words: str) -> str:
    with pytest.raises(AreaRefused) as caught:
        find_area(words)
    return str(caught.value)


def answer(words: str) -> Area | str:
    """The area, or the sentence."""
    try:
        return find_area(words)
    except AreaRefused as error:
        return str(error)


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((REFERENCE / name).read_text(encoding="utf-8").splitlines()))


def ways_to_write(area: Area) -> set[str]:
    name, code = area.name, area.la_code
    turned = " ".join(reversed(name.split(", "))) if name.endswith(" of") else name
    ways = {code, f" {code} ", f"{code}.0", f"'{code}", area.gss_code, area.gss_code.lower()}
    for each in (name, turned):
        ways |= {
            each,
            each.upper(),
            each.lower(),
            f"\u00a0{each}\u2003",
            each.replace(" ", "\u00a0"),
        }
        ways |= {
            f"{each} council",
            f"{each} Council (the)",
            f"The {each}",
            f"{each} ({code})",
            f"{code} - {each}",
        }
        ways |= {each.replace(" and ", way) for way in (" & ", " + ", "&", " AND ")}
        ways |= {each.replace("-", way) for way in (" ", "\u2010", "\u2013", "\u2011")}
        ways |= {each.replace("St. ", way) for way in ("St ", "Saint ", "St.", "ST ")}
        ways |= {each.replace(" upon ", "-upon-"), each.replace(",", ""), each.replace(" ", "  ")}
    return ways


@every_area
def test_every_area_is_found_however_its_code_or_name_is_written(area):
    for way in ways_to_write(area):
        assert find_area(way) == area, way


@every_area
def test_every_area_is_found_with_the_kind_of_its_council(area):
    bare = area.name.removesuffix(", City of").removesuffix(", County of")
    kinds = {
        "county": ["{} County Council", "{} CC", "County Council of {}"],
        "unitary": ["{} unitary authority", "{} Borough Council", "{} BC", "Borough of {}"],
        "metropolitan": ["{} MBC", "{} Metropolitan Borough Council", "Metropolitan Borough of {}"],
        "london borough": [
            "London Borough of {}",
            "LB {}",
            "LB of {}",
            "{} London Borough Council",
        ],
    }
    for way in kinds[area.la_type]:
        assert find_area(way.format(bare)) == area, way


@given(area=st.sampled_from(all_areas()), data=st.data())
def test_capitals_spaces_and_signs_never_matter(area, data):
    letters = [data.draw(st.sampled_from([s.lower(), s.upper()])) for s in area.name]
    spaces = st.sampled_from([" ", "  ", "\u00a0", "\t", "\n", " \u200b"])
    written = "".join(data.draw(spaces) if s == " " else s for s in letters)
    assert find_area(data.draw(spaces) + written + data.draw(spaces)) == area


@given(st.text(max_size=40))
def test_whatever_is_written_is_one_area_or_one_sentence_that_says_what_to_do(words):
    found = answer(words)
    if isinstance(found, str):
        assert "ive " in found  # Give, or Then give
        assert len(found) < 600
    else:
        assert found in all_areas()


@given(area=st.sampled_from(all_areas()), data=st.data())
def test_a_letter_left_out_gives_that_area_or_a_question_never_another(area, data):
    at = data.draw(st.integers(min_value=0, max_value=len(area.name) - 1))
    typo = area.name[:at] + area.name[at + 1 :]
    found = answer(typo)
    assert found == area or (isinstance(found, str) and "ive " in found)


def test_no_two_areas_share_a_form_of_their_name():
    owners: dict[str, set[str]] = defaultdict(set)
    for area in all_areas():
        for form in area_names._forms(area.name):
            owners[form].add(area.la_code)
    assert [form for form, codes in owners.items() if len(codes) > 1] == []


def test_no_alias_points_to_two_areas_and_none_hides_a_name():
    names = {form: area for area in all_areas() for form in area_names._forms(area.name)}
    seen: dict[str, str] = {}
    for row in rows("area_aliases.csv"):
        form = area_names._plain(row["alias"])
        assert form not in seen, row["alias"]
        assert form not in names, row["alias"]
        seen[form] = row["la_codes"]
        assert row["how"] in {"is", "ask"}
        if row["how"] == "is":
            assert find_area(row["alias"]).la_code == row["la_codes"]
        else:
            message = refused(row["alias"])
            assert all(f"({code})" in message for code in row["la_codes"].split(";") if code)


def test_no_country_or_former_area_hides_a_name():
    for row in rows("outside_england.csv"):
        assert f"is in {row['country']}." in refused(row["name"])
        assert f"is in {row['country']}." in refused(f"{row['name']} Council")
    for former in former_areas():
        if former.name not in {area.name.removeprefix("County ") for area in all_areas()}:
            assert refused(former.name).startswith(f"{former.name} ended on ")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Hull", "Kingston upon Hull, City of"),
        ("Hull City Council", "Kingston upon Hull, City of"),
        ("City of Kingston-upon-Hull", "Kingston upon Hull, City of"),
        ("Bristol", "Bristol, City of"),
        ("City of Bristol", "Bristol, City of"),
        ("Herefordshire Council", "Herefordshire, County of"),
        ("BCP", "Bournemouth, Christchurch and Poole"),
        ("B.C.P.", "Bournemouth, Christchurch and Poole"),
        ("Bournemouth Christchurch & Poole", "Bournemouth, Christchurch and Poole"),
        ("Redcar & Cleveland BC", "Redcar and Cleveland"),
        ("LBHF", "Hammersmith and Fulham"),
        ("H&F", "Hammersmith and Fulham"),
        ("RBWM", "Windsor and Maidenhead"),
        ("RBKC", "Kensington and Chelsea"),
        ("The Royal Borough of Kensington & Chelsea", "Kensington and Chelsea"),
        ("Royal Greenwich", "Greenwich"),
        ("B&NES", "Bath and North East Somerset"),
        ("Bath & N.E. Somerset", "Bath and North East Somerset"),
        ("Durham", "County Durham"),
        ("Durham County Council", "County Durham"),
        ("Telford", "Telford and Wrekin"),
        ("Stoke", "Stoke-on-Trent"),
        ("Southend", "Southend-on-Sea"),
        ("Brighton", "Brighton and Hove"),
        ("St. Helen’s", "St. Helens"),
        ("St Helen's MBC", "St. Helens"),
        ("Newcastle City Council", "Newcastle upon Tyne"),
        ("Newcastle-upon-Tyne", "Newcastle upon Tyne"),
        ("City of London Corporation", "City of London"),
        ("London, City of", "City of London"),
        ("W. Northants", "West Northamptonshire"),
        ("N E Lincs", "North East Lincolnshire"),
        ("Tyneside, North", "North Tyneside"),
        ("Blackburn and Darwen", "Blackburn with Darwen"),
        ("Council of the Isles of Scilly", "Isles of Scilly"),
        ("LB Kingston", "Kingston upon Thames"),
        ("Royal Borough of Kingston", "Kingston upon Thames"),
        ("London Borough of Richmond", "Richmond upon Thames"),
        ('="330"', "Birmingham"),
        ("330.00", "Birmingham"),
        ("E 0800 0025", "Birmingham"),
    ],
)
def test_names_that_people_really_type_are_found(words, name):
    assert find_area(words).name == name


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            "Kingston",
            (
                "‘Kingston’ is not the name of one area. Did you mean Kingston upon Thames (314) or"
                " Kingston upon Hull, City of (810)? Give the code of the one you mean."
            ),
        ),
        (
            "Newcastle",
            (
                "‘Newcastle’ is not the name of one area. Newcastle-under-Lyme is a district of Staffordshire."
                " Did you mean Newcastle upon Tyne (391) or Staffordshire (860)? Give the code of the one you mean."
            ),
        ),
        (
            "Northampton",
            "Did you mean West Northamptonshire (941) or North Northamptonshire (940)?",
        ),
        ("Derby County Council", "Did you mean Derby (831) or Derbyshire (830)?"),
        ("Nottinghamshire City Council", "Did you mean Nottinghamshire (891) or Nottingham (892)?"),
        ("County of Bedford", "Did you mean Bedford (822) or Central Bedfordshire (823)?"),
        (
            "Oxford",
            "It is a district of Oxfordshire. Did you mean Oxfordshire (931)? Then give 931.",
        ),
        ("Tyneside", "Did you mean North Tyneside (392) or South Tyneside (393)?"),
        ("City & Hackney council", "Did you mean City of London (201) or Hackney (204)?"),
        ("London Council", "It has 33 areas. Give the three-digit code or the name of a council"),
        ("London Borough of Birmingham", "Did you mean Birmingham (330)? Then give 330."),
        ("331 Birmingham", "Did you mean Coventry (331) or Birmingham (330)?"),
        ("Chelsea", "Did you mean Kensington and Chelsea (207)? Then give 207."),
        (
            "Birmingam",
            "‘Birmingam’ is not an area that Vigil knows. Did you mean Birmingham (330)? Then give 330.",
        ),
        ("Westmoreland and Furness", "Did you mean Westmorland and Furness (943)?"),
        ("Cumbra", "Did you mean Cumberland (942) or Westmorland and Furness (943)?"),
    ],
)
def test_what_is_not_plain_is_asked_about(words, sentence):
    assert sentence in refused(words)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            "Cumbria County Council",
            (
                "Cumbria ended on 31 March 2023. Since 1 April 2023 its area has been Cumberland (942) and"
                " Westmorland and Furness (943). Give 942 or 943."
            ),
        ),
        (
            "928.0",
            (
                "928 was the code of Northamptonshire until 31 March 2021. Since 1 April 2021 its area has been"
                " North Northamptonshire (940) and West Northamptonshire (941). Give 940 or 941."
            ),
        ),
        ("Northants", "Northamptonshire ended on 31 March 2021."),
        (
            "Poole",
            "Since 1 April 2019 its area has been Bournemouth, Christchurch and Poole (839).",
        ),
        ("E10000006", "E10000006 was the code of Cumbria until 31 March 2023."),
        (
            "E08000019",
            (
                "E08000019 was the code of Sheffield until 30 April 2025. Since 1 May 2025 its area has been"
                " Sheffield (373). Give 373."
            ),
        ),
    ],
)
def test_a_former_area_says_who_came_after_and_when(words, sentence):
    assert sentence in refused(words)


@pytest.mark.parametrize("code", ["825", "815", "933", "929", "390", "373", "370"])
def test_a_code_that_outlived_its_boundary_is_the_area_of_today(code):
    assert find_area(code).la_code == code


@pytest.mark.parametrize(
    ("words", "country"),
    [
        ("W06000015", "Wales"),
        ("w06000015 ", "Wales"),
        ("S12000033", "Scotland"),
        ("N09000003", "Northern Ireland"),
        ("Cardiff", "Wales"),
        ("CARDIFF COUNCIL", "Wales"),
        ("Ynys Môn", "Wales"),
        ("City of Edinburgh Council", "Scotland"),
        ("Glasgow City", "Scotland"),
        ("Argyll & Bute", "Scotland"),
        ("Belfast", "Northern Ireland"),
        ("Derry", "Northern Ireland"),
    ],
)
def test_other_countries_are_refused_politely(words, country):
    assert (
        f"is in {country}. Vigil works with safeguarding partnerships in England only. Give an area in"
        " England, such as 330 or Birmingham." in refused(words)
    )


@pytest.mark.parametrize(
    "words",
    [
        "",
        " \u00a0\u200b",
        "999",
        "33",
        "0330",
        "330.5",
        "E07000178",
        "E0800002",
        "Narnia",
        "?",
        "TBC",
        "council",
    ],
)
def test_what_is_no_area_gets_the_remedy(words):
    assert refused(words).endswith(
        "Give the three-digit code or the name of a council in England that has children’s services,"
        " such as 330 or Birmingham."
    )


def test_a_long_text_is_not_repeated_whole():
    assert len(refused("confidential " * 50)) < 250
