# Veertig. `make start` to try it, `make test` to trust it.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
RUN := $(VENV)/bin/python
# No database is asked for what reads source files only.
NO_DB := DEMO=1 DATABASE_URL=postgresql:///none

.PHONY: start test check bench screens fix lock
.DEFAULT_GOAL := start

$(VENV)/.run: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit("Veertig needs Python 3.11 or newer; say which: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	@test -x $(RUN) || $(PYTHON) -m venv $(VENV)
	@echo "Installing what Veertig needs…"
	@$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	@echo "Installing what the tests need…"
	@$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

start: $(VENV)/.run
	@DEMO=1 PORT=$(PORT) $(RUN) manage.py start

test: $(VENV)/.dev
	@$(RUN) -m marketplace.chromium
	@$(NO_DB) $(RUN) manage.py vertalingen --compile
	@$(RUN) -m pytest -n 2 --dist loadfile

check: $(VENV)/.dev
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/lint-imports
	$(NO_DB) $(VENV)/bin/mypy gemeenten aanbod bewijzen marketplace
	$(NO_DB) $(RUN) manage.py vertalingen --compile
	$(NO_DB) $(RUN) manage.py vertalingen --check
	DEMO=1 $(RUN) manage.py makemigrations --check --dry-run
	$(RUN) -m marketplace.deploy_check

# What speed.md promises, each figure beside its floor; minutes long. PARTS="results pages" for less.
bench: $(VENV)/.dev
	@$(RUN) -m marketplace.chromium
	@$(RUN) -m tests.bench $(PARTS)

# Every main screen of every role into docs/screens/, with axe in every look; minutes long.
screens: $(VENV)/.dev
	@$(RUN) -m marketplace.chromium
	@$(RUN) -m tests.screens $(NAMES)

fix: $(VENV)/.dev
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

# After changing pyproject.toml; needs uv (pip install uv).
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra dev pyproject.toml -c requirements.txt -o requirements-dev.txt
