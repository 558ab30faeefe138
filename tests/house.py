"""The rules of the house as functions: each takes sources and gives its faults in words."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

LAYERS = ("extraction", "store", "ui", "pages", "app")
# What a layer may import of the house; app.py only sets up and runs the navigation.
MAY_IMPORT = {
    "extraction": {"extraction"},
    "store": {"store", "extraction"},
    "ui": {"ui", "store", "extraction"},
    "pages": {"ui", "store", "extraction"},
    "app": {"ui"},
}
# What a layer leaves to others: extraction gives plain records, the store knows no interface,
# pages select, load and draw sections.
MAY_NOT_IMPORT = {
    "extraction": {"pandas", "streamlit", "plotly", "sqlalchemy"},
    "store": {"streamlit", "spacy", "plotly"},
    "pages": {"pandas", "plotly", "sqlalchemy", "spacy"},
}
MAX_LINES = 350
MAX_PAGE_LINES = 80
MAP_SUFFIXES = {".json", ".geojson", ".topojson"}
SKIPPED = {"__pycache__", "node_modules", "test-results", "build", "dist"}
OWN_DOTS = {".ci", ".streamlit"}


@dataclass(frozen=True)
class Module:
    """A Python file: its path from the root, with `/`, and its source."""

    path: str
    source: str

    @property
    def layer(self) -> str:
        """The top-level name that it belongs to: "app" for app.py, "store" for store/query.py."""
        return self.path.split("/")[0].removesuffix(".py")

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.source, self.path)


def files(root: Path) -> Iterator[Path]:
    """The project's own files under `root`, without caches and tools' dot folders."""
    for path in sorted(root.iterdir()):
        if path.is_dir():
            if path.name not in SKIPPED and (path.name in OWN_DOTS or path.name[0] != "."):
                yield from files(path)
        else:
            yield path


def modules(root: Path) -> list[Module]:
    """All Python files under `root`."""
    return [
        Module(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8"))
        for path in files(root)
        if path.suffix == ".py"
    ]


def imports(module: Module) -> Iterator[tuple[int, str]]:
    """Line and top-level name of everything a module imports, relative imports resolved."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name.split(".")[0]
        elif isinstance(node, ast.ImportFrom):
            name = (node.module or "") if node.level == 0 else module.layer
            yield node.lineno, name.split(".")[0]


def import_faults(module: Module) -> list[str]:
    """Imports against the direction app -> ui, pages -> ui -> store -> extraction."""
    if module.layer not in LAYERS:
        return []
    out = []
    for line, name in imports(module):
        against = name in LAYERS and name not in MAY_IMPORT[module.layer]
        if against or name in MAY_NOT_IMPORT.get(module.layer, ()):
            out.append(f"{module.path}:{line}: {module.layer} may not import {name}")
    return out


def length_faults(module: Module) -> list[str]:
    """A module too long to be about one idea."""
    limit = MAX_PAGE_LINES if module.layer == "pages" else MAX_LINES
    lines = len(module.source.splitlines())
    return [f"{module.path}: {lines} lines, at most {limit}"] if lines > limit else []


def page_faults(module: Module) -> list[str]:
    """A page that does more than select, load and draw: functions, classes, grouping."""
    out = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            out.append(f"{module.path}:{node.lineno}: defines {node.name}")
        elif isinstance(node, ast.Attribute) and node.attr in ("groupby", "pivot_table"):
            out.append(f"{module.path}:{node.lineno}: calls {node.attr}")
    return out


def registry_faults(stems: Iterable[str], url_paths: dict[str, str]) -> list[str]:
    """Pages and registry that differ, and addresses that legacy discovery could take over.

    `stems` are the files in pages/, `url_paths` the registry's address by stem.
    """
    stems = set(stems)
    out = [f"pages/{stem}.py is in no menu" for stem in sorted(stems - set(url_paths))]
    out += [
        f"the menu names pages/{stem}.py, which is not" for stem in sorted(url_paths.keys() - stems)
    ]
    out += [
        f"pages/{stem}.py has its own name as address"
        for stem, url in sorted(url_paths.items())
        if url in stems
    ]
    if len(set(url_paths.values())) < len(url_paths):
        out.append("two pages have one address")
    return out


