# Depositary: `make run` shows what it does, `make test` shows that it holds. Both set up what they need.
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest

.PHONY: setup run test lint bench soak lock clean

setup:  ## .venv with the locked dependencies, and missing system packages where they may be installed
	@bash .ci/setup

run: setup  ## the sample case file and its briefings, into out/; and, where there is a display, the window
	$(BIN)/depositary demo --out out
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then $(BIN)/depositary open out/japan-norway.casefile; \
	else echo "No display: the window is not shown. \`depositary open out/japan-norway.casefile\` shows it."; fi

test: lint  ## everything that must pass before a change lands
	@if bash .ci/setup pdfa; then export DEPOSITARY_REQUIRE_PDFA=1; \
	else echo "PDF validation tests are skipped where their tools are missing"; fi; \
	$(PYTEST) -n 2

lint: setup  ## style, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: setup  ## measured ratios against their floors
	$(PYTEST) -m bench

soak: setup  ## minutes of property tests, 5,000 examples each
	$(PYTEST) -m "not bench" -n 2 --hypothesis-profile=soak --timeout=0

lock: setup  ## requirements.lock anew from pyproject.toml, for every system
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --quiet --custom-compile-command "make lock" --output-file requirements.lock

clean:  ## everything that setup, run and test made
	rm -rf .venv out build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
