"""Tables of ratings: of everybody, by groups and by district, as far as they may be shown."""

from collections.abc import Mapping

import pandas as pd

from analysis import figures, ordinal, paired, privacy, proportions
from analysis.paired import RankCorrelation
from analysis.population import Weighing
from analysis.privacy import SHARE_NUMBERS, hide, hide_small, rounded_out, rule_of, shown_shares
from analysis.proportions import RaoScott, shares
from analysis.report import DistrictShares, estimate
from analysis.survey.codebook import Codebook

#: Columns of weighted shares.
WEIGHTED = ("weighted", "weighted_low", "weighted_high", "n_weighted", "effective_n")


def overall_shares(
    yes: Mapping[str, pd.Series], weighing: Weighing | None, codebook: Codebook
) -> pd.DataFrame:
    """Give shares of everybody, of those who answered and weighted to the population.

    Parameters
    ----------
    yes : mapping of str to pandas.Series
        What is asked -> boolean, a value a person who answered.
    weighing : Weighing, optional
        As `population.weigh` returns it.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.DataFrame
        `question, estimate, conf_low, conf_high, n`, and with weights `weighted, weighted_low,
        weighted_high, n_weighted, effective_n`, in whole percent: with the exact share of
        everybody, groups would tell how those answered who named no group. Rows with fewer people
        than the threshold who are a yes, or who are not, are NA.
    """
    rows = []
    for name, each in yes.items():
        row = rounded_out(shares(each)).iloc[0][[*SHARE_NUMBERS, "n", "n_yes"]].to_dict()
        if weighing is not None:
            mine = each[each.index.isin(weighing.weights.weights.index)]
            heavy = rounded_out(shares(mine, weights=weighing.weights)).iloc[0]
            row |= dict(zip(WEIGHTED, heavy[[*SHARE_NUMBERS, "n", "effective_n"]], strict=True))
        rows.append({"question": name[:1].upper() + name[1:]} | row)
    table = pd.DataFrame(rows)
    shown = hide_small(
        table,
        counts=["n_yes"],
        values=[name for name in table if name in (*SHARE_NUMBERS, *WEIGHTED[:3])],
        rule=rule_of(codebook),
        complete=False,
    )
    return shown.drop(columns="n_yes")


def unweighted_and_weighted(overall: pd.DataFrame) -> pd.DataFrame:
    """Lay the weighted shares out below the others.

    Parameters
    ----------
    overall : pandas.DataFrame
        As `overall_shares` returns it.

    Returns
    -------
    pandas.DataFrame
        `question, group, estimate, conf_low, conf_high, n, effective_n`: a row a question, or two
        with weights.
    """
    plain = overall.assign(group="people who answered", effective_n=overall["n"])
    parts = [plain]
    if "weighted" in overall:
        names = dict(zip(WEIGHTED, (*SHARE_NUMBERS, "n", "effective_n"), strict=True))
        heavy = overall[["question", *WEIGHTED]].rename(columns=names)
        parts.append(heavy.assign(group="weighted to the population"))
    columns = ["question", "group", *SHARE_NUMBERS, "n", "effective_n"]
    stacked = pd.concat([part[columns] for part in parts])
    return stacked.sort_index(kind="stable").reset_index(drop=True)


def shares_by(
    yes: pd.Series, by: pd.Series, codebook: Codebook, *, weighing: Weighing | None = None
) -> pd.DataFrame:
    """Give the share of people for whom something is true, group by group, as far as shown.

    Parameters
    ----------
    yes : pandas.Series
        Boolean, a value a person.
    by : pandas.Series
        Categorical, the group of each person; who has none is left out.
    codebook : Codebook
        Its threshold.
    weighing : Weighing, optional
        As `population.weigh` returns it. Then a column `weighted` has the weighted share with its
        interval as text, for the people who have a weight.

    Returns
    -------
    pandas.DataFrame
        `level, estimate, conf_low, conf_high, n` and perhaps `weighted`, in whole percent,
        intervals rounded outwards. Rows with fewer people than the threshold who are a yes, or
        who are not, are NA, and a second row if one alone is.
    """
    table = shares(yes, by=by)
    shown = shown_shares(table, codebook)
    if weighing is not None:
        mine = yes[yes.index.isin(weighing.weights.weights.index)]
        heavy = rounded_out(shares(mine, by=by, weights=weighing.weights)).set_index("level")
        heavy = heavy.reindex(shown["level"])[list(SHARE_NUMBERS)].reset_index(drop=True)
        told = hide(heavy, shown["estimate"].isna())
        shown["weighted"] = [estimate(*row) for row in told.to_numpy()]
    return shown


