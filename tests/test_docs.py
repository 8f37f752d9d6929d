"""Documentation that can fail: what the pages say of settings, commands, keys, models and files is compared with the
program, and the worked example is run. What is left out on purpose stands here with its reason."""

import ast
import io
import json
import re
import shlex
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import BaseCommand, CommandError, call_command, get_commands, load_command_class

from sohoi.ledger.answers import postings
from sohoi.ledger.draft import KEYS as DRAFT_KEYS
from sohoi.ledger.kinds import read_kind
from sohoi.periods import parse
from sohoi.rights.may import roles
from sohoi.units.write import BRANCH_COLUMNS, LEVEL_COLUMN

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
ASIDE = {".venv", ".data", ".git", "out", "static-collected", "vendor", "node_modules"}
PAGES = [p for p in sorted(ROOT.rglob("*.md")) if not ASIDE & set(p.relative_to(ROOT).parts)]
OF_THE_SYSTEM = {"PATH"}  # read by the launcher, nobody's setting
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
MAKE = r"(?:^ {4}|`)make (?:\w+=\S+ )*(\w+)\b(?!=)"
READERS = {"get", "setdefault", "getenv", "env_text", "env_flag", "env_secret"}


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def part(name: str, heading: str) -> str:
    """What stands under a heading of a page, up to the next heading of the same rank or above."""
    rank = len(heading) - len(heading.lstrip("#"))
    after = f"\n{text(name)}\n#".split(f"\n{heading}\n", 1)[1]
    return re.split(rf"\n#{{1,{rank}}}(?!#)", after, maxsplit=1)[0]


def tables(page: str) -> list[list[str]]:
    """For each table of a page or part, the words in backticks in the first column, in their order."""
    found = re.findall(r"(?:^\|.*\n?)+", page, re.MULTILINE)
    return [[w for row in t.splitlines()[2:] for w in re.findall(r"`([^`]+)`", row.split("|")[1])] for t in found]


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL)


# ---- settings and commands ------------------------------------------------------------------------


def variables() -> Iterator[str]:
    """Names of the environment variables that the program, the launcher, make and CI read."""
    folders = [*(ROOT / "sohoi").rglob("*.py"), *(ROOT / "launcher").rglob("*.py")]
    for path in [*folders, ROOT / "run.py", ROOT / "manage.py", ROOT / "conftest.py"]:
        if "tests" not in path.parts:
            yield from _read_in(ast.parse(path.read_text("utf-8")))
    yield from re.findall(r"^(\w+) \?=", text("Makefile"), re.MULTILINE)
    yield from re.findall(r"\$\{(\w+):-", text(".ci/run"))


