"""Text files of Chinese offices in every encoding they come in, and what is odd about them."""

from pathlib import Path
from random import Random

import pytest

from plans_repo.errors import PlansRepoError
from plans_repo.text.reading import Reading, read_plan
from plans_repo.text.reading.noise import is_noise
from tests.plans_repo.text.builders import headings, ids

SENTENCE = "为做好本县防汛抗旱应急工作，明确各单位职责，及时处置险情，保障人民生命财产安全，制定本预案。"
PLAN = f"1 总则\n1.1 编制目的\n{SENTENCE}\n2 附则\n略。\n"
TRADITIONAL_SENTENCE = "為做好本縣防汛抗旱應急工作，明確各單位職責，及時處置險情，保障人民生命財產安全，制定本預案。"
TRADITIONAL = f"1 總則\n1.1 編制目的\n{TRADITIONAL_SENTENCE}\n" * 3


def read(data: bytes, name: str = "a.txt") -> Reading:
    return read_plan(data, name, new_id=ids())


def refused(data: bytes, name: str = "a.txt") -> PlansRepoError:
    with pytest.raises(PlansRepoError) as error:
        read(data, name)
    return error.value


def quirks(text: str, name: str = "a.txt") -> dict[str, dict[str, str]]:
    reading = read(text.encode(), name)
    assert reading.chars_in == reading.chars_kept
    return {notice.code: dict(notice.fields) for notice in reading.warnings if notice.code.startswith("quirk-")}


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gbk"]
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_each_encoding_gives_the_same_plan(encoding: str, line_end: str) -> None:
    reading = read(PLAN.replace("\n", line_end).encode(encoding))
    assert reading.clauses == read(PLAN.encode()).clauses
    assert reading.warnings == ()


def test_traditional_characters_are_read_as_they_are() -> None:
    assert headings(read(TRADITIONAL.encode()))[0] == (1, "1 總則")
    assert headings(read(TRADITIONAL.encode("gb18030")))[0] == (1, "1 總則")


def test_big5_does_not_say_what_it_is_and_is_refused() -> None:
    assert refused(TRADITIONAL.encode("big5hkscs")).code == "plan-file-big5"


def test_two_encodings_in_one_file_are_refused_with_the_line() -> None:
    error = refused(PLAN.encode() * 3 + "3 保障措施\n各部门做好物资保障。\n".encode("gb18030"))
    assert (error.code, error.fields["value"]) == ("plan-file-mixed-encodings", 16)


def test_a_damaged_character_is_refused_with_its_place() -> None:
    data = PLAN.encode()
    place = data.index("险情".encode())
    error = refused(data[:place] + data[place + 1 :])
    assert (error.code, error.fields["value"]) == ("plan-file-mixed-encodings", 3)
    error = refused(data[:-5] + b"\xff\xff\xff\n", "a.md")
    assert error.code in ("plan-file-mixed-encodings", "plan-file-encoding")


def test_bytes_that_are_no_text_are_refused_with_their_place() -> None:
    error = refused(b"abc\n\xff\xff\xff\xff\xff")
    assert (error.code, error.fields["value"], error.fields["byte"]) == ("plan-file-encoding", 2, 5)


def random_codes(rng: Random, signs: int) -> bytes:
    """Bytes that are valid GB 18030 by chance."""
    trails = [*range(0x40, 0x7F), *range(0x80, 0xFF)]
    return b"".join(bytes((rng.randrange(0x81, 0xFF), rng.choice(trails))) for _ in range(signs))


@pytest.mark.parametrize("signs", [20, 60, 400])
def test_random_bytes_that_are_valid_gb18030_are_no_text(signs: int) -> None:
    for seed in range(40):
        assert refused(random_codes(Random(seed), signs)).code == "plan-file-no-text"


def test_half_of_ascii_makes_no_text_of_random_bytes() -> None:
    for seed in range(40):
        rng = Random(seed)
        data = b"".join(random_codes(rng, 1) + bytes((rng.randrange(1, 0x80),)) for _ in range(30))
        assert refused(data).code in ("plan-file-no-text", "plan-file-mixed-encodings")
        assert refused(bytes(rng.randrange(1, 0x80) for _ in range(60))).code == "plan-file-no-text"


