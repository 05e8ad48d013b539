"""What headlines moved when the raw file, the codebook or the code of a survey changed."""

import hashlib
import math
import re
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from analysis import files, paths
from analysis.privacy import may_tell_change
from analysis.publish.pages import Page, render_template
from analysis.report import findings, interval, percent
from analysis.survey import Survey

NAME = "results_log.csv"

#: What makes a version, and how the page calls it.
KEY = {"raw": "raw file", "codebook": "codebook", "package": "code"}

COLUMNS = ["version", *KEY, "finding", "question", "subject", "estimate", "conf_low", "conf_high"]


def read_log(survey: Survey) -> pd.DataFrame:
    """Read the log of results as it is kept.

    Parameters
    ----------
    survey : Survey
        The survey.

    Returns
    -------
    pandas.DataFrame
        `COLUMNS`, a row a version and headline; none if there is no log. Where results are written
        elsewhere than into the project, and have no log yet, that of the project.
    """
    kept = (survey.processed, paths.ROOT / "data" / "processed" / survey.name)
    for folder in kept:
        if (folder / NAME).is_file():
            words = dict.fromkeys([*KEY, "finding", "question", "subject"], "str")
            return pd.read_csv(folder / NAME, dtype=words)[COLUMNS]
    return pd.DataFrame(columns=COLUMNS)


def new_log(survey: Survey, tables: Path) -> pd.DataFrame:
    """Bring the log up to the results of a run.

    Parameters
    ----------
    survey : Survey
        The survey.
    tables : pathlib.Path
        The folder of the tables that the notebooks wrote.

    Returns
    -------
    pandas.DataFrame
        The log with the results as its last version: a new one if raw file, codebook or code
        differ from those of the last, else in the place of it. No clock and no count is in it.
    """
    log = read_log(survey)
    key = version_key(survey)
    number = int(log["version"].max()) if len(log) else 0
    if not len(log) or key != dict(log[log["version"] == number].iloc[0][list(KEY)]):
        number += 1
    earlier = log[log["version"] < number]
    rows = [
        {"version": number, **key, **row} for row in logged(findings.read_findings(survey, tables))
    ]
    mine = pd.DataFrame(rows, columns=COLUMNS)
    return pd.concat([each for each in (earlier, mine) if len(each)] or [mine], ignore_index=True)


def write_log(survey: Survey, tables: Path) -> None:
    """Write the log beside the tables of a run; nothing if no headline can be compared.

    Parameters
    ----------
    survey : Survey
        The survey.
    tables : pathlib.Path
        The folder of the tables that the notebooks wrote.
    """
    log = new_log(survey, tables)
    if len(log):
        files.write_csv(log, tables / NAME, synthetic=survey.codebook.synthetic)


def version_key(survey: Survey) -> dict[str, str]:
    """Name what the results follow from.

    Parameters
    ----------
    survey : Survey
        The survey.

    Returns
    -------
    dict
        The first 12 digits of the SHA-256 of the raw file and of the codebook, and the version of
        the code.
    """
    codebook = (paths.RAW / survey.name / "codebook.toml").read_bytes().replace(b"\r\n", b"\n")
    return {
        "raw": survey.raw_sha256()[:12],
        "codebook": hashlib.sha256(codebook).hexdigest()[:12],
        "package": version("police-contact-survey"),
    }


def logged(found: pd.DataFrame) -> list[Mapping[str, object]]:
    """Choose the headlines that are compared, and round them.

    Parameters
    ----------
    found : pandas.DataFrame
        As `findings.read_findings` returns it.

    Returns
    -------
    list of mapping
        `finding, question, subject, estimate, conf_low, conf_high`: the shares of people that are
        shown and not adjusted by a model, in whole percents, intervals outwards.
    """
    rows = []
    for row in found.to_dict("records"):
        plain = row["unit"] == "share" and "adjusted" not in row["sentence"]
        if plain and not pd.isna(row["estimate"]):
            low, high = row["conf_low"], row["conf_high"]
            rows.append(
                {
                    "finding": row["finding"],
                    "question": row["question"],
                    "subject": subject(row["sentence"]),
                    "estimate": round(row["estimate"], 2),
                    "conf_low": low if pd.isna(low) else math.floor(round(100 * low, 6)) / 100,
                    "conf_high": high if pd.isna(high) else math.ceil(round(100 * high, 6)) / 100,
                }
            )
    return rows


