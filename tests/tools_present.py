"""Which programs outside Python this machine has, and a sentence for each one that it lacks."""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from plans_repo.text.reading import office

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
DEBIAN_POSTGRESQL = Path("/usr/lib/postgresql")  # Debian keeps initdb away from the PATH, one folder a version

NO_CHROMIUM = "没有 Chromium / no Chromium on the PATH, nor in YUYAN_TEST_CHROMIUM"
NO_DRIVER = "Playwright 的驱动程序不能启动 / Playwright's driver does not start (on Debian: libatomic1)"
NO_LIBREOFFICE = "没有 LibreOffice / no soffice on the PATH, nor in YUYAN_TEST_SOFFICE"
NO_POPPLER = "没有 Poppler / no pdftotext and pdftoppm on the PATH"
NO_FONTS = "没有中文字体 / no Chinese fonts (fc-list :lang=zh lists none)"
NO_POSTGRESQL = "没有 PostgreSQL / no initdb to start a server with, nor one in YUYAN_TEST_POSTGRESQL"


def chromium() -> str | None:
    """Return the path of a Chromium."""
    return os.environ.get("YUYAN_TEST_CHROMIUM") or first_program(*CHROMIUM_NAMES)


def playwright_driver() -> bool:
    """Return whether the program by which Playwright speaks to the browser starts; a bare Debian lacks a library."""
    from playwright._impl._driver import compute_driver_executable

    node = compute_driver_executable()[0]
    try:
        return subprocess.run([node, "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def soffice() -> str | None:
    """Return the path of LibreOffice."""
    return os.environ.get("YUYAN_TEST_SOFFICE") or office.soffice()


def poppler() -> bool:
    return bool(first_program("pdftotext") and first_program("pdftoppm"))


def chinese_fonts() -> bool:
    """Return whether Chinese text shows as characters; Windows and macOS always bring such fonts."""
    if not sys.platform.startswith("linux"):
        return True
    lister = shutil.which("fc-list")
    return bool(lister and subprocess.run([lister, ":lang=zh"], capture_output=True, check=False).stdout)


def postgresql() -> str | Path | None:
    """Return the address of a running server if one was named, else the folder with initdb and pg_ctl."""
    return os.environ.get("YUYAN_TEST_POSTGRESQL") or postgresql_programs()


def postgresql_programs() -> Path | None:
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(DEBIAN_POSTGRESQL.glob("*/bin"), key=lambda folder: float(folder.parent.name), reverse=True)
    return next((folder for folder in folders if (folder / "pg_ctl").exists()), None)


def first_program(*names: str) -> str | None:
    return next((found for name in names if (found := shutil.which(name))), None)


NEEDED = {
    "browser": ((chromium, NO_CHROMIUM), (playwright_driver, NO_DRIVER), (chinese_fonts, NO_FONTS)),
    "libreoffice": ((soffice, NO_LIBREOFFICE), (poppler, NO_POPPLER), (chinese_fonts, NO_FONTS)),
    "postgresql": ((postgresql, NO_POSTGRESQL),),
}


@cache
def lacking(group: str) -> str:
    """Return what the tests of *group* lack on this machine, in Chinese and English; empty if nothing."""
    return "; ".join(sentence for present, sentence in NEEDED[group] if not present())
