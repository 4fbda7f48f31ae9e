# The only truth about how to set up, run and check the project. Needs Python 3.11 or newer with pip, and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SOURCES := main.py config records exports tui bundling
BUNDLE ?= build/so-vang
RUN := $(VENV)/.run-ready
DEV := $(VENV)/.dev-ready
BENCH := $(VENV)/.bench-ready

.PHONY: demo run test check format bench bench-quick compiled peer-test crash sealed fuzz mutate catalogue looks pictures screenshots skeletons lock bundle clean

demo: $(RUN) compiled  ## open the program on a made-up office
	$(BIN)/python main.py --demo

run: $(RUN) compiled  ## open the program on your own book
	$(BIN)/python main.py

test: $(DEV) compiled  ## everything that proves the program
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest --numprocesses auto --dist worksteal

check: $(DEV)  ## format, lint, types, layers, translations, settings
	$(BIN)/ruff format --check $(SOURCES) tests
	$(BIN)/ruff check $(SOURCES) tests
	$(BIN)/mypy --num-workers 2 $(SOURCES) tests
	$(BIN)/lint-imports
	$(BIN)/python -m config.locale.catalogue --check
	$(BIN)/python main.py --lang en config check

format: $(DEV)  ## put the code into the one format
	$(BIN)/ruff check --fix $(SOURCES) tests
	$(BIN)/ruff format $(SOURCES) tests

compiled: $(RUN)  ## what Python would compile anew at each start where it may not write beside the program
	@$(BIN)/python -m compileall -q $(SOURCES)

bench: $(BENCH) compiled  ## measure, side by side, what speed was promised for; PARTS="lists growth" only those
	$(BIN)/python -m tests.benchmarks --page docs/benchmarks.md $(PARTS)

bench-quick: $(DEV) compiled  ## measure what is felt every day: start, lists, the find line, commands
	$(BIN)/python -m tests.benchmarks --quick $(if $(ROUNDS),--rounds $(ROUNDS))

catalogue: $(DEV)  ## collect texts to translate and compile the translations
	$(BIN)/python -m config.locale.catalogue

peer-test: $(DEV)  ## TinyDB's own tests on our tables; needs the package index
	$(BIN)/python -m tests.peer

crash: $(DEV)  ## kill the program 10,000 times and in every act, change every byte, fill the disk; look for one loss
	$(BIN)/python -m tests.crash --kills 10000
	$(BIN)/python -m tests.crash --kills 2000 --sealed

sealed: $(DEV)  ## every proof of the store once more, on sealed books
	SOVANG_TEST_SEALED=1 $(BIN)/python -m pytest -q tests/records/store tests/crash tests/fuzz

fuzz: $(DEV)  ## read 2,000 spoilt spreadsheets, books, settings and packages each: no crash, no hang, no cell lost
	$(BIN)/python -m tests.fuzz --files 2000

mutate: $(DEV)  ## spoil 40 places of the program, one at a time; some test must notice each
	$(BIN)/python -m tests.mutation

pictures: $(DEV)  ## make the kept pictures of the sections anew, after a change of looks that is meant
	$(BIN)/python -m tests.looks.pictures

looks: $(DEV)  ## write every paper of the demo into looks/ and turn it into pictures, and check one in a browser; takes LibreOffice and Chromium from the system
	$(BIN)/python -m tests.looks looks

screenshots: $(DEV)  ## make the pictures of the README anew from the demo; takes two fonts from the system
	$(BIN)/python -m tests.looks.screenshots docs/screenshots

skeletons: $(DEV)  ## make the shipped Word skeletons anew
	$(BIN)/python -m tests.looks.skeletons config/data/skeletons

lock: $(DEV)  ## renew the lock files from pyproject.toml
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --python-version 3.11 \
		pyproject.toml --output-file requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --python-version 3.11 \
		--group dev pyproject.toml --output-file requirements-dev.lock

	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --python-version 3.11 \
		--group dev --group bench pyproject.toml --output-file requirements-bench.lock

bundle: $(DEV)  ## one folder for a USB stick (BUNDLE=FOLDER): program, packages and start scripts; needs the package index
	$(BIN)/python -m bundling.make_bundle $(BUNDLE)

clean:  ## remove what the targets made
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .bench

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(RUN): requirements.lock | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	touch $@

$(DEV): requirements-dev.lock | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@ $(RUN)

$(BENCH): requirements-bench.lock | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	touch $@ $(DEV) $(RUN)
