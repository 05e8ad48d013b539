"""What is true of the population that simulated surveys are drawn from, headline by headline."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis import population, survey
from analysis.chapters import video_chat
from analysis.chapters.digital.people import answered_both
from analysis.chapters.district_profiles.compared import measured_answers
from analysis.report import in_sentence
from analysis.survey import bases, measures
from analysis.survey.codebook import Codebook
from analysis.survey.surveys import Survey
from analysis.synthetic import export_cells, ratings
from analysis.synthetic.simulated_people import Calibration
from analysis.synthetic.simulated_text import UNCODABLE
from analysis.themes.theme_codes import rules_of
from analysis.validation.known_population import parameters_of
from analysis.validation.known_surveys import KnownSurvey

#: Columns of the table of truths: of the people who answer, and of the residents they stand for.
COLUMNS = ["variant", "quantity", "level", "respondents", "residents"]


def coded(people: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Lay people out as cleaned responses: what they think, asked as the form would ask.

    Parameters
    ----------
    people : pandas.DataFrame
        As `known_population.draw_population` returns them.
    codebook : Codebook
        Routing.

    Returns
    -------
    pandas.DataFrame
        All text, as notebook 01 writes it, without flags.
    """
    columns = {"raw_row": np.arange(1, len(people) + 1).astype(str)}
    for question in codebook.questions:
        role = question.role
        if question.kind == "date":
            columns[role] = np.full(len(people), "")
            continue
        asked = np.ones(len(people), dtype=bool)
        if question.asked_if_question:
            gate = people[export_cells.gate_role(question, codebook)]
            asked = gate.isin(question.asked_if_answers).to_numpy()
        given = people[role].fillna("no_answer").astype("str")
        if question.kind == "text":
            given = given.where(given == "no_answer", "answered")
        if question.kind != "multiple":
            columns[role] = given.where(asked, "not_asked").to_numpy()
            continue
        patterns, found = pd.factorize(given)
        for code in question.codes:
            ticks = np.array([str(int(code in each.split(";"))) for each in found], dtype=object)
            columns[f"{role}__{code}"] = np.where(asked, ticks[patterns], "not_asked")
    return pd.DataFrame(columns)


class _Truths:
    """Collects shares of the people who answer and of the residents."""

    def __init__(self, this: Survey, responses: pd.DataFrame) -> None:
        self.rows, self.weights = [], _resident_weights(this, responses)

    def add(self, quantity: str, level: str, respondents: float, residents: float = np.nan) -> None:
        self.rows.append((quantity, level, respondents, residents))

    def share(self, quantity: str, level: str, yes: pd.Series) -> None:
        """Add the mean of an indicator, or of differences, over the people it is known of."""
        values = yes.astype(float)
        self.add(quantity, level, float(values.mean()), self.residents(values))

    def residents(self, values: pd.Series) -> float:
        weights = self.weights.loc[values.index]
        return float((weights * values).sum() / weights.sum())


def _resident_weights(this: Survey, responses: pd.DataFrame) -> pd.Series:
    """Return the residents that each person stands for, by district, age and sex; 0 of others."""
    roles = ["district", "age", "sex"]
    inside = population.belonging(this, responses)[0]
    cells = population.cells(this, roles).set_index(roles)["people"]
    held = inside.groupby(roles, observed=True)["raw_row"].transform("size")
    people = pd.Series(cells.reindex(pd.MultiIndex.from_frame(inside[roles])).to_numpy(),
                       index=inside.index)  # fmt: skip
    return (people / held).reindex(responses.index).fillna(0.0)


