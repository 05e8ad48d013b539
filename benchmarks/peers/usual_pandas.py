"""The same with pandas and statsmodels, as usually written: `python usual_pandas.py FILE`.

Texts are cleaned a column at a time with the methods of strings and `map`; a function of a cell is
applied to the few cells that need one; models are fitted to people, not to counted patterns.
Prints JSON. `--without-models` stops before notebook 04, which takes by far the longest.

What is simpler than in our notebooks: free text behind "Other" is read as in `polars_cleaning`; the
shifts are tested by Stuart and Maxwell's statistic and not by swaps; no interval holds for all
channels together but by Bonferroni's rule; intervals of weighted shares take the weights as they
are; the spread between districts is tested by fixed effects, since statsmodels has no ordinal
model with random ones; the weighted model is logistic, since the ordinal one knows no weights.
"""

import argparse
import re

import numpy as np
import pandas as pd
import statsmodels.api as sm
from common import Clock, codebook, report
from pandas_doubles import find_doubles
from scipy import stats
from statsmodels.miscmodels.ordinal_model import OrderedModel
from statsmodels.stats.contingency_tables import SquareTable, mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW


def plain(texts: pd.Series) -> pd.Series:
    """Write texts without regard to case, white space and the sort of quotation mark."""
    texts = texts.str.normalize("NFKC").str.replace("’", "'").str.replace("–", "-")
    return texts.str.replace(r"\s+", " ", regex=True).str.strip().str.lower()


def coded(keys: pd.Series, question: dict, blank: list[str]) -> pd.Series:
    """Give each cell its code, "" for no answer; several answers are joined by ";"."""
    known = dict.fromkeys(blank, "")
    for each in question["texts"]:
        known[plain(pd.Series([each["text"]])).iloc[0]] = each["code"]
    for each in question["missing"]:
        known[each["text"].lower()] = "" if each["kind"] == "no_answer" else each["kind"]
    phrases = {
        code: re.compile("|".join(rf"(?<!\w){re.escape(each.lower())}(?!\w)" for each in texts))
        for code, texts in question["recode"].items()
    }

    def other(text: str) -> str:
        if not (question["prefix"] and text.startswith(question["prefix"].lower())):
            raise ValueError(f"unknown answer {text!r} to {question['role']}")
        free = text[len(question["prefix"]) :].strip()
        named = [code for code, pattern in phrases.items() if pattern.search(free)]
        return known.get(free) or (named[0] if len(named) == 1 else question["other"])

    def several(text: str) -> str:
        parts = [each.strip() for each in text.split(";") if each.strip()]
        codes = {known[each] if each in known else other(each) for each in parts} - {""}
        return ";".join(sorted(codes - {"dont_know"})) or "".join(codes)

    if question["separator"]:
        return keys.apply(several)
    found = keys.map(known)
    unknown = found.isna()
    found[unknown] = keys[unknown].apply(other)
    return found


def clean(raw: pd.DataFrame, book: dict) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, int]]:
    """Code every question, and leave out what is no reply; also return the texts as compared."""
    blank, asked = book["blank"], [each for each in book["questions"] if each["kind"] != "date"]
    keys = pd.DataFrame({each["role"]: plain(raw[each["role"]]) for each in asked})
    people = pd.DataFrame({
        each["role"]: ~keys[each["role"]].isin(blank)
        if each["kind"] == "text"
        else coded(keys[each["role"]], each, blank)
        for each in asked
    })  # fmt: skip
    for role in ("started", "submitted"):
        people[role] = pd.to_datetime(raw[role], format=book["datetime_format"])
    is_test = pd.Series(False, index=raw.index)
    for role in ("change", "change_why"):
        is_test |= keys[role].str.strip(".! ").isin(book["test_texts"])
    gone = {
        "blank": keys.isin(blank).all(axis=1),
        "test": is_test | (people["submitted"] < book["opens"]),
        "late": people["submitted"] > book["closes"],
        "no_connection": people["connection"].isin(book["no_connection"]),
        "abandoned": (people[["contacted", "used", "preferred"]] == "").all(axis=1),
    }
    left = {}
    for step, rows in gone.items():
        people = people[~rows.reindex(people.index)]
        left[step] = len(people)
    return people, keys.loc[people.index].where(~keys.isin(blank)), left


