"""The doorway's own pages: plain HTML from the first byte, no script needed."""

from __future__ import annotations

from starlette.responses import HTMLResponse

from ui.components.html import Html, join, tag
from ui.wording import _, language


def sheet(title: str, *content: Html, status: int = 200) -> HTMLResponse:
    """A page with the name of the application above *content*."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", f"{title} · {_('预演')}"),
        tag("link", rel="icon", href="/favicon.png"),
        tag("link", rel="stylesheet", href="/ui/doorway.css"),
    )
    brand = tag("header", tag("b", _("预演")), tag("span", _("应急预案与演练管理系统")))
    body = tag("body", tag("main", brand, tag("h1", title), *content), tag("footer", _foot()))
    return HTMLResponse("<!DOCTYPE html>" + tag("html", head, body, lang=_tongue()), status)


def sign_in_sheet(*, csrf: str, next_: str, name: str = "", problem: str = "", status: int = 200) -> HTMLResponse:
    """The sign-in form."""
    form = tag(
        "form",
        _said(problem),
        _hidden("csrf", csrf),
        _hidden("next", next_),
        _field("name", _("账户名"), "text", "username", value=name),
        _field("password", _("密码"), "password", "current-password"),
        tag("button", _("登录"), type="submit"),
        method="post",
        action="/account/login",
    )
    return sheet(_("登录"), form, status=status)


def first_run_sheet() -> HTMLResponse:
    """What an installation without any account says."""
    command = "yuyan --data DIR account create NAME --role system_administrator"
    return sheet(
        _("尚未建立账户"),
        tag("p", _("本系统没有默认密码。请在服务器上运行以下命令，建立系统管理员账户，然后刷新本页：")),
        tag("pre", command),
    )


def password_sheet(*, csrf: str, forced: bool, problem: str = "", status: int = 200) -> HTMLResponse:
    """The form to change one's password."""
    why = tag("p", _("密码已被重置或首次登录，请先设置新密码。")) if forced else Html("")
    form = tag(
        "form",
        _said(problem),
        _hidden("csrf", csrf),
        _field("old", _("当前密码"), "password", "current-password"),
        _field("new", _("新密码"), "password", "new-password"),
        _field("again", _("再输入一次新密码"), "password", "new-password"),
        tag("button", _("修改密码"), type="submit"),
        method="post",
        action="/account/password",
    )
    away = tag("p", tag("a", _("退出") if forced else _("返回工作台"), href="/account/logout" if forced else "/"))
    return sheet(_("修改密码"), why, form, away, status=status)


def logout_sheet(*, csrf: str) -> HTMLResponse:
    """The question asked when something other than our own page led to signing out."""
    form = tag(
        "form",
        _hidden("csrf", csrf),
        tag("button", _("退出登录"), type="submit"),
        method="post",
        action="/account/logout",
    )
    return sheet(_("确定退出登录吗？"), form, tag("p", tag("a", _("返回工作台"), href="/")))


def words_sheet(title: str, words: str, status: int) -> HTMLResponse:
    """A page that says one thing and leads back."""
    return sheet(title, tag("p", words), tag("p", tag("a", _("返回工作台"), href="/")), status=status)


def _field(name: str, label: str, kind: str, autocomplete: str, value: str = "") -> Html:
    box = tag(
        "input",
        id=name,
        name=name,
        type=kind,
        autocomplete=autocomplete,
        value=value,
        required="required",
        maxlength=200,
    )
    return join([tag("label", label, for_=name), box])


def _hidden(name: str, value: str) -> Html:
    return tag("input", type="hidden", name=name, value=value)


def _said(problem: str) -> Html:
    return tag("p", problem, cls="problem", role="alert") if problem else Html("")


def _foot() -> Html:
    other, label = ("en", "English") if language() == "zh" else ("zh", "中文")
    return join([tag("a", label, href=f"/account/language?to={other}"), tag("span", _("请勿录入涉密信息"))], " · ")


def _tongue() -> str:
    return "zh-CN" if language() == "zh" else "en"
