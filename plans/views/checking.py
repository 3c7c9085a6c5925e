"""What does not add up, rule by rule, and which rules hold for the plan."""

import datetime as dt
from collections import Counter

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from plans.adding_up import RULES, contradictions
from plans.forms.fields import GovDateField
from plans.queries import challenges_of, open_plan, rules_standing
from plans.seen import plan_seen_by
from plans.services import Conflict, Refused, switch_rule
from plans.views.change_pages import who


def day_asked(request: CouncilRequest, name: str = "as_at") -> dt.date | None:
    """The day that the address asks for; None without one and for what is no day."""
    return GovDateField().to_python_or_none(request.GET.get(name, ""))


@require_safe
@requires(Verb.READ, Thing.FROZEN_PLAN)
def adding_up(request: CouncilRequest) -> HttpResponse:
    """Everything that does not add up, by rule; `rule` and `theme` in the address narrow it, `as_at` looks back."""
    seen = plan_seen_by(request, today=timezone.localdate(), as_at=day_asked(request))
    table = seen.table
    found = list(table.contradictions) if table else []
    rule, theme = request.GET.get("rule", ""), request.GET.get("theme", "")
    rule = rule if rule in RULES else ""
    objectives = {o.id: o for o in table.objectives} if table else {}
    if theme.isascii() and theme.isdigit():
        found = [c for c in found if c.objective and str(objectives[c.objective].theme_id) == theme]
    counts = {code: sum(c.rule.code == code for c in found) for code in RULES}
    may_read = request.access.may(Verb.READ, Thing.CHALLENGE, request.council)
    asked = challenges_of(seen.plan).filter(closed_on=None) if seen.plan and may_read else []
    context = {
        "wide": True,
        "seen": seen,
        "table": table,
        "total": len(found),
        "counts": counts,
        "rules": RULES,
        "rule": rule,
        "theme": theme,
        "groups": [
            (RULES[code], [c for c in found if c.rule.code == code])
            for code in RULES
            if counts[code] and rule in ("", code)
        ],
        "asked": {(c.action_id, c.rule): c for c in asked},
        "rows": {row.id: row for row in table.actions} if table else {},
        "may_ask": request.access.may(Verb.WRITE, Thing.CHALLENGE, request.council) and not seen.as_at,
        "may_switch": seen.live and request.access.may(Verb.WRITE, Thing.LIVE_PLAN, request.council),
    }
    return render(request, "plans/adding_up.html", context)


@require_safe
@requires(Verb.WRITE, Thing.LIVE_PLAN)
def rules(request: CouncilRequest) -> HttpResponse:
    """Which rules hold, and since when."""
    return _rules(request, {}, {})


def _rules(
    request: CouncilRequest, errors: dict[str, str], typed: dict[str, str], status: int = 200
) -> HttpResponse:
    plan = open_plan(request.council)
    if plan is None:
        return redirect("plans:plan", council=request.council.slug)
    today = timezone.localdate()
    table = plan_seen_by(request, today=today).table
    finds = Counter(found.rule.code for found in contradictions(table, RULES)) if table else Counter()
    lines = [
        {
            "rule": line.rule,
            "since": line.since,
            "holds": line.holds,
            "finds": finds[line.rule.code],
            "version": line.version,
            "typed": typed.get(line.rule.code) or f"{line.since or today:%d/%m/%Y}",
            "error": errors.get(line.rule.code),
        }
        for line in rules_standing(plan, on=today)
    ]
    return render(
        request, "plans/rules.html", {"plan": plan, "lines": lines, "errors": errors}, status=status
    )


@require_POST
@requires(Verb.WRITE, Thing.LIVE_PLAN)
def switch(request: CouncilRequest, rule: str) -> HttpResponse:
    """Let a rule hold from a day, or switch it off."""
    if rule not in RULES:
        raise Http404
    typed = request.POST.get("from_on", "").strip()
    since = GovDateField().to_python_or_none(typed)
    off = request.POST.get("off") == "1"
    version = request.POST.get("version", "0")
    if not off and since is None:
        problem = {rule: "Enter the day it holds from, such as 24/2/2015"}
        return _rules(request, problem, {rule: typed}, status=422)
    try:
        switch_rule(
            rule=rule,
            from_on=None if off else since,
            version=int(version) if version.isascii() and version.isdigit() else 0,
            **who(request),
        )
    except Refused as refused:
        return _rules(request, {rule: "; ".join(refused.errors.values())}, {rule: typed}, status=422)
    except Conflict as conflict:
        problem = {rule: f"{conflict.by_name} has switched it meanwhile: see how it stands, and decide again"}
        return _rules(request, problem, {rule: typed}, status=409)
    messages.success(request, f"“{RULES[rule].title}” is {'switched off' if off else 'switched on'}")
    return redirect("plans:rules", council=request.council.slug)
