"""A duty changes hands only when the colleague agrees, for one round or for good, and can be taken back."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from jobs.claims import claim
from jobs.contents import contents
from jobs.plan import plan_now
from storage.database import Database
from storage.errors import NotYours
from storage.queries.board import Scope, standings
from storage.queries.contacts import with_contacts
from storage.queries.handovers import handed_over_by, item
from storage.queries.inviting import PassOnRefused
from storage.queries.leaving import account_closed
from storage.queries.passing_on import duties_to_pass_on, pass_on_form
from storage.queries.people import access_of
from storage.queries.preview import foreseen
from storage.queries.review_status import review_status
from storage.queries.taking_over import HandoverRefused
from storage.read_models import HandoverState
from storage.vocabulary import (
    Deed,
    HandoverAnswer,
    Leaving,
    PostKind,
    PromptKind,
    PromptState,
    Reason,
)
from tests.factories import (
    DONE,
    OPENING,
    TEAM,
    UNDER_WAY,
    lead,
    london,
    make_review,
    make_roster,
    person_id,
    post,
    replier_for,
    reply,
)
from tests.storage.handing import (
    answer,
    audit,
    colleague,
    handovers,
    pass_on,
    post_of,
    posts_of,
    prompts_of,
    take_it_back,
)

TOMORROW = OPENING + timedelta(days=1)
LATE_REPLIES_END = date(2026, 12, 31)
#: The step at which a silent partner’s deputies are asked too.
DEPUTIES_TOO = london(2026, 10, 23, 9)
NEW = "U0NEW"


@pytest.fixture
def database(database: Database) -> Database:
    """Birmingham's police have two respondents and a deputy, and its health one respondent."""
    make_review(
        database,
        post("U1"),
        post("U2"),
        post("U3", PostKind.DEPUTY),
        post("U4", sector="health"),
        lead("U9"),
    )
    return database


def may_reply(database: Database, user: str, at=OPENING) -> bool:
    access = database.read_now(access_of, team_id=TEAM, slack_user_id=user, now=at)
    return access is not None and replier_for(database, user).partner_id in access.answers_for


def stands(database: Database, user: str = "U1", at=OPENING) -> list[tuple[str, HandoverState]]:
    """What the one who asked is told."""
    person = database.read_now(person_id, user)
    asked = database.read_now(handed_over_by, people={person}, now=at)
    return [(each.colleague, each.state) for found in asked.values() for each in found]


def reasons(database: Database, user: str) -> set[str | None]:
    """Why what they are reminded of is not sent; None for what is."""
    found = prompts_of(database, user)
    return {prompt.reason for prompt in found if prompt.kind == PromptKind.REMINDER}


# Asking


def test_being_asked_gives_no_rights(database):
    pass_on(database, "U1", NEW)
    assert not may_reply(database, NEW)
    assert post_of(database, NEW, PostKind.INVITED).added_by == post_of(database, "U1").person_id
    status = database.read_now(review_status, team_id=TEAM, slack_user_id=NEW, now=OPENING)
    assert status.access is None
    with pytest.raises(NotYours):
        reply(database, NEW)
    assert stands(database) == [("Colleague U0NEW", HandoverState.ASKED)]


def test_until_there_is_consent_the_one_who_asked_is_reminded(database):
    pass_on(database, "U1", NEW)
    plan_now(database, now=OPENING)
    assert reasons(database, "U1") == {None}
    [asked] = prompts_of(database, NEW)
    assert (asked.kind, asked.state) == (PromptKind.HANDOVER, PromptState.PLANNED)
    assert asked.about_post_id == post_of(database, "U1").id


def test_asking_the_same_again_changes_nothing(database):
    first = pass_on(database, "U1", NEW)
    assert pass_on(database, "U1", NEW) == first
    assert len(handovers(database)) == 1
    assert len(posts_of(database, NEW)) == 1


