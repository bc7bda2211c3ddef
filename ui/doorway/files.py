"""`/ui/*`, the favourite icon, who I am, what is stopped, and downloads."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from drills.conduct.playing import Stop, stops
from plans_repo.store.actor import Actor
from plans_repo.store.work import Store
from sim.errors import CodedError
from ui import downloads
from ui.doorway import paths, sheets
from ui.doorway.account import language_of
from ui.wording import _, choose_language, sentence, speaking

STATIC = Path(__file__).parents[1] / "static"


class FileRoutes:
    """What is fetched beside the pages."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def routes(self) -> list[Route | Mount]:
        """The routes to hand to the application."""
        return [
            Route(paths.ME, self.me),
            Route(paths.STOPS, self.stops),
            Route("/download/{kind}/{id}", self.download),
            Route("/favicon.png", _icon),
            Route("/robots.txt", _robots),
            Mount("/ui", StaticFiles(directory=STATIC)),
        ]

    async def me(self, request: Request) -> Response:
        """Who is signed in here; the page asks this when its connection drops."""
        actor: Actor = request.scope["yuyan"].actor
        answer = {"name": actor.name, "roles": sorted(actor.roles), "organisation": actor.organisation}
        return JSONResponse(answer, headers={"cache-control": "no-store"})

    async def stops(self, request: Request) -> Response:
        """The drills stopped now of those this person sees; every open page asks every few seconds."""
        found = await to_thread.run_sync(self._stops, request.scope["yuyan"].actor)
        told = [
            {"title": one.title, "title_en": one.title_en, "reason": one.reason, "at": one.at.isoformat()}
            for one in found
        ]
        return JSONResponse({"stops": told}, headers={"cache-control": "no-store"})

    async def download(self, request: Request) -> Response:
        """A file built for this person by the builder of its kind."""
        spoken = language_of(request)
        choose_language(spoken)
        try:
            file = await to_thread.run_sync(self._build, request, spoken)
        except CodedError as error:
            return sheets.words_sheet(_("无法下载"), sentence(error), 404)
        return Response(file.data, media_type=file.media_type, headers=_download_headers(file.name))

    def _stops(self, actor: Actor) -> tuple[Stop, ...]:
        with self.store.reading(actor) as work:
            return stops(work)

    def _build(self, request: Request, spoken: str) -> downloads.File:
        builder = downloads.builder(request.path_params["kind"])
        with speaking(spoken), self.store.reading(request.scope["yuyan"].actor) as work:
            return builder(work, request.path_params["id"], dict(request.query_params))


def _download_headers(name: str) -> dict[str, str]:
    """RFC 5987: the name in UTF-8, with a plain one for old programs."""
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "._-") else "_" for sign in name)
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return {"content-disposition": disposition, "cache-control": "no-store"}


async def _icon(_request: Request) -> Response:
    return FileResponse(STATIC / "favicon.png")


async def _robots(_request: Request) -> Response:
    return PlainTextResponse("User-agent: *\nDisallow: /\n")
