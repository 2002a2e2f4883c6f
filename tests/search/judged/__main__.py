"""`python -m tests.search.judged`: see `running`. PostgreSQL: behind `bin/temporary-postgresql`."""

import os
import sys

import django

if __name__ == "__main__":
    stock = "--stock" in sys.argv
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.search.judged.stock.settings" if stock else "portal.settings.test"
    django.setup()

    from tests.search.judged.running import main

    main(sys.argv[1:])
