"""Hostile files of every kind: one sentence each, within bounded memory, nothing unpacked before it is measured."""

import io
import json
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from plans_repo.errors import PlansRepoError
from plans_repo.text.reading import read_plan
from plans_repo.text.reading.file_kind import SIZE_LIMIT_BYTES, check_size
from tests.plans_repo.text import word_files as word
from tests.plans_repo.text.builders import ids

GOOD = word.word_file(word.paragraph("一、总则"), word.paragraph("略。"))
MEMORY_LIMIT_BYTES = 1_500_000_000  # of address space, for the child that reads all the hostile files
PEAK_LIMIT_KB = 900_000


def refusal(data: bytes, name: str) -> str:
    with pytest.raises(PlansRepoError) as refused:
        read_plan(data, name, new_id=ids())
    return refused.value.code


def with_parts(**parts: bytes) -> bytes:
    """The good file with parts replaced or added; __ stands for a slash, _x_ at the end for .xml."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        named = {key.replace("__", "/").replace("_x_", ".xml"): part for key, part in parts.items()}
        for each in old.namelist():
            new.writestr(each, named.pop(each, old.read(each)))
        for path, part in named.items():
            new.writestr(path, part)
    return out.getvalue()


def named_twice() -> bytes:
    out = io.BytesIO(GOOD)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(out, "a") as package:
        package.writestr("word/document.xml", b"<x/>")
    return out.getvalue()


def lying(*, says: int) -> bytes:
    """A document part of 40 MB that says it is smaller."""
    data = with_parts(word__document_x_=bytes(40_000_000))
    return data.replace(struct.pack("<I", 40_000_000), struct.pack("<I", says))


@pytest.mark.parametrize(("data", "code"), [
    (with_parts(**{"../evil_x_": b"<x/>"}), "plan-file-paths"),
    (with_parts(**{"/etc/passwd": b"x"}), "plan-file-paths"),
    (with_parts(**{"C:/evil": b"x"}), "plan-file-paths"),
    (with_parts(**{"a/../../b": b"x"}), "plan-file-paths"),
    (with_parts(**{"word/vbaProject.bin": b"x"}), "plan-file-macros"),
    (with_parts(**{"WORD/Document_x_": b"<x/>"}), "plan-file-part-twice"),
    (with_parts(word__document_x_=b"<x/>"), "plan-file-not-document"),
    (with_parts(word__document_x_=b"\xff\xfe\x00"), "plan-file-damaged"),
    (with_parts(word__document_x_=b'<?xml version="1.0" encoding="utf-16"?><x/>'), "plan-file-damaged"),
    (with_parts(word__document_x_=b'<?xml version="1.0" encoding="klingon"?><x/>'), "plan-file-damaged"),
    (with_parts(word__document_x_=b"<x a='" + b"y" * 11_000_000 + b"'/>"), "plan-file-damaged"),
    (with_parts(_rels__x_=b"", **{"_rels/.rels": b"<Relationships/>"}), "plan-file-not-document"),
    (with_parts(word__document_x_=b"<x>" + b"<w/>" * 3_000_000 + b"</x>"), "plan-file-too-long"),
])  # fmt: skip
def test_a_hostile_word_file_is_refused_with_one_sentence(data: bytes, code: str) -> None:
    assert refusal(data, "a.docx") == code


def test_a_name_only_one_of_the_two_parsers_knows_is_refused() -> None:
    body = f'<w:document xmlns:w="{word.W}"><w:body><w:p w:a、="1"/></w:body></w:document>'
    assert refusal(with_parts(word__document_x_=body.encode()), "a.docx") == "plan-file-damaged"


def test_a_part_that_comes_twice_is_refused() -> None:
    assert refusal(named_twice(), "a.docx") == "plan-file-part-twice"


def test_other_office_files_by_the_name_of_word_are_refused() -> None:
    sheet = io.BytesIO()
    with zipfile.ZipFile(sheet, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        target = f'<Relationship Id="a" Type="{word.OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        package.writestr("_rels/.rels", f"<Relationships>{target}</Relationships>")
        package.writestr("xl/workbook.xml", "<workbook><sheets/></workbook>")
    assert refusal(sheet.getvalue(), "a.docx") == "plan-file-not-document"


def test_a_zip_whose_list_is_the_bomb_is_refused_before_the_list_is_read() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for at in range(60_000):
            package.writestr(f"word/a-long-name-of-a-part-{at:060}", b"")
    assert refusal(out.getvalue(), "a.docx") == "plan-file-expands"


@pytest.mark.parametrize("says", [1000, 0])
def test_a_part_that_lies_about_its_size_is_refused(says: int) -> None:
    assert refusal(lying(says=says), "a.docx") in ("plan-file-damaged", "plan-file-expands")


def test_relations_in_a_circle_and_styles_in_a_circle_end() -> None:
    circle = word.styles(word.style("A", "a", based_on="B"), word.style("B", "b", based_on="A"))
    relations = "".join(
        f'<Relationship Id="r{kind}" Type="{word.OFFICE}/{kind}" Target="document.xml"/>'
        for kind in ("header", "footer", "footnotes", "comments", "numbering")
    )
    data = word.word_file(word.paragraph("一、总则", style="A"), styles=circle, relations=relations)
    try:
        reading = read_plan(data, "a.docx", new_id=ids())
    except PlansRepoError as refused:
        if not refused.code.startswith("plan-file-"):
            raise
    else:
        assert reading.chars_in == reading.chars_kept


def test_a_file_of_300_megabytes_is_refused_by_its_size(tmp_path: Path) -> None:
    with pytest.raises(PlansRepoError) as refused:
        check_size(SIZE_LIMIT_BYTES * 3, "a.docx")
    assert refused.value.code == "plan-file-too-large"
    from ui.command_line.context import read_file

    sparse = tmp_path / "a.docx"
    with sparse.open("wb") as file:
        file.truncate(300_000_000)
    with pytest.raises(PlansRepoError) as refused:
        read_file(str(sparse))
    assert refused.value.code == "plan-file-too-large"


SAMPLES = """
import resource, sys, json
resource.setrlimit(resource.RLIMIT_AS, (MOST, MOST))
from itertools import count
from plans_repo.errors import PlansRepoError
from plans_repo.text.reading import read_plan
from tests.plans_repo.text import ofd_files as ofd, word_files as word
from tests.plans_repo.text.test_hostile import lying, with_parts
ids = count()
P = word.paragraph
tables = "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>"
samples = {
    "nested tables": ("a.docx", lambda: word.word_file(tables.format("|").replace("|", "<w:tbl><w:tr><w:tc>" * 10000
        + P("一") + "</w:tc></w:tr></w:tbl>" * 10000))),
    "a million empty paragraphs": ("a.docx", lambda: word.word_file("<w:p/>" * 1_000_000 + P("一"))),
    "forty megabytes of nothing": ("a.docx", lambda: with_parts(
        **{f"word__m{at}": bytes(20_000_000) for at in range(2)}
    )),
    "a part that says it is small": ("a.docx", lambda: lying(says=1000)),
    "attribute": ("a.docx", lambda: word.word_file('<w:p w:x="' + "y" * 12_000_000 + '"/>' + P("一"))),
    "one line": ("a.txt", lambda: "防汛".encode() * 510_000),
    "long text": ("a.txt", lambda: "防汛\\n".encode() * 8_000_000),
    "lines": ("a.md", lambda: "1.1 防汛\\n".encode() * 400_000),
    "blanks": ("a.txt", lambda: ("1" + "\\u3000" * 140 + "a\\n").encode() * 4_000),
    "deep page": ("a.html", lambda: b"<div>" * 200_000 + b"a"),
    "wide page": ("a.html", lambda: b"<p>a" * 61_000),
    "open tags": ("a.html", lambda: b"<i>x</b>" * 300_000),
    "advances": ("a.ofd", lambda: ofd.ofd_file([
        ofd.content(ofd.text("一、总则").replace('DeltaX="', 'DeltaX="g 9e99 1 '))
    ])),
}
found = {}
for name, (file, made) in samples.items():
    try:
        reading = read_plan(made(), file, new_id=lambda: f"c{next(ids)}")
        found[name] = "read" if reading.chars_in == reading.chars_kept else "differs"
    except PlansRepoError as error:
        found[name] = error.code
with open("/proc/self/status") as status:  # ru_maxrss would count the parent's memory at the fork as well
    peak_kb = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
print(json.dumps([found, peak_kb]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="address space is limited where Linux runs")
def test_all_of_it_within_bounded_memory() -> None:
    script = SAMPLES.replace("MOST", str(MEMORY_LIMIT_BYTES))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    found, peak_kb = json.loads(done.stdout)
    assert found == {
        "nested tables": "plan-file-nested",
        "a million empty paragraphs": "plan-file-too-long",
        "forty megabytes of nothing": "plan-file-expands",
        "a part that says it is small": "plan-file-damaged",
        "attribute": "plan-file-damaged",
        "one line": "plan-file-too-long",
        "long text": "plan-file-too-long",
        "lines": "plan-file-too-long",
        "blanks": "read",
        "deep page": "plan-file-nested",
        "wide page": "plan-file-too-long",
        "open tags": "plan-file-nested",
        "advances": "read",
    }
    assert peak_kb < PEAK_LIMIT_KB
