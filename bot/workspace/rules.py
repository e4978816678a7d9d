"""The one table of Slack's limits that the local workspace enforces.

Sources: T is the doc comments in `@slack/types` 3.2.0; D a page under docs.slack.dev; J is
`metadata/web-api/rate_limit_tiers.json` in slackapi/java-slack-sdk; S is stated by Slack but was seen
only second-hand; R was reported by others; P is our own choice on the safe side of a vague statement.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    name: str
    #: None for a rule that is kept or broken, with nothing to count.
    limit: int | None
    source: str


_ROWS = (
    # Whole messages and views
    Rule("message.blocks", 50, "D reference/block-kit/blocks"),
    Rule("message.block_text", 12_000, "R slackapi/bolt-js issues 2509, 2867 (12,000 to 13,200)"),
    Rule("message.text", 40_000, "S methods/chat.postMessage (longer is truncated)"),
    Rule("message.metadata", 16_000, "P: D messaging/message-metadata gives no number"),
    Rule("message.update_bytes", 4_000, "R GitLab merge request 258898 (bytes, after escaping)"),
    Rule("view.blocks", 100, "T views"),
    Rule("view.title", 24, "D reference/views/modal-views"),
    Rule("view.submit", 24, "D reference/views/modal-views"),
    Rule("view.close", 24, "D reference/views/modal-views"),
    Rule("view.private_metadata", 3_000, "D reference/views/modal-views"),
    Rule("view.callback_id", 255, "D reference/views/modal-views"),
    Rule("view.external_id", 255, "D methods/views.open"),
    Rule("view.bytes", 250_000, "S methods/views.open"),
    Rule("view.stack", 3, "S methods/views.push"),
    Rule("view.focus_on_load", 1, "T: one element in a view"),
    # Blocks
    Rule("text", 3_000, "T composition-objects/text-object"),
    Rule("block_id", 255, "T"),
    Rule("action_id", 255, "T"),
    Rule("section.text", 3_000, "T blocks/section-block"),
    Rule("section.fields", 10, "T blocks/section-block"),
    Rule("section.field", 2_000, "T blocks/section-block"),
    Rule("header.text", 150, "T blocks/header-block"),
    Rule("actions.elements", 25, "T blocks/actions-block"),
    Rule("context.elements", 10, "T blocks/context-block"),
    Rule("image.alt_text", 2_000, "T blocks/image-block"),
    Rule("image.title", 2_000, "T blocks/image-block"),
    Rule("image.image_url", 3_000, "T blocks/image-block"),
    Rule("input.label", 2_000, "T blocks/input-block"),
    Rule("input.hint", 2_000, "T blocks/input-block"),
    # Elements and composition objects
    Rule("button.text", 75, "T button"),
    Rule("button.value", 2_000, "T button"),
    Rule("button.url", 3_000, "T button"),
    Rule("button.accessibility_label", 75, "T button"),
    Rule("option.text", 75, "T option"),
    Rule("option.description", 75, "T option"),
    Rule("option.value", 75, "T option (D says 150 in places)"),
    Rule("option.url", 3_000, "T option"),
    Rule("static_select.options", 100, "T static_select"),
    Rule("static_select.option_groups", 100, "T static_select"),
    Rule("multi_static_select.options", 100, "T multi_static_select"),
    Rule("option_group.options", 100, "T option group"),
    Rule("option_group.label", 75, "T option group"),
    Rule("overflow.options", 5, "T overflow"),
    Rule("radio_buttons.options", 10, "T radio_buttons"),
    Rule("checkboxes.options", 10, "T checkboxes"),
    Rule("placeholder", 150, "T"),
    Rule("plain_text_input.min_length", 3_000, "T plain_text_input"),
    Rule("plain_text_input.max_length", 3_000, "T plain_text_input"),
    Rule("confirm.title", 100, "T confirm"),
    Rule("confirm.text", 300, "T confirm"),
    Rule("confirm.confirm", 30, "T confirm"),
    Rule("confirm.deny", 30, "T confirm"),
    # Kept or broken
    Rule("blocks.known", None, "P: what Vigil does not use is refused, never waved through"),
    Rule("elements.in_their_place", None, "D reference/block-kit/block-elements"),
    Rule("properties.known", None, "R nicklambourne/slackblocks issue 36"),
    Rule("properties.required", None, "R slackapi/java-slack-sdk pull request 302"),
    Rule("text.not_empty", None, "T"),
    Rule("text.plain_where_told", None, "T: header, label, button, title"),
    Rule("actions.not_empty", None, "T blocks/actions-block"),
    Rule("section.text_or_fields", None, "T blocks/section-block"),
    Rule("select.options_or_groups", None, "T static_select"),
    Rule("select.initial_offered", None, "T static_select"),
    Rule("image.one_source", None, "T blocks/image-block"),
    Rule("url.valid", None, "R MacPaw/together-app issue 4"),
    Rule("date.format", None, "T datepicker"),
    Rule("time.format", None, "T timepicker"),
    Rule("number.format", None, "T number_input; R davidcelis/block-kit 1.0.3: as strings"),
    Rule("number.decimals_told", None, "T number_input: is_decimal_allowed is required"),
    Rule("number.whole", None, "T number_input"),
    Rule("number.min_below_max", None, "T number_input"),
    Rule("number.initial_between", None, "T number_input"),
    Rule("block_id.unique", None, "T: unique in a message or view"),
    Rule("action_id.unique", None, "T: unique in its block"),
    Rule("min_length.below_max", None, "T plain_text_input"),
    Rule("view.submit_with_input", None, "D reference/views/modal-views"),
    Rule("message.not_empty", None, "D methods/chat.postMessage: no_text"),
    Rule("metadata.shape", None, "T message-metadata"),
    # Calls
    Rule("file.alt_txt", 1_000, "D methods/files.getUploadURLExternal"),
    Rule("conversations.open.users", 8, "from memory"),
    Rule("page", 1_000, "D methods/users.list, conversations.members"),
    Rule("history.limit", 999, "D methods/conversations.history"),
    Rule("history.restricted.limit", 15, "D apis/web-api/rate-limits (29 May 2025)"),
    Rule("history.restricted.a_minute", 1, "D apis/web-api/rate-limits (29 May 2025)"),
    Rule("response_url.uses", 5, "S interactivity/implementing-slash-commands"),
    Rule("response_url.seconds", 1_800, "S interactivity/implementing-slash-commands"),
    Rule("trigger.seconds", 3, "S surfaces/modals"),
    Rule("acknowledge.seconds", 3, "D tools/bolt-python/concepts/acknowledge"),
    Rule("events.an_hour", 30_000, "D reference/events/app_rate_limited"),
    Rule("socket.connections", 10, "S apis/events-api/using-socket-mode"),
    # Rates: calls a minute, for one method, app and workspace
    Rule("tier.1", 1, "D apis/web-api/rate-limits"),
    Rule("tier.2", 20, "D apis/web-api/rate-limits"),
    Rule("tier.3", 50, "D apis/web-api/rate-limits"),
    Rule("tier.4", 100, "D apis/web-api/rate-limits"),
    Rule("tier.1.burst", 10, "P: as many as Socket Mode has connections"),
    Rule("post.a_minute_a_channel", 60, "D apis/web-api/rate-limits (1 a second)"),
    Rule("post.burst_a_channel", 4, "P: D says 'short bursts' allowed"),
    Rule("post.a_minute_a_workspace", 300, "P: D says 'several hundred a minute'"),
)

RULES = {rule.name: rule for rule in _ROWS}

#: Seconds to wait before each redelivery of an event. S apis/events-api
REDELIVER_AFTER = (0.0, 60.0, 300.0)


def limit(name: str) -> int:
    number = RULES[name].limit
    if number is None:
        raise LookupError(f"{name} has nothing to count.")
    return number
