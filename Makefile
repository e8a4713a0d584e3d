# Everything that this project is built, tested and tried with. `make demo` and `make test` need Python 3.11, pip and make only.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
CLIENT := .venv-client
SUPERSET := .venv-superset
SPARK := .venv-spark
WAREHOUSE := demo/warehouse/cartox.duckdb

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export DBT_PROFILES_DIR := .

.PHONY: wheel demo test check browser choices faults client superset spark fix mutants lock manual reference clean

demo: $(INSTALLED) ## write the built-in study, run everything, print its figures
	test -e demo/study.yml || $(BIN)/cartox init demo --example
	$(BIN)/cartox run demo

wheel: $(INSTALLED) ## the package, dist/cartox-*.whl
	$(BIN)/python -m hatchling build --target wheel

test: $(INSTALLED) ## every test
	$(BIN)/pytest --numprocesses 2 --dist loadgroup

check: $(INSTALLED) ## lint and types
	$(BIN)/ruff check python tests
	$(BIN)/ruff format --check python tests
	$(BIN)/mypy
	CARTOX_DATABASE=:memory: $(BIN)/sqlfluff lint models analysis tests/data --processes 2
	$(BIN)/sqlfluff lint --templater raw python/cartox/benchmark
	$(BIN)/python -m tests.embedded_sql

browser: $(INSTALLED) ## the report in headless Chromium; screenshots in browser-screenshots/
	$(BIN)/pytest tests/browser

choices: $(INSTALLED) ## run the built-in study under every value of every var that is a choice and with cells made unreadable
	$(BIN)/pytest tests/choices --numprocesses 2

faults: $(INSTALLED) ## try hard to lose a record, to break a publication, to leak a name
	$(BIN)/python tests/faults/run.py

client: $(CLIENT)/.installed ## read the published file with the oldest DuckDB that must open it
	test -e $(WAREHOUSE) || $(MAKE) demo
	$(CLIENT)/bin/python tests/client/read_published.py $(WAREHOUSE)

superset: $(SUPERSET)/.installed ## import the dashboard into a real Superset and ask it every chart
	test -e $(WAREHOUSE) || $(MAKE) demo
	$(BIN)/cartox export --warehouse $(WAREHOUSE) --superset $(SUPERSET)/dashboard.zip
	$(SUPERSET)/bin/python tests/client/ask_superset.py $(WAREHOUSE) $(SUPERSET)/dashboard.zip

spark: $(SPARK)/.installed ## build studies by DuckDB and by Spark and compare every row; STUDIES names others than the built-in one
	$(SPARK)/bin/python -m tests.spark.compare $(STUDIES)

fix: $(INSTALLED) ## mend what a machine can mend
	$(BIN)/ruff check --fix python tests
	$(BIN)/ruff format python tests
	CARTOX_DATABASE=:memory: $(BIN)/sqlfluff fix models analysis tests/data --processes 2
	$(BIN)/sqlfluff fix --templater raw python/cartox/benchmark

mutants: $(INSTALLED) ## change the clinical SQL and count what the cases notice; ROOMS, SINCE and MINUTES make a slice
	$(BIN)/python -m tests.spec.mutants $(if $(ROOMS),--rooms $(ROOMS)) $(if $(SINCE),--since $(SINCE)) \
		$(if $(MINUTES),--minutes $(MINUTES))

lock: $(INSTALLED) ## pin every dependency with its hashes
	$(BIN)/uv pip compile pyproject.toml --extra development --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-annotate --no-header --no-strip-extras --quiet --output-file requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra development --extra spark --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-annotate --no-header --no-strip-extras --quiet --output-file tests/spark/requirements.lock
	for tool in requirements superset; do \
		$(BIN)/uv pip compile tests/client/$$tool.in --python-version 3.11 --generate-hashes \
			--no-emit-index-url --no-annotate --no-header --no-strip-extras --quiet --output-file tests/client/$$tool.lock; \
	done

manual: $(INSTALLED) ## make the pages of the clinical rules from their cases, those of the input contract from its YAML
	$(BIN)/python -m tests.spec.manual
	$(BIN)/python -m tests.spec.contract_page

reference: $(INSTALLED) ## re-create the numbers frozen from R (needs R with brglm2, cmprsk, coin, pROC and survival)
	Rscript tests/reference/make_reference.R

clean: ## remove what the other targets made
	rm -rf $(VENV) $(CLIENT) $(SUPERSET) $(SPARK) demo dist warehouse target logs

# uv fetches side by side what pip fetches one after another; where it finds no index, pip does it all.
$(INSTALLED): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	sed -n '/^uv==/,/[^\\]$$/p' requirements.lock > $(VENV)/uv.lock
	$(BIN)/python -m pip install --quiet --require-hashes --requirement $(VENV)/uv.lock
	$(BIN)/uv pip install --quiet --compile-bytecode --require-hashes --python $(BIN)/python --requirement requirements.lock \
		|| $(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

$(CLIENT)/.installed: tests/client/requirements.lock
	$(PYTHON) -m venv $(CLIENT)
	$(CLIENT)/bin/python -m pip install --quiet --require-hashes --requirement $<
	touch $@

$(SPARK)/.installed: tests/spark/requirements.lock $(INSTALLED)
	$(PYTHON) -m venv $(SPARK)
	$(BIN)/uv pip install --quiet --require-hashes --python $(SPARK)/bin/python --requirement $<
	$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --python $(SPARK)/bin/python --editable .
	touch $@

$(SUPERSET)/.installed: tests/client/superset.lock $(INSTALLED)
	$(PYTHON) -m venv $(SUPERSET)
	$(BIN)/uv pip install --quiet --require-hashes --python $(SUPERSET)/bin/python --requirement $<
	touch $@