def answered(people: pd.DataFrame, roles: list[str]) -> pd.DataFrame:
    """Select the people who answered all of some questions."""
    return people[~people[roles].isin(["", "dont_know"]).any(axis=1)]


def raked(people: pd.DataFrame, book: dict) -> pd.Series:
    """Weight residents to districts, and to age by sex; who did not tell keeps the share."""
    counts = pd.read_csv(book["population"])
    mine = people[people["connection"].isin(book["among"]) & (people["district"] != "outside")]
    told = ~mine[["age", "sex"]].isin(["", "dont_know"]).any(axis=1)
    margins = [
        (mine["district"].replace("", "untold"), counts.groupby("district")["adults"].sum()),
        (
            (mine["age"] + " " + mine["sex"]).where(told, "untold"),
            counts.groupby(counts["age"] + " " + counts["sex"])["adults"].sum(),
        ),
    ]
    weights = pd.Series(1.0, index=mine.index)
    for _ in range(50):
        for own, table in margins:
            unsaid = (own == "untold").mean()
            target = table / table.sum() * (1 - unsaid) * len(mine)
            target["untold"] = unsaid * len(mine)
            weights = weights * own.map(target / weights.groupby(own).sum())
    return weights


def shifts(square: pd.DataFrame) -> pd.DataFrame:
    """Return the shift of each channel with Bonett and Price's interval, and McNemar's test."""
    n, rows = square.to_numpy().sum(), []
    z = stats.norm.ppf(1 - 0.05 / 2 / len(square))
    for name in square:
        both, used, preferred = square.loc[name, name], square.loc[name].sum(), square[name].sum()
        b, c = used - both, preferred - both
        p, q = (b + 1) / (n + 2), (c + 1) / (n + 2)
        half = z * np.sqrt((p + q - (q - p) ** 2) / (n + 2))
        test = mcnemar([[both, b], [c, n - both - b - c]], exact=True).pvalue if b + c else 1.0
        rows.append((name, (preferred - used) / n, q - p - half, q - p + half, test))
    table = pd.DataFrame(rows, columns=["channel", "shift", "low", "high", "p_value"])
    return table.assign(p_value=multipletests(table["p_value"], method="holm")[1])


def notebook_03(people: pd.DataFrame, square: pd.DataFrame, weights: pd.Series) -> dict:
    """Return the numbers of notebook 03."""
    table = SquareTable(square, shift_zeros=False)
    both = answered(people, ["used_last", "preferred"])
    same, mine = both["used_last"] == both["preferred"], both.index.intersection(weights.index)
    weighted = DescrStatsW(same[mine].astype(float), weights[mine])
    moved = shifts(square)
    top = moved.loc[moved["shift"].abs().idxmax(), "channel"]
    step = (both["preferred"] == top).astype(float) - (both["used_last"] == top)
    reached = [
        proportion_confint(square.loc[c, c], square[c].sum(), method="wilson") for c in square
    ]
    heavy = DescrStatsW(step[mine], weights[mine])
    return {
        "stuart_maxwell": table.homogeneity("stuart_maxwell").statistic,
        "shift": moved.to_dict("list"),
        "same": [same.mean(), *proportion_confint(same.sum(), len(same), method="wilson")],
        "reached": reached,
        "weighted_same": [weighted.mean, weighted.std_mean],
        "weighted_moved": [heavy.mean, heavy.std_mean],
    }


def design(people: pd.DataFrame, book: dict, roles: list[str]) -> pd.DataFrame:
    """Return indicators of all answers to some questions but the first."""
    codes = {each["role"]: each["codes"] for each in book["questions"]}
    kinds = {role: pd.CategoricalDtype(codes[role]) for role in roles if role in codes}
    made = pd.get_dummies(people[roles].astype(kinds), drop_first=True, dtype=float)
    return made.loc[:, made.any()]


