"""The guard: every free text passes it before it is stored, so that nothing about a child is kept.

Pure. It says what kind of thing was found, never the text. The rules are those that people can learn:
a number that is called an NHS number stops even when its check digit fails, every phone number and every
whole postcode stops, a work mailbox passes. A name in prose cannot be caught.

Every pattern in this package is bounded, so that a long text takes time in proportion to its length.
"""

from collections.abc import Mapping

from storage.guard.found import Found

__all__ = ["Found", "stopped", "what_is_found"]


def what_is_found(text: str) -> Found | None:
    """What in this text must not be stored, or None."""
    # Its patterns take 0.15 s to compile: the first text waits for that, and no start does.
    from storage.guard.plain import Plain  # noqa: PLC0415
    from storage.guard.rules import first_found  # noqa: PLC0415

    return first_found(Plain.of(text))


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
