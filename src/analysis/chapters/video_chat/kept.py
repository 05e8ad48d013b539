"""Whether the people whose groups are compared are like those who told too little for it."""

import pandas as pd

from analysis.chapters.video_chat.compared import shown_compared
from analysis.chapters.video_chat.people import likely
from analysis.privacy import rule_of
from analysis.report import at_start, in_sentence, interval, percent, points
from analysis.survey import Survey, bases

#: What the columns of the table are called.
KEPT = {
    "share": "Share",
    "share_first": "Compared",
    "share_second": "Left out",
    "estimate": "Difference, points",
    "n_first": "People compared",
    "n_second": "People left out",
}

#: How the table writes its numbers.
KEPT_KINDS = {
    "share": "text", "share_first": "whole percent", "share_second": "whole percent",
    "estimate": "whole points", "n_first": "count", "n_second": "count",
}  # fmt: skip

#: What it shows of each row.
_COLUMNS = ["share", "share_first", "share_second", "estimate", "conf_low", "conf_high", "n_first",
            "n_second"]  # fmt: skip


def kept_and_left(survey: Survey, responses: pd.DataFrame, kept: pd.DataFrame) -> pd.DataFrame:
    """Compare the people whose groups are compared with those who told too little for it.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        All rows of `survey.responses()`.
    kept : pandas.DataFrame
        As `people.told` returns them.

    Returns
    -------
    pandas.DataFrame
        `share, share_first, share_second, estimate, conf_low, conf_high, n_first, n_second`: of
        the best answers, of the older half of the age bands, and of each answer on disability but
        the last, each of those who told it; numbers as `compared.shown_compared` has them, people
        hidden where few. Empty where nobody was left out, or few were.
    """
    rule = rule_of(survey.codebook)
    yes = likely(survey, responses)
    left = pd.Series(~yes.index.isin(kept.index), index=yes.index)
    if rule.few(int(left.sum())):
        return pd.DataFrame(columns=_COLUMNS)
    shares = {"Best answers": yes} | _make_up(survey, responses.loc[yes.index])
    rows = []
    for name, each in shares.items():
        row = shown_compared(each, left[each.index].astype(float), survey.codebook)
        if row.notna()["estimate"]:
            rows.append(row.to_frame().T.assign(share=name))
    if not rows:
        return pd.DataFrame(columns=_COLUMNS)
    return pd.concat(rows, ignore_index=True)[_COLUMNS].infer_objects()


def _make_up(survey: Survey, people: pd.DataFrame) -> dict[str, pd.Series]:
    """Return who is of the older half, and who gave each answer on disability but the last."""
    found, codebook = {}, survey.codebook
    if survey.has("age") and codebook.question("age").in_order:
        told = bases.answered(survey, people, ["age"]).frame["age"]
        codes = told.cat.codes
        middle = int(codes.median()) if len(codes) else 0
        name = in_sentence(str(told.cat.categories[middle]))
        found[f"{at_start(codebook.noun('age'))}: {name} and above"] = codes >= middle
    if survey.has("disability"):
        told = bases.answered(survey, people, ["disability"]).frame["disability"]
        noun = at_start(codebook.noun("disability"))
        for label in told.cat.categories[:-1]:
            found[f"{noun}: {in_sentence(str(label))}"] = told == label
    return found


def kept_sentence(rows: pd.DataFrame, left_out: int, survey: Survey) -> str:
    """Say whether those left out of the comparison of groups answer like those compared.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `kept_and_left` returns it.
    left_out : int
        People who answered and are not compared.
    survey : Survey
        The survey; its codebook sets the disclosure threshold.

    Returns
    -------
    str
        One or two sentences; "" where everybody is compared.
    """
    rule = rule_of(survey.codebook)
    if not left_out:
        return ""
    if rule.few(left_out):
        return f"Fewer than {rule.people()} people who answered are not in the groups compared."
    first = rows[rows["share"] == "Best answers"]
    if first.empty:
        return "Too few people are left out for their answers to be compared."
    row = first.iloc[0]
    span = interval(row["conf_low"], row["conf_high"], "whole points")
    apart = row["conf_low"] > 0 or row["conf_high"] < 0
    means = (
        "so the groups compared stand for other people than all who answered"
        if apart
        else "which does not show that they differ, nor that they are alike"
    )
    said = (
        f"Of the {int(row['n_second']):,} people left out of the groups "
        f"{percent(row['share_second'])} gave one of the best answers, of the "
        f"{int(row['n_first']):,} compared {percent(row['share_first'])}: "
        f"{points(row['estimate'], 0)} points (95% interval {span}), {means}."
    )
    others = rows[(rows["share"] != "Best answers")]
    clear = others[(others["conf_low"] > 0) | (others["conf_high"] < 0)]
    if len(clear):
        named = "; ".join(in_sentence(each) for each in clear["share"])
        said += f" Their make-up differs (interval without 0): {named}."
    return said
