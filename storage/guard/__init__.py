"""The guard: every free text passes it before it is stored, so that nothing about a child is kept.

Pure. It says what kind of thing was found, never the text. The rules are those that people can learn:
a number that is called an NHS number stops even when its check digit fails, every phone number and every
whole postcode stops, a work mailbox passes. A name in prose cannot be caught.

Every pattern in this package is bounded, so that a long text takes time in proportion to its length.
"""

from collections.abc import Callable, Mapping

from storage.guard import ages, cases, children, contacts, dates_of_birth, numbers
from storage.guard.found import Found
from storage.guard.plain import Plain

__all__ = ["Found", "stopped", "what_is_found"]

#: What is most certain comes first: it names the kind where a text holds several.
_RULES: tuple[tuple[Found, Callable[[Plain], bool]], ...] = (
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


def what_is_found(text: str) -> Found | None:
    """What in this text must not be stored, or None."""
    plain = Plain.of(text)
    return next((found for found, has in _RULES if has(plain)), None)


def stopped(texts: Mapping[str, str]) -> dict[str, str]:
    """For each text that must not be stored, the sentences that tell its writer so, by the text's key."""
    found = {key: what_is_found(text) for key, text in texts.items()}
    return {
        key: f"This looks like {kind}. Take it out: nothing about a child, family or case is kept here."
        " This is not for reporting a concern. If a child is in danger call 999."
        " Otherwise use your local front door."
        for key, kind in found.items()
        if kind
    }
