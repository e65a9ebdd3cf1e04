# Everything that a person or a machine does with this checkout. `make` alone lists it.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.stamp
JOBS ?= 2

.PHONY: help install up demo test lint types bench lock documents clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

install: $(STAMP)-local ## Make .venv with the mathvidya command

$(STAMP)-local: requirements/local.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/local.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(STAMP)-dev: requirements/dev.txt $(STAMP)-local
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

up: install ## Start everything on this machine and print the address
	@$(BIN)/mathvidya up

demo: install ## Tell the main story over HTTP; exits non-zero when anything is off
	@$(BIN)/mathvidya demo

test: lint types ## Everything that CI runs
	@$(BIN)/python -m pytest -n $(JOBS) --dist worksteal -q

lint: $(STAMP)-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/lint-imports --no-cache

types: $(STAMP)-dev
	@$(BIN)/mypy

bench: $(STAMP)-dev ## Measure each performance claim against its baseline
	@$(BIN)/python -m benchmarks

documents: install ## Write what is made from the code: API, states, problems
	@$(BIN)/mathvidya openapi > docs/reference/openapi.json
	@$(BIN)/mathvidya states > docs/reference/states.md
	@$(BIN)/mathvidya problems > docs/problems/README.md

lock: ## Pin the dependencies anew, with hashes and without index addresses
	@for kind in runtime local dev; do \
		extras=$$(case $$kind in runtime) echo;; local) echo "--extra local --extra build";; dev) echo "--extra local --extra build --extra dev";; esac); \
		CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras \
			--no-emit-index-url --no-emit-find-links --no-emit-trusted-host $$extras -o requirements/$$kind.txt pyproject.toml; \
	done

clean: ## Remove what running leaves behind (the data under var/ too)
	@rm -rf var .mypy_cache .ruff_cache .pytest_cache .hypothesis
