# Two commands: `make project` and `make test`. Both set up what they need in .venv.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin

.PHONY: help project test lint check exams pages fuzz mutants benchmark clean
help:            ## this list
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 20

project: .venv/ready  ## print Birmingham's reach, savings and break-even
	@$(BIN)/carescale project examples/birmingham.yaml

test: .venv/ready-for-tests lint  ## lint, types and every test
	@$(BIN)/python -m pytest -n auto --dist loadgroup

lint: .venv/ready-for-tests  ## ruff and mypy
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

check: .venv/ready  ## hold the examples' published claims against the engine
	@$(BIN)/carescale check examples/*.yaml

exams: .venv/ready  ## numbers that others published, beside ours
	@$(BIN)/python tests/exams/sitting.py

mutants: .venv/ready-for-tests  ## what no test of facts would notice, one change at a time; goes on where it was stopped
	@$(BIN)/python tests/mutants.py

fuzz: .venv/ready-for-tests  ## twenty thousand inputs over every command and reader; what does harm is kept
	@$(BIN)/python tests/fuzz/attack.py

pages: .venv/ready-for-tests  ## a thousand random settings of every example, on its page and in the engine
	@CARESCALE_SETTINGS=1000 $(BIN)/python -m pytest -n auto tests/page

benchmark: .venv/ready-for-tests  ## speed, as ratios in one run
	@$(BIN)/python tests/benchmarks/speed.py
	@$(BIN)/python tests/benchmarks/areas.py
	@$(BIN)/python tests/benchmarks/england.py
	@$(BIN)/python tests/benchmarks/workbook.py
	@$(BIN)/python tests/benchmarks/points.py
	@$(BIN)/python tests/benchmarks/pictures.py
	@$(BIN)/python tests/benchmarks/page.py
	@$(BIN)/python tests/benchmarks/claims.py
	@$(BIN)/python tests/benchmarks/draws.py
	@$(BIN)/python tests/benchmarks/track.py

clean:           ## remove the virtual environment and what tools left behind
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist

.venv/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "carescale needs Python 3.11 or newer; this is " + sys.version)'
	@$(PYTHON) -m venv .venv && touch $@

.venv/ready: .venv/python pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . && touch $@

.venv/ready-for-tests: .venv/ready
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]' && touch $@
