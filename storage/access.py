"""Who may see and do what, decided here and nowhere else. Pure."""

from storage.read_models import Access, Standing
from storage.vocabulary import Audience


def may_answer_for(access: Access, standing: Standing) -> bool:
    """Whether this person holds a post that answers for that partner."""
    return standing.partner_id in access.answers_for


def may_see_standing(access: Access, standing: Standing) -> bool:
    """Whether this person may know where that partner stands."""
    return (
        access.is_administrator
        or standing.partner_id in access.answers_for
        or standing.partnership_id in access.oversees
        or _facilitates(access, standing)
    )


def may_read_words(access: Access, standing: Standing) -> bool:
    """Whether this person may read the reply's free text, as its writer chose.

    An administrator runs the bot and is no reader of replies.
    """
    if standing.partner_id in access.answers_for or standing.partnership_id in access.oversees:
        return True
    open_to_facilitators = (
        standing.said is not None and standing.said.audience is Audience.FACILITATORS
    )
    return open_to_facilitators and _facilitates(access, standing)


def may_say_away(access: Access) -> bool:
    """Whether this person is sent anything that waits while they are away, or leads others who are."""
    return bool(access.answers_for or access.leads or access.facilitates)


def _facilitates(access: Access, standing: Standing) -> bool:
    return any(
        remit.sector_key == standing.sector_key and remit.covers(standing.region)
        for remit in access.facilitates
    )