def test_asking_somebody_else_withdraws_what_was_asked_first(database):
    pass_on(database, "U1", NEW)
    plan_now(database, now=OPENING)
    pass_on(database, "U1", "U4", for_good=True)
    assert [each.answer for each in handovers(database)] == [HandoverAnswer.WITHDRAWN, None]
    assert [prompt.state for prompt in prompts_of(database, NEW)] == [PromptState.CANCELLED]
    assert post_of(database, NEW, PostKind.INVITED).valid_to < OPENING.date()
    assert stands(database) == [("Respondent U4", HandoverState.ASKED)]


def test_one_person_asked_by_two_answers_each(database):
    first, second = pass_on(database, "U1", NEW), pass_on(database, "U2", NEW)
    assert len(posts_of(database, NEW)) == 1
    answer(database, NEW, first, agrees=False)
    plan_now(database, now=OPENING)
    assert [prompt.state for prompt in prompts_of(database, NEW)] == [PromptState.PLANNED]
    answer(database, NEW, second)
    assert may_reply(database, NEW)
    assert stands(database, "U1") == [("Colleague U0NEW", HandoverState.DECLINED)]


@pytest.mark.parametrize(
    ("to", "for_good", "says"),
    [
        ("U1", False, "Choose somebody else than yourself."),
        ("U2", False, "answers for this partner already"),
        ("U2", True, "answers for this partner already"),
        (colleague(NEW, email=None), False, "Slack does not give Vigil an email address"),
        (colleague(NEW, email="U2@partners.example"), True, "under another Slack account"),
    ],
)
def test_some_cannot_be_asked(database, to, for_good, says):
    with pytest.raises(PassOnRefused, match=says) as refused:
        pass_on(database, "U1", to, for_good=for_good)
    assert refused.value.at == "colleague"
    assert handovers(database) == []


def test_a_colleague_on_the_roster_can_be_asked_without_an_address(database):
    pass_on(database, "U1", colleague("U4", email=None))
    assert stands(database) == [("Respondent U4", HandoverState.ASKED)]


def test_only_who_answers_for_the_partner_can_pass_it_on(database):
    with pytest.raises(NotYours):
        pass_on(database, "U4", NEW)
    with pytest.raises(NotYours):
        pass_on(database, "U0NOBODY", NEW)


# Agreed, only this time


def test_for_this_time_the_colleague_answers_until_the_round_s_last_day(database):
    answer(database, NEW, pass_on(database, "U1", NEW))
    taken = post_of(database, NEW)
    assert (taken.valid_from, taken.valid_to) == (OPENING.date(), LATE_REPLIES_END)
    assert taken.added_by == post_of(database, "U1").person_id
    assert post_of(database, NEW, PostKind.INVITED).valid_to < OPENING.date()
    assert may_reply(database, NEW)
    assert may_reply(database, "U1")
    assert not may_reply(database, NEW, london(2027, 1, 1, 9))
    assert audit(database) == []


def test_the_one_who_asked_is_not_reminded_in_that_round_and_the_colleague_is(database):
    answer(database, NEW, pass_on(database, "U1", NEW))
    plan_now(database, now=OPENING)
    assert reasons(database, "U1") == {Reason.HANDED_OVER}
    assert reasons(database, "U2") == {None}
    assert reasons(database, NEW) == {None}


def test_the_board_names_the_colleague(database):
    answer(database, NEW, pass_on(database, "U1", NEW))

    def names(session: Session) -> tuple[str, ...]:
        scope = Scope(partners=[replier_for(database, "U1").partner_id])
        [row] = with_contacts(session, standings(session, scope=scope, as_of=OPENING), now=OPENING)
        return row.respondents

    assert "Colleague U0NEW" in database.read_now(names)


def test_taken_back_it_is_theirs_again_at_once(database):
    asked = pass_on(database, "U1", NEW)
    answer(database, NEW, asked)
    plan_now(database, now=OPENING)
    take_it_back(database, "U1", asked)
    plan_now(database, now=OPENING)
    assert not may_reply(database, NEW)
    assert reasons(database, "U1") == {None}
    assert reasons(database, NEW) == {Reason.POST_ENDED}
    assert stands(database) == []
    take_it_back(database, "U1", asked)  # once more changes nothing
    assert [each.answer for each in handovers(database)] == [HandoverAnswer.WITHDRAWN]


