"""The rules of the house that a machine can see (docs/house.md §5). The floors are read from the import contract."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from sohoi.rights.may import all_rights

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "sohoi"
JUNK = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "core",
    "service",
    "services",
    "manager",
    "managers",
    "base",
}
FOLDERS = ("sohoi", "launcher", "demo", "bench", "tests")
GIVEN = {"account_login", "account_logout", "account_change_password"}  # views of the log-in library


def sources() -> list[Path]:
    files = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")]
    return [path for path in [*files, *ROOT.glob("*.py")] if "migrations" not in path.parts]


def floors() -> list[set[str]]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(c for c in contracts if c["type"] == "layers")["layers"]
    return [{room.strip() for room in layer.split("|")} for layer in layers]


def height(room: str) -> int:
    return next(-at for at, floor in enumerate(floors()) if room in floor)


def rooms() -> list[str]:
    return [config.label for config in apps.get_app_configs() if config.name.startswith("sohoi.")]


def test_no_file_is_named_after_nothing():
    junk = [p for p in [*sources(), *PACKAGE.rglob("*")] if p.stem in JUNK and p.suffix in {".py", ""}]
    assert not junk


def test_a_file_has_at_most_300_lines_and_a_function_at_most_40():
    long_files = [(p.relative_to(ROOT), n) for p in sources() if (n := len(p.read_text("utf-8").splitlines())) > 300]
    assert not long_files
    long = []
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = node.end_lineno - node.lineno + 1
                if lines > 40:
                    long.append((str(path.relative_to(ROOT)), node.name, lines))
    assert not long


def test_a_template_has_at_most_120_lines_and_prints_figures_through_one_part():
    long = [p.name for p in PACKAGE.rglob("templates/**/*.html") if len(p.read_text("utf-8").splitlines()) > 120]
    assert not long


def test_every_module_opens_with_what_it_holds():
    silent = []
    for path in sources():
        tree = ast.parse(path.read_text("utf-8"))
        if tree.body and not ast.get_docstring(tree):
            silent.append(str(path.relative_to(ROOT)))
    assert not silent


def test_public_functions_of_the_rooms_say_what_they_do():
    silent = []
    for path in PACKAGE.rglob("*.py"):
        if "tests" in path.parts or "migrations" in path.parts or path.name == "conftest.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            public = isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
            if public and len(node.body) > 2 and not ast.get_docstring(node):
                silent.append((str(path.relative_to(PACKAGE)), node.name))
    assert not silent


def test_foreign_keys_point_down_and_leave_no_name_in_another_room():
    wrong = []
    for label in rooms():
        for model in apps.get_app_config(label).get_models():
            for field in model._meta.get_fields():
                target = getattr(field, "related_model", None)
                if not getattr(field, "many_to_one", False) and not getattr(field, "one_to_one", False):
                    continue
                if field.auto_created or target is None or target._meta.app_label == label:
                    continue
                other = target._meta.app_label
                if other in rooms() and height(other) >= height(label):
                    wrong.append((model.__name__, field.name, "points up"))
                if field.remote_field.related_name != "+":
                    wrong.append((model.__name__, field.name, "leaves a name in another room"))
    assert not wrong


def test_there_are_no_signals_and_no_views_as_classes():
    words = re.compile(
        r"django\.dispatch|django\.db\.models\.signals|@receiver|django\.views\.generic|GenericForeignKey"
    )
    found = [str(p.relative_to(ROOT)) for p in PACKAGE.rglob("*.py") if words.search(p.read_text("utf-8"))]
    assert not found


def test_sql_stands_only_in_sql_files_and_migrations():
    statement = re.compile(r"\b(select\s.+\sfrom|insert\s+into|update\s+\w+\s+set|delete\s+from)\b", re.I | re.S)
    found = []
    for path in PACKAGE.rglob("*.py"):
        if "tests" in path.parts or "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {"execute", "raw", "RawSQL", "extra"}:
                texts = [n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
                found += [(str(path.relative_to(ROOT)), text) for text in texts if statement.search(text)]
    assert not found


def test_each_sql_file_says_in_words_what_it_does():
    assert [p.name for p in PACKAGE.rglob("*.sql") if not p.read_text("utf-8").startswith("-- ")] == []


def test_entries_are_never_changed_by_code():
    words = re.compile(r"Entry\.objects[^\n]*\.(update|delete)\(|(update|delete from)\s+ledger_entry", re.I)
    found = [
        str(p.relative_to(ROOT))
        for p in [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.sql")]
        if "tests" not in p.parts and words.search(p.read_text("utf-8"))
    ]
    assert not found


def views() -> list[tuple[str, URLPattern]]:
    found: list[tuple[str, URLPattern]] = []

    def walk(patterns):
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns)
            else:
                found.append((pattern.name or str(pattern.pattern), pattern))

    walk(get_resolver().url_patterns)
    return found


def test_every_view_states_its_right():
    unmarked = [name for name, pattern in views() if name not in GIVEN and not hasattr(pattern.callback, "right")]
    assert not unmarked
    rights = {pattern.callback.right for name, pattern in views() if name not in GIVEN}
    assert rights - {None} <= all_rights()


def test_templates_name_only_what_is_below_them():
    names = {name: pattern.callback.__module__.split(".")[1] for name, pattern in views() if name not in GIVEN}
    wrong = []
    for path in PACKAGE.rglob("templates/**/*.html"):
        room = path.relative_to(PACKAGE).parts[0]
        text = path.read_text("utf-8")
        for name in re.findall(r"{%\s*url\s+['\"]([\w-]+)['\"]", text):
            if name not in GIVEN and (name not in names or height(names[name]) > height(room)):
                wrong.append((path.name, "url", name))
        for other in re.findall(r"{%\s*(?:extends|include)\s+['\"](\w+)/", text):
            if other in rooms() and height(other) > height(room):
                wrong.append((path.name, "template", other))
    assert not wrong


def test_nothing_names_a_place_on_somebodys_machine():
    place = re.compile(r"(?<![\w.$}-])/(?:home|Users|root|work)/\w")
    kinds = {".py", ".md", ".toml", ".html", ".sql", ".js", ".css", ".sh", ".typ"}
    skipped = {".venv", ".data", "out", "static-collected", ".git", "vendor"}
    files = [p for p in ROOT.rglob("*") if p.suffix in kinds and not skipped & set(p.relative_to(ROOT).parts)]
    assert [str(p.relative_to(ROOT)) for p in files if place.search(p.read_text("utf-8"))] == []


@pytest.mark.parametrize("exception", ["noqa", "type: ignore", "fmt: skip", "nosec"])
def test_an_exception_to_a_rule_names_the_rule(exception):
    bare = {
        "noqa": r"#\s*noqa(?!:)",
        "type: ignore": r"#\s*type:\s*ignore(?!\[)",
        "nosec": r"#\s*nosec",
        "fmt: skip": r"#\s*fmt:\s*off",
    }
    found = [str(p.relative_to(ROOT)) for p in sources()
             if p.name != "test_house.py" and re.search(bare[exception], p.read_text("utf-8"))]  # fmt: skip
    assert not found
