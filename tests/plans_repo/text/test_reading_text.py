"""What plain plans look like in the field, and the outline a reader sees in them."""

import pytest

from plans_repo.text.clause import ClauseKind
from plans_repo.text.reading import read_plan
from tests.plans_repo.text.builders import headings, ids, kinds, reading_of


def test_a_number_may_stand_with_or_without_a_gap_with_dot_comma_or_full_width() -> None:
    text = (
        "1、总　　则\n1.1编制目的\n为了防汛。\n２．组织机构\n2．1　县防指\n由县长任总指挥。\n7. 1 应急值守\n实行值班。"
    )
    assert headings(reading_of(text)) == [
        (1, "1 总则"), (2, "1.1 编制目的"), (1, "2 组织机构"), (2, "2.1 县防指"), (2, "7.1 应急值守"),
    ]  # fmt: skip


def test_the_number_is_also_kept_as_typed() -> None:
    clause = reading_of("7. 1　应急值守\n实行值班。\n7.2 其他\n略。").clauses[0]
    assert (clause.number, clause.number_raw, clause.title) == ("7.1", "7. 1", "应急值守")


def test_a_title_may_run_into_its_text() -> None:
    text = (
        "一、总则\n（一）编制目的。为了防汛抗旱，制定本预案。\n"
        "（二）适用范围：本预案适用于全县。\n二、组织领导为切实做好防汛工作，成立领导小组。"
    )
    reading = reading_of(text)
    assert [(clause.heading, clause.title_end, clause.text) for clause in reading.clauses] == [
        ("一、总则", "", ""),
        ("（一）编制目的", "。", "为了防汛抗旱，制定本预案。"),
        ("（二）适用范围", "：", "本预案适用于全县。"),
        ("二、组织领导", "", "为切实做好防汛工作，成立领导小组。"),
    ]


def test_headings_glued_into_one_line_are_parted() -> None:
    text = (
        "新县防汛应急预案1、总则1.1编制目的做好水旱灾害处置工作，保障安全。1.2 编制依据 依据有关法律。"
        "1.3工作原则1.3.1坚持以人为本，减少伤亡。1.3.2实行行政首长负责制，分级负责。\n2、组织指挥体系\n2.1县防指\n略。"
    )
    reading = reading_of(text)
    assert [clause.number for clause in reading.clauses if clause.number] == [
        "1", "1.1", "1.2", "1.3", "1.3.1", "1.3.2", "2", "2.1",
    ]  # fmt: skip
    assert reading.chars_in == reading.chars_kept


def test_a_reference_within_a_sentence_parts_nothing() -> None:
    sentence = "各单位按照4.2.1规定的程序和2.1信息报告的要求做好工作，详见1.2.3和附件。"
    text = f"1 总则\n1.1 目的\n{sentence}\n2 附则\n2.1 略\n略。"
    assert [title for _, title in headings(reading_of(text))] == ["1 总则", "1.1 目的", "2 附则", "2.1 略"]


def test_the_letter_l_is_read_as_one() -> None:
    text = "4 应急响应\n4.l 总体要求\n略。\n4.1l 安全防护\n略。"
    assert headings(reading_of(text)) == [(1, "4 应急响应"), (2, "4.1 总体要求"), (2, "4.11 安全防护")]


def test_principles_that_run_into_their_text_are_items_when_one_of_them_is_a_sentence() -> None:
    items = "1.以人为本。把安全放在首位，减少伤亡。\n2.依法规范，科学施救，依靠专家。"
    text = f"一、总则\n（一）原则\n{items}\n（二）依据\n略。"
    assert headings(reading_of(text)) == [(1, "一、总则"), (2, "（一）原则"), (2, "（二）依据")]


def test_a_title_may_be_closed_by_a_full_stop() -> None:
    assert headings(reading_of("1 总则\n1.1 指导思想。\n以人为本，减轻灾害。\n1.2 依据。\n有关法律。")) == [
        (1, "1 总则"), (2, "1.1 指导思想"), (2, "1.2 依据"),
    ]  # fmt: skip


