# Targets of the project; `make help` lists them. Settings come from the environment (README.md).

PYTHON ?= python3.11
CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)
TEST ?=
PROGRAMS := chromium fonts-noto-cjk poppler-utils

VENV := .venv
BIN := $(VENV)/bin
RUN_STAMP := $(VENV)/run.stamp
TEST_STAMP := $(VENV)/test.stamp
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes --requirement
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --custom-compile-command "make lock"

export CHROMIUM

.DEFAULT_GOAL := help
.PHONY: help setup run test test-elasticsearch programs elasticsearch lint benchmark messages lock clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-18s %s\n", $$1, $$2 }' Makefile

setup: $(TEST_STAMP) ## Install what development needs into .venv

run: $(RUN_STAMP) ## Serve the demo group on PORT (8000), with its background worker
	@$(BIN)/python manage.py prepare --demo
	@exec $(BIN)/python manage.py serve

test: $(TEST_STAMP) programs ## Run all tests (TEST="sites -k word" for some of them)
	$(BIN)/python -m pytest -n auto $(TEST)

test-elasticsearch: export SEARCH_URL := $(or $(filter elasticsearch://%,$(SEARCH_URL)),elasticsearch://127.0.0.1:9200/yizhan-test)
test-elasticsearch: test ## Run all tests with Elasticsearch as the engine (SEARCH_URL or the one of make elasticsearch)

elasticsearch: ## Start Elasticsearch 8 on 127.0.0.1:9200 (got the first time)
	@$(PYTHON) .ci/elasticsearch start

programs:
	@if [ -n "$(CHROMIUM)" ] && command -v pdftotext >/dev/null; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing Chromium, Chinese fonts and Poppler ..."; \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends $(PROGRAMS) >/dev/null; \
	else \
		echo "The tests need Chromium and Poppler's pdftotext. Type this, then make test again:"; \
		echo "  sudo apt-get install -y $(PROGRAMS)"; \
		exit 1; \
	fi

lint: $(TEST_STAMP) ## Check style, templates, types and migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --lint --quiet core sites guides cases search themes
	$(BIN)/mypy core search sites guides
	$(BIN)/python manage.py makemigrations --check --dry-run

benchmark: $(TEST_STAMP) ## Measure: one JSON object a line
	@$(BIN)/python -m tests.benchmarks

messages: $(TEST_STAMP) ## Bring the list of texts in locale/ up to date with the code
	@$(BIN)/python manage.py messages

lock: $(TEST_STAMP) ## Resolve the dependencies of pyproject.toml again, with hashes
	$(LOCK) --upgrade pyproject.toml --output-file .ci/requirements/run.txt
	$(LOCK) --upgrade pyproject.toml --group test --constraint .ci/requirements/run.txt \
		--output-file .ci/requirements/test.txt

clean: ## Remove the virtual environment and what tools leave behind; var/ with its data stays
	rm -rf $(VENV) .pytest_cache .ruff_cache .mypy_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { \
		echo "Python 3.11 is needed, and $(PYTHON) is not here. Install it (Debian 12: apt-get install python3 python3-venv)"; \
		echo "or name yours: make PYTHON=/path/to/python3.11 ..."; exit 1; }
	@echo "Making $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)

$(RUN_STAMP): .ci/requirements/run.txt | $(BIN)/python
	@echo "Installing what the server needs (a minute or two the first time) ..."
	@$(PIP) $<
	@touch $@

$(TEST_STAMP): .ci/requirements/test.txt | $(BIN)/python
	@echo "Installing what the tests need (a minute or two the first time) ..."
	@$(PIP) $<
	@touch $@
