"""Open answers made of themes and phrases, and the free text behind "Other"."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from analysis.survey.codebook import Codebook
from analysis.synthetic import draws

#: Code in the truth of an answer that names no theme.
UNCODABLE = "uncodable"


def draw_open_answers(
    people: pd.DataFrame, parameters: Mapping[str, Any], rng: np.random.Generator
) -> pd.DataFrame:
    """Draw what people would change and why, as themes and as text.

    Parameters
    ----------
    people : pandas.DataFrame
        As `simulated_people.draw_people` returns it.
    parameters : mapping
        As `simulation.read_parameters` returns them.
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    pandas.DataFrame
        `change` and `change_why`: themes joined by ";", None where nothing was written;
        `change_text` and `change_why_text`: the text, empty where nothing was written.
    """
    table = parameters["open"]
    themes = list(table["themes"]["base"])
    shares, of = draws.drawn_shares(
        people, table["themes"]["base"], table["themes"]["effect"], themes
    )
    first, second, turned = (draws.choose_codes(themes, shares, rng, of) for _ in range(3))
    chance = rng.random((len(people), 5))
    vague = chance[:, 2] < table["uncodable"]
    two = (chance[:, 1] < table["two_themes"]) & (second != first)
    reason = np.where(chance[:, 4] < table["other_theme_in_why"], turned, first)
    why = chance[:, 3] < table["why_answered"]
    columns = {name: np.full(len(people), None, dtype=object) for name in ("change", "change_why")}
    columns |= {f"{name}_text": np.full(len(people), "", dtype=object) for name in columns}
    districts, writer = people["district"].to_numpy(dtype=object), _Writer(table, rng)
    for i in np.flatnonzero(chance[:, 0] < table["change_answered"]).tolist():
        place = districts[i]
        named = [first[i], second[i]] if two[i] else [first[i]]
        columns["change"][i] = UNCODABLE if vague[i] else ";".join(named)
        columns["change_text"][i] = writer.answer("change", [] if vague[i] else named, place)
        if why[i]:
            unclear = rng.random() < table["uncodable"]
            columns["change_why"][i] = UNCODABLE if unclear else reason[i]
            reasons = [] if unclear else [reason[i]]
            columns["change_why_text"][i] = writer.answer("why", reasons, place)
    return pd.DataFrame(columns, index=people.index)


def draw_other_texts(
    people: pd.DataFrame,
    codebook: Codebook,
    parameters: Mapping[str, Any],
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Draw the free text of people whose channel is none of those listed.

    Parameters
    ----------
    people : pandas.DataFrame
        As `simulated_people.draw_people` returns it.
    codebook : Codebook
        Its channels.
    parameters : mapping
        As `simulation.read_parameters` returns them.
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    pandas.DataFrame
        `used_other`, the same text for the most recent contact and for contacts in the year, and
        `preferred_other`; a text for everybody, of which only some is exported.
    """
    texts = parameters["other_texts"]
    return pd.DataFrame(
        {
            f"{side}_other": np.array(texts[side], dtype=object)[
                rng.integers(0, len(texts[side]), len(people))
            ]
            for side in ("used", "preferred")
        },
        index=people.index,
    )


def filled(pattern: str, rng: np.random.Generator) -> str:
    """Fill a pattern: a digit for every "#" and a capital letter for every "@".

    Parameters
    ----------
    pattern : str
        Text with "#" and "@"; an "@" between word characters is an e-mail's and stays.
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    str
        The text, without I, O, Q and other letters that postcodes and plates avoid.

    Examples
    --------
    >>> filled("reader@example.org", np.random.default_rng(1))
    'reader@example.org'
    """
    letters = "ABDEFGHJLNPRSTUWXY"
    with_digits = re.sub("#", lambda _: str(rng.integers(0, 10)), pattern)
    return re.sub(r"@(?![a-z])", lambda _: letters[int(rng.integers(0, len(letters)))], with_digits)


def pick(texts: Sequence[Any], rng: np.random.Generator) -> Any:
    """Draw one element of a list.

    Parameters
    ----------
    texts : sequence
        What to draw from.
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    object
        One of them, each equally likely.
    """
    return texts[rng.integers(len(texts))]


class _Writer:
    """Writes answers: an opener, a phrase a theme, joined and ended; now and then misspelt."""

    def __init__(self, table: Mapping[str, Any], rng: np.random.Generator) -> None:
        self.table, self.rng = table, rng
        self.slots = {
            district: {**table["slots"], "place": places}
            for district, places in table["places"].items()
        }
        self.openers = {way: table["style"][f"{way}_openers"] for way in ("change", "why")}
        self.slips = {word: re.compile(rf"\b{word}\b") for word in table["misspellings"]["words"]}

    def answer(self, kind: str, themes: Sequence[str], district: str) -> str:
        """Write one answer; without themes one that says nothing."""
        table, rng = self.table, self.rng
        style = table["style"]
        if not themes:
            return pick(table["nothing_to_code"][kind], rng)
        slots = self.slots[district]
        phrases = [self._phrase(table["phrases"][theme][kind], slots) for theme in themes]
        text = pick(self.openers[kind], rng) + phrases[0]
        for phrase in phrases[1:]:
            text += pick(style["joiners"], rng) + phrase
        if rng.random() >= style["lower_case"]:
            text = text[0].upper() + text[1:]
        if rng.random() < table["misspelt"]:
            text = self._misspelt(text)
        return text + pick(style["enders"], rng)

    def _phrase(self, templates: Sequence[str], slots: Mapping[str, Sequence[str]]) -> str:
        """Draw a phrase; every second part of it names what fills a gap."""
        parts = list(_parts(pick(templates, self.rng)))
        for k in range(1, len(parts), 2):
            parts[k] = pick(slots[parts[k]], self.rng)
        return "".join(parts)

    def _misspelt(self, text: str) -> str:
        there = [word for word, slip in self.slips.items() if slip.search(text)]
        if not there:
            return text
        word = pick(there, self.rng)
        return self.slips[word].sub(self.table["misspellings"]["words"][word], text, count=1)


@lru_cache(maxsize=1024)
def _parts(template: str) -> tuple[str, ...]:
    return tuple(re.split(r"\{(\w+)\}", template))
