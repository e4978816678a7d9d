"""Keeps other web sites away from what a person's browser can reach on this machine."""

import ipaddress
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
#: The bot's own paths: they have tokens, tickets and secrets.
_NOT_A_BROWSERS = ("/api/", "/socket/", "/respond/", "/upload/")


async def add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses what another site's page could make a browser send.

    A name that an attacker's DNS points at this machine shows in `Host` (rebinding); another site's
    page shows in `Origin`, and cannot send JSON without asking first.
    """
    if not request.path.startswith(_NOT_A_BROWSERS):
        problem = _foreign(request)
        if problem:
            return web.json_response({"error": problem}, status=403)
    return await handler(request)


def _foreign(request: web.Request) -> str:
    host = urlsplit(f"//{request.host}").hostname or ""
    if not _names_an_address(host):
        return "Open the local workspace by its address, such as http://127.0.0.1."
    if "/control/" not in request.path:
        return ""
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"http://{request.host}":
        return "Only the local workspace's own page may do that."
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return "Only the local workspace's own page may do that."
    if request.method == "POST" and request.content_type != "application/json":
        return "Send JSON, with the content type application/json."
    return ""


def _names_an_address(host: str) -> bool:
    """A numeric address cannot be rebound, unlike a name."""
    if host == "localhost":
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
