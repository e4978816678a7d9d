"""The Home tab: the order of its parts, what can be done about a duty, and the room for each part."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from bot.ids import ButtonValue
from bot.views.home import home
from bot.views.preferences_modal import parse_preferences, preferences_modal
from bot.views.reminder import reminder
from storage.read_models import OwedDuty
from storage.vocabulary import Reminding
from storage.wishes import AS_USUAL, ZONES, Wishes
from tests.bot.views import make
from tests.bot.views.homes import WEDNESDAY, duties, everything, homes, post, tab
from tests.bot.views.slack_takes import complaints_about_view, texts
from tests.bot.views.test_limits import EXAMPLES, many_standings

HOMES = homes()
PRIVACY = "This is a summary. Ask your administrator if you want to know more."


def said(view: dict[str, Any]) -> list[str]:
    return [*texts(view["blocks"], "mrkdwn"), *texts(view["blocks"], "plain_text")]


def headings(view: dict[str, Any]) -> list[str]:
    return [block["text"]["text"] for block in view["blocks"] if block["type"] == "header"]


def buttons(view: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        element
        for block in view["blocks"]
        for element in [*block.get("elements", []), block.get("accessory") or {}]
        if element.get("type") == "button"
    ]


def labels(view: dict[str, Any]) -> list[str]:
    return [button["text"]["text"] for button in buttons(view)]


# Order


def test_what_is_owed_comes_first_and_the_privacy_notice_last():
    assert headings(HOMES["home, everything"]) == [
        "What you have to answer",
        "What you have sent",
        "Your partnerships",
        "Police, West Midlands",
        "Police, all England",
        "Your posts",
        "Your preferences",
        "Privacy",
    ]


def test_overdue_is_said_first_and_in_words():
    words = "\n".join(texts(HOMES["home, respondent, overdue first"]["blocks"], "mrkdwn"))
    assert "2 replies are asked of you and 1 of them is overdue." in words
    assert words.index("Overdue, no reply yet.") < words.index("Area 1 Safeguarding")


# What can be done


@pytest.mark.parametrize(
    ("duty", "can"),
    [
        (OwedDuty(standing=make.standing()), ["Reply", "Not now"]),
        (
            OwedDuty(standing=make.standing(make.said(make.WHOLE))),
            ["Change my reply", "Not now"],
        ),
        (
            OwedDuty(standing=make.standing(make.said(make.WHOLE), asked_at=make.NOW)),
            ["Still so", "Change my reply", "Not now"],
        ),
        (
            OwedDuty(standing=make.summer(), previous=make.summer_said(week=0)),
            ["Reply", "Nothing has changed", "Not now"],
        ),
        (OwedDuty(standing=make.standing(), previous=make.last_year()), ["Reply", "Not now"]),
    ],
)
def test_each_duty_can_be_done_what_its_state_allows(duty, can):
    view = home(tab(duties(duty.standing), owed=(duty,), sent=()))
    assert labels(view)[: len(can)] == can
    assert labels(view)[len(can) :] == ["Change my preferences", "I am away"]


def test_the_buttons_carry_what_the_reminders_carry():
    last_week = make.summer_said(week=0)
    message = reminder(make.reminder(make.summer_item(make.summer(), previous=last_week)))
    owed = OwedDuty(standing=make.summer(), previous=last_week)
    view = home(tab(duties(make.summer()), owed=(owed,)))
    [of_reminder] = [block for block in message.blocks if block["type"] == "actions"]
    [of_home, *_] = [block for block in view["blocks"] if block["type"] == "actions"]
    assert of_home["elements"] == of_reminder["elements"]


def test_a_reply_is_changed_where_it_stands_and_only_once():
    unfinished = make.standing(make.said(make.WHOLE))
    assert labels(home(tab(duties(unfinished)))).count("Change my reply") == 1
    assert labels(home(tab(duties(make.done())))).count("Change my reply") == 1


def test_a_late_reply_says_so_and_one_that_is_over_cannot_be_changed():
    late = HOMES["home, respondent, late"]
    [shown] = [words for words in said(late) if "*Replied, late, not done yet.*" in words]
    assert "Sent at" in shown
    over = home(tab(duties(make.done(late_until=date(2026, 9, 1)))))
    assert "Change my reply" not in labels(over)
    assert any("signed off" in words for words in said(over))


def test_what_is_owed_still_is_not_shown_again_as_sent():
    view = HOMES["home, respondent, asked again"]
    assert "What you have sent" not in said(view)


def test_32_duties_and_32_posts_are_all_there():
    view = HOMES["home, respondent with 32"]
    assert labels(view).count("Reply") == 32
    about = {ButtonValue.decode(each["value"]).partner_id for each in buttons(view)}
    assert about == set(range(33))  # 0: the buttons for preferences and absences
    words = "\n".join(said(view))
    assert all(
        f"Area {number} Safeguarding Children Partnership: from" in words for number in range(2, 33)
    )


# Room


def test_what_is_cut_says_so_and_each_part_keeps_some_room():
    view = home(everything())
    assert complaints_about_view(view) == []
    assert len(view["blocks"]) == 100
    words = "\n".join(said(view))
    assert "There is more than fits here." in words
    for words_of_part in ("Area 1 ", "signed off", "0 of 1 partner has replied", "No reply yet:"):
        assert words_of_part in words


@EXAMPLES
@given(many_standings())
def test_whatever_stands_above_preferences_and_privacy_are_whole(rows):
    boards = [make.board(row, partnership_id=row.partnership_id) for row in rows]
    counts = (make.count(*rows), make.count(*rows))
    for shown in (boards, [make.board(*rows)]):
        view = home(
            tab(
                make.status(*shown, duties=tuple(rows), counts=counts),
                posts=tuple(post(words=row.body) for row in rows),
            )
        )
        assert complaints_about_view(view) == []
        assert headings(view)[-3:] == ["Your posts", "Your preferences", "Privacy"]
        assert PRIVACY in said(view)
        assert "Change my preferences" in labels(view)


# Preferences


@pytest.mark.parametrize(
    "wishes",
    [
        AS_USUAL,
        Wishes(hour=16, reminding=Reminding.ACTIVE, zone="America/New_York"),
        Wishes(zone="Pacific/Auckland"),
    ],
)
def test_a_form_that_is_sent_as_it_was_opened_says_what_holds(wishes):
    view = preferences_modal(wishes)
    chosen = {
        block["block_id"]: {"answer": {"selected_option": block["element"]["initial_option"]}}
        for block in view["blocks"]
        if block["type"] == "input"
    }
    assert parse_preferences({**view, "state": {"values": chosen}}) == wishes


def test_the_hours_are_office_hours_and_london_is_the_first_zone():
    hour, _, zone = (
        [option["text"]["text"] for option in block["element"]["options"]]
        for block in preferences_modal(AS_USUAL)["blocks"]
        if block["type"] == "input"
    )
    assert hour == ["9am", "10am", "11am", "12pm", "1pm", "2pm", "3pm", "4pm"]
    assert zone == [each.replace("_", " ") for each in ZONES]
    assert zone[0] == "Europe/London"


def test_a_deputy_is_told_when_they_are_asked():
    assert any("You are the deputy" in words for words in said(HOMES["home, deputy"]))


def test_nothing_is_said_to_be_owed_by_who_answers_for_nothing():
    assert "What you have to answer" not in headings(HOMES["home, lead"])
    late = replace(make.standing(), deadline_day=date(2026, 10, 23))
    assert "What you have to answer" in headings(home(tab(duties(late, now=WEDNESDAY))))
