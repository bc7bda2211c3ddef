"""What was read from a file is set right: every correction keeps every character, and what hangs on words follows."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans_repo.errors import PlansRepoError
from plans_repo.text.clause import Clause, ClauseKind, SemanticType
from plans_repo.text.reading import Reading, Tracked, read_plan
from plans_repo.text.reading.corrections import Correction, CorrectionKind, corrected, visible_words
from plans_repo.text.reading.reworked import apart, reworked
from tests.plans_repo.text import corpus_parts
from tests.plans_repo.text import word_files as word
from tests.plans_repo.text.builders import headings, ids, reading_of
from tests.plans_repo.text.word_files import paragraph, run, word_file

TEXT = """临河县防汛应急预案
1 总则
1.1 编制目的
为了防汛。
适用范围
本县行政区域。
2 附则
2.1 解释。由县防办解释。
"""


def fixed(reading: Reading, clause: Clause, kind: CorrectionKind, value: str = "") -> Reading:
    made = corrected(reading.clauses, [Correction(clause=clause.id, kind=kind, value=value)], lambda: "new")
    return reworked(reading, made)


def titled(reading: Reading, title: str) -> Clause:
    return next(clause for clause in reading.clauses if clause.plain_title == title)


def test_a_line_of_text_becomes_a_heading_with_the_lines_under_it() -> None:
    reading = reading_of(TEXT)
    made = fixed(reading, titled(reading, "编制目的"), CorrectionKind.HEADING, "1")
    assert headings(made)[1:3] == [(2, "1.1 编制目的"), (3, "适用范围")]
    assert titled(made, "适用范围").text == "本县行政区域。"
    level = fixed(made, titled(made, "适用范围"), CorrectionKind.LEVEL, "2")
    assert headings(level)[2] == (2, "适用范围")


def test_a_heading_becomes_text_of_the_clause_before() -> None:
    reading = reading_of(TEXT)
    made = fixed(reading, titled(reading, "编制目的"), CorrectionKind.BODY)
    assert headings(made)[0] == (1, "1 总则")
    assert titled(made, "总则").text == "1.1 编制目的\n为了防汛。\n适用范围\n本县行政区域。"


def test_a_title_ends_elsewhere() -> None:
    reading = reading_of("1 总则\n1.1 目的为了防汛\n略。")
    made = fixed(reading, titled(reading, "目的为了防汛"), CorrectionKind.TITLE, "目的")
    clause = titled(made, "目的")
    assert (clause.run_in, clause.text) == (True, "为了防汛\n略。")
    back = fixed(made, clause, CorrectionKind.TITLE, "目的为了防汛")
    assert (titled(back, "目的为了防汛").run_in, titled(back, "目的为了防汛").text) == (False, "略。")


def test_a_run_in_title_keeps_its_mark() -> None:
    reading = reading_of(TEXT)
    made = fixed(reading, titled(reading, "解释"), CorrectionKind.TITLE, "解释。由县防办")
    assert [clause.title for clause in made.clauses][-1] == "解释。由县防办"


def test_a_clause_goes_into_the_one_before_and_front_matter_leaves_the_outline() -> None:
    reading = reading_of(TEXT)
    made = fixed(reading, titled(reading, "解释"), CorrectionKind.MERGE)
    assert titled(made, "附则").text == "2.1解释。由县防办解释。".replace("2.1解", "2.1 解")
    front = fixed(made, titled(made, "附则"), CorrectionKind.FRONT)
    assert front.clauses[-1].kind is ClauseKind.FRONT
    assert headings(front) == headings(reading)[:2]


def test_what_a_clause_is_about_is_said() -> None:
    reading = reading_of(TEXT)
    made = fixed(reading, titled(reading, "编制目的"), CorrectionKind.SEMANTIC, "grading")
    assert titled(made, "编制目的").semantic is SemanticType.GRADING


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        (CorrectionKind.LEVEL, "0", "correction-level"),
        (CorrectionKind.LEVEL, "x", "correction-level"),
        (CorrectionKind.HEADING, "9", "correction-no-such-line"),
        (CorrectionKind.TITLE, "别的", "correction-title-elsewhere"),
        (CorrectionKind.SEMANTIC, "x", "correction-semantic-unknown"),
    ],
)
def test_what_cannot_be_is_refused(kind: CorrectionKind, value: str, code: str) -> None:
    reading = reading_of(TEXT)
    with pytest.raises(PlansRepoError) as refused:
        fixed(reading, titled(reading, "编制目的"), kind, value)
    assert refused.value.code == code


def test_the_first_clause_has_nothing_to_go_into() -> None:
    reading = reading_of("1 总则\n略。")
    with pytest.raises(PlansRepoError, match="nothing-to-merge-into"):
        fixed(reading, reading.clauses[0], CorrectionKind.MERGE)


def test_comments_and_suggestions_follow_their_words() -> None:
    commented = (
        '<w:commentRangeStart w:id="1"/>' + run("由县防办") + '<w:commentRangeEnd w:id="1"/>'
        + word.deleted("负责", "张三") + word.inserted("承担", "张三") + run("解释。")
    )  # fmt: skip
    data = word_file(
        paragraph("1 附则"), paragraph("略。"), paragraph("预案解释"), paragraph(commented, raw=True),
        comments=f'<w:comments {word.SPACES}><w:comment w:id="1">{paragraph("是否准确")}</w:comment></w:comments>',
    )  # fmt: skip
    reading = read_plan(data, "a.docx", new_id=ids(), tracked=Tracked.SUGGEST)
    made = fixed(reading, reading.clauses[0], CorrectionKind.HEADING, "1")
    (comment,), (suggestion,) = made.comments, made.suggestions
    assert (comment.clause, comment.place, comment.quotation) == ("new", 4, "由县防办")
    assert (suggestion.clause, suggestion.place) == ("new", 8)


KINDS = st.sampled_from(list(CorrectionKind))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 30), KINDS, st.sampled_from(("0", "1", "2", "3", "总", "编制", "grading"))),
        max_size=12,
    )
)
def test_whatever_is_corrected_every_character_stays_in_its_order(steps: list[tuple[int, CorrectionKind, str]]) -> None:
    reading = read_plan(corpus_parts.FIXTURES[-3].data, "a.docx", new_id=ids())
    words = visible_words(reading.clauses)
    number = iter(range(1000))
    for at, kind, value in steps:
        clause = reading.clauses[at % len(reading.clauses)]
        try:
            made = corrected(
                reading.clauses, [Correction(clause=clause.id, kind=kind, value=value)], lambda: f"n{next(number)}"
            )
        except PlansRepoError as refused:
            lost = refused.code == "correction-loses-characters"
        else:
            lost = False
            reading = reworked(reading, made)
        assert not lost
        assert visible_words(reading.clauses) == words
        assert reading.chars_in == reading.chars_kept
        assert len({clause.id for clause in reading.clauses}) == len(reading.clauses)


def test_several_plans_are_taken_apart_without_losing_a_clause() -> None:
    for fixture in corpus_parts.FIXTURES:
        reading = read_plan(fixture.data, "a.docx", new_id=ids())
        plans = apart(reading)
        assert tuple(clause for plan in plans for clause in plan.clauses) == reading.clauses
        assert sum(plan.chars_kept for plan in plans) == reading.chars_in
        assert [plan.title for plan in plans] == ([title for _, title in fixture.parts] or [reading.title])
