"""The names of the design can be imported from `analysis`."""

import subprocess
import sys
from importlib import import_module

import pytest

import analysis
from analysis import paths

DESIGNED = [
    "survey",
    "codebook",
    "exports",
    "cleaning",
    "exclusions",
    "weights",
    "proportions",
    "paired",
    "ordinal",
    "margins",
    "assumptions",
    "themes",
    "privacy",
    "simulate",
    "figures",
    "style",
    "report",
    "population",
    "bases",
    "findings",
    "flags",
]


@pytest.mark.parametrize("name", DESIGNED)
def test_a_name_of_the_design_is_there(name):
    done = __import__("analysis", fromlist=[name])
    assert getattr(done, name).__name__.startswith("analysis.")


def test_another_name_is_an_error_of_the_usual_kind():
    with pytest.raises(AttributeError, match="module 'analysis' has no attribute 'utils'"):
        _ = analysis.utils


def test_importing_the_project_imports_nothing_large():
    code = "import sys, analysis; print(sorted({'numpy', 'pandas', 'scipy'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_what_a_front_lists_is_there():
    rooms = [path.parent.name for path in (paths.ROOT / "src" / "analysis").glob("*/__init__.py")]
    for room in rooms:
        front = import_module(f"analysis.{room}")
        listed = getattr(front, "__all__", [])
        assert [name for name in listed if not hasattr(front, name)] == [], room
        assert len(listed) == len(set(listed)), room
