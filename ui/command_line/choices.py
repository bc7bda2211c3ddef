"""The values that arguments choose from, each by its code or by its name."""

from __future__ import annotations

from plans_repo.course.issuing_name import IssuedBy
from plans_repo.course.stages import PaperKind, Process
from plans_repo.course.words import Treatment, Vote
from plans_repo.filing.letter_kind import LetterKind
from plans_repo.filing.local_figures import BOUNDS
from plans_repo.linkage.subjects import outline
from plans_repo.scenarios import OWN_UNITS, REGISTER_UNITS
from plans_repo.store.tables.plans import PlanKind
from plans_repo.text.reading import Tracked
from sim.influences import Measure
from sim.procedure import Hazard
from ui.command_line.table_commands import KINDS as TABLES
from ui.command_line.usage import Choice, of_pack, of_table
from ui.components.check_names import BODIES
from ui.components.course_names import GROUP_PARTS, JUDGEMENTS, TREATMENTS, VOTES
from ui.components.filing_names import TRIALS
from ui.components.names import ROLES
from ui.components.plan_names import PROCESSES, REVISION_TRIGGERS, TRIGGERS, subject_label
from ui.wording import later
from ui.wording.codes import MOVES
from ui.wording.stages import STAGES

BODY_KIND = of_table(BODIES)
FIGURE = of_pack("local_figure", BOUNDS)
HAZARD = of_pack("hazard", Hazard)
NO_HAZARD = "none"
"""In the place of a hazard: a plan of no single one."""
HAZARD_OR_NONE = of_pack("hazard", (*Hazard, NO_HAZARD))
ISSUED_BY = of_pack("issued_by", IssuedBy)
JUDGEMENT = of_table({one: word for one, (word, _tone) in JUDGEMENTS.items()})
LETTER = of_pack("letter", LetterKind)
MEASURE = of_table({Measure.P_MET: later("达标概率"), Measure.P90_MIN: later("九成推演的用时")})
MODE = of_pack("sealing", ("passphrase", "server_key"))
MOVE = of_table(MOVES)
PAPER = of_pack("paper", PaperKind, also={PaperKind.EXPLANATION: later("编制说明")})
PLAN_KIND = of_pack("plan_kind", PlanKind)
RESOURCES = of_pack("forces", (OWN_UNITS, REGISTER_UNITS))
ROLE = of_table(ROLES)
STAGE = of_table({stage: word for stage, (word, _tone) in STAGES.items()})
SUBJECT = Choice((code for code, _depth in outline()), subject_label)
TABLE = of_pack("clerk_table", TABLES)
TRACKED = of_pack("tracked", Tracked)
TRIGGER = of_table({one: TRIGGERS[one] for one in REVISION_TRIGGERS})
TREATMENT = of_pack("treatment", Treatment, also={one: word for one, (word, _tone) in TREATMENTS.items()})
GROUP_PART = of_table(GROUP_PARTS)
PROCESS = of_table({one: PROCESSES[one] for one in Process})
VOTE = of_table({one: word for one, (word, _tone) in VOTES.items()}, also={Vote.AGREE_IF: later("原则同意")})
TRIAL = of_table(TRIALS)
