"""What counts of rows that are never altered, where a later row can put an earlier one back."""

import datetime as dt
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, QuerySet

Row = TypeVar("Row", bound=Model)


class Undoable(QuerySet[Row]):
    """Rows of a table whose column `undoes` names the row that a row puts back."""

    def counted(self, *, until: dt.datetime | None = None) -> "Undoable[Row]":
        """Those that count, as far as was known by a moment (inclusive; None: as is known now).

        What was put back is as if it had not been said, and putting it back says nothing either.
        """
        back: Undoable[Row] = Undoable(self.model).filter(undoes=OuterRef("pk"))
        if until is not None:
            back = back.filter(recorded_at__lte=until)
        return self.filter(~Exists(back), undoes__isnull=True)
