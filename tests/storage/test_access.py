"""Who may see and read what."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.campaign_files import load_campaigns
from storage.access import may_answer_for, may_read_words, may_see_standing, may_withdraw
from storage.read_models import Access, Remit, Said, Standing
from storage.vocabulary import Audience, Certainty
from tests.factories import UNDER_WAY, london

HERE, ELSEWHERE = 1, 2
POLICE, HEALTH = 10, 11
FORM = load_campaigns()[0].form


def standing(*, audience: Audience | None = Audience.FACILITATORS, **more) -> Standing:
    """Where the police of the partnership `HERE` stand; without an audience, no reply."""
    said = None if audience is None else Said(
        reply_id=1, revision=1, form=FORM, answers=UNDER_WAY | {"OQ6": "Help."}, audience=audience,
        is_done=False, is_confirmation=False, by="Police respondent", at=london(2026, 9, 11, 10),
    )  # fmt: skip
    fields = {
        "round_id": 1, "partner_id": POLICE, "partnership_id": HERE, "campaign_title": "Review",
        "partnership": "Here", "region": "West Midlands", "sector_key": "police", "sector": "Police",
        "body": "West Midlands Police", "deadline_day": date(2026, 10, 23),
        "late_until": date(2026, 12, 31), "certainty": Certainty.ESTIMATED, "form": FORM, "said": said,
    }  # fmt: skip
    return Standing(**fields | more)


def who(**more) -> Access:
    return Access(person_id=1, name="Somebody", **more)


def facilitates(sector: str = "police", *regions: str) -> Access:
    return who(facilitates=(Remit(sector_key=sector, sector=sector.title(), regions=regions),))


RESPONDENT = who(answers_for=frozenset({POLICE}))
COLLEAGUE = who(answers_for=frozenset({HEALTH}))
LEAD = who(oversees=frozenset({HERE}))
LEAD_ELSEWHERE = who(oversees=frozenset({ELSEWHERE}))
ADMINISTRATOR = who(is_administrator=True)

# who, may answer, may see where it stands, may read words for facilitators, and those for the partnership only
TABLE = {
    "its respondent": (RESPONDENT, True, True, True, True),
    "another sector's respondent": (COLLEAGUE, False, False, False, False),
    "the lead": (LEAD, False, True, True, True),
    "another area's lead": (LEAD_ELSEWHERE, False, False, False, False),
    "the sector's facilitator, all England": (facilitates("police"), False, True, True, False),
    "the region's": (facilitates("police", "London", "West Midlands"), False, True, True, False),
    "another region's": (facilitates("police", "London"), False, False, False, False),
    "another sector's facilitator": (facilitates("health"), False, False, False, False),
    "an administrator": (ADMINISTRATOR, False, True, False, False),
    "a stranger": (who(), False, False, False, False),
}


@pytest.mark.parametrize("name", TABLE)
def test_posts_decide(name: str):
    access, answer, see, read, read_private = TABLE[name]
    assert may_answer_for(access, standing()) is answer
    assert may_see_standing(access, standing()) is see
    assert may_read_words(access, standing()) is read
    assert may_read_words(access, standing(audience=Audience.PARTNERSHIP)) is read_private


def test_where_nothing_was_said_a_facilitator_reads_nothing():
    assert not may_read_words(facilitates("police"), standing(audience=None))
    assert may_see_standing(facilitates("police"), standing(audience=None))


def test_a_lead_alone_takes_words_out():
    here, elsewhere = frozenset({HERE}), frozenset({ELSEWHERE})
    assert may_withdraw(who(leads=here, oversees=here), HERE)
    observer = who(oversees=here)
    leads_elsewhere = who(leads=elsewhere, oversees=here | elsewhere)
    for other in (observer, leads_elsewhere, RESPONDENT, ADMINISTRATOR, facilitates("police")):
        assert not may_withdraw(other, HERE)


accesses = st.builds(
    Access,
    person_id=st.just(1),
    name=st.just("Somebody"),
    answers_for=st.frozensets(st.integers(1, 20)),
    oversees=st.frozensets(st.integers(1, 20)),
    facilitates=st.lists(
        st.builds(
            Remit,
            sector_key=st.sampled_from(["police", "health"]),
            sector=st.just("A sector"),
            regions=st.lists(st.sampled_from(["London", "West Midlands"])).map(tuple),
        )
    ).map(tuple),
    is_administrator=st.booleans(),
)
rows = st.builds(
    standing,
    audience=st.none() | st.sampled_from(Audience),
    partner_id=st.integers(1, 20),
    partnership_id=st.integers(1, 20),
    sector_key=st.sampled_from(["police", "health"]),
    region=st.sampled_from(["London", "West Midlands"]),
)


@given(accesses, rows)
def test_nobody_reads_what_they_may_not_see(access: Access, row: Standing):
    assert may_see_standing(access, row) or not may_read_words(access, row)
    assert may_see_standing(access, row) or not may_answer_for(access, row)


@given(accesses, rows)
def test_one_area_never_sees_anothers(access: Access, row: Standing):
    here_only = Access(
        person_id=1, name="Somebody", answers_for=access.answers_for - {row.partner_id},
        oversees=access.oversees - {row.partnership_id},
    )  # fmt: skip
    assert not may_see_standing(here_only, row)
    assert not may_read_words(here_only, row)


@given(accesses, rows)
def test_words_for_the_partnership_only_stay_in_it(access: Access, row: Standing):
    if row.said is not None and row.said.audience is Audience.PARTNERSHIP:
        inside = row.partner_id in access.answers_for or row.partnership_id in access.oversees
        assert may_read_words(access, row) is inside
