"""What was found, put together by kind for a page: most serious first, one answer for many alike. Plain Python."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from plans import reader
from plans.importing.asking import Question

Found = reader.Finding | Question

SUGGESTED = "suggested"
SHOWN = 100  # rows of one kind on a page
MOST_ASKED = 500  # answers on a page: a form may hold no more fields than the server takes
_SEVERITIES = list(reader.Severity)


@dataclass(frozen=True)
class Group:
    """All findings of one kind. `asked` are those that the page offers an answer to, one by one."""

    code: str
    title: str
    severity: reader.Severity
    findings: tuple[Found, ...]
    asked: frozenset[str] = frozenset()

    @cached_property
    def open(self) -> int:
        """How many wait for an answer."""
        return sum(bool(finding.choices) and finding.chosen is None for finding in self.findings)

    @property
    def shown(self) -> tuple[Found, ...]:
        return self.findings[:SHOWN]

    @property
    def more(self) -> int:
        return max(len(self.findings) - SHOWN, 0)

    @cached_property
    def for_all(self) -> tuple[tuple[str, str], ...]:
        """Answers that every one of several findings offers: (key, words)."""
        offering = [finding for finding in self.findings if finding.choices]
        if len(offering) < 2:  # noqa: PLR2004 - one alone needs no answer for many
            return ()
        common = set.intersection(*({choice.key for choice in finding.choices} for finding in offering))
        words: dict[str, set[str]] = {}
        for finding in offering:
            for choice in finding.choices:
                words.setdefault(choice.key, set()).add(choice.label)
        found = [(SUGGESTED, "As suggested for each")] if any(f.suggestion for f in offering) else []
        first = [choice.key for choice in offering[0].choices if choice.key in common]
        return (*found, *((key, words[key].pop()) for key in first if len(words[key]) == 1))


def grouped(findings: Iterable[Found]) -> list[Group]:
    """Findings by kind: questions first, among them which action is meant, then suggestions, then notes."""
    kinds: dict[tuple[int, bool, str], list[Found]] = {}
    for finding in findings:
        place = (
            _SEVERITIES.index(finding.severity),
            not isinstance(finding, Question),
            finding.code.value,
        )
        kinds.setdefault(place, []).append(finding)
    left = MOST_ASKED
    groups = []
    for (severity, _, code), rows in sorted(kinds.items(), key=lambda kind: kind[0]):
        asked = [finding.id for finding in rows[:SHOWN] if finding.choices][:left]
        left -= len(asked)
        groups.append(
            Group(code, rows[0].code.sentence, _SEVERITIES[severity], tuple(rows), frozenset(asked))
        )
    return groups


def answers_for_all(groups: Sequence[Group], chosen: Mapping[str, str]) -> dict[str, str]:
    """What one answer for a kind means for each finding of it, by the finding's id; `chosen` is by kind."""
    answers = {}
    for group in groups:
        key = chosen.get(f"{group.severity}-{group.code}", "")
        for finding in group.findings if key else ():
            taken = finding.suggestion if key == SUGGESTED else key
            if taken and any(choice.key == taken for choice in finding.choices):
                answers[finding.id] = taken
    return answers
