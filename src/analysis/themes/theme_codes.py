"""Code open answers by the rules of the codebook."""

import re
from dataclasses import dataclass

import pandas as pd

from analysis.survey.codebook import Codebook
from analysis.survey.phrases import pattern
from analysis.survey.theme_rules import ThemeRules
from analysis.themes.plain_words import Reader


@dataclass(frozen=True, kw_only=True)
class CodedThemes:
    """What open answers are about; no word of them is in it.

    `indicators` is boolean, a row an answer and a column a theme's label, in the codebook's
    order. `role` is the question.
    """

    role: str
    indicators: pd.DataFrame

    @property
    def n(self) -> int:
        """How many answers."""
        return len(self.indicators)

    @property
    def uncoded(self) -> pd.Series:
        """Mark the answers in which no theme was found."""
        return ~self.indicators.any(axis=1)


def rules_of(codebook: Codebook) -> ThemeRules:
    """Return the rules of a codebook.

    Parameters
    ----------
    codebook : Codebook
        With `[[theme]]` tables.

    Returns
    -------
    ThemeRules
        At least one theme.

    Raises
    ------
    ValueError
        If it has none.
    """
    if codebook.themes is None:
        raise ValueError(
            f"codebook.toml of {codebook.id} has no [[theme]]; write the themes "
            "(docs/codebook.md), then run again"
        )
    return codebook.themes


def code_themes(answers: pd.Series, codebook: Codebook, *, role: str) -> CodedThemes:
    """Find the themes of open answers.

    Parameters
    ----------
    answers : pandas.Series
        Text, none missing.
    codebook : Codebook
        Its `[[theme]]` tables.
    role : str
        The question: a theme may have phrases for one question alone.

    Returns
    -------
    CodedThemes
        The index of the answers; several themes an answer, or none.

    Raises
    ------
    ValueError
        If the codebook has no themes.

    Notes
    -----
    For each theme the passages that it excludes are taken out, and a full stop put in their
    place; it is found if one of its phrases stands in what is left. Only where no theme is found
    so, the phrases for this question alone are looked for, which say what they say as an answer
    to it ("it took ages" as a reason). Only where these find none either, the weak phrases are
    counted, and the theme with most of them is taken (several, if equal).

    Examples
    --------
    >>> from analysis import survey
    >>> rules = survey.load("herts_2023").codebook
    >>> found = code_themes(pd.Series(["Answer 101 sooner!", "dunno"]), rules, role="change")
    >>> found.indicators.iloc[:, 0].tolist(), found.uncoded.tolist()
    ([True, False], [False, True])
    """
    rules = rules_of(codebook)
    reader = Reader(rules)
    lines = answers.map({text: reader.read(text) for text in answers.unique()})
    found, further, weak = {}, {}, {}
    for theme in rules.themes:
        excluded = [pattern([phrase], rules.sets) for phrase in theme.exclude]
        any_excluded = pattern(theme.exclude, rules.sets)
        wanted = pattern([*theme.phrases, *theme.shared], rules.sets)
        alone = pattern(theme.only.get(role, ()), rules.sets)
        also = [pattern([phrase], rules.sets) for phrase in theme.weak]
        left = {
            line: _without(line, excluded) if any_excluded.search(line) else line
            for line in lines.unique()
        }
        found[theme.label] = lines.map({k: wanted.search(v) is not None for k, v in left.items()})
        further[theme.label] = lines.map({k: alone.search(v) is not None for k, v in left.items()})
        hits = {k: sum(each.search(v) is not None for each in also) for k, v in left.items()}
        weak[theme.label] = lines.map(hits)
    indicators = pd.DataFrame(found, index=answers.index).astype(bool)
    nothing = ~indicators.any(axis=1)
    indicators |= pd.DataFrame(further, index=answers.index).mul(nothing, axis=0).astype(bool)
    weaker = pd.DataFrame(weak, index=answers.index)
    most = weaker.eq(weaker.max(axis=1), axis=0) & weaker.gt(0)
    nothing = ~indicators.any(axis=1)
    return CodedThemes(role=role, indicators=indicators | most.mul(nothing, axis=0).astype(bool))


def _without(line: str, passages: list[re.Pattern]) -> str:
    """Put full stops in place of all passages, also where they overlap."""
    words = [False] * len(line)
    for passage in passages:
        for found in passage.finditer(line):
            words[found.start() : found.end()] = [True] * (found.end() - found.start())
    left = "".join("." if out else letter for letter, out in zip(line, words, strict=True))
    return re.sub(r"\.+", ".", left)
