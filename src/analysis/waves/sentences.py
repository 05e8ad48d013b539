"""What is said of two waves: the short answer, what was asked otherwise, the limits."""

from collections.abc import Sequence

import pandas as pd

from analysis.numerics import interval, p_text, percent, points, ratio, ratio_interval
from analysis.privacy import rule_of
from analysis.survey.wording import at_start, in_sentence, listed
from analysis.waves.comparison import Comparison
from analysis.waves.headings import captions
from analysis.waves.shares import weights_of


def answer(found: Comparison) -> list[str]:
    """Say in plain words what changed.

    Parameters
    ----------
    found : Comparison
        The two waves compared.

    Returns
    -------
    list of str
        The headlines, each table in which something changed, satisfaction, then in one sentence
        the tables in which nothing did, and what was not compared.
    """
    said, still = [_headlines(found)], []
    for family, caption in captions(found).items():
        rows = _told(found.family(family))
        if family in ("headlines", "satisfaction") or rows.empty:
            continue
        if not rows["changed"].any() and _apart(rows).empty:
            count = f"{len(rows)} {caption.counted if len(rows) > 1 else caption.one}"
            still.append(f"{caption.about} ({count}, up to {_room(rows)} points)")
        elif family == "shifts":
            said.append(_shifts(found, rows))
        else:
            said.append(f"{at_start(caption.about)}: {_changes(found, rows, caption.counted)}")
    said += _satisfaction(found)
    if still:
        said.append(
            "Nothing changed by more than chance explains in the following; in brackets, how large "
            f"a change the intervals leave room for: {'; '.join(still)}."
        )
    refused = found.not_compared()
    if refused:
        one = len(refused) == 1
        said.append(
            f"{len(refused)} {'question was' if one else 'questions were'} asked otherwise in the "
            f"two waves and {'is' if one else 'are'} not compared (below)."
        )
    return [each for each in said if each]


def _told(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["estimate"].notna()]


def _headlines(found: Comparison) -> str:
    rows = _told(found.family("headlines"))
    if rows.empty:
        return "No headline measure can be compared."
    return at_start(_changes(found, rows, f"headline measure{'s' if len(rows) > 1 else ''}"))


def _changes(found: Comparison, rows: pd.DataFrame, what: str) -> str:
    """Say how many of some shares changed, which, and how far the others may have."""
    moved, others = rows[rows["changed"]], rows[~rows["changed"]]
    count = f"of {len(rows)} {what} compared " if len(rows) > 1 else f"of the one {what} "
    start = f"{count}{len(moved) or 'none'} changed by more than chance explains"
    told = "; ".join(change_text(found, row) for _, row in moved.iterrows())
    text = f"{start}{': ' + told if told else ''}."
    if len(others):
        text += (
            f" {'For the others the' if len(moved) else 'The'} intervals leave room for a change "
            f"of up to {_room(others)} points."
        )
    return text + _with_weights(rows)


def _room(rows: pd.DataFrame) -> str:
    """Say how large a change the intervals leave room for."""
    most = float(rows[["conf_low", "conf_high"]].abs().to_numpy().max())
    return percent(most).removesuffix("%")


def _apart(rows: pd.DataFrame) -> pd.DataFrame:
    """Select the rows of which weights tell another conclusion."""
    return rows[rows["weighted"].notna() & (rows["changed"] != rows["changed_weighted"])]


def _with_weights(rows: pd.DataFrame) -> str:
    names = [in_sentence(str(each)) for each in _apart(rows)["measure"]]
    return f" With weights the conclusion is another one for {listed(names)}." if names else ""


def change_text(found: Comparison, row: pd.Series) -> str:
    """Say how one share changed, with its base, its interval and the same with weights.

    Parameters
    ----------
    found : Comparison
        The two waves compared.
    row : pandas.Series
        One of `found.rows` that is not hidden.

    Returns
    -------
    str
        A clause.
    """
    first, second = found.waves.labels
    ends = interval(row["conf_low"], row["conf_high"], "whole points")
    said = (
        f'"{row["measure"]}", from {percent(row["first"])} in {first} '
        f"({int(row['n_first']):,} people) to {percent(row['second'])} in {second} "
        f"({int(row['n_second']):,}), {points(row['estimate'], 0)} points (95% interval {ends})"
    )
    if pd.isna(row["weighted"]):
        return said
    ends = interval(row["weighted_low"], row["weighted_high"], "whole points")
    return f"{said}, weighted {points(row['weighted'], 0)} ({ends})"


