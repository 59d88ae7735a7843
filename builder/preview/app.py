"""What the preview answers: the site's files as a host would serve them, and the news of its builds."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from builder.output.headers import HEADERS
from builder.pages.addresses import NOT_FOUND
from builder.preview.panel import BROWSER, panel, stand_in, warnings
from builder.preview.state import State

OURS = "/_preview"  # no ID begins with `_`, so no page of a site lies there

# The policies of a real host, so that what they forbid is seen here first; but no other site may read a preview.
_HEADERS = {**HEADERS["/*"], "Cross-Origin-Resource-Policy": "same-origin"}
_NEVER_STORED = {**_HEADERS, "Cache-Control": "no-store"}
_ASKED_EACH_TIME = {**_HEADERS, "Cache-Control": "no-cache"}


def make_app(state: State, out: Path) -> ASGIApp:
    """The preview as an ASGI application.

    Args:
        state: how the builds stand.
        out: the folder to serve.
    """

    async def site(request: Request) -> Response:
        path, stamp = request.url.path, state.stamp  # the stamp first: a page that changes meanwhile is sent again
        if not state.is_built:
            return HTMLResponse(_with_script(stand_in(state.answer), path, stamp, stands_in=True), 503, _NEVER_STORED)
        address = state.find(request.scope["path"])
        file = out / (address or NOT_FOUND)
        if file.suffix != ".html":
            return FileResponse(file, headers=_ASKED_EACH_TIME)
        html = file.read_text("utf-8")
        return HTMLResponse(_with_script(html, path, stamp), 200 if address else 404, _NEVER_STORED)

    async def events(request: Request) -> Response:
        asked = request.query_params
        stream = _events(state, asked.get("page", "/"), asked.get("stamp", ""), stands_in="stands_in" in asked)
        return StreamingResponse(stream, media_type="text/event-stream", headers=_NEVER_STORED)

    async def ours(request: Request) -> Response:
        return FileResponse(BROWSER / request.url.path.rpartition("/")[2], headers=_ASKED_EACH_TIME)

    return Starlette(
        debug=True,  # whoever sees a fault of ours here is on this machine, and should see it whole
        routes=[
            Route(f"{OURS}/events", events),
            Route(f"{OURS}/reload.js", ours),
            Route(f"{OURS}/panel.css", ours),
            Route("/{path:path}", site),
        ],
        # A page of another site may point its own name at this machine and then read what is served under it.
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"], www_redirect=False)],
    )


def _with_script(html: str, path: str, stamp: str, *, stands_in: bool = False) -> str:
    """A page with the one script that listens for news; only what is sent has it, never the file."""
    query = urlencode({"page": path, "stamp": stamp, **({"stands_in": "1"} if stands_in else {})}).replace("&", "&amp;")
    script = f'<script src="{OURS}/reload.js" data-events="{OURS}/events?{query}" defer></script>'
    head, end, tail = html.rpartition("</body>")
    return f"{head}{script}{end}{tail}" if end else f"{html}{script}"


async def _events(state: State, path: str, stamp: str, *, stands_in: bool) -> AsyncIterator[str]:
    """What a page needs to know, as server-sent events (WHATWG HTML, section 9.2)."""
    yield "retry: 500\n\n"
    told = None
    while not state.is_closed:
        if state.is_outlived(stamp) if stands_in else state.is_out_of_date(path, stamp):
            yield _event("reload", {"page": path})
            return
        answer = state.answer
        if answer is not told and answer is not None and not stands_in:
            if answer.is_good:
                yield _event("mended", {"html": warnings(answer)})
            else:
                yield _event("problems", {"html": panel(answer, over_a_page=True)})
        told = answer
        await state.news()


def _event(name: str, data: dict[str, str]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
