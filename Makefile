# Every target creates .venv by itself; nothing but Python 3.11 or newer has to be installed.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# One more than there are processors: the long tests wait for other processes half of the time.
WORKERS = $$($(BIN)/python -c 'import os; print(1 + (os.cpu_count() or 1))')

PYTEST = $(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder

.PHONY: help install demo playground test simulations check bench pictures run clean

help:
	@echo "make demo        two quarters with made-up colleagues, no Slack needed"
	@echo "make playground  press it yourself, in a Slack look-alike in your browser (needs Node.js)"
	@echo "make test        the test suite"
	@echo "make simulations the long tests: two years, kills, ten thousand edited payloads, attacks"
	@echo "make check       format, lint, types, import rules, the simulations, then the tests"
	@echo "make bench       our figures beside their baselines, measured in one run"
	@echo "make pictures    the contact sheets of docs/pictures.md, drawn anew"
	@echo "make install     only what is needed, into .venv"
	@echo "make run         the bot, with the settings in .env"

install: $(READY)

demo: $(READY)
	$(BIN)/python -m bot demo

playground: $(READY)
	@$(BIN)/python -m bot playground

test: $(READY)
	$(PYTEST) -m "not slow"

simulations: $(READY)
	$(PYTEST) -m slow

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) simulations
	$(MAKE) test

bench: $(READY)
	$(BIN)/python -m benchmarks.clicks
	$(BIN)/python -m benchmarks.radar
	$(BIN)/python -m benchmarks.result
	$(BIN)/python -m benchmarks.start
	$(BIN)/python -m benchmarks.fan_out
	$(BIN)/python -m benchmarks.tick_cost

pictures: $(READY)
	$(BIN)/python -m tests.bot.charts.contact_sheet

run: $(READY)
	$(BIN)/python -m bot run

$(READY): requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed: make PYTHON=python3.12 demo"; exit 1; }
	@echo "Fetching the libraries into $(VENV), this first time only: about a minute, without a word."
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $(READY)

clean:
	rm -rf $(VENV) demo-output