def group_tests(found: Mapping[tuple[str, str], RaoScott]) -> pd.DataFrame:
    """Put the tests that groups rate otherwise into one family.

    Parameters
    ----------
    found : mapping of tuple to RaoScott
        What is rated and what stands after "between" -> test.

    Returns
    -------
    pandas.DataFrame
        `question, test, statistic, df, p_value, p_adjusted` (Holm), `n`, a row a test; empty
        without tests.
    """
    columns = ["question", "test", "statistic", "df", "p_value", "p_adjusted", "n"]
    if not found:
        return pd.DataFrame(columns=columns)
    table = proportions.family({" by ".join(names): test for names, test in found.items()})
    rated, between = zip(*found, strict=True)
    return table.assign(question=[each.capitalize() for each in rated], test=between)[columns]


def answer_bars(answers: Mapping[str, pd.Series], codebook: Codebook) -> pd.DataFrame:
    """Count the answers of everybody, rounded, a row a rating, to be drawn as bars.

    Parameters
    ----------
    answers : mapping of str to pandas.Series
        What is rated -> ordered Categorical, none missing.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.DataFrame
        `level, n`, then a column an answer; ratings on another scale than the first are left out.
    """
    scale = next(iter(answers.values())).dtype
    rows = [
        _everybody(name.capitalize(), each, codebook)
        for name, each in answers.items()
        if each.dtype == scale
    ]
    return pd.DataFrame(rows)


def below_everybody(groups: pd.DataFrame, answers: pd.Series, codebook: Codebook) -> pd.DataFrame:
    """Put the answers of everybody above those of groups, to be drawn as bars.

    Parameters
    ----------
    groups : pandas.DataFrame
        As `privacy.shown_answers` returns it.
    answers : pandas.Series
        Of everybody, ordered Categorical, none missing.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.DataFrame
        The same columns, with a first row.
    """
    everybody = pd.DataFrame([_everybody("Everybody", answers, codebook)])
    return pd.concat([everybody, groups], ignore_index=True)


def _everybody(name: str, answers: pd.Series, codebook: Codebook) -> dict[str, object]:
    shown = privacy.rounded_distribution(answers, codebook).set_index("answer")
    return {"level": name, "n": len(answers)} | shown["n_rounded"].to_dict()


def district_tests(compared: Mapping[str, DistrictShares]) -> pd.DataFrame:
    """Put the tests that districts differ into one family, a rating each.

    Parameters
    ----------
    compared : mapping of str to DistrictShares
        As `report.rated_districts` returns it.

    Returns
    -------
    pandas.DataFrame
        As `ordinal.family`, indexed by what is rated; empty if no districts were compared.
    """
    if not compared:
        return pd.DataFrame(columns=["term", "p_adjusted"])
    table = ordinal.family({name.capitalize(): each.test for name, each in compared.items()})
    return table.set_axis(list(compared))


def map_values(
    compared: Mapping[str, DistrictShares], codebook: Codebook
) -> dict[str, pd.DataFrame]:
    """Give the partly pooled shares of districts in percent, to be drawn on the map of tiles.

    Parameters
    ----------
    compared : mapping of str to DistrictShares
        As `report.rated_districts` returns it.
    codebook : Codebook
        Places the districts.

    Returns
    -------
    dict
        What is rated -> `level, value`; empty if the codebook places no districts.
    """
    if not figures.places(codebook):
        return {}
    return {
        name: each.rows[["level"]].assign(value=100 * each.rows["estimate"])
        for name, each in compared.items()
    }


def tau_within(
    responses: pd.DataFrame, names: list[str], compared: Mapping[str, DistrictShares]
) -> RankCorrelation | None:
    """Measure how closely two ratings go together among people of the same district.

    Parameters
    ----------
    responses : pandas.DataFrame
        The two ratings, and `district` if districts were compared.
    names : list of str
        The columns of the ratings.
    compared : mapping of str to DistrictShares
        As `report.rated_districts` returns it.

    Returns
    -------
    RankCorrelation or None
        As `paired.tau_b`; None if no districts were compared.
    """
    if not compared:
        return None
    inside = responses[[*names, "district"]].dropna()
    return paired.tau_b(*(inside[name] for name in names), by=inside["district"])


def answer_pairs(pair: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Count people by both of two answers, rounded so that no small count shows.

    Parameters
    ----------
    pair : pandas.DataFrame
        Two Categorical columns, none missing.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.DataFrame
        The first answer, `n` (rounded too), then a column a second answer.
    """
    first, second = (pair[name] for name in pair)
    counts, rule = pd.crosstab(first, second, dropna=False), rule_of(codebook)
    table = privacy.round_table(counts, rule=rule)
    table = table.set_axis(table.columns.astype("str").rename(None), axis=1)
    table.insert(0, "n", privacy.round_people(counts.sum(axis=1), rule=rule))
    return table.reset_index()
