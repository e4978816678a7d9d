"""Every notice to come, as it is stored, and what will not be sent with the reason."""

from collections import defaultdict
from datetime import date, datetime
from typing import Final

from sqlmodel import Session, col, select

from storage.queries.campaigns import campaigns, definitions_by_round
from storage.read_models import Foreseen, ForeseenDuty
from storage.tables import (
    Partner,
    Partnership,
    Person,
    Post,
    Prompt,
    Round,
    Sector,
    id_of,
)
from storage.vocabulary import PostKind, PromptKind, PromptState, Reason

#: Said of what the next digest tells.
FOR_DIGEST = "for the digest"
#: Prompts that tell of people, and of no duty.
_ABOUT_PEOPLE: Final[dict[str, str]] = {
    PromptKind.UNDELIVERED: "whose messages do not arrive",
    PromptKind.LEFT: "who has left",
}
_UNSENT = (
    PromptState.PLANNED,
    PromptState.CLAIMED,
    PromptState.SKIPPED,
    PromptState.CANCELLED,
    PromptState.FAILED,
)


def foreseen(
    session: Session,
    *,
    since: datetime,
    until: datetime | None = None,
    partnerships: set[int] | None = None,
) -> list[Foreseen]:
    """The notices due from `since` to `until` (story time), each with the duties that it carries."""
    query = (
        select(Prompt, Post, Person)
        .join(Post, col(Post.id) == col(Prompt.post_id))
        .join(Person, col(Person.id) == col(Post.person_id))
        .where(col(Prompt.due_at) >= since, col(Prompt.state).in_(_UNSENT))
        .order_by(col(Prompt.due_at), col(Person.id), col(Prompt.id))
    )
    if until is not None:
        query = query.where(col(Prompt.due_at) < until)
    labels = _Labels(session)
    groups: dict[tuple[datetime, int, str, str], list[ForeseenDuty]] = defaultdict(list)
    people: dict[int, Person] = {}
    for prompt, post, person in session.exec(query):
        duty = labels.duty(prompt, post, partnerships)
        if duty is not None:
            people[id_of(person)] = person
            groups[prompt.due_at, id_of(person), prompt.kind, _state(prompt, post)].append(duty)
    return [
        Foreseen(
            at=at,
            kind=PromptKind(kind),
            to=people[person_id].name,
            slack_user_id=people[person_id].slack_user_id,
            state=state,
            duties=tuple(duties),
        )
        for (at, person_id, kind, state), duties in groups.items()
    ]


def _state(prompt: Prompt, post: Post) -> str:
    """What becomes of it: what a facilitator hears of silence is no message of its own."""
    told_in_digest = (
        prompt.kind == PromptKind.ESCALATION
        and post.kind == PostKind.FACILITATOR
        and prompt.state == PromptState.PLANNED
    )
    return FOR_DIGEST if told_in_digest else prompt.state


class _Labels:
    """The names of what prompts are about, each read once."""

    def __init__(self, session: Session) -> None:
        self._partners = {
            partner.id: (partner, partnership)
            for partner, partnership in session.exec(select(Partner, Partnership).join(Partnership))
        }
        definitions = definitions_by_round(session)
        self._rounds = {
            id_of(round_): (definitions[id_of(round_)], round_)
            for round_ in session.exec(select(Round))
        }
        self._partnerships = {row.id: row.name for row in session.exec(select(Partnership))}
        self._campaigns = {line.id: line.title for line in campaigns(session)}
        self._sectors = {sector.key: sector.name for sector in session.exec(select(Sector))}

    def duty(
        self, prompt: Prompt, post: Post, partnerships: set[int] | None
    ) -> ForeseenDuty | None:
        """What a prompt is about; None when it is about no partnership that was asked for."""
        where, partnership, body, step = self._about(prompt, post)
        if partnerships is not None and where not in partnerships:
            return None
        reason = None if prompt.reason is None else Reason(prompt.reason).words
        return ForeseenDuty(partnership=partnership, body=body, step=step, reason=reason)

    def _about(self, prompt: Prompt, post: Post) -> tuple[int | None, str, str, str]:
        """The partnership's id and name, the body, and the step; a digest is about a remit instead."""
        here = post.partnership_id
        if prompt.campaign_id is not None:
            step = f"offer to open: {self._campaigns[prompt.campaign_id]}"
            return here, self._partnerships[here], "", step
        if prompt.kind in _ABOUT_PEOPLE:
            return here, self._partnerships.get(here, ""), "", _ABOUT_PEOPLE[prompt.kind]
        if prompt.kind == PromptKind.HANDOVER:
            partner, partnership = self._partners[post.partner_id]
            return (
                partnership.id,
                partnership.name,
                partner.body,
                "asked by a colleague to take over",
            )
        if prompt.partner_id is None:
            sector = self._sectors.get(post.sector_key or "", "")
            remit = f"{sector}, {post.region or 'all England'}"
            return None, remit, "", f"weekly digest {prompt.step}"
        partner, partnership = self._partners[prompt.partner_id]
        step = self._step(prompt, PostKind(post.kind))
        return partnership.id, partnership.name, partner.body, step

    def _step(self, prompt: Prompt, to: PostKind) -> str:
        if prompt.kind == PromptKind.CHANGED_DATES:
            day = date.fromisoformat(prompt.step.rpartition(" ")[2])
            return f"the deadline is now {day:%A} {day.day} {day:%B %Y}"
        definition, round_ = self._rounds[prompt.round_id or 0]
        title = definition.round_title(week=round_.week, topic_key=round_.topic)
        words = definition.step_words(prompt.step)
        return ", ".join(filter(None, [title, words, _if_silent(prompt, to)]))


def _if_silent(prompt: Prompt, to: PostKind) -> str:
    """What an escalation says, and to whom."""
    if not prompt.only_if_silent:
        return ""
    if prompt.kind == PromptKind.REMINDER:
        return "if nobody has replied, the deputy is asked too"
    whom = (
        "the facilitator’s next digest names it"
        if to is PostKind.FACILITATOR
        else "the lead is told"
    )
    return f"if nobody has replied, {whom}"
