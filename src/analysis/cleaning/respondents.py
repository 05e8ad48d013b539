"""The id of a respondent, of one column or several, and replies that share one."""

import pandas as pd

from analysis.cleaning.columns import Columns, blank_texts
from analysis.cleaning.keys import Keys
from analysis.errors import contradiction_error
from analysis.survey.codebook import Codebook

#: More replies than this under one respondent are no person's.
_MOST_REPLIES_OF_ONE = 5

_IN_WAVES = ", or give the question that tells the wave the role wave, and one reply counts in each"

_BETWEEN = "\x1f"  # stands in no text that people or programs write


def respondent_keys(columns: Columns, codebook: Codebook) -> list[Keys]:
    """Give numbers to the cells of the columns that together name a person.

    Parameters
    ----------
    columns : Columns
        Of the export.
    codebook : Codebook
        With or without a question of role `respondent`.

    Returns
    -------
    list of Keys
        A column each, see `keys.combined`; empty without such a question.
    """
    if not codebook.has("respondent"):
        return []
    question = codebook.question("respondent")
    named = [columns[name] for name in question.source_columns]
    return [Keys.of(each, blank_texts(each, question, codebook)) for each in named]


def respondent_ids(columns: Columns, codebook: Codebook) -> pd.Series:
    """Return who sent each reply.

    Parameters
    ----------
    columns : Columns
        Of the export.
    codebook : Codebook
        With a question of role `respondent`, whose columns together name a person.

    Returns
    -------
    pandas.Series
        Text, a value a reply; "" where one of the columns is blank: that reply is nobody
        else's.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from analysis import survey
    >>> codebook = survey.load("herts_2023").codebook
    >>> serial = replace(codebook.questions[0], role="respondent", column="Week",
    ...                  further_columns=("Serial",))
    >>> raw = pd.DataFrame(
    ...     {"raw_row": [1, 2, 3], "Week": ["1", "2", "2"], "Serial": ["7", "7", ""]}
    ... )
    >>> ids = respondent_ids(Columns(raw), replace(codebook, questions=(serial,)))
    >>> ids.nunique(), ids.iloc[2]
    (3, '')
    """
    question, joined = codebook.question("respondent"), None
    for name in question.source_columns:
        column = columns[name]
        keys = column.spread(column.match_keys.to_pandas()).astype("str")
        joined = keys if joined is None else joined + _BETWEEN + keys
    blank = [
        columns[name].spread(blank_texts(columns[name], question, codebook))
        for name in question.source_columns
    ]
    return joined.mask(pd.concat(blank, axis=1).any(axis=1), "")


def last_first(frame: pd.DataFrame) -> pd.Index:
    """Return the replies from the last one sent to the first.

    Parameters
    ----------
    frame : pandas.DataFrame
        Coded replies with `raw_row` and, if it was recorded, `submitted`; those without a time
        come last.

    Returns
    -------
    pandas.Index
        Of the rows of `frame`.

    Examples
    --------
    >>> last_first(pd.DataFrame({"raw_row": [1, 2, 3]})).tolist()
    [2, 1, 0]
    """
    by = [name for name in ("submitted", "raw_row") if name in frame]
    return frame.sort_values(by, ascending=False, na_position="last").index


def refuse_shared(ids: pd.Series, answers: pd.DataFrame, codebook: Codebook) -> None:
    """Raise if an id is not one person's: too many replies have it, or they differ.

    Parameters
    ----------
    ids : pandas.Series
        A whole number a respondent, 0 for nobody's.
    answers : pandas.DataFrame
        Whole numbers, 0 for none, same index: replies x columns, without the id.
    codebook : Codebook
        With `last_reply_counts` replies may differ.

    Raises
    ------
    SurveyError
        With the numbers of ids and replies. No id is named: it may be a name or an address.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from analysis import survey
    >>> codebook = survey.load("herts_2023").codebook
    >>> serial = replace(codebook.questions[0], role="respondent")
    >>> ids, answers = pd.Series([7, 7]), pd.DataFrame({"age": [1, 2]})
    >>> refuse_shared(
    ...     ids, answers, replace(codebook, questions=(serial,))
    ... )  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    analysis.errors.SurveyError: codebook.toml of herts_2023: question 'started' (respondent): ...
    """
    question, problems = codebook.question("respondent"), []
    most = ids[ids != 0].value_counts().max()
    if most > _MOST_REPLIES_OF_ONE:
        problems.append(
            f"question {question.id!r} (respondent): {most:,} replies have the same id, and nobody "
            "replies so often; take the role respondent from it, or list the text in [cleaning] "
            "blank if it stands for no id"
        )
    if not codebook.cleaning.last_reply_counts:
        problems += _different(ids, answers, codebook)
    if problems:
        raise contradiction_error(codebook.id, problems)


def _different(ids: pd.Series, answers: pd.DataFrame, codebook: Codebook) -> list[str]:
    """Say how many ids stand in replies of which both answered a question, and not alike."""
    shared = ids[(ids != 0) & ids.duplicated(keep=False)]
    said = answers.loc[shared.index]
    texts = said.mask(said == 0).groupby(shared).nunique()
    differ = texts.gt(1).sum(axis=1)
    differ = differ[differ > 0]
    if differ.empty:
        return []
    question, replies = codebook.question("respondent"), int(shared.isin(differ.index).sum())
    few, many = int(differ.min()), int(differ.max())
    one, named = len(differ) == 1, ", ".join(f'"{name}"' for name in question.source_columns)
    return [
        f"question {question.id!r} (respondent): {len(differ):,} {'id' if one else 'ids'} "
        f"{'stands' if one else 'stand'} in {replies:,} replies whose answers differ, in "
        f"{few if few == many else f'{few} to {many}'} of {answers.shape[1]} columns; if they are "
        f"of several people, name all the columns that make an id, columns = [{named}, ...], or "
        "take the role respondent from it; if they are of one person each, write "
        "last_reply_counts = true in [cleaning], and the last reply of an id counts"
        f"{'' if codebook.has('wave') else _IN_WAVES}"
    ]
