"""The shapes of the elements that Vigil uses inside blocks."""

import re
from urllib.parse import urlsplit

from bot.workspace.refusal import JSON
from bot.workspace.rules import limit
from bot.workspace.shapes import (
    Check,
    Findings,
    boolean,
    items,
    one_word_of,
    pattern,
    shape,
    string,
    text,
    typed,
    whole_number,
)

kind: Check = string()
user_id = pattern(re.compile(r"[UW][A-Z0-9]{2,}").fullmatch, "user_id")
date = pattern(re.compile(r"\d{4}-\d{2}-\d{2}").fullmatch, "date")
time = pattern(re.compile(r"([01]\d|2[0-3]):[0-5]\d").fullmatch, "time")


def is_web_address(value: str) -> bool:
    parts = urlsplit(value)
    return parts.scheme in {"http", "https", "mailto", "slack"} and bool(parts.netloc or parts.path)


def web_address(rule: str) -> Check:
    most = limit(rule)

    def check(findings: Findings, value: object, at: str) -> None:
        if not isinstance(value, str) or not is_web_address(value):
            findings.note("invalid url", at)
        elif len(value) > most:
            findings.note(f"must be less than {most + 1} characters", at)

    return check


confirm = shape(
    {
        "title": text("confirm.title", "plain_text"),
        "text": text("confirm.text"),
        "confirm": text("confirm.confirm", "plain_text"),
        "deny": text("confirm.deny", "plain_text"),
    },
    {"style": one_word_of({"primary", "danger"})},
)


def option(*kinds: str, url: bool = False) -> Check:
    extra = {"url": web_address("option.url")} if url else {}
    return shape(
        {"text": text("option.text", *kinds), "value": string("option.value")},
        {"description": text("option.description", *kinds), **extra},
    )


plain_option = option("plain_text")
group = shape(
    {
        "label": text("option_group.label", "plain_text"),
        "options": items(plain_option, "option_group.options"),
    }
)


def options_of(element: JSON) -> list[JSON]:
    """All the options on offer, those in groups too."""
    groups = element.get("option_groups") or [{"options": element.get("options") or []}]
    return [one for each in groups for one in each.get("options") or []]


def _starts_with_an_offer(findings: Findings, element: JSON, at: str) -> None:
    chosen = element.get("initial_options") or []
    if element.get("initial_option"):
        chosen = [element["initial_option"]]
    if any(one not in options_of(element) for one in chosen):
        findings.note("initial option was not found in the provided options", at)


def _options_or_groups(findings: Findings, element: JSON, at: str) -> None:
    if ("options" in element) == ("option_groups" in element):
        findings.note("must define either `options` or `option_groups`", at)


def _count_focus(findings: Findings, element: JSON, _at: str) -> None:
    findings.focused += element.get("focus_on_load") is True


def _shortest_below_longest(findings: Findings, element: JSON, at: str) -> None:
    shortest, longest = element.get("min_length"), element.get("max_length")
    if isinstance(shortest, int) and isinstance(longest, int) and shortest > longest:
        findings.note("min_length must be less than or equal to max_length", at)


ACTION = {"type": kind}
NAMED: dict[str, Check] = {"action_id": string("action_id")}
FOCUS: dict[str, Check] = {"focus_on_load": boolean}
CONFIRM: dict[str, Check] = {"confirm": confirm}
PLACEHOLDER: dict[str, Check] = {"placeholder": text("placeholder", "plain_text")}
DISPATCH: dict[str, Check] = {
    "dispatch_action_config": shape(
        {"trigger_actions_on": items(one_word_of({"on_enter_pressed", "on_character_entered"}))}
    )
}
CHOICES: dict[str, Check] = {
    "options": items(plain_option, "select.options"),
    "option_groups": items(group, "select.option_groups"),
}
IMAGE_SOURCE: dict[str, Check] = {
    "image_url": web_address("image.image_url"),
    "slack_file": shape({}, {"id": string(), "url": string()}),
}