def _read_in(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            known = called.rsplit(".", 1)[-1] in READERS and ("environ" in called or called in READERS)
            names = node.args[:1] if known else []
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
            names = [node.slice] if ast.unparse(node.value) == "os.environ" else []
        else:
            continue
        yield from (n.value for n in names if isinstance(n, ast.Constant))


def test_every_environment_variable_is_explained_and_none_is_invented():
    [named] = tables(part("docs/install.md", "## Biến môi trường"))
    assert sorted(named) == sorted(set(variables()) - OF_THE_SYSTEM)


def commands() -> dict[str, str]:
    """Our own commands with the rooms that bring them."""
    return {name: app for name, app in get_commands().items() if app.startswith("sohoi.")}


def test_every_command_has_its_section_and_none_is_invented():
    assert sorted(re.findall(r"^### `(\w+)`$", text("docs/formats.md"), re.MULTILINE)) == sorted(commands())


def test_every_option_of_a_command_stands_in_its_section():
    given = {action.dest for action in BaseCommand().create_parser("", "")._actions}
    for name, app in commands().items():
        actions = load_command_class(app, name).create_parser("manage.py", name)._actions
        options = {a.option_strings[-1] for a in actions if a.option_strings and a.dest not in given}
        named = {w for table in tables(part("docs/formats.md", f"### `{name}`")) for w in table if w.startswith("--")}
        assert (name, named) == (name, options)


def test_the_roles_on_the_page_are_those_of_the_file():
    rows = re.findall(r"^\| `([\w-]+)` \| ([^|]+) \| ([^|]+) \|", text("docs/install.md"), re.MULTILINE)
    said = {code: (label, set(rights.split(", "))) for code, label, rights in rows if code in roles()}
    assert said == {code: (role.label, set(role.rights)) for code, role in roles().items()}
    _, rights = tables(part("docs/install.md", "## Tài khoản và vai trò đầu tiên"))
    assert sorted(rights) == sorted(set().union(*(role.rights for role in roles().values())))


def test_make_knows_every_word_that_a_page_gives_it():
    targets = set(re.findall(r"^(\w+):", text("Makefile"), re.MULTILINE))
    said = {w for p in PAGES for w in re.findall(MAKE, p.read_text("utf-8"), re.MULTILINE)}
    assert {"demo", "test"} <= said <= targets


# ---- formats --------------------------------------------------------------------------------------


def test_the_keys_of_a_draft_the_columns_of_branches_and_the_periods_are_those_of_the_program():
    assert set(tables(part("docs/formats.md", "### `accept`"))[1]) == DRAFT_KEYS
    assert tuple(tables(part("docs/formats.md", "### `loadunits`"))[0]) == (*BRANCH_COLUMNS, LEVEL_COLUMN)
    [periods] = tables(part("docs/formats.md", "## Kỳ"))
    assert len({parse(written).name for written in periods}) == len(periods) == 7


@pytest.fixture
def example(db, tmp_path, monkeypatch) -> dict[str, str]:
    """The worked example, run line by line in a folder of its own: what each command should print, and printed."""
    shutil.copytree(DOCS / "example", tmp_path / "docs" / "example")
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path)
    [session] = blocks(text("docs/formats.md"), "console")
    return {line: (said, _run(line)) for line, said in _steps(session)}


def _steps(session: str) -> list[tuple[str, str]]:
    """(command, what the page says it prints)"""
    steps = [step.partition("\n") for step in session.removeprefix("$ ").split("\n$ ")]
    return [(line, said.strip("\n")) for line, _, said in steps]


def _run(line: str) -> str:
    """Run one line; manage.py in this process, for the test's own database."""
    words = shlex.split(line)
    if words[0] != "manage.py":
        subprocess.run(line, shell=True, check=True)
        return ""
    out = io.StringIO()
    try:
        call_command(*words[1:], stdout=out)
    except CommandError as refusal:
        out.write(f"CommandError: {refusal}\n")
    return out.getvalue().strip("\n")


def test_the_worked_example_prints_what_the_page_says(example):
    for line, (said, printed) in example.items():
        pattern = ".*".join(map(re.escape, said.split("…")))
        assert re.fullmatch(pattern, printed), f"{line}\n{printed}"
    for question, shown in zip(_questions(), blocks(text("docs/formats.md"), "json"), strict=True):
        assert json.loads(_run(question)) == json.loads(shown), question
    assert Path("out/vi-du.docx").exists()


def _questions() -> list[str]:
    return [
        "manage.py figure gifts --unit 31135 --period 2025-Q4 --json",
        "manage.py attainment vi-du-2025-2030 --json",
    ]


def test_the_kind_that_the_house_shows_loads_and_gives_what_it_says(db, tmp_path):
    kind, measures = blocks(part("docs/house.md", "## 8. Worked example: one more kind"), "toml")
    (tmp_path / "kinds").mkdir()
    (tmp_path / "kinds" / "meal-served.toml").write_text(kind, "utf-8")
    (tmp_path / "measures.toml").write_text(measures, "utf-8")
    assert _run(f"manage.py loadkinds {tmp_path}") == "Loại việc mới hoặc đổi: 1. Đầu số liệu mới hoặc đổi: 1."
    body = tomllib.loads(kind)
    lines = postings(read_kind(body, "meal-served"), body["example"]["values"])
    assert {code: amount for code, amount, _ in lines} == body["example"]["gives"]


