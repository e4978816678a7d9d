"""The whole table of routes: what people press, fill in and type, and what answers."""

import re

from slack_bolt.async_app import AsyncApp

from bot.ids import Action, Command, View
from bot.listeners import (
    app_home,
    away,
    drafts,
    messages,
    reminder_stops,
    reply,
    review_status,
    term_dates,
    unknown,
)


def register(app: AsyncApp) -> None:
    """Everything that Slack can send; the last of each kind catches what no other takes."""
    app.command(Command.REVIEW_STATUS)(review_status.answer)
    app.action(Action.OPEN_BOARD)(review_status.open_board)
    app.action(Action.OPEN_REPLY)(reply.open_form)
    app.action(Action.STILL_SO)(reply.confirm)
    app.view(View.REPLY)(reply.submit)
    app.view(View.TOPIC)(reply.submit)
    app.action(Action.LOOK_AT_DRAFT)(drafts.look)
    app.action(Action.OPEN_CAMPAIGN)(drafts.open_from_message)
    app.view(View.DRAFT)(drafts.open_from_modal)
    app.action(Action.GIVE_DATES)(term_dates.ask)
    app.view(View.DATES)(term_dates.take)
    app.action(Action.STOP_REMINDERS)(reminder_stops.change)
    app.action(Action.RESUME_REMINDERS)(reminder_stops.change)
    app.action(Action.SAY_AWAY)(away.ask)
    app.view(View.AWAY)(away.take)
    app.action(Action.COME_BACK)(away.remove)
    app.event("app_home_opened")(app_home.publish)
    app.event("message")(messages.answer)
    app.action(re.compile(".*"))(unknown.answer_action)
    app.view(re.compile(".*"))(unknown.answer_view)