def notebook_04(people: pd.DataFrame, book: dict, weights: pd.Series) -> dict:
    """Return the numbers of notebook 04."""
    codes = {each["role"]: each["codes"] for each in book["questions"]}
    rated = answered(people, ["used_last", "district", "satisfaction"])
    rating = rated["satisfaction"].astype(pd.CategoricalDtype(codes["satisfaction"], ordered=True))

    def fit(rows: pd.DataFrame, *roles: str) -> tuple[OrderedModel, object]:
        x = design(rows, book, list(roles))
        model = OrderedModel(rating[rows.index], x, distr="logit")
        return model, model.fit(method="lbfgs", maxiter=500, pgtol=1e-8, factr=10, disp=False)

    model, full = fit(rated, "used_last", "district")
    (_, channels), (_, districts) = fit(rated, "used_last"), fit(rated, "district")
    tests = [
        stats.chi2.sf(2 * (full.llf - less.llf), len(full.params) - len(less.params))
        for less in (districts, channels)
    ]
    best = rated["satisfaction"].isin(codes["satisfaction"][-2:])
    by_district = best.groupby(rated["district"]).agg(["sum", "size"])
    knew = answered(rated, ["preferred", "reason"])
    knew = knew[~knew["preferred"].isin(["other", "video_chat"])]
    knew = knew.assign(got=(knew["used_last"] == knew["preferred"]).astype(float))
    got_model, got = fit(knew, "used_last", "district", "got", "reason")
    x = design(knew, book, ["used_last", "district", "got", "reason"])
    chances = [got_model.predict(got.params, exog=x.assign(got=each)) for each in (1.0, 0.0)]
    mine = knew.index.intersection(weights.index)
    x = design(knew.loc[mine], book, ["used_last", "district", "got", "reason"])
    logit = sm.GLM(
        best[mine].astype(float), sm.add_constant(x), family=sm.families.Binomial(),
        freq_weights=weights[mine] / weights[mine].mean(),
    ).fit(cov_type="HC1")  # fmt: skip
    mine = rated.index.intersection(weights.index)
    satisfied = DescrStatsW(best[mine].astype(float), weights[mine])
    thresholds = model.transform_threshold_params(full.params)[1:-1]
    return {
        "ordinal": [*thresholds, *full.params[: -len(thresholds)]],
        "channels_p": tests[0],
        "districts_p": tests[1],
        "satisfied": [best.mean(), *proportion_confint(best.sum(), len(best), method="wilson")],
        "district_shares": proportion_confint(*by_district.to_numpy().T, method="wilson"),
        "got": float((chances[0] - chances[1])[:, -2:].sum(axis=1).mean()),
        "got_p": float(got.pvalues["got"]),
        "weighted_satisfied": [satisfied.mean, satisfied.std_mean],
        "weighted_got": [logit.params["got"], logit.bse["got"]],
    }


def main() -> None:
    """Take the export from its file to the numbers of both notebooks."""
    command = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    command.add_argument("file")
    command.add_argument("--without-models", action="store_true")
    given, book, clock = command.parse_args(), codebook(), Clock()
    names = {each["column"]: each["role"] for each in book["questions"]}
    raw = pd.read_csv(given.file, dtype="str", keep_default_na=False, usecols=list(names))
    raw = raw.rename(columns=names)
    clock.stage("read")
    people, keys, left = clean(raw, book)
    clock.stage("clean")
    asked = [each for each in book["questions"] if each["kind"] != "date"]
    choices = [len(each["codes"]) or book["open_choices"] for each in asked]
    cells = keys.apply(lambda column: pd.factorize(column)[0] + 1)
    moments = people["submitted"].astype("datetime64[s]").astype("int64")
    gone = find_doubles(cells, moments, choices, book["double_seconds"], book["chance_allowed"])
    people = people[~people.index.isin(list(gone))]
    left["double"] = len(people)
    clock.stage("doubles")
    both = answered(people, ["used_last", "preferred"])
    channels = next(each["codes"] for each in asked if each["role"] == "preferred")
    square = pd.crosstab(both["used_last"], both["preferred"])
    square = square.reindex(index=channels, columns=channels, fill_value=0)
    clock.stage("count")
    weights = raked(people, book)
    found = {"replies": len(raw), "left": left, "square": square.to_numpy()}
    found |= notebook_03(people, square, weights)
    clock.stage("notebook 03")
    if not given.without_models:
        found |= notebook_04(people, book, weights)
        clock.stage("notebook 04")
    report(clock, ["pandas", "statsmodels"], found)


if __name__ == "__main__":
    main()
