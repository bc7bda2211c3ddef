"""Files that must not come in: each is refused with one code, whatever it pretends to be."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans_repo.errors import PlansRepoError
from plans_repo.text.reading import read_plan
from tests.plans_repo.text import word_files as word
from tests.plans_repo.text.builders import ids

GOOD = word.word_file(word.paragraph("一、总则"), word.paragraph("略。"))
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)


def refusal(data: bytes, name: str) -> str:
    with pytest.raises(PlansRepoError) as refused:
        read_plan(data, name, new_id=ids())
    assert refused.value.fields["thing"].startswith("file ")
    return refused.value.code


def zip_of(**files: bytes) -> bytes:
    return word.zipped({name.replace("__", "/"): content for name, content in files.items()})


def with_part(path: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            new.writestr(each, content if each == path else old.read(each))
        if path not in old.namelist():
            new.writestr(path, content)
    return out.getvalue()


def encrypted_flag(data: bytes) -> bytes:
    """The zip with every entry marked as encrypted."""
    marked = bytearray(data)
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = marked.find(sign)
        while at >= 0:
            marked[at + offset] |= 1
            at = marked.find(sign, at + 4)
    return bytes(marked)


@pytest.mark.parametrize(("data", "name", "code"), [
    (b"", "a.docx", "plan-file-empty"),
    (b"", "a.txt", "plan-file-empty"),
    (b" \r\n\t", "a.md", "plan-file-empty"),
    (b"\xef\xbb\xbf", "a.txt", "plan-file-empty"),
    ("\u3000\u200b\n".encode(), "a.txt", "plan-file-without-text"),
    (word.word_file(word.paragraph("　")), "a.docx", "plan-file-without-text"),
    (zip_of(a=b"b"), "a.docx", "plan-file-not-document"),
    (zip_of(**{"xl__workbook.xml": b"<x/>", "_rels__.rels": b"<Relationships/>"}), "a.docx", "plan-file-not-document"),
    (GOOD[: len(GOOD) // 2], "a.docx", "plan-file-damaged"),
    (b"PK\x03\x04" + bytes(50), "a.docx", "plan-file-damaged"),
    (with_part("word/document.xml", b"<w:document"), "a.docx", "plan-file-damaged"),
    (with_part("word/document.xml", b""), "a.docx", "plan-file-damaged"),
    (encrypted_flag(GOOD), "a.docx", "plan-file-encrypted"),
    (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "plan-file-encrypted"),
    (OLE, "a.docx", "plan-file-wrong-extension"),
    (OLE, "a.dot", "plan-file-old-format"),
    (b"%PDF-1.7 x", "a.txt", "plan-file-wrong-extension"),
    (b"{\\rtf1 x}", "a.docx", "plan-file-wrong-extension"),
    (GOOD, "a.txt", "plan-file-wrong-extension"),
    (GOOD, "a.md", "plan-file-wrong-extension"),
    ("一、总则".encode(), "a.docx", "plan-file-wrong-extension"),
    ("一、总则".encode(), "a.xlsx", "plan-file-type"),
    ("一、总则".encode(), "noextension", "plan-file-type"),
    (b"a\0b\0c", "a.txt", "plan-file-encoding"),
    (b"\xff\xff\xff\x80", "a.txt", "plan-file-encoding"),
])  # fmt: skip
def test_a_file_that_is_no_plan_is_refused(data: bytes, name: str, code: str) -> None:
    assert refusal(data, name) == code


def test_a_file_that_expands_beyond_measure_is_refused() -> None:
    bomb = with_part("word/media/x.bin", bytes(40_000_000))
    assert len(bomb) < 100_000
    assert refusal(bomb, "a.docx") == "plan-file-expands"


def test_many_parts_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for at in range(10_001):
            package.writestr(f"p{at}", b"")
    assert refusal(out.getvalue(), "a.docx") == "plan-file-expands"


ENTITY = '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
LAUGHS = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("part", ["word/document.xml", "word/_rels/document.xml.rels", "_rels/.rels"])
@pytest.mark.parametrize("declaration", [ENTITY, LAUGHS, '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd">'])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_declared_entities_are_refused(part: str, declaration: str, encoding: str) -> None:
    content = f'<?xml version="1.0" encoding="{encoding}"?>{declaration}<d>&e;</d>'.encode(encoding)
    assert refusal(with_part(part, content), "a.docx") == "plan-file-entities"


def test_a_part_nested_without_end_is_refused() -> None:
    deep = "<w:r>" * 5000 + "</w:r>" * 5000
    assert refusal(word.word_file(word.paragraph(deep, raw=True)), "a.docx") == "plan-file-nested"


def test_a_target_outside_the_file_is_not_followed() -> None:
    relations = f'<Relationship Id="rIdH" Type="{word.OFFICE}/header" Target="../../../etc/hostname"/>'
    relations += (
        f'<Relationship Id="rIdI" Type="{word.OFFICE}/image" Target="http://127.0.0.1:9/x.png" TargetMode="External"/>'
    )
    data = word.word_file(
        word.paragraph("一、总则"),
        word.paragraph(word.picture("rIdI") + word.run("略。"), raw=True),
        relations=relations,
    )
    reading = read_plan(data, "a.docx", new_id=ids())
    assert reading.media == ()
    assert "picture-linked" in [notice.code for notice in reading.warnings]


def test_a_repetitive_plan_is_no_bomb() -> None:
    reading = read_plan(
        word.word_file(*[word.paragraph("第一条 为了防汛，制定本预案。")] * 20_000), "a.docx", new_id=ids()
    )
    assert reading.chars_in == reading.chars_kept


def test_the_path_is_not_part_of_the_name() -> None:
    with pytest.raises(PlansRepoError) as refused:
        read_plan(b"", "C:\\Users\\zhang\\预案.docx", new_id=ids())
    assert refused.value.fields["file"] == "预案.docx"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(("a.docx", "a.txt", "a.md", "a.doc", "a")))
def test_any_bytes_are_read_or_refused_with_a_code(data: bytes, name: str) -> None:
    try:
        reading = read_plan(data, name, new_id=ids())
    except PlansRepoError as refused:
        if not refused.code.startswith("plan-file-"):
            raise
    else:
        assert reading.chars_in == reading.chars_kept


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_word_file_is_read_or_refused_with_a_code(data: st.DataObject) -> None:
    damaged = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(4, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        reading = read_plan(bytes(damaged), "a.docx", new_id=ids())
    except PlansRepoError as refused:
        if not refused.code.startswith("plan-file-"):
            raise
    else:
        assert reading.chars_in == reading.chars_kept
