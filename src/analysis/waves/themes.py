"""Changes of the themes of open answers between two waves."""

from collections.abc import Sequence

import pandas as pd

from analysis.numerics import percent
from analysis.privacy import rule_of
from analysis.survey import Survey
from analysis.survey.wording import listed
from analysis.themes import answers
from analysis.waves.blocks import Block
from analysis.waves.loading import Pair
from analysis.waves.questions import differences

#: Open questions that themes are told of -> their family, in the order of the page.
FAMILIES = {"change": "themes of change", "change_why": "themes of change_why"}


def theme_blocks(waves: Pair) -> tuple[list[Block], dict[str, str], list[str]]:
    """Gather who named each theme, open question by open question.

    Parameters
    ----------
    waves : Pair
        The two waves.

    Returns
    -------
    tuple
        Blocks, of the people who wrote an answer, several themes a person; family -> how many
        answers have no theme; and sentences that say why a question is not compared.

    Notes
    -----
    Only where both codebooks find themes by the same rules: other rules would find other themes in
    the same answers, and two codings of one wave beside each other would tell of few people.
    """
    first, second = (each.own for each in waves.waves)
    blocks, notes, left_out = [], {}, []
    for role, family in FAMILIES.items():
        if not (first.has(role) and second.has(role)):
            continue
        if first.codebook.themes is None and second.codebook.themes is None:
            continue
        why = refusal(waves, role)
        if why:
            wording = second.codebook.question(role).wording
            left_out.append(f'The open answers to "{wording}" are not compared: {why}.')
            continue
        coded = [
            answers.coded_answers(each.own, each.own.responses(), role) for each in waves.waves
        ]
        yes = (coded[0].indicators, coded[1].indicators)
        blocks.append(Block(family=family, yes=yes))
        notes[family] = _without_theme(waves, [each.uncoded for each in coded])
    return blocks, notes, left_out


def refusal(waves: Pair, role: str) -> str:
    """Say why the open answers to a question do not compare.

    Parameters
    ----------
    waves : Pair
        Two waves that both asked it.
    role : str
        The question.

    Returns
    -------
    str
        A clause; "" if they do.
    """
    first, second = (each.own for each in waves.waves)
    rule = second.codebook.waves.of(role, first.name)
    if rule and rule.earlier != role:
        return f"it was {rule.earlier} before, and themes know answers by the role of the question"
    found = differences(first, second, role)
    accepted = rule.accept if rule else ()
    differs = [f"{kind} ({said})" for kind, said in found.items() if kind not in accepted]
    if differs:
        return f"the two waves asked otherwise: {listed(differs)}"
    if first.codebook.themes != second.codebook.themes:
        return (
            "the two codebooks find themes by other rules; give both the same [[theme]] tables and "
            "[theme_rules]"
        )
    limit = rule_of(waves.second.survey.codebook)
    if any(limit.few(_written(each, role)) for each in (first, second)):
        return f"fewer than {limit.people()} people of a wave wrote something"
    return ""


def _written(survey: Survey, role: str) -> int:
    return int(survey.responses()[role].notna().sum())


def _without_theme(waves: Pair, uncoded: Sequence[pd.Series]) -> str:
    """Say in how many answers no theme was found, and what the rules are supposed to do."""
    limit = rule_of(waves.second.survey.codebook)
    said = (
        "Themes are found by rules, which miss some and see some that are not there; a change is "
        "one of what they find, and takes them to err alike in both waves."
    )
    if not all(limit.splits(each) for each in uncoded):
        return said
    shares = [
        f"{percent(each.mean())} of the answers of {label}"
        for each, label in zip(uncoded, waves.labels, strict=True)
    ]
    return f"No theme was found in {listed(shares)}. {said}"
