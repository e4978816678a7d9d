"""Every form and receipt of one reply for several partners."""

from dataclasses import replace
from typing import Any

from bot.views.also_for import kept_modal
from bot.views.reply_modal import reply_modal, topic_modal
from storage.read_models import Duty, Standing
from tests.bot.views import make


def several(count: int) -> tuple[Standing, ...]:
    """So many other partners, of which every third has replied and is not done."""
    return tuple(
        replace(row, said=make.said(reply_id=number) if number % 3 == 2 else None)
        for number, row in enumerate(make.areas(count), start=1)
    )


def offers(count: int) -> Duty:
    """A form that can be for so many others."""
    return replace(make.duty(), others=several(count))


def kept(count: int) -> Duty:
    """A reply that was kept for so many others."""
    return replace(make.duty(make.said()), also=several(count))


def modals() -> dict[str, dict[str, Any]]:
    """With few others, with more than Slack takes as ticks, and with more than it takes at all."""
    weekly = make.summer(make.summer_said({"SQ1": "yes", "SQ2": "full"}))
    topic = Duty(now=make.WEEK_1, standing=weekly, previous=None, also=tuple(make.areas(2)))
    return {
        "reply modal, also for 2": reply_modal(offers(2)),
        "reply modal, also for 31": reply_modal(offers(31)),
        "reply modal, also for 120": reply_modal(offers(120)),
        "topic modal, also for 2": topic_modal(topic),
        "kept modal, 3": kept_modal(kept(2)),
        "kept modal, 101": kept_modal(kept(100)),
    }
