import hashlib
import json
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from plans_repo import plans
from plans_repo.backup import BackupReport, back_up, restore
from plans_repo.errors import NotAllowed, PlansRepoError
from plans_repo.store.audit import verify
from plans_repo.store.roles import Role
from plans_repo.store.work import Store, new_uuid
from tests import databases
from tests.plans_repo.builders import a_plan, some_clauses
from tests.plans_repo.conftest import StillClock, person

ADMIN = person("admin", Role.SYSTEM_ADMINISTRATOR)
AUTHOR = person("author", Role.PLAN_AUTHOR)


@pytest.fixture
def filled(tmp_path: Path, clock: StillClock) -> Store:
    """A data directory with a plan."""
    home = tmp_path / "home"
    databases.new_file(home)
    store = Store.in_directory(home, clock=clock, new_id=new_uuid)
    with store.work(AUTHOR) as work:
        a_plan(work)
    return store


def test_what_was_backed_up_is_restored_and_valid(filled: Store, tmp_path: Path, clock: StillClock) -> None:
    made = backed_up(filled, tmp_path / "b.zip")
    with filled.work(AUTHOR) as work:
        a_plan(work, "later")
    assert restore(tmp_path / "b.zip", tmp_path / "new home") == made
    again = Store.in_directory(tmp_path / "new home", clock=clock, new_id=new_uuid)
    with again.reading(AUTHOR) as work:
        (plan,) = plans.list_plans(work)
        assert plans.text_of(work, plan.id) == some_clauses()
    assert made.valid
    assert made.rows > 10


def test_the_key_stays_behind(filled: Store, tmp_path: Path) -> None:
    backed_up(filled, tmp_path / "b.zip")
    secret = (tmp_path / "home" / "keys" / "heads.key").read_bytes()
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert sorted(archive.namelist()) == ["manifest.json", "yuyan.sqlite3"]
        assert not any(secret in archive.read(name) for name in archive.namelist())


def test_a_directory_that_holds_something_is_not_touched(filled: Store, tmp_path: Path) -> None:
    backed_up(filled, tmp_path / "b.zip")
    before = (tmp_path / "home" / "yuyan.sqlite3").read_bytes()
    assert refused(tmp_path / "b.zip", tmp_path / "home") == "directory-not-empty"
    assert (tmp_path / "home" / "yuyan.sqlite3").read_bytes() == before


@pytest.mark.parametrize("name", ["yuyan.sqlite3", "manifest.json"])
def test_a_damaged_backup_is_refused_and_leaves_nothing(filled: Store, tmp_path: Path, name: str) -> None:
    backed_up(filled, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    damaged = bytearray(parts[name])
    damaged[len(damaged) // 2] ^= 1
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        for part, data in (parts | {name: bytes(damaged)}).items():
            archive.writestr(part, data)
    assert refused(tmp_path / "c.zip", tmp_path / "new") in ("backup-damaged", "backup-unreadable")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("manifest", ["[]", "{}", '{"rows": 1}', "null", '{"rows": {}, "key": ""}', " " * 2_000_000])
def test_a_manifest_that_is_none_is_refused(tmp_path: Path, manifest: str) -> None:
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("manifest.json", manifest)
        archive.writestr("yuyan.sqlite3", b"x")
    assert refused(tmp_path / "b.zip", tmp_path / "new") in ("backup-damaged", "backup-unreadable")


def test_a_backup_of_something_else_that_fits_its_manifest_is_refused(tmp_path: Path) -> None:
    data = b"no database" * 1000
    manifest = {"format": 1, "rows": {}, "key": "", "sha256": hashlib.sha256(data).hexdigest()}
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("manifest.json", json.dumps(manifest))
        archive.writestr("yuyan.sqlite3", data)
    assert refused(tmp_path / "b.zip", tmp_path / "new") == "backup-damaged"


def test_a_backup_larger_than_the_disk_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(tmp_path / "b.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", '{"rows": {}, "key": ""}')
        archive.writestr("yuyan.sqlite3", bytes(5_000_000))
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=1_000_000))
    assert refused(tmp_path / "b.zip", tmp_path / "new") == "backup-too-large"


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x05\x06" + bytes(18)])
def test_something_else_is_no_backup(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(data)
    assert refused(tmp_path / "x.zip", tmp_path / "new") == "backup-unreadable"


def test_a_backup_that_is_not_there_is_said_to_be(tmp_path: Path) -> None:
    assert refused(tmp_path / "nowhere.zip", tmp_path / "new") == "file-unknown"


def test_no_file_is_overwritten(filled: Store, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_text("dear")
    with pytest.raises(PlansRepoError) as refusal:
        backed_up(filled, tmp_path / "b.zip")
    assert refusal.value.code == "file-exists"
    assert (tmp_path / "b.zip").read_text() == "dear"


def test_only_the_system_administrator_backs_up(filled: Store, tmp_path: Path) -> None:
    with filled.reading(AUTHOR) as work, pytest.raises(NotAllowed):
        back_up(filled, work, tmp_path / "b.zip")


def backed_up(store: Store, target: Path) -> BackupReport:
    with store.reading(ADMIN) as work:
        return back_up(store, work, target)


def refused(source: Path, directory: Path) -> str:
    with pytest.raises(PlansRepoError) as refusal:
        restore(source, directory)
    return refusal.value.code


def test_a_restored_installation_accepts_what_the_former_key_signed_and_signs_with_its_own(
    filled: Store, tmp_path: Path, clock: StillClock
) -> None:
    backed_up(filled, tmp_path / "b.zip")
    restore(tmp_path / "b.zip", tmp_path / "new home")
    again = Store.in_directory(tmp_path / "new home", clock=clock, new_id=new_uuid)
    with again.work(AUTHOR) as work:
        a_plan(work, "later")
    auditor = person("auditor", Role.AUDIT_ADMINISTRATOR)
    with again.reading(auditor) as work:
        assert verify(work).valid
    (tmp_path / "new home" / "keys" / "heads.former").unlink()
    stranger = Store.in_directory(tmp_path / "new home", clock=clock, new_id=new_uuid)
    with stranger.reading(auditor) as work:
        fault = verify(work).first_bad
    assert fault is not None
    assert fault.why == "signature-wrong"
