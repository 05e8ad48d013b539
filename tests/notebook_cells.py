"""Run the code of a notebook inside a test, on results that lie in a scratch folder."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from analysis import paths

LINE = "this = survey.load()"


def run_cells(stem: str, line: str = LINE) -> tuple[list[str], dict]:
    """Run a notebook's code with another line that loads; return what it shows, and its names."""
    (path,) = paths.NOTEBOOKS.glob(f"{stem}*.ipynb")
    notebook = nbformat.read(path, as_version=4)
    shown, space = [], {"display": lambda *each: shown.extend(map(repr, each)), "__name__": "cells"}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            lines = cell.source.replace(LINE, line).rstrip().split("\n")
            exec("\n".join(lines), space)
    return shown, space


def set_apart(
    patch: pytest.MonkeyPatch, folder: Path, *, role: str = "", turned: Mapping | None = None
) -> None:
    """Let results go to a folder that has the cleaned responses alone, answers perhaps turned."""
    patch.setattr(paths, "PROCESSED", folder / "processed")
    patch.setattr(paths, "FIGURES", folder / "figures")
    patch.delenv("SURVEY", raising=False)
    kept = paths.ROOT / "data" / "processed" / "herts_2023" / "responses.csv"
    target = folder / "processed" / "herts_2023"
    target.mkdir(parents=True)
    shutil.copy(kept, target)
    if turned:
        coded = pd.read_csv(kept, dtype="str", keep_default_na=False)
        coded = coded.assign(**{role: coded[role].replace(dict(turned))})
        coded.to_csv(target / "responses.csv", index=False)
