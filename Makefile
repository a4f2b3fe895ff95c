# One door: every task of the project starts here.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export TALLMAN_HOME ?= var
export PORT ?= 8000

.PHONY: install run test check quality bench format lock clean

install: $(VENV)/.installed

$(VENV)/.installed: requirements/dev.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Python was not found. Install Python 3.11 or newer, or name it: make $(MAKECMDGOALS) PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Tallman needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V 2>&1). Name a newer one: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "This Python cannot make virtual environments. On Debian or Ubuntu: sudo apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

run: install
	@$(BIN)/tallman serve --demo --port $(PORT)

test: install
	@$(BIN)/python -m tests.run

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q tests/architecture

quality: install
	@$(BIN)/python -m tests.architecture.sizes
	@$(BIN)/python -m tests.quality $(FHIR)
	@$(BIN)/python -m tests.reconciliation_lists

format: install
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: install
	@$(BIN)/python -m tests.bench

# Needs uv. Versions that still fit are kept; take a line out of the .txt to have it chosen anew.
lock:
	@command -v uv >/dev/null || { echo "uv was not found. Install it somewhere of its own: pipx install uv"; exit 1; }
	for list in runtime dev; do uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-annotate --no-header requirements/$$list.in -o requirements/$$list.txt || exit 1; done

# Never touches TALLMAN_HOME: that is somebody's pharmacy.
clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
