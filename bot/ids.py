"""The names under which Slack hands back what people press and fill in."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from json import dumps, loads
from typing import Self


class Command(StrEnum):
    """Slash commands."""

    REVIEW_STATUS = "/review-status"


class Action(StrEnum):
    """Buttons and inputs."""

    OPEN_REPLY = "open_reply"
    STILL_SO = "still_so"
    NOTHING_CHANGED = "nothing_changed"
    NOT_NOW = "not_now"
    REMIND_ME = "remind_me"
    ANOTHER_WAY = "another_way"
    AM_AWAY = "am_away"
    LEAVE_IT = "leave_it"
    GIVE_UP = "give_up"
    HAND_OVER = "hand_over"
    TAKE_BACK = "take_back"
    AGREE = "agree"
    DECLINE = "decline"
    OPEN_BOARD = "open_board"
    LOOK_AT_DRAFT = "look_at_draft"
    OPEN_CAMPAIGN = "open_campaign"
    GIVE_DATES = "give_dates"
    STOP_REMINDERS = "stop_reminders"
    RESUME_REMINDERS = "resume_reminders"
    SAY_AWAY = "say_away"
    COME_BACK = "come_back"
    ANSWER = "answer"
    WHY_REPLY = "why_reply"
    OPEN_RETURN = "open_return"
    RETURN_BACK = "return_back"
    SAVE_RETURN = "save_return"
    WHY_RETURN = "why_return"
    READ_RETURN = "read_return"
    SIGN_RETURN = "sign_return"
    OPEN_PREFERENCES = "open_preferences"
    WHY_SIGNATURE = "why_signature"
    WITHDRAW_REPLY = "withdraw_reply"
    WITHDRAW_RETURN = "withdraw_return"


class View(StrEnum):
    """Modals."""

    REPLY = "reply"
    TOPIC = "topic"
    DRAFT = "draft"
    DATES = "dates"
    AWAY = "away"
    NOT_NOW = "not_now"
    GIVE_UP = "give_up"
    HAND_OVER = "hand_over"
    RETURN = "return"
    SIGNATURE = "signature"
    WITHDRAW_REPLY = "withdraw_reply"
    WITHDRAW_RETURN = "withdraw_return"
    PREFERENCES = "preferences"


class Block(StrEnum):
    """Blocks whose content is read back; a question's block is called by its reference."""

    AUDIENCE = "audience"
    ALSO_FOR = "also_for"
    AREA = "area"
    PERSON = "person"
    WHEN = "when"
    DAY = "day"
    FIRST_DAY = "first_day"
    LAST_DAY = "last_day"
    LAST_SCHOOL_DAY = "last_school_day"
    HOUR = "hour"
    REMINDING = "reminding"
    ZONE = "zone"
    COLLEAGUE = "colleague"
    HOW_LONG = "how_long"


@dataclass(frozen=True, kw_only=True)
class ButtonValue:
    """What a button is about: a partner in a round, and the reply that ‘Still so’ confirms; or a partnership.

    Of a full return it is a partnership in a campaign, with the screen that is shown or the revision that is signed.
    `handover_id` is which of its askings a colleague answers.
    """

    round_id: int = 0
    partner_id: int = 0
    reply_id: int = 0
    partnership_id: int = 0
    campaign_id: int = 0
    person_id: int = 0
    la_code: str = ""
    #: ISO dates: a day to be reminded on, or the first and last day away.
    day: str = ""
    last_day: str = ""
    screen: int = 0
    revision: int = 0
    #: On the second screen of a reply, the other partners that it is for.
    also_for: str = ""
    handover_id: int = 0

    def encode(self) -> str:
        """The value as Slack carries it, in a button or in a modal's private metadata."""
        return dumps(
            {name: given for name, given in asdict(self).items() if given}, separators=(",", ":")
        )

    @classmethod
    def decode(cls, value: str) -> Self:
        """The other way round."""
        return cls(**loads(value))
