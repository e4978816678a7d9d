"""The planning job: read what a plan follows from, decide, and write what has changed."""

from datetime import datetime

from sqlmodel import Session

from jobs.planning import decide
from storage.database import Database
from storage.plan_models import PlanChanges
from storage.queries.plan import apply_changes
from storage.queries.planning_facts import planning_facts


async def plan(database: Database, *, now: datetime) -> PlanChanges:
    """Bring the stored plan up to date; gives what was changed.

    Deciding takes no lock. What changes in the meantime leaves a plan request of its own, and planning
    again puts it right.
    """
    changes = await database.read(_propose, now=now)
    if changes:
        await database.write(apply_changes, changes=changes)
    return changes


def plan_now(database: Database, *, now: datetime) -> PlanChanges:
    """The same, in this thread; for the command line."""
    changes = database.read_now(_propose, now=now)
    if changes:
        database.write_now(apply_changes, changes=changes)
    return changes


def _propose(session: Session, *, now: datetime) -> PlanChanges:
    return decide(planning_facts(session, now=now))
