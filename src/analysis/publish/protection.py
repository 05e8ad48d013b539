"""The rule a report is made by: the codebook's, or a stricter one if that would tell of few."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from analysis import files
from analysis.privacy import Rule, drawn_again, rule_of, with_rule
from analysis.survey import Survey

#: Where a report says that its rule is not the codebook's.
FILE = "disclosure.json"

#: How many times the codebook's threshold is tried, in order.
TIMES = (1.0, 1.5, 2.0, 3.0)

#: How often counts are rounded at random by one threshold, where the codebook has them so.
DRAWS = 3


def by_stricter_rules(survey: Survey) -> Iterator[Survey]:
    """Give a survey by its own rule, then by stricter and stricter ones.

    What random rounding told by chance another draw does not: it goes before a stricter rule.

    Parameters
    ----------
    survey : Survey
        The survey.

    Yields
    ------
    Survey
        The same but for the disclosure threshold of its codebook, or the key of its draws.

    Examples
    --------
    >>> from analysis import survey
    >>> made = by_stricter_rules(survey.load("herts_2023"))
    >>> [rule_of(each.codebook).people() for each in made]
    [10, 15, 20, 30]
    """
    own = rule_of(survey.codebook).people()
    for number in range(DRAWS if rule_of(survey.codebook).key else 1):
        yield _by(survey, own, number)
    for times in TIMES[1:]:
        yield _by(survey, max(round(times * own), own + 1))


def _by(survey: Survey, people: int, draw: int = 0) -> Survey:
    codebook = drawn_again(with_rule(survey.codebook, Rule(people)), draw)
    return survey if codebook == survey.codebook else replace(survey, codebook=codebook)


def write_rule(made_by: Survey, survey: Survey, folder: Path) -> str:
    """Write beside a report that it was made by another rule than its codebook's, if it was.

    Parameters
    ----------
    made_by : Survey
        The survey by the rule of the report.
    survey : Survey
        The survey by its own rule.
    folder : pathlib.Path
        The report's.

    Returns
    -------
    str
        One sentence; "" if the rule is the codebook's.
    """
    own, used = (rule_of(each.codebook).people() for each in (survey, made_by))
    key = made_by.codebook.rounding_key
    draws = range(DRAWS)
    draw = next(n for n in draws if drawn_again(survey.codebook, n).rounding_key == key)
    if (used, draw) == (own, 0):
        return ""
    told = {"disclosure_threshold": used, "of_codebook": own} | ({"draw": draw} if draw else {})
    files.replace_text(folder / FILE, json.dumps(told, indent=1) + "\n")
    if draw:
        return (
            f"counts are rounded at random by draw {draw + 1}: by those before it, small counts "
            "could be worked out from several tables together"
        )
    return (
        f"numbers rest on {used} people or more, not on the codebook's {own}: by that, small "
        "counts could be worked out from several tables together"
    )


def made_by(folder: Path) -> str:
    """Say by which rule or draw a report was made, where it is not the first of its codebook.

    Parameters
    ----------
    folder : pathlib.Path
        The report's; it need not exist.

    Returns
    -------
    str
        A sentence and a space, or "".

    Examples
    --------
    >>> made_by(Path("nowhere"))
    ''
    """
    path = folder / FILE
    if not path.is_file():
        return ""
    told = json.loads(path.read_text(encoding="utf-8"))
    if "draw" in told:
        return f"Made by draw {told['draw'] + 1}. "
    return f"Made by a rule of {told['disclosure_threshold']} people. "


def method_facts(survey: Survey) -> dict[str, str]:
    """Say by which method small counts are kept, where that is not the usual one.

    Parameters
    ----------
    survey : Survey
        The survey by the rule of the report.

    Returns
    -------
    dict of str to str
        A fact for the page of statistics, by name; none where small counts are told as ranges.

    Examples
    --------
    >>> from analysis import survey
    >>> method_facts(survey.load("herts_2023"))
    {}
    """
    rule = rule_of(survey.codebook)
    if not rule.key:
        return {}
    return {
        "Disclosure method": f"controlled rounding: counts of people by two answers are "
        f"{rule.crossed_rounding}, so that rows and columns add up to less than "
        f"{rule.people()} from their people; each is less than {rule.people()} from the people "
        "counted, and a small one may stand for fewer"
    }


def of_report(survey: Survey, folder: Path) -> tuple[Survey, Rule]:
    """Give a survey by the rule that its report was made by.

    Parameters
    ----------
    survey : Survey
        The survey by its own rule.
    folder : pathlib.Path
        The report's; it need not exist.

    Returns
    -------
    tuple of Survey and Rule
        The survey, by a stricter rule where the report says so; and its own rule.
    """
    rule, path = rule_of(survey.codebook), folder / FILE
    if not path.is_file():
        return survey, rule
    told = json.loads(path.read_text(encoding="utf-8"))
    used = max(int(told["disclosure_threshold"]), rule.people())
    return _by(survey, used, int(told.get("draw", 0))), rule
