"""Comments in the Word file stand beside their words, come back as they went, and keep the file well-formed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from plans_repo.text.blame import History, Step
from plans_repo.text.reading import read_plan
from plans_repo.word.comment_marks import WordNote
from plans_repo.word.plan_document import plan_document
from plans_repo.word.redline import redline_document
from tests.plans_repo.word.checking import complaints
from tests.plans_repo.word.settling import ACCEPT, REJECT, words
from tests.plans_repo.word.test_redline import CHEN, IDENTITY, NEW, NOON, OLD, said
from tests.plans_repo.word.trips import come_back

ANSWER = WordNote(clause=OLD[1].id, quotation="", text="可行。", author="王科", at=NOON + timedelta(hours=1))
NOTES = (
    WordNote(
        clause=OLD[1].id,
        quotation="30分钟内",
        text="时限偏长。\n建议15分钟。",
        author="李工",
        at=NOON,
        answers=(ANSWER,),
    ),
    WordNote(clause=OLD[1].id, quotation="报告。 同时通报", text="两处。", author="李工", at=NOON),
    WordNote(clause=OLD[2].id, quotation="", text="整条。", author="赵审", at=NOON, is_settled=True),
    WordNote(clause="gone", quotation="", text="无处可写。", author="赵审", at=NOON),
)


def test_comments_go_out_and_come_back_with_their_words_answers_and_state(tmp_path: Path) -> None:
    data = plan_document(IDENTITY, OLD, notes=NOTES).data
    assert complaints(data, tmp_path) == []
    reading = read_plan(data, "plan.docx", new_id=iter(map(str, range(99))).__next__)
    told = [(one.author, one.text, one.quotation, one.is_resolved) for one in reading.comments if not one.answers]
    assert told == [
        ("李工", "时限偏长。\n建议15分钟。", "30分钟内", False),
        ("李工", "两处。", "报告。\n同时通报", False),
        ("赵审", "整条。", "1.2值班", True),
    ]
    (answer,) = [one for one in reading.comments if one.answers]
    assert (answer.author, answer.text, answer.answers) == ("王科", "可行。", reading.comments[0].key)
    assert come_back(data, OLD, IDENTITY.title) == OLD


def test_comments_beside_tracked_changes_leave_both_texts_as_they_are(tmp_path: Path) -> None:
    notes = (WordNote(clause=NEW[1].id, quotation="15分钟内报告", text="好。", author="李工", at=NOON), *NOTES[2:])
    found = redline_document(IDENTITY, History(OLD, [Step(clauses=NEW, hand=CHEN)]), notes=notes)
    assert words(found.data, ACCEPT) == said(NEW)
    assert words(found.data, REJECT) == said(OLD)
    assert complaints(found.data, tmp_path) == []
