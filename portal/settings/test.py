"""Tests: databases and files of their own, thrown away, and no wait that a user would not have."""

import os
import tempfile
from pathlib import Path

from portal.settings.base import *  # noqa: F403
from portal.settings.base import DATABASES

SECRET_KEY = "tests-only-not-a-secret"
ALLOWED_HOSTS = ["*"]
_folder = Path(tempfile.gettempdir()) / f"portal-tests-{os.getpid()}"
MEDIA_ROOT = _folder / "media"
STATIC_ROOT = _folder / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: threads of one test must meet on the database that a visitor meets.
    DATABASES["default"]["TEST"] = {"NAME": str(_folder / "test.sqlite3")}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
