"""Which proposals are still open: what people have decided is not asked again, unless the words changed.

Plain Python, no Django.
"""

from collections.abc import Iterator, Mapping, Sequence

from plans.coverage.asked import Part, Source, Target, same_words
from plans.coverage.proposing import Proposal, candidates_of, proposals
from plans.coverage.standing import Book, Decision, Line, Verdict
from plans.table import PlanTable

FOR_THE_DEPARTMENT = "All that follows from it is for the Department for Education or Ministers to do"


def open_proposals(
    source: Source, lines: Sequence[Line], book: Book, table: PlanTable, split: Mapping[int, int]
) -> dict[str, tuple[Proposal, ...]]:
    """What is proposed for each provision and nobody has decided; keys without a proposal are left out.

    `split` says from which action others were split off.
    """
    likely = proposals(source.provisions, candidates_of(table))
    actions = {action.id: action for action in table.actions}
    families = {Target(Part.ACTION, action.id): action.objective_id for action in table.actions}
    families |= {Target(Part.OBJECTIVE, objective.id): objective.id for objective in table.objectives}
    found = {}
    for line in lines:
        if line.none is not None or line.introduces:
            continue
        stands = book.of(source.key, line.provision.key)
        linked = {families.get(link.target) for link in line.links if not link.left}
        offered = [
            *_split_off(line, actions, split),
            *(one for one in likely[line.provision.key] if one.target and families[one.target] not in linked),
            *_for_the_department(line),
        ]
        still = tuple(_undecided(offered, line, stands))
        if still:
            found[line.provision.key] = still
    return found


def _split_off(line: Line, actions: Mapping[int, object], split: Mapping[int, int]) -> Iterator[Proposal]:
    """What was split off an action that answers a provision may well answer it too."""
    refs = {link.action.id: link.ref for link in line.links if link.action is not None}
    for part, whole in split.items():
        if whole in refs and part in actions and part not in refs:
            why = f"It was split off {refs[whole]}, which answers this"
            yield Proposal(line.provision.key, Target(Part.ACTION, part), why)


def _for_the_department(line: Line) -> Iterator[Proposal]:
    if line.provision.binds_the_department_alone and not line.links:
        yield Proposal(line.provision.key, None, FOR_THE_DEPARTMENT)


def _undecided(
    offered: Sequence[Proposal], line: Line, stands: Mapping[Target | None, Decision]
) -> Iterator[Proposal]:
    for one in offered:
        decision = stands.get(one.target)
        if decision is None:
            yield one
        elif decision.verdict is Verdict.REFUSED and not same_words(decision.words, line.provision.words):
            why = f"Refused when its words were others. {one.why}"
            yield Proposal(one.key, one.target, why, one.score)
