"""What a person does: types, presses, chooses, submits, closes, opens the Home tab."""

from uuid import uuid4

from bot.workspace.blocks import checked_view, choice, interactive_elements, state_values
from bot.workspace.blocks.choices import TYPED, NotOnOfferError, missing, option_of
from bot.workspace.content.as_json import escape, message_json, view_json
from bot.workspace.content.workspace import Conversation, Message, View
from bot.workspace.control import payloads
from bot.workspace.control.requests import CannotError
from bot.workspace.installation import Installation
from bot.workspace.people import WorkspacePerson
from bot.workspace.refusal import JSON, RefusedError
from bot.workspace.rules import limit
from bot.workspace.web_api.response_urls import answer_in
from bot.workspace.web_api.views import change_view, push_view


def type_message(
    app: Installation,
    person: WorkspacePerson,
    conversation: Conversation,
    text: str,
    thread_ts: str | None = None,
) -> Message:
    """Slack escapes what people type, and makes rich text of it."""
    words = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    rich: JSON = {"type": "rich_text", "block_id": "typed", "elements": [words]}
    message = Message(app.workspace.stamp(), person.user_id, escape(text), [rich], by_bot=False)
    message.thread_ts = thread_ts
    app.workspace.add_message(conversation, message)
    shown = {**message_json(app.workspace, message), "client_msg_id": str(uuid4())}
    app.deliveries.message_event(conversation, {**shown, "event_ts": message.ts})
    return message


async def give_command(
    app: Installation, person: WorkspacePerson, conversation: Conversation, line: str
) -> None:
    name, _, text = line.strip().partition(" ")
    if name not in {command.command for command in app.team.commands}:
        raise CannotError(f"{name} is not a valid command.")
    payload = payloads.command(app, person, conversation, name, text.strip())
    answer = await app.deliveries.command(payload)
    if answer:
        user = person.user_id
        ts = answer_in(app, conversation, user, answer).ts
        at = {"channel": conversation.id, "user": user, "ts": ts}
        app.accepted("acknowledgement", **at, arguments=answer)


async def act_on_message(
    app: Installation,
    person: WorkspacePerson,
    conversation: Conversation,
    message: Message,
    press: JSON,
) -> None:
    filled = message.filled.setdefault(person.user_id, {})
    action = _action(app, message.blocks, filled, press)
    if action is not None:
        payload = payloads.message_action(app, person, conversation, message, action)
        await app.deliveries.interaction(payload)


async def act_on_view(app: Installation, person: WorkspacePerson, view: View, press: JSON) -> None:
    if isinstance(press.get("values"), dict):
        _fill(app, view, press["values"])
    action = _action(app, view.content["blocks"], view.filled, press)
    if action is not None:
        payload = payloads.in_view(app, person, view, "block_actions", actions=[action])
        await app.deliveries.interaction(payload)


def _action(app: Installation, blocks: list[JSON], filled: JSON, press: JSON) -> JSON | None:
    """The entry of `actions`; None for a field that keeps quiet until it is submitted."""
    block, element = _find(blocks, press.get("block_id"), press.get("action_id"))
    kind, value = element["type"], press.get("value")
    names = {"action_id": element["action_id"], "block_id": block["block_id"], "type": kind}
    action: JSON = {**names, "action_ts": app.workspace.stamp()}
    if kind == "button":
        return {**action, **_some(element, "text", "value", "url", "style")}
    if kind == "overflow":
        return {**action, "selected_option": option_of(element, value)}
    entry = choice(element, value, set(app.workspace.members()))
    filled.setdefault(block["block_id"], {})[element["action_id"]] = entry
    if block["type"] == "input" and not block.get("dispatch_action"):
        return None
    return {**action, **_some(element, "placeholder", "initial_option"), **entry}


def _some(element: JSON, *names: str) -> JSON:
    return {name: element[name] for name in names if name in element}


def _find(blocks: list[JSON], block_id: object, action_id: object) -> tuple[JSON, JSON]:
    for block, element in interactive_elements(blocks):
        if block["block_id"] == block_id and element["action_id"] == action_id:
            return block, element
    raise CannotError("That is not shown there now.", 409)


