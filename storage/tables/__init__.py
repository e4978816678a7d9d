"""The tables, their constraints and indexes.

Instants are aware UTC (`UTCDateTime`); days are London days, and the last day of a validity is included.
States and kinds are text with a named CHECK. No `from __future__ import annotations` in these modules:
SQLModel reads the annotations.
"""

from storage.tables.audit import AuditEntry
from storage.tables.campaigns import Campaign, CampaignVersion, Participation, Round, TermDate
from storage.tables.constraints import id_of
from storage.tables.handovers import Handover
from storage.tables.outbox import Notice, PlanRequest, Prompt
from storage.tables.pauses import Absence, ReminderStop, Snooze
from storage.tables.replies import Reply
from storage.tables.returns import ReturnDraft, ReturnRevision, ReturnSignature
from storage.tables.roster import (
    Partner,
    Partnership,
    PartnershipArea,
    Person,
    Post,
    Sector,
    Workspace,
)

__all__ = [
    "Absence",
    "AuditEntry",
    "Campaign",
    "CampaignVersion",
    "Handover",
    "Notice",
    "Participation",
    "Partner",
    "Partnership",
    "PartnershipArea",
    "Person",
    "PlanRequest",
    "Post",
    "Prompt",
    "ReminderStop",
    "Reply",
    "ReturnDraft",
    "ReturnRevision",
    "ReturnSignature",
    "Round",
    "Sector",
    "Snooze",
    "TermDate",
    "Workspace",
    "id_of",
]
