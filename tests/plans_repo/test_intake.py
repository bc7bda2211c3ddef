"""Files taken in whole: comments become comments, changes suggestions to decide, several plans are related."""

from dataclasses import replace

import pytest

from plans_repo import comments, drafts, intake, plans, redlines, suggestions
from plans_repo.errors import NotAllowed, NotFound, PlansRepoError
from plans_repo.intake import Taken, take_file
from plans_repo.organisations import OrganisationKind
from plans_repo.plans import PlanKind, RelationKind
from plans_repo.store import events
from plans_repo.store.roles import Role
from plans_repo.store.work import Actor, Store, new_uuid
from plans_repo.suggestions import Decision
from plans_repo.text.reading import ChangeKind, Tracked, read_plan
from plans_repo.text.rendering import clause_text
from tests.plans_repo.builders import a_body
from tests.plans_repo.conftest import BOTH, person
from tests.plans_repo.text import corpus_parts
from tests.plans_repo.text import word_files as word
from tests.plans_repo.text.test_tracked_changes import row, with_end
from tests.plans_repo.text.word_files import deleted, inserted, paragraph, run, word_file

AUTHOR = person("author", Role.PLAN_AUTHOR)


@pytest.fixture
def engine_name() -> str:
    """These services have no SQL of their own."""
    return "sqlite"


LIMIT = paragraph(
    '<w:commentRangeStart w:id="1"/>' + run("抢险队伍应在") + deleted("30分钟", "张三") + inserted("15分钟", "张三")
    + run("内到达现场") + '<w:commentRangeEnd w:id="1"/>' + inserted("并报告", "李四") + run("。"),
    raw=True,
)  # fmt: skip
NEW = with_end(paragraph(inserted("2.2 信息核实", "李四"), raw=True), "ins", "李四")
NEW_TEXT = with_end(paragraph(inserted("县防办负责核实。", "李四"), raw=True), "ins", "李四")
COMMENTS = (
    f'<w:comments {word.SPACES}><w:comment w:id="1" w:author="王五" w:date="2026-03-02T10:00:00Z">'
    f"{paragraph('时限能否做到')}</w:comment></w:comments>"
)
FILE = word_file(
    paragraph("临河县防汛应急预案"), paragraph("1 总则"), paragraph("为了防汛，制定本预案。"), paragraph("2 应急响应"),
    paragraph("2.1 队伍到达"), LIMIT, NEW, NEW_TEXT, f"<w:tbl><w:tblPr/>{row('消防')}{row('民兵', 'ins')}</w:tbl>",
    paragraph("3 附则"), paragraph("略。"), styles=word.HEADING_STYLES, comments=COMMENTS,
)  # fmt: skip


def taken(store: Store, data: bytes = FILE, **more: object) -> Taken:
    with store.work(AUTHOR) as work:
        return intake.take_file(work, data, "预案.docx", **{"tracked": Tracked.SUGGEST, **more})  # type: ignore[arg-type]


def decided(store: Store, plan: str, ids: list[str], decision: Decision = Decision.ACCEPTED) -> suggestions.Decided:
    with store.work(AUTHOR) as work:
        return suggestions.decide(work, plan, ids, decision)


def words(store: Store, plan: str) -> str:
    """The draft as text."""
    with store.reading(AUTHOR) as work:
        draft = drafts.draft(work, plan)
    assert draft is not None
    return "\n".join(
        "".join((entry.clause.heading, entry.clause.text, entry.clause.table.text if entry.clause.table else ""))
        for entry in draft.clauses
    )


def test_a_comment_keeps_its_author_its_words_and_its_time(store: Store) -> None:
    made = taken(store)
    assert made.comments == 1
    with store.reading(AUTHOR) as work:
        (found,) = comments.comments(work, made.first.plan)
    assert (found.text, found.anchor.quotation) == ("时限能否做到", "抢险队伍应在30分钟内到达现场")
    assert (found.author_name, found.at.isoformat()) == ("王五", "2026-03-02T02:00:00+00:00")


