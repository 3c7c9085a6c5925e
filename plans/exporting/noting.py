"""What reading a copy back has to say to a person. Plain Python."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from plans.reader.findings import Choice, Finding, FindingCode, Severity, finding_id
from plans.reader.grids import Row


@dataclass
class Notes:
    """Gathers findings. `headings` are the copy's own, by column."""

    headings: Mapping[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def not_read(self, row: Row, ref: str, key: str, words: str) -> None:
        """Something was changed that is changed elsewhere; `words` say what."""
        self.find(
            FindingCode.NOT_READ_BACK,
            Severity.NOTE,
            f"{row.opening} ({ref}): {words}, so this was not read.",
            row=row,
            ref=ref,
            column=self.headings.get(key, ""),
        )

    def find(
        self,
        code: FindingCode,
        severity: Severity,
        message: str,
        *,
        row: Row | None = None,
        ref: str | None = None,
        column: str | None = None,
        choices: tuple[Choice, ...] = (),
        suggestion: str | None = None,
    ) -> None:
        """Add a finding about a row, or about the whole copy."""
        number = row.number if row else None
        self.findings.append(
            Finding(
                finding_id(code, 0, number, column, ref),
                code,
                severity,
                message,
                ref,
                0 if row else None,
                number,
                row.place if row else "",
                column,
                suggestion,
                choices,
            )
        )