def test_passed_on_taken_back_and_passed_on_again_on_one_day(database):
    for _ in range(3):
        asked = pass_on(database, "U1", NEW)
        answer(database, NEW, asked)
        assert may_reply(database, NEW)
        take_it_back(database, "U1", asked)
        assert not may_reply(database, NEW)


def test_taken_back_before_the_answer_nothing_is_left_to_agree_to(database):
    asked = pass_on(database, "U1", NEW)
    take_it_back(database, "U1", asked)
    with pytest.raises(HandoverRefused, match="has taken this back"):
        answer(database, NEW, asked)
    assert not may_reply(database, NEW)


def test_what_a_roster_has_given_since_is_not_taken_back(database):
    asked = pass_on(database, "U1", NEW)
    answer(database, NEW, asked)
    make_roster(database, post(NEW, starts=OPENING.date()))
    take_it_back(database, "U1", asked)
    assert may_reply(database, NEW)


def test_what_was_passed_on_for_this_time_goes_no_further(database):
    answer(database, NEW, pass_on(database, "U1", NEW))
    for for_good in (False, True):
        with pytest.raises(PassOnRefused, match="for this time only"):
            pass_on(database, NEW, "U4", for_good=for_good)


def test_while_a_colleague_answers_nobody_else_is_asked(database):
    answer(database, NEW, pass_on(database, "U1", NEW))
    with pytest.raises(PassOnRefused, match="Take it back first"):
        pass_on(database, "U1", "U4")


def test_two_colleagues_can_lend_the_same_person_the_duty(database):
    first, second = pass_on(database, "U1", NEW), pass_on(database, "U2", NEW)
    answer(database, NEW, first)
    answer(database, NEW, second)
    plan_now(database, now=OPENING)
    assert reasons(database, "U1") == reasons(database, "U2") == {Reason.HANDED_OVER}
    take_it_back(database, "U1", first)
    assert may_reply(database, NEW)  # for the other one
    take_it_back(database, "U2", second)
    assert not may_reply(database, NEW)


def test_the_deputy_takes_over_as_a_respondent(database):
    answer(database, "U3", pass_on(database, "U1", "U3"))
    assert post_of(database, "U3").valid_to == LATE_REPLIES_END
    assert post_of(database, "U3", PostKind.DEPUTY).valid_to is None


# Agreed, for good


def test_for_good_the_colleague_has_the_post_and_the_other_does_not(database):
    answer(database, NEW, pass_on(database, "U1", NEW, for_good=True))
    taken, ended = post_of(database, NEW), post_of(database, "U1")
    assert (taken.valid_from, taken.valid_to) == (OPENING.date(), None)
    assert ended.valid_to < OPENING.date()
    assert may_reply(database, NEW)
    assert not may_reply(database, "U1")
    [entry] = audit(database)
    assert (entry.deed, entry.post_id, entry.person_id) == (
        Deed.POST_TAKEN_OVER,
        ended.id,
        taken.person_id,
    )
    assert handovers(database)[0].taken_post_id == taken.id
    assert stands(database) == [("Colleague U0NEW", HandoverState.AGREED)]
    plan_now(database, now=OPENING)
    assert reasons(database, "U1") == {Reason.POST_ENDED}
    assert reasons(database, NEW) == {None}


def test_for_good_it_is_not_taken_back(database):
    asked = pass_on(database, "U1", NEW, for_good=True)
    answer(database, NEW, asked)
    with pytest.raises(HandoverRefused, match="ask your partnership’s lead"):
        take_it_back(database, "U1", asked)
    assert may_reply(database, NEW)


def test_a_deputy_passes_on_the_post_of_a_deputy(database):
    answer(database, NEW, pass_on(database, "U3", NEW, for_good=True))
    assert post_of(database, NEW, PostKind.DEPUTY).valid_to is None
    assert not may_reply(database, "U3")


