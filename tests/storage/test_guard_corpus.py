"""The guard, measured on sentences written for the purpose: what it stops of what it must, and what it stops wrongly.

Recall is the share of the sentences that must be stopped which are; precision is the share of those stopped which
must be. The rules were made with the first part and frozen before the second was written; what that showed was mended,
and so again with the third. The fourth was written last and nothing was mended with it.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from storage.guard import Found, what_is_found

CORPUS = Path(__file__).parent / "guard_corpus"
#: How many of each part were stopped, rightly and wrongly, when the rules met it for the first time.
FIRST_TRIED = {
    "written_first": None,
    "written_second": (153, 1),
    "written_third": (148, 0),
    "written_fourth": (103, 0),
}
RECALL, PRECISION = 0.99, 0.98


@dataclass(frozen=True)
class Measured:
    """How many sentences, and which the guard got wrong."""

    to_stop: int
    missed: list[str]
    wrongly_stopped: list[str]

    @property
    def recall(self) -> float:
        return 1 - len(self.missed) / self.to_stop

    @property
    def precision(self) -> float:
        stopped = self.to_stop - len(self.missed)
        return stopped / (stopped + len(self.wrongly_stopped))


def sentences(part: str, group: str) -> list[tuple[str, str]]:
    """Each sentence of a part that must pass or must be stopped, after its kind."""
    kinds = tomllib.loads((CORPUS / f"{part}.toml").read_text("utf-8"))[group]
    return [(kind, line) for kind, text in kinds.items() for line in text.strip().splitlines()]


def measure(part: str) -> Measured:
    """Try every sentence of a part."""
    to_stop, to_pass = sentences(part, "must_stop"), sentences(part, "must_pass")
    return Measured(
        to_stop=len(to_stop),
        missed=[f"{kind}: {line}" for kind, line in to_stop if not what_is_found(line)],
        wrongly_stopped=[f"{kind}: {line}" for kind, line in to_pass if what_is_found(line)],
    )


@pytest.mark.parametrize("part", FIRST_TRIED)
def test_the_guard_stops_what_it_must_and_little_else(part, capsys):
    measured, first = measure(part), FIRST_TRIED[part]
    stopped, wrongly = measured.to_stop - len(measured.missed), len(measured.wrongly_stopped)
    tried = (
        f"; when first tried {first[0]} and {first[1]}"
        if first
        else ", the rules were made with it"
    )
    with capsys.disabled():
        print(  # noqa: T201 - what was measured is for people to read
            f"\nguard, {part}: recall {measured.recall:.1%}, precision {measured.precision:.1%}"
            f" ({stopped} of {measured.to_stop} stopped and {wrongly} wrongly{tried})"
        )
    assert measured.recall >= RECALL, measured.missed
    assert measured.precision >= PRECISION, measured.wrongly_stopped


@pytest.mark.parametrize("group", ["must_pass", "must_stop"])
def test_there_are_enough_sentences_and_a_third_came_after_the_rules(group):
    written = {part: sentences(part, group) for part in FIRST_TRIED}
    every = [line for found in written.values() for _, line in found]
    assert len(every) >= 400
    assert len(set(every)) == len(every)
    assert 3 * len(written["written_first"]) <= 2 * len(every)


@pytest.mark.parametrize("part", FIRST_TRIED)
def test_every_kind_is_among_the_sentences(part):
    assert {kind for kind, _ in sentences(part, "must_stop")} == {
        found.name.lower() for found in Found
    }
