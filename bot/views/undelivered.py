"""What a lead or an administrator is told: whose messages do not arrive, and what they can do."""

from bot.views import words
from bot.views.blocks import Message, context, header, message, name, section
from storage.read_models import Undelivered, UndeliveredItem
from storage.vocabulary import Reason

_MOST = 30
_SAYS = {
    Reason.PERSON_UNREACHABLE: (
        "Slack does not deliver to them: their account may be closed, or they have left the workspace."
        " Ask your administrator to name somebody else for the post, or to correct the account."
    ),
    Reason.NO_ANSWER: "Slack did not answer, however often it was tried. Tell them in person what is asked.",
    Reason.OUTCOME_UNKNOWN: (
        "Slack may have the message or not, and Vigil may not look. It is not sent twice. Tell them in person."
        " Your administrator can give the app back its right to read direct messages."
    ),
    Reason.REFUSED_BY_SLACK: "Slack refused the message as it was written. Run ‘vigil check’, and report what it says.",
    Reason.TOKEN_REFUSED: (
        "Slack did not accept Vigil’s token, so no message went out to anybody."
        " What was still useful has been sent since. If it happens again, reinstall the app and run ‘vigil check’."
    ),
}


def undelivered(content: Undelivered) -> Message:
    """Each person with their post, since when, why, and what to do."""
    blocks = [header("Messages that did not arrive")]
    blocks += [section(_line(item)) for item in content.items[:_MOST]]
    if len(content.items) > _MOST:
        blocks.append(context(f"There are {len(content.items) - _MOST} more like these."))
    blocks.append(context("You are told once. You hear again only if it happens again."))
    return message(blocks)


def _line(item: UndeliveredItem) -> str:
    since = f"Since {words.london_day(item.since)}"
    return f"*{name(item.name)}*\n{name(item.post)}\n{since}. {_SAYS[item.reason]}"