def test_a_post_with_an_end_is_passed_on_with_that_end(database):
    make_roster(database, post("U2", ends=date(2027, 3, 31)))
    answer(database, NEW, pass_on(database, "U2", NEW, for_good=True))
    assert post_of(database, NEW).valid_to == date(2027, 3, 31)


def test_lent_first_and_then_for_good_it_has_no_end(database):
    lent = pass_on(database, "U1", NEW)
    answer(database, NEW, lent)
    answer(database, NEW, pass_on(database, "U1", NEW, for_good=True))
    assert post_of(database, NEW).valid_to is None
    take_it_back(database, "U1", lent)  # what was lent, not what was given
    assert may_reply(database, NEW)
    plan_now(database, now=OPENING)
    assert reasons(database, NEW) == {None}


# Answers


def test_the_first_answer_stands(database):
    declined = pass_on(database, "U1", NEW)
    answer(database, NEW, declined, agrees=False)
    answer(database, NEW, declined)
    assert not may_reply(database, NEW)
    agreed = pass_on(database, "U1", "U4")
    answer(database, "U4", agreed)
    answer(database, "U4", agreed)
    answer(database, "U4", agreed, agrees=False)
    assert may_reply(database, "U4")
    kinds = [each.kind for each in posts_of(database, "U4")]
    assert kinds.count(PostKind.RESPONDENT) == 2  # health's, and the police's once


def test_only_who_is_asked_can_answer_and_only_who_asked_can_take_it_back(database):
    asked = pass_on(database, "U1", NEW)
    for other in ("U1", "U2", "U9"):
        with pytest.raises(NotYours):
            answer(database, other, asked)
    for other in (NEW, "U2", "U9"):
        with pytest.raises(NotYours):
            take_it_back(database, other, asked)
    with pytest.raises(NotYours):
        answer(database, "U0NOBODY", asked)
    with pytest.raises(NotYours):
        answer(database, NEW, asked + 1)


def test_replied_meanwhile_nothing_is_left_to_take_over(database):
    asked = pass_on(database, "U1", NEW)
    reply(database, "U2", DONE)
    with pytest.raises(HandoverRefused, match="replied already: nothing is left"):
        answer(database, NEW, asked)
    with pytest.raises(PassOnRefused, match="replied already"):
        pass_on(database, "U1", "U4")
    answer(database, "U4", pass_on(database, "U1", "U4", for_good=True))  # for what is to come
    assert may_reply(database, "U4")


def test_short_of_done_something_is_left_to_take_over(database):
    asked = pass_on(database, "U1", NEW)
    reply(database, "U2", UNDER_WAY)
    answer(database, NEW, asked)
    assert may_reply(database, NEW)


def test_who_has_left_meanwhile_has_nothing_to_pass_on(database):
    asked = pass_on(database, "U1", NEW)
    plan_now(database, now=OPENING)
    make_roster(database, post("U1", ends=OPENING.date()))
    plan_now(database, now=TOMORROW)
    assert [prompt.state for prompt in prompts_of(database, NEW)] == [PromptState.CANCELLED]
    with pytest.raises(HandoverRefused, match="no longer answers"):
        answer(database, NEW, asked, at=TOMORROW)


@pytest.mark.parametrize(
    ("for_good", "last"), [(False, london(2026, 12, 31, 17)), (True, london(2026, 10, 5, 17))]
)
def test_one_can_agree_until_the_last_day(database, for_good, last):
    asked = pass_on(database, "U1", NEW, for_good=for_good)
    with pytest.raises(HandoverRefused, match="too late"):
        answer(database, NEW, asked, at=last + timedelta(days=1))
    answer(database, NEW, asked, at=last)
    assert may_reply(database, NEW, last)


def test_one_who_wants_to_pass_something_on_sees_whom_they_have_asked(database):
    asked = replier_for(database, "U1")
    pass_on(database, "U1", NEW)
    [duty] = database.read_now(duties_to_pass_on, team_id=TEAM, slack_user_id="U1", now=OPENING)
    form = database.read_now(pass_on_form, replier=asked, now=OPENING)
    assert duty.standing == form.standing
    assert [each.colleague for each in duty.handovers] == ["Colleague U0NEW"]
    assert form.last_day == LATE_REPLIES_END
    nobody = {"team_id": TEAM, "slack_user_id": "U0NOBODY", "now": OPENING}
    assert database.read_now(duties_to_pass_on, **nobody) == ()


