"""`/api/METHOD`: one call from the app, from its token to its answer."""

import json
from collections.abc import Mapping
from functools import partial

from aiohttp import web

from bot.workspace.faults import through
from bot.workspace.installation import Installation
from bot.workspace.refusal import JSON, RefusedError, refused
from bot.workspace.rules import limit
from bot.workspace.web_api import arguments
from bot.workspace.web_api.methods import METHODS, Method


class WebApi:
    def __init__(self, installations: Mapping[str, Installation]) -> None:
        # by team, since another workspace can take a team's place
        self._installations = installations
        teams = [app.team for app in installations.values()]
        self._by_bot_token = {team.bot_token: team.team_id for team in teams}
        self._by_app_token = {team.app_token: team.team_id for team in teams}

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
            return self._installations[right[token]], method
        raise RefusedError("not_allowed_token_type" if token in wrong else "invalid_auth")


async def _run(app: Installation, name: str, method: Method, sent: JSON) -> web.StreamResponse:
    if method.tier is not None:
        a_minute = limit(f"tier.{method.tier}")
        burst = limit("tier.1.burst") if method.tier == 1 else a_minute
        app.pacing.take((name,), a_minute=a_minute, burst=burst)
    app.needs(*method.scopes)
    checked = arguments.checked(sent, method.takes)
    answer = method.run(app, checked)
    if method.changes:
        shown = answer.get("channel")
        app.accepted(
            name,
            channel=shown.get("id") if isinstance(shown, dict) else shown or checked.get("channel"),
            user=checked.get("user") or checked.get("user_id") or checked.get("users"),
            ts=answer.get("ts") or answer.get("message_ts"),
            arguments=checked,
        )
    return web.Response(
        body=json.dumps({"ok": True, **answer}).encode(),
        content_type="application/json",
        headers={"X-OAuth-Scopes": app.scopes, "X-Accepted-OAuth-Scopes": ",".join(method.scopes)},
    )
