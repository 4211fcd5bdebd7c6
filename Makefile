# Trede: all commands from the repository root; `make help` lists them.
PYTHON ?= python3
PORT ?= 8000
export PORT

.PHONY: help setup run test check bench lock messages

help: ## This list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort

setup: ## uv, Python and the locked dependencies in .venv
	@$(PYTHON) tools/setup.py development

run: setup ## Everything, on http://localhost:8000 (PORT=… changes it)
	@.venv/bin/python -m tools.run

test: setup ## The whole test suite on the embedded defaults
	@.venv/bin/python -m pytest -n 2 --dist loadgroup

check: setup ## Format, lint, types, contracts, migrations, messages, templates, deploy check
	@.venv/bin/python -m tools.check

bench: setup ## Ratios per page against a bare view in the same run
	@.venv/bin/python -m bench

lock: setup ## Make the hashed locks anew
	@tools/lock.sh

messages: setup ## Collect new strings into locale/<room>/<language>
	@.venv/bin/python manage.py messages
