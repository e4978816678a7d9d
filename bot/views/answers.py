"""What Vigil says when there is nothing to show: help, a stranger, words it does not know."""

from slack_sdk.models.blocks import Block

from bot.views.blocks import NOT_FOR_CONCERNS, Message, context, header, message, section
from bot.views.preface import KEPT, STOP


def stranger() -> list[Block]:
    """For somebody who is on no roster: how to be added."""
    return [
        section(
            "*Vigil does not know you yet, so there is nothing to show you.*\n"
            "Vigil shows each person what their role lets them see. Ask your partnership’s business manager to add you:"
            " they need your work email and the post that you hold."
        ),
        context(NOT_FOR_CONCERNS),
    ]


def help_message() -> Message:
    """What /review-status is for."""
    return message(
        [
            header("How /review-status works"),
            section(
                "Type */review-status* to see, privately, what your role lets you see:\n"
                "• respondents see what they answer for, and can reply from there\n"
                "• leads see who in their partnership has replied, who has not and why, and the next reminder\n"
                "• facilitators see how their sector stands\n"
                "Vigil sends reminders on working days between 9am and 5pm, and stops when you are done."
            ),
            section(f"{KEPT}\n{STOP}"),
            section("If something is wrong, ask your partnership’s business manager."),
            context(NOT_FOR_CONCERNS),
        ]
    )


def unknown_words_message() -> Message:
    """For words after the command that it does not know."""
    return message(
        [
            section(
                "I do not know those words. Type */review-status* by itself, or */review-status help*."
            )
        ]
    )


def typed_answer() -> Message:
    """For whatever somebody types to the bot."""
    return message(
        [
            section(
                "I cannot read messages, and I do not keep them.\n"
                "To reply, press the button in a reminder, or type */review-status*."
            ),
            context(NOT_FOR_CONCERNS),
        ]
    )
