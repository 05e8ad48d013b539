"""Sentences on which ratings go together, made from rank correlations of pairs of them."""

from collections.abc import Mapping

from analysis.chapters.ratings.people import Rating
from analysis.paired import RankCorrelation
from analysis.report import at_start, interval, listed


def pair_texts(
    ratings: Mapping[str, Rating],
    taus: Mapping[tuple[str, str], RankCorrelation],
    experience: str,
) -> tuple[str, str]:
    """Say how closely two ratings go together, and which go with the experience of contact.

    Parameters
    ----------
    ratings : mapping of str to Rating
        As `people.rated` returns it.
    taus : mapping of tuple to RankCorrelation
        As `tables.correlations` returns it: of pairs of their roles, and perhaps of each with
        "satisfaction".
    experience : str
        The survey's word for it.

    Returns
    -------
    tuple of str
        `together_sentence` and `experience_sentence`; "" where there is no such pair.
    """
    with_it = {
        each.noun: taus[role, "satisfaction"]
        for role, each in ratings.items()
        if (role, "satisfaction") in taus
    }
    both = tuple(ratings)
    names = tuple(each.noun for each in ratings.values())
    together = together_sentence(names, taus[both]) if both in taus else ""
    return together, experience_sentence(with_it, experience)


def together_sentence(names: tuple[str, str], found: RankCorrelation) -> str:
    """Say how closely two ratings go together.

    Parameters
    ----------
    names : tuple of str
        What is rated.
    found : RankCorrelation
        Of the two.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> found = RankCorrelation(estimate=0.31, std_error=0.03, conf_low=0.25, conf_high=0.37,
    ...                         statistic=9.0, p_value=1e-9, n=500)
    >>> print(together_sentence(("visibility", "accessibility"), found))
    People who rate visibility higher tend to rate accessibility higher: tau-b = 0.31 (95% \
interval 0.25 to 0.37), p < 0.001; n = 500.
    """
    first, second = names
    if found.conf_low <= 0 <= found.conf_high:
        return f"These data do not show that {first} and {second} go together: {found}."
    way = "higher" if found.estimate > 0 else "lower"
    return f"People who rate {first} higher tend to rate {second} {way}: {found}."


def together_title(names: tuple[str, str], found: RankCorrelation) -> str:
    """Head a figure of two ratings.

    Parameters
    ----------
    names : tuple of str
        What is rated.
    found : RankCorrelation
        Of the two.

    Returns
    -------
    str
        The finding.

    Examples
    --------
    >>> found = RankCorrelation(estimate=0.31, std_error=0.03, conf_low=0.25, conf_high=0.37,
    ...                         statistic=9.0, p_value=1e-9, n=500)
    >>> together_title(("visibility", "accessibility"), found)
    'Visibility and accessibility go together: tau-b 0.31 (0.25 to 0.37), 500 people'
    """
    ends = interval(found.conf_low, found.conf_high, "number")
    verb = "go together" if found.conf_low > 0 else "need not go together"
    verb = "go opposite ways" if found.conf_high < 0 else verb
    return (
        f"{at_start(names[0])} and {names[1]} {verb}: tau-b {found.estimate:.2f} ({ends}), "
        f"{found.n:,} people"
    )


def experience_sentence(found: Mapping[str, RankCorrelation], experience: str) -> str:
    """Say which ratings go with the experience of contact.

    Parameters
    ----------
    found : mapping of str to RankCorrelation
        Of each rating with the experience, by what is rated.
    experience : str
        The survey's word for it.

    Returns
    -------
    str
        One sentence; "" if the survey asked for none.

    Examples
    --------
    >>> one = RankCorrelation(estimate=0.15, std_error=0.03, conf_low=0.09, conf_high=0.21,
    ...                       statistic=5.0, p_value=1e-6, n=700)
    >>> none = RankCorrelation(estimate=0.02, std_error=0.03, conf_low=-0.04, conf_high=0.08,
    ...                        statistic=0.7, p_value=0.5, n=690)
    >>> print(experience_sentence({"visibility": one, "accessibility": none}, "experience"))
    Who had a better experience tends to give a better rating of visibility (tau-b 0.15, 0.09 to \
0.21; 700 people); these data do not show that of accessibility (0.02, -0.04 to 0.08; 690 people).
    """
    if not found:
        return ""
    sure = {name: each for name, each in found.items() if each.conf_low > 0}
    rest = {name: each for name, each in found.items() if each.conf_low <= 0}
    if not sure:
        start = f"These data do not show that who had a better {experience} gives a better rating"
        return f"{start} of {_with_numbers(rest, first='tau-b ')}."
    said = f"Who had a better {experience} tends to give a better rating of "
    said += _with_numbers(sure, first="tau-b ")
    return f"{said}; these data do not show that of {_with_numbers(rest)}." if rest else f"{said}."


def _with_numbers(found: Mapping[str, RankCorrelation], first: str = "") -> str:
    """List ratings with their correlations, the first number after a word of its own."""
    named = [
        f"{name} ({first * (at == 0)}{each.estimate:.2f}, "
        f"{interval(each.conf_low, each.conf_high, 'number')}; {each.n:,} people)"
        for at, (name, each) in enumerate(found.items())
    ]
    return listed(named)


def within_sentence(within: RankCorrelation | None, districts: str) -> str:
    """Say whether two ratings go together among people of the same district.

    Parameters
    ----------
    within : RankCorrelation, optional
        Averaged over districts; None if these are not compared.
    districts : str
        The survey's word for them.

    Returns
    -------
    str
        One sentence; "" if districts are not compared.

    Examples
    --------
    >>> within = RankCorrelation(estimate=0.2, std_error=0.03, conf_low=0.14, conf_high=0.26,
    ...                          statistic=6.0, p_value=1e-9, n=900)
    >>> print(within_sentence(within, "districts"))
    Within districts tau-b is 0.20 (0.14 to 0.26; 900 people): it is there among people \
of the same place too.
    """
    if within is None:
        return ""
    ends = interval(within.conf_low, within.conf_high, "number")
    said = f"Within {districts} tau-b is {within.estimate:.2f} ({ends}; {within.n:,} people)"
    if within.conf_low <= 0 <= within.conf_high:
        return f"{said}, which these data cannot tell from none."
    return f"{said}: it is there among people of the same place too."
