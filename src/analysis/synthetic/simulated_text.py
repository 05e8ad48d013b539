"""Open answers made of themes and phrases, and the free text behind "Other"."""

import re
from collections.abc import Mapping, Sequence
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
    shares = draws.drawn_shares(people, table["themes"]["base"], table["themes"]["effect"], themes)
    first, second, turned = (draws.choose_codes(themes, shares, rng) for _ in range(3))
    chance = rng.random((len(people), 5))
    rows = []
    for i, district in enumerate(people["district"]):
        places = table["places"][district]
        row = {"change": None, "change_why": None, "change_text": "", "change_why_text": ""}
        if chance[i, 0] < table["change_answered"]:
            named = [first[i]]
            if chance[i, 1] < table["two_themes"] and second[i] != first[i]:
                named.append(second[i])
            vague = chance[i, 2] < table["uncodable"]
            row["change"] = UNCODABLE if vague else ";".join(named)
            row["change_text"] = _answer("change", [] if vague else named, table, places, rng)
            if chance[i, 3] < table["why_answered"]:
                reason = turned[i] if chance[i, 4] < table["other_theme_in_why"] else first[i]
                vague = rng.random() < table["uncodable"]
                row["change_why"] = UNCODABLE if vague else reason
                reasons = [] if vague else [reason]
                row["change_why_text"] = _answer("why", reasons, table, places, rng)
        rows.append(row)
    return pd.DataFrame(rows, index=people.index)


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
            f"{side}_other": [
                texts[side][k] for k in rng.integers(0, len(texts[side]), len(people))
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
    return texts[int(rng.integers(0, len(texts)))]


def _answer(
    kind: str,
    themes: Sequence[str],
    table: Mapping[str, Any],
    places: Sequence[str],
    rng: np.random.Generator,
) -> str:
    """Write one answer: opener, a phrase a theme, joined and ended; now and then misspelt."""
    style = table["style"]
    if not themes:
        return pick(table["nothing_to_code"][kind], rng)
    phrases = [
        _phrase(pick(table["phrases"][theme][kind], rng), table, places, rng) for theme in themes
    ]
    text = pick(style["change_openers" if kind == "change" else "why_openers"], rng)
    text += phrases[0]
    for phrase in phrases[1:]:
        text += pick(style["joiners"], rng) + phrase
    if rng.random() >= style["lower_case"]:
        text = text[0].upper() + text[1:]
    if rng.random() < table["misspelt"]:
        text = _misspelt(text, table["misspellings"]["words"], rng)
    return text + pick(style["enders"], rng)


def _phrase(
    template: str, table: Mapping[str, Any], places: Sequence[str], rng: np.random.Generator
) -> str:
    options = {**table["slots"], "place": places}
    return re.sub(r"\{(\w+)\}", lambda slot: pick(options[slot.group(1)], rng), template)


def _misspelt(text: str, words: Mapping[str, str], rng: np.random.Generator) -> str:
    there = [word for word in words if re.search(rf"\b{word}\b", text)]
    if not there:
        return text
    word = pick(there, rng)
    return re.sub(rf"\b{word}\b", words[word], text, count=1)
