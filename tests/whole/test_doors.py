"""The names of the design can be imported from `analysis`."""

import subprocess
import sys

import pytest

import analysis

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
