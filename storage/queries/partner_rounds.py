"""Of each partner, the rounds in which it has replied, is done, or is not asked. What planning goes by."""

from collections import defaultdict
from datetime import date

from sqlmodel import Session, col, select

from storage.clock import LONDON
from storage.queries.reminder_stops import stops
from storage.tables import Reply, Round, Snooze

#: The keys of rounds, by participation and partner.
RoundKeys = dict[tuple[int, int], set[str]]


def replied(session: Session) -> tuple[RoundKeys, RoundKeys]:
    """The rounds in which a partner has replied, and those in which its latest reply ends the asking."""
    latest: dict[tuple[int, int, str], bool] = {}
    for part, key, partner_id, is_done in session.exec(
        select(Round.participation_id, Round.key, Reply.partner_id, Reply.is_done)
        .join(Reply, col(Reply.round_id) == col(Round.id))
        .order_by(col(Reply.revision))
    ):
        latest[part, partner_id, key] = is_done
    answered: RoundKeys = defaultdict(set)
    done: RoundKeys = defaultdict(set)
    for (part, partner_id, key), is_done in latest.items():
        answered[part, partner_id].add(key)
        if is_done:
            done[part, partner_id].add(key)
    return answered, done


def stopped(session: Session) -> RoundKeys:
    """The rounds in which a lead has stopped the reminders, by participation and partner."""
    rounds = _rounds(session)
    found: RoundKeys = defaultdict(set)
    for round_id, partner_id in stops(session):
        participation, key = rounds[round_id]
        found[participation, partner_id].add(key)
    return found


def snoozed(
    session: Session,
) -> dict[tuple[int, int], dict[tuple[int, str], tuple[date, date]]]:
    """When other days were asked for, and which: by participation and partner, then by post and round."""
    rounds = _rounds(session)
    found: dict[tuple[int, int], dict[tuple[int, str], tuple[date, date]]] = defaultdict(dict)
    for snooze in session.exec(select(Snooze).order_by(col(Snooze.id))):
        participation, key = rounds[snooze.round_id]
        days = (snooze.set_at.astimezone(LONDON).date(), snooze.remind_on)
        found[participation, snooze.partner_id][snooze.post_id, key] = days
    return found


def _rounds(session: Session) -> dict[int | None, tuple[int, str]]:
    query = select(Round.id, Round.participation_id, Round.key)
    return {round_id: (participation, key) for round_id, participation, key in session.exec(query)}
