# Two commands are all a newcomer needs: `make review` and `make test`. Only Python (3.11 or later) and make are asked for.
# Dos comandos bastan para empezar: `make review` y `make test`. Solo se necesitan Python (3.11 o posterior) y make.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMPS := $(VENV)/.stamps
PIP    := $(BIN)/python -m pip --disable-pip-version-check
OUT    ?= build/review
DATA   ?= ../shared/data
PYTEST_ARGS ?=

SOURCES := $(shell find src -type f -not -name '*.pyc') pyproject.toml README.md LICENSE

.DEFAULT_GOAL := help
.PHONY: help review extras test check format bench docs evidence ledger lock clean
.DELETE_ON_ERROR:

help:  ## Say what each command does / Decir qué hace cada comando
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

# ------------------------------------------------------------------------------ the environment, one stamp per layer

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed / Se necesita Python 3.11 o posterior")'
	$(PYTHON) -m venv $(VENV)

$(STAMPS)/core: requirements/core.lock requirements/build.lock | $(VENV)/bin/python
	$(PIP) install --quiet --require-hashes --requirement requirements/core.lock --requirement requirements/build.lock
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/dev: requirements/dev.lock $(STAMPS)/core
	$(PIP) install --quiet --require-hashes --requirement requirements/dev.lock
	@touch $@

# The wheel is built once per change of the sources, and what is run and tested is the wheel, not src/.
build/wheel.stamp: $(SOURCES) | $(STAMPS)/core
	@rm -rf build/wheel && mkdir -p build/wheel
	$(PIP) wheel --quiet --no-deps --no-build-isolation --wheel-dir build/wheel .
	@touch $@

$(STAMPS)/installed: build/wheel.stamp $(STAMPS)/core
	$(PIP) install --quiet --no-deps --no-index --force-reinstall build/wheel/acuerdo-*.whl
	@touch $@

# ------------------------------------------------------------------------------------------------------ the commands

review: $(STAMPS)/installed  ## Build the review of the Bicentennial Framework / Hacer la evaluación del Entendimiento Bicentenario
	@$(BIN)/acuerdo review us_mx_bicentennial --out $(OUT)

extras: $(STAMPS)/dev $(STAMPS)/installed  ## Install every optional part, at pinned versions / Instalar todas las partes opcionales

test: $(STAMPS)/dev $(STAMPS)/installed  ## Test the installed wheel / Probar el paquete instalado
	ACUERDO_TEST_INSTALLED=1 $(BIN)/python -m pytest -n 2 --dist worksteal $(PYTEST_ARGS)

check: $(STAMPS)/dev $(STAMPS)/installed  ## Lint, types, layers and the rules of the house / Estilo, tipos, capas y reglas de la casa
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/pyright
	PYTHONPATH=src $(BIN)/lint-imports --no-cache
	ACUERDO_TEST_INSTALLED=1 $(BIN)/python -m pytest -q tests/test_house.py

format: $(STAMPS)/dev  ## Put the code in the house's form / Dar al código la forma de la casa
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(STAMPS)/dev $(STAMPS)/installed  ## Measure against rivals; writes bench/results.json / Medir contra rivales
	$(BIN)/python bench/run.py

docs: $(STAMPS)/dev  ## Write the generated reference / Escribir la referencia generada
	PYTHONPATH=src $(BIN)/python scripts/write_reference.py

evidence: $(STAMPS)/core  ## Build the packaged evidence from $(DATA) / Hacer la evidencia empaquetada
	PYTHONPATH=src $(BIN)/python scripts/build_evidence.py --data $(DATA)

ledger: $(STAMPS)/core  ## Enter new statements into the ledger / Inscribir las declaraciones nuevas en el libro
	PYTHONPATH=src $(BIN)/python scripts/release_statements.py

lock: $(STAMPS)/dev  ## Pin every dependency again / Fijar de nuevo cada dependencia
	$(BIN)/python scripts/lock.py

clean:  ## Remove what was built (not .venv) / Borrar lo construido (no .venv)
	rm -rf build dist
