# Everything a user or developer does from a checkout. `make help` lists it.
# Needs Python 3.11 or newer with venv and pip; uses uv for the installation when it is on the PATH.

PYTHON  ?= python3
WORKERS ?= auto
SCENARIO ?= scenarios/beijing-2010.yaml
OLD     ?= 3cf4653
SECONDS ?= 60
COUNT   ?=

VENV := .venv
BIN  := $(VENV)/bin
RUN  := $(VENV)/.installed-run
DEV  := $(VENV)/.installed-dev
SITE := $(VENV)/.installed-docs
PAGE := $(VENV)/.installed-dashboard
LOCK := requirements/lock.txt

# Two targets at the same time, each with its lines together; an old make mixes them.
TOGETHER := -j 2 --no-print-directory $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)

# Neighbours stay in one process, which makes what they share once; who is done takes over from the others.
TEST_PROCESSES = -n $(WORKERS) --dist worksteal

# What must hold with every Python; `make test-all` tries the whole oracle, its random towns and timelines too.
CORE_TESTS := tests/end_to_end/test_fingerprints.py tests/end_to_end/test_cli.py tests/oracle/test_oracle.py -k "not test_any"

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run dashboard curves test test-all check compile newest newest-ready wheel lint format coverage bench docs site fingerprints same layout fuzz damage kills lock clean

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "  PYTHON=python3.12 chooses the Python of a new $(VENV); WORKERS=1 the number of test processes;"
	@echo "  SCENARIO=scenarios/NAME.yaml the scenario that 'make run' runs; OLD=COMMIT what 'make same' compares with;"
	@echo "  SECONDS=60 how long 'make damage' and 'make kills' try, COUNT=20 how often at most."

run: $(RUN) ## Run one scenario (beijing-2010) and show its outcomes
	$(BIN)/sim run $(SCENARIO) --uncertainty

dashboard: $(PAGE) ## Install what the page needs, and open it: levers to move, curves that follow
	$(BIN)/sim dashboard

test: $(DEV) ## Everything a change must pass: lint, types, tests
	$(MAKE) $(TOGETHER) compile lint
	$(BIN)/python -m pytest $(TEST_PROCESSES)

# Installing, compiling and type checking keep one core busy each; the tests then have all of them.
check: $(RUN) ## What .ci/run does: `make test`, a shipped scenario with bounds checked, and `make newest`
	$(MAKE) $(TOGETHER) newest-ready compile lint
	$(BIN)/python -m pytest $(TEST_PROCESSES) -m "not slow or bounds"
	$(MAKE) newest

test-all: $(DEV) ## What `make test` does and all that takes longer: plain compiler, bounds, long campaigns, newest Python, wheel
	$(MAKE) $(TOGETHER) compile lint
	$(BIN)/python -m pytest $(TEST_PROCESSES) -m "slow or not slow"
	$(MAKE) wheel
	$(MAKE) newest CORE_TESTS="tests/end_to_end tests/oracle"

compile: $(DEV) ## Compile the rules, once for their sources, so that no test waits for it
	$(BIN)/python -m tests.support.compile_rules

newest: $(DEV) ## Test what must not change, oracle and command line on the newest Python found here
	$(BIN)/python -m tests.support.newest_python $(TEST_PROCESSES) $(CORE_TESTS)

newest-ready: $(RUN) ## Install for the newest Python found here, and compile the rules for it
	$(BIN)/python -m tests.support.newest_python --ready

wheel: $(DEV) ## Build sdist and wheel, install the wheel without the checkout and run a shipped scenario with it
	$(BIN)/python -m tests.support.wheel_check

lint: $(DEV) ## Check style (ruff) and types (mypy) without changing a file
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(DEV) ## Rewrite the sources in the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

coverage: $(DEV) ## Run the tests with the rules as plain Python (slow) and report untested lines
	NUMBA_DISABLE_JIT=1 $(BIN)/python -m pytest $(TEST_PROCESSES) --cov

bench: $(DEV) ## Measure speed and print it as ratios
	$(BIN)/python -m tests.bench

docs: $(DEV) ## Write what is made from the declarations: tables of docs, JSON Schemas, row types
	$(BIN)/python -m sim.docs_tables
	$(BIN)/sim schema --out docs/scenario.schema.json
	$(BIN)/sim schema --experiment --out docs/experiment.schema.json

site: $(SITE) ## Build the documentation site in build/site, to be read offline, with a gallery of figures and scenarios
	$(BIN)/python -m sim.docs_site

fingerprints: $(DEV) ## Record the canonical runs anew (the only thing that changes the fingerprint file)
	$(BIN)/python -m tests.support.update_fingerprints

curves: $(DEV) ## Run the scenarios anew whose curves the page shows before the rules are loaded
	$(BIN)/python -m sim.dashboard.stored_curves

fuzz: $(DEV) ## Give mutated files, folders and commands for SECONDS=60: no traceback, no wrong status
	$(BIN)/python -m tests.fuzz.campaign $(SECONDS)

same: $(DEV) ## Prove that every shipped scenario gives the numbers that commit OLD gave, to the last bit
	$(BIN)/python -m tests.support.same $(OLD)

layout: $(DEV) ## Check the layout of the sources: circles of imports, equal base names, long files and functions
	$(BIN)/python -m tests.support.layout

damage: $(DEV) ## Damage files of results for SECONDS seconds: no wrong number, no traceback
	$(BIN)/python -m tests.support.damage_campaign --seconds $(SECONDS) $(if $(COUNT),--count $(COUNT))

kills: $(DEV) ## End commands at any moment for SECONDS seconds (or COUNT=20 times) and go on: the same bytes, nothing left
	$(BIN)/python -m tests.support.kill_campaign --seconds $(SECONDS) $(if $(COUNT),--count $(COUNT))

lock: ## Choose versions anew for requirements/lock.txt (needs uv)
	UV_PYTHON_DOWNLOADS=never UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile --quiet --upgrade \
		--universal --python-version 3.11 --all-extras --no-annotate --no-emit-index-url --no-emit-find-links \
		--output-file $(LOCK) pyproject.toml

clean: ## Remove .venv, caches and build products (never results)
	rm -rf $(VENV) .venv-newest build dist htmlcov .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment is made once, and again whenever what it is made from changes: first what running needs, then what
# checking a change adds. Nothing is compiled to bytecode ahead: Python does so with the part that is imported.
$(RUN): pyproject.toml $(LOCK)
	$(call install,.,what running needs)

$(PAGE): $(RUN)
	$(call install,.[dashboard],what the page needs)

$(DEV): $(RUN)
	$(call install,.[dev],what checking a change needs)

$(SITE): $(RUN)
	$(call install,.[docs],what the site needs)

define install
	@echo "Installing $(2) into $(VENV); with warm caches a minute, a few seconds with uv ..."
	@if command -v uv >/dev/null 2>&1; then \
		set -ex; test -x $(BIN)/python || $(PYTHON) -m venv --without-pip $(VENV); \
		UV_PYTHON_DOWNLOADS=never uv pip install --python $(BIN)/python --constraint $(LOCK) --editable '$(1)'; \
	else \
		set -ex; test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV); \
		$(BIN)/python -m pip install --no-compile --disable-pip-version-check --constraint $(LOCK) --editable '$(1)'; \
	fi
	@touch $@
endef
