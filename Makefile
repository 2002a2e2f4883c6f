# The commands of this project; `make help` lists them. Everything they make lies in .venv/ and var/.
PORT ?= 8000
DEMO ?= 1
# What each target runs inside the virtual environment.
VENV_PYTHON = .venv/bin/python
PREPARE = python=$$(bin/find-python) && "$$python" bin/prepare

.DEFAULT_GOAL := help
.PHONY: help run reset test drills search-engine lint format messages shell environment

help: ## List the commands
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' Makefile | while IFS='|' read -r name text; do printf '  make %-14s %s\n' "$$name" "$$text"; done

run: ## Prepare what is missing and serve the portal (PORT=8000, DEMO=0 for an empty centre)
	@$(PREPARE) --port '$(PORT)' && exec $(VENV_PYTHON) manage.py serve_portal --port '$(PORT)' $(if $(filter 0 no false,$(DEMO)),--no-demo,--demo)

reset: ## Delete the local database and files: the next `make run` starts afresh
	@bin/reset

test: ## Linters, then every test, on SQLite and on PostgreSQL
	@bin/services && $(PREPARE) --dev && { status=0; bin/lint || status=1; bin/test || status=1; exit $$status; }

drills: ## The long proofs (concurrency, random histories, volume), on both databases
	@bin/services && $(PREPARE) --dev && bin/test --drills

search-engine: ## Fetch and start an Elasticsearch for development (bin/search-engine stop ends it)
	@bin/search-engine start

lint: environment ## Style, types, imports, templates, migrations, messages
	@bin/lint

format: environment ## Write Python files the one way
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format .

messages: environment ## Gather the texts to translate into locale/ (needs gettext)
	@command -v xgettext >/dev/null || { echo "gettext is needed here, and only here; on Debian or Ubuntu: apt install gettext" >&2; exit 1; }
	@$(VENV_PYTHON) manage.py makemessages --locale fr --no-location --no-wrap --ignore 'var/*' --ignore 'tests/*' --ignore 'node_modules/*'

shell: environment ## Python, with the portal loaded
	@$(VENV_PYTHON) manage.py shell

environment:
	@$(PREPARE) --dev
