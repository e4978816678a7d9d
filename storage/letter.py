"""The sentences of the letter of 29 July 2021, which say why a question is asked."""

import re
import tomllib
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "reference" / "letter.toml"


def sentences_of(source: str) -> tuple[str, ...]:
    """What the letter says in the sentences that a question names: 'S15', 'S15, S11', or none.

    Raises:
        KeyError: the letter has no such sentence; its argument is what was named.
    """
    known = _sentences()
    return tuple(known[name] for name in re.split(r",\s*", source) if source)


@cache
def _sentences() -> dict[str, str]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
