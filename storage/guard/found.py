"""The kinds of things that are never kept."""

from enum import StrEnum


class Found(StrEnum):
    """What the guard found, in words that follow 'This looks like'."""

    NHS_NUMBER = "an NHS number"
    PUPIL_NUMBER = "a unique pupil number"
    NATIONAL_INSURANCE_NUMBER = "a National Insurance number"
    CASE_REFERENCE = "a case reference"
    PERSONAL_EMAIL = "a personal email address"
    POSTCODE = "a postcode"
    DATE_OF_BIRTH = "a date of birth"
    PHONE_NUMBER = "a phone number"
    AGE = "one person’s age"
    ONE_CHILD = "words about one child or family"
