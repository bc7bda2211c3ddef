"""By which command a condition of the course is met; ``plan stand`` tells it beside each."""

from __future__ import annotations

from plans_repo.course.conditions import Unmet

WAYS = (
    ("group-", "yuyan plan group {plan} --add 姓名 --part 组长 --unit 单位 --responsible"),
    ("input-", "yuyan plan attach {plan} {paper} FILE --dated DAY"),
    ("consultation-", "yuyan plan consult {plan}"),
    ("units-not-asked", "yuyan plan consult {plan}"),
    ("units-", "yuyan plan answer {plan} UNIT --signatory 签署人"),
    ("opinions-", "yuyan plan treat {plan} OPINION 采纳 --reason 理由"),
    ("panel-missing", "yuyan plan draw {plan}"),
    ("panel-saw-another-text", "yuyan plan panel {plan} --confirm"),
    ("panel-", "yuyan plan panel {plan} --head 组长姓名"),
    ("votes-", "yuyan plan vote {plan} EXPERT 同意 --paper FILE"),
    ("review-form-", "yuyan plan review-form {plan} --answer ITEM=符合"),
    ("elements-", "yuyan plan elements {plan} --answer ELEMENT=符合"),
    ("explanation-", "yuyan plan explanation {plan} --set FIELD=WORDS"),
    ("side-not-countersigned", "yuyan plan countersign {plan} --paper FILE --signed-by 职务"),
)
"""The first whose beginning the code has; what no command meets stands on the page alone."""


def way(unmet: Unmet, plan: str) -> str:
    """The command that meets a condition, "" where none does.

    >>> way(Unmet(code="panel-not-met"), "防汛")
    'yuyan plan panel 防汛 --head 组长姓名'
    """
    found = next((words for begins, words in WAYS if unmet.code.startswith(begins)), "")
    return found.format(plan=plan, paper=unmet.fields.get("paper", "KIND"))