def true_values(people: pd.DataFrame, calibration: Calibration, variant: str) -> pd.DataFrame:
    """Say what is true of every headline, group and extreme that the analysis may name.

    Parameters
    ----------
    people : pandas.DataFrame
        As `known_population.draw_population` returns them.
    calibration : Calibration
        As it returns it, for what is known from the parameters alone.
    variant : str
        `known_population.EFFECTS` or `NULL`.

    Returns
    -------
    pandas.DataFrame
        `COLUMNS`.

    Notes
    -----
    Who counts as a yes, and of whom, is decided by the analysis's own definitions; values are
    plain means over the people, and over the residents after these are brought to the population
    by district, age and sex at once. Shares adjusted for other groupings are means over the
    groups of these of the share in each; what having used the preferred channel adds is computed
    from the model that made the answers.
    """
    base = survey.load(survey.DEFAULT)
    frame = coded(people, base.codebook)
    this = KnownSurvey(name=base.name, codebook=base.codebook, cleaned=frame)
    responses = this.responses()
    truths = _Truths(this, responses)
    for part in (_who_answered, _channels, _ratings, _video, _themes, _gaps):
        part(truths, this, responses, people)
    _got(truths, people, calibration, variant)
    effects = parameters_of(variant)["satisfaction"]["effect"]
    by_district = [each for each in effects if each["by"] == "district"]
    spread = np.std(list(by_district[0]["values"].values()), ddof=1) if by_district else 0.0
    truths.add("districts", "", float(spread))
    table = pd.DataFrame(truths.rows, columns=COLUMNS[1:])
    table.insert(0, "variant", variant)
    return table


def _bands(ages: pd.Series) -> Iterator[tuple[str, pd.Series]]:
    """Give every run of neighbouring bands of age with the name that joining gives it."""
    levels = list(ages.cat.categories)
    for first in range(len(levels)):
        for last in range(first, len(levels)):
            start, end = levels[first], levels[last]
            low, high = start.partition("-")[0], end.partition("-")[2]
            name = end if first == last else f"{low}-{high}" if high else f"{low} and over"
            yield name, ages.isin(levels[first : last + 1])


def _who_answered(
    truths: _Truths, this: Survey, responses: pd.DataFrame, people: pd.DataFrame
) -> None:
    inside = population.belonging(this, responses)[0]
    for name, rows in _bands(inside["age"]):
        for sex in inside["sex"].cat.categories:
            truths.share("composition", f"{name}, {sex}", rows & (inside["sex"] == sex))
    for name, yes in measures.headline_answers(this, responses).items():
        mine = yes[yes.index.isin(inside.index)].astype(float)
        truths.add("moved", name, truths.residents(mine) - float(mine.mean()))


def _channels(truths: _Truths, this: Survey, responses: pd.DataFrame, people: pd.DataFrame) -> None:
    asked = bases.answered(this, responses, ["used_last", "preferred"]).frame
    used, wish = (bases.channels(this, asked, role) for role in ("used_last", "preferred"))
    truths.share("same_answer", "", used.astype("str") == wish.astype("str"))
    for channel in wish.cat.categories:
        prefer = wish == channel
        truths.share("shift", channel, prefer.astype(float) - (used == channel))
        truths.share("reached", channel, (used == channel)[prefer])
    both = answered_both(this, responses)
    both_used, both_wish = both["used_digital"], both["prefers_digital"]
    truths.share("digital_gap", "", both_wish - both_used)
    truths.share("digital_elsewhere", "", (both_wish == 0)[both_used == 1])
    others, ages = responses.loc[both.index, ["disability"]], responses.loc[both.index, "age"]
    for name, rows in _bands(ages):
        value = _standardised(both_wish, rows, others)
        truths.add("digital_age", name, value)


def _standardised(yes: pd.Series, rows: pd.Series, others: pd.DataFrame) -> float:
    """Return the share of some people if they were in the other groups as everybody is."""
    key = list(others.columns)
    mix = others.groupby(key, observed=True).size()
    mine = yes[rows].astype(float).groupby([others.loc[rows, name] for name in key], observed=True)
    means = mine.mean().reindex(mix.index)
    known = means.notna()
    return float((means[known] * mix[known]).sum() / mix[known].sum())


def _ratings(truths: _Truths, this: Survey, responses: pd.DataFrame, people: pd.DataFrame) -> None:
    for role, name in (("satisfaction", "satisfied"), ("visibility", "visibility_good"),
                       ("accessibility", "accessibility_good"),
                       ("video_use", "video_likely")):  # fmt: skip
        given = responses[role].dropna()
        truths.share(name, "", given.isin(measures.top_answers(this, role)))
    given = responses["satisfaction"].dropna()
    best = given.isin(measures.top_answers(this, "satisfaction"))
    by = responses.loc[best.index, "district"]
    for district, share in best.groupby(by, observed=True).mean().items():
        truths.add("district_share", district, float(share))
    pair = pd.crosstab(responses["visibility"], responses["accessibility"]).to_numpy(dtype=float)
    truths.add("visibility_accessibility", "", _tau_b(pair / pair.sum()))


