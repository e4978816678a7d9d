"""The whole table of routes: what people press, fill in and type, and what answers."""

import re

from slack_bolt.async_app import AsyncApp

from bot.ids import Action, Command, View
from bot.listeners import (
    app_home,
    away,
    drafts,
    leaving,
    messages,
    not_now,
    passing_on,
    preferences,
    reminder_stops,
    reply,
    return_drafts,
    return_signatures,
    review_status,
    term_dates,
    unknown,
    withdrawals,
)


def register(app: AsyncApp) -> None:
    """Everything that Slack can send; the last of each kind catches what no other takes."""
    app.command(Command.REVIEW_STATUS)(review_status.answer)
    app.action(Action.OPEN_BOARD)(review_status.open_board)
    app.action(Action.OPEN_REPLY)(reply.open_form)
    app.action(Action.STILL_SO)(reply.confirm)
    app.view(View.REPLY)(reply.submit)
    app.view(View.TOPIC)(reply.submit)
    app.action(Action.WHY_REPLY)(reply.toggle_why)
    app.action(Action.LOOK_AT_DRAFT)(drafts.look)
    app.action(Action.OPEN_CAMPAIGN)(drafts.open_from_message)
    app.view(View.DRAFT)(drafts.open_from_modal)
    app.action(Action.GIVE_DATES)(term_dates.ask)
    app.view(View.DATES)(term_dates.take)
    _register_instead_of_a_reply(app)
    _register_person(app)
    _register_full_return(app)
    _register_for_leads(app)
    app.event("app_home_opened")(app_home.publish)
    app.event("message")(messages.answer)
    app.event("user_change")(leaving.account_changed)
    app.action(re.compile(".*"))(unknown.answer_action)
    app.view(re.compile(".*"))(unknown.answer_view)


def _register_instead_of_a_reply(app: AsyncApp) -> None:
    app.action(Action.NOTHING_CHANGED)(not_now.nothing_changed)
    app.action(Action.NOT_NOW)(not_now.ask)
    app.view(View.NOT_NOW)(not_now.take)
    app.action(Action.REMIND_ME)(not_now.remind_me)
    app.action(Action.ANOTHER_WAY)(not_now.another_way)
    app.action(Action.AM_AWAY)(not_now.am_away)
    app.action(Action.LEAVE_IT)(not_now.leave_it)
    app.action(Action.GIVE_UP)(leaving.ask)
    app.view(View.GIVE_UP)(leaving.take)
    app.action(Action.HAND_OVER)(passing_on.open_form)
    app.view(View.HAND_OVER)(passing_on.take)
    app.action(Action.AGREE)(passing_on.answer)
    app.action(Action.DECLINE)(passing_on.answer)
    app.action(Action.TAKE_BACK)(passing_on.take_back)


def _register_person(app: AsyncApp) -> None:
    app.action(Action.SAY_AWAY)(away.ask)
    app.view(View.AWAY)(away.take)
    app.action(Action.COME_BACK)(away.remove)
    app.action(Action.OPEN_PREFERENCES)(preferences.ask)
    app.view(View.PREFERENCES)(preferences.take)


def _register_full_return(app: AsyncApp) -> None:
    app.action(Action.OPEN_RETURN)(return_drafts.start)
    app.view(View.RETURN)(return_drafts.pass_on)
    app.action(Action.RETURN_BACK)(return_drafts.save_and_go_back)
    app.action(Action.SAVE_RETURN)(return_drafts.save)
    app.action(Action.WHY_RETURN)(return_drafts.toggle_why)
    app.action(Action.ANSWER)(return_drafts.follow)
    app.action(Action.READ_RETURN)(return_signatures.read)
    app.action(Action.SIGN_RETURN)(return_signatures.start)
    app.action(Action.WHY_SIGNATURE)(return_signatures.toggle_why)
    app.view(View.SIGNATURE)(return_signatures.sign)


def _register_for_leads(app: AsyncApp) -> None:
    app.action(Action.STOP_REMINDERS)(reminder_stops.change)
    app.action(Action.RESUME_REMINDERS)(reminder_stops.change)
    app.action(Action.WITHDRAW_REPLY)(withdrawals.ask)
    app.view(View.WITHDRAW_REPLY)(withdrawals.take)
    app.action(Action.WITHDRAW_RETURN)(withdrawals.ask_return)
    app.view(View.WITHDRAW_RETURN)(withdrawals.take_return)
