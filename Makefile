# Trede: all commands from the repository root; `make help` lists them.
PYTHON ?= python3
PORT ?= 8000
ARGS ?=
export PORT
export PYTHONPATH := $(CURDIR):$(CURDIR)/site

.PHONY: help setup run test check endurance bench screenshots lock messages

help: ## This list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | sort | awk -F'|' '{printf "make %-12s %s\n", $$1, $$2}'

setup: ## uv, Python and the locked dependencies in .venv
	@$(PYTHON) tools/setup.py development

run: setup ## Everything, on http://localhost:8000 (PORT=… changes it)
	@.venv/bin/python -m tools.run

test: setup ## The whole suite on the embedded defaults (ARGS=… goes to pytest, DATABASE_URL=… to another database)
	@.venv/bin/python -m pytest -n 2 --dist loadgroup $(ARGS)

check: setup ## Format, lint, types, contracts, migrations, messages, templates, deploy settings; no tests
	@.venv/bin/python -m tools.check

endurance: setup ## The long trials: kills, offline moments, randomised histories
	@.venv/bin/python -m pytest tests/endurance $(ARGS)

bench: setup ## What pages cost beside a bare view, and the training at 100 and 10,000 learners; JSON in var/bench (ARGS=--help)
	@.venv/bin/python -m bench $(ARGS)

screenshots: setup ## The pictures in docs/pictures, of the demo in a real browser
	@.venv/bin/python -m tools.screenshots

messages: setup ## Collect new strings into locale/<room>/<language>
	@.venv/bin/python manage.py messages

lock: setup ## Make the hashed locks anew
	@tools/lock.sh
