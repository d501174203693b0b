"""The HTTP surface: routes, reading requests, sending answers, and playing trouble.

What the answers are is decided in `web_api`, `responses` and `socket_mode`.
"""

import asyncio
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from aiohttp import web

from sandbox import web_api
from sandbox.errors import Refusal, SandboxError
from sandbox.record import Call
from sandbox.trouble import WEBSOCKET, Trouble
from sandbox.web_api.arguments import decoded

if TYPE_CHECKING:
    from sandbox.workspace import Workspace

GONE = frozenset({"used_url", "expired_url", "invalid_url"})
MOST_BYTES = 1024**3


class Reply(NamedTuple):
    body: dict[str, Any]
    status: int = 200
    text: str | None = None  # sent instead of the body, which then is only for the record


class Server:
    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace
        self._runner: web.AppRunner | None = None
        self.host = "127.0.0.1"
        self.port = 0
        self.extra_routes: list[web.RouteDef] = []

    @property
    def base_url(self) -> str:
        if not self.port:
            raise SandboxError("the workspace is not serving: use `async with workspace.serving()`")
        return f"http://{self.host}:{self.port}"

    async def start(self) -> None:
        app = web.Application(client_max_size=MOST_BYTES)
        app.add_routes(
            [
                web.post("/api/{method}", self._api),
                web.get("/api/{method}", self._api),
                web.post("/upload/{id}", self._upload),
                web.post("/response/{id}", self._response),
                web.get("/socket/{ticket}", self._socket),
                *self.extra_routes,
            ]
        )
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, self.host, self.port, reuse_address=True).start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        await self._workspace.sockets.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        params = await _params(request)
        token = params.pop("token", None)
        scheme, _, given = request.headers.get("Authorization", "").partition(" ")
        if scheme == "Bearer":
            token = given

        def act() -> Reply:
            return Reply(web_api.call(self._workspace, method, params, token))

        workspace, alive = self._workspace, web_api.is_alive(self._workspace, token)
        if alive and (wait := web_api.to_wait(workspace, method, params)):
            limited = Reply({"ok": False, "error": "ratelimited"}, 429)
            return self._sent(method, params, limited, None, wait)
        trouble = workspace.troubles.next_for(method)
        if trouble is None and alive:
            trouble = workspace.troubles.by_chance(method)
        return await self._answer(request, method, params, act, trouble)

    async def _response(self, request: web.Request) -> web.StreamResponse:
        params = await _params(request)

        def act() -> Reply:
            try:
                return Reply(self._workspace.responses.take(request.match_info["id"], params))
            except Refusal as refusal:
                if refusal.error in GONE:
                    return Reply(refusal.answer(), 404, refusal.error)
                return Reply(refusal.answer(), 400)

        trouble = self._workspace.troubles.next_for("response_url")
        return await self._answer(request, "response_url", params, act, trouble)

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        content = await _content(request)
        file = self._workspace.uploads.get(request.match_info["id"])

        def act() -> Reply:
            if file is None or file.completed_at is not None:
                return Reply({"ok": False, "error": "file_not_found"}, 404, "file_not_found")
            if len(content) != file.length:
                return Reply({"ok": False, "error": "wrong_length"}, 400, "wrong_length")
            file.content = content
            return Reply({"ok": True}, 200, f"OK - {len(content)}")

        params = {"file_id": request.match_info["id"], "length": len(content)}
        trouble = self._workspace.troubles.next_for("upload")
        return await self._answer(request, "upload", params, act, trouble)

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        valid = self._workspace.sockets.spend(request.match_info["ticket"])
        trouble = self._workspace.troubles.next_for(WEBSOCKET)
        if trouble is None and valid:
            return await self._workspace.sockets.serve(request)

        def act() -> Reply:
            return Reply({"ok": False, "error": "spent_ticket"}, 404, "spent_ticket")

        return await self._answer(request, WEBSOCKET, {}, act, trouble)

    async def _answer(
        self,
        request: web.Request,
        method: str,
        params: dict[str, Any],
        act: Callable[[], Reply],
        trouble: Trouble | None,
    ) -> web.StreamResponse:
        if trouble is None:
            reply = act()
            return self._sent(method, params, reply, reply)
        done = act() if trouble.effect else None
        if trouble.delay:
            await asyncio.sleep(trouble.delay)
        if trouble.only_slow:
            done = done or act()
            return self._sent(method, params, done, done)
        if trouble.drop:
            self._keep(method, params, Reply({}, 0), done)
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        return self._sent(method, params, _troubled(trouble), done, trouble.retry_after)

    def _keep(self, method: str, params: dict[str, Any], reply: Reply, done: Reply | None) -> None:
        took_effect = done.body if done is not None and done.body.get("ok") else None
        at = self._workspace.stamps.seconds()
        call = Call(method, params, reply.body, reply.status, took_effect, at)
        self._workspace.record.keep(call)

    def _sent(
        self,
        method: str,
        params: dict[str, Any],
        reply: Reply,
        done: Reply | None,
        retry_after: int | None = None,
    ) -> web.Response:
        headers = {"X-OAuth-Scopes": ",".join(sorted(self._workspace.scopes))}
        if reply.status == 429:  # noqa: PLR2004
            headers["Retry-After"] = str(1 if retry_after is None else retry_after)
        self._keep(method, params, reply, done)
        if reply.text is not None:
            return web.Response(
                text=reply.text, status=reply.status, headers=headers, content_type="text/html"
            )
        return web.json_response(reply.body, status=reply.status, headers=headers)


def _troubled(trouble: Trouble) -> Reply:
    """A status alone is a broken gateway and speaks no JSON; ratelimited is a 429."""
    if trouble.error is None:
        return Reply({}, trouble.status or 500, "")
    limited = trouble.error in ("ratelimited", "rate_limited")
    return Reply({"ok": False, "error": trouble.error}, trouble.status or (429 if limited else 200))


async def _params(request: web.Request) -> dict[str, Any]:
    params: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        body = json.loads(await request.text() or "{}")
        params.update(body if isinstance(body, dict) else {})
    else:
        params.update(await request.post())
    return decoded(params)


async def _content(request: web.Request) -> bytes:
    """The bytes of an upload: the body itself, or the first file part of a multipart form."""
    if not request.content_type.startswith("multipart/"):
        return await request.read()
    for part in (await request.post()).values():
        if isinstance(part, web.FileField):
            return part.file.read()
        if isinstance(part, bytes):
            return part
    return b""
