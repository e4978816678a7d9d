"""Asking a colleague whether they take over a duty: once, for as long as they can agree. Pure."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from jobs.calendars import Days, london, working_day_on_or_after
from storage.clock import LONDON
from storage.plan_models import HandoverFacts, PlannedPrompt, PlanningFacts
from storage.vocabulary import PromptKind


def handovers(facts: PlanningFacts) -> Iterator[PlannedPrompt]:
    """One for each asking that waits for an answer, due as soon as somebody may be messaged."""
    for asked in facts.handovers:
        yield PlannedPrompt(
            key=f"handover/{asked.handover_id}",
            kind=PromptKind.HANDOVER,
            step=str(asked.handover_id),
            post_id=asked.invited_post_id,
            about_post_id=asked.post_id,
            planned_for=_due_at(asked),
            useful_until=london(asked.last_day + timedelta(days=1), time(0)),
        )


def _due_at(asked: HandoverFacts) -> datetime:
    """At once, or after the partnership's own holiday."""
    day = asked.asked_at.astimezone(LONDON).date()
    quiet = [] if asked.quiet is None else [Days(start=asked.quiet[0], end=asked.quiet[1])]
    allowed = working_day_on_or_after(day, quiet)
    return asked.asked_at if allowed == day else london(allowed)