def one_image_source(findings: Findings, image: JSON, at: str) -> None:
    if ("image_url" in image) == ("slack_file" in image):
        findings.note("must define either `image_url` or `slack_file`", at)


button = shape(
    {**ACTION, "text": text("button.text", "plain_text")},
    {
        **NAMED,
        **CONFIRM,
        "value": string("button.value"),
        "url": web_address("button.url"),
        "style": one_word_of({"primary", "danger"}),
        "accessibility_label": string("button.accessibility_label"),
    },
)
overflow = shape(
    {**ACTION, "options": items(option("plain_text", url=True), "overflow.options")},
    {**NAMED, **CONFIRM},
)
static_select = shape(
    ACTION,
    {**NAMED, **CONFIRM, **FOCUS, **PLACEHOLDER, **CHOICES, "initial_option": plain_option},
    _options_or_groups,
    _starts_with_an_offer,
    _count_focus,
)
multi_static_select = shape(
    ACTION,
    {
        **NAMED, **CONFIRM, **FOCUS, **PLACEHOLDER, **CHOICES,
        "initial_options": items(plain_option), "max_selected_items": whole_number(least=1),
    },
    _options_or_groups,
    _starts_with_an_offer,
    _count_focus,
)  # fmt: skip
radio_buttons = shape(
    {**ACTION, "options": items(option(), "radio_buttons.options")},
    {**NAMED, **CONFIRM, **FOCUS, "initial_option": option()},
    _starts_with_an_offer,
    _count_focus,
)
checkboxes = shape(
    {**ACTION, "options": items(option(), "checkboxes.options")},
    {**NAMED, **CONFIRM, **FOCUS, "initial_options": items(option())},
    _starts_with_an_offer,
    _count_focus,
)
datepicker = shape(
    ACTION, {**NAMED, **CONFIRM, **FOCUS, **PLACEHOLDER, "initial_date": date}, _count_focus
)
timepicker = shape(
    ACTION,
    {**NAMED, **CONFIRM, **FOCUS, **PLACEHOLDER, "initial_time": time, "timezone": string()},
    _count_focus,
)
users_select = shape(
    ACTION, {**NAMED, **CONFIRM, **FOCUS, **PLACEHOLDER, "initial_user": user_id}, _count_focus
)
plain_text_input = shape(
    ACTION,
    {
        **NAMED, **FOCUS, **PLACEHOLDER, **DISPATCH,
        "initial_value": string(empty=True),
        "multiline": boolean,
        "min_length": whole_number("plain_text_input.min_length"),
        "max_length": whole_number("plain_text_input.max_length", least=1),
    },
    _shortest_below_longest,
    _count_focus,
)  # fmt: skip
number_input = shape(
    {**ACTION, "is_decimal_allowed": boolean},
    {
        **NAMED, **FOCUS, **PLACEHOLDER, **DISPATCH,
        "initial_value": string(), "min_value": string(), "max_value": string(),
    },
    _count_focus,
)  # fmt: skip
url_text_input = shape(
    ACTION, {**NAMED, **FOCUS, **PLACEHOLDER, **DISPATCH, "initial_value": string()}, _count_focus
)
image = shape({**ACTION, "alt_text": string("image.alt_text")}, IMAGE_SOURCE, one_image_source)

BOTH = {
    "overflow": overflow,
    "static_select": static_select,
    "users_select": users_select,
    "radio_buttons": radio_buttons,
    "checkboxes": checkboxes,
    "datepicker": datepicker,
    "timepicker": timepicker,
}
IN_ACTIONS = typed({**BOTH, "button": button})
IN_SECTION = typed(
    {**BOTH, "button": button, "multi_static_select": multi_static_select, "image": image}
)
IN_CONTEXT = typed(
    {"image": image, "plain_text": text("text", "plain_text"), "mrkdwn": text("text", "mrkdwn")}
)
IN_INPUT = typed(
    {
        **{name: check for name, check in BOTH.items() if name != "overflow"},
        "multi_static_select": multi_static_select,
        "plain_text_input": plain_text_input,
        "number_input": number_input,
        "url_text_input": url_text_input,
    }
)
