"""What a package may hold: limits, paths, kinds of members, what the manifest says against what is there."""

from __future__ import annotations

import io
import json
import stat
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from plans_repo import plans, versions
from plans_repo.course import passage
from plans_repo.course.stages import Move, PaperKind
from plans_repo.errors import PlansRepoError
from plans_repo.filing import answering, opening
from plans_repo.filing.answering import FORMAT, KIND, RECEIPT, AnswerFile, Result, read_answer
from plans_repo.filing.making import make_package
from plans_repo.filing.manifest import MANIFEST, SIGNATURE, signed, signed_bytes
from plans_repo.filing.opening import open_package
from plans_repo.plans import PlanKind, Trigger
from plans_repo.store.signing import HeadKey
from plans_repo.store.work import Store, new_uuid
from sim.plain import canonical, plain
from tests import databases
from tests.plans_repo.builders import a_clause, some_clauses
from tests.plans_repo.conftest import StillClock
from tests.plans_repo.course.walking import EVERYBODY
from tests.plans_repo.filing.builders import papers

Members = dict[str, bytes]


@dataclass(frozen=True, kw_only=True)
class Packed:
    """A package and the key that signed it."""

    data: bytes
    key: HeadKey

    def members(self) -> Members:
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    def forged(self, change: Callable[[dict[str, Any], Members], None]) -> bytes:
        """With another manifest or other members, signed anew by the sender."""
        members = self.members()
        told = json.loads(members[MANIFEST])
        change(told, members)
        members[MANIFEST] = canonical(told)
        members[SIGNATURE] = signed_bytes(members[MANIFEST], self.key)
        return zipped(members)


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Packed:
    """One package for the whole module: nothing here is stored."""
    home = tmp_path_factory.mktemp("packed")
    databases.new_file(home)
    store = Store.in_directory(home, clock=StillClock(), new_id=new_uuid)
    with store.work(EVERYBODY) as work:
        picture = versions.store_media(work, b"\x89PNG picture", "流程图.png")
        clauses = (*some_clauses(), a_clause("c5", "应急响应流程见图。", media=(picture,)))
        plan = plans.create_plan(work, "某县防汛应急预案", kind=PlanKind.SPECIAL).id
        version = plans.make_version(work, plan, clauses, reason="编制", trigger=Trigger.FIRST).id
        kinds = (PaperKind.ISSUED_DOCUMENT, PaperKind.FILING_REPORT, PaperKind.EXPLANATION)
        passage.move(
            work, version, Move.REGISTER, reason="补录", attachments=papers(*kinds),
            document_number="青政办发〔2026〕1号", on=date(2026, 3, 2),
        )  # fmt: skip
        data = make_package(work, plan, to="市水利局").data
    assert store.key
    store.close()
    return Packed(data=data, key=store.key)


def zipped(members: Members, *, attributes: dict[str, int] | None = None) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = (attributes or {}).get(name, 0o644) << 16
            archive.writestr(info, content)
    return file.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(PlansRepoError) as refused:
        open_package(data, "F.zip")
    return refused.value.code


def test_the_package_itself_is_opened_and_packed_anew_it_is_the_same(packed: Packed) -> None:
    opened = open_package(packed.data, "F.zip")
    assert opened.manifest.document_number == "青政办发〔2026〕1号"
    assert [name for name, _data in opened.media()] == ["流程图.png"]
    assert open_package(zipped(packed.members()), "F.zip") == opened
    assert open_package(packed.forged(lambda told, members: None), "F.zip") == opened


def test_a_link_to_somewhere_else_is_no_file(packed: Packed) -> None:
    members = packed.members() | {"text.docx": b"/etc/passwd"}
    assert refusal(zipped(members, attributes={"text.docx": stat.S_IFLNK | 0o777})) == "package-path-unfit"


@pytest.mark.parametrize("path", ["../a", "papers/../../a", "/a", "a/", "a//b", ".hidden", "papers/.a", "c:/a", "a\nb"])
def test_a_path_that_leads_out_of_the_package_is_refused(packed: Packed, path: str) -> None:
    assert refusal(zipped(packed.members() | {path: b"x"})) == "package-path-unfit"


def test_an_encrypted_member_is_refused(packed: Packed) -> None:
    data = bytearray(packed.data)
    head = data.index(b"PK\x01\x02")  # the first entry of the list at the end of the zip
    data[head + 8] |= 1
    assert refusal(bytes(data)) == "package-encrypted"


@pytest.mark.parametrize(
    ("limit", "value", "code"),
    [
        ("FILE_LIMIT_BYTES", 1000, "package-too-large"),
        ("EXPANDED_LIMIT_BYTES", 1000, "package-expands"),
        ("MEMBERS_LIMIT", 5, "package-expands"),
        ("MEMBER_LIMIT_BYTES", 10, "package-expands"),
        ("HEAD_LIMIT_BYTES", 10, "package-expands"),
        ("CLAUSES_LIMIT", 4, "package-damaged"),
    ],
)
def test_every_limit_holds(packed: Packed, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, code: str) -> None:
    monkeypatch.setattr(opening, limit, value)
    assert refusal(packed.data) == code


