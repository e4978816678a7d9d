# One command each: `make run` to try Vigil, `make test` and `make lint` to work on it.
PYTHON ?= python3
BIN := .venv/bin
SOURCES := bot jobs storage tests

.PHONY: run test lint format faults bench screenshots lock clean
.DEFAULT_GOAL := run

run: .venv/run.stamp  ## the bot and its local workspace; prints the address of the page
	@$(BIN)/vigil run

test: .venv/dev.stamp  ## the tests, on SQLite and on a PostgreSQL that a wheel carries; on all cores
	@$(BIN)/pytest -n auto --dist worksteal

lint: .venv/dev.stamp  ## ruff, mypy --strict and the import contract
	@$(BIN)/ruff check $(SOURCES)
	@$(BIN)/ruff format --check $(SOURCES)
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

format: .venv/dev.stamp
	@$(BIN)/ruff check --fix $(SOURCES)
	@$(BIN)/ruff format $(SOURCES)

faults: .venv/dev.stamp  ## delivery under kills, lost answers, rate limits and outages, from new seeds; takes minutes
	@$(BIN)/python -m tests.faults

bench: .venv/dev.stamp  ## measurements, as ratios or rates taken in one run on this machine; some four minutes
	@$(BIN)/python -m tests.bot.workspace.bench_posts
	@$(BIN)/python -m tests.bench.planning
	@$(BIN)/python -m tests.bench.sending
	@$(BIN)/python -m tests.bench.lateness
	@$(BIN)/python -m tests.bench.peer
	@$(BIN)/python -m tests.bench.service
	@$(BIN)/python -m tests.bench.page

screenshots: .venv/dev.stamp  ## the pictures of README and docs, from the stories that the tests tell; with Debian's chromium-l10n in British dates
	@mkdir -p docs/pictures
	@VIGIL_PICTURES=docs/pictures $(BIN)/pytest tests/flows/test_page*.py tests/flows/test_scenes.py \
		-k "sqlite or pictured"

lock:  ## resolve the newest releases that pyproject.toml allows; needs uv
	uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --upgrade --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links --extra build pyproject.toml -o requirements.txt
	uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --upgrade --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache vigil-sample.sqlite*

# pip compiles what it installs to bytecode; without that every start takes two seconds longer.
.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Vigil needs Python 3.11 or newer: name one with make PYTHON=/path/to/python3.11")'
	@$(PYTHON) -m venv .venv

.venv/run.stamp: .venv/bin/pip requirements.txt pyproject.toml
	@echo "Installing what Vigil needs to run (once)"
	@$(BIN)/pip install --quiet --disable-pip-version-check --compile --require-hashes -r requirements.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q bot jobs storage
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements-dev.txt
	@echo "Installing what the tests need (once)"
	@$(BIN)/pip install --quiet --disable-pip-version-check --compile --require-hashes -r requirements-dev.txt
	@touch $@
