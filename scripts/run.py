"""What `make run` does once everything is installed: bring the data up to date, then serve."""

import hashlib
import os
import secrets
import socket
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent


def a_secret_key_of_its_own() -> None:
    """Give this installation a secret key that survives restarts, unless the environment brings one."""
    if os.environ.get("SECRET_KEY") or os.environ.get("SECRET_KEY_FILE"):
        return
    path = Path(os.environ.get("DATA_DIR", ROOT / "var")) / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
    os.environ["SECRET_KEY_FILE"] = str(path)


def refuse_a_taken_port(port: int) -> None:
    """Say so at once where somebody else listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((os.environ.get("BIND", "127.0.0.1"), port))
        except OSError:
            sys.exit(f"Port {port} is taken. Choose another: PORT=8123 make run")


def collect_static_files() -> None:
    """Hash and compress them, unless nothing changed since the last time."""
    digest = hashlib.sha256((ROOT / "requirements" / "base.txt").read_bytes())
    for path in sorted((ROOT / "static").rglob("*")):
        if path.is_file():
            digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    stamp = settings.STATIC_ROOT / ".stamp"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == digest.hexdigest():
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(digest.hexdigest(), encoding="utf-8")


def forget_when_tasks_last_ran() -> None:
    """Beat does not start on a memory that a crash left half written; what it starts derives what is to be done."""
    for path in Path(settings.CELERY_BEAT_SCHEDULE_FILENAME).parent.glob("celerybeat-schedule*"):
        path.unlink(missing_ok=True)


def prepare() -> None:
    """Migrations, static files, and demo data where the embedded database has nobody in it yet."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415 (apps are loaded by now, not before)

    from plans.exporting.press import dismiss  # noqa: PLC0415

    call_command("migrate", interactive=False, verbosity=0)
    collect_static_files()
    forget_when_tasks_last_ran()
    if settings.EMBEDDED and not get_user_model().objects.exists():
        call_command("load_demo")
        dismiss()  # becoming another program runs no exit functions


def main() -> None:
    """Prepare, then become the supervisor."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("DEMO_ACCOUNTS", "true")  # heeded in the embedded set-up alone
    a_secret_key_of_its_own()
    django.setup()
    refuse_a_taken_port(settings.PORT)
    prepare()
    sys.stderr.write(f"noticeboard: {settings.SITE_URL} (stop with Ctrl-C)\n")
    sys.stderr.flush()
    os.execv(sys.executable, [sys.executable, "-m", "scripts.supervise"])  # noqa: S606 (no shell is meant)


if __name__ == "__main__":
    main()
