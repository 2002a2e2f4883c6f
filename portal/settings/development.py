"""The default of a newcomer: SQLite, files in `var/`, no server but ours."""

from portal.settings.base import *  # noqa: F403
from portal.settings.base import MIDDLEWARE

# Not a secret: whoever can reach a development server can read this file. Production requires its own.
SECRET_KEY = "development-only-not-a-secret"
DEBUG = True
ALLOWED_HOSTS = ["*"]
MIDDLEWARE = [*MIDDLEWARE, "portal.middleware.VisitorsNotFoundMiddleware"]
INTERNAL_IPS = ["127.0.0.1"]
