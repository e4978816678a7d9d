"""`/api/METHOD`: one call from the app, from its token to its answer."""

import json
from collections.abc import Mapping
from functools import partial

from aiohttp import web

from bot.workspace import arguments
from bot.workspace.faults import through
from bot.workspace.installation import Installation
from bot.workspace.methods import METHODS, Method
from bot.workspace.refusal import JSON, RefusedError
from bot.workspace.rules import limit


class WebApi:
    def __init__(self, installations: Mapping[str, Installation]) -> None:
        teams = installations.values()
        self._by_bot_token = {app.team.bot_token: app for app in teams}
        self._by_app_token = {app.team.app_token: app for app in teams}

    async def call(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        app: Installation | None = None
        given: JSON = {}
        try:
            sent = await arguments.read(request)
            app, method = self._authorised(name, sent.token)
            given = sent.arguments(json=method.reads_json)
            fault = app.faults.take(name, str(given.get("channel", "")))
            run = partial(_run, app, name, method, given)
            return await through(fault, request, run)
        except RefusedError as refusal:
            if app is not None:
                app.log.refuse(method=name, arguments=given, **refusal.as_json())
            return refused(refusal)

    def _authorised(self, name: str, token: str) -> tuple[Installation, Method]:
        method = METHODS.get(name)
        if method is None:
            raise RefusedError("unknown_method", req_method=name)
        if not token:
            raise RefusedError("not_authed")
        right, wrong = self._by_bot_token, self._by_app_token
        if method.app_token:
            right, wrong = wrong, right
        if token in right:
            return right[token], method
        raise RefusedError("not_allowed_token_type" if token in wrong else "invalid_auth")


async def _run(app: Installation, name: str, method: Method, sent: JSON) -> web.StreamResponse:
    if method.tier is not None:
        burst = limit("tier.1.burst") if method.tier == 1 else limit(f"tier.{method.tier}")
        app.pacing.take((name,), a_minute=limit(f"tier.{method.tier}"), burst=burst)
    app.needs(*method.scopes)
    checked = arguments.checked(sent, method.takes)
    answer = method.run(app, checked)
    if method.changes:
        app.log.accept(
            team=app.team.team_id,
            method=name,
            channel=_channel_id(answer) or checked.get("channel"),
            user=checked.get("user") or checked.get("user_id") or checked.get("users"),
            ts=answer.get("ts") or answer.get("message_ts"),
            at=app.machine_now().isoformat(),
            arguments=checked,
        )
    return web.Response(
        body=json.dumps({"ok": True, **answer}).encode(),
        content_type="application/json",
        headers={
            "X-OAuth-Scopes": app.scopes,
            "X-Accepted-OAuth-Scopes": ",".join(method.scopes),
        },
    )


def _channel_id(answer: JSON) -> str | None:
    channel = answer.get("channel")
    return channel.get("id") if isinstance(channel, dict) else channel


def refused(refusal: RefusedError) -> web.Response:
    if refusal.retry_after is None:
        return web.json_response(refusal.as_json())
    headers = {"Retry-After": str(refusal.retry_after)}
    return web.json_response(refusal.as_json(), status=429, headers=headers)
