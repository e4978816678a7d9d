"""How far a partnership's full return is, and what its forms start from."""

from dataclasses import dataclass, field
from datetime import date, datetime

from storage.answers import Answers
from storage.clock import LONDON
from storage.full_returns import FullReturn
from storage.questions import Question
from storage.vocabulary import Audience, Certainty


@dataclass(frozen=True, kw_only=True)
class ReturnDraft:
    """What the lead has answered so far, for leads alone."""

    answers: dict[str, str | list[str]]
    audience: Audience
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class SentReturn:
    """A revision as it was sent for signature, with the questions that it answered."""

    revision_id: int
    revision: int
    asks: FullReturn
    answers: dict[str, str | list[str]]
    audience: Audience
    by: str
    at: datetime
    #: When something that was typed in it, or added by who signed it, was taken out.
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Signature:
    """That somebody signed a revision for a partner, and what its sector added."""

    revision: int
    answers: dict[str, str | list[str]]
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Signer:
    """A partner that has to sign, and its last signature of any revision."""

    partner_id: int
    sector_key: str
    sector: str
    body: str
    last: Signature | None


@dataclass(frozen=True, kw_only=True)
class ReturnStanding:
    """How far one partnership's full return is in one campaign. `asks` is what a draft answers now."""

    campaign_id: int
    partnership_id: int
    campaign_title: str
    partnership: str
    region: str
    deadline_day: date
    late_until: date
    certainty: Certainty
    is_open: bool
    asks: FullReturn
    draft: ReturnDraft | None
    sent: SentReturn | None
    signers: tuple[Signer, ...]

    def takes_answers(self, now: datetime) -> bool:
        """Whether it can still be drafted and signed, if only late."""
        return self.is_open and now.astimezone(LONDON).date() <= self.late_until

    def has_signed(self, signer: Signer) -> bool:
        """Whether that partner has signed what was sent last."""
        return (
            self.sent is not None
            and signer.last is not None
            and signer.last.revision == self.sent.revision
        )

    @property
    def is_complete(self) -> bool:
        """Whether the return counts: every body of every sector has signed what was sent last."""
        return bool(self.signers) and all(map(self.has_signed, self.signers))

    @property
    def sectors(self) -> dict[str, bool]:
        """Each sector, in order, and whether all of its bodies have signed."""
        found: dict[str, bool] = {}
        for signer in self.signers:
            found[signer.sector] = found.get(signer.sector, True) and self.has_signed(signer)
        return found

    @property
    def has_unsent_changes(self) -> bool:
        """Whether the lead has changed the draft since it was sent."""
        if self.draft is None or self.sent is None:
            return False
        return self.draft.audience is not self.sent.audience or bool(
            self.asks.changed(self.sent.asks.kept(self.sent.answers), self.draft.answers)
        )


@dataclass(frozen=True, kw_only=True)
class ReturnRights:
    """What one person may do with one partnership's full return."""

    may_see: bool = False
    facilitates: bool = False
    may_draft: bool = False
    signs_for: frozenset[int] = frozenset()
    may_read: bool = False
    may_read_words: bool = False
    #: Words stand in it, if only in an earlier revision, that this person may take out.
    may_withdraw: bool = False


@dataclass(frozen=True, kw_only=True)
class SeenReturn:
    """A full return as one person may see it."""

    standing: ReturnStanding
    rights: ReturnRights


@dataclass(frozen=True, kw_only=True)
class ReturnForm:
    """What a screen of the draft starts from.

    `unfinished` is the first screen (from 1) that is not answered as it must be; `unsaved` what was filled in and
    not kept, without what was refused.
    """

    now: datetime
    standing: ReturnStanding
    unfinished: int | None
    unsaved: Answers = field(default_factory=dict)

    @property
    def answers(self) -> dict[str, str | list[str]]:
        """What has been answered so far."""
        kept = {} if self.standing.draft is None else self.standing.draft.answers
        return {**kept, **self.unsaved}

    @property
    def audience(self) -> Audience:
        """Who may read the free text, as it stands."""
        draft = self.standing.draft
        return Audience.FACILITATORS if draft is None else draft.audience


@dataclass(frozen=True, kw_only=True)
class ReturnToSign:
    """What a signature starts from.

    `changed` are the questions that are answered otherwise than in `before`, the revision that this partner signed last.
    """

    now: datetime
    standing: ReturnStanding
    sent: SentReturn
    signer: Signer
    before: SentReturn | None
    changed: tuple[Question, ...]


@dataclass(frozen=True, kw_only=True)
class ReturnToRead:
    """What was sent, for somebody who may read it."""

    now: datetime
    standing: ReturnStanding
    sent: SentReturn
    rights: ReturnRights
