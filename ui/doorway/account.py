"""The routes under `/account`: sign in, sign out, change the password, choose the language."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from plans_repo.errors import PlansRepoError
from plans_repo.store import accounts
from plans_repo.store.accounts import Standing
from plans_repo.store.work import Store
from ui.doorway import forms, paths, sheets
from ui.doorway.gate import COOKIE
from ui.doorway.sockets import LiveSockets
from ui.wording import _, choose_language
from ui.wording.errors import plain_sentence

LANGUAGE_COOKIE = "yy-lang"
YEAR_S = 365 * 24 * 3600


class AccountRoutes:
    """Sign-in and what belongs to it, over a store and the live WebSockets."""

    def __init__(self, store: Store, sockets: LiveSockets) -> None:
        self.store, self.sockets = store, sockets

    def routes(self) -> list[Route]:
        """The routes to hand to the application."""
        return [
            Route(paths.LOGIN, self.login, methods=["GET", "POST"]),
            Route(paths.LOGOUT, self.logout, methods=["GET", "POST"]),
            Route(paths.PASSWORD, self.password, methods=["GET", "POST"]),
            Route(paths.LANGUAGE, self.language, methods=["GET"]),
        ]

    async def login(self, request: Request) -> Response:
        """The form, or what follows from it."""
        choose_language(language_of(request))
        if request.method == "POST":
            return await self._sign_in(request)
        if not await to_thread.run_sync(accounts.has_accounts, self.store):
            return sheets.first_run_sheet()
        next_ = paths.local(request.query_params.get("next", "/"))
        return _with_token(request, partial(sheets.sign_in_sheet, next_=next_))

    async def logout(self, request: Request) -> Response:
        """End this session everywhere; asks first when a foreign page led here."""
        choose_language(language_of(request))
        if request.method == "POST":
            if not forms.is_ours(request, await forms.fields_of(request)):
                return _not_ours()
        elif not forms.comes_from_us(request):
            return _with_token(request, sheets.logout_sheet)
        ended = await to_thread.run_sync(accounts.sign_out, self.store, request.cookies.get(COOKIE, ""))
        if ended:
            self.sockets.close(ended)
        response = RedirectResponse(paths.LOGIN, 303)
        response.delete_cookie(COOKIE)
        return response

    async def password(self, request: Request) -> Response:
        """The form to change one's password, or what follows from it."""
        choose_language(language_of(request))
        forced = request.scope["yuyan"].must_change
        page = partial(sheets.password_sheet, forced=forced)
        if request.method == "GET":
            return _with_token(request, page)
        fields = await forms.fields_of(request)
        if not forms.is_ours(request, fields):
            return _not_ours()
        if fields.get("new", "") != fields.get("again", ""):
            return _with_token(request, partial(page, problem=_("两次输入的新密码不一致。"), status=400))
        return await self._change(request, fields, page)

    async def language(self, request: Request) -> Response:
        """Remember the language on this browser and go back to where the person was."""
        chosen = "en" if request.query_params.get("to") == "en" else "zh"
        came_from = urlsplit(request.headers.get("referer", ""))
        back = request.query_params.get("next") or came_from._replace(scheme="", netloc="").geturl() or "/"
        response = RedirectResponse(paths.local(back), 303)
        forms.keep(response, request, LANGUAGE_COOKIE, chosen, YEAR_S)
        return response

    async def _sign_in(self, request: Request) -> Response:
        fields = await forms.fields_of(request)
        if not forms.is_ours(request, fields):
            return _not_ours()
        next_ = paths.local(fields.get("next", "/"))
        name = fields.get("name", "").strip()
        try:
            ticket = await to_thread.run_sync(partial(self._ticket, request, name, fields.get("password", "")))
        except PlansRepoError as error:
            page = partial(sheets.sign_in_sheet, problem=plain_sentence(error), status=401, name=name, next_=next_)
            return _with_token(request, page)
        response = RedirectResponse(next_, 303)
        forms.keep(response, request, COOKIE, ticket)
        return response

    def _ticket(self, request: Request, name: str, password: str) -> str:
        """Argon2 takes a tenth of a second on purpose, so this runs in a thread."""
        address = request.client.host if request.client else ""
        browser = request.headers.get("user-agent", "")[:200]
        return accounts.sign_in(self.store, name, password, address=address, user_agent=browser).token

    async def _change(self, request: Request, fields: dict[str, str], page: Callable[..., Response]) -> Response:
        standing: Standing = request.scope["yuyan"]
        passwords = (fields.get("old", ""), fields.get("new", ""))
        change = partial(accounts.change_password, self.store, standing.actor, *passwords, session=standing.session)
        try:
            ended = await to_thread.run_sync(change)
        except PlansRepoError as error:
            return _with_token(request, partial(page, problem=plain_sentence(error), status=400))
        self.sockets.close(*ended)
        return RedirectResponse("/", 303)


def language_of(request: Request) -> str:
    """The language of a request: chosen on this browser, asked for in the address, the browser's, Chinese."""
    chosen = request.cookies.get(LANGUAGE_COOKIE) or request.query_params.get("lang", "")
    if chosen in ("zh", "en"):
        return chosen
    return "en" if request.headers.get("accept-language", "zh").lower().startswith("en") else "zh"


def _with_token(request: Request, page: Callable[..., Response]) -> Response:
    """A page with a form, its double-submit value in form and cookie."""
    token = forms.token_for(request)
    response = page(csrf=token)
    forms.keep(response, request, forms.CSRF, token)
    return response


def _not_ours() -> Response:
    return sheets.words_sheet(_("请求被拒绝"), _("该请求不是从本系统页面发出的，请返回后重试。"), 403)
