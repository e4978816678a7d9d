"""Who is told that somebody's messages do not arrive: once, until they arrive again. Pure."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from storage.clock import LONDON
from storage.plan_models import (
    PartnerFacts,
    PlannedPrompt,
    PlanningFacts,
    PostFacts,
    StoredPrompt,
)
from storage.vocabulary import PromptKind, PromptState, Reason

_STAYS_USEFUL = timedelta(days=28)
#: A lead can do something about these; about all else only an administrator can.
_ABOUT_THE_PERSON = (Reason.PERSON_UNREACHABLE, Reason.NO_ANSWER, Reason.OUTCOME_UNKNOWN)


def undelivered(facts: PlanningFacts) -> Iterator[PlannedPrompt]:
    """One to each who can act, for each post whose messages have failed since the last one that arrived.

    A lead of the partnership for a person, an administrator for anything else, and where no lead is left to tell. For a
    token that Slack refuses the administrators are told of one post, whose message met it first.
    """
    wanted = {}
    for first in _first_failures(facts.prompts):
        for post in _who_acts(facts, first):
            prompt = _prompt(post, first)
            wanted[prompt.key] = prompt
    for stored in facts.prompts:
        waits = stored.kind is PromptKind.UNDELIVERED and stored.is_still_to_be_told
        if waits and stored.useful_until > facts.now:
            wanted[stored.key] = PlannedPrompt(
                key=stored.key,
                kind=stored.kind,
                step=stored.step,
                post_id=stored.post_id,
                about_post_id=stored.about_post_id,
                planned_for=stored.planned_for,
                useful_until=stored.useful_until,
            )
    yield from wanted.values()


def _first_failures(prompts: Iterable[StoredPrompt]) -> Iterator[StoredPrompt]:
    """By post, the first message that failed since the last one that arrived; of a refused token, the first of all."""
    first: dict[int, StoredPrompt] = {}
    token: StoredPrompt | None = None
    for prompt in prompts:
        if prompt.state is PromptState.SENT:
            first.pop(prompt.post_id, None)
            token = None
        elif prompt.state is PromptState.FAILED and prompt.kind is not PromptKind.UNDELIVERED:
            if prompt.reason is Reason.TOKEN_REFUSED:
                token = token or prompt
            else:
                first.setdefault(prompt.post_id, prompt)
    yield from first.values()
    if token is not None:
        yield token


def _who_acts(facts: PlanningFacts, failed: StoredPrompt) -> list[PostFacts]:
    today = facts.now.astimezone(LONDON).date()
    leads: list[PostFacts] = []
    if failed.reason in _ABOUT_THE_PERSON:
        leads = [
            lead
            for part in facts.participations
            if any(_is_about(failed, partner) for partner in part.partners)
            for lead in part.leads
            if lead.post_id != failed.post_id and lead.validity.holds(today)
        ]
    others = [post for post in facts.administrators if post.validity.holds(today)]
    return list({post.post_id: post for post in leads or others}.values())


def _is_about(failed: StoredPrompt, partner: PartnerFacts) -> bool:
    """Whether that message was about a partner, or asked somebody to answer for it."""
    posts = (*partner.respondents, *partner.deputies)
    return failed.partner_id == partner.partner_id or (
        failed.kind is PromptKind.HANDOVER
        and any(post.post_id == failed.about_post_id for post in posts)
    )


def _prompt(post: PostFacts, failed: StoredPrompt) -> PlannedPrompt:
    return PlannedPrompt(
        key=f"undelivered/{post.post_id}/{failed.post_id}/since {failed.prompt_id}",
        kind=PromptKind.UNDELIVERED,
        step=failed.reason or "",
        post_id=post.post_id,
        about_post_id=failed.post_id,
        planned_for=failed.planned_for,
        useful_until=failed.planned_for + _STAYS_USEFUL,
    )
