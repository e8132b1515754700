# The front door: `make run`, `make test`, `make check`, `make bench`.
.PHONY: run test lint check bench setup format translations migration lock
SHELL := /bin/bash
MAKEFLAGS += --no-print-directory
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest -q

# The portal with the starter library and a sample department; prints its address and logins.
run:
	@tools/set-up
	@exec $(BIN)/portal start

# The whole suite on SQLite, then what touches the database on PostgreSQL.
test:
	@tools/set-up test
	@$(PYTEST) -n auto; sqlite=$$?; \
	PORTAL_TEST_DATABASE=postgresql $(PYTEST) -n auto && exit $$sqlite

# Style, types, who imports whom, templates.
lint:
	@tools/set-up test
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@told=$$($(BIN)/lint-imports --no-logo 2>&1) || { echo "$$told"; exit 1; }
	@$(BIN)/djlint --quiet --lint templates

# Everything that needs no running portal: the same, and the tests of the house itself.
check: lint
	@$(PYTEST) -n auto tests/architecture

# Speed and search quality, with the numbers to keep and other search engines beside ours.
bench:
	@tools/set-up bench
	@$(BIN)/python tests/bench/search_quality.py
	@$(BIN)/python tests/bench/search_speed.py
	@$(BIN)/python tests/bench/pages.py

# .venv with the portal command, and the front-end files.
setup:
	@tools/set-up

# What ruff can mend by itself; lines are wrapped by hand.
format:
	@tools/set-up test
	@$(BIN)/ruff check --quiet --fix .

# Collect new words from code and templates into the catalogues.
translations:
	@tools/set-up test
	@tools/update-translations

# make migration NAME="what changes": a draft of the migration, to be read and trimmed by hand.
migration:
	@tools/set-up test
	@$(BIN)/flask --app wsgi db revision --autogenerate -m "$(NAME)"

# New versions of all packages; the files name versions and hashes, no address.
lock:
	@tools/set-up test
	@PYTHON=$(PYTHON) tools/lock-packages
