"""The floor plan: who may import whom, and how large a room may be."""

import ast
from pathlib import Path

import pytest

from analysis import paths

SOURCE = paths.ROOT / "src" / "analysis"

#: Rooms from the ground up: each may import those before it, and nothing after.
LAYERS = [
    "errors", "paths", "options", "files", "exports",
    "numerics", "patterns", "groups", "weights", "proportions", "paired", "ordinal", "margins",
    "assumptions", "sensitivity", "planning",
    "survey", "privacy", "drafting", "cleaning", "engine", "synthetic", "population", "themes",
    "report", "figures", "primary", "waves", "specifications", "chapters", "tables", "explore",
    "validation", "verification", "attack", "publish", "__main__",
]  # fmt: skip

#: The library: it knows no survey, and outside it is known by its fronts alone.
LIBRARY = LAYERS[5:16]


def _imports(source: str) -> list[str]:
    """Return what a module imports of the project, as `room.module.name`."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.level:
            found.append(f"relative.{node.module}")
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "analysis":
            found += [
                f"{node.module}.{alias.name}".removeprefix("analysis.") for alias in node.names
            ]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names if alias.name.startswith("analysis")]
            found += [name.removeprefix("analysis.") for name in names]
    return found


def problems(module: str, source: str) -> list[str]:
    """Say which imports of a module go upwards, next door or through a wall."""
    room, found = module.split(".")[0], []
    for target in _imports(source):
        parts = target.split(".")
        if parts[0] not in LAYERS:
            found.append(f"{module} imports {target}; name the room: from analysis import room")
            continue
        if parts[0] != room and LAYERS.index(parts[0]) >= LAYERS.index(room):
            found.append(f"{module} imports {target}, which is above it")
        if parts[0] != room and any(part.startswith("_") for part in parts[1:]):
            found.append(f"{module} imports {target}, which is private")
        if room == parts[0] == "chapters" and parts[1] != module.split(".")[1]:
            found.append(f"{module} imports {target}, another chapter")
    return found


def _modules() -> dict[str, Path]:
    files = sorted(SOURCE.rglob("*.py"))
    return {".".join(path.relative_to(SOURCE).with_suffix("").parts): path for path in files}


MODULES = {name: path for name, path in _modules().items() if name != "__init__"}


def test_nothing_is_imported_upwards_next_door_or_through_a_wall():
    found = {name: problems(name, path.read_text("utf-8")) for name, path in MODULES.items()}
    assert {name: said for name, said in found.items() if said} == {}


@pytest.mark.parametrize(
    ("module", "line", "said"),
    [
        ("paired._square", "from analysis.report import p_text", "above it"),
        ("ordinal._fitting", "from analysis import survey", "above it"),
        ("survey.bases", "def f():\n    from analysis.privacy import hide", "above it"),
        ("margins._predicted", "from analysis.ordinal._links import find_link", "private"),
        ("margins._predicted", "import analysis.ordinal._links", "private"),
        (
            "chapters.ratings.tables",
            "from analysis.chapters.digital import gaps",
            "another chapter",
        ),
        ("paired._square", "from ..report import p_text", "name the room"),
        ("paired._square", "import analysis", "name the room"),
        ("report._tables", "from analysis.report._prose import prose", None),
        ("report._tables", "from analysis import privacy", None),
    ],
)
def test_a_planted_import_is_seen(module, line, said):
    found = problems(module, line)
    assert (found == []) if said is None else (len(found) == 1 and said in found[0])


def test_every_room_has_a_layer():
    rooms = {name.split(".")[0] for name in MODULES}
    assert rooms == set(LAYERS)


def _without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    first = body[0]
    told = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return body[1:] if told and isinstance(first.value.value, str) else body


def test_files_modules_and_functions_are_small():
    assert len(list(SOURCE.glob("*.py"))) <= 5
    for name, path in MODULES.items():
        text = path.read_text("utf-8")
        assert len(text.splitlines()) <= 300, name
        for node in ast.walk(ast.parse(text)):
            body = _without_docstring(node.body) if isinstance(node, ast.FunctionDef) else []
            lines = body[-1].end_lineno - body[0].lineno + 1 if body else 0
            assert lines <= 50, (name, node.name, lines)


def test_no_module_is_named_like_a_function_that_it_defines():
    for name, path in MODULES.items():
        tree = ast.parse(path.read_text("utf-8"))
        defined = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
        assert name.split(".")[-1] not in defined, name


def test_the_threshold_is_read_in_the_disclosure_room_alone():
    readers, numbers = set(), set()
    for name, path in MODULES.items():
        text = path.read_text("utf-8")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Attribute) and node.attr == "disclosure_threshold":
                readers.add(name)
            if isinstance(node, ast.Attribute) and node.attr == "fewest":
                numbers.add(name.split(".")[0])
    assert readers == {"privacy._rule", "survey.codebook_checks"}  # the second: is it a number?
    assert numbers == {"privacy"}
    for path in paths.NOTEBOOKS.glob("*.ipynb"):
        assert "disclosure_threshold" not in path.read_text("utf-8"), path.name


def test_the_library_speaks_of_no_channel_and_no_district():
    for name, path in MODULES.items():
        if name.split(".")[0] in LIBRARY:
            strings = {
                node.value
                for node in ast.walk(ast.parse(path.read_text("utf-8")))
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            }
            assert not strings & {"channel", "district", "satisfaction"}, name
