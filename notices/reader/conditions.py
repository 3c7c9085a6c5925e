"""Words that make a duty wait for something, come on request, or stand at all times."""

from notices.reader.mention import Row, plain

_IF = (
    r"(?:if|in\s+the\s+event\s+(?:that|of)|whenever)\b(?!\s+(?:and\s+when\b|possible|relevant|appropriate|necessary|needed|"
    r"requested|required|so\b|not\b|applicable|practicable))"
)
_CONDITION_WORDS = (
    rf"^\s*(?:(?:or|and)\s+)?(?:{_IF}|should\b|where\b(?!\s+(?:possible|relevant|appropriate|necessary|needed|practicable|applicable)))"
    rf"[^,;]*?(?=,|\s+(?:the\s+)?(?:council|chair|board|department|director|authority)\b[^,.;]{{0,30}}\b(?:must|shall|should|will)\b)|"
    rf"\b{_IF}[^,.;]*|\bshould\s+(?:the|an?|any|there)\b[^,.;]*"
)
CONDITIONS: tuple[Row, ...] = (
    (
        "on_request",
        (
            r"\b(?:(?:or\s+)?at\s+(?:the\s+)?(?:specific\s+)?request\s+of|(?:up)?on\s+(?:the\s+)?request|"
            r"(?:(?:(?:as|if)\s+and\s+when|whenever)\s+(?:so\s+|reasonably\s+)?(?:requested|required|asked)|"
            r"(?:when|if|as|where)\s+(?:(?:so\s+|reasonably\s+)?(?:requested|asked)|so\s+required))|"
            r"(?:whenever|when|if|as)\s+(?:the\s+)?(?:department|dfe|secretary\s+of\s+state|ministers?|officials?|commissioner|adviser)"
            r"(?:\s+or\s+the\s+commissioner)?\s+(?:so\s+)?(?:requests?|asks?|requires?|may\s+(?:reasonably\s+)?(?:require|request)))\b"
        ),
        plain,
    ),
    (
        "commissioner",
        r"\b(?:should|if|once|when|where|in\s+the\s+event)\b[^,.;]*?\bcommissioner\b[^,.;]*?\b(?:placed|appointed|in\s+place|in\s+post)\b",
        plain,
    ),
    (
        "adviser",
        r"\b(?:should|if|once|when|where|in\s+the\s+event)\b[^,.;]*?\b(?:advis[eo]r|persons?)\b[^,.;]*?\b(?:placed|appointed|in\s+place|advice)\b",
        plain,
    ),
    (
        "failure",
        r"\b(?:should|if|where)\s+the\s+council\s+(?:be\s+)?(?:unwilling|unable|fails?|not|does\s+not)[^,.;]*|\bfailure\s+to\s+comply|\b(?:should|if)\s+ministers?\s+(?:be\s+|are\s+|is\s+)?not\s+(?:be\s+)?satisfied",
        plain,
    ),
    ("condition", _CONDITION_WORDS, plain),
    (
        "appointment",
        r"\bon\s+(?:their\s+)?appointment\b|\baware\s+of\s+(?:the|their)\s+terms\s+of\s+reference",
        plain,
    ),
    (
        "standing",
        r"\bup[\s-]to[\s-]date\b|\balways\b|\bat\s+all\s+times\b|\bon\s+track\b|\bon\s+an\s+on-?going\s+basis\b|\bcontinuously\b",
        plain,
    ),
)
