"""The headlines of the default survey in the README, written by a command."""

import re
from pathlib import Path

import pandas as pd

from analysis import files, paths, report
from analysis.errors import SurveyError
from analysis.report import findings
from analysis.survey import DEFAULT, load

_BLOCK = re.compile(r"<!-- findings:\s(?P<ids>[^>]*?)-->\n.*?<!-- /findings -->", re.S)


def with_findings(text: str, folder: Path | None = None) -> str:
    r"""Put the sentences of findings.csv between the marks of a text.

    Parameters
    ----------
    text : str
        A README; the first mark, ``<!-- findings: id id -->``, names the headlines in order, and
        ``<!-- /findings -->`` ends their list.
    folder : pathlib.Path, optional
        Where the processed tables are, if not in their own place.

    Returns
    -------
    str
        The text with a line a headline of the default survey.

    Raises
    ------
    SurveyError
        If the marks are not there, or findings.csv has no headline of that name.

    Examples
    --------
    >>> print(with_findings("<!-- findings: replies_kept -->\n<!-- /findings -->"))
    <!-- findings: replies_kept -->
    - 1,117 of 1,200 replies received are analysed.
    <!-- /findings -->
    """
    block = _BLOCK.search(text)
    if block is None:
        raise SurveyError("README.md has no whole <!-- findings: ... --> block; put its marks back")
    said = _sentences(folder)
    wanted = block["ids"].split()
    unknown = [each for each in wanted if each not in said.index]
    if unknown:
        raise SurveyError(
            f"findings.csv has no headline {', '.join(unknown)}; run the notebooks, or take the "
            "name out of the mark in README.md"
        )
    start = block.group().partition("-->")[0] + "-->"
    lines = "\n".join(f"- {report.literal(said[each])}" for each in wanted)
    return text[: block.start()] + f"{start}\n{lines}\n<!-- /findings -->" + text[block.end() :]


def _sentences(folder: Path | None) -> pd.Series:
    try:
        table = findings.read_findings(load(DEFAULT), folder)
        said = table.set_index("finding")["sentence"]
    except (KeyError, ValueError) as problem:
        raise SurveyError("findings.csv cannot be read; run the notebooks again") from problem
    if not said.index.is_unique:
        twice = sorted(said.index[said.index.duplicated()])
        raise SurveyError(f"findings.csv has {', '.join(twice)} twice; run the notebooks again")
    return said


def new_readme(folder: Path | None = None) -> str:
    """Make README.md with the headlines as they are now.

    Parameters
    ----------
    folder : pathlib.Path, optional
        As for `with_findings`.

    Returns
    -------
    str
        The whole text.

    Raises
    ------
    SurveyError
        As `with_findings`, or if README.md is not UTF-8.
    """
    try:
        text = (paths.ROOT / "README.md").read_text("utf-8")
    except UnicodeDecodeError as problem:
        raise SurveyError("README.md is not UTF-8; save it as UTF-8") from problem
    return with_findings(text, folder)


def write_findings() -> Path:
    """Write the headlines into README.md.

    Returns
    -------
    pathlib.Path
        README.md.

    Raises
    ------
    SurveyError
        As `new_readme`; nothing has been written then.
    """
    path = paths.ROOT / "README.md"
    files.replace_text(path, new_readme())
    return path
