"""The library and the plan page: what they show, and that every control does what it says."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from streamlit.testing.v1 import AppTest

from plans_repo import comments, drafts, plans, targets
from plans_repo.course import passage as course
from plans_repo.course.passage import Attachment
from plans_repo.course.stages import Move, PaperKind, Process, Stage
from plans_repo.errors import PlansRepoError
from plans_repo.histories import moves_of
from plans_repo.intake import take_file
from plans_repo.plan_difference import difference
from plans_repo.plans import Plan, PlanKind, Trigger
from plans_repo.proposals import procedure_for, unbound_limits
from plans_repo.text.clause import ClauseKind, SemanticType
from plans_repo.wanted import Group, Order
from sim.circumstance import Circumstance
from sim.figure import Mark
from sim.procedure import Hazard, Procedure, TargetKind
from tests.plans_repo.course.walking import ready
from tests.ui.conftest import Clock
from tests.ui.planned import actor, flood, furnished, markup
from ui import downloads
from ui.installation import Installation
from ui.sections.opened import plan_address
from ui.todos import todos

assert flood
assert furnished

HIDDEN = "不存在或无权访问。"
PLAN_ROW = 'data-label="预案"'
TEXT = "# 某镇山洪灾害应急预案\n\n## 一、总则\n\n接报后30分钟内到达现场。\n".encode()


def submit(at: AppTest, key: str) -> AppTest:
    return at.button(key=key).click().run()


def send(at: AppTest, name: str) -> AppTest:
    """Press a button of the version shown, whichever that is."""
    return submit(at, next(button.key for button in at.button if str(button.key).startswith(f"{name}-")))


def newest(installation: Installation, plan: Plan) -> plans.VersionSummary:
    with installation.store.reading(actor(installation)) as work:
        return plans.version_of(work, plan.id)


def procedure(installation: Installation, plan: Plan) -> Procedure:
    with installation.store.reading(actor(installation)) as work:
        found = plans.procedure_of(work, plan.id)
    assert found is not None
    return found


# the library


def test_the_library_lists_a_plan_with_its_facts_and_leads_to_it(app: Callable[..., AppTest], flood: Plan) -> None:
    shown = markup(app("author", "library_page.py"))
    assert f'<a href="/plan?id={flood.id}" target="_self" class="yy-link">清川县防汛应急预案</a>' in shown
    assert all(word in shown for word in ("专项应急预案", "防汛", "起草", "<b>1</b><span>预案总数</span>"))


@pytest.mark.parametrize(
    ("key", "fitting", "other"),
    [
        ("q", "防汛", "森林"),
        ("kind", PlanKind.SPECIAL, PlanKind.OVERALL),
        ("subject", "flood", "mine"),
        ("state", Stage.DRAFT, Stage.IN_FORCE),
    ],
)
def test_every_filter_of_the_library_filters(app: Callable[..., AppTest], key: str, fitting: Any, other: Any) -> None:
    at = app("author", "library_page.py")
    control = at.text_input(key=key) if key == "q" else at.selectbox(key=key)
    control.set_value(fitting).run()
    assert "清川县防汛应急预案" in markup(at)
    control = at.text_input(key=key) if key == "q" else at.selectbox(key=key)
    control.set_value(other).run()
    assert "清川县防汛应急预案" not in markup(at)
    assert "没有符合条件的预案" in markup(at)


def test_the_order_of_the_library_stands_in_the_address(app: Callable[..., AppTest], flood: Plan) -> None:
    at = app("author", "library_page.py")
    at.selectbox(key="sort").set_value(Order.EVALUATION).run()
    assert dict(at.query_params) == {"sort": "evaluation"}
    again = app("author", "library_page.py", lang="en", sort="issued")
    assert again.selectbox(key="sort").value is Order.ISSUED
    assert flood.title in markup(again)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_filters_stand_in_the_address_as_codes(app: Callable[..., AppTest], lang: str) -> None:
    """A link that was copied in one language shows the same in the other; what is no code is no filter."""
    at = app("author", "library_page.py")
    at.selectbox(key="kind").set_value(PlanKind.SPECIAL)
    at.selectbox(key="subject").set_value("flood")
    at.selectbox(key="state").set_value(Stage.DRAFT).run()
    link = dict(at.query_params)
    assert link == {"kind": "special", "subject": "flood", "state": "draft"}
    opened = app("author", "library_page.py", lang=lang, **link)
    assert [opened.selectbox(key=key).value for key in link] == [PlanKind.SPECIAL, "flood", Stage.DRAFT]
    assert "清川县防汛应急预案" in markup(opened)
    none = ("No plan fits", "没有符合条件的预案")[lang == "zh"]
    assert none in markup(app("author", "library_page.py", lang=lang, kind="overall"))
    assert none in markup(app("author", "library_page.py", lang=lang, q="森林"))
    worded = app("author", "library_page.py", lang=lang, kind="专项应急预案")
    assert (worded.selectbox(key="kind").value, "kind" in worded.query_params) == (None, False)


def test_every_counter_of_the_library_leads_to_the_plans_it_counts(app: Callable[..., AppTest]) -> None:
    shown = markup(app("author", "library_page.py"))
    counted = re.findall(r'<a href="(/plans[^"]*)"[^>]*yy-counter[^>]*><b>(\d+)</b>', shown)
    assert [way for way, _count in counted] == ["/plans", *(f"/plans?group={one.value}" for one in Group)]
    for group, (_way, count) in zip(Group, counted[1:], strict=True):
        listed = markup(app("author", "library_page.py", group=group.value))
        assert listed.count(PLAN_ROW) == int(count)
        assert "只列“" in listed


@pytest.mark.parametrize(("lang", "special"), [("zh", "专项应急预案"), ("en", "special plan")])
def test_the_tree_beside_the_library_leads_along_area_body_and_kind(
    app: Callable[..., AppTest], flood: Plan, lang: str, special: str
) -> None:
    def tree(**path: str) -> str:
        shown = markup(app("author", "library_page.py", lang=lang, **path))
        return shown[shown.index('class="yy-tree"') : shown.index("</nav>")]

    county, body = quote(flood.area, safe=""), flood.organisation
    assert f"/plans?area={county}&amp;maker={body}" in tree(), "the reader's own area is open"
    assert special not in tree(), "what nobody opened is closed"
    opened = tree(area=flood.area, maker=body or "", state="draft")
    assert f"/plans?state=draft&amp;area={county}&amp;maker={body}&amp;kind=special" in opened
    assert special in opened
    assert opened.count("yy-chosen") == 1
    assert special not in tree(state="in_force"), "branches without plans are not drawn"


def test_who_may_not_edit_is_offered_no_import(app: Callable[..., AppTest]) -> None:
    assert not app("organiser", "library_page.py").file_uploader


def was_read(at: AppTest, name: str = "山洪.md", data: bytes = TEXT) -> AppTest:
    at.file_uploader(key="import-file").set_value((name, data, "text/plain"))
    return submit(at, "import-now")


def imported(at: AppTest) -> AppTest:
    return submit(was_read(at), "import-save")


def test_a_file_becomes_a_plan_and_every_character_is_accounted_for(
    app: Callable[..., AppTest], installation: Installation
) -> None:
    at = imported(app("author", "library_page.py"))
    shown = markup(at)
    assert "已导入“某镇山洪灾害应急预案”。" in [said.value for said in at.success]
    assert "<span>原文可见字符</span>" in shown
    assert "30 分" in shown
    with installation.store.reading(actor(installation)) as work:
        assert "某镇山洪灾害应急预案" in [plan.title for plan in plans.list_plans(work)]


def test_after_an_import_counters_and_list_hold_the_new_plan(app: Callable[..., AppTest]) -> None:
    at = imported(app("author", "library_page.py"))
    account = markup(at)
    assert "打开这件预案</a>" in account
    assert "预案总数" not in account  # the account stands by itself, not above a list
    shown = markup(submit(at, "import-done"))
    assert "<b>2</b><span>预案总数</span>" in shown
    assert "<b>2</b><span>正在起草或修订</span>" in shown
    assert "某镇山洪灾害应急预案</a>" in shown


@pytest.mark.parametrize(
    ("key", "value", "field"),
    [("import-kind", PlanKind.TOWNSHIP, "kind"), ("import-hazard", Hazard.FIRE, "hazard")],
)
def test_what_is_chosen_at_import_is_what_is_stored(
    app: Callable[..., AppTest], installation: Installation, key: str, value: Any, field: str
) -> None:
    at = app("author", "library_page.py")
    at.selectbox(key=key).set_value(value)
    imported(at)
    with installation.store.reading(actor(installation)) as work:
        made = next(plan for plan in plans.list_plans(work) if plan.title == "某镇山洪灾害应急预案")
    assert getattr(made, field) == value


@pytest.mark.parametrize(("name", "data"), [("空.docx", b""), ("坏.docx", b"PK\x03\x04 not a document")])
def test_a_bad_file_is_refused_with_one_sentence_and_nothing_is_stored(
    app: Callable[..., AppTest], installation: Installation, name: str, data: bytes
) -> None:
    at = was_read(app("author", "library_page.py"), name, data)
    assert len(at.error) == 1
    assert not at.exception
    with installation.store.reading(actor(installation)) as work:
        assert len(plans.list_plans(work)) == 1


def test_no_file_is_asked_for(app: Callable[..., AppTest]) -> None:
    at = submit(app("author", "library_page.py"), "import-now")
    assert [said.value for said in at.error] == ["请先选择文件。"]


# the plan page


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("text", "yy-outline"),
        ("procedure", "要求把握"),
        ("history", "正文校验码"),
        ("comparison", "只有一个版本"),
        ("editing", "目前没有初稿"),
        ("moves", "征求意见函"),
    ],
)
def test_each_part_of_a_plan_opens_at_its_address_and_alone(
    app: Callable[..., AppTest], flood: Plan, part: str, words: str
) -> None:
    at = app("author", "plan_page.py", id=flood.id, part=part)
    others = {"yy-outline", "要求把握", "正文校验码", "只有一个版本", "目前没有初稿", "征求意见函"} - {words}
    assert not at.exception
    assert words in markup(at)
    assert not any(other in markup(at) for other in others)


def test_the_address_tells_the_part_that_is_shown_in_either_language(app: Callable[..., AppTest], flood: Plan) -> None:
    at = app("author", "plan_page.py", id=flood.id)
    at.query_params["part"] = "history"
    assert "正文校验码" in markup(at.run())
    assert "Text hash" in markup(app("author", "plan_page.py", lang="en", id=flood.id, part="history"))
    unknown = app("author", "plan_page.py", id=flood.id, part="历史")
    assert "part" not in unknown.query_params
    assert "yy-outline" in markup(unknown)


def test_the_head_says_what_the_plan_is(app: Callable[..., AppTest], flood: Plan) -> None:
    at = app("author", "plan_page.py", id=flood.id)
    assert at.header[0].value == "清川县防汛应急预案"
    assert all(word in markup(at) for word in ("起草", "专项应急预案", "青川县应急管理局", "征求意见", "yy-steps"))


def test_a_clause_shows_what_is_bound_to_it_and_every_clause_is_there(
    app: Callable[..., AppTest], installation: Installation, flood: Plan
) -> None:
    shown = markup(app("author", "plan_page.py", id=flood.id))
    with installation.store.reading(actor(installation)) as work:
        clauses = plans.text_of(work, flood.id)
    assert all(f'id="c-{clause.id}"' in shown for clause in clauses)
    assert "<b>目标</b> 下达转移指令" in shown
    assert "<table" in shown
    target = next(item for item in procedure(installation, flood).targets if item.clause)
    cited = markup(app("author", "plan_page.py", id=flood.id, clause=target.clause))
    assert "所引条款" in cited
    assert "所引条款" not in shown
    assert "yy-asked" in cited


def test_without_a_plan_the_page_leads_to_the_library(app: Callable[..., AppTest]) -> None:
    assert 'href="/plans"' in markup(app("author", "plan_page.py"))


@pytest.mark.parametrize("wanted", ["", "no-such-plan"])
def test_an_unknown_plan_does_not_exist(app: Callable[..., AppTest], wanted: str) -> None:
    at = app("author", "plan_page.py", id=wanted)
    assert [said.value for said in at.error] == [HIDDEN]
    assert not at.header


def test_a_plan_in_english_has_no_chinese_frame(app: Callable[..., AppTest], flood: Plan) -> None:
    shown = markup(app("author", "plan_page.py", lang="en", id=flood.id, part="procedure"))
    assert "Proposed, to be confirmed" in shown
    assert "要求把握" not in shown


# the procedure


def test_confirming_accepts_every_proposed_target(
    app: Callable[..., AppTest], installation: Installation, flood: Plan
) -> None:
    at = send(app("author", "plan_page.py", id=flood.id, part="procedure"), "confirm")
    assert not at.exception
    assert not any(target.proposed for target in procedure(installation, flood).targets)
    assert newest(installation, flood).trigger is Trigger.CONFIRMATION
    assert not at.warning


@pytest.mark.parametrize(
    ("key", "value", "field", "stored"),
    [
        ("limit", 20.0, "limit_min", 20.0),
        ("assurance", 80.0, "assurance", 0.8),
        ("fate", "drop", None, None),
    ],
)
def test_every_field_of_the_target_form_changes_the_target(
    app: Callable[..., AppTest],
    installation: Installation,
    flood: Plan,
    key: str,
    value: Any,
    field: str | None,
    stored: Any,
) -> None:
    before = procedure(installation, flood).targets[0]
    at = app("author", "plan_page.py", id=flood.id, part="procedure")
    control = at.radio if key == "fate" else at.number_input
    name = f"{before.id}-{newest(installation, flood).id}"
    control(key=f"{key}-{name}").set_value(value)
    at.text_input(key=f"reason-{name}").set_value("演练表明")
    send(at, "save-target")
    after = {target.id: target for target in procedure(installation, flood).targets}
    assert newest(installation, flood).reason == "演练表明"
    if field is None:
        assert before.id not in after
        return
    assert getattr(after[before.id], field) == stored
    assert not after[before.id].proposed
    assert after[before.id].mark is (before.mark if field == "assurance" else Mark.EXPERT)


def test_the_target_chosen_is_the_one_changed(
    app: Callable[..., AppTest], installation: Installation, flood: Plan
) -> None:
    first, second = procedure(installation, flood).targets[:2]
    at = app("author", "plan_page.py", id=flood.id, part="procedure")
    at.selectbox(key="target").set_value(second.id).run()
    name = f"{second.id}-{newest(installation, flood).id}"
    at.number_input(key=f"limit-{name}").set_value(25.0)
    at.text_input(key=f"reason-{name}").set_value("演练表明")
    send(at, "save-target")
    after = {target.id: target for target in procedure(installation, flood).targets}
    assert (after[first.id], after[second.id].limit_min) == (first, 25.0)


def test_a_target_is_not_changed_without_a_reason(
    app: Callable[..., AppTest], installation: Installation, flood: Plan
) -> None:
    target = procedure(installation, flood).targets[0]
    at = app("author", "plan_page.py", id=flood.id, part="procedure")
    at.number_input(key=f"limit-{target.id}-{newest(installation, flood).id}").set_value(20.0)
    send(at, "save-target")
    assert len(at.error) == 1
    assert procedure(installation, flood).targets[0] == target


def test_only_the_chosen_targets_are_confirmed(
    app: Callable[..., AppTest], installation: Installation, flood: Plan
) -> None:
    first, *others = procedure(installation, flood).targets
    at = app("author", "plan_page.py", id=flood.id, part="procedure")
    assert set(at.multiselect(key=f"confirm-which-{newest(installation, flood).id}").value) == {
        first.id,
        *(target.id for target in others),
    }
    at.multiselect(key=f"confirm-which-{newest(installation, flood).id}").set_value([first.id])
    send(at, "confirm")
    after = procedure(installation, flood).targets
    assert [target.id for target in after if not target.proposed] == [first.id]
    with installation.store.work(actor(installation)) as work, pytest.raises(PlansRepoError, match="target-unknown"):
        plans.confirm(work, flood.id, ["none"])


def test_a_target_only_the_template_recommends_is_not_chosen_beforehand(
    app: Callable[..., AppTest], installation: Installation
) -> None:
    with installation.store.work(actor(installation)) as work:
        text = "# 某县防汛应急预案\n\n## 一、总则\n\n做好防汛。\n".encode()
        bare = take_file(work, text, "某县.md", propose=procedure_for).first
    at = app("author", "plan_page.py", id=bare.plan, part="procedure")
    assert len(at.multiselect(key=f"confirm-which-{bare.version}").options) > 1
    assert at.multiselect(key=f"confirm-which-{bare.version}").value == []
    send(at, "confirm")
    assert [said.value for said in at.error] == ["请先选取要确认的目标。"]
    with installation.store.reading(actor(installation)) as work:
        assert len(plans.versions_of(work, bare.plan)) == 1


def test_levels_circumstances_start_task_and_clause_of_a_target_change(
    app: Callable[..., AppTest], installation: Installation, flood: Plan
) -> None:
    name = "F2-limit"
    with installation.store.reading(actor(installation)) as work:
        clause = plans.text_of(work, flood.id)[0].id
    at = app("author", "plan_page.py", id=flood.id, part="procedure")
    at.selectbox(key="target").set_value(name).run()
    key = f"{name}-{newest(installation, flood).id}"
    at.multiselect(key=f"levels-{key}").set_value(["Ⅰ级"])
    at.multiselect(key=f"circumstances-{key}").set_value([Circumstance.NIGHT])
    at.selectbox(key=f"start-{key}").set_value("clock:water")
    at.selectbox(key=f"task-{key}").set_value("F3")
    at.selectbox(key=f"clause-{key}").set_value(clause)
    at.text_input(key=f"reason-{key}").set_value("演练表明")
    send(at, "save-target")
    after = next(target for target in procedure(installation, flood).targets if target.id == name)
    assert (after.levels, after.circumstances) == (("Ⅰ级",), (Circumstance.NIGHT,))
    assert (after.mark, after.source) == (Mark.EXPERT, "演练表明")
    assert (after.starts, after.task, after.clause) == ("clock:water", "F3", clause)
    assert "Ⅰ级响应，夜间：自洪水到达起" in markup(app("author", "plan_page.py", id=flood.id, part="procedure"))


def begin_from(at: AppTest, installation: Installation, flood: Plan, option: int) -> str:
    """Choose where a new target is taken from; answers what the keys of its form end with."""
    version = newest(installation, flood).id
    at.selectbox(key=f"new-from-{version}").select_index(option).run()
    key = next(str(one.key) for one in at.text_input if str(one.key).startswith("title-new-"))
    return key.removeprefix("title-")


def test_a_limit_of_the_text_without_a_target_becomes_one(
    app: Callable[..., AppTest], installation: Installation, flood: Plan
) -> None:
    before = procedure(installation, flood)
    with installation.store.reading(actor(installation)) as work:
        limits = unbound_limits(before, plans.text_of(work, flood.id))
    at = app("author", "plan_page.py", id=flood.id, part="procedure")
    key = begin_from(at, installation, flood, 1)
    assert at.number_input(key=f"limit-{key}").value == limits[0].minutes
    at.text_input(key=f"title-{key}").set_value("移交现场指挥权")
    at.selectbox(key=f"task-{key}").set_value("F4")
    at.text_input(key=f"reason-{key}").set_value("列入检验")
    send(at, "add-target")
    assert not at.error
    added = procedure(installation, flood).targets[-1]
    assert (added.title, added.task, added.limit_min) == ("移交现场指挥权", "F4", limits[0].minutes)
    assert (added.clause, added.mark, added.proposed) == (limits[0].clause, Mark.PLAN, False)
    with installation.store.reading(actor(installation)) as work:
        assert limits[0] not in unbound_limits(procedure(installation, flood), plans.text_of(work, flood.id))


def test_after_a_limit_was_added_the_form_begins_anew_and_the_next_shows_its_own(
    app: Callable[..., AppTest], installation: Installation, flood: Plan
) -> None:
    at = app("author", "plan_page.py", id=flood.id, part="procedure")
    key = begin_from(at, installation, flood, 1)
    at.text_input(key=f"title-{key}").set_value("移交现场指挥权")
    at.text_input(key=f"reason-{key}").set_value("列入检验")
    send(at, "add-target")
    assert at.selectbox(key=f"new-from-{newest(installation, flood).id}").value == "by-hand"
    with installation.store.reading(actor(installation)) as work:
        limits = unbound_limits(procedure(installation, flood), plans.text_of(work, flood.id))
    key = begin_from(at, installation, flood, 1)
    assert at.number_input(key=f"limit-{key}").value == limits[0].minutes
    assert at.selectbox(key=f"clause-{key}").value == limits[0].clause
    assert (at.text_input(key=f"title-{key}").value, at.text_input(key=f"reason-{key}").value) == ("", "")


def change_meanwhile(installation: Installation, flood: Plan) -> None:
    """Another author adds a target of their own."""
    with installation.store.work(actor(installation)) as work:
        found = plans.procedure_of(work, flood.id)
        assert found is not None
        fresh = replace(found.targets[0], title="他人的目标", proposed=False)
        plans.set_procedure(work, flood.id, targets.with_added(found, fresh), reason="他人修改")


@pytest.mark.parametrize("is_by_address", [False, True])
@pytest.mark.parametrize("button", ["confirm", "save-target", "add-target"])
def test_what_was_entered_for_a_version_that_is_the_newest_no_more_is_refused(
    app: Callable[..., AppTest], installation: Installation, flood: Plan, button: str, is_by_address: bool
) -> None:
    shown = {"v": newest(installation, flood).id} if is_by_address else {}
    at = app("author", "plan_page.py", id=flood.id, part="procedure", **shown)
    for field in at.text_input:
        field.set_value("演练表明")
    change_meanwhile(installation, flood)
    before = newest(installation, flood)
    send(at, button)
    (said,) = at.error
    assert f"已形成新版本“{before.label}”" in said.value
    assert [toast.value for toast in at.toast] == [said.value]
    assert newest(installation, flood) == before
    assert not at.run().error


def test_two_authors_who_add_a_target_do_not_share_an_id(installation: Installation, flood: Plan) -> None:
    change_meanwhile(installation, flood)
    change_meanwhile(installation, flood)
    assert [target.id for target in procedure(installation, flood).targets][-2:] == ["own-1", "own-2"]


@pytest.mark.parametrize("kind", TargetKind)
def test_a_target_of_each_kind_is_entered_by_hand(
    app: Callable[..., AppTest], installation: Installation, flood: Plan, kind: TargetKind
) -> None:
    version = newest(installation, flood).id
    key = f"new-by-hand-{kind}-{version}"
    at = app("author", "plan_page.py", id=flood.id, part="procedure")
    at.radio(key=f"new-kind-{version}").set_value(kind).run()
    at.number_input(key=f"limit-{key}").set_value(45.0)
    if kind is not TargetKind.LIMIT:
        at.selectbox(key=f"clock-{key}").set_value("last_bus")
    if kind is TargetKind.SHARE:
        at.number_input(key=f"share-{key}").set_value(80.0)
    at.text_input(key=f"title-{key}").set_value("自定目标")
    at.text_input(key=f"reason-{key}").set_value("会商确定")
    send(at, "add-target")
    assert not at.error
    added = procedure(installation, flood).targets[-1]
    assert (added.id, added.kind, added.limit_min) == ("own-1", kind, 45.0)
    assert added.clock == ("" if kind is TargetKind.LIMIT else "last_bus")
    assert added.share == (0.8 if kind is TargetKind.SHARE else 1.0)
    assert (added.mark, added.source) == (Mark.EXPERT, "会商确定")


@pytest.mark.parametrize(("title", "reason"), [("", "会商确定"), ("自定目标", "")])
def test_a_target_needs_a_name_and_a_reason(
    app: Callable[..., AppTest], installation: Installation, flood: Plan, title: str, reason: str
) -> None:
    before = procedure(installation, flood)
    key = f"new-by-hand-limit-{newest(installation, flood).id}"
    at = app("author", "plan_page.py", id=flood.id, part="procedure")
    at.text_input(key=f"title-{key}").set_value(title)
    at.text_input(key=f"reason-{key}").set_value(reason)
    send(at, "add-target")
    assert len(at.error) == 1
    assert procedure(installation, flood) == before


def test_a_condition_of_the_template_is_told_from_one_of_the_text(
    app: Callable[..., AppTest], installation: Installation, flood: Plan
) -> None:
    conditions = [each for level in procedure(installation, flood).levels for each in level.conditions]
    shown = markup(app("author", "plan_page.py", id=flood.id, part="procedure"))
    of_template = [each for each in conditions if not each.clause]
    assert 0 < len(of_template) < len(conditions)
    assert shown.count(">模板<") == len(of_template)


@pytest.mark.parametrize(("kind", "is_told"), [(PlanKind.TOWNSHIP, True), (PlanKind.SPECIAL, False)])
def test_a_township_is_told_that_the_procedure_is_a_countys(
    app: Callable[..., AppTest], installation: Installation, kind: PlanKind, is_told: bool
) -> None:
    with installation.store.work(actor(installation)) as work:
        made = take_file(work, "# 某地防汛应急预案\n\n## 一、总则\n\n做好防汛。\n".encode(), "某地.md", kind=kind,
                           propose=procedure_for).first  # fmt: skip
    at = app("author", "plan_page.py", id=made.plan, part="procedure")
    assert any("县级模板" in said.value for said in at.warning) is is_told


def test_who_only_reads_is_offered_no_change(app: Callable[..., AppTest], flood: Plan) -> None:
    at = app("evaluator", "plan_page.py", id=flood.id, part="procedure")
    assert "要求把握" in markup(at)
    assert not at.number_input
    assert not [button.key for button in at.button if str(button.key).startswith("confirm-")]


# editing


@pytest.fixture
def editing(app: Callable[..., AppTest], flood: Plan) -> AppTest:
    return submit(app("author", "plan_page.py", id=flood.id, part="editing"), "begin-draft")


def chosen_clause(installation: Installation, plan: Plan) -> drafts.DraftClause:
    with installation.store.reading(actor(installation)) as work:
        draft = drafts.draft(work, plan.id)
    assert draft is not None
    return next(entry for entry in draft.clauses if entry.clause.kind is ClauseKind.HEADING and entry.clause.text)


def type_into(at: AppTest, clause: str, words: str) -> AppTest:
    at.selectbox(key="draft-clause").set_value(clause).run()
    next(area for area in at.text_area if str(area.key).startswith(f"text-{clause}")).set_value(words)
    return submit(at, "save-clause")


def test_a_clause_is_saved_and_becomes_a_version_with_reason_and_trigger(
    editing: AppTest, installation: Installation, flood: Plan
) -> None:
    entry = chosen_clause(installation, flood)
    at = type_into(editing, entry.clause.id, "新的内容。")
    assert not at.exception
    assert chosen_clause(installation, flood).clause.text == "新的内容。"
    at.selectbox(key="version-trigger").set_value(Trigger.FINDING)
    at.text_input(key="version-reason").set_value("演练发现的问题")
    submit(at, "make-version-now")
    made = newest(installation, flood)
    assert (made.reason, made.trigger) == ("演练发现的问题", Trigger.FINDING)
    with installation.store.reading(actor(installation)) as work:
        texts = {clause.id: clause.text for clause in plans.text_of(work, flood.id)}
        assert drafts.draft(work, flood.id) is None
    assert texts[entry.clause.id] == "新的内容。"


def test_the_outline_opens_a_clause_saves_what_was_typed_and_marks_it(
    editing: AppTest, installation: Installation, flood: Plan
) -> None:
    entry = chosen_clause(installation, flood)
    with installation.store.reading(actor(installation)) as work:
        draft = drafts.draft(work, flood.id)
    other = next(one.clause.id for one in draft.clauses if "总则" in one.clause.title) if draft else ""
    editing.selectbox(key="draft-clause").set_value(entry.clause.id).run()
    assert editing.radio(key="draft-outline").value == entry.clause.id
    field = next(area for area in editing.text_area if str(area.key).startswith(f"text-{entry.clause.id}"))
    field.set_value("写到一半的内容。")
    editing.radio(key="draft-outline").set_value(other).run()
    assert editing.selectbox(key="draft-clause").value == other
    assert chosen_clause(installation, flood).clause.text == "写到一半的内容。"
    marked = [line for line in editing.radio(key="draft-outline").options if line.endswith("（已改）")]
    assert len(marked) == 1


def test_the_title_of_a_clause_is_saved_too(editing: AppTest, installation: Installation, flood: Plan) -> None:
    entry = chosen_clause(installation, flood)
    editing.selectbox(key="draft-clause").set_value(entry.clause.id).run()
    next(one for one in editing.text_input if str(one.key).startswith("title-")).set_value("新标题")
    submit(editing, "save-clause")
    assert chosen_clause(installation, flood).clause.title == "新标题"


def test_a_list_of_duties_is_filled_in_as_a_grid_and_goes_back_into_the_text(
    editing: AppTest, installation: Installation, flood: Plan
) -> None:
    def stored() -> str:
        with installation.store.reading(actor(installation)) as work:
            draft = drafts.draft(work, flood.id)
        assert draft is not None
        return next(one.clause.text for one in draft.clauses if one.clause.id == clause)

    def fill(**edits: Any) -> AppTest:
        (grid,) = editing.data_editor
        editing.session_state[grid.key] = {"edited_rows": {}, "added_rows": [], "deleted_rows": []} | edits
        return editing.run()

    with installation.store.reading(actor(installation)) as work:
        found = next(one for one in plans.text_of(work, flood.id) if one.title == "成员单位职责")
    clause, lines = found.id, found.text.split("\n")
    editing.selectbox(key="draft-clause").set_value(clause).run()
    unit, duty = editing.data_editor[0].value.iloc[1]
    assert not [area for area in editing.text_area if str(area.key).startswith("text-")]
    fill(edited_rows={1: {"duty": "负责试写"}})
    assert stored() == "\n".join([lines[0], lines[1].replace(duty, "负责试写"), *lines[2:]])
    fill(edited_rows={1: {"unit": ""}})
    assert "必填栏空着" in editing.error[0].value
    assert unit in stored(), "nothing is saved of what is not whole"
    editing.segmented_control(key=f"way-{clause}").set_value("text").run()
    area = next(area for area in editing.text_area if str(area.key).startswith("text-"))
    assert area.value == stored()
    area.set_value(area.value + "\n县测试局：负责测试。").run()
    editing.segmented_control(key=f"way-{clause}").set_value("list").run()
    assert list(editing.data_editor[0].value.iloc[-1]) == ["县测试局", "负责测试"]


def test_what_looks_wrong_in_a_clause_is_said_beside_it(
    editing: AppTest, installation: Installation, flood: Plan
) -> None:
    entry = chosen_clause(installation, flood)
    at = type_into(editing, entry.clause.id, "县防办在15分钟内报告，电话12345678901，见附件99。")
    assert [said.value for said in at.warning if "电话" in said.value or "附件" in said.value] == [
        "电话号码位数不对：12345678901", "没有这个附件：见附件99",
    ]  # fmt: skip
    assert "没有列为目标" in markup(at)


def test_a_version_is_not_made_without_a_reason(editing: AppTest, installation: Installation, flood: Plan) -> None:
    submit(editing, "make-version-now")
    assert len(editing.error) == 1
    assert newest(installation, flood).ordinal == 1


def late_save(at: AppTest, installation: Installation, plan: Plan) -> drafts.DraftClause:
    """Somebody else saves the clause this person has open; then this person saves."""
    entry = chosen_clause(installation, plan)
    at.selectbox(key="draft-clause").set_value(entry.clause.id).run()
    with installation.store.work(actor(installation)) as work:
        theirs = type(entry.clause)(**{**vars(entry.clause), "text": "他人改为20分钟。"})
        drafts.save_clause(work, plan.id, theirs, revision=entry.revision)
    next(area for area in at.text_area if str(area.key).startswith("text-")).set_value("我改为15分钟。")
    submit(at, "save-clause")
    return entry


def test_a_late_save_shows_both_texts_and_overwrites_nothing(
    editing: AppTest, installation: Installation, flood: Plan
) -> None:
    late_save(editing, installation, flood)
    assert chosen_clause(installation, flood).clause.text == "他人改为20分钟。"
    assert len(editing.error) == 1
    shown = markup(editing)
    assert "<del>他人</del>" in shown or "20分钟" in shown
    assert "15分钟" in shown


def test_nothing_can_be_saved_until_every_open_place_is_decided(
    editing: AppTest, installation: Installation, flood: Plan
) -> None:
    late_save(editing, installation, flood)
    merged = next(area for area in editing.text_area if str(area.key).startswith("merged-"))
    assert (merged.value, editing.button(key="save-merged").disabled) == ("", True)
    next(one for one in editing.radio if str(one.key).startswith("choice-")).set_value("ours").run()
    while [one for one in editing.radio if str(one.key).startswith("choice-") and one.value is None]:
        next(one for one in editing.radio if str(one.key).startswith("choice-")).set_value("ours").run()
    merged = next(area for area in editing.text_area if str(area.key).startswith("merged-"))
    assert merged.value
    assert not editing.button(key="save-merged").disabled


def test_after_a_late_save_the_merged_text_is_saved(editing: AppTest, installation: Installation, flood: Plan) -> None:
    late_save(editing, installation, flood)
    next(area for area in editing.text_area if str(area.key).startswith("merged-")).set_value("合并为18分钟。").run()
    submit(editing, "save-merged")
    assert chosen_clause(installation, flood).clause.text == "合并为18分钟。"
    assert not editing.error


def test_after_a_late_save_the_others_text_can_stand(editing: AppTest, installation: Installation, flood: Plan) -> None:
    late_save(editing, installation, flood)
    submit(editing, "take-theirs")
    assert chosen_clause(installation, flood).clause.text == "他人改为20分钟。"
    assert not editing.error
    assert [area.value for area in editing.text_area if str(area.key).startswith("text-")] == ["他人改为20分钟。"]


def test_a_late_save_of_other_words_is_merged_and_says_so(
    editing: AppTest, installation: Installation, flood: Plan
) -> None:
    entry = chosen_clause(installation, flood)
    editing.selectbox(key="draft-clause").set_value(entry.clause.id).run()
    with installation.store.work(actor(installation)) as work:
        drafts.save_clause(work, flood.id, replace(entry.clause, title="他人改的标题"), revision=entry.revision)
    next(area for area in editing.text_area if str(area.key).startswith("text-")).set_value("我改的内容。").run()
    assert [said.value for said in editing.success] == [
        "他人在此期间也改了这一条，两处改动互不冲突，已合并保存，请核对全文。"
    ]
    stored = chosen_clause(installation, flood).clause
    assert (stored.title, stored.text) == ("他人改的标题", "我改的内容。")
    assert "他人改的标题" in [field.value for field in editing.text_input]


def test_a_field_is_saved_when_it_is_left(editing: AppTest, installation: Installation, flood: Plan) -> None:
    entry = chosen_clause(installation, flood)
    editing.selectbox(key="draft-clause").set_value(entry.clause.id).run()
    for field in ("number_raw", "title"):
        next(one for one in editing.text_input if str(one.key).startswith(field)).set_value(f"改{field}").run()
    next(one for one in editing.selectbox if str(one.key).startswith("semantic")).set_value(SemanticType.SUPPORT).run()
    stored = chosen_clause(installation, flood).clause
    assert (stored.number_raw, stored.number) == ("改number_raw", "改number_raw")
    assert (stored.title, stored.semantic) == ("改title", SemanticType.SUPPORT)
    assert not editing.exception


def test_a_conflict_outlives_the_browser_and_is_decided_piece_by_piece(
    editing: AppTest, app: Callable[..., AppTest], installation: Installation, flood: Plan
) -> None:
    entry = late_save(editing, installation, flood)
    again = app("author", "plan_page.py", id=flood.id, part="editing")
    submit(again, f"open-{entry.clause.id}") if again.selectbox(key="draft-clause").value != entry.clause.id else again
    choice = next(one for one in again.radio if str(one.key).startswith("choice-"))
    assert len(choice.options) == 3
    while [one for one in again.radio if str(one.key).startswith("choice-") and one.value is None]:
        next(one for one in again.radio if str(one.key).startswith("choice-")).set_value("theirs").run()
    submit(again, "save-merged")
    assert chosen_clause(installation, flood).clause.text == "我改为15分钟。"
    assert not again.error


@pytest.mark.parametrize("key", ["take-theirs", "take-mine"])
def test_either_text_can_stand_as_a_whole(editing: AppTest, installation: Installation, flood: Plan, key: str) -> None:
    late_save(editing, installation, flood)
    submit(editing, key)
    expected = {"take-theirs": "他人改为20分钟。", "take-mine": "我改为15分钟。"}
    assert chosen_clause(installation, flood).clause.text == expected[key]


def test_clauses_are_added_moved_lowered_and_taken_out_on_the_page(
    editing: AppTest, installation: Installation, flood: Plan
) -> None:
    entry = chosen_clause(installation, flood)
    editing.selectbox(key="draft-clause").set_value(entry.clause.id).run()
    editing.text_input(key="new-title").set_value("新的一条")
    editing.text_area(key="new-text").set_value("新的内容。")
    submit(editing, "add-now")

    def draft_clauses() -> list[Any]:
        with installation.store.reading(actor(installation)) as work:
            found = drafts.draft(work, flood.id)
        assert found
        return [one.clause for one in found.clauses]

    ids = [clause.id for clause in draft_clauses()]
    fresh = draft_clauses()[ids.index(entry.clause.id) + 1]
    assert (fresh.title, fresh.text) == ("新的一条", "新的内容。")
    assert editing.selectbox(key="draft-clause").value == fresh.id
    submit(editing, "lower")
    assert next(clause.level for clause in draft_clauses() if clause.id == fresh.id) == fresh.level + 1
    editing.selectbox(key="move-anchor").set_value(draft_clauses()[-1].id).run()
    submit(editing, "move-there")
    assert draft_clauses()[-1].id == fresh.id
    submit(editing, "lift")
    submit(editing, "remove-clause")
    assert fresh.id not in [clause.id for clause in draft_clauses()]
    assert not editing.exception


def test_numbers_are_put_in_order_on_the_page(editing: AppTest, installation: Installation, flood: Plan) -> None:
    with installation.store.work(actor(installation)) as work:
        found = drafts.draft(work, flood.id)
        assert found
        first = next(one for one in found.clauses if one.clause.number_raw == "2.1" or one.clause.number_raw == "一、")
        drafts.remove_clause(work, flood.id, first.clause.id, revision=first.revision)
        expected = drafts.renumbering(work, flood.id)
    assert expected
    editing.run()
    assert expected[0].after in markup(editing)
    submit(editing, "renumber-now")
    with installation.store.reading(actor(installation)) as work:
        assert drafts.renumbering(work, flood.id) == ()


def test_a_version_made_meanwhile_is_taken_in_on_the_page(
    editing: AppTest, installation: Installation, flood: Plan
) -> None:
    with installation.store.work(actor(installation)) as work:
        plans.confirm(work, flood.id)
    editing.run()
    assert any("又形成了新版本" in said.value for said in editing.warning)
    submit(editing, "rebase-now")
    assert not any("又形成了新版本" in said.value for said in editing.warning)
    assert any("已并入新版本" in said.value for said in editing.success)


def test_a_wrong_telephone_and_a_missing_attachment_are_told_while_writing(
    editing: AppTest, installation: Installation, flood: Plan
) -> None:
    entry = chosen_clause(installation, flood)
    type_into(editing, entry.clause.id, "值班电话：0999-123。详见附件97。")
    said = " ".join(one.value for one in editing.markdown)
    assert "电话号码位数不对：0999-123" in said
    assert "没有这个附件：详见附件97" in said


def test_who_else_is_at_the_draft_is_told(
    editing: AppTest, app: Callable[..., AppTest], installation: Installation, clock: Clock, flood: Plan
) -> None:
    entry = chosen_clause(installation, flood)
    with installation.store.work(actor(installation, "evaluator")) as work:
        colleague = replace(work.actor, roles=actor(installation).roles)
    with installation.store.work(colleague) as work:
        drafts.be_present(work, flood.id, entry.clause.id)
    clock.forward(minutes=2)
    assert "（2 分钟前）" in markup(editing.run())


def test_a_draft_is_put_away(editing: AppTest, installation: Installation, flood: Plan) -> None:
    submit(editing, "discard-draft")
    with installation.store.reading(actor(installation)) as work:
        assert drafts.draft(work, flood.id) is None
    assert "目前没有初稿" in markup(editing)


# comparison


@pytest.fixture
def two_versions(installation: Installation, flood: Plan) -> Plan:
    with installation.store.work(actor(installation)) as work:
        plans.confirm(work, flood.id)
        draft = drafts.open_draft(work, flood.id)
        entry = next(one for one in draft.clauses if "30分钟内" in one.clause.text)
        words = entry.clause.text.replace("30分钟内", "20分钟内", 1)
        changed = type(entry.clause)(**{**vars(entry.clause), "text": words})
        drafts.save_clause(work, flood.id, changed, revision=entry.revision)
        drafts.make_version(work, flood.id, reason="收紧时限", trigger=Trigger.EDITING)
    return flood


def test_two_versions_are_compared_word_by_word(app: Callable[..., AppTest], two_versions: Plan) -> None:
    at = app("author", "plan_page.py", id=two_versions.id, part="comparison")
    shown = markup(at)
    assert "<del>30分钟</del><ins>20分钟</ins>" in shown
    assert any("须履行完整程序" in words.value for words in at.markdown)


@pytest.mark.parametrize(("key", "place"), [("before", 0), ("after", 1)])
def test_each_side_of_the_comparison_is_chosen(
    app: Callable[..., AppTest], two_versions: Plan, key: str, place: int
) -> None:
    at = app("author", "plan_page.py", id=two_versions.id, part="comparison")
    before = markup(at)
    at.selectbox(key=key).select_index(place).run()
    assert markup(at) != before


def test_the_kind_of_change_is_chosen(app: Callable[..., AppTest], two_versions: Plan) -> None:
    at = app("author", "plan_page.py", id=two_versions.id, part="comparison")
    (kinds,) = at.get("button_group")
    assert kinds.options == ["修改 1"]
    at.query_params["changes"] = "edited"
    assert "<ins>20分钟</ins>" in markup(at.run())
    there = app("author", "plan_page.py", lang="en", id=two_versions.id, part="comparison", changes="edited")
    assert there.get("button_group")[0].value == ["edited"]


def test_comments_stand_beside_each_change_and_are_made_answered_and_settled_there(
    app: Callable[..., AppTest], installation: Installation, two_versions: Plan
) -> None:
    with installation.store.reading(actor(installation)) as work:
        *_, before, after = plans.versions_of(work, two_versions.id)
        (clause,) = (one.clause for one in difference(work, two_versions.id, before.id, after.id).clauses)
    at = app("author", "plan_page.py", id=two_versions.id, part="comparison")
    at.session_state[f"say-{clause}-open"] = True  # as the button 批注 does
    at.run()
    at.text_input(key=f"say-{clause}-quotation").set_value("45分钟")
    at.text_area(key=f"say-{clause}-text").set_value("20分钟能否做到？")
    submit(at, f"say-{clause}-now")
    assert len(at.error) == 1, "the clause does not say so"
    at.text_input(key=f"say-{clause}-quotation").set_value("20分钟")
    submit(at, f"say-{clause}-now")
    assert not at.error
    shown = markup(at)
    assert shown.index("<ins>20分钟</ins>") < shown.index("yy-beside") < shown.index("20分钟能否做到？")
    assert at.get("button_group")[0].options == ["修改 1", "有批注 1"]
    (settling,) = (button.key for button in at.button if str(button.key).startswith("settle-"))
    submit(at, settling)
    assert "已办结" in markup(at)
    with installation.store.reading(actor(installation)) as work:
        (made,) = comments.comments(work, two_versions.id)
    assert (made.place.clause, made.is_open) == (clause, False)


def test_the_change_of_the_procedure_is_told_in_words(app: Callable[..., AppTest], two_versions: Plan) -> None:
    at = app("author", "plan_page.py", id=two_versions.id, part="comparison")
    at.selectbox(key="before").select_index(0).run()
    at.selectbox(key="after").select_index(1).run()
    assert "状态 拟议，待确认 → 已确认" in markup(at)


# moves


def paper(kind: PaperKind) -> Attachment:
    return Attachment(kind=kind, name=f"{kind}.pdf", data=b"%PDF-1.4 " + kind.encode())


def stage(installation: Installation, plan: Plan) -> Stage:
    return newest(installation, plan).state


def to_review(installation: Installation, plan: Plan) -> str:
    version, day = ready(installation.store, newest(installation, plan).id), date(2026, 11, 21)
    with installation.store.work(actor(installation)) as work:
        course.move(work, version, Move.CONSULT, attachments=[paper(PaperKind.CONSULTATION_LETTER)], on=day)
    ready(installation.store, version)
    with installation.store.work(actor(installation)) as work:
        papers = [paper(PaperKind.OPINIONS_RECORD), paper(PaperKind.EXPLANATION)]
        course.move(work, version, Move.ASK_LINKAGE, attachments=papers, on=day)
    return version


def test_a_move_is_made_with_its_papers(app: Callable[..., AppTest], installation: Installation, flood: Plan) -> None:
    ready(installation.store, newest(installation, flood).id)
    at = app("author", "plan_page.py", id=flood.id, part="moves")
    letter = next(one for one in at.file_uploader if one.key == f"paper-{Move.CONSULT}-{PaperKind.CONSULTATION_LETTER}")
    letter.set_value(("函.pdf", b"%PDF-1.4", "application/pdf"))
    submit(at, "do-move")
    assert not at.error
    assert stage(installation, flood) is Stage.CONSULTATION


def test_a_move_without_its_papers_is_refused(
    app: Callable[..., AppTest], installation: Installation, flood: Plan
) -> None:
    at = submit(app("author", "plan_page.py", id=flood.id, part="moves"), "do-move")
    assert len(at.error) == 1
    assert stage(installation, flood) is Stage.DRAFT


def test_the_move_chosen_is_the_one_made_with_its_reason_on_its_day(
    app: Callable[..., AppTest], installation: Installation, flood: Plan, clock: Clock
) -> None:
    version = to_review(installation, flood)
    clock.forward(days=1)
    at = app("reviewer", "plan_page.py", id=flood.id, part="moves")
    at.selectbox(key="move").set_value(Move.REJECT_LINKAGE).run()
    at.text_area(key=f"reason-{Move.REJECT_LINKAGE}").set_value("与上位预案不衔接")
    at.date_input(key=f"on-{Move.REJECT_LINKAGE}").set_value(date(2026, 11, 21))
    submit(at, "do-move")
    assert stage(installation, flood) is Stage.DRAFT
    with installation.store.reading(actor(installation)) as work:
        last = moves_of(work, version)[-1]
    assert (last.move, last.reason, last.on) == (Move.REJECT_LINKAGE, "与上位预案不衔接", date(2026, 11, 21))
    assert "yy-refused" in markup(app("author", "plan_page.py", id=flood.id))


def test_a_text_that_moved_meanwhile_is_not_signed(
    app: Callable[..., AppTest], installation: Installation, flood: Plan
) -> None:
    version = to_review(installation, flood)
    at = app("reviewer", "plan_page.py", id=flood.id, part="moves")
    with installation.store.work(actor(installation, "reviewer")) as work:
        course.attach(work, version, paper(PaperKind.LINKAGE_OPINION))
    with installation.store.work(actor(installation)) as work:
        plans.confirm(work, flood.id)
    submit(at, "do-move")
    assert len(at.error) == 1
    assert stage(installation, flood) is Stage.LINKAGE


def test_a_paper_is_attached_and_can_be_fetched(
    app: Callable[..., AppTest], installation: Installation, flood: Plan
) -> None:
    at = app("author", "plan_page.py", id=flood.id, part="moves")
    assert "评审意见" not in at.selectbox(key="paper-kind").options
    at.selectbox(key="paper-kind").select("风险评估报告")
    at.file_uploader(key="paper-file").set_value(("风险.pdf", b"%PDF-1.4 risk", "application/pdf"))
    submit(at, "attach-paper")
    assert "风险.pdf" in markup(at)
    version = newest(installation, flood).id
    with installation.store.reading(actor(installation)) as work:
        kept = course.passage(work, version).papers[0]
        file = downloads.builder("paper")(work, version, {"digest": kept.digest})
    assert (kept.kind, file.name, file.data) == (PaperKind.RISK_ASSESSMENT, "风险.pdf", b"%PDF-1.4 risk")


def test_a_process_is_chosen_and_one_too_light_is_refused(
    app: Callable[..., AppTest], installation: Installation, flood: Plan
) -> None:
    at = app("author", "plan_page.py", id=flood.id, part="moves")
    at.radio(key="process-kind").set_value(list(Process).index(Process.SIMPLIFIED))
    at.text_input(key="process-reason").set_value("只改联系方式")
    submit(at, "choose-process")
    assert len(at.error) == 1
    with installation.store.reading(actor(installation)) as work:
        assert course.passage(work, newest(installation, flood).id).process is Process.FULL


def test_an_edition_is_numbered_and_issued(
    app: Callable[..., AppTest], installation: Installation, flood: Plan
) -> None:
    sign_everything(installation, flood)
    at = app("office", "plan_page.py", id=flood.id, part="moves")
    at.text_input(key="number").set_value("青政办发〔2026〕12号")
    submit(at, "save-number")
    assert not at.error
    for kind in (PaperKind.ISSUED_DOCUMENT,):
        next(one for one in at.file_uploader if one.key == f"paper-issue-{kind}").set_value(
            (f"{kind}.pdf", b"%PDF-1.4", "application/pdf")
        )
    at.date_input(key="effective-issue").set_value(date(2026, 12, 1))
    at.date_input(key="trial-issue").set_value(date(2027, 11, 30))
    at.text_area(key="also-issue").set_value("青政办发〔2019〕3号\n")
    submit(at, "do-move")
    assert not at.error
    assert stage(installation, flood) is Stage.ISSUED
    with installation.store.reading(actor(installation)) as work:
        term = course.passage(work, newest(installation, flood).id).term
    assert term is not None
    assert (term.effective_on, term.trial_until) == (date(2026, 12, 1), date(2027, 11, 30))
    shown = markup(app("author", "plan_page.py", id=flood.id, part="moves"))
    assert "青政办发〔2026〕12号" in shown
    assert "公布期限" in shown


def sign_everything(installation: Installation, plan: Plan) -> str:
    version = to_review(installation, plan)
    steps: list[tuple[Any, ...]] = [
        ("reviewer", Move.AGREE_LINKAGE, PaperKind.LINKAGE_OPINION),
        ("reviewer", Move.PASS_REVIEW, PaperKind.REVIEW_OPINION),
        ("chief", Move.PASS_DELIBERATION, PaperKind.BUREAU_MINUTES),
        ("justice", Move.PASS_LEGALITY, PaperKind.LEGALITY_OPINION, PaperKind.FAIR_COMPETITION),
        ("office", Move.FINISH_EDITING),
        ("leader", Move.ENDORSE, PaperKind.DRAFTING_SHEET),
        ("leader", Move.APPROVE, PaperKind.MEETING_MINUTES),
    ]
    for name, move, *kinds in steps:
        ready(installation.store, version)
        with installation.store.work(actor(installation, name)) as work:
            course.move(work, version, move, reason="同意", attachments=[paper(kind) for kind in kinds])
    return version


def issue(installation: Installation, plan: Plan) -> str:
    version = sign_everything(installation, plan)
    with installation.store.work(actor(installation, "office")) as work:
        papers = [paper(PaperKind.DRAFTING_SHEET), paper(PaperKind.ISSUED_DOCUMENT)]
        course.move(work, version, Move.ISSUE, attachments=papers, document_number="青政办发〔2026〕12号")
    return version


# downloads


def test_a_version_comes_out_as_word_and_its_changes_as_revisions(
    installation: Installation, two_versions: Plan
) -> None:
    with installation.store.reading(actor(installation)) as work:
        found = plans.versions_of(work, two_versions.id)
        whole = downloads.builder("plan-document")(work, two_versions.id, {"version": found[-1].id})
        marked = downloads.builder("plan-document")(
            work, two_versions.id, {"version": found[-1].id, "against": found[0].id}
        )
    assert whole.data[:2] == marked.data[:2] == b"PK"
    assert whole.name.startswith("清川县防汛应急预案（初稿） 第")
    assert marked.name == "清川县防汛应急预案修订痕迹稿.docx"


# things to do


def waiting(installation: Installation, name: str) -> dict[str, str]:
    with installation.store.reading(actor(installation, name)) as work:
        return {todo.title: todo.href for todo in todos(work)}


def test_proposed_targets_and_drafts_wait_for_their_author(installation: Installation, flood: Plan) -> None:
    count = len(procedure(installation, flood).targets)
    with installation.store.work(actor(installation)) as work:
        drafts.open_draft(work, flood.id)
    assert waiting(installation, "author") == {
        f"清川县防汛应急预案：确认拟议目标 {count} 项": plan_address(flood.id, part="procedure"),
        "清川县防汛应急预案：继续编修初稿": plan_address(flood.id, part="editing"),
    }
    assert waiting(installation, "reviewer") == {}


def test_a_signature_waits_for_whoever_gives_it(installation: Installation, flood: Plan) -> None:
    version = to_review(installation, flood)
    address = plan_address(flood.id, version, part="moves")
    assert waiting(installation, "reviewer") == {"清川县防汛应急预案：待办“衔接通过”": address}
    assert waiting(installation, "justice") == {}


def test_publishing_and_filing_wait_with_their_deadlines(installation: Installation, flood: Plan, clock: Clock) -> None:
    issue(installation, flood)
    with installation.store.reading(actor(installation, "filing")) as work:
        found = todos(work)
    assert [(todo.title.split("：")[1], todo.due_on is not None) for todo in found] == [
        ("待办“公布”（公布期限）", True),
        ("待办“报送备案”（备案期限）", True),
    ]
    clock.forward(days=60)
    assert {todo.urgency(clock().date()) for todo in found} == {"late"}


def test_an_evaluation_comes_up_before_three_years_have_passed(
    installation: Installation, flood: Plan, clock: Clock
) -> None:
    issue(installation, flood)
    assert not [title for title in waiting(installation, "author") if "评估" in title]
    clock.now += timedelta(days=3 * 365 - 60)
    (title,) = (title for title in waiting(installation, "author") if "评估" in title)
    assert title.startswith("清川县防汛应急预案：应开展定期评估（《突发事件应急预案管理办法》")


def test_a_plan_of_no_single_hazard_says_that_it_cannot_be_played(
    app: Callable[..., AppTest], installation: Installation
) -> None:
    with installation.store.work(actor(installation)) as work:
        made = take_file(work, "# 某县突发事件总体应急预案\n\n一、总则\n\n为了安全。\n".encode(), "总体.md").first
    assert "本版本没有处置程序" in markup(app("author", "plan_page.py", id=made.plan, part="procedure"))
