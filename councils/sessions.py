"""How long a sign-in lasts: so many hours at most, and not past a long silence."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

STARTED = "signed_in_at"
SEEN = "seen_at"
# a session is written at most this often, so that reading a page seldom costs a write
GRAIN = timedelta(minutes=5)


def start(session: Any, *, now: datetime) -> None:
    """Somebody has just signed in."""
    session[STARTED] = session[SEEN] = now.timestamp()


def is_over(session: Any, *, now: datetime) -> bool:
    """Whether a signed-in session has lasted too long, or was silent too long (both limits inclusive).

    A session that does not say when it began was not begun by signing in, and is over.
    """
    age = now.timestamp() - session.get(STARTED, 0)
    silence = now.timestamp() - session.get(SEEN, 0)
    return bool(age >= settings.SESSION_COOKIE_AGE or silence >= settings.SESSION_IDLE.total_seconds())


def seen(session: Any, *, now: datetime) -> None:
    """Somebody is there."""
    if now.timestamp() - session.get(SEEN, 0) >= GRAIN.total_seconds():
        session[SEEN] = now.timestamp()
