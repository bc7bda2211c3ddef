"""Old and foreign word processors' files through LibreOffice, and what happens where it is absent, slow or beaten."""

import shlex
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from plans_repo.errors import PlansRepoError
from plans_repo.text.reading import office, read_plan
from plans_repo.text.reading.child import Bounds, run_child
from plans_repo.text.rendering import plain_text
from tests.plans_repo.text import word_files as word
from tests.plans_repo.text.builders import headings, ids

PLAN = word.word_file(
    word.paragraph("临河县防汛应急预案"),
    word.paragraph("1 总则"),
    word.paragraph("1.1 编制目的"),
    word.paragraph("为做好防汛工作，制定本预案。"),
    word.table([["单位", "电话"], ["县应急局", "120"]]),
    word.paragraph("2 附则"),
    word.paragraph("略。"),
)
KINDS = {"doc": "doc:MS Word 97", "wps": "doc:MS Word 97", "rtf": "rtf", "odt": "odt"}


@pytest.fixture(scope="module")
def old_files(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The same plan as each of the other kinds of file; a .wps of Kingsoft is a .doc by another name."""
    folder = tmp_path_factory.mktemp("old")
    (folder / "plan.docx").write_bytes(PLAN)
    found = {}
    for kind in ("doc", "rtf", "odt"):
        command = [soffice, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
        command += ["--convert-to", KINDS[kind], "--outdir", str(folder), str(folder / "plan.docx")]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        found[kind] = (folder / f"plan.{kind}").read_bytes()
    return found | {"wps": found["doc"]}


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", KINDS)
def test_an_old_file_gives_the_plan_that_the_word_file_gives(old_files: dict[str, bytes], kind: str) -> None:
    before = set(Path(tempfile.gettempdir()).glob("yuyan-office-*"))
    reading = read_plan(old_files[kind], f"预案.{kind}", new_id=ids())
    plain = read_plan(PLAN, "预案.docx", new_id=ids())
    assert headings(reading) == headings(plain)
    assert "".join(plain_text(reading.clauses).split()) == "".join(plain_text(plain.clauses).split())
    assert reading.chars_in == reading.chars_kept == plain.chars_in
    assert (reading.format, reading.warnings[0].code) == (kind, "converted-by-office")
    assert set(Path(tempfile.gettempdir()).glob("yuyan-office-*")) == before


@pytest.mark.libreoffice
def test_a_mark_in_an_old_file_stops_it(soffice: str, old_files: dict[str, bytes]) -> None:
    rtf = old_files["rtf"].replace(b"120", b"\\u26426?\\u23494?\\u9733?")  # 机密★
    with pytest.raises(PlansRepoError) as refused:
        read_plan(rtf, "a.rtf", new_id=ids())
    assert refused.value.code == "plan-file-classified"


@pytest.mark.libreoffice
@pytest.mark.parametrize("data", [
    bytes.fromhex("d0cf11e0a1b11ae1") + bytes(3000),
    b"{\\rtf1" + b"{" * 100_000,
])  # fmt: skip
def test_what_libreoffice_cannot_open_is_refused(data: bytes) -> None:
    with pytest.raises(PlansRepoError) as refused:
        read_plan(data, "a.doc", new_id=ids())
    assert refused.value.code in ("plan-file-not-converted", "plan-file-without-text", "plan-file-nested")


def test_without_libreoffice_the_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(office.VARIABLE, "")
    with pytest.raises(PlansRepoError) as refused:
        read_plan(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(3000), "a.wps", new_id=ids())
    assert (refused.value.code, refused.value.fields["value"]) == ("plan-file-needs-office", "wps")


def a_program(folder: Path, body: str) -> str:
    path = folder / "soffice"
    python = f"{shlex.quote(sys.executable)} -c {shlex.quote(body)}"  # a path with a blank is no name after #!
    path.write_text(f"#!/bin/sh\nexec {python}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")
@pytest.mark.parametrize(("body", "code"), [
    ("import time; time.sleep(60)", "plan-file-office-slow"),
    ("raise SystemExit(1)", "plan-file-not-converted"),
    ("pass", "plan-file-not-converted"),
])  # fmt: skip
def test_a_conversion_that_fails_or_does_not_end_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, body: str, code: str
) -> None:
    monkeypatch.setenv(office.VARIABLE, a_program(tmp_path, body))
    monkeypatch.setattr(office, "BOUNDS", Bounds(time_s=2, memory_bytes=2_000_000_000, file_bytes=1_000_000))
    with pytest.raises(PlansRepoError) as refused:
        read_plan(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(3000), "a.doc", new_id=ids())
    assert refused.value.code == code


@pytest.mark.skipif(sys.platform == "win32", reason="limits are those of POSIX")
def test_a_child_has_no_more_memory_and_writes_no_more_than_its_bounds(tmp_path: Path) -> None:
    bounds = Bounds(time_s=20, memory_bytes=500_000_000, file_bytes=100_000)
    greedy = run_child([sys.executable, "-c", "print(len(bytearray(900_000_000)))"], bounds)
    assert (greedy.code, greedy.out) == (1, b"")
    target = tmp_path / "big"
    run_child([sys.executable, "-c", f"open({str(target)!r}, 'wb').write(bytes(1_000_000))"], bounds)
    assert target.stat().st_size <= 100_352


@pytest.mark.skipif(sys.platform == "win32", reason="process groups are those of POSIX")
def test_what_a_child_started_ends_with_it(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    inner = f"import time; time.sleep(3); open({str(mark)!r}, 'w')"
    outer = f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {inner!r}]); time.sleep(60)"
    bounds = Bounds(time_s=1, memory_bytes=2_000_000_000, file_bytes=1000)
    assert run_child([sys.executable, "-c", outer], bounds).code is None
    run_child([sys.executable, "-c", "import time; time.sleep(3)"], Bounds(**{**vars(bounds), "time_s": 10}))
    assert not mark.exists()
