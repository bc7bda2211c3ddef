"""The plans of an area read together are those read one by one, with as many questions for many as for few."""

from datetime import date

from drills.plan_facts import PlanFacts, enter_facts, subject_of, text_rules
from drills.register import record_past_drill
from drills.survey import survey
from plans_repo import plans
from plans_repo.organisations import OrganisationKind
from plans_repo.plans import PlanKind
from plans_repo.store.roles import Role
from plans_repo.store.work import Actor, Store
from tests.drills.builders import person
from tests.plans_repo.builders import a_body, a_plan
from tests.plans_repo.offices import a_plan_in_force, done_by
from tests.statements import statements

YEARLY = "本预案每年至少组织一次演练。"
OTHERS = "各乡镇每半年组织一次演练。"
FEW, MANY = 2, 9


def test_plans_surveyed_together_are_those_seen_one_by_one(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        body = a_body(work, "县政府", "/1/", OrganisationKind.GOVERNMENT).id
        counting = [
            a_plan_in_force(work, f"{at}号预案", body, words) for at, words in enumerate((YEARLY, OTHERS, "会商。"))
        ]
        plans.make_version(
            work, counting[0], plans.text_of(work, counting[1]), reason="改", trigger=plans.Trigger.EDITING
        )
        draft, entered = (
            a_plan(work, title, organisation=body, kind=PlanKind.SPECIAL)[0].id for title in ("初稿", "旧稿")
        )
        enter_facts(work, PlanFacts(plan=entered, issued_on=date(2025, 6, 1), high_risk=True))
        record_past_drill(work, "推演", on=date(2025, 5, 20), plan_ids=[counting[1]], area="/1/")
        seen = survey(work, area="/1/")
        assert {one.plan: one for one in seen.subjects} == {one: subject_of(work, one) for one in (*counting, entered)}
        assert [one.id for one in seen.drafts] == [draft]
        assert [len(one.own_rules) for one in seen.subjects if one.plan in counting] == [1, 0, 0]
        assert seen.of_others == text_rules(work, plans.plan(work, counting[1]))[1] != ()
        assert survey(work, area="/2/").subjects == ()


def test_a_survey_asks_as_often_for_many_plans_as_for_few(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        body = a_body(work, "县政府", "/1/", OrganisationKind.GOVERNMENT).id
        looking = done_by(work, person("o", Role.DRILL_ORGANISER, organisation=body))
        counts = []
        for start, end in ((0, FEW), (FEW, MANY)):
            for number in range(start, end):
                a_plan_in_force(work, f"{number}号预案", body, f"{number}{YEARLY}")
            work.session.expire_all()
            with statements(work) as told:
                assert len(survey(looking).subjects) == end
            counts.append(len(told))
        assert counts[1] == counts[0], told
