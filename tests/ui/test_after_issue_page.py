"""印发后: what follows issue is entered on the page of the plan, each entry with what it asks for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from plans_repo import plans
from plans_repo.course import occasions, passage
from plans_repo.course.drill_reports import drill_reports
from plans_repo.course.evaluation import Conclusion, evaluations
from plans_repo.course.issuing_name import IssuedBy, IssuingName, issuing_name
from plans_repo.course.publication import PublishedForm, publications
from plans_repo.course.stages import PaperKind, Stage
from plans_repo.course.training import trainings
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Work
from tests.plans_repo.builders import some_clauses
from tests.plans_repo.course.walking import EVERYBODY
from tests.ui.filed import Filed, bureau, furnish
from tests.ui.planned import markup
from ui.installation import Installation

Open = Callable[..., AppTest]
PDF = ("凭证.pdf", b"%PDF-1.4 proof", "application/pdf")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Filed]:
    data = tmp_path_factory.mktemp("after-issue")
    return data, furnish(data)


@pytest.fixture(scope="module")
def furnished(made: tuple[Path, Filed]) -> Path:
    return made[0]


@pytest.fixture
def known(made: tuple[Path, Filed]) -> Filed:
    return made[1]


@pytest.fixture
def after(app: Open, known: Filed) -> Open:
    """The part 印发后 of the flood plan, or of the mine's, as somebody sees it."""

    def opened(name: str, plan: str = "flood") -> AppTest:
        ids = (known.mine, known.mine_version) if plan == "mine" else (known.flood, known.version)
        return app(name, "plan_page.py", id=ids[0], v=ids[1], part="after")

    return opened


def asked(installation: Installation, question: Callable[[Work], Any]) -> Any:
    with installation.store.reading(EVERYBODY) as work:
        return question(work)


def test_a_text_not_yet_issued_offers_nothing(app: Open, installation: Installation) -> None:
    with installation.store.work(EVERYBODY) as work:
        plan = plans.create_plan(work, "青川县地震应急预案", kind=plans.PlanKind.SPECIAL, organisation=bureau(work)).id
        version = plans.make_version(work, plan, some_clauses(), reason="编制", trigger=Trigger.FIRST).id
    at = app("author", "plan_page.py", id=plan, v=version, part="after")
    assert "这一稿尚未印发" in markup(at)
    assert not {"keep-training", "keep-evaluation", "issuer-do"} & {button.key for button in at.button}


def test_a_publication_names_channel_and_proof(after: Open, known: Filed, installation: Installation) -> None:
    at = after("filing")
    at.button(key="publish").click().run()
    assert len(at.error) == 1  # where it was published is not said
    assert asked(installation, lambda work: publications(work, known.version)) == ()
    at.text_input(key="pub-channel").set_value("县政府网站")
    at.file_uploader(key="pub-proof").set_value(PDF)
    at.button(key="publish").click().run()
    assert not at.error
    ((_deed, kept),) = asked(installation, lambda work: publications(work, known.version))
    assert (kept.form, kept.channel) == (PublishedForm.FULL, "县政府网站")
    assert "县政府网站" in markup(at)


def test_a_training_says_whom_it_reached(after: Open, known: Filed, installation: Installation) -> None:
    at = after("author")
    at.button(key="keep-training").click().run()
    assert len(at.error) == 1
    for day, refusals in ((date(2026, 11, 20), 1), (date(2026, 11, 21), 0)):  # the text was issued on the 21st
        at.text_input(key="training-subject").set_value("修订内容宣讲")
        at.text_input(key="training-audience").set_value("成员单位联络员")
        at.number_input(key="training-people").set_value(42)
        at.date_input(key="training-on").set_value(day)
        at.button(key="keep-training").click().run()
        assert len(at.error) == refusals
    ((deed, kept),) = asked(installation, lambda work: trainings(work, known.version))
    assert (deed.on, kept.subject, kept.people) == (date(2026, 11, 21), "修订内容宣讲", 42)
    assert "修订内容宣讲" in markup(at)


