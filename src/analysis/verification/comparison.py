"""Headlines as published beside those of the R script, row by row."""

import pandas as pd

from analysis.verification.equals import boundary, tie
from analysis.verification.steps import EXACT, distance, steps_of

#: Numbers of a headline, as findings.csv has them.
NUMBERS = (
    "estimate", "conf_low", "conf_high", "n", "weighted", "weighted_low", "weighted_high",
    "n_weighted",
)  # fmt: skip

#: Columns of the outcome.
COLUMNS = ["finding", "outcome", "compared", "how"]

AGREED, LISTED, DIFFERS = "agreed", "listed", "differs"

#: How the problem of a row begins that is known and has a reason.
_KNOWN = "listed: "


def compare(published: pd.DataFrame, recomputed: pd.DataFrame) -> pd.DataFrame:
    """Compare every headline with the same of the R script.

    Parameters
    ----------
    published : pandas.DataFrame
        As `findings.read_findings` returns it.
    recomputed : pandas.DataFrame
        As `recomputed.recompute` returns it: `finding, subject, rank`, the numbers unrounded,
        `error, heavy_error` (how far simulation may move an end of an interval, without and with
        weights) and `problem`. A headline about one of several has a row a candidate, with that
        by which they are chosen (`equals.tie`); a spread says how far the likelihood is flat
        (`equals.boundary`).

    Returns
    -------
    pandas.DataFrame
        A row a headline: `finding, outcome` ("agreed", "listed" or "differs"), `compared` (how
        many numbers), `how` (to what the numbers agree, why it is listed, or what differs).

    Notes
    -----
    Exact numbers agree to 0.00001. Where a published number is rounded by the rules on disclosure
    R's own must be one that is rounded to it; R's number is then never told, not even where it
    differs, but as it would be published. An end that rests on simulated numbers may lie as far
    off as its method says of itself. A number that one of the two lacks is a difference. Where
    the numbers that decide say that R's choice and the published one are equal ("tie"), or that a
    spread is at the boundary of what it can be ("boundary"), the row is listed with that, if all
    its other numbers agree.

    Examples
    --------
    >>> row = {"finding": "replies_kept", "sentence": "9 of 10.", "estimate": 0.9, "n": 10}
    >>> own = {"finding": "replies_kept", "subject": "", "rank": 1, "estimate": 0.9, "n": 10,
    ...        "error": 0.0, "heavy_error": 0.0, "problem": ""}
    >>> compare(pd.DataFrame([row]), pd.DataFrame([own]))[["finding", "outcome", "compared"]]
            finding outcome  compared
    0  replies_kept  agreed         2
    """
    rows = []
    for row in published.to_dict("records"):
        mine = recomputed[recomputed["finding"] == row["finding"]]
        rows.append({"finding": row["finding"]} | _one(row, mine))
    return pd.DataFrame(rows, columns=COLUMNS)


def _one(row: dict, mine: pd.DataFrame) -> dict[str, object]:
    """Compare one headline."""
    if mine.empty:
        return _told(DIFFERS, 0, "the R script gave no row")
    problem = _text(mine["problem"].iloc[0])
    if problem.startswith(_KNOWN):
        return _told(LISTED, 0, problem.removeprefix(_KNOWN))
    if problem:
        return _told(DIFFERS, 0, f"the R script stopped: {problem}")
    found = [each for each in mine.to_dict("records") if _is_about(row, each["subject"])]
    if not found:
        first = _text(mine["subject"].iloc[0]).strip("^ :(")
        return _told(DIFFERS, 0, f"R would choose another: {first}")
    own, said, listed = found[0], [], []
    if own["rank"] != own["rank"]:
        said.append("the number alone: which of several comes first is not repeated")
    elif own["rank"] > 1:
        first, equal = _text(mine["subject"].iloc[0]).strip("^ :("), tie(own, mine)
        if not equal:
            return _told(DIFFERS, 0, f"R would choose another: {first}")
        listed.append(f"tie: R names another first, {first}; {equal}")
    wrong, compared, kinds = [], 0, {}
    for column in NUMBERS:
        given, made = _number(row.get(column)), _number(own.get(column))
        if given is None and made is None:
            continue
        compared += 1
        difference, kind = _column(row["finding"], column, given, made, own)
        if difference and None not in (given, made) and boundary(column, given, made, own):
            listed.append(f"boundary: {boundary(column, given, made, own)}")
            continue
        wrong += [difference] * bool(difference)
        kinds.setdefault(kind, []).append(column)
    if wrong:
        return _told(DIFFERS, compared, "; ".join(wrong))
    how = [f"{', '.join(columns)}: {kind}" for kind, columns in kinds.items()]
    return _told(LISTED if listed else AGREED, compared, "; ".join(listed + how + said))


def _column(
    finding: str, column: str, given: float | None, made: float | None, own: dict
) -> tuple[str, str]:
    """Say how one number differs ("" if it does not), and what it was held to."""
    if given is None or made is None:
        who = "R has a number" if given is None else f"{given:g} is published"
        return f"{column}: {who}, the other has none", ""
    step = steps_of(finding).of(column)
    slack = _number(own["heavy_error" if column.startswith("weighted") else "error"]) or 0.0
    slack = slack if column.endswith(("_low", "_high")) else 0.0
    kind = "to 0.00001" if step == 0 else f"R's own number is rounded to it, in steps of {step:g}"
    if column in ("n", "n_weighted"):
        kind = "the same"
    elif slack:
        kind += ", but for the error that the simulation has by its method"
    if distance(given, made, column, step) <= EXACT + slack:
        return "", kind
    shown = f"{made:.5f}" if step == 0 else f"a number that is not rounded to it (step {step:g})"
    return f"{column}: {given:g} is published, R has {shown}", kind


def _is_about(row: dict, subject: object) -> bool:
    """Tell whether the sentence of a headline is about what the R script chose."""
    text, sentence = _text(subject).casefold(), str(row["sentence"]).casefold()
    if text.startswith("^"):
        return sentence.startswith(text[1:])
    return text in sentence


def _text(cell: object) -> str:
    return cell if isinstance(cell, str) else ""


def _number(cell: object) -> float | None:
    return None if cell is None or pd.isna(cell) else float(cell)


def _told(outcome: str, compared: int, how: str) -> dict[str, object]:
    return {"outcome": outcome, "compared": compared, "how": how}
