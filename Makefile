# Crossing Ledger. `make` or `make help` lists the targets.
# Needs Python 3.11 or newer and the package registries; nothing else has to be there.

VENV := .venv
PY := $(VENV)/bin/python
PORT ?= 8501
ADDRESS ?= 127.0.0.1
PYTEST_ARGS ?=
RECORDS ?= 1000000

# Any one of these on PATH does for the browser tests.
BROWSERS := chromium chromium-browser google-chrome google-chrome-stable

# Installs Debian packages as root, or by sudo where it asks for no password. Fails elsewhere.
APT_INSTALL = as=""; [ "$$(id -u)" = 0 ] || as="sudo -n"; \
	command -v apt-get >/dev/null && $$as true 2>/dev/null \
	&& $$as apt-get update -qq \
	&& $$as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends

.DEFAULT_GOAL := help
.PHONY: help install install-dev browser run test score accuracy fit bench sizing lint format

help: ## list these targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

install: $(VENV)/.runtime ## make .venv and install what running needs
	@echo "installed; make run starts the dashboard"

install-dev: $(VENV)/.dev # what testing needs on top

run: $(VENV)/.runtime ## start the dashboard on http://localhost:8501 (PORT=, ADDRESS=)
	@echo "starting on http://localhost:$(PORT) (health: http://localhost:$(PORT)/_stcore/health)"
	$(PY) -m ui --server.port $(PORT) --server.address $(ADDRESS) --server.headless true

test: $(VENV)/.dev browser ## install everything, then run all tests, the browser suite too
	$(PY) -m pytest $(PYTEST_ARGS)

score: $(VENV)/.runtime ## score the extraction on tests/gold, or on reviews (STORE=, SCORE_ARGS=--misses)
	$(PY) -m tests.gold.score $(if $(STORE),--store $(STORE)) $(SCORE_ARGS)

accuracy: $(VENV)/.dev ## cross-validate (15 minutes), write README.md's and data/accuracy.json's figures
	$(PY) -m extraction.fitting --keep-weights --cross-validate $(VENV)/read-crosswise.jsonl
	$(PY) -m tests.gold.accuracy --records $(VENV)/read-crosswise.jsonl --how "cross-validated over reports"

fit: $(VENV)/.dev ## fit the shipped weights anew (half an hour)
	$(PY) -m extraction.fitting

bench: $(VENV)/.dev browser ## time the extraction, then pages, sessions, ingest at RECORDS=1000000
	@missed=0; \
	$(PY) -m bench $(BENCH_ARGS) || missed=1; \
	$(PY) -m bench.ingest --large $(RECORDS) || missed=1; \
	$(PY) -m bench.pages --records $(RECORDS) || missed=1; \
	$(PY) -m bench.sessions --records $(RECORDS) || missed=1; \
	exit $$missed

sizing: $(VENV)/.dev ## measure what ledgers of three sizes need, into docs/running.md
	$(PY) -m bench.sizing --out docs/running.md

lint: $(VENV)/.dev ## ruff check, ruff format --check, mypy
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

format: $(VENV)/.dev ## let ruff mend format and imports
	$(PY) -m ruff check --fix-only --exit-zero --quiet .
	$(PY) -m ruff format .

# The stamps lie inside .venv, so that removing it starts afresh; each is older than the
# requirements it stands for only when those have changed.
$(VENV)/.made:
	@python=""; for name in python3.11 python3 python3.12 python3.13 python; do \
		if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			python="$$name"; break; fi; done; \
	if [ -z "$$python" ]; then \
		echo "Crossing Ledger needs Python 3.11 or newer on PATH; found: $$(python3 --version 2>&1)" >&2; \
		exit 1; fi; \
	echo "making $(VENV) with $$("$$python" --version)"; \
	if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
		echo "this Python cannot make a virtual environment: installing Debian's python3-venv"; \
		{ $(APT_INSTALL) python3-venv >/dev/null; } || { \
			echo "could not: install the venv module of $$python (Debian: python3-venv)" >&2; exit 1; }; fi; \
	"$$python" -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: requirements.txt $(VENV)/.made
	@echo "installing requirements.txt (a minute or two the first time)"
	@$(PY) -m pip install --disable-pip-version-check --quiet -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	@echo "installing requirements-dev.txt"
	@$(PY) -m pip install --disable-pip-version-check --quiet -r requirements-dev.txt
	@touch $@

browser: # a browser for the tests: one on PATH, else Debian's
	@for name in $(BROWSERS); do \
		if command -v "$$name" >/dev/null; then echo "browser: $$(command -v "$$name")"; exit 0; fi; done; \
	if [ -n "$$BROWSER_PATH" ]; then echo "browser: $$BROWSER_PATH"; exit 0; fi; \
	echo "no Chromium or Chrome on PATH: installing Debian's chromium"; \
	if { $(APT_INSTALL) chromium >/dev/null; } && command -v chromium >/dev/null; then \
		echo "browser: $$(command -v chromium)"; \
	else \
		echo "no browser, and none could be installed (that takes apt-get, and root or sudo):"; \
		echo "the browser tests will be skipped; with CI=true they fail"; fi