def test_a_package_that_swells_is_refused_before_it_is_read(packed: Packed) -> None:
    assert refusal(zipped(packed.members() | {"bomb.txt": b"0" * 21_000_000})) == "package-expands"


def change_file(path: str, **changed: object) -> Callable[[dict[str, Any], Members], None]:
    """Another entry of the manifest for a file."""

    def change(told: dict[str, Any], _members: Members) -> None:
        told["files"] = [one | changed if one["path"].startswith(path) else one for one in told["files"]]

    return change


def twice(told: dict[str, Any], _members: Members) -> None:
    told["files"] = [*told["files"], told["files"][0]]


def without_picture(told: dict[str, Any], members: Members) -> None:
    (path,) = [name for name in members if name.startswith("media/")]
    told["files"] = [one for one in told["files"] if one["path"] != path]
    del members[path]


def of_another_sender(told: dict[str, Any], _members: Members) -> None:
    told["sender"] = told["sender"] | {"key": HeadKey.fresh().name}


def with_another_head(told: dict[str, Any], _members: Members) -> None:
    told["head"] = told["head"] | {"event_hash": "0" * 64}


def with_a_stranger_in_the_head(told: dict[str, Any], _members: Members) -> None:
    told["head"] = told["head"] | {"signature": "00" * 64}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (twice, "package-file-missing"),
        (without_picture, "package-file-missing"),
        (lambda told, members: members.update({"extra.txt": b"x"}), "package-file-unlisted"),
        (lambda told, members: members.update({"TEXT.docx": b"x"}), "package-file-twice"),
        (lambda told, members: told.update(root_hash="0" * 64), "package-root-hash"),
        (lambda told, members: told.update(format=4), "package-format-unknown"),
        (of_another_sender, "package-signature-wrong"),
        (with_another_head, "package-head-wrong"),
        (with_a_stranger_in_the_head, "package-head-wrong"),
        (change_file("text.docx", sha256="0" * 64), "package-file-altered"),
        (change_file("text.docx", size=1), "package-file-resized"),
        (change_file("media/", name="机密★平面图.png"), "package-classified"),
    ],
)
def test_a_signed_manifest_that_does_not_fit_is_refused(
    packed: Packed, change: Callable[[dict[str, Any], Members], None], code: str
) -> None:
    assert refusal(packed.forged(change)) == code


def test_a_manifest_is_read_in_its_one_form(packed: Packed) -> None:
    """Two ways to write the same manifest would have two digests, of which a receipt names one."""
    members = packed.members()
    members[MANIFEST] = json.dumps(json.loads(members[MANIFEST]), indent=1).encode()
    members[SIGNATURE] = signed_bytes(members[MANIFEST], packed.key)
    assert refusal(zipped(members)) == "package-damaged"


def an_answer(key: HeadKey) -> AnswerFile:
    return AnswerFile(
        format=FORMAT, kind=KIND, result=Result.FILED, filing="f", package="p", plan="a", version="v",
        root_hash="0" * 64, title="某县防汛应急预案", document_number="青政办发〔2026〕1号", number="备1号", missing=(),
        on=date(2026, 11, 20), receiver="市水利局", key=key.name, made_at=datetime(2026, 11, 20, tzinfo=UTC),
    )  # fmt: skip


def as_file(told: AnswerFile, key: HeadKey) -> bytes:
    return canonical({"answer": plain(told), "signature": json.loads(signed(told, key))})


def answer_refusal(data: bytes) -> str:
    with pytest.raises(PlansRepoError) as refused:
        read_answer(data, "R.json")
    return refused.value.code


def test_an_answer_is_signed_by_the_key_it_names() -> None:
    mine, other = HeadKey.fresh(), HeadKey.fresh()
    told = an_answer(mine)
    assert read_answer(as_file(told, mine), "R.json") == (told, mine.name)
    assert read_answer(zipped({RECEIPT: as_file(told, mine)}), "R.zip") == (told, mine.name)
    assert answer_refusal(as_file(told, other)) == "package-signature-wrong"
    assert answer_refusal(as_file(replace(told, format=2), mine)) == "receipt-unreadable"


def test_an_answer_has_a_measure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    key = HeadKey.fresh()
    file = as_file(an_answer(key), key)
    assert answer_refusal(zipped({"other.json": file})) == "receipt-unreadable"
    swollen = zipped({RECEIPT: file + b" " * 5000})
    monkeypatch.setattr(answering, "FILE_LIMIT_BYTES", len(swollen))
    assert len(swollen) < 5000
    assert answer_refusal(swollen) == "package-expands"
    monkeypatch.setattr(answering, "FILE_LIMIT_BYTES", len(file) - 1)
    assert answer_refusal(file) == "package-too-large"
