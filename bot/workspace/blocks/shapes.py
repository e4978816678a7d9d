"""The shapes of all that Vigil puts in messages and views: one line for each, as a table.

`text!=plain value url=url` reads: a plain text object that has to be there, a string and a web
address. What may be counted is counted by the row of the table of rules with the same name, such as
`button.text`; `option.link` is a shape of its own that shares the rows of `option`. Kinds:

    string (the default), free (may be empty), flag, whole, count (at least 1), url, date, time, user,
    number (written as a string)
    text, plain        a text object of either type; of type plain_text
    primary|danger     one of these words
    [kind], [kind]?    a list of them; one that may be empty
    @place             an object whose `type` is one of those that `PLACES` allows there
    option             an object of another shape
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bot.workspace.rules import RULES

_FIELD = "action_id confirm=confirm focus_on_load=flag"
_PICTURE = "alt_text! image_url=url slack_file=slack_file"
_VIEW = "blocks!=[@block]? private_metadata=free callback_id=free external_id=free"

SHAPES = {
    # Whole
    "message": "blocks!=[@block]?",
    "view.modal": f"{_VIEW} title!=plain submit=plain close=plain clear_on_close=flag notify_on_close=flag",
    "view.home": _VIEW,
    # Blocks
    "section": "block_id text=text fields=[text] accessory=@accessory expand=flag",
    "header": "block_id text!=plain",
    "divider": "block_id",
    "actions": "block_id elements!=[@actions]",
    "context": "block_id elements!=[@context]",
    "image.block": f"block_id {_PICTURE} title=plain",
    "input": "block_id label!=plain element!=@input hint=plain optional=flag dispatch_action=flag",
    # Elements
    "button": "action_id text!=plain value url=url style=primary|danger accessibility_label"
    " confirm=confirm",
    "overflow": "action_id options!=[option.link] confirm=confirm",
    "static_select": f"{_FIELD} options=[option] option_groups=[option_group] initial_option=option"
    " placeholder=plain",
    "radio_buttons": f"{_FIELD} options!=[option.any] initial_option=option.any",
    "checkboxes": f"{_FIELD} options!=[option.any] initial_options=[option.any]",
    "multi_static_select": f"{_FIELD} options!=[option] initial_options=[option] placeholder=plain",
    "datepicker": f"{_FIELD} initial_date=date placeholder=plain",
    "timepicker": f"{_FIELD} initial_time=time timezone placeholder=plain",
    "users_select": f"{_FIELD} initial_user=user placeholder=plain",
    "plain_text_input": "action_id focus_on_load=flag placeholder=plain initial_value=free"
    " multiline=flag min_length=whole max_length=count",
    "number_input": "action_id focus_on_load=flag placeholder=plain is_decimal_allowed!=flag"
    " initial_value=number min_value=number max_value=number",
    "image": _PICTURE,
    # Parts
    "confirm": "title!=plain text!=text confirm!=plain deny!=plain style=primary|danger",
    "option": "text!=plain value! description=plain",
    "option.any": "text!=text value! description=text",
    "option.link": "text!=plain value! description=plain url=url",
    "option_group": "label!=plain options!=[option]",
    "slack_file": "id url",
}
_CHOICES = "static_select users_select radio_buttons checkboxes datepicker timepicker"
#: The types that may stand in a place; every other type is refused as unknown.
PLACES = {
    "block": ["section", "header", "divider", "actions", "context", "image", "input"],
    "actions": f"button overflow {_CHOICES}".split(),
    "accessory": f"button overflow {_CHOICES} multi_static_select image".split(),
    "context": ["image", "plain_text", "mrkdwn"],
    "input": f"plain_text_input number_input {_CHOICES} multi_static_select".split(),
}


@dataclass(frozen=True)
class Field:
    kind: str
    required: bool
    #: The most that the field may hold, and for a list the most that each of its items may.
    most: int | None
    most_each: int | None


@cache
def fields_of(shape: str) -> Mapping[str, Field]:
    fields = {}
    for word in SHAPES[shape].split():
        name, _, kind = word.partition("=")
        required, name = name.endswith("!"), name.rstrip("!")
        rows = f"{shape.partition('.')[0]}.{name}"
        most_each = _most(rows.removesuffix("s"))
        fields[name] = Field(kind or "string", required, _most(rows) or _most(name), most_each)
    return fields


def _most(row: str) -> int | None:
    return RULES[row].limit if row in RULES else None
