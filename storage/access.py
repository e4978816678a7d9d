"""Who may see and do what, decided here and nowhere else. Pure."""

from storage.read_models import Access, ReturnRights, ReturnStanding, Signer, Standing
from storage.vocabulary import Audience


def may_answer_for(access: Access, standing: Standing) -> bool:
    """Whether this person holds a post that answers for that partner."""
    return standing.partner_id in access.answers_for


def may_give_up(access: Access, partner_id: int) -> bool:
    """Whether this person may say that they no longer answer for that partner: nobody says it for another."""
    return partner_id in access.answers_for


def may_change_handover(access: Access, person_id: int) -> bool:
    """Whether this person may answer a handover that asks that person, or take back one that is theirs: only themselves."""
    return access.person_id == person_id


def may_see_standing(access: Access, standing: Standing) -> bool:
    """Whether this person may know where that partner stands."""
    return (
        access.is_administrator
        or standing.partner_id in access.answers_for
        or standing.partnership_id in access.oversees
        or _facilitates(access, standing, standing.region)
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
    return open_to_facilitators and _facilitates(access, standing, standing.region)


def may_withdraw(access: Access, partnership_id: int) -> bool:
    """Whether this person may take out what was typed in that partnership's replies and returns: its leads alone."""
    return partnership_id in access.leads


def may_say_away(access: Access) -> bool:
    """Whether this person is sent anything that waits while they are away, or leads others who are."""
    return bool(access.answers_for or access.leads or access.facilitates)


def return_rights(access: Access, standing: ReturnStanding) -> ReturnRights:
    """What this person may do with that partnership's full return.

    Leads draft it. Respondents and deputies sign for their partners what was sent. All of them, observers and
    the facilitators of its sectors read what was sent; facilitators its free text only where the lead chose so.
    """
    sent = standing.sent
    own = access.answers_for & {signer.partner_id for signer in standing.signers}
    is_inside = bool(own) or standing.partnership_id in access.oversees
    is_facilitator = any(
        _facilitates(access, signer, standing.region) for signer in standing.signers
    )
    return ReturnRights(
        may_see=is_inside or is_facilitator,
        facilitates=is_facilitator,
        may_draft=standing.partnership_id in access.leads,
        signs_for=own if sent is not None else frozenset(),
        may_read=sent is not None and (is_inside or is_facilitator),
        may_read_words=sent is not None
        and (is_inside or (is_facilitator and sent.audience is Audience.FACILITATORS)),
    )


def _facilitates(access: Access, of: Standing | Signer, region: str) -> bool:
    return any(
        remit.sector_key == of.sector_key and remit.covers(region) for remit in access.facilitates
    )
