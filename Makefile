# The same words at the desk and in CI. Needs python3 (3.11 or later, with venv), make and pip.
PY ?= python3
V := .venv
BIN := $(V)/bin

.PHONY: setup demo test check bench

setup: $(V)/.ok

$(V)/.ok: requirements-dev.txt
	@$(PY) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Cần Python 3.11 trở lên; $(PY) ở đây là " + sys.version.split()[0] + ". Nếu máy có bản mới hơn: make PY=python3.12 ...")'
	@$(PY) -c 'import ensurepip, venv' 2>/dev/null || { echo 'Python ở đây thiếu venv. Hãy cài rồi chạy lại (Debian, Ubuntu: apt install python3-venv).' >&2; exit 1; }
	@echo 'Cài các thư viện vào $(V) (lần đầu khoảng một phút)…'
	@$(PY) -m venv $(V)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

demo: $(V)/.ok
	@$(BIN)/python run.py

# Byte code is kept, whatever the shell says: without it every process of every run compiles all the tests again.
test: $(V)/.ok
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -q -n auto --maxprocesses 4 --dist load

check: $(V)/.ok
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m mypy sohoi launcher demo bench run.py
	$(BIN)/djlint --quiet --check sohoi
	$(BIN)/djlint --quiet --lint sohoi
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/python -m pytest -q tests/test_house.py

bench: $(V)/.ok
	@$(BIN)/python -m bench