def test_a_comment_taken_in_is_said_by_nobody_of_ours(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        body = a_body(work, "县应急局", "/1/", OrganisationKind.EMERGENCY_BUREAU).id
    clerk = replace(AUTHOR, organisation=body)
    with store.work(clerk) as work:
        plan = take_file(work, FILE, "a.docx").first.plan
        (found,) = comments.comments(work, plan)
        assert (found.author_name, found.unit) == ("王五", "")  # the file does not say where 王五 works
        kinds = [one.kind for one in events.history(work, events.chain_of_plan(plan))]
    assert "comment-taken-in" in kinds
    assert "comment-made" not in kinds


@BOTH
def test_suggestions_are_kept_with_the_version_and_open(store: Store) -> None:
    made = taken(store)
    with store.reading(AUTHOR) as work:
        found = suggestions.suggestions(work, made.first.plan)
    brief = [(each.kind, each.author, each.before, each.after) for each in (one.suggestion for one in found)]
    assert brief == [
        (ChangeKind.REPLACEMENT, "张三", "30分钟", "15分钟"), (ChangeKind.INSERTION, "李四", "", "并报告"),
        (ChangeKind.INSERTION, "李四", "", "2.2 信息核实¶"), (ChangeKind.INSERTION, "李四", "", "县防办负责核实。¶"),
        (ChangeKind.ROW_INSERTION, "张三", "", "民兵"),
    ]  # fmt: skip
    assert {one.decision for one in found} == {Decision.OPEN}
    assert made.first.tracked is Tracked.SUGGEST
    assert len(made.first.suggestions) == 5


@BOTH
def test_accepted_words_go_into_the_draft_and_declined_ones_do_not(store: Store) -> None:
    plan = taken(store).first.plan
    assert decided(store, plan, ["s1"]).decided == ("s1",)
    assert decided(store, plan, ["s2"], Decision.DECLINED).decided == ("s2",)
    assert "抢险队伍应在15分钟内到达现场。" in words(store, plan)
    with store.reading(AUTHOR) as work:
        states = {one.suggestion.id: (one.decision, one.decided_by) for one in suggestions.suggestions(work, plan)}
    assert states["s1"] == (Decision.ACCEPTED, AUTHOR.account)
    assert states["s2"][0] is Decision.DECLINED
    assert states["s3"][0] is Decision.OPEN


def test_all_are_accepted_at_once(store: Store) -> None:
    plan = taken(store).first.plan
    assert decided(store, plan, ["s1", "s2", "s3", "s4", "s5"]) == suggestions.Decided(
        decided=("s1", "s2", "s3", "s4", "s5")
    )
    text = words(store, plan)
    assert "抢险队伍应在15分钟内到达现场并报告。" in text
    assert "2.2 信息核实县防办负责核实。" in text
    assert "消防\n民兵" in text


def test_paragraphs_and_rows_are_accepted_one_by_one(store: Store) -> None:
    plan = taken(store).first.plan
    decided(store, plan, ["s5"])
    decided(store, plan, ["s3"])
    text = words(store, plan)
    assert "消防\n民兵" in text
    assert "2.2 信息核实" in text
    assert "县防办负责核实" not in text


def test_what_was_written_meanwhile_stays_and_a_contradiction_leaves_the_suggestion_open(store: Store) -> None:
    plan = taken(store).first.plan
    with store.work(AUTHOR) as work:
        entry = next(one for one in drafts.open_draft(work, plan).clauses if one.clause.plain_title == "队伍到达")
        changed = replace(entry.clause, text=entry.clause.text.replace("30分钟", "20分钟"))
        drafts.save_clause(work, plan, changed, revision=entry.revision)
    assert decided(store, plan, ["s1", "s2"]) == suggestions.Decided(decided=("s2",), in_conflict=("s1",))
    assert "抢险队伍应在20分钟内到达现场并报告。" in words(store, plan)


def test_who_may_not_write_may_not_decide_and_an_unknown_id_is_refused(store: Store) -> None:
    plan = taken(store).first.plan
    with pytest.raises(NotFound):
        decided(store, plan, ["s9"])
    with pytest.raises((NotAllowed, NotFound)), store.work(person("reviewer", Role.REVIEWER)) as work:
        suggestions.decide(work, plan, ["s1"], Decision.ACCEPTED)


PARTS = next(each for each in corpus_parts.FIXTURES if each.name == "comprehensive-special-on-site")


def test_open_suggestions_stand_beside_their_version_for_its_writers_only(store: Store) -> None:
    made = taken(store)
    plan, version = made.first.plan, made.first.version
    decided(store, plan, ["s1"])
    with store.reading(AUTHOR) as work:
        assert [one.suggestion.id for one in suggestions.open_on(work, plan, version)][:1] == ["s2"]
        assert suggestions.open_on(work, plan, "") == ()
    with store.reading(person("reader", Role.REVIEWER)) as work:
        assert suggestions.open_on(work, plan, version) == ()


def test_several_plans_become_related_plans_or_stay_one(store: Store) -> None:
    whole = taken(store, PARTS.data)
    assert len(whole.plans) == 1
    apart = taken(store, PARTS.data, is_split=True)
    assert [plan.title for plan in apart.plans] == [title for _, title in PARTS.parts]
    assert sum(plan.chars_kept for plan in apart.plans) == whole.first.chars_in
    with store.reading(AUTHOR) as work:
        found = {(one.plan, one.kind) for one in plans.relations(work, apart.first.plan)}
    assert {plan.kind for plan in apart.plans} == {PlanKind.UNIT}
    special, water, site = (plan.plan for plan in apart.plans[1:])
    assert found == {
        (special, RelationKind.SPECIAL_OF), (water, RelationKind.SPECIAL_OF), (site, RelationKind.UPPER),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("data", "into", "code"), [(FILE, False, "file-is-one-plan"), (PARTS.data, True, "split-into-one")]
)
def test_what_cannot_be_split_is_refused(store: Store, data: bytes, into: bool, code: str) -> None:
    plan = taken(store).first.plan if into else ""
    with pytest.raises(PlansRepoError) as refused:
        taken(store, data, is_split=True, into=plan)
    assert refused.value.code == code


def test_a_split_plan_decides_its_own_suggestions(store: Store) -> None:
    body = paragraph(run("接报后") + deleted("30分钟", "张三") + inserted("10分钟", "张三") + run("内启动。"), raw=True)
    moved = with_end(paragraph(inserted("补充一条。", "张三"), raw=True), "ins")
    data = word_file(
        paragraph("综合应急预案"), paragraph("1 总则"), paragraph("略。"), paragraph("水害事故专项应急预案"),
        paragraph("1 适用范围"), body, moved, paragraph("2 附则"), paragraph("略。"), styles=word.HEADING_STYLES,
    )  # fmt: skip
    special = taken(store, data, is_split=True).plans[1].plan
    assert decided(store, special, ["s1", "s2"]).decided == ("s1", "s2")
    assert "接报后10分钟内启动。\n补充一条。" in words(store, special)


def test_an_import_into_a_plan_keeps_suggestions_with_its_own_clauses(store: Store) -> None:
    first = taken(store, tracked=Tracked.ACCEPT).first
    again = taken(store, into=first.plan).first
    own = {clause.id for clause in again.clauses}
    assert {one.clause for one in again.suggestions} <= own
    assert decided(store, first.plan, ["s1"]).decided == ("s1",)


def test_open_suggestions_go_out_as_tracked_changes_under_their_authors(store: Store) -> None:
    plan = taken(store).first.plan
    with store.reading(AUTHOR) as work:
        open_ones = suggestions.suggestions(work, plan)
        version = plans.version_of(work, plan).id
        marked = redlines.with_suggestions(work, plan, version)
        same = "\n".join(clause_text(clause) for clause in plans.text_of(work, plan, version))
    account = read_plan(marked.data, "预案.docx", new_id=new_uuid, tracked=Tracked.SUGGEST)
    found = {(one.author, one.before, one.after) for one in account.suggestions}
    assert ("张三", "30分钟", "15分钟") in found
    assert ("李四", "", "并报告") in found
    assert marked.revisions > len(open_ones) - 1
    kept = "\n".join(clause_text(clause) for clause in account.clauses)
    assert "抢险队伍应在30分钟内到达现场。" in kept
    assert "抢险队伍应在30分钟内到达现场。" in same
    decided(store, plan, [one.suggestion.id for one in open_ones], Decision.DECLINED)
    with store.reading(AUTHOR) as work:
        assert redlines.with_suggestions(work, plan, version).revisions == 0


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (bytes(range(0x81, 0xC0)) * 2, "a.txt", "plan-file-no-text"),
        ("清川县\x01\x02\x03\x04\x05\x06\x0e\x0f\x10\x11".encode(), "a.txt", "plan-file-no-text"),
        (b"1 General\n1.1 Purpose\nFloods.\n", "a.md", "plan-file-no-chinese"),
        (word_file(paragraph("Flood plan"), paragraph("1 General")), "a.docx", "plan-file-no-chinese"),
    ],
)
def test_what_is_no_chinese_text_is_refused_and_nothing_is_stored(
    store: Store, data: bytes, name: str, code: str
) -> None:
    with pytest.raises(PlansRepoError) as refused, store.work(AUTHOR) as work:
        intake.take_file(work, data, name)
    assert refused.value.code == code
    with store.reading(AUTHOR) as work:
        assert plans.list_plans(work) == ()
