"""The form in which a lead gives an area's term dates."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.blocks import Block, DatePickerElement, StaticSelectElement

from bot.ids import Action, ButtonValue
from bot.ids import Block as BlockId
from bot.ids import View as ViewId
from bot.views import words
from bot.views.blocks import context, name, section
from bot.views.inputs import field, filled_fields, form_modal, option
from storage.read_models import AskedDates, SaidDates


def dates_modal(asked: AskedDates) -> dict[str, Any]:
    """The break's first and last day, and the last day of school before it; the area where there are several."""
    year = f"{asked.school_year} to {asked.school_year + 1}"
    where = f" in {name(asked.areas[0][1])}" if len(asked.areas) == 1 else ""
    blocks: list[Block] = [
        section(
            f"*{name(asked.partnership)}*\nWhen is the {words.term_event(asked.event)}{where} in the school year {year}?"
        ),
        context(
            "Give the dates that most schools keep. INSET days are not part of the break: they are staff work."
        ),
    ]
    if len(asked.areas) > 1:
        options = [option(code, area) for code, area in asked.areas]
        blocks.append(
            field(
                BlockId.AREA, "Area", StaticSelectElement(action_id=Action.ANSWER, options=options)
            )
        )
    blocks += [
        field(
            BlockId.FIRST_DAY, "First day of the break", DatePickerElement(action_id=Action.ANSWER)
        ),
        field(
            BlockId.LAST_DAY, "Last day of the break", DatePickerElement(action_id=Action.ANSWER)
        ),
        field(
            BlockId.LAST_SCHOOL_DAY,
            "Last day of school before it",
            DatePickerElement(action_id=Action.ANSWER),
        ),
    ]
    code = asked.areas[0][0] if len(asked.areas) == 1 else ""
    value = ButtonValue(round_id=asked.round_id, la_code=code)
    return form_modal(
        ViewId.DATES, value, blocks, title="Term dates", submit="Confirm dates", close="Cancel"
    )


def parse_dates(view: Mapping[str, Any]) -> tuple[ButtonValue, SaidDates]:
    """What was filled in, and for which round."""
    about = ButtonValue.decode(view["private_metadata"])
    values = filled_fields(view)
    chosen = (values.get(BlockId.AREA) or {}).get("selected_option") or {}
    return about, SaidDates(
        la_code=about.la_code or str(chosen.get("value", "")),
        first_day=_day(values, BlockId.FIRST_DAY),
        last_day=_day(values, BlockId.LAST_DAY),
        last_school_day=_day(values, BlockId.LAST_SCHOOL_DAY),
    )


def _day(values: Mapping[str, Mapping[str, Any]], block: BlockId) -> str:
    return str(values[block].get("selected_date") or "")