async def submit(app: Installation, person: WorkspacePerson, view: View, values: JSON) -> JSON:
    """Presses Submit; the answer is what the control API promises."""
    if view.content.get("submit") is None:
        raise CannotError("This view has nothing to submit.", 409)
    errors = _fill(app, view, values)
    entries = state_values(view.content["blocks"], view.filled)
    for block in view.content["blocks"]:
        if block["type"] == "input" and block["block_id"] not in errors:
            (entry,) = entries[block["block_id"]].values()
            if missing(block, entry):
                errors[block["block_id"]] = "Please complete this required field."
    if errors:
        return {"result": "errors", "errors": errors}
    payload = payloads.in_view(app, person, view, "view_submission", response_urls=[])
    return _follow(app, view, await app.deliveries.interaction(payload))


def _fill(app: Installation, view: View, values: JSON) -> dict[str, str]:
    """Puts the person's values in; returns a sentence for each block that does not take its own."""
    errors: dict[str, str] = {}
    for block_id, actions in values.items():
        for action_id, value in actions.items():
            block, element = _find(view.content["blocks"], block_id, action_id)
            try:
                entry = choice(element, value, set(app.workspace.members()))
            except NotOnOfferError as problem:
                if element["type"] not in TYPED:
                    raise
                errors[block_id] = str(problem)
            else:
                view.filled.setdefault(block["block_id"], {})[element["action_id"]] = entry
    return errors


def _follow(app: Installation, view: View, answer: JSON) -> JSON:
    """Does what the app's acknowledgement of a submission asks for."""
    action = answer.get("response_action")
    stack = app.workspace.stacks.get(view.user, [])
    if action is None or action == "clear":
        for one in [view] if action is None else list(stack):
            _pop(app, one)
        return {"result": "closed"}
    if action == "errors":
        return {"result": "errors", "errors": _errors(view, answer)}
    try:
        content = checked_view(answer.get("view"), "modal")
    except RefusedError as refusal:
        app.log.refuse(method="response_action", arguments=answer, **refusal.as_json())
        raise CannotError(
            f"The app answered with a view that Slack refuses: {refusal.error}.", 502
        ) from refusal
    if action == "update":
        change_view(app, view, content)
    elif action == "push" and len(stack) < limit("view.stack"):
        view = push_view(app, view.user, content)
    else:
        raise CannotError(f"The app answered with {action}, which Slack refuses here.", 502)
    app.accepted("response_action", user=view.user, arguments=answer)
    return {"result": "updated"}


def _errors(view: View, answer: JSON) -> dict[str, str]:
    errors = answer.get("errors")
    inputs = {block["block_id"] for block in view.content["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or errors.keys() - inputs:
        raise CannotError("The app answered with errors for fields that are not there.", 502)
    return {str(block): str(sentence) for block, sentence in errors.items()}


def _pop(app: Installation, view: View) -> None:
    stack = app.workspace.stacks.get(view.user, [])
    if view in stack:
        stack.remove(view)
    app.workspace.close_views([view])
    app.workspace.tell("view", [view.user])


async def close(app: Installation, person: WorkspacePerson, view: View) -> None:
    stack = app.workspace.stacks.get(view.user, [])
    if view not in stack:
        raise CannotError("The Home tab cannot be closed.", 409)
    cleared = bool(view.content.get("clear_on_close"))
    going = list(stack) if cleared else [view]
    notify = [one for one in reversed(going) if one.content.get("notify_on_close")]
    told = [payloads.in_view(app, person, one, "view_closed", is_cleared=cleared) for one in notify]
    for one in going:
        _pop(app, one)
    for payload in told:
        await app.deliveries.interaction(payload)


async def open_tab(app: Installation, person: WorkspacePerson, tab: str) -> None:
    """Opens a tab of the app, `home` or `messages`; Slack tells the app of both."""
    conversation, _ = app.workspace.direct_message(person.user_id)
    event: JSON = {
        "type": "app_home_opened",
        "user": person.user_id,
        "channel": conversation.id,
        "tab": tab,
        "event_ts": app.workspace.stamp(),
    }
    home = app.workspace.homes.get(person.user_id)
    if home is not None and tab == "home":
        event["view"] = view_json(app.workspace, home)
    await app.deliveries.event(event)
