"""The house keeps its shape: who imports whom, what lies where, what is documented.

Each rule is first shown to fail on a small broken example, then held against the tree.
"""

from __future__ import annotations

import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests import house
from tests.house import Module
from ui.navigation import PAGES

ROOT = Path(__file__).parents[1]
MODULES = house.modules(ROOT)
OWN = {path.name.removesuffix(".py") for path in ROOT.iterdir()}
TEXT_SUFFIXES = {".py", ".md", ".toml", ".txt", ".csv", ".json", ".ini", ".mako", ".yml", ".yaml"}


def of(*layers: str) -> list[Module]:
    return [module for module in MODULES if module.layer in layers]


def pins(name: str) -> set[str]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return {plain(line.split("==")[0].split("[")[0]) for line in lines if "==" in line}


def plain(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("extraction/a.py", "import store"),
        ("extraction/a.py", "import pandas as pd"),
        ("extraction/a.py", "def f():\n    from streamlit import cache_data"),
        ("extraction/a.py", "from ui.labels import name"),
        ("store/a.py", "import spacy"),
        ("store/a.py", "from ui import labels"),
        ("ui/a.py", "import pages.map"),
        ("ui/a.py", "import app"),
        ("pages/a.py", "import pandas"),
        ("pages/a.py", "from plotly import graph_objects"),
        ("app.py", "from store import query"),
    ],
)
def test_an_import_against_the_direction_is_a_fault(path: str, source: str) -> None:
    assert len(house.import_faults(Module(path, source))) == 1


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("extraction/a.py", "from . import figures\nfrom .record import Record\nimport spacy"),
        ("store/a.py", "import pandas\nfrom extraction.record import Record"),
        ("ui/a.py", "import store.query, plotly, streamlit, pandas"),
        ("pages/a.py", "import streamlit as st\nfrom ui import cached"),
        ("app.py", "import streamlit\nfrom ui.navigation import streamlit_pages"),
        ("bench/a.py", "import extraction, pandas"),
    ],
)
def test_an_import_along_the_direction_is_none(path: str, source: str) -> None:
    assert house.import_faults(Module(path, source)) == []


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.path)
def test_a_module_is_short_and_imports_one_way(module: Module) -> None:
    assert house.import_faults(module) + house.length_faults(module) == []


def test_a_module_or_page_that_is_too_long_is_a_fault() -> None:
    assert house.length_faults(Module("store/a.py", "x = 1\n" * 350)) == []
    assert house.length_faults(Module("store/a.py", "x = 1\n" * 351)) != []
    assert house.length_faults(Module("pages/a.py", "x = 1\n" * 81)) != []


@pytest.mark.parametrize(
    "source",
    ["def f(): ...", "class A: ...", "frame.groupby('day').sum()", "frame.pivot_table('n')"],
)
def test_a_page_that_computes_is_a_fault(source: str) -> None:
    assert len(house.page_faults(Module("pages/a.py", source))) == 1


def test_pages_only_select_load_and_draw() -> None:
    assert [fault for module in of("pages") for fault in house.page_faults(module)] == []


def test_pages_that_differ_from_the_menu_are_faults() -> None:
    assert house.registry_faults(["map"], {"map": "crossings"}) == []
    assert house.registry_faults(["map", "helpers"], {"map": "crossings"}) != []
    assert house.registry_faults([], {"map": "crossings"}) != []
    assert house.registry_faults(["map"], {"map": "map"}) != []
    assert house.registry_faults(["map", "day"], {"map": "day", "day": "x"}) != []
    assert house.registry_faults(["map", "day"], {"map": "x", "day": "x"}) != []


def test_pages_holds_the_pages_of_the_menu_and_nothing_else() -> None:
    lying = [path for path in (ROOT / "pages").iterdir() if path.name != "__pycache__"]
    assert [path.name for path in lying if path.suffix != ".py"] == []
    stems = [path.stem for path in lying]
    assert house.registry_faults(stems, {page.stem: page.url_path for page in PAGES}) == []


@pytest.mark.parametrize(
    "source",
    [
        "def f() -> int:\n    return 1",
        'def f():\n    """One."""',
        "class A:\n    def f(self) -> int:\n        return 1",
        'async def f():\n    """One."""',
    ],
)
def test_an_undocumented_public_function_is_a_fault(source: str) -> None:
    assert len(house.documentation_faults(Module("store/a.py", source))) == 1


