"""Boards and digests as plain values, for --json: the same facts as the text, for programs."""

from typing import Any

from bot.views.standing import state
from storage.read_models import Board, Digest, DigestPart, ReviewStatus, Standing


def boards(status: ReviewStatus) -> list[dict[str, Any]]:
    """Every partnership with where its partners stand."""
    return [_board(status, board) for board in status.boards]


def _board(status: ReviewStatus, board: Board) -> dict[str, Any]:
    return {
        "partnership": board.partnership,
        "partners": [
            _standing(standing) | {"state": state(standing, now=status.now)}
            for standing in board.standings
        ],
    }


def _standing(standing: Standing) -> dict[str, Any]:
    said, coming = standing.said, standing.coming
    return {
        "campaign": standing.campaign_title,
        "partnership": standing.partnership,
        "region": standing.region,
        "sector": standing.sector,
        "body": standing.body,
        "deadline": standing.deadline_day,
        "dates": standing.certainty,
        "done": standing.is_done,
        "late": standing.is_late,
        "asked_at": standing.asked_at,
        "next_prompt": None if coming is None else {"at": coming.at, "to": coming.to},
        "reply": None
        if said is None
        else {
            "revision": said.revision,
            "summary": said.summary,
            "answers": said.answers,
            "by": said.by,
            "at": said.at,
        },
    }


def digest(content: Digest) -> dict[str, Any]:
    """A facilitator's digest."""
    return {
        "as_of": content.now,
        "since": content.since,
        "parts": [_part(part) for part in content.parts],
    }


def _part(part: DigestPart) -> dict[str, Any]:
    return {
        "remit": part.remit.words,
        "campaign": part.campaign_title,
        "replied": sum(row.said is not None for row in part.standings),
        "expected": len(part.standings),
        "changes": [
            {
                "body": change.standing.body,
                "partnership": change.standing.partnership,
                "before": change.before,
                "now": None if change.standing.said is None else change.standing.said.summary,
            }
            for change in part.changes
        ],
        "not_replied": [
            {"body": row.body, "partnership": row.partnership}
            for row in part.standings
            if row.said is None
        ],
        "requests": [
            {"body": row.body, "partnership": row.partnership, "words": words}
            for row, words in part.requests
        ],
        "by_region": list(part.by_region),
        "other_sectors": list(part.other_sectors),
    }
