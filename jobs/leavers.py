"""Who is told that somebody has left a post: once. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta

from storage.clock import LONDON
from storage.plan_models import LeaverFacts, PlannedPrompt, PlanningFacts, StoredPrompt
from storage.vocabulary import PromptKind

_STAYS_USEFUL = timedelta(days=28)


def leavers(facts: PlanningFacts) -> Iterator[PlannedPrompt]:
    """One to each lead of the partnership, or where no other lead is left, to each administrator.

    Once somebody has been told, nobody else comes to it: who leads there later finds it done.
    """
    stored = _stored(facts.prompts)
    for leaver in facts.leavers:
        useful_until = leaver.left_at + _STAYS_USEFUL
        if useful_until <= facts.now:
            continue
        for post_id in _who_hears(facts, leaver, stored[leaver.entry_id]):
            yield PlannedPrompt(
                key=f"left/{leaver.entry_id}/{post_id}",
                kind=PromptKind.LEFT,
                step=leaver.why,
                post_id=post_id,
                about_post_id=leaver.post_id,
                planned_for=leaver.left_at,
                useful_until=useful_until,
            )


def _stored(prompts: Iterable[StoredPrompt]) -> dict[int, list[StoredPrompt]]:
    """What is stored already, by the entry that it tells of."""
    found: dict[int, list[StoredPrompt]] = defaultdict(list)
    for prompt in prompts:
        if prompt.kind is PromptKind.LEFT:
            found[int(prompt.key.split("/")[1])].append(prompt)
    return found


def _who_hears(
    facts: PlanningFacts, leaver: LeaverFacts, stored: list[StoredPrompt]
) -> Iterable[int]:
    if any(prompt.is_under_way for prompt in stored):
        return [prompt.post_id for prompt in stored if prompt.is_still_to_be_told]
    today = facts.now.astimezone(LONDON).date()
    leads = [post.post_id for post in leaver.leads if post.validity.holds(today)]
    return leads or [post.post_id for post in leaver.administrators if post.validity.holds(today)]
