"""Switching rules of what does not add up, per plan and from a day."""

import datetime as dt

from django.db import transaction

from councils.models import Council, User
from plans.adding_up import RULES
from plans.models import RuleSwitch
from plans.queries import RULE
from plans.services.acting import Act, held_plan, refuse, refuse_overtaken
from plans.services.refusals import Conflict


def switch_rule(
    *,
    council: Council,
    rule: str,
    from_on: dt.date | None,
    version: int,
    by: User | None,
    now: dt.datetime,
    today: dt.date,
) -> RuleSwitch:
    """Let a rule hold from a day (inclusive), or switch it off (None), for the council's open plan.

    `version` 0 says that it stood at its default. Raises Refused for an unknown rule or without a plan, Conflict
    where somebody else has switched it since.
    """
    if rule not in RULES:
        refuse({"rule": "There is no such rule"})
    act = Act(council, by, now, today)
    with transaction.atomic():
        plan = held_plan(act)
        switch = RuleSwitch.objects.filter(plan=plan, rule=rule).first()
        log = act.log()
        if switch is None:
            switch = RuleSwitch.objects.create(plan=plan, rule=rule, from_on=from_on)
            log.made(RULE, switch.pk, {"plan": plan.pk, "rule": rule, "from_on": from_on})
        elif switch.from_on != from_on:
            if version == 0:  # made from a page on which nobody had switched it yet
                raise Conflict({"from_on": switch.from_on}, switch.version, "Somebody else")
            refuse_overtaken(
                RULE,
                switch.pk,
                version=version,
                current=switch.version,
                sent={"from_on": from_on},
                stands={"from_on": switch.from_on},
            )
            switch.version += 1
            log.changed(RULE, switch.pk, "from_on", switch.from_on, from_on, version=switch.version)
            switch.from_on = from_on
            switch.save(update_fields=["from_on", "version"])
        log.write()
        return switch
