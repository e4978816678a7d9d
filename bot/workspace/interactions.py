"""What a person does: types, presses, chooses, submits, closes, opens the Home tab."""

from uuid import uuid4

from bot.workspace import payloads
from bot.workspace.blocks import checked_view, interactive_elements
from bot.workspace.chosen import NotOnOfferError, choice, missing
from bot.workspace.elements import options_of
from bot.workspace.installation import Installation
from bot.workspace.methods_views import change_view, push_view
from bot.workspace.people import Command, WorkspacePerson
from bot.workspace.refusal import JSON, RefusedError
from bot.workspace.respond import answer_in
from bot.workspace.rules import limit
from bot.workspace.state import Conversation, Message, View
from bot.workspace.wire import escape, message_json, state_values, view_json


class CannotError(Exception):
    """A person cannot do that; the argument is a sentence for them, `status` the HTTP status."""

    def __init__(self, sentence: str, status: int = 404) -> None:
        super().__init__(sentence)
        self.status = status


def type_message(
    app: Installation, person: WorkspacePerson, conversation: Conversation, text: str
) -> Message:
    """Slack escapes what people type, and makes rich text of it."""
    words = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    rich: JSON = {"type": "rich_text", "block_id": "typed", "elements": [words]}
    message = Message(app.workspace.stamp(), person.user_id, escape(text), [rich], by_bot=False)
    app.workspace.add_message(conversation, message)
    shown = {**message_json(app.workspace, message), "client_msg_id": str(uuid4())}
    app.deliveries.message_event(conversation, {**shown, "event_ts": message.ts})
    return message


async def give_command(
    app: Installation, person: WorkspacePerson, conversation: Conversation, line: str
) -> None:
    name, _, text = line.strip().partition(" ")
    known: dict[str, Command] = {command.command: command for command in app.team.commands}
    if name not in known:
        raise CannotError(f"{name} is not a valid command.")
    payload = payloads.command(app, person, conversation, name, text.strip())
    answer = await app.deliveries.command(payload)
    if answer:
        answer_in(app, conversation, person.user_id, answer)


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
        await app.deliveries.interaction(payloads.view_action(app, person, view, action))


def _action(app: Installation, blocks: list[JSON], filled: JSON, press: JSON) -> JSON | None:
    """The entry of `actions`; None for a field that keeps quiet until it is submitted."""
    block, element = _find(blocks, press.get("block_id"), press.get("action_id"))
    kind, value = element["type"], press.get("value")
    names = {"action_id": element["action_id"], "block_id": block["block_id"], "type": kind}
    action: JSON = {**names, "action_ts": app.workspace.stamp()}
    if kind == "button":
        shown: JSON = _some(element, "text", "value", "url", "style")
        return {**action, **shown}
    if kind == "overflow":
        chosen = [option for option in options_of(element) if option["value"] == value]
        if not chosen:
            raise NotOnOfferError("That option was not on offer.")
        return {**action, "selected_option": chosen[0]}
    entry = choice(element, value, set(app.workspace.people))
    filled.setdefault(block["block_id"], {})[element["action_id"]] = entry
    if block["type"] == "input" and not block.get("dispatch_action"):
        return None
    extra = _some(element, "placeholder", "initial_option")
    return {**action, **extra, **entry}


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
    answer = await app.deliveries.interaction(payloads.view_submission(app, person, view))
    return _follow(app, view, answer)


def _fill(app: Installation, view: View, values: JSON) -> dict[str, str]:
    """Puts the person's values in; returns a sentence for each block that does not take its own."""
    errors: dict[str, str] = {}
    for block_id, actions in values.items():
        for action_id, value in actions.items():
            block, element = _find(view.content["blocks"], block_id, action_id)
            try:
                entry = choice(element, value, set(app.workspace.people))
            except NotOnOfferError as problem:
                if element["type"] not in {"plain_text_input", "number_input", "url_text_input"}:
                    raise
                errors[block_id] = str(problem)
            else:
                view.filled.setdefault(block["block_id"], {})[element["action_id"]] = entry
    return errors


def _follow(app: Installation, view: View, answer: JSON) -> JSON:
    """Does what the app's acknowledgement of a submission asks for."""
    action = answer.get("response_action")
    stack = app.workspace.stacks.get(view.user, [])
    if action is None:
        _pop(app, view)
        return {"result": "closed"}
    if action == "clear":
        app.workspace.close_views(app.workspace.stacks.pop(view.user, []))
        app.workspace.tell("view", [view.user])
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
        return {"result": "updated", "view": view_json(app.workspace, view)}
    if action == "push" and len(stack) < limit("view.stack"):
        return {
            "result": "updated",
            "view": view_json(app.workspace, push_view(app, view.user, content)),
        }
    raise CannotError(f"The app answered with {action}, which Slack refuses here.", 502)


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
    told = [payloads.view_closed(app, person, one, cleared=cleared)
            for one in reversed(going) if one.content.get("notify_on_close")]  # fmt: skip
    for one in going:
        _pop(app, one)
    for payload in told:
        await app.deliveries.interaction(payload)


async def open_home(app: Installation, person: WorkspacePerson) -> None:
    conversation, _ = app.workspace.direct_message(person.user_id)
    event: JSON = {
        "type": "app_home_opened",
        "user": person.user_id,
        "channel": conversation.id,
        "tab": "home",
        "event_ts": app.workspace.stamp(),
    }
    home = app.workspace.homes.get(person.user_id)
    if home is not None:
        event["view"] = view_json(app.workspace, home)
    await app.deliveries.event_now(event)