NAMES = (
    "一、指挥部成员\n组　长：龑彧旻　副组长：翟翊喆、仝玥璟、逄瑾晗\n成　员：郗曜曦、厍昶睿、亓官鑫淼、缑骁勐、乜胤骞、"
    "禤钰琪、爨翀昊、佟懿轩、晁煜堃、仉赟喆\n地　点：崤堽庄、沄口镇、浬埗村、垟畲、圳埔、䃼碙岛\n"
)


@pytest.mark.parametrize(
    "text",
    [
        PLAN, "应急预案", "附件", "滹沱河防汛预案", TRADITIONAL_SENTENCE, NAMES, f"{NAMES}{SENTENCE}",
        "1\t张三\t13900000001\n2\t李四\t13900000002\n", "洺漷浬垟四村应急预案",
        "第一篇\x0c" + SENTENCE * 3, SENTENCE + "\x07\x01",
    ],
)  # fmt: skip
def test_plans_full_of_names_and_rare_characters_are_text(text: str) -> None:
    data = text.encode("gb18030")
    assert read(data).chars_kept
    for end in range(0, len(text), 7):  # and so is any beginning of a text of some length
        assert end < 40 or read(text[:end].encode("gb18030")).chars_kept


def test_any_sentence_of_a_plan_is_text() -> None:
    plans = (Path(__file__).parents[1] / "strange_plans").glob("*.txt")
    lines = [line for plan in plans for line in plan.read_text(encoding="utf-8").split("\n")]
    assert len(lines) > 300
    assert not any(map(is_noise, lines))


def test_a_text_longer_than_any_plan_is_refused() -> None:
    assert refused(PLAN.encode() * 150_000).code == "plan-file-too-long"


@pytest.mark.parametrize(("text", "code", "count", "line"), [
    (PLAN.replace("1 总则", "1\u00a0总则"), "quirk-no-break-blank", "1", "1"),
    (PLAN + "|\n|\n", "quirk-stray-bar", "2", "6"),
    (PLAN + "[SITESERVER\\_PAGE]\n", "quirk-page-sign", "1", "6"),
    (PLAN.replace("险情", "险\ufffd"), "quirk-replaced-sign", "1", "3"),
    (PLAN.replace("险情", "险\u200b情"), "quirk-zero-width", "1", "3"),
    (PLAN.replace("险情", "险\ue004"), "quirk-private-sign", "1", "3"),
    (PLAN.replace("及时处置", "及时\n\n处置"), "quirk-blank-line-in-sentence", "1", "3"),
])  # fmt: skip
def test_what_is_odd_is_kept_counted_and_told(text: str, code: str, count: str, line: str) -> None:
    assert quirks(text)[code] == {"count": count, "line": line}


@pytest.mark.parametrize("line", [
    "清川县高层建筑及人员密集场所火灾应急预案",
    "2.1 县消防安全（火灾事故）应急指挥部和办公室",
    "### 2.1 县危险化学品事故应急指挥部办公室",
])  # fmt: skip
def test_a_blank_line_behind_a_title_or_a_heading_cuts_no_sentence(line: str) -> None:
    assert "quirk-blank-line-in-sentence" not in quirks(f"{line}\n\n清川县人民政府负责。\n")


def test_a_date_under_a_long_name_goes_on_with_no_sentence() -> None:
    assert quirks("清川县消防安全（火灾事故）应急指挥部办公室\n\n2024年5月\n") == {}


def test_mixed_line_ends_are_told() -> None:
    assert quirks("1 总则\r\n1.1 目的\n略。")["quirk-mixed-line-ends"] == {"count": "1", "others": "1"}


def test_lines_cut_by_a_program_are_told() -> None:
    lines = (
        "为做好本县防汛抗旱应急工作明确各单位职责",
        "及时处置险情保障人民生命财产安全制定本预",
        "案并报上级备案同时抄送有关部门和单位执行",
        "执行中的问题由县应急管理局负责解释并汇总",
        "上报。",
    )
    body = "\n".join(lines)
    assert quirks(f"1 总则\n{body}")["quirk-cut-by-line-end"]["count"] == "4"


def test_markdown_oddities_are_told() -> None:
    found = quirks("**附** **则**\n\n附件\\_1 说明\n", "a.md")
    assert found["quirk-split-bold"] == {"count": "1", "line": "1"}
    assert found["quirk-escaped"] == {"count": "1", "line": "3"}
