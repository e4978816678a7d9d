"""The states and kinds that tables, rules and texts share; each is stored as its text."""

from enum import StrEnum


class PostKind(StrEnum):
    """What a person holds. Duties belong to posts, never to people.

    `invited`: a colleague asks them to take over a partner's duty. It gives no rights; agreeing does.
    """

    RESPONDENT = "respondent"
    DEPUTY = "deputy"
    LEAD = "lead"
    OBSERVER = "observer"
    FACILITATOR = "facilitator"
    ADMINISTRATOR = "administrator"
    INVITED = "invited"


#: Posts that answer for a partner.
ANSWERING = (PostKind.RESPONDENT, PostKind.DEPUTY)
#: Posts that see the whole of a partnership.
OVERSEEING = (PostKind.LEAD, PostKind.OBSERVER)


class CampaignState(StrEnum):
    """How far a year's campaign is: a draft sends nothing."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class ParticipationState(StrEnum):
    """Whether one partnership is being asked in one campaign; a draft one is never stored."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class Certainty(StrEnum):
    """Who says that a holiday's dates are right."""

    COUNCIL = "council"
    LEAD = "lead"
    ESTIMATED = "estimated"

    @property
    def words(self) -> str:
        """'confirmed by council', 'confirmed by lead' or 'estimated'."""
        return self if self is Certainty.ESTIMATED else f"confirmed by {self}"


class PromptKind(StrEnum):
    """What a post is owed; all of one kind that a person is owed at once go out as one notice."""

    REMINDER = "reminder"
    DIGEST = "digest"
    OFFER = "offer"
    CHANGED_DATES = "changed_dates"
    ESCALATION = "escalation"
    UNDELIVERED = "undelivered"
    HANDOVER = "handover"
    LEFT = "left"


class PromptState(StrEnum):
    """Where a prompt stands. Every prompt ends in one of the last four, with a reason."""

    PLANNED = "planned"
    CLAIMED = "claimed"
    SENT = "sent"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"
    FAILED = "failed"


class NoticeState(StrEnum):
    """Where a message stands on its way to Slack.

    `claimed`: a process is sending it. `waiting`: Slack asked for a pause and took nothing. `unknown`:
    Slack may have taken it; it is looked for before it is sent again.
    """

    CLAIMED = "claimed"
    WAITING = "waiting"
    UNKNOWN = "unknown"
    SENT = "sent"
    SKIPPED = "skipped"
    FAILED = "failed"


#: Notices that a process still has to bring to an end.
UNSETTLED = (NoticeState.CLAIMED, NoticeState.WAITING, NoticeState.UNKNOWN)


class Reason(StrEnum):
    """Why a prompt was skipped, cancelled or failed: a closed list, with the words for each."""

    DONE = "done"
    REPLIED = "replied"
    OVERTAKEN = "overtaken"
    MEETS_NEXT_STEP = "meets_next_step"
    BEFORE_OPENING = "before_opening"
    CAMPAIGN_CLOSED = "campaign_closed"
    POST_ENDED = "post_ended"
    PARTNER_ENDED = "partner_ended"
    STEP_WITHDRAWN = "step_withdrawn"
    OPENED = "opened"
    PAST = "past"
    TOLD_ALREADY = "told_already"
    REFUSED_BY_SLACK = "refused_by_slack"
    PERSON_UNREACHABLE = "person_unreachable"
    TOKEN_REFUSED = "token_refused"  # noqa: S105 - a word
    NO_ANSWER = "no_answer"
    OUTCOME_UNKNOWN = "outcome_unknown"
    AWAY = "away"
    STOPPED = "stopped"
    IN_DIGEST = "in_digest"
    SNOOZED = "snoozed"
    HANDED_OVER = "handed_over"
    LESS_OFTEN = "less_often"

    @property
    def words(self) -> str:
        """The reason as `vigil preview` prints it."""
        return _REASON_WORDS[self]


_REASON_WORDS = {
    Reason.DONE: "the partner is done",
    Reason.REPLIED: "the partner replied after this step fell due",
    Reason.OVERTAKEN: "a later step took its place",
    Reason.MEETS_NEXT_STEP: "it would have met the next step",
    Reason.BEFORE_OPENING: "its time had passed when the campaign opened",
    Reason.CAMPAIGN_CLOSED: "the campaign is closed",
    Reason.POST_ENDED: "the person no longer holds the post",
    Reason.PARTNER_ENDED: "the body is no longer a partner",
    Reason.STEP_WITHDRAWN: "the plan no longer has this step",
    Reason.OPENED: "the campaign is open",
    Reason.PAST: "its time had passed",
    Reason.TOLD_ALREADY: "the person has been told this date",
    Reason.REFUSED_BY_SLACK: "Slack refused the message",
    Reason.PERSON_UNREACHABLE: "Slack does not deliver to this person",
    Reason.TOKEN_REFUSED: "Slack does not accept Vigil’s token",
    Reason.NO_ANSWER: "Slack did not answer, however often it was tried",
    Reason.OUTCOME_UNKNOWN: "nobody can tell whether Slack has the message",
    Reason.AWAY: "the person is away",
    Reason.STOPPED: "the lead has stopped the reminders",
    Reason.IN_DIGEST: "the weekly digest tells it",
    Reason.SNOOZED: "the person asked for another day",
    Reason.HANDED_OVER: "a colleague answers in this round",
    Reason.LESS_OFTEN: "the person asked to be reminded less often",
}

#: Reasons that can cease to hold; planning brings such prompts back when they are owed again.
REVERSIBLE = (
    Reason.DONE,
    Reason.BEFORE_OPENING,
    Reason.MEETS_NEXT_STEP,
    Reason.CAMPAIGN_CLOSED,
    Reason.POST_ENDED,
    Reason.PARTNER_ENDED,
    Reason.STEP_WITHDRAWN,
    Reason.OPENED,
    Reason.PAST,
    Reason.TOKEN_REFUSED,
    Reason.AWAY,
    Reason.STOPPED,
    Reason.SNOOZED,
    Reason.HANDED_OVER,
    Reason.LESS_OFTEN,
)


class Audience(StrEnum):
    """Who may read a reply's free text."""

    PARTNERSHIP = "partnership"
    FACILITATORS = "facilitators"


class Reminding(StrEnum):
    """How often somebody wants to be reminded; a campaign's steps say from which of these on they are for."""

    LIGHT = "light"
    STANDARD = "standard"
    ACTIVE = "active"


class HandoverAnswer(StrEnum):
    """What became of one colleague's asking another to take over a duty."""

    AGREED = "agreed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Leaving(StrEnum):
    """How it is known that somebody has left a post."""

    SAID_SO = "said_so"
    ACCOUNT_CLOSED = "account_closed"
    HANDED_OVER = "handed_over"


class Deed(StrEnum):
    """What somebody did that others have to be able to look up later."""

    POST_ENDED = "post_ended"
    POST_TAKEN_OVER = "post_taken_over"
    REPLY_WITHDRAWN = "reply_withdrawn"
    RETURN_WITHDRAWN = "return_withdrawn"