def test_an_evaluation_says_why_and_by_whom(after: Open, known: Filed, installation: Installation) -> None:
    at = after("author")
    at.button(key="keep-evaluation").click().run()
    assert len(at.error) == 1
    assert asked(installation, lambda work: evaluations(work, known.version)) == ()
    at.radio(key="eval-how").set_value(Conclusion.REVISE)
    at.text_area(key="eval-reasons").set_value("指挥机构已调整")
    at.text_input(key="eval-by").set_value("云岭应急研究院")
    at.checkbox(key="eval-third").check()
    at.file_uploader(key="eval-report").set_value(("评估报告.pdf", b"%PDF-1.4", "application/pdf"))
    at.button(key="keep-evaluation").click().run()
    assert not at.error
    ((_deed, kept),) = asked(installation, lambda work: evaluations(work, known.version))
    assert (kept.conclusion, kept.evaluator, kept.third_party) == (Conclusion.REVISE, "云岭应急研究院", True)
    assert "云岭应急研究院（第三方）" in markup(at)


def test_an_occasion_to_revise_is_entered_with_its_words(after: Open, known: Filed, installation: Installation) -> None:
    at = after("filing")
    at.button(key="keep-occasion").click().run()
    assert len(at.error) == 1
    at.selectbox(key="occ-trigger").set_value(Trigger.RISK)
    at.text_area(key="occ-summary").set_value("新增两处山洪危险区")
    at.button(key="keep-occasion").click().run()
    assert not at.error
    (kept,) = asked(installation, lambda work: occasions.occasions(work, known.flood))
    assert (kept.told.trigger, kept.told.summary, kept.is_open) == (Trigger.RISK, "新增两处山洪危险区", True)


def test_the_issuing_name_is_entered_and_corrected(after: Open, known: Filed, installation: Installation) -> None:
    at = after("office")
    assert "印发名义：未登记" in markup(at)
    assert "issuer-paper" not in [one.key for one in at.file_uploader]  # the red-head original is there already
    kinds = list(IssuedBy)
    for kind, post in ((IssuedBy.GOVERNMENT_OFFICE, "常务副县长"), (IssuedBy.HEADQUARTERS, "指挥长")):
        at.selectbox(key="issuer-by").set_value(kinds.index(kind))
        at.text_input(key="issuer-post").set_value(post)
        at.button(key="issuer-do").click().run()
        assert not at.error
        stand = asked(installation, lambda work: passage.passage(work, known.version))
        kept = asked(installation, lambda work, course=stand.course: issuing_name(work, known.flood, course))
        assert kept == IssuingName(issued_by=kind, signed_by=post)
        assert f"签发人职务：{post}" in markup(at)
    assert "issuer-do" not in [button.key for button in after("evaluator").button]


def test_a_reported_drill_is_entered_for_a_unit_with_its_paper(
    after: Open, known: Filed, installation: Installation
) -> None:
    assert "演练情况报送" not in [title.value for title in after("author").subheader]  # a county's plan asks for none
    at = after("author", "mine")
    at.date_input(key="drill-report-drilled").set_value(date(2026, 11, 10))
    at.date_input(key="drill-report-on").set_value(date(2026, 11, 9))
    at.text_input(key="drill-report-to").set_value("青川县应急管理局")
    at.text_input(key="drill-report-what").set_value("透水事故现场处置演练")
    at.file_uploader(key="drill-report-paper").set_value(("演练情况.pdf", b"%PDF-1.4", "application/pdf"))
    at.button(key="drill-report-do").click().run()
    assert "不能早于演练" in at.error[0].value
    assert asked(installation, lambda work: drill_reports(work, known.mine)) == ()
    at.date_input(key="drill-report-on").set_value(date(2026, 11, 12))
    at.button(key="drill-report-do").click().run()
    assert not at.error
    ((deed, kept),) = asked(installation, lambda work: drill_reports(work, known.mine))
    assert (deed.on, kept.drilled_on, kept.to) == (date(2026, 11, 12), date(2026, 11, 10), "青川县应急管理局")
    assert "透水事故现场处置演练" in markup(at)
    present = {one.kind for one in asked(installation, lambda work: passage.passage(work, known.mine_version)).papers}
    assert PaperKind.DRILL_RECORD in present


def test_nobody_but_who_may_sees_the_forms(after: Open, known: Filed, installation: Installation) -> None:
    keys = {"publish", "keep-training", "keep-evaluation", "keep-occasion", "issuer-do", "make-package", "choose-route"}
    assert not keys & {button.key for button in after("evaluator").button}
    assert asked(installation, lambda work: passage.passage(work, known.version)).stage is Stage.ISSUED
