"""Who drafts, reads and signs a full return: one function says so."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.access import return_rights
from storage.read_models import Access, Remit, ReturnRights
from storage.vocabulary import Audience
from tests.bot.views import returns

HERE, ELSEWHERE, POLICE = 1, 2, 3
PRIVATE = replace(returns.SENT, sent=returns.sent(audience=Audience.PARTNERSHIP))


def who(**more) -> Access:
    return Access(person_id=1, name="Somebody", **more)


def facilitates(sector: str, *regions: str) -> Access:
    return who(facilitates=(Remit(sector_key=sector, sector=sector.title(), regions=regions),))


RESPONDENT = who(answers_for=frozenset({POLICE}))
LEAD = who(leads=frozenset({HERE}), oversees=frozenset({HERE}))

# who, what they may once it is sent, and what of it while it is a draft
TABLE = {
    "its lead": (
        LEAD,
        ReturnRights(may_see=True, may_draft=True, may_read=True, may_read_words=True),
        ReturnRights(may_see=True, may_draft=True),
    ),
    "a sector's respondent": (
        RESPONDENT,
        ReturnRights(
            may_see=True, signs_for=frozenset({POLICE}), may_read=True, may_read_words=True
        ),
        ReturnRights(may_see=True),
    ),
    "its observer": (
        who(oversees=frozenset({HERE})),
        ReturnRights(may_see=True, may_read=True, may_read_words=True),
        ReturnRights(may_see=True),
    ),
    "a facilitator of the region": (
        facilitates("health", "West Midlands"),
        ReturnRights(may_see=True, facilitates=True, may_read=True, may_read_words=True),
        ReturnRights(may_see=True, facilitates=True),
    ),
    "another region's": (facilitates("health", "London"), ReturnRights(), ReturnRights()),
    "a facilitator of no sector here": (facilitates("education"), ReturnRights(), ReturnRights()),
    "another partnership's lead": (
        who(leads=frozenset({ELSEWHERE}), oversees=frozenset({ELSEWHERE})),
        ReturnRights(),
        ReturnRights(),
    ),
    "another partnership's respondent": (
        who(answers_for=frozenset({99})),
        ReturnRights(),
        ReturnRights(),
    ),
    "an administrator": (who(is_administrator=True), ReturnRights(), ReturnRights()),
    "a stranger": (who(), ReturnRights(), ReturnRights()),
}


@pytest.mark.parametrize("name", TABLE)
def test_posts_decide(name):
    access, once_sent, while_drafted = TABLE[name]
    assert return_rights(access, returns.SENT) == once_sent
    assert return_rights(access, returns.DRAFTED) == while_drafted


def test_what_is_for_the_partnership_only_is_read_by_nobody_else():
    assert return_rights(LEAD, PRIVATE).may_read_words
    assert return_rights(RESPONDENT, PRIVATE).may_read_words
    outside = return_rights(facilitates("health"), PRIVATE)
    assert outside.may_read
    assert not outside.may_read_words


accesses = st.builds(
    Access,
    person_id=st.just(1),
    name=st.just("Somebody"),
    answers_for=st.frozensets(st.integers(1, 6)),
    leads=st.frozensets(st.integers(1, 3)),
    facilitates=st.lists(
        st.builds(
            Remit,
            sector_key=st.sampled_from(["police", "education"]),
            sector=st.just("A sector"),
            regions=st.lists(st.sampled_from(["London", "West Midlands"])).map(tuple),
        )
    ).map(tuple),
    is_administrator=st.booleans(),
).map(lambda access: replace(access, oversees=access.leads))
standings = st.builds(
    replace,
    st.sampled_from([*returns.STATES.values(), PRIVATE]),
    partnership_id=st.integers(1, 3),
    region=st.sampled_from(["London", "West Midlands"]),
)


@given(accesses, standings)
def test_nobody_does_anything_with_what_they_may_not_see(access, standing):
    rights = return_rights(access, standing)
    if not rights.may_see:
        assert rights == ReturnRights()
    assert rights.may_read or not rights.may_read_words


@given(accesses, standings)
def test_nobody_signs_for_a_partner_that_they_do_not_answer_for(access, standing):
    assert return_rights(access, standing).signs_for <= access.answers_for


@given(accesses, standings)
def test_nothing_is_read_or_signed_before_it_is_sent(access, standing):
    rights = return_rights(access, replace(standing, sent=None))
    assert not rights.may_read
    assert not rights.signs_for
