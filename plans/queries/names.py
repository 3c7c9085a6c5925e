"""How the change log names the parts of a plan."""

ACTION, OBJECTIVE, THEME, SCALE = "plans.action", "plans.objective", "plans.theme", "plans.scalecode"
MILESTONE, RULE, VERSION = "plans.milestone", "plans.ruleswitch", "plans.planversion"
ASSURANCE, EVIDENCE, CHALLENGE = "plans.assurance", "plans.evidence", "plans.challenge"
