"""What a lead or an administrator is told: who has left a post, whether anybody is left, and what they can do."""

from bot.views import words
from bot.views.blocks import Message, context, header, message, name, section
from storage.read_models import Leaver, Leavers
from storage.vocabulary import ANSWERING, Leaving, PostKind

_MOST = 30
_MOST_NAMES = 4
_WHY = {
    Leaving.SAID_SO: "They said so themselves.",
    Leaving.ACCOUNT_CLOSED: "Slack says that their account is closed.",
    Leaving.HANDED_OVER: "They passed it to a colleague, who agreed.",
}
_NOBODY = {
    PostKind.LEAD: "Nobody leads the partnership now.",
    **dict.fromkeys(ANSWERING, "Nobody is left to answer for this partner."),
}


def leavers(content: Leavers) -> Message:
    """Each person with their post, since when, why, and who is left."""
    has_left = any(item.why is not Leaving.HANDED_OVER for item in content.items)
    blocks = [header("Somebody has left a post" if has_left else "A duty has changed hands")]
    blocks += [section(_line(item)) for item in content.items[:_MOST]]
    if len(content.items) > _MOST:
        blocks.append(context(f"There are {len(content.items) - _MOST} more like these."))
    if has_left:
        blocks.append(
            section(
                "*What to do:* have somebody named. Your Vigil administrator imports a roster with the new person’s row:"
                " ‘vigil import roster’. Nothing that has ended comes back by itself."
            )
        )
    blocks.append(context("You are told once."))
    return message(blocks)


def _line(item: Leaver) -> str:
    return (
        f"*{name(item.name)}*\n{name(item.post)}\n"
        f"Since {words.london_day(item.since)}. {_WHY[item.why]} {_who_is_left(item)}"
    )


def _who_is_left(item: Leaver) -> str:
    if not item.others:
        return f"*{_NOBODY.get(item.kind, 'Nobody else holds this post.')}*"
    verb = "still answer" if item.kind in ANSWERING else "still hold"
    verb = f"{verb}s" if len(item.others) == 1 else verb
    what = "for this partner" if item.kind in ANSWERING else "the same post"
    return f"{words.listed(list(map(name, item.others)), at_most=_MOST_NAMES)} {verb} {what}."
