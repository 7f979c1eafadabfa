# License Desk. `make help` lists what there is.

BIN := .venv/bin
ARGS ?=
export PYTHON
# Images of Python forbid keeping compiled modules; each of our many processes would compile all anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test check proofs-walks coverage lock clean

help: ## list the commands
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)$$/make \1|\2/p' Makefile | awk -F'|' '{printf "  %-18s %s\n", $$1, $$2}'

run: ## set up once, then start everything with the demo (ARGS="--port 9000" passes options on)
	@.ci/set-up run
	@exec $(BIN)/license-desk run --demo $(ARGS)

test: ## set up once, then format, lint, types, contracts, law and all tests (ARGS="-k name" narrows)
	@.ci/set-up test
	@exec $(BIN)/python -m pytest -n logical --maxprocesses 6 --dist worksteal $(ARGS)

check: test ## the same as make test

proofs-walks: ## many more random walks through every procedure (WALKS=300 each)
	@.ci/set-up test
	@WALKS=$(or $(WALKS),300) $(BIN)/python -m pytest -n logical --maxprocesses 6 tests/services/test_procedure_walks.py $(ARGS)

proofs-%: ## a longer proof, run by hand: make proofs-tick
	@.ci/set-up test
	@exec $(BIN)/python -m pytest -q -s tests/proofs/proof_$*.py $(ARGS)

coverage: ## the tests once more, with the lines and branches they leave out
	@.ci/set-up test
	@exec $(BIN)/python -m pytest -n logical --maxprocesses 6 --cov --cov-report=term-missing $(ARGS)

lock: ## write both locks anew from pyproject.toml (needs uv and the public index)
	@.ci/lock

clean: ## remove the set-up; the data folder stays
	rm -rf .venv .tools .set-up.lock .mypy_cache .ruff_cache .pytest_cache .import_linter_cache *.egg-info build