def documentation_faults(module: Module) -> list[str]:
    """Public functions and methods without docstring or return annotation."""
    out = []
    for name, node in _public_functions(module.tree.body):
        if ast.get_docstring(node) is None:
            out.append(f"{module.path}:{node.lineno}: {name} has no docstring")
        if node.returns is None:
            out.append(f"{module.path}:{node.lineno}: {name} has no return annotation")
    return out


def _public_functions(
    body: list[ast.stmt], prefix: str = ""
) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            if node.name.startswith("_"):
                continue
            if isinstance(node, ast.ClassDef):
                yield from _public_functions(node.body, f"{prefix}{node.name}.")
            else:
                yield prefix + node.name, node


def html_faults(module: Module) -> list[str]:
    """Places where a string could reach the browser as HTML."""
    out = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.keyword) and node.arg == "unsafe_allow_html":
            out.append(f"{module.path}:{node.value.lineno}: unsafe_allow_html")
        elif isinstance(node, ast.Attribute) and node.attr in ("html", "iframe"):
            owner = ast.unparse(node.value)
            if owner in ("st", "streamlit") or "components" in owner:
                out.append(f"{module.path}:{node.lineno}: {owner}.{node.attr}")
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("streamlit"):
            names = {alias.name for alias in node.names} & {"html", "iframe"}
            if names or "components" in (node.module or ""):
                out.append(f"{module.path}:{node.lineno}: imports from {node.module}")
    return out


SCRIPT_HTML = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(")


def script_faults(path: str, text: str) -> list[str]:
    """Places in a browser script where a string could become HTML or code."""
    return [f"{path}: {found[0]}" for found in SCRIPT_HTML.finditer(text)]


# Paths of one person's machine, private package sources, and tools' signatures.
STRAY = {
    "a path of one machine": re.compile(r"(?<![\w.:/\-])/(?:home|root|work|Users)/\w"),
    "a package source": re.compile(r"--(?:extra-)?index-url|--(?:trusted)-host|\bindex-url\s*="),
    "a tool's signature": re.compile(r"(?im)^\W*co-authored-by:|\bgenerated (?:with|by) \["),
}


def stray_faults(path: str, text: str) -> list[str]:
    """Words that tell of the machine or the tools that a file was made with."""
    return [
        f"{path}: {what}: {found[0]!r}" for what, p in STRAY.items() if (found := p.search(text))
    ]


def map_faults(path: str, text: str) -> list[str]:
    """A file of static/ that is no map data (TopoJSON or GeoJSON)."""
    if Path(path).suffix not in MAP_SUFFIXES:
        return [f"{path}: not map data"]
    try:
        kind = json.loads(text).get("type")
    except (ValueError, AttributeError):
        return [f"{path}: not map data"]
    return [] if kind in ("Topology", "FeatureCollection") else [f"{path}: not map data"]


PIN = re.compile(r"[A-Za-z0-9._-]+(\[[a-z0-9,]+\])?==[^\s;]+(\s*;.+)?")


def requirement_faults(path: str, text: str) -> list[str]:
    """Requirements that are not pinned, stand twice, or give no reason on the line above."""
    out, seen, above = [], set(), ""
    for number, line in enumerate(text.splitlines(), start=1):
        line = line.strip()
        if line and not line.startswith("#"):
            name = re.split(r"[=\[<>~! ]", line)[0].lower()
            if not PIN.fullmatch(line):
                out.append(f"{path}:{number}: {line} is not pinned by ==")
            if not above.startswith("# "):
                out.append(f"{path}:{number}: {name} has no reason on the line above")
            if name in seen:
                out.append(f"{path}:{number}: {name} stands twice")
            seen.add(name)
        above = line
    return out
