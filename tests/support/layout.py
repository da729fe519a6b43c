"""Checks of the source layout: import circles, equal base names, long files and functions (`make layout`).

A package is a folder of `sim/`, at every level. Imports inside functions and under `TYPE_CHECKING` count like all
others, and so does the full name of a module as a text, which is how names are loaded when they are first used.
`from sim.a import b` is an import of `sim/a/b.py` where that exists and of `sim/a/__init__.py` otherwise.
"""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import networkx as nx

ROOT = Path(__file__).parents[2]
LONGEST_FILE, LONGEST_FUNCTION = 300, 40
MAY_REPEAT = {"__init__", "__main__", "conftest"}
SHARE_NAMES_WITH_SIM = {"unit", "oracle"}
"""Folders of tests whose files may have the name of the file of `sim/` that they are about."""


def python_files(root: Path, *folders: str) -> list[Path]:
    """Python files below folders of a checkout, in the order of their paths."""
    return sorted(path for folder in folders for path in (root / folder).rglob("*.py"))


def module_names(root: Path) -> dict[str, Path]:
    """Files of `sim/` by module; the module of a package's own file ends in `__init__`."""
    return {".".join(path.relative_to(root).with_suffix("").parts): path for path in python_files(root, "sim")}


def named_modules(tree: ast.Module, package: list[str]) -> Iterator[tuple[str, str | None]]:
    """All modules that a file names, each with the name that is taken from it, if any."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((base, alias.name) for alias in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("sim."):
            yield node.value, None


def file_graph(root: Path) -> nx.DiGraph[str]:
    """The modules of `sim/`, with an edge from each to every module that it imports."""
    modules = module_names(root)
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(modules)
    for module, path in modules.items():
        for base, name in named_modules(ast.parse(path.read_text("utf-8")), module.split(".")[:-1]):
            choices = [f"{base}.{name}", f"{base}.{name}.__init__", base, f"{base}.__init__"]
            found = next((choice for choice in choices if choice in modules), None)
            if found and found != module:
                graph.add_edge(module, found)
    return graph


def package_graphs(files: nx.DiGraph[str]) -> dict[str, nx.DiGraph[str]]:
    """For each package, the files and folders directly in it, with an edge where one imports from another."""
    graphs: dict[str, nx.DiGraph[str]] = defaultdict(nx.DiGraph)
    for module in files:
        parts = module.split(".")
        for depth in range(1, len(parts)):
            graphs[".".join(parts[:depth])].add_node(parts[depth])
    for source, target in files.edges:
        ours, theirs = source.split("."), target.split(".")
        depth = next(i for i, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b)
        graphs[".".join(ours[:depth])].add_edge(ours[depth], theirs[depth])
    return dict(sorted(graphs.items()))


def circles(graph: nx.DiGraph[str]) -> list[list[str]]:
    """For each set of nodes that reach each other, one shortest circle through it, closed by its first node."""
    found = []
    for component in nx.strongly_connected_components(graph):
        if len(component) > 1:
            within = graph.subgraph(component)
            start = min(component)
            ways = [nx.shortest_path(within, after, start) for after in sorted(within.successors(start))]
            found.append([start, *min(ways, key=len)])
    return sorted(found)


def package_order(graph: nx.DiGraph[str]) -> str:
    """The members of a package, each after what it imports; those that do not depend on each other in one step."""
    condensed = nx.condensation(graph.subgraph(node for node in graph if node != "__init__" or graph.degree(node)))
    steps = nx.topological_generations(condensed.reverse())
    return " < ".join(
        ", ".join(sorted(" = ".join(sorted(condensed.nodes[part]["members"])) for part in step)) for step in steps
    )


def equal_names(root: Path) -> list[list[str]]:
    """Files of equal base name: within `sim/`, within `tests/`, and between both where they may not share names."""
    places: dict[str, list[Path]] = defaultdict(list)
    for path in python_files(root, "sim", "tests"):
        if path.stem not in MAY_REPEAT:
            places[path.stem].append(path.relative_to(root))
    found = []
    for paths in places.values():
        of_sim = [path for path in paths if path.parts[0] == "sim"]
        of_tests = [path for path in paths if path.parts[0] == "tests"]
        clash = of_sim and any(path.parts[1] not in SHARE_NAMES_WITH_SIM for path in of_tests)
        groups = [paths] if clash else [of_sim, of_tests]
        found += [[path.as_posix() for path in group] for group in groups if len(group) > 1]
    return found


def long_ones(root: Path) -> Iterator[str]:
    """Files and functions that are longer than they should be; a function's docstring is not counted."""
    for path in python_files(root, "sim", "tests"):
        text, name = path.read_text("utf-8"), path.relative_to(root).as_posix()
        if (lines := len(text.splitlines())) > LONGEST_FILE:
            yield f"{name}: {lines} lines"
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                first = node.body[0]
                documented = ast.get_docstring(node) is not None
                docstring = (first.end_lineno or 0) - first.lineno + 1 if documented else 0
                if (lines := (node.end_lineno or 0) - node.lineno + 1 - docstring) > LONGEST_FUNCTION:
                    yield f"{name}:{node.lineno}: {node.name} has {lines} lines"


def show(title: str, lines: Iterable[str]) -> int:
    """Print a heading with the lines below it, and give their number."""
    lines = list(lines)
    print(f"{title}: {len(lines) or 'none'}")
    print("".join(f"  {line}\n" for line in lines), end="")
    return len(lines)


def report(root: Path = ROOT) -> int:
    """Print what is found in a checkout; the exit status is 1 where there are circles or equal base names."""
    files = file_graph(root)
    packages = package_graphs(files)
    show("Packages: what is in each, after what it imports", (f"{p}: {package_order(g)}" for p, g in packages.items()))
    wrong = show("Circles of files", (" -> ".join(circle) for circle in circles(files)))
    between = [(p, circle) for p, graph in packages.items() for circle in circles(graph)]
    between = [(p, circle) for p, circle in between if any(f"{p}.{name}" not in files for name in circle)]
    wrong += show("Circles of packages", (f"in {p}: {' -> '.join(circle)}" for p, circle in between))
    wrong += show("Equal base names", (", ".join(paths) for paths in equal_names(root)))
    show(f"Files over {LONGEST_FILE} lines, functions over {LONGEST_FUNCTION} lines", long_ones(root))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(report())
