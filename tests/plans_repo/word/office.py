"""What LibreOffice and Poppler make of a document."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

HAN = re.compile(r"[\u3400-\u9fff]")


def converted(soffice: str, data: bytes, folder: Path, kind: str) -> Path:
    """The document converted by LibreOffice, with a profile of its own, so that runs do not meet."""
    source = folder / "paper.docx"
    source.write_bytes(data)
    out = folder / f"as_{kind}"
    command = [soffice, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    subprocess.run(
        [*command, "--convert-to", kind, "--outdir", str(out), str(source)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return out / f"paper.{kind}"


def pages(pdf: Path) -> list[list[str]]:
    """The lines of text on each page, as laid out, without blank ones."""
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True).stdout.decode()
    return [[line.strip() for line in page.split("\n") if line.strip()] for page in text.split("\f")[:-1]]


def words(pdf: Path) -> str:
    """All characters of the PDF without blanks."""
    text = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True).stdout.decode()
    return "".join(text.split())


def picture(pdf: Path, folder: Path, *, page: int, dpi: int = 50) -> bytes:
    """One page as raw RGB (PPM)."""
    stem = folder / f"page{page}"
    subprocess.run(
        ["pdftoppm", "-r", str(dpi), "-f", str(page), "-l", str(page), "-singlefile", str(pdf), str(stem)],
        check=True, capture_output=True,
    )  # fmt: skip
    return stem.with_suffix(".ppm").read_bytes()


def count_of_colour(ppm: bytes, colour: tuple[int, int, int], *, tolerance: int = 12) -> int:
    """How many pixels have about this colour."""
    body = ppm.split(b"\n", 3)[3]
    pixels = zip(body[0::3], body[1::3], body[2::3], strict=True)
    return sum(all(abs(a - b) <= tolerance for a, b in zip(pixel, colour, strict=True)) for pixel in pixels)
