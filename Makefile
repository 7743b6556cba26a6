# Bicorne's commands. Everything is installed into .venv from the lock files.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help serve site test coverage check format audit lighthouse weigh bench bench-gate bench-accounts \
	bench-ads bench-beacons bench-matching bench-paint bench-report bench-viewability train-sensitive \
	measure-sensitive lock clean

help:  ## what each command does
	@sed -n 's/^\([a-z-]*\):.*##  *\(.*\)/\1: \2/p' $(MAKEFILE_LIST)

serve: .venv/installed  ## build, serve on http://localhost:8000, publish and reload what changes
	@$(BIN)/desk serve

site: .venv/installed  ## build the site into output/
	@$(BIN)/desk build

test: .venv/installed-dev  ## the whole test suite
	@$(BIN)/pytest

coverage: .venv/installed-dev  ## branches of paywall/ that tests take, and those that none takes
	@$(BIN)/pytest --cov --cov-report=term tests/paywall tests/contract tests/resident tests/browser/journeys

check: .venv/installed-dev  ## format, lint, types, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest

format: .venv/installed-dev  ## put the code in its format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock:  ## after a change of dependencies in pyproject.toml (needs uv)
	uv pip compile pyproject.toml --extra install $(LOCK_OPTIONS) -o requirements.lock
	uv pip compile pyproject.toml --extra install --extra dev -c requirements.lock $(LOCK_OPTIONS) -o requirements-dev.lock
LOCK_OPTIONS := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet

clean:  ## remove everything that the commands above made, but not var/ (keys)
	rm -rf .venv .bench .cache output .output.* .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage tests/audit/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Bicorne needs Python 3.11 or newer: make PYTHON=python3.12 serve" if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv .venv

.venv/installed: requirements.lock pyproject.toml | .venv/bin/python
	@echo "Installing into .venv (about a minute the first time)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/installed-dev: requirements-dev.lock .venv/installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

AUDITORS := tests/audit/node_modules/.package-lock.json

audit: .venv/installed-dev $(AUDITORS)  ## HTML, CSS and accessibility of every page kind (needs npm and Java)
	@BICORNE_AUDIT=1 $(BIN)/pytest -m audit

lighthouse: .venv/installed-dev $(AUDITORS)  ## Lighthouse's scores of home, issue and article
	@$(BIN)/python tests/browser/lighthouse.py

weigh: .venv/installed-dev  ## bytes over the wire of every page kind
	@$(BIN)/python tests/browser/weigh.py

N ?= 1000
RUNS ?= 3
bench: .venv/installed-bench  ## speed and memory at N articles, beside Hugo's (make bench N=20000)
	@$(BIN)/python -m bench.run $(N) --runs $(RUNS) --hugo $(BIN)/hugo

OUTPUT ?= output
bench-gate: .venv/installed  ## pages per second beside nginx's (make bench-gate OUTPUT=.bench/20000/output)
	@$(BIN)/python -m bench.gate --output $(OUTPUT)

bench-beacons: .venv/installed  ## pages that tell what was seen, per second, beside nginx's 204
	@$(BIN)/python -m bench.beacons

SESSIONS ?= 500
bench-viewability: .venv/installed-dev  ## what browsers count against what was really seen, in SESSIONS sessions
	@$(BIN)/python -m bench.viewability --sessions $(SESSIONS)

bench-paint: .venv/installed-dev  ## what ads add to the largest paint of pages, and what they move (after make site)
	@$(BIN)/python -m bench.viewability.paint --output $(OUTPUT)

bench-accounts: .venv/installed  ## an import of 30,000 readers, and sign-ins a second (after make site)
	@$(BIN)/python -m bench.accounts --output $(OUTPUT)

MONTHS ?= 20
bench-ads: .venv/installed  ## months of campaigns, delivered by the plan and by linear weighting
	@$(BIN)/python -m bench.ads --months $(MONTHS)
EVENTS ?= 100000000
bench-report: .venv/installed  ## reports over a year of EVENTS events: seconds, memory
	@$(BIN)/python -m bench.report --events $(EVENTS)
BOOKINGS ?= 200
bench-matching: .venv/installed  ## what matching adds to a build (make bench-matching N=20000 BOOKINGS=200)
	@$(BIN)/python -m bench.matching $(N) --bookings $(BOOKINGS)

train-sensitive: .venv/installed-dev  ## the weights that keep ads from painful texts, from the labelled passages
	@$(BIN)/python -m bench.sensitive.train

PART ?= development
measure-sensitive: .venv/installed-dev  ## recall and false alarms of these weights (PART=held: the part only ever measured)
	@$(BIN)/python -m bench.sensitive.measure $(PART)

.venv/installed-bench: .venv/installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation -e '.[bench]'
	@touch $@

$(AUDITORS): tests/audit/package-lock.json
	cd tests/audit && npm ci --ignore-scripts --loglevel=error
	@touch $@
