#!/bin/sh
# Make the hashed locks anew from pyproject.toml: names, versions and hashes, no addresses.
set -eu
cd "$(dirname "$0")/.."
uv=$(command -v uv || echo .tools/bin/uv)
lock() { "$uv" pip compile --quiet --universal --python-version 3.12 --generate-hashes --no-header --no-annotate "$@" pyproject.toml; }
lock -o requirements/production.txt
lock --extra development -c requirements/production.txt -o requirements/development.txt
