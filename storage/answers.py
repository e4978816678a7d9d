"""What an answer is, and whether one that is typed or picked is of its kind. Pure."""

import re
from collections.abc import Mapping
from datetime import date
from urllib.parse import urlsplit

#: What was answered: an option's value, several of them, an ISO date, a whole number or words; by question.
Answers = Mapping[str, str | list[str]]
#: What the answer to a tick holds.
TICKED = "yes"
#: No area has as many settings; nor does a longer number, such as an NHS number, get in.
MOST_COUNTED = 9999


def is_date(answer: str) -> bool:
    """Whether it is a day, in ISO format."""
    try:
        return bool(date.fromisoformat(answer))
    except ValueError:
        return False


def is_count(answer: str) -> bool:
    """Whether it is a whole number that can be a count of settings."""
    return bool(re.fullmatch(r"[0-9]{1,4}", answer)) and int(answer) <= MOST_COUNTED


def is_secure_address(answer: str) -> bool:
    """Whether it is an address that starts with https, with a host and nobody's name or password in it."""
    try:
        parts = urlsplit(answer)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    return (
        parts.scheme == "https"
        and re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", host) is not None
        and not re.search(r"[\s<>\"]", answer)
        and "@" not in parts.netloc
        and (port is None or port > 0)
    )