# What is sent


def sent_to(database: Database, user: str, at) -> list:
    """What each message that is due for somebody then carries."""
    plan_now(database, now=at)
    claimed = database.write_now(claim, team_id=TEAM, now=at, lease=timedelta(minutes=1), people=50)
    theirs = [each for each in claimed.recipients if each.slack_user_id == user]
    found = database.read_now(contents, recipients=theirs, now=at)
    return [content.items for content in found.values()]


def test_a_deputy_who_took_over_is_asked_once_at_each_step(database):
    answer(database, "U3", pass_on(database, "U1", "U3"))
    [items] = sent_to(database, "U3", DEPUTIES_TOO)
    assert len(items) == 1


def test_the_message_says_what_is_asked_of_the_colleague(database):
    pass_on(database, "U1", NEW)
    pass_on(database, "U2", NEW, for_good=True)
    [items] = sent_to(database, NEW, london(2026, 9, 7, 9))
    assert [(each.asked_by, each.is_for_good, each.state) for each in items] == [
        ("Respondent U1", False, HandoverState.ASKED),
        ("Respondent U2", True, HandoverState.ASKED),
    ]
    assert {each.body for each in items} == {"West Midlands Police"}
    assert all(each.rounds[0].ask for each in items)


def test_the_preview_shows_that_a_colleague_is_asked(database):
    pass_on(database, "U1", NEW)
    plan_now(database, now=OPENING)
    [shown] = [
        each
        for each in database.read_now(foreseen, since=OPENING, until=OPENING + timedelta(hours=1))
        if each.kind is PromptKind.HANDOVER
    ]
    assert shown.slack_user_id == NEW
    assert [(duty.body, duty.step) for duty in shown.duties] == [
        ("West Midlands Police", "asked by a colleague to take over")
    ]


# Who else hears of it, and what else can happen


def test_the_lead_is_told_when_it_is_for_good_and_not_when_it_is_lent(database):
    answer(database, "U4", pass_on(database, "U2", "U4"))
    answer(database, NEW, pass_on(database, "U1", NEW, for_good=True))
    [items] = sent_to(database, "U9", london(2026, 9, 7, 9))
    assert [(each.name, each.why) for each in items] == [("Respondent U1", Leaving.HANDED_OVER)]
    assert "Colleague U0NEW" in items[0].others


def test_a_roster_that_still_names_the_one_who_passed_it_on_does_not_give_it_back(database):
    answer(database, NEW, pass_on(database, "U1", NEW, for_good=True))
    make_roster(database, post("U1", starts=None), post("U2"))
    assert not may_reply(database, "U1")


def test_where_the_colleague_leaves_it_is_theirs_again(database):
    asked = pass_on(database, "U1", NEW)
    answer(database, NEW, asked)
    plan_now(database, now=OPENING)
    database.write_now(account_closed, team_id=TEAM, slack_user_id=NEW, now=OPENING)
    plan_now(database, now=OPENING)
    assert reasons(database, "U1") == {None}
    assert stands(database) == []
    state = database.read_now(item, handover_id=asked, now=OPENING).state
    assert state is HandoverState.ENDED
    pass_on(database, "U1", "U4")  # somebody else can be asked
    assert stands(database) == [("Respondent U4", HandoverState.ASKED)]


def test_one_whose_account_is_closed_has_declined(database):
    asked = pass_on(database, "U1", NEW)
    assert database.write_now(account_closed, team_id=TEAM, slack_user_id=NEW, now=OPENING)
    assert stands(database) == [("Colleague U0NEW", HandoverState.DECLINED)]
    answer(database, NEW, asked)  # a press that was on its way
    assert not may_reply(database, NEW)
    assert not database.write_now(account_closed, team_id=TEAM, slack_user_id=NEW, now=OPENING)