def _shifts(found: Comparison, rows: pd.DataFrame) -> str:
    words, (first, second) = found.waves.second.survey.words, found.waves.labels
    moved = rows[rows["changed"]]
    start = f"From what people {words.used} to what they {words.preferred}: of {len(rows)} "
    start += (
        f"{words.channels} {len(moved) or 'none'} shifted otherwise in {second} than in {first}"
    )
    told = "; ".join(
        f"{in_sentence(str(row.measure))}, {points(row.first, 0)} points in {first} and "
        f"{points(row.second, 0)} in {second}, a change of {points(row.estimate, 0)} "
        f"({interval(row.conf_low, row.conf_high, 'whole points')})"
        for row in moved.itertuples()
    )
    return f"{start}{': ' + told if told else ''}.{_with_weights(rows)}"


def _satisfaction(found: Comparison) -> list[str]:
    rows, model = _told(found.family("satisfaction")), found.satisfaction
    if rows.empty or model.odds is None or model.test is None:
        return []
    row, (first, second) = rows.iloc[0], found.waves.labels
    held = f"With {listed(list(model.held))} held equal, " if model.held else ""
    verdict = "a change" if row["changed"] else "no change is shown"
    text = (
        f"{held}{percent(row['first'])} in {first} and {percent(row['second'])} in {second} "
        f"{found.waves.second.survey.words.satisfied}: {points(row['estimate'], 0)} points "
        f"({interval(row['conf_low'], row['conf_high'], 'whole points')}; "
        f"{p_text(model.test.p_value)}), {verdict}"
    )
    if pd.notna(row["weighted"]):
        ends = interval(row["weighted_low"], row["weighted_high"], "whole points")
        text += f"; weighted {points(row['weighted'], 0)} ({ends})"
        if row["changed"] != row["changed_weighted"]:
            text += ", another conclusion"
    return [f"{text}."]


def odds_text(found: Comparison) -> str:
    """Say the odds ratio of the model of satisfaction, and what it holds equal.

    Parameters
    ----------
    found : Comparison
        The two waves compared.

    Returns
    -------
    str
        One sentence or more; why there is no model, where there is none.
    """
    model, (_, second) = found.satisfaction, found.waves.labels
    left = " ".join(f"{each[:1].upper()}{each[1:]}." for each in model.left_out)
    if model.odds is None or model.test is None:
        return f"Satisfaction is not compared in a model. {left}".strip()
    value, low, high = model.odds
    return (
        f"The odds of a better answer in {second} are {ratio(value)} times those before (95% "
        f"interval {ratio_interval(low, high)}; likelihood ratio {model.test}). {left}"
    ).strip()


def limits(found: Comparison) -> list[str]:
    """Say what a comparison of these two waves cannot tell.

    Parameters
    ----------
    found : Comparison
        The two waves compared.

    Returns
    -------
    list of str
        Sentences.
    """
    waves, (first, second) = found.waves, found.waves.labels
    rule = rule_of(waves.second.survey.codebook)
    chosen = (
        "Whoever answered chose to. The people of two waves may differ in more than the year: a "
        "change of a share is one among those who answered, and may come from who they were. "
        "Weights hold only what their margins hold."
    )
    said = [chosen, weights_of(waves), waves.ids]
    said.append(
        f"Numbers that would rest on fewer than {rule.people()} people of either wave are hidden "
        "in both, marked [c]; of two disclosure thresholds the larger one holds. Shares and "
        "changes are rounded each by itself, and intervals outwards."
    )
    said += found.left_out
    said.append(
        f"That a share differs between {first} and {second} does not say what made it differ."
    )
    tables = found.rows["family"].nunique()
    said.append(
        "A p-value is adjusted by Holm's method within its table: where nothing changed, each of "
        f"the {tables} tables still has up to a chance of 5% to show a change."
    )
    return said


def mapped(found: Comparison) -> list[tuple[str, Sequence[str], str]]:
    """Name the questions that compare only since the later codebook maps them.

    Parameters
    ----------
    found : Comparison
        The two waves compared.

    Returns
    -------
    list of tuple
        Wording, what differs, and the reason of the map.
    """
    return [
        (
            each.wording,
            [f"{kind.capitalize()}: {what}" for kind, what in each.accepted.items()],
            each.reason,
        )
        for each in found.waves.agreed.values()
        if each.same and each.accepted
    ]
