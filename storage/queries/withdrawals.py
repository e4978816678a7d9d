"""A lead takes out of a partner's replies what somebody typed and should not have; choices stay."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.access import may_withdraw
from storage.errors import NotYours
from storage.forms import Form
from storage.queries.audit import record
from storage.queries.board import Scope, standings
from storage.queries.campaigns import definition_of
from storage.queries.changes import outdate, outdate_about
from storage.queries.people import known_access_of
from storage.queries.replies import take_turns
from storage.questions import words_in
from storage.read_models import Access, Board, Standing
from storage.tables import Notice, Partner, Post, Reply, Round
from storage.vocabulary import Audience, Deed, NoticeState, PostKind, PromptKind


@dataclass(frozen=True, kw_only=True)
class Withdrawer:
    """The Slack user who takes words out, of one partner's replies in one round."""

    team_id: str
    slack_user_id: str
    round_id: int
    partner_id: int


def with_words(session: Session, boards: Iterable[Board], access: Access) -> tuple[Board, ...]:
    """The same boards, saying where words stand that this person may take out, if only in an earlier revision."""
    found = list(boards)
    held = _held(
        session,
        {
            (row.round_id, row.partner_id)
            for board in found
            if may_withdraw(access, board.partnership_id)
            for row in board.standings
        },
    )
    return tuple(
        replace(
            board,
            standings=tuple(
                replace(row, may_withdraw=(row.round_id, row.partner_id) in held)
                for row in board.standings
            ),
        )
        for board in found
    )


def _held(session: Session, about: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those of these rounds and partners in whose replies words stand."""
    if not about:
        return set()
    query = (
        select(Reply, Round.topic)
        .join(Round, col(Round.id) == col(Reply.round_id))
        .where(
            col(Reply.round_id).in_({round_id for round_id, _ in about}),
            col(Reply.partner_id).in_({partner_id for _, partner_id in about}),
        )
    )
    return {
        (reply.round_id, reply.partner_id)
        for reply, topic in session.exec(query)
        if _words(session, reply, topic)
    }


def words_to_withdraw(
    session: Session, *, withdrawer: Withdrawer, now: datetime
) -> Standing | None:
    """Where that partner stands; None where nothing that was typed is left. Raises as `withdraw` does."""
    _leading(session, withdrawer, now)
    is_left = any(
        reply.round_id == withdrawer.round_id and _words(session, reply, topic)
        for reply, topic in _replies_of(session, withdrawer.partner_id)
    )
    scope = Scope(rounds=[withdrawer.round_id], partners=[withdrawer.partner_id])
    found = standings(session, scope=scope, as_of=now) if is_left else []
    return found[0] if found else None


def withdraw(session: Session, *, withdrawer: Withdrawer, now: datetime) -> None:
    """Take all that was typed out of every revision in the round, and the same words out of the partner's other replies.

    'Nothing has changed' copies words from round to round. Messages that show them are brought up to date. A second
    time changes nothing.

    Raises:
        NotYours: this Slack user does not lead the partnership.
    """
    access = _leading(session, withdrawer, now)
    take_turns(session, withdrawer.partner_id)
    replies = [
        (reply, _words(session, reply, topic), topic)
        for reply, topic in _replies_of(session, withdrawer.partner_id)
    ]
    gone = {
        words
        for reply, typed, _ in replies
        if reply.round_id == withdrawer.round_id
        for words in typed.values()
    }
    rounds = set()
    for reply, typed, topic in replies:
        emptied = {ref: "" for ref, words in typed.items() if words in gone}
        if emptied:
            if (
                reply.audience == Audience.FACILITATORS
                and _form_of(session, reply, topic).help in emptied
            ):
                _outdate_digests(session, reply)
            reply.answers = reply.answers | emptied
            reply.withdrawn_at, reply.withdrawn_by = now, access.person_id
            session.add(reply)
            rounds.add(reply.round_id)
    for round_id in sorted(rounds):
        about = {"round_id": round_id, "partner_id": withdrawer.partner_id}
        outdate_about(session, **about)
        record(session, deed=Deed.REPLY_WITHDRAWN, at=now, person_id=access.person_id, **about)


def _leading(session: Session, withdrawer: Withdrawer, now: datetime) -> Access:
    access = known_access_of(
        session, team_id=withdrawer.team_id, slack_user_id=withdrawer.slack_user_id, now=now
    )
    partner = session.get(Partner, withdrawer.partner_id)
    if partner is None or not may_withdraw(access, partner.partnership_id):
        raise NotYours("Only a lead of the partnership can withdraw what was typed. Ask them to.")
    return access


def _replies_of(session: Session, partner_id: int) -> list[tuple[Reply, str | None]]:
    """All that a partner has ever said, each with its round's topic."""
    query = (
        select(Reply, Round.topic)
        .join(Round, col(Round.id) == col(Reply.round_id))
        .where(Reply.partner_id == partner_id)
        .order_by(col(Reply.id))
    )
    return list(session.exec(query).all())


def _form_of(session: Session, reply: Reply, topic: str | None) -> Form:
    return definition_of(session, reply.version_id).form_of(topic)


def _words(session: Session, reply: Reply, topic: str | None) -> dict[str, str]:
    """What was typed in it and still stands there, by question."""
    return words_in(_form_of(session, reply, topic).all_questions, reply.answers)


def _outdate_digests(session: Session, reply: Reply) -> None:
    """The digest of each facilitator that may have told this reply's words: the first one after it, and none once one was sent."""
    before = aliased(Notice)
    told_already = select(before.id).where(
        before.person_id == Notice.person_id,
        before.kind == PromptKind.DIGEST,
        before.state == NoticeState.SENT,
        col(before.as_of) >= reply.submitted_at,
        col(before.as_of) < col(Notice.as_of),
    )
    theirs = (
        select(Post.person_id)
        .join(Partner, col(Partner.sector_key) == col(Post.sector_key))
        .where(Post.kind == PostKind.FACILITATOR, Partner.id == reply.partner_id)
    )
    digests = select(Notice.id).where(
        Notice.kind == PromptKind.DIGEST,
        col(Notice.person_id).in_(theirs),
        col(Notice.as_of) >= reply.submitted_at,
        ~told_already.exists(),
    )
    outdate(session, digests)