def _tau_b(table: np.ndarray) -> float:
    """Return Kendall's tau-b of a table of shares."""
    below = np.cumsum(np.cumsum(table, axis=0), axis=1)
    lower = np.pad(below, ((1, 0), (1, 0)))[:-1, :-1]
    left = np.cumsum(np.cumsum(table[:, ::-1], axis=0), axis=1)[:, ::-1]
    crossed = np.pad(left, ((1, 0), (0, 1)))[:-1, 1:]
    apart = 2 * float((table * (lower - crossed)).sum())
    ties = [1 - float((table.sum(axis=axis) ** 2).sum()) for axis in (0, 1)]
    return apart / float(np.sqrt(ties[0] * ties[1]))


def _video(truths: _Truths, this: Survey, responses: pd.DataFrame, people: pd.DataFrame) -> None:
    told = video_chat.told(this, responses).frame
    ages = responses.loc[told.index, "age"]
    for name, rows in _bands(ages):
        value = _standardised(told["likely"], rows, told[["disability", "channel"]])
        truths.add("video_age", name, value)
    against = told["against"].dropna() == 1
    likely = told.loc[against.index, "likely"].astype(float)
    truths.add("video_against_preference", "",
               float(likely[against].mean() - likely[~against].mean()))  # fmt: skip
    named = bases.answered(this, responses, ["video_place"]).frame
    for name, ticks in bases.channels(this, named, "video_place").items():
        truths.share("place", name, ticks == 1)


def _themes(truths: _Truths, this: Survey, responses: pd.DataFrame, people: pd.DataFrame) -> None:
    told = people["change"].dropna()
    for code, label in rules_of(this.codebook).labels.items():
        truths.share("theme", label, told.str.split(";").map(lambda each, c=code: c in each))
    both = people[["change", "change_why"]].dropna()
    both = both[(both != UNCODABLE).all(axis=1)]
    same = [why in what.split(";") for what, why in both.to_numpy()]
    truths.share("change_same_as_why", "", pd.Series(same, index=both.index))


def _gaps(truths: _Truths, this: Survey, responses: pd.DataFrame, people: pd.DataFrame) -> None:
    """Add how far each district lies from everybody, on every measure of the profiles."""
    told = people["change"].dropna()
    more = {
        f"Would change: {in_sentence(label)}": told.str.split(";").map(lambda e, c=code: c in e)
        for code, label in rules_of(this.codebook).labels.items()
    }
    found = {
        name: answers.isin(named).astype(float)
        for name, answers, named in measured_answers(this, responses, more)
    }
    asked = bases.answered(this, responses, ["used_last", "preferred"]).frame
    used, wish = (
        bases.grouped(this, bases.channels(this, asked, role))
        for role in ("used_last", "preferred")
    )
    said = this.words.preferred_short.lower(), this.words.used_short.lower()
    for name in wish.cat.categories:
        shift = (wish == name).astype(float) - (used == name)
        found[f"{name}: shift ({said[0]} minus {said[1]})"] = shift
    for name, values in found.items():
        by = responses.loc[values.index, "district"]
        whole = float(values[by.notna()].mean())
        for district, mean in values.groupby(by, observed=True).mean().items():
            truths.add("gap", f"{district}: {name}", float(mean) - whole)


def _got(truths: _Truths, people: pd.DataFrame, calibration: Calibration, variant: str) -> None:
    """Add by how much having used the preferred channel raises the share satisfied."""
    table = parameters_of(variant)["satisfaction"]
    asked = people[people["asked"].astype(bool)]
    asked = asked[~asked["preferred"].isin(["video_chat", "other"])]
    added = [e["values"]["yes"] for e in table["effect"] if e["by"] == "was_preferred"]
    effect = added[0] if added else 0.0
    predictor = ratings.rating_predictor(
        asked, table, np.ones(len(asked), dtype=bool), calibration.intercepts["satisfaction"]
    )
    without = predictor - effect * (asked["was_preferred"] == "yes").to_numpy(dtype=float)
    with_it, thresholds = without + effect, table["thresholds"]
    apart = ratings.top_two(with_it, thresholds) - ratings.top_two(without, thresholds)
    truths.share("got_preferred", "", pd.Series(apart, index=asked.index))
