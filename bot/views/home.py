"""The Home tab: its parts in their order, and the room that each of them has."""

from collections.abc import Sequence
from typing import Any, Final

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View as SlackView

from bot.views import return_lines, words
from bot.views.answers import stranger
from bot.views.blocks import MOST_VIEW_TEXT, NOT_FOR_CONCERNS, context, fit, name, section, text_of
from bot.views.home_duties import owed_part, sent_part
from bot.views.home_person import posts_part, preferences_part, privacy_part
from bot.views.review_status import away_button, counted, nothing_else, overseen
from storage.read_models import HomeTab, ReviewStatus

_MOST_BLOCKS: Final = 100
#: What the parts further down keep for themselves, so far as they need it, whatever stands above them.
_LEAST_BLOCKS: Final = 10
_LEAST_TEXT: Final = 4000
_MOST_AWAY = 10


def home(tab: HomeTab) -> dict[str, Any]:
    """One person's Home tab.

    What they owe comes first. However much there is above, who they are to Vigil, what they prefer and the privacy
    notice are whole: what does not fit is cut where it stands, and said so.
    """
    status = tab.status
    ends = [context(f"As it stood at {words.moment(status.now)}. {NOT_FOR_CONCERNS}")]
    if status.access is None:
        return _view([*stranger(), *ends])
    ends = [
        *posts_part(tab),
        *preferences_part(tab.wishes),
        *away_button(status),
        *privacy_part(),
        *ends,
    ]
    parts = [
        owed_part(tab),
        sent_part(tab),
        [*overseen(status), *_who_is_away(status)],
        counted(status),
        [*return_lines.to_sign(status), *return_lines.for_facilitators(status)],
    ]
    if not any(parts):
        parts = [[nothing_else(status)]]
    return _view([*_fitting(parts, above=ends), *ends])


def _view(blocks: Sequence[Block]) -> dict[str, Any]:
    return SlackView(type="home", blocks=list(blocks)).to_dict()


def _fitting(parts: Sequence[Sequence[Block]], *, above: Sequence[Block]) -> list[Block]:
    """As much of each part as there is room for `above` what stands at the end: the first parts have the most."""
    blocks_left = _MOST_BLOCKS - len(above)
    text_left = MOST_VIEW_TEXT - text_of(above)
    shown: list[Block] = []
    for place, part in enumerate(parts):
        below = parts[place + 1 :]
        fitting = fit(
            part,
            most_blocks=blocks_left - sum(min(len(each), _LEAST_BLOCKS) for each in below),
            most_text=text_left - sum(min(text_of(each), _LEAST_TEXT) for each in below),
        )
        blocks_left -= len(fitting)
        text_left -= text_of(fitting)
        shown += fitting
    return shown


def _who_is_away(status: ReviewStatus) -> list[Block]:
    """Who of those that answer in these partnerships is away, once each."""
    away = {
        who: last for board in status.boards for row in board.standings for who, last in row.away
    }
    if not away:
        return []
    lines = [
        f"• {name(who)}, until {words.day(last)}" for who, last in list(away.items())[:_MOST_AWAY]
    ]
    if len(away) > _MOST_AWAY:
        lines.append(f"and {len(away) - _MOST_AWAY} more")
    return [section("\n".join(["*Away at present*", *lines]))]
