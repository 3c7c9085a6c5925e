"""The product's settings, with what tests need otherwise: a folder of their own, cheap passwords, no manifest.

DATABASE_URL chooses the database as it does for the product: none is SQLite, in a file and in WAL as in life.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from jinja2 import FileSystemBytecodeCache

from tests.migrated import KEPT

_folder = tempfile.mkdtemp(prefix="noticeboard-test-")  # one for each xdist worker
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["DATA_DIR"] = _folder
os.environ["SECRET_KEY"] = "only-for-tests-" + "x" * 50
(Path(_folder) / "static").mkdir()  # WhiteNoise warns where there is none
for _name in ("REDIS_URL", "SITE_URL", "S3_BUCKET", "OIDC_SERVER_URL", "DEMO_ACCOUNTS"):
    os.environ.pop(_name, None)

from config.settings import *  # noqa: E402, F403, TID251 (the environment comes first)
from config.settings import DATABASES, EMBEDDED, INSTALLED_APPS, STORAGES, TEMPLATES  # noqa: E402, F401, TID251

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
    for name in ("default", "prints")
}
(KEPT / "templates").mkdir(mode=0o700, parents=True, exist_ok=True)
TEMPLATES[0]["OPTIONS"]["bytecode_cache"] = FileSystemBytecodeCache(str(KEPT / "templates"))
LOGGING_CONFIG = None
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_folder) / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0