def test_a_numbered_sentence_is_a_clause_but_no_heading() -> None:
    reading = reading_of(
        "1 总则\n1.1 原则\n1.1.1 坚持人民至上、生命至上，最大限度减少人员伤亡。\n1.1.2 坚持统一领导。\n2 附则\n略。"
    )
    assert [(clause.kind.value, clause.number) for clause in reading.clauses] == [
        ("heading", "1"), ("heading", "1.1"), ("body", "1.1.1"), ("body", "1.1.2"), ("heading", "2"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "marks",
    [
        ("（1）", "（2）", "（3）"),
        ("1）", "2）", "3）"),
        ("①", "②", "③"),
        ("a、", "b、", "c、"),
        ("1、", "2、", "3、"),
        ("1.", "2.", "3."),
        ("——", "——", "——"),
    ],
)
def test_items_of_a_list_stay_in_their_clause(marks: tuple[str, str, str]) -> None:
    items = "".join(f"{mark}落实{what}；\n" for mark, what in zip(marks, ("人员", "物资", "车辆"), strict=True))
    reading = reading_of(f"1 总则\n1.1 任务\n应当做到：\n{items}1.2 依据\n略。\n2 附则\n2.1 解释\n略。")
    assert headings(reading) == [(1, "1 总则"), (2, "1.1 任务"), (2, "1.2 依据"), (1, "2 附则"), (2, "2.1 解释")]
    assert reading.clauses[1].text.count("\n") == 3


def test_a_list_that_reaches_the_next_chapters_number_is_no_chapter() -> None:
    text = (
        "1 总则\n1.1 目的\n略。\n2 机构\n应当：\n1、设立指挥部；\n2、明确职责；\n3、落实人员。\n3 响应\n3.1 分级\n略。"
    )
    assert headings(reading_of(text)) == [(1, "1 总则"), (2, "1.1 目的"), (1, "2 机构"), (1, "3 响应"), (2, "3.1 分级")]


def test_chapters_may_have_no_sections_and_sections_no_body() -> None:
    text = "1 总则\n1.1 目的\n1.2 依据\n2 机构\n县长任总指挥。\n3 响应\n3.1 启动\n4 附则\n自印发之日起施行。"
    assert headings(reading_of(text)) == [
        (1, "1 总则"), (2, "1.1 目的"), (2, "1.2 依据"), (1, "2 机构"), (1, "3 响应"), (2, "3.1 启动"), (1, "4 附则"),
    ]  # fmt: skip


def test_articles_keep_their_lists_and_numerals_above_a_hundred() -> None:
    text = (
        "第六编 应急\n第十二章 火灾\n第七百一十一条 有下列情形之一的，应当撤人：\n"
        "（一）瓦斯超限；\n（二）透水征兆。\n第七百一十二条　【报告】依照第三条规定报告。"
    )
    reading = reading_of(text)
    assert headings(reading) == [
        (1, "第六编 应急"),
        (2, "第十二章 火灾"),
        (3, "第七百一十一条"),
        (3, "第七百一十二条 报告"),
    ]
    assert reading.clauses[2].text.endswith("（二）透水征兆。")


def test_a_heading_broken_behind_its_number_takes_the_next_line() -> None:
    assert headings(reading_of("第一章\n总则\n第一条 为了防汛。\n第二章 附则\n第二条 略。"))[0] == (1, "第一章 总则")


def test_a_chapter_word_within_a_sentence_is_no_chapter() -> None:
    reading = reading_of("第一章 总则\n第一条 依照下列规定：\n第二条所列情形除外。\n第一章的规定适用。\n第三条 略。")
    assert headings(reading) == [(1, "第一章 总则"), (2, "第一条"), (2, "第三条")]


def test_attachments_number_anew() -> None:
    text = (
        "1 总则\n1.1 目的\n略。\n2 附则\n见附件1。\n附件：1.通讯录\n2.流程图\n附件1\n成员单位通讯录\n县应急局 123\n"
        "附件2：救援协议\n一、双方责任\n甲方负责。\n（一）出动\n接到通知出动。\n二、其他\n略。\n附录A 术语\n略。"
    )
    assert headings(reading_of(text)) == [
        (1, "1 总则"), (2, "1.1 目的"), (1, "2 附则"), (1, "附件1 成员单位通讯录"), (1, "附件2 救援协议"),
        (2, "一、双方责任"),
        (3, "（一）出动"), (2, "二、其他"), (1, "附录A 术语"),
    ]  # fmt: skip


def test_a_word_about_an_attachment_is_no_attachment() -> None:
    reading = reading_of("1 总则\n1.1 目的\n附件1所列单位应当配合。\n附件中的电话以通讯录为准。\n附则\n1.2 依据\n略。")
    assert headings(reading) == [(1, "1 总则"), (2, "1.1 目的"), (2, "1.2 依据")]


def test_several_plans_in_one_file_each_begin_at_one() -> None:
    text = "1 总则\n1.1 适用范围\n略。\n2 响应\n2.1 报告\n略。\n1 总则\n1.1 适用范围\n另略。\n2 响应\n2.1 报告\n另略。"
    assert [number for _, number in headings(reading_of(text))] == ["1 总则", "1.1 适用范围", "2 响应", "2.1 报告"] * 2


def test_a_plan_may_begin_in_the_middle() -> None:
    assert headings(reading_of("2.2 成员单位\n略。\n2.3 专家组\n略。\n3 响应\n3.1 启动\n略。")) == [
        (2, "2.2 成员单位"), (2, "2.3 专家组"), (1, "3 响应"), (2, "3.1 启动"),
    ]  # fmt: skip


def test_mixed_chapters_and_decimals_share_one_tree() -> None:
    assert headings(reading_of("第一章 总则\n1.1 目的\n略。\n1.1.1 细目\n略。\n第二章 响应\n2.1 启动\n略。")) == [
        (1, "第一章 总则"), (2, "1.1 目的"), (3, "1.1.1 细目"), (1, "第二章 响应"), (2, "2.1 启动"),
    ]  # fmt: skip


def test_numbers_that_were_lost_leave_known_titles() -> None:
    reading = reading_of("总则\n编制目的\n为了防汛，制定本预案。\n应急响应\n信息报告\n接报后上报。")
    assert [title for _, title in headings(reading)] == ["总则", "编制目的", "应急响应", "信息报告"]


def test_wrong_numbers_are_kept_and_reported() -> None:
    reading = reading_of("1 总则\n1.1 目的\n略。\n1.1 依据\n略。\n1.4 范围\n略。\n2 附则\n略。")
    assert [(notice.code, dict(notice.fields)["heading"]) for notice in reading.warnings] == [
        ("number-repeated", "1.1 依据"), ("number-out-of-order", "1.4 范围"),
    ]  # fmt: skip


def test_quantities_at_the_start_of_a_line_are_no_numbers() -> None:
    reading = reading_of(
        "1 总则\n1.1 条件\n9.20≤Z＜9.70米时加密观测\n1.5小时内报告\n"
        "2.5万人以上\n3人死亡\n1.2 其他\n略。\n2 附则\n2.1 略\n略。"
    )
    assert [title for _, title in headings(reading)] == ["1 总则", "1.1 条件", "1.2 其他", "2 附则", "2.1 略"]


def test_front_matter_and_contents_are_not_clauses_of_the_plan() -> None:
    text = (
        "临政办发〔2026〕15号\n临河县人民政府办公室关于印发\n临河县防汛应急预案的通知\n各乡镇人民政府：\n现印发给你们，请认真执行。\n"
        "临河县防汛应急预案\n目　录\n1 总则\t1\n1.1 目的\t1\n2 附则\t9\n1 总则\n1.1 目的\n略。\n2 附则\n略。"
    )
    reading = reading_of(text)
    assert reading.title == "临河县防汛应急预案"
    assert headings(reading) == [(1, "1 总则"), (2, "1.1 目的"), (1, "2 附则")]
    assert ("front", "目录") in kinds(reading)


def test_contents_without_pages_or_title_are_known_by_coming_twice() -> None:
    text = (
        "临河县防汛应急预案\n1 总则\n1.1 目的\n1.2 依据\n2 附则\n1 总则\n1.1 目的\n略。\n1.2 依据\n略。\n2 附则\n略。"
    )
    assert headings(reading_of(text)) == [(1, "1 总则"), (2, "1.1 目的"), (2, "1.2 依据"), (1, "2 附则")]


def test_page_numbers_that_lost_their_leaders_make_no_clauses() -> None:
    entries = ["1. 总则1", "1.1 编制目的1", "2、组织体系3", "2.1县防指3", "4.10 应急结束（含转常态）24"]
    body = [
        "1. 总则",
        "1.1 编制目的",
        "为防汛。",
        "2、组织体系",
        "2.1县防指",
        "略。",
        "4.10 应急结束（含转常态）",
        "略。",
    ]
    text = "\n\n".join(["某县防汛应急预案", "编制时间：", "二〇二〇年五月", *entries, *body])
    assert [title for _level, title in headings(reading_of(text))] == [
        "1 总则", "1.1 编制目的", "2 组织体系", "2.1 县防指", "4.10 应急结束（含转常态）",
    ]  # fmt: skip


def test_linked_contents_of_a_web_page_are_contents() -> None:
    text = "# 临河县防汛应急预案\n\n目录\n\n- [1 总则](#a)\n- [2 附则](#b)\n\n## 1 总则\n\n略。\n\n## 2 附则\n\n略。"
    assert headings(reading_of(text, "plan.md")) == [(1, "1 总则"), (1, "2 附则")]


def test_text_before_the_first_heading_is_a_preamble() -> None:
    reading = reading_of("临河县防汛应急预案\n为做好防汛工作，制定本预案。\n一、总则\n略。")
    assert kinds(reading) == [
        ("front", "临河县防汛应急预案"),
        ("body", "为做好防汛工作，制定本预案。"),
        ("heading", "一、总则"),
    ]


def test_a_title_over_two_lines_is_joined() -> None:
    assert (
        reading_of("临河县人民政府\n防汛抗旱应急预案\n（2026年修订）\n1 总则\n1.1 目的\n略。").title
        == "临河县人民政府防汛抗旱应急预案"
    )


def test_a_plan_without_a_title_is_called_after_its_file() -> None:
    assert reading_of("为了防汛。", "防汛.txt").title == "防汛"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_of_chinese_offices_are_read(encoding: str) -> None:
    reading = read_plan("1 总则\r\n1.1 目的\r\n略﨑𠮷。".encode(encoding), "a.txt", new_id=ids())
    assert [clause.text for clause in reading.clauses] == ["", "略﨑𠮷。"]


def test_two_words_of_gb18030_that_are_also_utf8_are_read_as_chinese() -> None:
    assert read_plan("目  录".encode("gb18030"), "a.txt", new_id=ids()).chars_kept == 2
    (clause,) = read_plan("目录".encode("gb18030"), "a.txt", new_id=ids()).clauses
    assert "目录" in clause.title + clause.text


def test_text_is_stored_as_typed() -> None:
    decomposed = "1 总则\n1.1 目的\n　　e\u0301 和 﨑 与 \u00a0空白"
    assert reading_of(decomposed).clauses[-1].text == "　　e\u0301 和 﨑 与 \u00a0空白"


def test_markdown_tables_are_tables() -> None:
    reading = reading_of(
        "# 1 总则\n\n| 单位 | 电话 |\n| --- | --- |\n| 应急局 | 120/029 |\n\n表后正文。\n\n# 2 附则\n\n略。", "a.md"
    )
    table = reading.clauses[1].table
    assert table is not None
    assert [[cell.text for cell in row] for row in table.rows] == [["单位", "电话"], ["应急局", "120/029"]]
    assert [clause.kind for clause in reading.clauses] == [
        ClauseKind.HEADING, ClauseKind.TABLE, ClauseKind.BODY, ClauseKind.HEADING,
    ]  # fmt: skip


def test_bold_hashes_and_stray_pipes_do_not_disturb() -> None:
    text = "## **1** **总** **则**\n\n|\n\n**1.1 目的**\n\n为了**防汛**。\n\n## 2 附则\n\n2.1 略\n\n略。"
    assert headings(reading_of(text, "a.md")) == [(1, "1 总则"), (2, "1.1 目的"), (1, "2 附则"), (2, "2.1 略")]


def test_ids_come_from_outside() -> None:
    assert [clause.id for clause in reading_of("1 总则\n1.1 目的\n略。").clauses] == ["c1", "c2"]


def test_a_numbered_sentence_keeps_its_number_and_is_given_no_title() -> None:
    text = """1 总则
1.1 编制目的
为了应对灾害。
4 信息报告
4.1 报告内容
4.1.1 报告包括：时间、地点、信息来源和已采取的措施。
4.1.2 县人民政府向云陵市人民政府报告：一般突发事件在接报后2小时内。
4.1.3 县级应急响应由低到高分为Ⅳ级、Ⅲ级、Ⅱ级、Ⅰ级。达到下列条件之一的启动。
4.1.4 预警信息包括类别、级别、起始时间。
4.1.5 批准权限：Ⅳ级响应由主任批准。
"""
    read = {clause.number: clause for clause in reading_of(text).clauses}
    untitled = ("4.1.1", "4.1.2", "4.1.3", "4.1.4")
    assert [read[number].title for number in untitled] == ["", "", "", ""]
    assert read["4.1.1"].text.startswith("报告包括：")
    assert read["4.1.5"].title == "批准权限"
