"""Cleaned responses in codes: with their labels, and counted."""

from io import StringIO
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import csv

from analysis.survey.codebook import MISSING, Codebook, Question

#: What stands where there is no answer.
_NOTHING = ["", *MISSING]


#: A file of more bytes is read another way, to the same answers.
_LARGE = 32 << 20


def read(path: Path) -> pd.DataFrame:
    """Read cleaned responses as notebook 01 wrote them.

    Parameters
    ----------
    path : pathlib.Path
        responses.csv.

    Returns
    -------
    pandas.DataFrame
        All text, "" for nothing; of a large file Categorical of text, a byte or two a cell, and
        `raw_row` in whole numbers.
    """
    if path.stat().st_size <= _LARGE:
        return pd.read_csv(path, dtype="str", keep_default_na=False)
    with csv.open_csv(path) as opened:
        names = [name for name in opened.schema.names if name != "raw_row"]
    text = pa.dictionary(pa.int32(), pa.string())
    convert = csv.ConvertOptions(
        column_types={"raw_row": pa.int64(), **dict.fromkeys(names, text)},
        strings_can_be_null=False,
    )
    read = csv.read_csv(path, convert_options=convert).unify_dictionaries()
    return read.to_pandas(self_destruct=True)


def as_written(responses: pd.DataFrame) -> pd.DataFrame:
    """Give cleaned responses the form in which they are read from their file.

    Parameters
    ----------
    responses : pandas.DataFrame
        As `cleaning.clean` returns them.

    Returns
    -------
    pandas.DataFrame
        Text, "" for nothing, or Categorical of text; `raw_row` in whole numbers.

    Examples
    --------
    >>> made = as_written(pd.DataFrame({"raw_row": [3], "age": ["16-24"], "flag_speeder": [True]}))
    >>> made.astype("str").iloc[0].tolist()
    ['3', '16-24', 'True']
    """
    cleaned = responses.reset_index(drop=True)
    cleaned = cleaned.assign(
        **{name: _flags(each) for name, each in cleaned.select_dtypes("bool").items()}
    )
    others = cleaned.select_dtypes(exclude=["str", "category", "int64"])
    if others.shape[1]:
        text = StringIO(others.to_csv(index=False))
        written = pd.read_csv(text, dtype="str", keep_default_na=False)
        cleaned = cleaned.assign(**{name: written[name] for name in others})
    return cleaned.assign(**cleaned.select_dtypes("str").fillna(""))


def _flags(rows: pd.Series) -> pd.Series:
    """Write truth values as text."""
    codes = rows.to_numpy().astype(np.int8)
    kinds = pd.CategoricalDtype(pd.Index(["False", "True"], dtype="str"))
    return pd.Series(pd.Categorical.from_codes(codes, dtype=kinds), index=rows.index)


def decoded(coded: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Give codes their labels and types.

    Parameters
    ----------
    coded : pandas.DataFrame
        As `Survey.coded_responses` returns it.
    codebook : Codebook
        Its questions.

    Returns
    -------
    pandas.DataFrame
        See `Survey.responses`.
    """
    frame = decoded_columns(coded, codebook)
    frame.insert(0, "raw_row", coded["raw_row"].astype(int))
    lacking = [name for each in codebook.questions for name in each.columns if name not in frame]
    if lacking:
        raise KeyError(lacking[0])
    return frame


def decoded_columns(coded: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Give those of the columns that are there their labels and types.

    Parameters
    ----------
    coded : pandas.DataFrame
        Some columns of responses in codes.
    codebook : Codebook
        Its questions.

    Returns
    -------
    pandas.DataFrame
        As `decoded`, without `raw_row`.
    """
    frame = pd.DataFrame(index=coded.index)
    for question in codebook.questions:
        for column in question.columns:
            if column in coded:
                frame[column] = _labelled(coded[column], question)
    for column in coded.columns[coded.columns.str.startswith("flag_")]:
        frame[column] = coded[column] == "True"
    return frame


def _labelled(values: pd.Series, question: Question) -> pd.Series | pd.Categorical:
    if question.kind in ("single", "ordered"):
        ordered = question.kind == "ordered"
        codes = question.offered if ordered else question.codes
        told = pd.Categorical(values).set_categories(codes, ordered=ordered)
        return told.rename_categories([question.labels[code] for code in codes])
    if question.kind in ("multiple", "number", "weight"):
        return _numbers(values)
    told = pd.Categorical(values)
    return told.remove_categories(told.categories.intersection(_NOTHING))


def _numbers(values: pd.Series) -> pd.Series:
    """Read numbers, each distinct text once; NA for every kind of missing."""
    codes, texts = pd.factorize(values)
    numbers = pd.Series(texts.astype("str")).mask(texts.isin(_NOTHING)).astype(float)
    return numbers.take(codes).set_axis(values.index)


def coverage(coded: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Count who was asked and who answered each question.

    Parameters
    ----------
    coded : pandas.DataFrame
        All text, as notebook 01 writes it.
    codebook : Codebook
        Its questions.

    Returns
    -------
    pandas.DataFrame
        See `Survey.coverage`.
    """
    rows = []
    for question in codebook.questions:
        if question.kind in ("date", "number", "weight"):
            continue
        kinds = coded[question.columns[0]].value_counts()
        missing = {kind: int(kinds.get(kind, 0)) for kind in MISSING}
        asked = len(coded) - missing["not_asked"]
        answered = asked - missing["dont_know"] - missing["no_answer"]
        rows.append(
            {
                "question": question.id.replace("_", " "),
                "role": question.role,
                "asked": asked,
                "answered": answered,
                "dont_know": missing["dont_know"],
                "no_answer": missing["no_answer"],
                "not_asked": missing["not_asked"],
            }
        )
    return pd.DataFrame(rows)
