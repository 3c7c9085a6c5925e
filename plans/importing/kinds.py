"""The kinds of what documents leave open on a plan, in words. Plain Python."""

from plans import reader
from plans.importing.asking import MatchCode

_OF_PLAN = {
    "missing_from_document": "An action of the plan is not in the document.",
    "changed_meanwhile": "A cell was changed in the plan after the copy was made.",
}


def sentence_of(code: str) -> str:
    """What a kind of finding is, in one sentence; the code itself for a kind that an older version wrote."""
    for kinds in (reader.FindingCode, MatchCode):
        if code in {kind.value for kind in kinds}:
            return kinds(code).sentence
    return _OF_PLAN.get(code, code.replace("_", " ").capitalize())
