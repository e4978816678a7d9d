"""On the Home tab: who somebody is to Vigil, what they prefer, and what is kept about them."""

from typing import Final

from slack_sdk.models.blocks import Block

from bot.ids import Action, ButtonValue
from bot.views import words
from bot.views.blocks import button, context, header, name, section, shorten
from bot.views.preferences_modal import hour_words, zone_words
from storage.read_models import HeldPost, HomeTab
from storage.vocabulary import Reminding
from storage.wishes import Wishes

_MOST_POSTS: Final = 40
#: So many posts stand in one block.
_TOGETHER: Final = 10
_MOST_POST: Final = 280
_OFTEN: Final = {
    Reminding.LIGHT: "less often than usual",
    Reminding.STANDARD: "as often as usual",
    Reminding.ACTIVE: "more often than usual",
}
_PRIVACY: Final = """\
*What Vigil keeps about you.* Your name, work email and Slack ID. Your posts and their dates. Your preferences and days \
away. When you last opened this page. Which messages you were sent, and when. What you replied and signed, and when. \
What you type to Vigil in a message is not kept.
*Why.* To ask the right people, to remind them in time, and to show a partnership how things stand.
*Who sees it.* Those who answer for the same partner, and the leads and observers of your partnership, see your name, \
your replies and when you are away. Facilitators of your sector see replies. They see what you wrote only if you \
allowed it. Administrators run Vigil, and can see what it keeps.
*How long.* Vigil deletes nothing by itself. Your administrator decides how long it is kept. Slack keeps its own copy \
of every message.
*To have it corrected.* Change a reply with ‘Change my reply’. A lead of your partnership can withdraw what was typed \
in one. For your name, email or posts, ask your partnership’s business manager."""


def posts_part(tab: HomeTab) -> list[Block]:
    """Each post, from when and until when."""
    lines = [shorten(_post(post), _MOST_POST) for post in tab.posts[:_MOST_POSTS]]
    blocks: list[Block] = [header("Your posts")] if lines else []
    blocks += [
        section("\n".join(lines[first : first + _TOGETHER]))
        for first in range(0, len(lines), _TOGETHER)
    ]
    if len(tab.posts) > _MOST_POSTS:
        blocks.append(context(f"{len(tab.posts) - _MOST_POSTS} more posts are not shown here."))
    return blocks


def _post(post: HeldPost) -> str:
    first = words.day(post.valid_from)
    until = f" to {words.day(post.valid_to)}" if post.valid_to is not None else ", with no last day"
    return f"• {name(post.words)}: from {first}{until}"


def preferences_part(wishes: Wishes) -> list[Block]:
    """What was chosen, in words, and the button to change it."""
    text = (
        f"Reminders and digests come at {hour_words(wishes.hour)}, {_OFTEN[wishes.reminding]}."
        f" Your time zone is {zone_words(wishes.zone)}."
    )
    changes = button("Change my preferences", Action.OPEN_PREFERENCES, ButtonValue())
    return [header("Your preferences"), section(text, button=changes)]


def privacy_part() -> list[Block]:
    """What is kept, why, who sees it, how long, and how to have it corrected."""
    return [
        header("Privacy"),
        section(_PRIVACY),
        context("This is a summary. Ask your administrator if you want to know more."),
    ]
