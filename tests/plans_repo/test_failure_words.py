"""What is set to fail is told with its name, its place or pool, and how long."""

from plans_repo.failure_words import failures_told
from plans_repo.packs.reading import scenario, template

EVENT = scenario("flash-flood-lines-lost")
PROCEDURE = template("flash_flood").procedure


def test_failures_are_told_by_the_names_people_use():
    assert failures_told(EVENT, PROCEDURE, "zh") == [
        "设定失效——通信中断：龙潭沟口组，全程",
        "设定失效——通信中断：龙潭沟里组，全程",
        "设定失效——通信中断：叫应电话坐席2个（席、辆、人），第60分钟起",
        "设定失效——道路中断：岩脚组，第90至330分钟",
        "设定失效——指挥人员不在位：指挥长（含代行人），第0至140分钟",
    ]
    assert failures_told(EVENT, PROCEDURE, "en")[0] == "Failure set: line lost, Longtan mouth, throughout"


def test_an_event_in_which_nothing_fails_has_nothing_to_tell():
    assert failures_told(scenario("flash-flood-hill-night"), PROCEDURE, "zh") == []
