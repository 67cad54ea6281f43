"""The house rules, enforced on every file: who may import whom, and what no room may do."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "workforce"

# Each room may import `domain` and the rooms named here; never a later one.
MAY_IMPORT: dict[str, set[str]] = {
    "domain": set(),
    "disclosure": {"domain"},
    "roles": {"domain"},
    "intake": {"domain", "roles"},
    "history": {"domain", "disclosure", "intake"},
    "rates": {"domain", "history"},
    "projection": {"domain"},
    "appraisal": {"domain", "projection"},
    "assurance": {"domain", "intake", "history", "rates", "projection"},
    "charts": {"domain"},
    "export": {"domain", "charts", "projection"},
    "store": {"domain"},
    "sample": {"domain"},
}
EVERYTHING_BELOW = set(MAY_IMPORT)
TOP = {
    "workflow": EVERYTHING_BELOW - {"store", "charts", "export", "sample"},
    "ui": EVERYTHING_BELOW | {"workflow"},
    "__main__": EVERYTHING_BELOW | {"workflow", "cli"},
    "cli": EVERYTHING_BELOW | {"workflow", "cli"},
}
FILES = sorted(PACKAGE.rglob("*.py"))


def _room(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0].removesuffix(".py")


def _imports(path: Path) -> list[tuple[str, int, int]]:
    found: list[tuple[str, int, int]] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno, 0) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append((node.module or "", node.lineno, node.level))
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_rooms_import_only_earlier_rooms(path: Path) -> None:
    room = _room(path)
    if room == "__init__":
        return
    allowed = MAY_IMPORT.get(room, TOP.get(room))
    assert allowed is not None, f"{room} is not in the plan of the house"
    for module, line, level in _imports(path):
        assert level == 0, f"{path}:{line}: relative import; write it in full"
        if module.startswith("workforce."):
            target = module.split(".")[1]
            assert target in allowed | {room, "domain"}, f"{path}:{line}: {room} imports {target}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_only_ui_imports_streamlit(path: Path) -> None:
    if _room(path) == "ui":
        return
    for module, line, _ in _imports(path):
        assert module.split(".")[0] != "streamlit", f"{path}:{line} imports streamlit"


def test_domain_imports_standard_library_and_numpy_only() -> None:
    for path in (PACKAGE / "domain").glob("*.py"):
        for module, line, _ in _imports(path):
            top = module.split(".")[0]
            assert top in sys.stdlib_module_names or top in {"numpy", "workforce"}, (
                f"{path}:{line}: domain imports {top}"
            )


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_engine_reads_no_clock_environment_or_global_random_state(path: Path) -> None:
    if _room(path) in {"ui", "__main__", "cli", "store", "workflow"}:
        return
    forbidden = {
        "datetime.now", "date.today", "datetime.today", "time.time", "os.environ", "os.getenv",
        "np.random.seed", "np.random.rand", "np.random.normal", "random.random", "random.seed",
    }  # fmt: skip
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            name = ast.unparse(node)
            assert name not in forbidden, f"{path}:{node.lineno}: {name}"


def test_projection_loads_neither_streamlit_nor_sklearn() -> None:
    if not (PACKAGE / "projection").exists():
        pytest.fail("the projection room is missing")
    code = (
        "import sys, workforce.projection;"
        "print([m for m in ('streamlit', 'sklearn', 'altair', 'openpyxl') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.strip() == "[]", f"workforce.projection loads {done.stdout.strip()}"


def test_app_is_thin() -> None:
    lines = (ROOT / "app.py").read_text(encoding="utf-8").splitlines()
    assert len(lines) < 60, f"app.py has {len(lines)} lines; logic belongs in workforce/ui"


def test_requirements_are_pinned_and_name_no_address() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
            text = line.split("#")[0].strip()
            if not text:
                continue
            assert "==" in text, f"{name}: {text} is not pinned"
            assert "://" not in text, f"{name}: {text} names an address"


OBSERVED = {"counts", "stock", "monthly", "time_to_hire", "agency", "apprentices", "starters",
            "hires_by_grade", "open_requisitions", "renewals"}  # fmt: skip
"""Attributes of a history that count people."""
# Working documents on the user's own files, which say so, and the scoring of forecasts, which
# protects its own sums.
NOT_PAGES = {"cli/score.py", "ui/assurance.py", "ui/blocks/earlier.py", "ui/blocks/record.py"}


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_observed_counts_reach_pages_and_files_through_disclosure_only(path: Path) -> None:
    name = str(path.relative_to(PACKAGE))
    if _room(path) not in {"ui", "cli", "export", "charts"} or name in NOT_PAGES:
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            text = ast.unparse(node)
            if node.attr in OBSERVED:
                owner = ast.unparse(node.value).split(".")[-1]
                assert owner != "history", f"{path}:{node.lineno}: {text}; take it from Published"
            if name != "cli/record.py":
                assert not text.endswith("rates.table"), f"{path}:{node.lineno}: {text}"


def test_every_figure_is_made_with_a_mark() -> None:
    made = 0
    for path in (PACKAGE / "charts").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Figure":
                made += 1
                names = {keyword.arg for keyword in node.keywords}
                assert "mark" in names, f"{path}:{node.lineno}: a figure without a mark"
    assert made > 10, "no figure was found: this test looks in the wrong place"


def test_every_export_of_figures_asks_for_their_marks() -> None:
    source = (PACKAGE / "export" / "provenance.py").read_text(encoding="utf-8")
    assert ".checked()" in source
    for name, calls in (("picture.py", 1), ("workbook.py", 2)):
        text = (PACKAGE / "export" / name).read_text(encoding="utf-8")
        assert text.count(".marked(") >= calls, f"{name} makes a file without asking"