def subject(sentence: str) -> str:
    """Say what a headline is about: its sentence without the numbers.

    Parameters
    ----------
    sentence : str
        The headline.

    Returns
    -------
    str
        Bands such as "16-24" and "75+" stay; it ends where weighted numbers begin.

    Examples
    --------
    >>> subject("65-74: 19% of 1,047 people (95% interval 13.2% to 27%); weighted 20%.")
    '65-74: # of # people (# interval # to #)'
    """
    unweighted = re.split(r"; weighted\b", sentence)[0]
    return re.sub(r"(?<![\w-])[+-]?\d[\d,]*(?:\.\d+)?%?(?![\w+-])", "#", unweighted)


def moved(survey: Survey, log: pd.DataFrame, found: pd.DataFrame) -> dict[str, list]:
    """Compare the last version with the one before it.

    Parameters
    ----------
    survey : Survey
        The survey.
    log : pandas.DataFrame
        As `new_log` returns it.
    found : pandas.DataFrame
        The findings of the last version.

    Returns
    -------
    dict
        `told`: mappings `finding, question, before, now` of what moved and may be told so;
        `reworded`: `finding, question` of what is now about something else; `others`: the same of
        what moved too little to be told, or not at all. What stands in one version alone is in
        none of them: it may have come or gone with few people.
    """
    last = int(log["version"].max())
    old, new = (log[log["version"] == each].set_index("finding") for each in (last - 1, last))
    people = found.set_index("finding")["n"]
    groups: dict[str, list] = {"told": [], "reworded": [], "others": []}
    for name in [each for each in new.index if each in old.index]:
        before, now = old.loc[name], new.loc[name]
        row = {"finding": name.replace("_", " "), "question": now["question"]}
        values = before["estimate"], now["estimate"]
        if before["subject"] != now["subject"]:
            groups["reworded"].append(row)
        elif may_tell_change(*values, int(people[name]), survey.codebook):
            groups["told"].append(row | {"before": _written(before), "now": _written(now)})
        else:
            groups["others"].append(row)
    return groups


def _written(row: pd.Series) -> str:
    ends = interval(row["conf_low"], row["conf_high"], "whole percent")
    return percent(row["estimate"]) + f" ({ends})" * (not pd.isna(row["conf_low"]))


def changes_html(
    survey: Survey,
    log: pd.DataFrame,
    found: pd.DataFrame,
    *,
    pages: Sequence[Page],
    survey_title: str,
    notice: str,
) -> str:
    """Make the page of what changed.

    Parameters
    ----------
    survey : Survey
        The survey.
    log : pandas.DataFrame
        As `new_log` returns it; without rows no run is known.
    found : pandas.DataFrame
        The findings of its last version.
    pages : sequence of Page
        All notebooks of the report, in their order.
    survey_title, notice : str
        Shown at the top; an empty notice is left out.

    Returns
    -------
    str
        A complete HTML page.
    """
    versions = log.drop_duplicates("version")[["version", *KEY]].to_dict("records")
    last = versions[-2:]
    new = [said for each, said in KEY.items() if last and last[0][each] != last[-1][each]]
    return render_template(
        "changes.html.j2",
        page=Page(stem="changes", title="What changed between versions"),
        sections=[],
        pages=[page for page in pages if not page.skipped],
        versions=versions,
        new=new,
        moved=moved(survey, log, found) if len(versions) > 1 else {},
        survey_title=survey_title,
        notice=notice,
        population="",
    )
