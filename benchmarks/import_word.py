"""A Word plan of a hundred pages: how long reading it takes, and how much memory.

    python -m benchmarks.import_word [--pages 100] [--times 7]

The plan has four levels of automatic numbers, tables with merged cells, footnotes, pictures, comments and
tracked changes in the density of a real one (28 characters × 22 lines a page, GB/T 9704). What is timed is
`read_plan`: from the bytes of the file to clauses with the second count, then the levels and limits found in
them. The pages are those LibreOffice lays out, when it is there and ``--lay-out`` is given.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from itertools import count
from pathlib import Path

from plans_repo.text.reading import Tracked, read_plan
from plans_repo.text.recognition import levels, time_limits
from tests.plans_repo.text import word_files as word
from tests.plans_repo.text.word_files import deleted, inserted, paragraph, run

CHARS_A_PAGE = 22 * 28 * 0.62  # short last lines, headings and tables take the rest
SENTENCES = (
    "县防汛抗旱指挥部办公室接到报告后，应当在30分钟内核实情况并向指挥长报告，同时通报有关成员单位。",
    "事发地乡镇人民政府应当立即组织危险区群众转移避让，2小时内完成，并做好安置、医疗和生活保障工作。",
    "县水利局负责水情监测和水利工程调度，县气象局负责天气监测预报，重要天气过程每3小时报告一次。",
    "出现下列情况之一者，经会商研判后启动Ⅲ级响应：县城站水位达到警戒水位，或者24小时降雨量超过100毫米。",
    "抢险队伍接到命令后1小时内到达现场，服从现场指挥部统一指挥，分段分片落实责任人和抢险措施。",
)
LEVELS = [
    word.number_level(0, "%1"), word.number_level(1, "%1.%2"), word.number_level(2, "%1.%2.%3"),
    word.number_level(3, "（%4）", "chineseCountingThousand"),
]  # fmt: skip
OFFICIAL = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:spacing w:val="-5"/><w:sz w:val="32"/></w:rPr></w:rPrDefault><w:pPrDefault>'
    '<w:pPr><w:spacing w:line="579" w:lineRule="exact"/></w:pPr></w:pPrDefault></w:docDefaults>'
)
PAGE = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588"/>'


def a_word_plan(pages: int) -> bytes:
    """A plan of about so many pages; the same pages each time."""
    dice = random.Random(9704)
    blocks = [paragraph("临河县突发事件总体应急预案", style="T")]
    chars = notes = 0
    while chars < pages * CHARS_A_PAGE:
        level = dice.choices((0, 1, 2, 3), weights=(1, 4, 8, 6))[0]
        blocks.append(
            paragraph(
                f"{dice.choice(('响应', '处置', '保障', '信息'))}工作之{len(blocks)}",
                num=(1, level),
                style=str(level + 1),
            )
        )
        for _ in range(dice.randint(1, 5)):
            text = "".join(dice.choices(SENTENCES, k=dice.randint(1, 3)))
            notes += 1 if dice.random() < 0.05 else 0
            blocks.append(_paragraph(text, dice, notes))
            chars += len(text)
        if dice.random() < 0.12:
            blocks.append(_table(dice))
        if dice.random() < 0.05:
            blocks.append(paragraph(word.picture(), raw=True))
    texts = [f"注{at}：以上包括本数。" for at in range(1, notes + 1)]
    data = word.word_file(
        *blocks,
        styles=word.HEADING_STYLES.replace("<w:style ", f"{OFFICIAL}<w:style ", 1),
        numbering=word.numbering(LEVELS),
        footnotes=word.notes("footnotes", texts), headers=[paragraph("临河县突发事件总体应急预案")],
        footers=[paragraph("— 1 —")],
    )  # fmt: skip
    return word.rewritten(data, "<w:titlePg/>", f"{PAGE}<w:titlePg/>")


def _paragraph(text: str, dice: random.Random, note: int) -> str:
    """A paragraph in runs, as Word splits them; now and then with a note or a tracked change."""
    cuts = sorted(dice.sample(range(1, len(text)), k=min(6, len(text) - 1)))
    runs = [run(text[start:end]) for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    if note and dice.random() < 0.05:
        runs.append(word.reference("footnote", note))
    if dice.random() < 0.05:
        runs.insert(1, deleted("30分钟", "张三") + inserted("15分钟", "李四"))
    return paragraph("".join(runs), raw=True)


def _table(dice: random.Random) -> str:
    rows = [["单位", "职责", "联系人", "电话"]]
    for at in range(dice.randint(6, 14)):
        merge = "restart" if at % 3 == 0 else "continue"
        first = word.cell(paragraph("县水利局" if at % 3 == 0 else ""), merge=merge)
        rows.append([first, SENTENCES[at % len(SENTENCES)][:18], "张三", "0999-1234567"])
    return word.table(rows)


def pages_of(data: bytes) -> int:
    """The pages LibreOffice lays out."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.docx"
        path.write_bytes(data)
        command = ["soffice", "--headless", f"-env:UserInstallation={Path(folder).as_uri()}/profile"]
        subprocess.run(
            [*command, "--convert-to", "pdf", "--outdir", folder, str(path)], check=True, capture_output=True
        )
        told = subprocess.run(["pdfinfo", str(path.with_suffix(".pdf"))], check=True, capture_output=True, text=True)
    return int(next(line for line in told.stdout.splitlines() if line.startswith("Pages:")).split()[1])


def main() -> None:
    """Print the figures."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--pages", type=int, default=100)
    asked.add_argument("--times", type=int, default=7)
    asked.add_argument("--lay-out", action="store_true")
    given = asked.parse_args()
    data = a_word_plan(given.pages)
    seconds: list[float] = []
    for _ in range(given.times):
        start = time.perf_counter()
        ids = count()
        reading = read_plan(data, "plan.docx", new_id=lambda ids=ids: f"c{next(ids)}", tracked=Tracked.SUGGEST)  # type: ignore[misc]
        read = time.perf_counter() - start
        levels(reading.clauses)
        time_limits(reading.clauses)
        seconds.append(time.perf_counter() - start)
    tracemalloc.start()
    read_plan(data, "plan.docx", new_id=lambda: "c")
    peak = tracemalloc.get_traced_memory()[1]
    say(
        f"file: {len(data) / 1000:.0f} kB, {reading.chars_in} characters, {len(reading.clauses)} clauses, "
        f"{len(reading.suggestions)} suggestions, {reading.automatic_numbers} automatic numbers"
    )
    say(f"kept: {reading.chars_kept} of {reading.chars_in}")
    if given.lay_out:
        say(f"pages laid out by LibreOffice: {pages_of(data)}")
    told = f"median {statistics.median(seconds):.2f} s, worst {max(seconds):.2f} s"
    say(f"read + levels + limits: {told} (last read {read:.2f} s)")
    say(f"peak memory of reading: {peak / 1e6:.0f} MB")


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")


if __name__ == "__main__":
    main()
