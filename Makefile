# Långsikt: every command that a newcomer needs. `make run` and `make test` do all the set-up themselves.

PYTHON := $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --no-input
RUNTIME := .venv/runtime-installed
TOOLS := .venv/tools-installed
export PIP_ROOT_USER_ACTION := ignore

.PHONY: run test prove drills bench lint format locks chromium clean
.DEFAULT_GOAL := run

run: $(RUNTIME)
	@$(BIN)/python -m langsikt run --demo

test: $(TOOLS) chromium
	@$(BIN)/python -m pytest -n 2 --dist loadfile $(WHAT)

prove: $(TOOLS) chromium
	@LANGSIKT_PROVE=1 LANGSIKT_PROOF=proof.json $(BIN)/python -m pytest -n 2 --dist loadfile -m "not drill" $(WHAT)
	@echo "proof.json holds what each test printed."

drills: $(TOOLS)
	@$(BIN)/python -m pytest -m drill $(WHAT)

bench: $(TOOLS)
	@$(BIN)/python -m devtools.bench
	@$(BIN)/python -m devtools.bench_growth
	@$(BIN)/python -m devtools.bench_journal

# Types are checked against the settings, so these need a home; it holds nothing worth keeping.
lint: export LANGSIKT_HOME := .mypy_cache/home
lint: $(TOOLS)
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy src devtools
	@$(BIN)/lint-imports --no-cache

format: $(TOOLS)
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

# What is installed is what the locks say, byte for byte. The stamps make later starts cost nothing.
$(RUNTIME): requirements.lock pyproject.toml
	@echo "Setting up .venv: this happens once."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11) and "Python 3.11 is needed, this is " + sys.version.split()[0])'
	@$(PYTHON) -m venv .venv || { [ "$$(id -u)" = 0 ] && apt-get update -qq && \
		apt-get install -y -qq python3.11-venv >/dev/null && $(PYTHON) -m venv .venv; }
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-build-isolation --no-deps -e .
	@touch $@

$(TOOLS): requirements-dev.lock $(RUNTIME)
	@echo "Installing the tools for tests and lint: this happens once."
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

chromium: $(TOOLS)
	@if [ -x /usr/bin/chromium ]; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing Chromium for the browser tests: this happens once."; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
			apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null; \
	else $(BIN)/playwright install chromium; fi

# After a change of the dependencies in pyproject.toml.
COMPILE := CUSTOM_COMPILE_COMMAND="make locks" $(BIN)/pip-compile --quiet --generate-hashes --strip-extras \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host
locks: $(TOOLS)
	@$(COMPILE) -o requirements.lock pyproject.toml
	@$(COMPILE) --extra dev --allow-unsafe -c requirements.lock -o requirements-dev.lock pyproject.toml

clean:
	@rm -rf .venv .mypy_cache .ruff_cache .hypothesis
