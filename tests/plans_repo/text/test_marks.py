"""Marks of classification stop a file; the same words in a sentence do not."""

import pytest

from plans_repo.errors import PlansRepoError
from plans_repo.text.reading import read_plan
from tests.plans_repo.text import word_files as word
from tests.plans_repo.text.builders import ids, reading_of

MARKS = (
    "机密★1年", "秘密★", "绝密★长期", "机 密 ★ 5 年", "机　密", "秘密", "（内部资料）", "内部资料，注意保存",
    "内部资料 不得外传", "密级：机密", "密级: 秘密★3年",
    "【绝密】", "000123  机密★1年", "机密级", "内部资料", "机\u200b密★", "機密★", "密级：内部", "机密★启用前",
    "内部文件 严禁外传",
    "机密★1年，注意保管", "★机密", "★秘密★3年", "机密·5年", "机密，注意保密", "此件机密", "工作秘密",
)  # fmt: skip
WORDS = (
    "做好保密工作，严守机密。", "涉及国家秘密的信息按有关规定执行。", "商业秘密和个人隐私受法律保护。",
    "机密文件由专人保管。", "密级：公开", "县保密局负责秘密载体的管理",
    "不得泄露工作秘密。", "内部资料管理制度由办公室制定。", "内部通讯畅通", "机要保密组",
    "秘密级以上文件不得通过互联网传输。", "标注“秘密★”字样的文件不得上传。",
    "密级", "密级：", "定密责任人", "绝密、机密、秘密三级",
    "标有★机密字样的文件专人保管。", "此件机密与否由办公室确定。", "工作秘密管理", "机密，由专人保管。",
    "涉及机密的，注意保密。", "秘密等级由定密责任人确定",
)  # fmt: skip

WATERMARK = '<w:r><w:pict><v:shape><v:textpath string="机密"/></v:shape></w:pict></w:r>'


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("where", ["first", "last"])
def test_a_mark_stops_the_file(mark: str, where: str) -> None:
    lines = [mark, "一、总则", "略。"] if where == "first" else ["一、总则", "略。", mark]
    with pytest.raises(PlansRepoError) as refused:
        reading_of("\n".join(lines))
    assert refused.value.code == "plan-file-classified"


@pytest.mark.parametrize("words", WORDS)
def test_the_word_within_a_sentence_is_no_mark(words: str) -> None:
    assert reading_of(f"一、总则\n{words}\n二、附则\n略。").chars_kept


@pytest.mark.parametrize(
    "place", ["header", "footer", "box", "table", "pair", "watermark", "deletion", "note", "split"]
)
def test_a_mark_is_found_wherever_word_shows_it(place: str) -> None:
    blocks = [word.paragraph("一、总则"), word.paragraph("略。")]
    parts: dict[str, object] = {}
    mark = word.paragraph("机密★1年")
    if place in ("header", "footer"):
        parts = {f"{place}s": [mark]}
    elif place == "note":
        parts = {"footnotes": word.notes("footnotes", ["机密★1年"])}
    else:
        blocks.append({
            "box": word.paragraph(word.text_box(mark), raw=True),
            "table": word.table([["机密★1年", "1"]]),
            "pair": word.table([["密级", "机密"]]),
            "watermark": word.paragraph(WATERMARK, raw=True),
            "deletion": word.paragraph("<w:del><w:r><w:delText>机密★1年</w:delText></w:r></w:del>", raw=True),
            "split": word.paragraph(word.run("机") + word.run("密") + word.run("★"), raw=True),
        }[place])  # fmt: skip
    with pytest.raises(PlansRepoError) as refused:
        read_plan(word.word_file(*blocks, **parts), "a.docx", new_id=ids())  # type: ignore[arg-type]
    assert refused.value.code == "plan-file-classified"


def test_a_mark_in_the_file_name_stops_it() -> None:
    with pytest.raises(PlansRepoError) as refused:
        read_plan("一、总则\n略。".encode(), "（机密）防汛预案.txt", new_id=ids())
    assert refused.value.code == "plan-file-classified"