# ---- words, dependencies, house -------------------------------------------------------------------


def test_every_model_has_its_word_and_none_is_invented():
    configs = [config for config in apps.get_app_configs() if config.name.startswith("sohoi.")]
    [named] = tables(part("docs/words.md", "## Models"))
    assert sorted(named) == sorted(model.__name__ for config in configs for model in config.get_models())


def test_every_code_word_stands_in_the_file_that_is_named():
    rows = re.findall(r"^\| `(\w+)` \|.*\| `([\w/.]+)` \|$", part("docs/words.md", "## Code words"), re.MULTILINE)
    assert len(rows) == len(tables(part("docs/words.md", "## Code words"))[0])
    assert [word for word, path in rows if not re.search(rf"\b{word}\b", text(path))] == []


@pytest.mark.parametrize("heading", ["Running", "Developing"])
def test_every_dependency_has_its_reason_and_none_is_invented(heading):
    declared = {"Running": PROJECT["project"]["dependencies"], "Developing": PROJECT["dependency-groups"]["dev"]}
    names = [re.match(r"[\w-]+", line)[0] for line in declared[heading]]
    [named] = tables(part("docs/decisions/dependencies.md", f"## {heading}"))
    assert sorted(named) == sorted(names)


def test_the_staircase_on_the_page_is_the_contract():
    contract = next(c for c in PROJECT["tool"]["importlinter"]["contracts"] if c["type"] == "layers")
    assert part("docs/house.md", "## 2. The staircase").split("```")[1].split("\n")[1:-1] == contract["layers"]


def test_the_tree_on_the_page_stands_on_the_disk():
    above: list[str] = []
    for line in part("docs/house.md", "## 3. The tree").split("```")[1].strip("\n").split("\n"):
        depth = (len(line) - len(line.lstrip())) // 2
        names = re.split(r" {3,}", line.strip(), maxsplit=1)[0].split("  ")
        above = [*above[:depth], names[0]]
        assert [n for n in names if not ROOT.joinpath(*above[:-1], n).exists()] == []


def test_every_rule_of_the_house_names_what_enforces_it():
    contracts = {c["name"] for c in PROJECT["tool"]["importlinter"]["contracts"]}
    selected = PROJECT["tool"]["ruff"]["lint"]["select"]
    page = part("docs/house.md", "## 5. House rules, and who enforces them")
    for row in page.split("|---|---|\n")[1].split("\n\n")[0].splitlines():
        rule, by = [cell.strip() for cell in row.strip("|").split("|")]
        tests = [name.split("::") for name in re.findall(r"`([^`]+::[^`]+)`", by)]
        rest = re.sub(r"`[^`]+::[^`]+`", "", by)
        codes = re.findall(r"`(\w+)`", rest)
        assert tests or codes or rest.removeprefix('contract "').rstrip('"') in contracts, rule
        assert all(f"def {test}(" in text(path) for path, test in tests), rule
        assert all(any(code.startswith(s) for s in selected) for code in codes), rule
    assert set(re.findall(r"^def (test_\w+)", text("tests/test_house.py"), re.MULTILINE)) <= set(
        re.findall(r"::(test_\w+)", page)
    )


def test_decisions_are_numbered_linked_and_say_what_was_refused():
    pages = sorted((DOCS / "decisions").glob("[0-9]*.md"))
    assert [int(p.name[:4]) for p in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        assert all(f"**{word}" in page.read_text("utf-8") for word in ("What.", "Why.", "What we refused.")), page.name
        assert f"(decisions/{page.name})" in text("docs/house.md"), page.name


# ---- every page -----------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_points_to_is_there(page):
    body = page.read_text("utf-8")
    links = [link for link in re.findall(r"\]\(([^)\s#]+)", body) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []
    prose = re.sub(r"```.*?```", "", body, flags=re.DOTALL)
    paths = re.findall(r"`((?:sohoi|tests|demo|docs|launcher|bench)/[\w./*-]+)(?:::\w+)?`", prose)
    assert [path for path in paths if not list(ROOT.glob(path))] == []
