"""The frame of the application as different people see it, in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from plans_repo.store import accounts, jobs
from plans_repo.store.actor import SYSTEM, local_actor
from plans_repo.store.roles import Role
from tests.ui.conftest import APP, PASSWORD, Clock
from ui.components.frame import top_line
from ui.installation import Installation
from ui.navigation import ENTRIES, PAGES

HIDDEN = {"zh": "不存在或无权访问。", "en": "It does not exist, or you may not see it."}


def markup(at: AppTest) -> str:
    return " ".join(element.proto.body for element in at.get("html"))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["author", "organiser", "admin"])
@pytest.mark.parametrize("file", [entry.file for entry in ENTRIES if (PAGES / entry.file).exists()])
def test_every_page_opens_for_everybody(app: Callable[..., AppTest], file: str, name: str, lang: str) -> None:
    at = app(name, file, lang)
    assert not at.exception
    assert at.header or HIDDEN[lang] in [warning.value for warning in at.warning]


def test_the_work_desk_speaks_both_languages(app: Callable[..., AppTest]) -> None:
    zh, en = app("author"), app("author", lang="en")
    assert [zh.header[0].value, en.header[0].value] == ["工作台", "Work desk"]
    assert "青川县应急管理局" in markup(zh)
    assert "Qingchuan County Emergency Bureau" in markup(en)


@pytest.mark.parametrize(("lang", "real", "demo"), [("zh", "实战", "演示数据"), ("en", "Live work", "Demo data")])
def test_the_top_line_speaks_of_real_work_only_where_the_data_are_real(
    app: Callable[..., AppTest], installation: Installation, lang: str, real: str, demo: str
) -> None:
    before = markup(app("author", lang=lang))
    assert (f">{real}<" in before, f">{demo}<" in before) == (True, False)
    with installation.store.work(local_actor("tests")) as work:
        made = accounts.create_account(
            work, "sample", PASSWORD, display_name="示例", roles=[Role.LEADER], demo=True, must_change=False
        )
        accounts.disable(work, made.id)
    after = markup(app("author", lang=lang))
    assert (f">{real}<" in after, f">{demo}<" in after) == (False, True)


def test_a_drill_being_played_is_named_over_demo_data_too() -> None:
    player = local_actor("tests")
    assert "演练：防汛演练" in str(top_line(player, "", playing="防汛演练", is_demo=True))


def test_the_language_in_the_address_wins_over_the_browser(app: Callable[..., AppTest]) -> None:
    at = app("author", lang="zh")
    at.query_params["lang"] = "en"
    assert at.run().header[0].value == "Work desk"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_page_that_is_not_for_somebody_says_what_a_missing_one_says(app: Callable[..., AppTest], lang: str) -> None:
    at = app("author", "accounts_page.py", lang)
    assert [warning.value for warning in at.warning] == [HIDDEN[lang]]
    assert "yy-accounts" not in markup(at)


def test_nobody_sees_anything_without_a_session(installation: Installation) -> None:
    at = AppTest.from_file(APP, default_timeout=30)
    at.user = {"ticket": "forged", "session": "forged"}
    at.run()
    assert ([warning.value for warning in at.warning], at.header, at.get("html")) == ([HIDDEN["zh"]], [], [])


def test_a_page_stops_when_its_session_has_ended(app: Callable[..., AppTest], installation: Installation) -> None:
    at = app("author")
    accounts.sign_out(installation.store, at.user["ticket"])
    at.run()
    assert not at.header
    assert [warning.value for warning in at.warning] == [HIDDEN["zh"]]


def test_a_browser_session_never_passes_to_another_person(
    app: Callable[..., AppTest], installation: Installation
) -> None:
    at = app("author")
    other = accounts.sign_in(installation.store, "organiser", PASSWORD, address="", user_agent="")
    at.user = {"ticket": other.token, "session": other.session}
    assert not at.run().header


def test_a_role_taken_away_is_gone_at_the_next_run(app: Callable[..., AppTest], installation: Installation) -> None:
    at = app("admin", "accounts_page.py")
    assert "yy-accounts" in markup(at)
    administrator = accounts.actor_named(installation.store, "admin")
    with installation.store.work(administrator) as work:
        accounts.change_roles(work, administrator.account, [Role.LEADER])
    at.run()
    assert "yy-accounts" not in markup(at)


def test_the_work_desk_counts_my_running_jobs(
    app: Callable[..., AppTest], installation: Installation, clock: Clock
) -> None:
    author = accounts.actor_named(installation.store, "author")
    with installation.store.work(author) as work:
        jobs.submit(work, "study", {}, total=200)
    shown = markup(app("author"))
    assert "<b>1</b><span>正在运行的任务</span>" in shown
    assert "排队" in shown
    assert "<b>0</b><span>正在运行的任务</span>" in markup(app("organiser"))


def test_my_account_lists_my_devices_and_ends_one(app: Callable[..., AppTest], installation: Installation) -> None:
    elsewhere = accounts.sign_in(installation.store, "author", PASSWORD, address="10.0.0.9", user_agent="phone")
    at = app("author", "me_page.py")
    assert sorted(text.value.split("，")[0] for text in at.text) == ["10.0.0.9", "127.0.0.1"]
    at.button(key=f"end-{elsewhere.session}").click().run()
    assert accounts.whose(installation.store, elsewhere.token) is None
    assert len(at.text) == 1


def test_the_administrator_makes_an_account_that_must_change_its_password(
    app: Callable[..., AppTest], installation: Installation
) -> None:
    at = app("admin", "accounts_page.py")
    at.text_input(key="new-name").set_value("sun")
    at.text_input(key="new-display-name").set_value("孙备")
    at.selectbox(key="new-organisation").set_value(_bureau(installation))
    at.multiselect(key="new-roles").set_value([Role.FILING_OFFICER])
    at.button(key="new-now").click().run()
    assert not at.exception
    password = at.code[0].value
    ticket = accounts.sign_in(installation.store, "sun", password, address="", user_agent="")
    assert ticket.must_change
    sun = accounts.actor_named(installation.store, "sun")
    assert sun.roles == {Role.FILING_OFFICER}
    assert sun.organisation == _bureau(installation)
    row = next(line for line in markup(at).split("<tr>") if ">sun<" in line)
    assert all(words in row for words in ("孙备", "青川县应急管理局", "备案管理员", "待改密码"))


def test_an_account_without_a_body_is_not_made(app: Callable[..., AppTest], installation: Installation) -> None:
    before = _accounts(installation)
    at = app("admin", "accounts_page.py")
    assert at.selectbox(key="new-organisation").value is None
    at.text_input(key="new-name").set_value("sun")
    at.text_input(key="new-display-name").set_value("孙备")
    at.multiselect(key="new-roles").set_value([Role.FILING_OFFICER])
    at.button(key="new-now").click().run()
    assert [said.value for said in at.error] == ["请先选择单位。"]
    assert _accounts(installation) == before


def test_the_whole_system_is_a_choice_said_outright(app: Callable[..., AppTest], installation: Installation) -> None:
    at = app("admin", "accounts_page.py")
    assert at.selectbox(key="new-organisation").options[-1] == "全系统"
    at.text_input(key="new-name").set_value("sun")
    at.text_input(key="new-display-name").set_value("孙备")
    at.selectbox(key="new-organisation").set_value("")
    at.multiselect(key="new-roles").set_value([Role.FILING_OFFICER])
    at.button(key="new-now").click().run()
    assert accounts.actor_named(installation.store, "sun").organisation is None


def test_the_table_of_accounts_has_every_row_with_its_body_and_all_its_roles(
    app: Callable[..., AppTest], installation: Installation
) -> None:
    shown = markup(app("admin", "accounts_page.py"))
    rows = shown.split("<tr>")[2:]
    assert len(rows) == len(_accounts(installation))
    author = next(row for row in rows if ">author<" in row)
    assert all(words in author for words in ("王编", "青川县应急管理局", "编制人、仿真评估人员"))


def test_saved_roles_are_in_the_table_at_once(app: Callable[..., AppTest], installation: Installation) -> None:
    at = app("admin", "accounts_page.py")
    organiser = next(account for account in _accounts(installation) if account.name == "organiser")
    at.selectbox(key="account").select(organiser.id).run()
    at.multiselect(key=f"roles-{organiser.id}").set_value([Role.CONTROLLER])
    next(button for button in at.button if button.label == "保存角色").click().run()
    row = next(line for line in markup(at).split("<tr>") if ">organiser<" in line)
    assert "导调员" in row
    assert "演练组织者" not in row


def test_the_administrator_shuts_and_opens_an_account(app: Callable[..., AppTest], installation: Installation) -> None:
    at = app("admin", "accounts_page.py")
    chosen = next(account for account in _accounts(installation) if account.name == "organiser")
    at.selectbox(key="account").select(chosen.id).run()
    at.button(key="disable").click().run()
    assert next(account for account in _accounts(installation) if account.name == "organiser").disabled
    assert "已停用" in next(line for line in markup(at).split("<tr>") if ">organiser<" in line)
    at.button(key="enable").click().run()
    assert not next(account for account in _accounts(installation) if account.name == "organiser").disabled


def test_two_administrator_roles_in_one_person_are_refused_with_a_sentence(
    app: Callable[..., AppTest], installation: Installation
) -> None:
    at = app("admin", "accounts_page.py")
    before = _accounts(installation)
    at.text_input(key="new-name").set_value("sun")
    at.text_input(key="new-display-name").set_value("孙备")
    at.selectbox(key="new-organisation").set_value(_bureau(installation))
    at.multiselect(key="new-roles").set_value([Role.SYSTEM_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR])
    at.button(key="new-now").click().run()
    assert len(at.error) == 1
    assert _accounts(installation) == before


def _bureau(installation: Installation) -> str:
    """The organisation of the people of the fixture."""
    return accounts.actor_named(installation.store, "author").organisation or ""


def _accounts(installation: Installation) -> tuple[accounts.Account, ...]:
    administrator = accounts.actor_named(installation.store, "admin")
    with installation.store.reading(administrator) as work:
        return accounts.accounts(work)


def test_the_system_itself_has_no_way_in(installation: Installation) -> None:
    assert SYSTEM.roles == frozenset()
    with pytest.raises(Exception, match="sign-in-wrong"):
        accounts.sign_in(installation.store, "system", "", address="", user_agent="")