def test_private_functions_may_speak_for_themselves() -> None:
    source = "def _f(): ...\nclass _A:\n    def f(self): ...\nclass B:\n    def __len__(self): ..."
    assert house.documentation_faults(Module("store/a.py", source)) == []


def test_public_functions_of_extraction_and_store_say_what_they_take_and_give() -> None:
    # A migration's upgrade and downgrade are alembic's; its module says what changes and why.
    asked = [m for m in of("extraction", "store") if "/migrations/versions/" not in m.path]
    assert [fault for module in asked for fault in house.documentation_faults(module)] == []


@pytest.mark.parametrize(
    "source",
    [
        "st.markdown(text, unsafe_allow_html=True)",
        "st.html(text)",
        "st.iframe(text)",
        "components.html(text)",
        "st.components.v1.html(text)",
        "from streamlit.components.v1 import html",
    ],
)
def test_a_way_for_html_into_the_page_is_a_fault(source: str) -> None:
    assert len(house.html_faults(Module("ui/a.py", source))) == 1


@pytest.mark.parametrize("text", ["node.innerHTML = words", "eval(words)", "document.write(words)"])
def test_a_script_that_makes_html_of_a_string_is_a_fault(text: str) -> None:
    assert len(house.script_faults("ui/components/a.js", text)) == 1
    assert house.script_faults("ui/components/a.js", "node.textContent = words") == []


def test_no_script_makes_html_of_a_string() -> None:
    scripts = [path for path in house.files(ROOT / "ui") if path.suffix in (".js", ".mjs", ".ts")]
    assert [f for s in scripts for f in house.script_faults(s.name, s.read_text("utf-8"))] == []


def test_no_string_reaches_the_browser_as_html() -> None:
    assert [
        fault for module in of("app", "pages", "ui") for fault in house.html_faults(module)
    ] == []


@pytest.mark.parametrize(
    "text",
    ["see /" + "home/ann/notes", "pip --" + "index-url x", "Co-" + "Authored-By: somebody"],
)
def test_words_about_one_machine_or_its_tools_are_faults(text: str) -> None:
    assert len(house.stray_faults("a.md", text)) == 1


def test_the_tree_speaks_of_the_project_alone() -> None:
    faults = []
    for path in house.files(ROOT):
        if path.suffix in TEXT_SUFFIXES or not path.suffix:
            name = path.relative_to(ROOT).as_posix()
            faults += house.stray_faults(name, path.read_text(encoding="utf-8", errors="replace"))
    assert faults == []


@pytest.mark.parametrize(
    ("path", "text"),
    [("a.js", "1"), ("a.json", "{}"), ("a.json", "[]"), ("a.json", "no json"), ("a.md", "# A")],
)
def test_what_is_no_map_is_a_fault_in_static(path: str, text: str) -> None:
    assert len(house.map_faults(path, text)) == 1


def test_static_holds_map_data_only() -> None:
    faults = []
    for path in house.files(ROOT / "static"):
        faults += house.map_faults(path.name, path.read_text(encoding="utf-8", errors="replace"))
    assert faults == []


@pytest.mark.parametrize(
    "text",
    [
        "# why\nspacy",
        "# why\nspacy>=3.8",
        "spacy==3.8",
        "# why\na==1\nb==2",
        "# a\na==1\n# a\na==2",
    ],
)
def test_a_requirement_without_pin_or_reason_is_a_fault(text: str) -> None:
    assert len(house.requirement_faults("requirements.txt", text)) == 1


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_each_requirement_is_pinned_with_its_reason(name: str) -> None:
    assert house.requirement_faults(name, (ROOT / name).read_text(encoding="utf-8")) == []


def test_each_package_that_the_code_imports_is_among_the_requirements() -> None:
    runtime, everything = pins("requirements.txt"), pins("requirements.txt")
    everything |= pins("requirements-dev.txt")
    providers = packages_distributions()
    faults = []
    for module in MODULES:
        # Fitting happens where testing does; what it fits is shipped as plain data.
        shipped = module.layer in house.LAYERS and "/fitting/" not in module.path
        pinned = runtime if shipped else everything
        for line, name in house.imports(module):
            if name in sys.stdlib_module_names or name in OWN or name == "__future__":
                continue
            if not {plain(provider) for provider in providers.get(name, [])} & pinned:
                faults.append(f"{module.path}:{line}: {name} is not among its requirements")
    assert faults == []
