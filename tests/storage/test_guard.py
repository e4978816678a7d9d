"""What looks like a detail of a child or family is stopped; the numbers of schools, councils and days are not.

Every number here is made up; the check digits are right.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.gb import upn

from storage.guard import Found, stopped, what_is_found

#: A council made since 2019 (Dorset, BCP, North and West Northamptonshire, Cumberland, Westmorland and
#: Furness) or an old one.
COUNCILS = ["838", "839", "940", "941", "942", "943", "330", "801"]
INVISIBLE = {
    "zero-width space": "\u200b",
    "zero-width joiner": "\u200d",
    "zero-width non-joiner": "\u200c",
    "word joiner": "\u2060",
    "soft hyphen": "\u00ad",
    "byte order mark": "\ufeff",
    "left-to-right mark": "\u200e",
    "end of direction": "\u202c",
}


def with_check_digit(digits: str) -> str | None:
    """The NHS number that begins with these nine digits; one of eleven has none."""
    rest = 11 - sum(int(digit) * (10 - at) for at, digit in enumerate(digits)) % 11
    return None if rest == 10 else f"{digits}{rest % 11}"


def nhs_numbers():
    nine = st.text("0123456789", min_size=9, max_size=9)
    return nine.map(with_check_digit).filter(lambda number: number and len(set(number)) > 1)


def pupil_numbers():
    rest = st.tuples(
        st.sampled_from(COUNCILS),
        st.text("0123456789", min_size=8, max_size=8),
        st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUVWXYZ"),
    ).map("".join)
    return rest.map(lambda number: upn.calc_check_digit(number) + number)


@pytest.mark.parametrize(
    "text",
    [
        "943 476 5919",
        "9434765919",
        "943-476-5919",
        "943.476.5919",
        "943–476–5919",
        "943  476  5919",
        "943\u00a0476\u00a05919",
        "9 4 3 4 7 6 5 9 1 9",
        "94347 65919",
        "943\n476\n5919",
        "９４３ ４７６ ５９１９",  # noqa: RUF001 - full-width digits, as some keyboards type them
        "He is 943 476 5919, seen on Monday.",
        "(943 476 5919)",
        "number943 476 5919",
        "NHS no. 943 476 5918",  # a mistyped one: the check digit fails
        "NHS number: 9434765918",
        "nhs 943476591",
        "NHS#943 476 5918",
        "His NHS number is 943 476 5918",
        "4 schools, 943 476 5919",
        "Since 2026 943 476 5919",
        "Born 12/03/2014 943 476 5919",
        "Born 2014-03-12 943 476 5919",
    ],
)
def test_an_nhs_number_is_stopped_however_it_is_written(text: str):
    assert what_is_found(text) is Found.NHS_NUMBER


@given(nhs_numbers())
def test_any_nhs_number_is_stopped(number: str):
    spaced = f"{number[:3]} {number[3:6]} {number[6:]}"
    for written in (number, spaced, spaced.replace(" ", "-"), f"Ring the team about {spaced}."):
        assert what_is_found(written) is Found.NHS_NUMBER


@pytest.mark.parametrize("name", INVISIBLE)
def test_characters_that_nobody_sees_do_not_hide_a_number(name: str):
    mark = INVISIBLE[name]
    assert what_is_found(mark.join("9434765919")) is Found.NHS_NUMBER
    assert what_is_found(f"{mark}943 4{mark}76 5919{mark}") is Found.NHS_NUMBER
    pupil = upn.calc_check_digit("838200001001") + "838200001001"
    assert what_is_found(mark.join(pupil)) is Found.PUPIL_NUMBER


@given(pupil_numbers(), st.sampled_from(["{}", "{}.", "UPN {}", "pupil {} came", "({})"]))
def test_any_pupil_number_is_stopped_of_new_councils_too(number: str, sentence: str):
    assert what_is_found(sentence.format(number)) is Found.PUPIL_NUMBER
    assert what_is_found(sentence.format(number.lower())) is Found.PUPIL_NUMBER
    spaced = f"{number[:1]} {number[1:4]} {number[4:8]} {number[8:]}"
    assert what_is_found(sentence.format(spaced)) is Found.PUPIL_NUMBER


@pytest.mark.parametrize(
    "text",
    [
        "UPN: A838200001001",
        "upn no 838200001001",
        "Unique pupil number is Z8382 0000 1001",
    ],
)
def test_a_labelled_pupil_number_is_stopped_even_mistyped(text: str):
    assert what_is_found(text) is Found.PUPIL_NUMBER


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nothing to report.",
        "URN 103142 and URN 103143 have both answered.",
        "LAESTAB 330/2034 and 3302034",
        "330/2034 330/2035 330/2036 330/2037 330/2038 330/2039 330/2040 330/2041",
        "LA codes 330, 331, 838 and 943",
        "E08000025, E06000058 and E10000016",
        "We meet on 23 October 2026 and on 6 November 2026.",
        "We meet on 23/10/2026 and 06/11/2026, or 2026-11-06.",
        "From 26/10/2026 - 30/10/2026",
        "14 schools, 120 children, 6 colleges: 140 in all",
        "412 of 671 settings (61%)",
        "1,234,567",
        "The NHS will answer in 2 weeks. NHS 111 is there at night.",
        "We meet the NHS 2026-10-23, or the NHS 06.11.2026",
        "NHS England has 42 boards, 36 since 2026",
        "Working Together 2023 and Keeping children safe in education 2026",
        "A1, B2, C3 and the M5",
        "0000000000",
        "Version 1.2.3.4",
    ],
)
def test_ordinary_sentences_pass(text: str):
    assert what_is_found(text) is None


days = st.dates().filter(lambda day: day.year >= 1000)


@given(days, days, st.sampled_from([" - ", " – ", " to ", "-", " / ", " "]))
def test_two_days_beside_each_other_pass(first, second, between: str):
    for written in ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d"):
        assert (
            what_is_found(between.join((first.strftime(written), second.strftime(written)))) is None
        )


@given(st.lists(st.integers(1002001, 9999999), min_size=1, max_size=6))
def test_school_numbers_in_a_row_pass(numbers: list[int]):
    written = [f"{str(number)[:3]}/{str(number)[3:]}" for number in numbers]
    assert what_is_found(" ".join(written)) is None


@given(st.text(max_size=60))
def test_the_guard_never_fails(text: str):
    assert what_is_found(text) in (None, *Found)


@pytest.mark.parametrize(
    ("stops", "passes"),
    [
        ("JS, 14, is not in school", "AP, 14, is short of places"),
        ("the pupil (14)", "special schools (14)"),
        ("a 7-year-old", "a 7-year-old protocol"),
        ("two 14-year-olds", "all 14-year-olds"),
        ("a child aged 7", "children aged 7"),
        ("siblings aged 3 and 5", "children aged 3 to 5"),
        ("she is 14", "she is 14 days late"),
        ("a Y9 pupil", "Y9 pupils"),
        ("a pupil in Year 9", "every pupil in Year 9"),
        ("the Year 9 girl", "the Year 9 girls’ group"),
        ("Child A", "child A&E attendance"),
        ("Child B", "School B"),
        ("two children born in 2014", "children born in 2014"),
        ("born on 4 June 2012", "an idea that was born on 4 June 2012"),
        ("DOB 4/6/12", "the DOB field was dropped on 4/6/12"),
        ("case number 1234", "case numbers rose to 1234"),
        ("20/12345/26", "12/10/26"),
        ("MARAC 31/26", "MARAC 25/26 figures"),
        ("strategy meeting on 9 August about the boy", "strategy meeting on 9 August about cover"),
        ("FD26P00123", "E08000025"),
        ("B99 9ZZ", "B99"),
        ("B99 9ZZ", "B99 2nd floor"),
        ("lead@example.com", "lead@example.gov.uk"),
        ("worker at gmail dot com", "look at example.org.uk"),
        ("01632 960123", "01/02/2026 to 03/04/2026"),
        ("0121 496 0789", "cover 0700-1900 and 1900-0700"),
        ("ext 4512", "an extension to 2027"),
        ("call 960123", "call 999 or 101"),
        ("QQ 12 34 56 C", "EY123456 and URN 103142"),
        ("999 336 9802", "12 14 16 18 20"),
        ("nine nine nine three three six nine eight oh two", "one two three"),
    ],
)
def test_what_stops_differs_from_what_passes(stops: str, passes: str):
    assert what_is_found(stops) is not None
    assert what_is_found(passes) is None


NATIONAL = st.sampled_from(
    ["01632 960{}", "07700 900{}", "020 7946 0{}", "0113 496 0{}", "0808 157 0{}", "03069 990{}"]
)


@given(NATIONAL, st.text("0123456789", min_size=3, max_size=3))
def test_any_phone_number_is_stopped_however_it_is_written(number: str, end: str):
    national = number.format(end)
    area, rest = national.split(" ", 1)
    compact = national.replace(" ", "")
    for written in (
        national,
        compact,
        f"({area}) {rest}",
        national.replace(" ", "-"),
        national.replace(" ", "."),
        " ".join(compact),
        f"+44 {national[1:]}",
        f"+44 (0){national[1:]}",
        f"0044{compact[1:]}",
        f"Ring {national}, it is open until 6.",
    ):
        assert what_is_found(written) in {Found.PHONE_NUMBER, Found.NHS_NUMBER}, written


AREAS = ["B", "M", "LS", "SW", "EC", "ZE", "CF", "BT"]


@given(
    st.sampled_from(AREAS),
    st.integers(1, 99),
    st.integers(0, 9),
    st.text("ABDEFGHJLNPQRSTUWXYZ", min_size=2, max_size=2),
)
def test_a_whole_postcode_is_stopped_and_a_district_passes(area, district, sector, unit):
    outward, inward = f"{area}{district}", f"{sector}{unit}"
    for written in (f"{outward} {inward}", f"{outward}{inward}", f"{outward}-{inward}"):
        assert what_is_found(written) is Found.POSTCODE
        assert what_is_found(f"They live at {written}.") is Found.POSTCODE
    assert what_is_found(f"Schools in {outward} are harder to reach.") is None


@given(st.lists(st.integers(0, 9999), min_size=1, max_size=2), st.sampled_from([", ", " and "]))
def test_counts_pass(counts: list[int], between: str):
    assert what_is_found(f"We reached {between.join(map(str, counts))} settings.") is None


@given(st.integers(0, 24), st.integers(1, 25), st.sampled_from([" to ", "-", "–", " - "]))
def test_a_range_of_ages_passes(first: int, more: int, between: str):
    ages = f"{first}{between}{first + more}"
    for words in ("children aged {}", "the offer for {} year olds", "ages {}", "{}-year-olds"):
        assert what_is_found(words.format(ages)) is None


def test_the_writer_is_told_the_kind_and_never_the_text():
    told = stopped({"OQ6": "Zanzibar, B99 9ZZ", "OF17": "Nothing to add.", "SQ6": "Child A"})
    assert list(told) == ["OQ6", "SQ6"]
    assert told["OQ6"].startswith("This looks like a postcode. Take it out")
    assert told["SQ6"].startswith("This looks like words about one child or family. Take it out")
    for sentence in told.values():
        assert "Zanzibar" not in sentence
        assert "If a child is in danger call 999." in sentence
