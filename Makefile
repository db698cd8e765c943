# Needs python3 (3.11 or newer) and make; example-node alone needs node and npm too. `make help` lists the targets.

PYTHON ?= python3
BIN := .venv/bin
MADE := .venv/.made
# Hundreds of processes start here: what Python compiles for one is kept for the next, whatever the environment says. It is compiled
# when it is used (--no-compile), for most of what is installed never is.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help .venv demo example-node test check bench bench-server bench-batch generate lock clean

help: ## list the targets
	@sed -n 's/^\([-.a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

.venv: $(MADE) ## the environment: pinned packages, and this project installed for editing

$(MADE): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("needs Python 3.11 or newer, as in: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-compile -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m pip check
	@touch $@

demo: $(MADE) ## send the seed articles to a running server and print their timelines
	$(BIN)/python scripts/demo.py

example-node: $(MADE) ## call a running server from Node.js (needs node and npm)
	$(BIN)/python scripts/example_node.py

test: $(MADE) ## run the tests, in a process more than there are cores
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

check: $(MADE) ## lint, format, types, import floors, wire contract
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest --quiet tests/test_floors.py
	$(BIN)/python scripts/generate.py --lint

bench: $(MADE) ## print speed and size, and how often the engine is right (GOLD="file ..." names annotated articles)
	$(BIN)/python bench/article.py
	$(BIN)/python bench/linear.py
	$(BIN)/python bench/confidence.py $(GOLD)
	$(BIN)/python -m bench.events $(GOLD)
	$(BIN)/python -m bench.verbs
	$(BIN)/python -m bench.judged

bench-server: $(MADE) ## judge a real server: start, speed (with h2load), a drain, mutated requests, a soak (about 30 minutes)
	$(BIN)/python -m bench.server.start
	$(BIN)/python -m bench.server.speed
	$(BIN)/python -m bench.server.drain
	$(BIN)/python -m bench.server.fuzz
	$(BIN)/python -m bench.server.soak

bench-batch: $(MADE) ## judge `timeline batch`: speed, memory, kills, a cluster, --since, its cost at scale (about an hour)
	@mkdir -p build
	@failed=; for part in throughput memory kills cluster since scale; do \
	  echo "== $$part"; \
	  figures=; if [ $$part = scale ]; then figures='--figures build/throughput.txt'; fi; \
	  $(BIN)/python -m bench.batch.$$part $$figures > build/$$part.txt || failed="$$failed $$part"; \
	  cat build/$$part.txt; \
	done; test -z "$$failed" || { echo "failed:$$failed"; exit 1; }

generate: $(MADE) ## write the generated modules anew from proto/
	$(BIN)/python scripts/generate.py

lock: ## pin the newest packages that pyproject.toml allows
	rm -rf build/lock
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet --disable-pip-version-check '.[dev]'
	echo '# Every package of the environment, pinned. Written by `make lock`, used by `make .venv`.' > requirements.lock
	build/lock/bin/python -m pip freeze --all --exclude pip --exclude eventtimeline >> requirements.lock
	rm -rf build/lock

clean: ## remove what the other targets made
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist examples/node/node_modules
