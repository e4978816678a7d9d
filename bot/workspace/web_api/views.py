"""views.*: modals and the Home tab."""

from bot.workspace.blocks import checked_view
from bot.workspace.content.as_json import view_json
from bot.workspace.content.workspace import View
from bot.workspace.installation import Installation
from bot.workspace.refusal import JSON, RefusedError, invalid_arguments
from bot.workspace.rules import limit


def open_(app: Installation, arguments: JSON) -> JSON:
    trigger = app.tickets.trigger(arguments["trigger_id"])
    content = checked_view(arguments["view"], "modal")
    _refuse_same_external_id(app, content, None)
    trigger.used = True
    app.workspace.close_views(app.workspace.stacks.pop(trigger.user, []))
    return {"view": view_json(app.workspace, push_view(app, trigger.user, content))}


def push(app: Installation, arguments: JSON) -> JSON:
    trigger = app.tickets.trigger(arguments["trigger_id"])
    content = checked_view(arguments["view"], "modal")
    if trigger.view is None or not trigger.view.open or trigger.view.kind != "modal":
        raise RefusedError("not_found")
    _refuse_same_external_id(app, content, None)
    if len(app.workspace.stacks.get(trigger.user, [])) >= limit("view.stack"):
        raise RefusedError("push_limit_reached")
    trigger.used = True
    return {"view": view_json(app.workspace, push_view(app, trigger.user, content))}


def update(app: Installation, arguments: JSON) -> JSON:
    view = _modal(app, arguments)
    if "hash" in arguments and arguments["hash"] != view.hash:
        raise RefusedError("hash_conflict")
    content = checked_view(arguments["view"], view.kind)
    _refuse_same_external_id(app, content, view)
    change_view(app, view, content)
    return {"view": view_json(app.workspace, view)}


def publish(app: Installation, arguments: JSON) -> JSON:
    user = arguments["user_id"]
    if user not in app.workspace.people:
        raise RefusedError("user_not_found")
    home = app.workspace.homes.get(user)
    if "hash" in arguments and (home is None or arguments["hash"] != home.hash):
        raise RefusedError("hash_conflict")
    content = checked_view(arguments["view"], "home")
    _refuse_same_external_id(app, content, home)
    if home is None:
        home = app.workspace.homes[user] = app.workspace.new_view(user, content, None)
        app.workspace.tell("home", [user])
    else:
        change_view(app, home, content)
    return {"view": view_json(app.workspace, home)}


def push_view(app: Installation, user: str, content: JSON) -> View:
    """Puts a modal on top of that person's stack."""
    stack = app.workspace.stacks.setdefault(user, [])
    view = app.workspace.new_view(user, content, stack[-1] if stack else None)
    stack.append(view)
    app.workspace.tell("view", [user])
    return view


def change_view(app: Installation, view: View, content: JSON) -> None:
    """What the person has chosen stays where block and action keep their ids."""
    view.content, view.hash = content, app.workspace.new_hash()
    app.workspace.tell("home" if view.kind == "home" else "view", [view.user])


def _modal(app: Installation, arguments: JSON) -> View:
    if "view_id" in arguments:
        view = app.workspace.views.get(arguments["view_id"])
    elif "external_id" in arguments:
        view = _with_external_id(app, arguments["external_id"])
    else:
        raise invalid_arguments("missing required field: view_id", "/view_id")
    if view is None:
        raise RefusedError("not_found")
    return view


def _with_external_id(app: Installation, external_id: str) -> View | None:
    views = app.workspace.views.values() if external_id else ()
    return next((one for one in views if one.content.get("external_id") == external_id), None)


def _refuse_same_external_id(app: Installation, content: JSON, but: View | None) -> None:
    same = _with_external_id(app, str(content.get("external_id", "")))
    if same is not None and same is not but:
        raise RefusedError("duplicate_external_id")
