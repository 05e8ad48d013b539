"""Answers for coding by hand, by two people, and what their codes say of the rules."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from analysis import files, paths, privacy
from analysis.errors import SurveyError
from analysis.paired import kappa
from analysis.survey import Survey
from analysis.themes import answers, theme_codes
from analysis.themes.agreement import compare_codes

CODERS = ("coder_1", "coder_2")

COLUMNS = ("raw_row", "question", "text", *CODERS, "sample")

#: What a coder writes for an answer that is about none of the themes.
NONE = "none"

#: Any seed would do; the same one gives the same sheet.
SEED = 20231015


@dataclass(frozen=True, kw_only=True)
class HandCoded:
    """Codes of two people, and of the rules, for the same answers.

    Each is boolean, a row an answer (index: raw_row and question) and a column a theme's label.
    """

    coder_1: pd.DataFrame
    coder_2: pd.DataFrame
    rules: pd.DataFrame


def sheet(
    survey: Survey, responses: pd.DataFrame, *, sample: int, seed: int = SEED
) -> pd.DataFrame:
    """Draw answers to be coded by hand.

    Parameters
    ----------
    survey : Survey
        With its raw file.
    responses : pandas.DataFrame
        Rows of `survey.responses()`.
    sample : int
        How many answers, over all open questions together; all, if there are fewer.
    seed : int
        Of the sample.

    Returns
    -------
    pandas.DataFrame
        `raw_row, question, text` (redacted), empty `coder_1, coder_2`, and `sample`, which says
        how it was drawn.

    Raises
    ------
    SurveyError
        If the sample is smaller than 1.
    ValueError
        If the codebook has no themes, or nobody answered.
    """
    if sample < 1:
        raise SurveyError(f"--sample {sample}; give 1 or more answers")
    numbers, rows = answers.public_numbers(survey), []
    roles = [question.role for question in survey.codebook.questions if question.kind == "text"]
    for role in roles:
        texts = answers.texts(survey, responses, role)
        ordinary = privacy.ordinary_words(texts)
        rows += [
            (int(responses.loc[at, "raw_row"]), role,
             privacy.redact(text, ordinary=ordinary, numbers=numbers))
            for at, text in texts.items()
        ]  # fmt: skip
    rng = np.random.default_rng(seed)
    drawn = sorted(rng.permutation(len(rows))[:sample])
    frame = pd.DataFrame([rows[at] for at in drawn], columns=COLUMNS[:3])
    return frame.assign(coder_1="", coder_2="", sample=f"{sample} answers, seed {seed}")


def write_sheets(
    survey: Survey, responses: pd.DataFrame, *, sample: int, seed: int = SEED,
    overwrite: bool = False,
) -> tuple[Path, Path]:  # fmt: skip
    """Write a sheet for two coders, and the themes that they choose from.

    Parameters
    ----------
    survey, responses, sample, seed
        As for `sheet`.
    overwrite : bool
        Whether to replace a sheet that is there, with whatever coders have written into it.

    Returns
    -------
    tuple of pathlib.Path
        The sheet and the list of themes, in a folder that git ignores.

    Raises
    ------
    SurveyError
        If the sheet is there already.
    """
    folder = paths.OUT / "hand_coding" / survey.name
    path, themes = folder / f"sheet_{sample}.csv", folder / "themes.csv"
    frame = sheet(survey, responses, sample=sample, seed=seed)
    if path.exists() and not overwrite:
        raise SurveyError(
            f"{path.name} of {survey.name} is there already, perhaps with codes; move it away, or "
            "say --overwrite to replace it"
        )
    listed = pd.DataFrame(
        [(t.code, t.label, t.description) for t in theme_codes.rules_of(survey.codebook).themes]
        + [(NONE, "No theme", "The answer is about none of the themes.")],
        columns=["code", "label", "description"],
    )
    for place, table in ((themes, listed), (path, frame)):
        safe = table.map(files.safe_cell)
        content = safe.to_csv(index=False, lineterminator="\n")
        files.replace_bytes(place, content.encode("utf-8-sig"))
    return path, themes


def compare_coders(coded: HandCoded) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Compare two coders with each other, and the rules with what both say.

    Parameters
    ----------
    coded : HandCoded
        As `hand_reading.read_hand_codes` returns it.

    Returns
    -------
    tuple of pandas.DataFrame
        Cohen's kappa of each theme, `level, estimate, conf_low, conf_high, n_first, n_second, n`
        (NA where one of the coders found it in no answer or in all); and `agreement` of the
        rules with the codes of the answers on which both coders say the same of that theme.
    """
    kappas, parts = [], []
    for theme in coded.rules.columns:
        one, two = coded.coder_1[theme], coded.coder_2[theme]
        counts = pd.crosstab(one, two).reindex(
            index=[False, True], columns=[False, True], fill_value=0
        )
        row = {"level": theme, "estimate": np.nan, "conf_low": np.nan, "conf_high": np.nan}
        if all(0 < each.sum() < len(each) for each in (one, two)):
            found = kappa(counts)
            row |= {key: getattr(found, key) for key in ("estimate", "conf_low", "conf_high")}
        kappas.append(row | {"n_first": one.sum(), "n_second": two.sum(), "n": len(one)})
        same = one == two
        if same.any():
            parts.append(compare_codes(coded.rules.loc[same, [theme]], one[same].to_frame()))
    both = pd.concat([part.astype({"level": "str"}) for part in parts], ignore_index=True)
    return pd.DataFrame(kappas), both
