"""Changes of single districts between two waves: satisfaction, and use of the preferred channel."""

import pandas as pd

from analysis import figures
from analysis.primary import designs
from analysis.privacy import hidden_places_in_either
from analysis.survey import bases, measures, preferences
from analysis.survey.wording import at_start
from analysis.waves.blocks import Block
from analysis.waves.loading import Pair, Wave

#: The families, in the order of the page.
FAMILIES = ("satisfaction by district", "preferred used by district")


def district_blocks(waves: Pair) -> tuple[list[Block], list[str]]:
    """Gather who is satisfied, and who used what they prefer, district by district.

    Parameters
    ----------
    waves : Pair
        The two waves.

    Returns
    -------
    tuple of list of Block and list of str
        A block a district, of the districts that the report profiles; and sentences that say why
        districts are not compared on something that both waves asked.

    Notes
    -----
    Satisfaction is told of those whom the report of a wave compares, who also said their channel:
    with another base the few who are in one alone could be worked out.
    Districts add up to everybody, so what few people of one wave in a district said is hidden in
    both, and other districts with it (`privacy.hidden_places_in_either`). There are no weights:
    they are made for the whole, and in one district rest on few people of an age and sex.
    """
    words = waves.second.survey.words
    measured = _satisfied(waves), _got(waves)
    if not any(measured):
        return [], []
    if not waves.compares("district"):
        asked = "district" in waves.agreed
        why = "the two waves asked for it otherwise" if asked else "a wave did not ask for it"
        return [], [f"No changes by {words.district} are shown: {why}."]
    blocks, left_out = [], []
    for family, about, yes in zip(FAMILIES, names(waves), measured, strict=True):
        made = _blocks(waves, family, yes) if yes else []
        if made and all(each.hidden for each in made):
            left_out.append(
                f'"{about}" is not compared by {words.district}: in each of them few people of a '
                "wave gave one kind of answer, or the others would tell how few."
            )
            continue
        blocks += made
    return blocks, left_out


def names(waves: Pair) -> tuple[str, str]:
    """Call the two measures.

    Parameters
    ----------
    waves : Pair
        The two waves.

    Returns
    -------
    tuple of str
        As they begin a sentence, in the order of `FAMILIES`.
    """
    words = waves.second.survey.words
    return at_start(words.satisfied), f"{words.used_short} what they {words.preferred}"


def _satisfied(waves: Pair) -> list[pd.Series]:
    """Say who of each wave is satisfied, of those whom its report compares; none if not asked."""
    if not waves.compares("satisfaction"):
        return []
    found = []
    for wave in waves.waves:
        people = bases.answered(wave.survey, wave.responses, ["satisfaction"]).frame
        if wave.own.has("satisfaction"):
            reported = designs.design_of(wave.own, wave.own.responses()).base.frame
            people = people[people.index.isin(reported.index)]
        best = measures.top_answers(wave.survey, "satisfaction")
        found.append(people["satisfaction"].isin(best))
    return found


def _got(waves: Pair) -> list[pd.Series]:
    """Say who of each wave used what they prefer; none if the waves do not compare on it."""
    role, found = waves.second.survey.used_role, []
    if not waves.complete(role, "preferred"):
        return []
    for wave in waves.waves:
        people = bases.answered(wave.survey, wave.responses, [role, "preferred"]).frame
        found.append(preferences.used_preferred(wave.survey, people).dropna() == 1)
    return found


def _blocks(waves: Pair, family: str, yes: list[pd.Series]) -> list[Block]:
    """Make a block of each district; all that people named decide what is hidden."""
    places = [_places(wave, each) for wave, each in zip(waves.waves, yes, strict=True)]
    everywhere = [str(each) for each in places[1].cat.categories]
    counts, n = (
        [
            each.groupby(place, observed=False).agg(how).reindex(everywhere).astype(int).tolist()
            for each, place in zip(yes, places, strict=True)
        ]
        for how in ("sum", "count")
    )
    secret = hidden_places_in_either(counts, n, waves.second.survey.codebook)
    hidden = {name for name, no in zip(everywhere, secret, strict=True) if no}
    profiled = list(figures.places(waves.second.survey.codebook)) or everywhere
    kept = waves.shared.get("district", everywhere)
    return [
        Block(
            family=family,
            yes=tuple(
                each[(place == name).to_numpy()].to_frame(name)
                for each, place in zip(yes, places, strict=True)
            ),
            hidden=frozenset({name} & hidden),
            weighted=False,
        )
        for name in everywhere
        if name in profiled and name in kept
    ]


def _places(wave: Wave, yes: pd.Series) -> pd.Series:
    return wave.responses.loc[yes.index, "district"]
