"""What somebody is told once when a deadline that they were given has changed."""

from bot.views import standing as stands
from bot.views import words
from bot.views.blocks import Message, context, header, message, name, section
from storage.read_models import ChangedDates

_MOST = 40


def changed_dates(content: ChangedDates) -> Message:
    """Each duty with the deadline that was told and the one that holds."""
    lines = [header("A deadline has changed")]
    for item in content.items[:_MOST]:
        standing = item.standing
        lines.append(
            section(
                f"*{name(standing.body)}*, {name(standing.partnership)}\n{stands.title(standing)}\n"
                f"{stands.reply_by(standing, now=content.now)} You were told {words.day(item.told)}."
            )
        )
    if len(content.items) > _MOST:
        lines.append(
            context(
                f"There are {len(content.items) - _MOST} more. Type /review-status to see them."
            )
        )
    lines.append(
        context(
            "The term dates of the area have changed. Your earlier messages show the new date too."
        )
    )
    return message(lines)
