# Everything a user or developer does from a checkout. `make help` lists it.
# Needs Python 3.11 or newer with venv and pip; uses uv for the installation when it is on the PATH.

PYTHON  ?= python3
WORKERS ?= auto
SCENARIO ?= scenarios/beijing-2010.yaml
OLD     ?= 3cf4653

VENV  := .venv
BIN   := $(VENV)/bin
STAMP := $(VENV)/.installed
LOCK  := requirements/lock.txt

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test lint format coverage bench docs fingerprints same layout lock clean

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "  PYTHON=python3.12 chooses the Python of a new $(VENV); WORKERS=1 the number of test processes;"
	@echo "  SCENARIO=scenarios/NAME.yaml the world that 'make run' runs; OLD=COMMIT what 'make same' compares with."

run: $(STAMP) ## Run one scenario (beijing-2010) and show its outcomes
	$(BIN)/sim run $(SCENARIO)

test: lint ## Everything a change must pass: lint, types, tests
	$(BIN)/python -m pytest -n $(WORKERS)

lint: $(STAMP) ## Check style (ruff) and types (mypy) without changing a file
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(STAMP) ## Rewrite the sources in the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

coverage: $(STAMP) ## Run the tests with the rules as plain Python (slow) and report untested lines
	NUMBA_DISABLE_JIT=1 $(BIN)/python -m pytest -n $(WORKERS) --cov

bench: $(STAMP) ## Measure speed and print it as ratios
	$(BIN)/python -m tests.bench

docs: $(STAMP) ## Write the tables of the model description anew, from the declarations
	$(BIN)/python -m sim.docs_tables

fingerprints: $(STAMP) ## Record the canonical runs anew (the only thing that changes the fingerprint file)
	$(BIN)/python -m tests.support.update_fingerprints

same: $(STAMP) ## Prove that every shipped scenario gives the numbers that commit OLD gave, to the last bit
	$(BIN)/python -m tests.support.same $(OLD)

layout: $(STAMP) ## Check the layout of the sources: circles of imports, equal base names, long files and functions
	$(BIN)/python -m tests.support.layout

lock: ## Choose versions anew for requirements/lock.txt (needs uv)
	UV_PYTHON_DOWNLOADS=never UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile --quiet --upgrade \
		--universal --python-version 3.11 --all-extras --no-annotate --no-emit-index-url --no-emit-find-links \
		--output-file $(LOCK) pyproject.toml

clean: ## Remove .venv, caches and build products (never results)
	rm -rf $(VENV) build dist htmlcov .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment is made once, and again whenever what it is made from changes.
$(STAMP): pyproject.toml $(LOCK)
	$(PYTHON) -m venv $(VENV)
	@if command -v uv >/dev/null 2>&1; then \
		set -x; UV_PYTHON_DOWNLOADS=never uv pip install --quiet --compile-bytecode --python $(BIN)/python \
			--constraint $(LOCK) --editable '.[dev]'; \
	else \
		set -x; $(BIN)/python -m pip install --quiet --disable-pip-version-check \
			--constraint $(LOCK) --editable '.[dev]'; \
	fi
	@touch $@
