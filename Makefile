# The commands of the project. `make help` lists them.
#   SURVEY=ape11             another survey than the default one
#   ANALYSIS_RAW=some/folder a second place to look for raw files
#   PDF=1                    the report as one PDF, too (a Chromium or Chrome prints it)
#   PYTHON=python3.12        the Python that makes the environment (3.11, 3.12 or 3.13)

PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
READY := .venv/installed

ifdef ANALYSIS_RAW
override ANALYSIS_RAW := $(abspath $(ANALYSIS_RAW))
export ANALYSIS_RAW
endif
ifdef SURVEY
export SURVEY
endif

.PHONY: report tables robustness verify-r validate test lab new-survey notebooks simulate lint help
.DEFAULT_GOAL := help

report: $(READY)  ## run the notebooks of a survey and render its report
	@$(BIN)/python -m analysis report $(if $(PDF),--pdf)

tables: $(READY)  ## make the data tables of a survey: a topline and a banner book
	@$(BIN)/python -m analysis tables

robustness: $(READY)  ## try the headlines of a survey under other reasonable choices (some minutes)
	@$(BIN)/python -m analysis robustness

verify-r: $(READY)  ## recompute every headline of a survey with R, and compare (docs/verify-r.md)
	@$(BIN)/python -m analysis verify-r

validate: $(READY)  ## simulate surveys of known truth and store what the methods find, with RUNS=400
	@$(BIN)/python -m analysis validate $(if $(RUNS),--runs $(RUNS))

test: $(READY)  ## run every check: code style, unit tests, doctests, notebooks, second survey
	@$(BIN)/python -m analysis test

lab: $(READY)  ## open JupyterLab to look around in a survey (notebooks/explore.ipynb)
	@$(BIN)/python -m analysis lab

# EXPORT is one path, spaces and all, or several without spaces
new-survey: export EXPORT := $(EXPORT)
new-survey: export DICTIONARY := $(DICTIONARY)
new-survey: $(READY)  ## draft the codebook of exports, with NAME=kent_2025 EXPORT=replies.csv
	@set -- $$EXPORT; if [ -e "$$EXPORT" ] || ! [ -e "$$1" ]; then set -- "$$EXPORT"; fi; \
	  $(BIN)/python -m analysis new-survey "$(NAME)" "$$@" $${DICTIONARY:+--dictionary "$$DICTIONARY"}

notebooks: $(READY)  ## run the default survey's notebooks and keep them, executed, in notebooks/
	@$(BIN)/python -m analysis notebooks

simulate: $(READY)  ## write the default survey's raw file again from its seed
	@$(BIN)/python -m analysis simulate

lint: $(READY)  ## format code and notebooks, and mend what can be mended
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .

help:  ## list these commands
	@awk -F ':.*##' '/^[a-z-]+:.*##/ { printf "make %-10s %s\n", $$1, $$2 }' Makefile

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' \
	  || { echo "This project needs Python 3.11, 3.12 or 3.13; name one with PYTHON=python3.12" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "Python cannot make environments here: install the package python3-venv" >&2; exit 2; }
	@echo "making .venv (once, about a minute)"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)
