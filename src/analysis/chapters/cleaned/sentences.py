"""Sentences on which replies are analysed, made from the ledger and the tables of its notebook."""

import pandas as pd

from analysis.privacy import Rule
from analysis.report import percent


def answer_texts(ledger: pd.DataFrame, doubtful: int, rule: Rule) -> list[str]:
    """Say how many replies are analysed, why the others are not, and how many are doubtful.

    Parameters
    ----------
    ledger : pandas.DataFrame
        As `Ledger.to_frame` returns it, one step or more.
    doubtful : int
        Replies kept that carry a flag.
    rule : Rule
        How few are too few.

    Returns
    -------
    list of str
        A paragraph each; the last is "" if too few are doubtful.

    Examples
    --------
    >>> ledger = pd.DataFrame({"reason": ["nothing was answered"], "rows_before": [1200],
    ...                        "rows_excluded": [12], "rows_after": [1188]})
    >>> for text in answer_texts(ledger, 61, Rule(10)):
    ...     print(text)
    Of 1,200 replies received, 1,188 are analysed.
    12 (1.0%) are left out; the most frequent reason, with 12, is: nothing was answered.
    61 of those kept are flagged as doubtful and stay in.
    """
    received, kept = _ends(ledger)
    return [
        f"Of {received:,} replies received, {kept:,} are analysed.",
        _left_out_sentence(ledger),
        f"{doubtful:,} of those kept are flagged as doubtful and stay in." * rule.enough(doubtful),
    ]


def kept_sentence(ledger: pd.DataFrame) -> str:
    """Say how many replies are analysed, as a headline.

    Parameters
    ----------
    ledger : pandas.DataFrame
        As for `answer_texts`.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> kept_sentence(pd.DataFrame({"rows_before": [1200, 1188], "rows_after": [1188, 1117]}))
    '1,117 of 1,200 replies received are analysed.'
    """
    received, kept = _ends(ledger)
    return f"{kept:,} of {received:,} replies received are analysed."


def reconciled_sentence(ledger: pd.DataFrame) -> str:
    """Say that no reply was lost between the first step and the last.

    Parameters
    ----------
    ledger : pandas.DataFrame
        As for `answer_texts`.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> reconciled_sentence(pd.DataFrame({"rows_before": [12, 10], "rows_after": [10, 9]}))
    'The ledger reconciles: 12 replies in = 9 kept + 3 left out.'
    """
    received, kept = _ends(ledger)
    whole = f"{kept:,} kept + {received - kept:,} left out"
    return f"The ledger reconciles: {received:,} replies in = {whole}."


def recoded_sentence(recoded: int, left: int) -> str:
    """Say what became of the texts behind "Other".

    Parameters
    ----------
    recoded, left : int
        Texts that name a listed answer, and texts that do not.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> print(recoded_sentence(39, 60))
    Texts that the codebook's recodes name as a listed answer, and that count as it: 39; texts \
behind "Other" that name none, and stay there: 60.
    """
    if not (recoded or left):
        return 'This survey has no free text behind "Other".'
    return (
        "Texts that the codebook's recodes name as a listed answer, and that count as it: "
        f'{recoded:,}; texts behind "Other" that name none, and stay there: {left:,}.'
    )


def written_sentence(responses: pd.DataFrame, *, unchanged: bool) -> str:
    """Say what was written, and whether the raw file is still the one that was read.

    Parameters
    ----------
    responses : pandas.DataFrame
        What was written.
    unchanged : bool
        Whether the raw file is as it was.

    Returns
    -------
    str
        Two sentences.

    Examples
    --------
    >>> written_sentence(pd.DataFrame({"raw_row": [1, 2]}), unchanged=True)
    '2 rows and 1 columns written. The raw file is unchanged.'
    """
    raw = "The raw file is unchanged." if unchanged else "**The raw file changed: run this again.**"
    return f"{len(responses):,} rows and {responses.shape[1]} columns written. {raw}"


def least_answered_sentence(coverage: pd.DataFrame) -> str:
    """Say which question the smallest share of the people asked answered.

    Parameters
    ----------
    coverage : pandas.DataFrame
        As `survey.coverage()` returns it.

    Returns
    -------
    str
        One sentence; the first of several questions with the same share.

    Examples
    --------
    >>> least_answered_sentence(
    ...     pd.DataFrame({"question": ["age", "why"], "asked": [9, 8], "answered": [9, 2]}))
    'The question answered least is "why": 2 of 8 people asked (25.0%).'
    """
    share = coverage["answered"] / coverage["asked"]
    least = coverage.loc[share.idxmin()]
    return (
        f'The question answered least is "{least["question"]}": {least["answered"]:,} of '
        f"{least['asked']:,} people asked ({percent(share.min(), 1)})."
    )


def _ends(ledger: pd.DataFrame) -> tuple[int, int]:
    return ledger["rows_before"].iloc[0], ledger["rows_after"].iloc[-1]


def _left_out_sentence(ledger: pd.DataFrame) -> str:
    received, kept = _ends(ledger)
    if kept == received:
        return "None is left out."
    left_out = received - kept
    most = ledger.loc[ledger["rows_excluded"].idxmax()]
    return (
        f"{left_out:,} ({percent(left_out / received, 1)}) are left out; the most frequent "
        f"reason, with {most['rows_excluded']:,}, is: {most['reason']}."
    )
