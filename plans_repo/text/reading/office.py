"""LibreOffice, where the machine has it: turns .doc, .wps, .rtf and .odt into .docx, without macros and network."""

from __future__ import annotations

import os
import shutil
import tempfile
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore

from plans_repo.text.reading.child import Bounds, Finished, run_child
from plans_repo.text.reading.errors import refusal

VARIABLE = "YUYAN_SOFFICE"
NAMES = ("soffice", "libreoffice")
USUAL_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
)
BOUNDS = Bounds(time_s=120, memory_bytes=6_000_000_000, file_bytes=300_000_000)
AT_ONCE = 2  # conversions side by side; each takes a core
PATIENCE_S = 300  # how long a caller waits for its turn
RESULT = "docx:MS Word 2007 XML"
UNREACHABLE = "http://127.0.0.1:9"  # the discard port: whatever asks for the network gets no answer
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
{items}
</oor:items>
"""
ITEM = '<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
CHOICES = (
    (SECURITY, "MacroSecurityLevel", "3"),
    (SECURITY, "DisableMacrosExecution", "true"),
    (SECURITY, "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Office.Common/Save/Document", "WarnAlienFormat", "false"),
    ("/org.openoffice.Office.Common/Misc", "UseLocking", "false"),
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", "1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
_turns = BoundedSemaphore(AT_ONCE)


def soffice() -> str | None:
    """The path of LibreOffice: what YUYAN_SOFFICE names, else on the PATH, else where it is usually installed."""
    named = os.environ.get(VARIABLE)
    if named is not None:
        return named if named and shutil.which(named) else None
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or next((place for place in USUAL_PLACES if Path(place).is_file()), None)


def as_docx(data: bytes, file_name: str, extension: str) -> bytes:
    """The document as a .docx made by LibreOffice; refused with a sentence where that cannot be done.

    Every call has a folder and a LibreOffice profile of its own, readable by nobody else and
    removed before it returns.
    """
    program = soffice()
    if program is None:
        raise refusal("plan-file-needs-office", file_name, rule="LibreOffice must be installed", value=extension)
    if not _turns.acquire(timeout=PATIENCE_S):
        raise refusal("plan-file-office-busy", file_name, rule="at most two conversions at once")
    try:
        with tempfile.TemporaryDirectory(prefix="yuyan-office-", ignore_cleanup_errors=True) as folder:
            return _converted(program, data, file_name, extension, Path(folder))
    finally:
        _turns.release()


def _converted(program: str, data: bytes, file_name: str, extension: str, folder: Path) -> bytes:
    source = folder / f"in.{extension}"
    source.write_bytes(data)
    profile = folder / "profile"
    _write_settings(profile)
    ended = _run(program, source, profile, folder)
    made = folder / "out" / "in.docx"
    if ended.code is None:
        raise refusal("plan-file-office-slow", file_name, rule="must be converted in time", value=int(BOUNDS.time_s))
    if not made.is_file() or not 0 < made.stat().st_size < BOUNDS.file_bytes:
        raise refusal("plan-file-not-converted", file_name, rule="LibreOffice must be able to read it", value=extension)
    return made.read_bytes()


def _run(program: str, source: Path, profile: Path, folder: Path) -> Finished:
    command = [
        *_without_network(),
        program,
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        "--nofirststartwizard",
        f"-env:UserInstallation={profile.as_uri()}",
        "--convert-to",
        RESULT,
        "--outdir",
        str(folder / "out"),
        str(source),
    ]
    own = {"HOME": str(folder), "TMPDIR": str(folder), "TMP": str(folder), "TEMP": str(folder)}
    closed = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), UNREACHABLE)
    return run_child(command, BOUNDS, folder=folder, environment={**os.environ, **own, **closed, "no_proxy": ""})


@cache
def _without_network() -> tuple[str, ...]:
    """A prefix that gives the child a network without any connection, where the system allows it."""
    unshare = shutil.which("unshare")
    command = (unshare, "--map-current-user", "--net", "--") if unshare else ()
    bounds = Bounds(time_s=5, memory_bytes=BOUNDS.memory_bytes, file_bytes=1)
    works = bool(command) and run_child([*command, "true"], bounds).code == 0
    return command if works else ()


def _write_settings(profile: Path) -> None:
    user = profile / "user"
    user.mkdir(parents=True)
    items = "\n".join(ITEM.format(path=path, name=name, value=value) for path, name, value in CHOICES)
    (user / "registrymodifications.xcu").write_text(SETTINGS.format(items=items), encoding="utf-8")
