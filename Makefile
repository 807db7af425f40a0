# Everything a newcomer or the CI needs. Python 3.11 or newer, make and the package registries are enough.

PYTHON ?= python3
BIN := .venv/bin
NEO4J_LTS := 5.26.30
SYNCED := .venv/.synced
JARS := .venv/.jars-$(or $(PEDIGREE_NEO4J_VERSION),default)
TRAINED := .venv/.trained-$(or $(PEDIGREE_NEO4J_VERSION),default)
BUNDLE := app/web/bundle/manifest.json
BUNDLED := $(wildcard frontend/build frontend/*.mjs frontend/*.json frontend/src/* docs/queries/*) app/demo/headline.graphql

# What Python has compiled is kept, whatever the environment says: else each of the hundred processes that the tests
# start would compile all that it reads, which takes longer than all that it does.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help setup demo serve test differential test-lts bench fuzz check format lock lock-neo4j

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(SYNCED) $(JARS) $(BUNDLE) ## Install everything, locked; quick when nothing has changed

demo: setup ## Start the registry of an invented company
	@$(BIN)/pedigree serve --demo

serve: setup ## Start an empty registry that keeps its data
	@$(BIN)/pedigree serve

test: setup $(TRAINED) ## Run every test
	@$(BIN)/pytest -n 2 --dist worksteal

differential: setup ## Hold every answer of the planner against the reference, in both gears, with and without shapes
	@PEDIGREE_DIFFERENTIAL=whole $(BIN)/pytest -n 2 --dist worksteal tests/planner/test_differential.py

test-lts: ## Run every test on the oldest Neo4j that is supported
	@PEDIGREE_NEO4J_VERSION=$(NEO4J_LTS) $(MAKE) --no-print-directory test

bench: setup ## Measure, side by side with the alternatives: make bench ONLY=page SCALE=0.1 FRESH=1
	@$(BIN)/python -m bench --scale $(or $(SCALE),1) $(if $(ONLY),--only $(ONLY)) $(if $(FRESH),--fresh)

fuzz: setup ## Send 3,000 random requests to a real server; FUZZ_CASES and FUZZ_SEED choose others
	@$(BIN)/pytest -n 0 --quiet fuzz

check: $(SYNCED) ## Lint, formatting and strict types
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy

format: $(SYNCED) ## Format the code and mend what the linter can
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

lock: $(SYNCED) ## Pin the newest Python packages that fit (for developers)
	@$(BIN)/uv lock --upgrade
	@$(BIN)/uv pip compile --upgrade --generate-hashes --no-annotate --no-header --quiet \
		--output-file requirements-uv.txt requirements-uv.in

lock-neo4j: $(SYNCED) ## Pin the jars of a Neo4j: make lock-neo4j VERSION=2026.08.1 (for developers, needs Maven)
	@$(BIN)/pedigree jars lock $(or $(VERSION),$(error say which: make lock-neo4j VERSION=2026.08.1))

$(BIN)/uv: requirements-uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Pedigree needs Python 3.11 or newer as '$(PYTHON)'. For another name: make setup PYTHON=python3.12"; exit 1; }
	@echo "Making the environment in .venv"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.txt
	@touch $@

$(SYNCED): $(BIN)/uv pyproject.toml uv.lock
	@$(BIN)/uv sync --frozen --inexact
	@touch $@

# The stamp says that the jars were fetched once. Should they be gone from the cache, they are fetched when needed.
$(JARS): $(SYNCED) app/settings.py $(wildcard app/database/local/locks/*.json)
	@$(BIN)/pedigree jars fetch
	@touch $@

# The tests start Neo4j a few dozen times. Where it cannot be trained they take longer, and that is all.
$(TRAINED): $(JARS)
	-@$(BIN)/pedigree jars train
	@touch $@

$(BUNDLE): $(BUNDLED) | $(SYNCED)
	@frontend/build
