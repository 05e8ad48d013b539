"""The pages for people who carry on name files and functions that are there."""

import ast
import re

import pytest

from analysis import paths

SOURCE = paths.ROOT / "src" / "analysis"
PAGES = [
    "README.md",
    "CONTRIBUTING.md",
    "docs/architecture.md",
    "docs/codebook.md",
    "docs/tables.md",
    "docs/formats.md",
    "docs/your-own-survey.md",
]


def _defined(path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
    return names


@pytest.mark.parametrize("page", PAGES)
def test_files_that_a_page_names_are_there(page):
    text = (paths.ROOT / page).read_text("utf-8")
    for name in re.findall(r"`((?:[\w.]+/)+[\w.]+\.(?:py|md|R|toml|csv))(?:: [^`]*)?`", text):
        places = [paths.ROOT / name, SOURCE / name, paths.ROOT / "docs" / name]
        assert any(place.exists() for place in places) or "<" in name, (page, name)


def test_the_trails_name_functions_that_are_there():
    text = (paths.ROOT / "docs" / "architecture.md").read_text("utf-8")
    stops = re.findall(r"`([\w/]+\.py): ([\w.]+)`", text)
    assert len(stops) >= 15
    for file, name in stops:
        assert set(name.split(".")) <= _defined(SOURCE / file), (file, name)


def test_rooms_and_modules_that_the_readme_and_the_plan_name_are_there():
    for page in ("README.md", "docs/architecture.md"):
        text = (paths.ROOT / page).read_text("utf-8")
        for room, rest in re.findall(r"`(survey|publish|report)\.(\w+)`", text):
            assert (SOURCE / room / f"{rest}.py").exists(), (page, room, rest)
    plan = (paths.ROOT / "docs" / "architecture.md").read_text("utf-8")
    rooms = {path.name for path in SOURCE.iterdir() if (path / "__init__.py").exists()}
    assert rooms <= set(re.findall(r"`(\w+)`", plan))
