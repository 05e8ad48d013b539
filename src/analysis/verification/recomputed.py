"""The R script that recomputes the headlines, run in a folder that is removed afterwards."""

import shutil
import subprocess
import tempfile
from pathlib import Path

import pandas as pd

from analysis.errors import SurveyError
from analysis.report import findings, outdated
from analysis.survey import Survey
from analysis.verification.described import describe

#: The script, and the packages that it needs besides those that come with R.
SCRIPT = Path(__file__).with_name("rscript") / "verify.R"
PACKAGES = ("jsonlite", "survey", "ordinal", "mvtnorm", "numDeriv")

#: Seconds that the script may take; on one busy core it takes two or three minutes.
PATIENCE = 1800


def program() -> str:
    """Find R with the packages that the script needs.

    Returns
    -------
    str
        The path of Rscript.

    Raises
    ------
    SurveyError
        If R, or a package, is not installed.
    """
    found = shutil.which("Rscript")
    if found is None:
        raise SurveyError(
            "R is not installed, so there is no second program to verify with; install R and its "
            f"packages {', '.join(PACKAGES)} (Debian: {' '.join(_debian(PACKAGES))})"
        )
    asked = ", ".join(f'"{each}"' for each in PACKAGES)
    code = f"cat(setdiff(c({asked}), rownames(installed.packages())))"
    run = subprocess.run(
        [found, "--vanilla", "-e", code], capture_output=True, text=True, check=False
    )
    lacking = run.stdout.split()
    if lacking:
        raise SurveyError(
            f"R lacks {', '.join(lacking)}; install with install.packages in R, or on Debian "
            f"{' '.join(_debian(lacking))}"
        )
    return found


def _debian(packages: tuple[str, ...] | list[str]) -> list[str]:
    return [f"r-cran-{each.lower()}" for each in packages]


def recompute(survey: Survey) -> pd.DataFrame:
    """Recompute the headlines of a survey with R, from its replies and its codebook.

    Parameters
    ----------
    survey : Survey
        With its results written.

    Returns
    -------
    pandas.DataFrame
        `finding, subject, rank, estimate, conf_low, conf_high, n, weighted, weighted_low,
        weighted_high, n_weighted, error, heavy_error, few, problem`, a row a headline or
        candidate for it. Numbers are not rounded: not to be shown.

    Raises
    ------
    SurveyError
        If R is not there, nothing is written yet, headlines were made from other replies or with
        another codebook than are here now, or the script fails.
    """
    responses = survey.processed / "responses.csv"
    published = findings.read_findings(survey)
    if published.empty or not responses.is_file():
        raise SurveyError(
            f"{survey.name} has no headlines to verify; run python -m analysis report --survey "
            f"{survey.name} first"
        )
    reason = outdated(survey, sorted(set(published["notebook"])))
    if reason:
        raise SurveyError(
            f"the headlines of {survey.name} cannot be verified: {reason}; run python -m analysis "
            f"report --survey {survey.name} first"
        )
    rscript = program()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        describe(survey, list(published["finding"]), folder)
        output = folder / "recomputed.csv"
        words = [rscript, "--vanilla", SCRIPT, responses, folder, output]
        try:
            run = subprocess.run(
                words, capture_output=True, text=True, timeout=PATIENCE, check=False
            )
        except subprocess.TimeoutExpired:
            raise SurveyError(f"the R script took longer than {PATIENCE} seconds") from None
        if run.returncode or not output.is_file():
            lines = run.stderr.strip().splitlines() or ["it said nothing"]
            raise SurveyError(f"the R script failed: {' '.join(lines[-2:])}")
        return pd.read_csv(output)
