"""Code open answers by the rules of the codebook."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from analysis import engine
from analysis.survey.codebook import Codebook
from analysis.survey.phrases import pattern
from analysis.survey.theme_rules import Theme, ThemeRules
from analysis.themes.plain_words import Reader

#: So many different answers are coded in processes, some thousands at a time.
MANY, _BLOCK = 50_000, 5_000

_STOPS = re.compile(r"\.+")

#: Words of an answer, and the code of the theme of which they are praise.
Part = tuple[str, str]


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
        If the codebook has no themes, or an answer is missing.

    Notes
    -----
    An answer that says nothing, by the codebook's `says_nothing`, has no theme. Where an answer
    asks for nothing (`wishes`), a part of it (to a full stop or one of `joins`) in which a theme's
    `praise` stands is read for that theme alone. For each theme the passages that it excludes are
    taken out, and a full stop put in their place; it is found if one of its phrases stands in what
    is left. Only where no theme is found so, the phrases for this question alone are looked for,
    which say what they say as an answer to it ("it took ages" as a reason). Only where these find
    none either, the weak phrases are counted, and the theme with most of them is taken (several,
    if equal).

    Examples
    --------
    >>> from analysis import survey
    >>> rules = survey.load("herts_2023").codebook
    >>> found = code_themes(pd.Series(["Answer 101 sooner!", "dunno"]), rules, role="change")
    >>> found.indicators.iloc[:, 0].tolist(), found.uncoded.tolist()
    ([True, False], [False, True])
    """
    rules = rules_of(codebook)
    places, texts = pd.factorize(answers)
    if (places < 0).any():
        raise ValueError(f"{(places < 0).sum()} answers are missing; leave them out")
    if answers.empty:
        nothing = pd.DataFrame(False, index=answers.index, columns=list(rules.labels.values()))
        return CodedThemes(role=role, indicators=nothing)
    blocks = [texts]
    if len(texts) >= MANY:
        blocks = [texts[start : start + _BLOCK] for start in range(0, len(texts), _BLOCK)]
    work = [(pd.Series(block, dtype="str"), rules, role) for block in blocks]
    run = engine.run_in_processes if len(blocks) > 1 else engine.run_here
    done = dict(run(_coded, work, engine.cores()))
    found = pd.concat([done[place] for place in range(len(blocks))], ignore_index=True)
    return CodedThemes(role=role, indicators=found.take(places).set_axis(answers.index))


def _coded(work: tuple[pd.Series, ThemeRules, str]) -> pd.DataFrame:
    """Find the themes of different answers, each by itself, here or in another process."""
    texts, rules, role = work
    reader = Reader(rules)
    lines = texts.map({text: reader.read(text) for text in texts})
    silent = _silent_lines(lines.unique(), rules)
    lines = lines.mask(lines.isin(silent), " ")
    parts = _parts_with_praise(lines.unique(), rules)
    found, further, left = {}, {}, {}
    for theme in rules.themes:
        excluded = [pattern([phrase], rules.sets) for phrase in theme.exclude]
        any_excluded = pattern(theme.exclude, rules.sets)
        wanted = pattern([*theme.phrases, *theme.shared, *theme.praise], rules.sets)
        alone = pattern(theme.only.get(role, ()), rules.sets)
        own = {line: _for_theme(parts[line], theme) for line in lines.unique()}
        own = {
            line: _without(kept, excluded) if any_excluded.search(kept) else kept
            for line, kept in own.items()
        }
        found[theme.label] = lines.map({k: wanted.search(v) is not None for k, v in own.items()})
        further[theme.label] = lines.map({k: alone.search(v) is not None for k, v in own.items()})
        left[theme.label] = own
    indicators = pd.DataFrame(found, index=texts.index).astype(bool)
    nothing = ~indicators.any(axis=1)
    indicators |= pd.DataFrame(further, index=texts.index).mul(nothing, axis=0).astype(bool)
    nothing = ~indicators.any(axis=1)
    weaker = _weak_hits(lines[nothing], rules, left)
    most = weaker.eq(weaker.max(axis=1), axis=0) & weaker.gt(0)
    indicators[nothing] = most
    return indicators


def _weak_hits(
    lines: pd.Series, rules: ThemeRules, left: Mapping[str, Mapping[str, str]]
) -> pd.DataFrame:
    """Count the weak phrases of each theme in what is left of lines for it."""
    hits = {}
    for theme in rules.themes:
        weak, own = [pattern([phrase], rules.sets) for phrase in theme.weak], left[theme.label]
        found = {k: sum(each.search(own[k]) is not None for each in weak) for k in lines.unique()}
        hits[theme.label] = lines.map(found).astype(int)
    return pd.DataFrame(hits, index=lines.index)


def _silent_lines(lines: Iterable[str], rules: ThemeRules) -> set[str]:
    """Return the lines that hold `says_nothing` phrases and stop words alone."""
    silent = pattern(rules.says_nothing, rules.sets)
    stop_words = {".", *rules.stop_words}
    return {
        line
        for line in lines
        if silent.search(line) and stop_words.issuperset(_without(line, [silent]).split())
    }


def _parts_with_praise(lines: Iterable[str], rules: ThemeRules) -> dict[str, list[Part]]:
    """Cut each line at full stops and `joins`; a part of praise has the code of its theme."""
    wishes, joins = pattern(rules.wishes, rules.sets), pattern(rules.joins, rules.sets)
    praising = [theme for theme in rules.themes if theme.praise]
    praise = {theme.code: pattern(theme.praise, rules.sets) for theme in praising}
    excluded = {
        theme.code: [pattern([phrase], rules.sets) for phrase in theme.exclude]
        for theme in praising
    }

    def praised(part: str) -> str:
        for code, phrases in praise.items():
            if phrases.search(part) and phrases.search(_without(part, excluded[code])):
                return code
        return ""

    found = {}
    for line in lines:
        cuts = [match.span() for match in re.finditer(rf"\.|{joins.pattern}", line)]
        ends = [0, *(place for cut in cuts for place in cut), len(line)]
        parts = [line[start:end] for start, end in pairwise(ends)]
        wish = wishes.search(line) is not None
        found[line] = [(part, "" if wish else praised(part)) for part in parts]
    return found


def _for_theme(parts: list[Part], theme: Theme) -> str:
    """Put a line together without the parts that are praise of another theme."""
    return "".join(part if code in ("", theme.code) else " . " for part, code in parts)


def _without(line: str, passages: list[re.Pattern]) -> str:
    """Put full stops in place of all passages, also where they overlap."""
    spans = (found.span() for passage in passages for found in passage.finditer(line))
    left, end = [], 0
    for start, stop in sorted(spans):
        left += [line[end:start], "." * (stop > start)]
        end = max(end, stop)
    return _STOPS.sub(".", "".join([*left, line[end:]]))
