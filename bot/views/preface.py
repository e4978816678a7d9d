"""What somebody's first message says besides: what Vigil is, who added them, what is kept, how to stop."""

from typing import Final

from bot.views.blocks import NOT_FOR_CONCERNS, Message, around, context, divider, name, section
from storage.read_models import Preface

#: What is asked stands between these, so that it is on a telephone's first screen.
_OPENING = (
    "This is your first message from Vigil. It asks safeguarding partners for the review in the ministers’ letter."
    " Who added you, what is kept and how to stop is at the end."
)
KEPT: Final = (
    "*What is kept:* your name, work email, replies and the posts you hold. Vigil deletes nothing by itself: your"
    " administrator decides how long it is kept."
)
STOP: Final = (
    "*If it is not your duty any more:* press ‘Not now’, then ‘This is not my duty any more’, or type that here."
    " You can also tell your lead."
)
_STOP_ELSE = "*If it is not your post any more:* tell your workspace’s Vigil administrator."
#: How many blocks and characters of a message these take at most.
BLOCKS: Final = 4
CHARACTERS: Final = 1400
_MOST_POSTS = 2


def with_preface(told: Message, preface: Preface | None) -> Message:
    """The same message, with what a first one says around it."""
    if preface is None:
        return told
    stop = STOP if preface.answers else _STOP_ELSE
    about = section("\n".join(["*About Vigil*", _part(preface), KEPT, stop]))
    return around([context(_OPENING)], told, [divider(), about, context(NOT_FOR_CONCERNS)])


def _part(preface: Preface) -> str:
    """Each post in words, and who gave them."""
    posts = [f"{words[:1].lower()}{words[1:]}" for words in map(name, preface.posts[:_MOST_POSTS])]
    more = len(preface.posts) - len(posts)
    listed = "; ".join([*posts, f"and {more} more"] if more else posts)
    by = (
        "Your workspace’s Vigil administrator added you, with a list of who holds which post."
        if preface.added_by is None
        else f"{name(preface.added_by)} added you."
    )
    return f"*Your part:* {listed}. {by}"
