"""A thousand damaged files: each reads in full or is refused with a sentence, and nothing half read is stored."""

import random
from collections.abc import Iterator
from itertools import count

import pytest
from sqlmodel import func, select

from plans_repo import intake
from plans_repo.errors import PlansRepoError
from plans_repo.store.roles import Role
from plans_repo.store.tables.base import METADATA
from plans_repo.store.work import Store
from plans_repo.text.reading import Reading, read_plan
from tests.plans_repo.conftest import person
from tests.plans_repo.text import ofd_files as ofd
from tests.plans_repo.text import word_files as word
from tests.plans_repo.text.mutations import PLAIN, ZIPPED
from tests.plans_repo.text.pdf_files import Page, pdf_file
from tests.plans_repo.text.test_web_pages import PLAN as PAGE
from ui.wording.errors import plain_sentence

SENTENCE = "县防办接到红色预警后，应在15分钟内叫应有关乡镇责任人。"
TABLE = "| 单位 | 电话 |\n| --- | --- |\n| 应急局 | 120 |"
TEXT = f"临河县防汛应急预案\n1 总则\n1.1 编制目的\n{SENTENCE}\n{TABLE}\n2 附则\n略。\n"
CHANGED = (
    "<w:p><w:ins w:id='1' w:author='a'><w:r><w:t>新增</w:t></w:r></w:ins><w:del w:id='2' w:author='a'><w:r><w:delText>"
    "删去</w:delText></w:r></w:del></w:p>"
)


def word_plans() -> list[bytes]:
    """Word files with all that such files have: styles, numbers, tables, boxes, notes, heads, changes."""
    simple = [word.paragraph(line) for line in TEXT.splitlines()]
    cell = word.cell(word.paragraph("合并"), columns=2, merge="restart")
    rich = [
        word.paragraph("总则", style="1"), word.paragraph("编制目的", style="2"), word.paragraph(SENTENCE),
        word.table([["单位", "电话"], [cell], ["应急局", "120"]]),
        word.paragraph(word.text_box(word.paragraph("框中文字")), raw=True),
        word.paragraph(word.picture() + word.run("图1 流程图"), raw=True), CHANGED,
        word.paragraph("附则", style="1"), word.paragraph("略。"),
    ]  # fmt: skip
    return [
        word.word_file(*simple),
        word.word_file(
            *rich,
            styles=word.HEADING_STYLES,
            footnotes=word.notes("footnotes", ["注释"]),
            headers=[word.paragraph("临河县人民政府")],
            footers=[word.paragraph("第1页")],
        ),
    ]


def plans() -> list[tuple[str, bytes, int]]:
    """Name, bytes and how many times each is damaged: a thousand in all."""
    cells = [["单位", "电话"]]
    pages = [ofd.content(ofd.text("1 总则"), ofd.text(SENTENCE, 30, 50), ofd.table((30, 70, 150), (90, 100), cells))]
    sheet = Page().text("1 总则", 90, 100).text(SENTENCE, 122, 130).table((90, 200, 400), (200, 230), cells)
    first, second = word_plans()
    return [
        ("a.docx", first, 200), ("b.docx", second, 310), ("a.ofd", ofd.ofd_file(pages), 170),
        ("a.html", f"<html><body>{PAGE}<table><tr><td>单位<td>电话</table></body></html>".encode(), 120),
        ("a.txt", TEXT.encode(), 60), ("b.txt", TEXT.encode("gb18030"), 40), ("a.md", TEXT.encode(), 60),
        ("a.pdf", pdf_file([sheet]), 40),
    ]  # fmt: skip


def damaged() -> list[tuple[str, bytes]]:
    found = []
    for name, data, times in plans():
        mutations = ZIPPED if name.endswith(("docx", "ofd")) else PLAIN
        for at in range(times):
            luck = random.Random(f"{name}{at}")
            found.append((name, luck.choice(mutations)(data, luck)))
    return found


def test_the_undamaged_ones_are_read() -> None:
    numbers = count(1)
    for name, data, _ in plans():
        reading = read_plan(data, name, new_id=lambda: f"c{next(numbers)}")
        assert reading.chars_in == reading.chars_kept, name


def test_a_thousand_damaged_files_are_read_in_full_or_refused() -> None:
    numbers = count(1)
    files = damaged()
    assert len(files) == 1000
    refused = 0
    for at, (name, data) in enumerate(files):
        reading, error = read_or_refused(data, name, numbers)
        if error is None:
            assert reading is not None
            assert reading.chars_in == reading.chars_kept, (at, name)
            continue
        refused += 1
        said = plain_sentence(error)
        assert error.code.startswith(("plan-file-", "plan-pages-"))
        assert error.code not in said
        assert "{" not in said
    assert 200 < refused < 900


def test_of_a_refused_file_nothing_is_stored(store: Store) -> None:
    author = person("author", Role.PLAN_AUTHOR)
    numbers = count(1)
    for name, data in damaged()[::12]:
        if read_or_refused(data, name, numbers)[1] is not None:
            with pytest.raises(PlansRepoError), store.work(author) as work:
                intake.take_file(work, data, name)
    assert rows(store) == 0


def read_or_refused(data: bytes, name: str, numbers: Iterator[int]) -> tuple[Reading | None, PlansRepoError | None]:
    try:
        return read_plan(data, name, new_id=lambda: f"c{next(numbers)}"), None
    except PlansRepoError as error:
        return None, error


def rows(store: Store) -> int:
    with store.engine.connect() as connection:
        tables = METADATA.sorted_tables
        return sum(connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables)
