"""The verdict on districts in words: the same sentences wherever it is told."""

from analysis.numerics import interval, p_text, percent
from analysis.primary.districts import CaseMix, DistrictVerdict
from analysis.report import listed, spread_sentence
from analysis.survey.codebook import Words


def verdict_texts(words: Words, verdict: DistrictVerdict | None) -> list[str]:
    """Say whether districts differ, which of them, and what the mix of people has to do with it.

    Parameters
    ----------
    words : Words
        How the survey speaks.
    verdict : DistrictVerdict or None
        As `districts.district_verdict` returns it.

    Returns
    -------
    list of str
        Three texts; all "" without a verdict, the last where age and sex are not known.
    """
    if verdict is None:
        return ["", "", ""]
    differ = spread_sentence(
        f"The {words.satisfaction}", words.districts, verdict.p_adjusted, verdict.spread, logit=True
    )
    return [differ, named_sentence(words, verdict), mix_sentence(words, verdict)]


def verdict_short(words: Words, verdict: DistrictVerdict | None) -> str:
    """Say the verdict in plain words.

    Parameters
    ----------
    words : Words
        How the survey speaks.
    verdict : DistrictVerdict or None
        As `districts.district_verdict` returns it.

    Returns
    -------
    str
        One sentence or two; "" without a verdict.
    """
    if verdict is None:
        return ""
    rated, standing = f"The {words.satisfaction}", verdict.standing
    sure, hints = (list(standing.index[standing == each]) for each in ("differs", "pointer"))
    if not verdict.differ:
        told = f"That the {words.satisfaction} differs between {words.districts} is not shown."
    elif sure:
        told = f"{rated} differs between {words.districts}; by itself in {listed(sure, most=12)}."
    else:
        told = (
            f"{rated} differs between {words.districts}, but which of them differ from the whole "
            "cannot be said."
        )
    return told + f" To be looked at again: {listed(hints, most=12)}." * bool(hints)


def named_sentence(words: Words, verdict: DistrictVerdict) -> str:
    """Name the districts that differ, and those that are pointers.

    Parameters
    ----------
    words : Words
        How the survey speaks.
    verdict : DistrictVerdict
        As `districts.district_verdict` returns it.

    Returns
    -------
    str
        One sentence or two.
    """
    rows = verdict.shares.rows.assign(standing=verdict.standing.to_numpy())
    rows = rows.sort_values("estimate", kind="stable")
    sure, hints = (rows[rows["standing"] == each] for each in ("differs", "pointer"))
    everybody, own = percent(verdict.shares.overall), "interval, drawn towards the others,"
    told = ""
    if len(sure):
        names = listed([_share_text(row) for row in sure.itertuples()], most=12)
        told = f"Each by its own {own} leaves out everybody ({everybody}): {names}."
    elif verdict.differ:
        told = (
            f"Which of them cannot be said: of no {words.district} shown the {own} leaves out "
            f"everybody ({everybody})."
        )
    if len(hints):
        names = "; ".join(pointer_text(row, verdict.lowest) for row in hints.itertuples())
        told += f" Pointers, to be looked at again with new answers: {names}."
    return told.strip()


def _share_text(row: object) -> str:
    return f"{row.level} {_span(row)}"


def _span(row: object) -> str:
    ends = interval(row.conf_low, row.conf_high, "whole percent")
    return f"({percent(row.estimate)}, {ends})"


def pointer_text(row: object, lowest: int) -> str:
    """Say what makes a district a pointer.

    Parameters
    ----------
    row : object
        `level, estimate, conf_low, conf_high, clear, chance_lowest, chance_highest` of one.
    lowest : int
        How many places at each end are spoken of.

    Returns
    -------
    str
        Its name, its share and, unless its interval is the reason, the chance of its rank.

    Examples
    --------
    >>> import pandas as pd
    >>> row = pd.Series({"level": "North", "estimate": 0.5, "conf_low": 0.3, "conf_high": 0.6,
    ...     "clear": False, "chance_lowest": 0.82, "chance_highest": 0.01})
    >>> pointer_text(row, 3)
    'North (50%, 30% to 60%), among the lowest 3 with a chance of 82%'
    """
    place = "" if row.clear else place_text(row, lowest)
    return f"{row.level} {_span(row)}" + f", {place}" * bool(place)


def place_text(row: object, lowest: int) -> str:
    """Say at which end of the districts one lies, if that has a chance of a half or more.

    Parameters
    ----------
    row : object
        `chance_lowest, chance_highest` of the district.
    lowest : int
        How many places at each end are spoken of.

    Returns
    -------
    str
        A clause; "" if neither end is likely.

    Examples
    --------
    >>> import pandas as pd
    >>> place_text(pd.Series({"chance_lowest": 0.1, "chance_highest": 0.997}), 2)
    'among the highest 2 with a chance of over 99%'
    """
    for end, chance in (("lowest", row.chance_lowest), ("highest", row.chance_highest)):
        if chance >= 0.5:
            told = "over 99%" if chance > 0.99 else percent(chance)
            return f"among the {end} {lowest} with a chance of {told}"
    return ""


def mix_sentence(words: Words, verdict: DistrictVerdict) -> str:
    """Say what is left of the difference with age and sex held equal.

    Parameters
    ----------
    words : Words
        How the survey speaks.
    verdict : DistrictVerdict
        As `districts.district_verdict` returns it.

    Returns
    -------
    str
        One sentence or two, with both tests on the same people; "" without the test.

    Notes
    -----
    Both p-values are told without an adjustment: they weigh one test against itself.
    """
    mix = verdict.mix
    if mix is None:
        return ""
    plain, held = mix.plain, listed(list(mix.held))
    told = (
        f"Among the {plain.n:,} people who told their {held} the same test gives "
        f"{p_text(plain.p_value)}, and {p_text(mix.adjusted.p_value)} with {held} held equal (both "
        "unadjusted)"
    )
    return f"{told}{_change(words, verdict, mix)}."


def _change(words: Words, verdict: DistrictVerdict, mix: CaseMix) -> str:
    shown = [verdict.differ, mix.plain.p_value < 0.05, mix.adjusted.p_value < 0.05]
    if shown[1] and not shown[2]:
        return f": that {words.districts} differ is then no longer shown"
    if shown[2] and not shown[1]:
        return f": that {words.districts} differ is shown then alone"
    if shown[0] and not shown[1]:
        return ": of these people alone a difference is not shown"
    return ": with and without them the conclusion is the same"
