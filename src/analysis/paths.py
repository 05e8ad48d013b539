"""Where things lie: constants only."""

import os
from pathlib import Path

#: The checkout: holds notebooks/ and data/raw/. The package is installed from it (pip install -e).
ROOT = Path(__file__).resolve().parents[2]

#: Raw exports and codebooks, a folder a survey. Never written to, but by `simulate`. Whoever looks
#: at a copy of a survey, as `attack` does, names another folder.
RAW = (
    Path(os.environ["ANALYSIS_SURVEYS"]).resolve()
    if os.environ.get("ANALYSIS_SURVEYS")
    else ROOT / "data" / "raw"
)

#: A second place to look for raw files that the project may not carry.
RAW_ELSEWHERE = (
    Path(os.environ["ANALYSIS_RAW"]).resolve() if os.environ.get("ANALYSIS_RAW") else None
)

#: The notebooks, in the order of their names.
NOTEBOOKS = ROOT / "notebooks"

#: What is written about the project, by hand or by a command.
DOCS = ROOT / "docs"

#: Everything that is written goes below this folder: the checkout, or a scratch folder.
OUT = Path(os.environ.get("ANALYSIS_OUT") or ROOT).resolve()

#: Cleaned tables, a folder a survey.
PROCESSED = OUT / "data" / "processed"

#: Figures with the numbers drawn, a folder a survey.
FIGURES = OUT / "figures"

#: The rendered report, a folder a survey.
REPORTS = OUT / "reports"
