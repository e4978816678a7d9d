"""What crosses the layers: frozen, without a session behind it."""

from storage.read_models.forms import AskedDates, Duty, SaidDates, Submission
from storage.read_models.messages import (
    Change,
    ChangedDate,
    ChangedDates,
    Content,
    Count,
    Digest,
    DigestPart,
    Escalation,
    EscalationItem,
    Offer,
    OfferedNotice,
    OfferItem,
    Reminder,
    ReminderItem,
    Undelivered,
    UndeliveredItem,
)
from storage.read_models.notices import Foreseen, ForeseenDuty, Recipient
from storage.read_models.pauses import Away, AwayForm
from storage.read_models.people import Access, Remit
from storage.read_models.standing import Coming, Said, Standing
from storage.read_models.status import Board, Draft, ReviewStatus, SectorCount

__all__ = [
    "Access",
    "AskedDates",
    "Away",
    "AwayForm",
    "Board",
    "Change",
    "ChangedDate",
    "ChangedDates",
    "Coming",
    "Content",
    "Count",
    "Digest",
    "DigestPart",
    "Draft",
    "Duty",
    "Escalation",
    "EscalationItem",
    "Foreseen",
    "ForeseenDuty",
    "Offer",
    "OfferItem",
    "OfferedNotice",
    "Recipient",
    "Reminder",
    "ReminderItem",
    "Remit",
    "ReviewStatus",
    "Said",
    "SaidDates",
    "SectorCount",
    "Standing",
    "Submission",
    "Undelivered",
    "UndeliveredItem",
]
