"""What filters leave in, in words: a file that holds a part of the plan says which. Plain Python."""

from plans.adding_up import RULES
from plans.rag import Standing
from plans.table import DUES, UNRATED, Filters, PlanTable


def words_of(filters: Filters, table: PlanTable) -> str:
    """The filters in words, such as "rated R, led by Pat Reed"; "" where they leave everything in."""
    theme = next((t.title or "no theme" for t in table.themes if t.id == filters.theme), "nothing")
    objective = next((o.title or o.ref for o in table.objectives if o.id == filters.objective), "nothing")
    rule = RULES.get(filters.adds_up)
    said = (
        f"theme “{theme}”" if filters.theme is not None else "",
        f"objective “{objective}”" if filters.objective is not None else "",
        f"led by {filters.lead}" if filters.lead else "",
        ("not rated" if filters.rating == UNRATED else f"rated {filters.rating}") if filters.rating else "",
        f"standing: {Standing(filters.standing).label.lower()}" if filters.standing else "",
        DUES[filters.due].lower() if filters.due in DUES else "",
        "not updated since the last board" if filters.updated else "",
        (f"does not add up: {rule.title.lower()}" if rule else "does not add up") if filters.adds_up else "",
        "mine" if filters.mine else "",
        f"with the words “{filters.words}”" if filters.words else "",
    )
    return ", ".join(filter(None, said))
