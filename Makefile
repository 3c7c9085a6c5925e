# The commands of this project. Each sets up what it needs first; the second time that costs nothing.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PY := .venv/bin/python
# each process compiling everything anew would cost more than what it does
export PYTHONDONTWRITEBYTECODE :=

.PHONY: setup setup-run run test test-with-servers test-fast lint format schema bench lock clean

setup:  ## everything that running, testing and checking need
	@$(PYTHON) -m scripts.setup test

setup-run:
	@$(PYTHON) -m scripts.setup run

run: setup-run  ## serve on http://localhost:8000; PORT=8123 make run serves elsewhere
	@$(PY) -m scripts.run

test: setup  ## all tests: on SQLite, on PostgreSQL, and the journeys in a real browser
	$(PY) -m scripts.services --migrated $(MAKE) --no-print-directory test-with-servers

test-with-servers:
	env -u DATABASE_URL -u NOTICEBOARD_TEST_REDIS $(PY) -m pytest -n 2 -m "not postgres and not journey"
	$(PY) -m pytest -n 2 --dist loadgroup -m "not journey" --ignore=tests/architecture
	$(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m journey tests/journeys

test-fast: setup  ## what needs no server and no browser
	$(PY) -m pytest -n 2 -m "not postgres and not redis and not journey"

lint: setup  ## static checks
	@$(PY) -m scripts.lint

format: setup
	$(PY) -m ruff check --fix --exit-zero .
	$(PY) -m ruff format .

schema: setup  ## write the API's schema, docs/api/schema.yml, anew
	$(PY) manage.py spectacular --validate --fail-on-warn --file docs/api/schema.yml

bench: setup  ## speed, as ratios to a hello view in the same run
	@$(PY) -m bench.run

lock: setup  ## write the locks anew from requirements/*.in and package.json
	for name in bootstrap base dev node; do \
	  .venv/bin/uv pip compile -q --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	    --no-emit-find-links requirements/$$name.in -o requirements/$$name.txt || exit 1; \
	done
	npm install --package-lock-only --ignore-scripts

clean:  ## all that set-up, tests and checks made; the data in var/ stays
	rm -rf .venv node_modules static/vendor test-results .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
