"""The doorway: who comes in, who does not, and what leaves with the answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from plans_repo.store import accounts
from tests.ui.conftest import PASSWORD, Clock, sign_in, token_in
from ui import downloads
from ui.doorway.sockets import LiveSockets
from ui.installation import Installation
from ui.launcher import sweep

PAGE = {"accept": "text/html"}


def test_a_page_leads_a_stranger_to_sign_in_and_back(browser: TestClient) -> None:
    answer = browser.get("/plan?id=7", headers=PAGE)
    assert (answer.status_code, answer.headers["location"]) == (303, "/account/login?next=%2Fplan%3Fid%3D7")
    assert sign_in(browser, fields={"next": "/plan?id=7"}).headers["location"] == "/plan?id=7"
    assert browser.get("/plan?id=7", headers=PAGE).status_code == 200


@pytest.mark.parametrize("path", ["/api/me", "/media/1.png", "/_stcore/upload_file/a/b", "/download/x/1"])
def test_everything_else_is_refused_to_a_stranger(browser: TestClient, path: str) -> None:
    assert browser.get(path).status_code == 401


def test_a_stranger_gets_no_websocket(browser: TestClient) -> None:
    with pytest.raises(WebSocketDisconnect) as refused, browser.websocket_connect("/_stcore/stream"):
        pass
    assert refused.value.code == 4403


def test_the_sign_in_page_is_chinese_without_any_script(browser: TestClient) -> None:
    page = browser.get("/account/login").text
    assert '<html lang="zh-CN">' in page
    assert "账户名" in page
    assert "<script" not in page


def test_the_sign_in_page_is_english_on_request(browser: TestClient) -> None:
    assert browser.get("/account/language?to=en&next=/account/login").headers["location"] == "/account/login"
    assert "Account name" in browser.get("/account/login").text


def test_a_wrong_password_says_nothing_about_the_account(browser: TestClient) -> None:
    known, unknown = sign_in(browser, "author", "wrong-wrong"), sign_in(browser, "nobody", "wrong-wrong")
    assert known.status_code == unknown.status_code == 401
    assert known.text.replace("author", "") == unknown.text.replace("nobody", "")
    assert 'role="alert"' in known.text


def test_guessing_is_slowed_down_and_the_page_says_for_how_long(browser: TestClient, clock: Clock) -> None:
    for _attempt in range(5):
        sign_in(browser, "author", "wrong-wrong")
    locked = sign_in(browser, "author", PASSWORD)
    assert locked.status_code == 401
    assert "分钟" in locked.text or "秒" in locked.text
    clock.forward(minutes=1)
    assert sign_in(browser, "author", PASSWORD).status_code == 303


def test_a_form_without_its_token_is_refused(browser: TestClient) -> None:
    browser.get("/account/login")
    fields = {"csrf": "made-up", "name": "author", "password": PASSWORD}
    assert browser.post("/account/login", data=fields).status_code == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_a_form_from_a_foreign_page_is_refused(browser: TestClient, origin: str) -> None:
    assert sign_in(browser, headers={"origin": origin}).status_code == 403


def test_a_form_from_our_own_page_is_accepted(browser: TestClient) -> None:
    assert sign_in(browser, headers={"origin": "http://testserver"}).status_code == 303


@pytest.mark.parametrize("next_", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_sign_in_leads_only_to_our_own_pages(browser: TestClient, next_: str) -> None:
    assert sign_in(browser, fields={"next": next_}).headers["location"] == "/"


def test_the_session_cookie_is_out_of_reach_of_scripts(browser: TestClient) -> None:
    cookie = next(value for value in sign_in(browser).headers.get_list("set-cookie") if value.startswith("yy-session="))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


def test_a_spoofed_identity_header_is_dropped(browser: TestClient, signed_in: TestClient) -> None:
    seen = signed_in.get("/seen", headers={"x-yy-ticket": "forged", "X-YY-Session": "forged"}).json()
    assert set(seen) == {"x-yy-ticket", "x-yy-session"}
    assert "forged" not in seen.values()
    signed_in.cookies.delete("yy-session")
    assert browser.get("/seen", headers={"x-yy-ticket": "forged"}).status_code == 401


def test_a_foreign_host_name_is_refused(door_of: Callable[..., TestClient], installation: Installation) -> None:
    browser = door_of(installation, ("localhost",))
    assert browser.get("/account/login").status_code == 400
    assert browser.get("/account/login", headers={"host": "localhost:8501"}).status_code == 200


def test_me_says_who_is_signed_in(signed_in: TestClient) -> None:
    answer = signed_in.get("/api/me").json()
    assert (answer["name"], answer["roles"]) == ("王编", ["plan_author", "simulation_evaluator"])


def test_signing_out_ends_the_live_websocket(signed_in: TestClient) -> None:
    with signed_in.websocket_connect("/_stcore/stream") as socket:
        socket.send_text("还在吗")
        assert socket.receive_text() == "还在吗"
        answer = signed_in.get("/account/logout", headers={"sec-fetch-site": "same-origin"})
        assert answer.headers["location"] == "/account/login"
        with pytest.raises(WebSocketDisconnect) as ended:
            socket.receive_text()
    assert ended.value.code == 4401
    assert signed_in.get("/", headers=PAGE).status_code == 303


def test_a_foreign_page_cannot_sign_somebody_out(signed_in: TestClient) -> None:
    asked = signed_in.get("/account/logout", headers={"sec-fetch-site": "cross-site"})
    assert (asked.status_code, signed_in.get("/api/me").status_code) == (200, 200)
    done = signed_in.post("/account/logout", data={"csrf": token_in(asked.text)})
    assert (done.status_code, signed_in.get("/api/me").status_code) == (303, 401)


def test_an_idle_session_ends(signed_in: TestClient, clock: Clock) -> None:
    clock.forward(minutes=29)
    assert signed_in.get("/api/me").status_code == 200
    clock.forward(minutes=31)
    assert signed_in.get("/api/me").status_code == 401


def test_what_an_open_page_asks_by_itself_keeps_nobody_signed_in(signed_in: TestClient, clock: Clock) -> None:
    assert signed_in.get("/api/stops").json() == {"stops": []}
    clock.forward(minutes=20)
    assert signed_in.get("/api/stops").status_code == 200
    clock.forward(minutes=11)
    assert signed_in.get("/api/me").status_code == 401


def test_a_disabled_account_is_out_at_once(signed_in: TestClient, installation: Installation) -> None:
    admin = accounts.actor_named(installation.store, "admin")
    author = accounts.actor_named(installation.store, "author")
    with installation.store.work(admin) as work:
        accounts.disable(work, author.account)
    assert signed_in.get("/api/me").status_code == 401


def test_who_must_change_the_password_reaches_nothing_else(browser: TestClient) -> None:
    sign_in(browser, "newcomer")
    assert browser.get("/plan", headers=PAGE).headers["location"] == "/account/password"
    assert browser.get("/download/x/1").status_code == 401
    page = browser.get("/account/password")
    fields = {"csrf": token_in(page.text), "old": PASSWORD, "new": "qingshan-lvshui-8", "again": "qingshan-lvshui-8"}
    assert browser.post("/account/password", data=fields).headers["location"] == "/"
    assert browser.get("/", headers=PAGE).status_code == 200


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"again": "something-else"}, "两次输入的新密码不一致"),
        ({"old": "wrong-wrong-wrong"}, "密码"),
        ({"new": "short", "again": "short"}, "密码"),
    ],
)
def test_a_bad_new_password_is_refused_with_a_sentence(
    signed_in: TestClient, changed: dict[str, str], said: str
) -> None:
    token = token_in(signed_in.get("/account/password").text)
    fields = {"csrf": token, "old": PASSWORD, "new": "qingshan-lvshui-8", "again": "qingshan-lvshui-8", **changed}
    answer = signed_in.post("/account/password", data=fields)
    assert answer.status_code == 400
    assert said in answer.text


def test_without_any_account_the_door_says_how_to_make_one(
    door_of: Callable[..., TestClient], empty_installation: Installation
) -> None:
    page = door_of(empty_installation).get("/account/login").text
    assert "yuyan --data DIR account create" in page
    assert 'name="password"' not in page


@pytest.mark.parametrize("path", ["/account/login", "/", "/ui/zh.js", "/api/me"])
def test_every_answer_carries_the_security_headers(signed_in: TestClient, path: str) -> None:
    headers = signed_in.get(path, headers=PAGE).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    policy = headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "object-src 'none'" in policy
    assert "http:" not in policy
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]


def test_the_shell_speaks_chinese_and_allows_its_own_inline_script(signed_in: TestClient) -> None:
    answer = signed_in.get("/", headers=PAGE)
    assert '<html lang="zh-CN">' in answer.text
    assert "<title>预演</title>" in answer.text
    assert answer.text.index("/ui/zh.js") < answer.text.index("var early")
    assert "'sha256-" in answer.headers["content-security-policy"]
    assert int(answer.headers["content-length"]) == len(answer.content)


def test_the_english_shell_carries_no_dictionary(signed_in: TestClient) -> None:
    signed_in.cookies.set("yy-lang", "en")
    assert "/ui/zh.js" not in signed_in.get("/", headers=PAGE).text


def test_an_unknown_download_is_answered_like_a_forbidden_one(signed_in: TestClient) -> None:
    answer = signed_in.get("/download/no-such-kind/1")
    assert answer.status_code == 404
    assert "不存在或无权访问" in answer.text


def test_a_download_carries_its_chinese_name(signed_in: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def report(work: object, id_: str, query: object) -> downloads.File:
        return downloads.File(name=f"评估报告 {id_}.docx", data=b"PK", media_type=downloads.DOCX)

    monkeypatch.setitem(downloads._builders, "test-report", report)
    answer = signed_in.get("/download/test-report/7")
    assert answer.content == b"PK"
    assert "filename*=UTF-8''%E8%AF%84%E4%BC%B0%E6%8A%A5%E5%91%8A%207.docx" in answer.headers["content-disposition"]
    assert answer.headers["cache-control"] == "no-store"


def test_closing_a_session_leaves_the_others_alone(sockets: LiveSockets) -> None:
    with sockets._watched("mine") as mine, sockets._watched("yours") as yours:
        sockets.close("mine")
        assert (mine.is_set(), yours.is_set()) == (True, False)
    assert sockets.sessions() == []


def test_a_session_ended_elsewhere_loses_its_websockets(
    installation: Installation, sockets: LiveSockets, clock: Clock
) -> None:
    ticket = accounts.sign_in(installation.store, "author", PASSWORD, address="", user_agent="")

    async def watched() -> tuple[bool, bool]:
        with sockets._watched(ticket.session) as end:
            look = asyncio.create_task(sweep(installation.store, sockets, every_s=0.01))
            await asyncio.sleep(0.2)
            before = end.is_set()
            clock.forward(minutes=31)
            await asyncio.wait_for(end.wait(), 10)
            look.cancel()
            return before, end.is_set()

    assert asyncio.run(watched()) == (False, True)
