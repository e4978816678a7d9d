"""The rules, in the order in which they are asked."""

from collections.abc import Callable

from storage.guard import ages, cases, children, contacts, dates_of_birth, numbers
from storage.guard.found import Found
from storage.guard.plain import Plain

#: What is most certain comes first: it names the kind where a text holds several.
RULES: tuple[tuple[Found, Callable[[Plain], bool]], ...] = (
    (Found.NHS_NUMBER, numbers.has_nhs_number),
    (Found.PUPIL_NUMBER, numbers.has_pupil_number),
    (Found.NATIONAL_INSURANCE_NUMBER, numbers.has_national_insurance_number),
    (Found.PERSONAL_EMAIL, contacts.has_personal_email),
    (Found.DATE_OF_BIRTH, dates_of_birth.has_date_of_birth),
    (Found.CASE_REFERENCE, cases.has_case_reference),
    (Found.POSTCODE, contacts.has_postcode),
    (Found.PHONE_NUMBER, contacts.has_phone_number),
    (Found.ONE_CHILD, children.singles_out_a_child),
    (Found.AGE, ages.has_age_of_one),
)


def first_found(text: Plain) -> Found | None:
    """The first kind that a rule finds, or None."""
    return next((found for found, has in RULES if has(text)), None)
