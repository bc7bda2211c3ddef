"""Marks of classification stop a file; the same words in a sentence do not."""

import io
import zipfile

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
    "仅供内部使用", "（仅限内部传阅）", "内部文件，请勿外传",
    "本预案为内部资料，仅供内部使用", "内部使用 注意保管",
    "内部参考",
    "本预案仅供单位内部使用。", "机密　　临政发〔2026〕3号", "临河县人民政府文件\t秘密★", "工作秘密，不得外传", "内部★",
    "机密★1年，注意保管", "★机密", "★秘密★3年", "机密·5年", "机密，注意保密", "此件机密", "工作秘密",
)  # fmt: skip
WORDS = (
    "做好保密工作，严守机密。", "涉及国家秘密的信息按有关规定执行。", "商业秘密和个人隐私受法律保护。",
    "机密文件由专人保管。", "密级：公开", "县保密局负责秘密载体的管理",
    "不得泄露工作秘密。", "内部资料管理制度由办公室制定。", "内部通讯畅通", "机要保密组",
    "涉及国家秘密的按规定办理", "保守机密", "绝密级除外", "（绝密级除外）", "机密级以下的可以传真。",
    "内部使用的对讲机由后勤组发放。",
    "仅供内部使用的通讯录另行印发。", "涉密内容不公开", "绝密　机密　秘密", "属于工作秘密的按工作秘密管理。",
    "内部参考资料由办公室汇编。",
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


@pytest.mark.parametrize("name", [
    "（机密）防汛预案", "机密-防汛预案", "防汛预案 秘密", "防汛预案_绝密", "防汛预案（内部资料）", "防汛预案秘密★1年",
    "【涉密】防汛预案",
    "工作秘密+防汛预案",
])  # fmt: skip
def test_a_mark_in_the_file_name_stops_it(name: str) -> None:
    with pytest.raises(PlansRepoError) as refused:
        read_plan("一、总则\n略。".encode(), f"{name}.txt", new_id=ids())
    assert (refused.value.code, refused.value.fields["where"]) == ("plan-file-classified", "file_name")


@pytest.mark.parametrize(
    "name", ["商业秘密保护应急预案", "泄露国家秘密事件应急预案", "内部治安应急预案", "机密文件保管方案"]
)
def test_a_name_that_speaks_of_secrets_does_not(name: str) -> None:
    assert read_plan("一、总则\n略。".encode(), f"{name}.txt", new_id=ids()).chars_kept


@pytest.mark.parametrize(("part", "content"), [
    ("core", "<cp:keywords>防汛；机密</cp:keywords>"), ("core", "<dc:subject>秘密★1年</dc:subject>"),
    ("custom", '<property name="密级"><vt:lpwstr>秘密</vt:lpwstr></property>'),
    ("custom", '<property name="备注"><vt:lpwstr>内部资料</vt:lpwstr></property>'),
])  # fmt: skip
def test_a_mark_in_the_properties_stops_the_file(part: str, content: str) -> None:
    with pytest.raises(PlansRepoError) as refused:
        read_plan(with_properties(part, content), "a.docx", new_id=ids())
    assert (refused.value.code, refused.value.fields["where"]) == ("plan-file-classified", "properties")


def test_properties_without_a_mark_do_not() -> None:
    harmless = '<property name="密级"><vt:lpwstr>公开</vt:lpwstr></property>'
    assert read_plan(with_properties("custom", harmless), "a.docx", new_id=ids()).chars_kept


def with_properties(part: str, content: str) -> bytes:
    """A Word file with a part of properties."""
    spaces = 'xmlns:cp="cp" xmlns:dc="dc" xmlns:vt="vt"'
    relation = f'<Relationship Id="rIdP" Type="{word.OFFICE}/{part}-properties" Target="docProps/{part}.xml"/>'
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(word.word_file(word.paragraph("一、总则")))) as old,
        zipfile.ZipFile(out, "w") as new,
    ):
        for each in old.namelist():
            part_bytes = old.read(each)
            if each == "_rels/.rels":
                part_bytes = part_bytes.replace(b"</Relationships>", f"{relation}</Relationships>".encode())
            new.writestr(each, part_bytes)
        new.writestr(f"docProps/{part}.xml", f"<p {spaces}>{content}</p>")
    return out.getvalue()
