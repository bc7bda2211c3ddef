"""Changes of the register taken into the draft or declined, and a kept original read again, on the page of a plan."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from plans_repo import drafts, importing, organisations, plans, replacements
from plans_repo.contacts import Contact, add_contact
from plans_repo.plans import PlanKind
from plans_repo.store import accounts
from plans_repo.store.work import Work, new_uuid
from plans_repo.text.reading import read_plan
from tests import once
from tests.plans_repo.course.walking import EVERYBODY
from tests.ui import planned
from tests.ui.conftest import Clock
from tests.ui.planned import actor, markup
from ui.installation import Installation, open_installation

Open = Callable[..., AppTest]
TITLE = "青川县山洪灾害应急预案"
WORDS = f"""{TITLE}

1 总则

1.1 编制目的

为做好山洪灾害防范应对工作，制定本预案。

2 应急响应

2.1 值班

值班电话0571-87654321，接到险情报告后30分钟内报告县防汛抗旱指挥部。

2.2 夜间

夜间拨打0571-87654321。
"""


def furnish(data: Path) -> None:
    """A plan of the author's body read from a file by poorer rules, and a number of the register that changed since."""
    planned.furnish(data)
    installation = open_installation(data, clock=Clock())
    with installation.store.work(accounts.actor_named(installation.store, "author")) as work:
        reading = read_plan(WORDS.encode(), "山洪.txt", new_id=work.new_id)
        clauses = tuple(
            replace(one, title="编制目的 为做好", text="山洪灾害防范应对工作，制定本预案。")
            if one.title == "编制目的"
            else one
            for one in reading.clauses
        )
        importing.keep(work, replace(reading, clauses=clauses), WORDS.encode(), "山洪.txt", kind=PlanKind.SPECIAL)
    with installation.store.work(EVERYBODY) as work:
        bureau = next(one for one in organisations.organisations(work) if one.name == "青川县应急管理局")
        kept = add_contact(work, Contact(name="甲", post="值班室", phone="0571-87654321", organisation=bureau.id))
        replacements.correct_contact(work, replace(kept, phone="0571-81112222"))
    installation.store.close()


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("register-and-original")
    once.copy_of("register-and-original", data, furnish)
    return data


@contextmanager
def asking(installation: Installation) -> Iterator[Work]:
    with installation.store.reading(actor(installation)) as work:
        yield work


@pytest.fixture
def plan(installation: Installation) -> str:
    with asking(installation) as work:
        return next(one.id for one in plans.list_plans(work) if one.title == TITLE)


def offered(installation: Installation, plan: str) -> list[str]:
    with asking(installation) as work:
        return [one.clause for one in replacements.offers_for(work, plan)]


def drafted(installation: Installation, plan: str) -> str:
    with asking(installation) as work:
        found = drafts.draft(work, plan)
        return "\n".join(one.clause.text for one in found.clauses) if found else ""


def button(at: AppTest, begins: str, number: int = 0) -> Any:
    return [one for one in at.button if (one.key or "").startswith(begins)][number]


def test_a_changed_number_is_taken_into_the_draft_or_declined_with_a_reason(
    app: Open, installation: Installation, plan: str
) -> None:
    before = offered(installation, plan)
    assert len(before) == 2
    at = app("author", "plan_page.py", id=plan, part="health")
    assert any("台账变更，涉及本预案2处" in one.value for one in at.subheader)
    assert "0571-87654321" in markup(at)
    assert "0571-81112222" in markup(at)

    button(at, "leave-").click().run()
    assert "理由" in at.error[0].value
    assert offered(installation, plan) == before
    assert drafted(installation, plan) == ""

    next(one for one in at.text_input if one.key.startswith("why-")).set_value("值班室另有安排，号码不变")
    button(at, "leave-").click().run()
    assert not at.error
    assert any("不再提示" in one.value for one in at.success)
    assert offered(installation, plan) == before[1:]
    assert drafted(installation, plan) == ""  # leaving it writes nothing

    button(at, "take-").click().run()
    assert not at.error
    assert any("已写入初稿" in one.value for one in at.success)
    assert offered(installation, plan) == []
    assert drafted(installation, plan).count("0571-81112222") == 1
    assert drafted(installation, plan).count("0571-87654321") == 1
    assert not [one for one in at.subheader if "台账变更" in one.value]


def test_nobody_but_the_author_is_offered_a_replacement(app: Open, plan: str) -> None:
    for name in ("reviewer", "filing"):
        at = app(name, "plan_page.py", id=plan, part="health")
        assert not [one for one in at.button if (one.key or "").startswith(("take-", "leave-"))], name


def test_what_is_gone_meanwhile_is_refused_in_a_sentence(app: Open, installation: Installation, plan: str) -> None:
    """Two authors take the same offer: the second reads that the words are not there any more."""
    at = app("author", "plan_page.py", id=plan, part="health")
    with installation.store.work(actor(installation)) as work:
        offer = replacements.offers_for(work, plan)[0]
        replacements.accept(work, offer.change.id, plan, offer.clause)
    button(at, "take-").click().run()
    assert len(offered(installation, plan)) <= 1
    assert drafted(installation, plan).count("0571-87654321") == len(offered(installation, plan))


def test_a_kept_original_is_read_again_and_what_differs_goes_into_the_draft(
    app: Open, installation: Installation, plan: str
) -> None:
    with asking(installation) as work:
        before = [one.root_hash for one in plans.versions_of(work, plan)]
    at = app("author", "plan_page.py", id=plan, part="editing")
    at.button(key="reread-now").click().run()
    assert not at.error
    assert any(re.search("1 处不同", one.value) for one in at.info)
    assert "为做好" in markup(at)
    assert drafted(installation, plan) == ""  # shown, not taken

    at.button(key="reread-take").click().run()
    assert not at.error
    assert any("1 处改动已并入初稿" in one.value for one in at.success)
    assert "为做好山洪灾害防范应对工作，制定本预案。" in drafted(installation, plan)
    assert "reread-take" not in [one.key for one in at.button]
    with asking(installation) as work:
        assert [one.root_hash for one in plans.versions_of(work, plan)] == before


def test_an_original_that_reads_the_same_says_so(app: Open, installation: Installation) -> None:
    with asking(installation) as work:
        flood = next(one.id for one in plans.list_plans(work) if one.title != TITLE)
    at = app("author", "plan_page.py", id=flood, part="editing")
    at.button(key="reread-now").click().run()
    assert not at.error
    assert any("相同" in one.value for one in at.success)
    assert "reread-take" not in [one.key for one in at.button]


def test_without_a_kept_file_there_is_nothing_to_read_again(app: Open, installation: Installation) -> None:
    with installation.store.work(actor(installation)) as work:
        body = work.actor.organisation
        made = plans.create_plan(work, "青川县地震应急预案", kind=PlanKind.SPECIAL, organisation=body).id
        clauses = read_plan(WORDS.encode(), "山洪.txt", new_id=new_uuid).clauses
        plans.make_version(work, made, clauses, reason="编制", trigger=plans.Trigger.FIRST)
    at = app("author", "plan_page.py", id=made, part="editing")
    assert not at.exception
    assert "reread-now" not in [one.key for one in at.button]
