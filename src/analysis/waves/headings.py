"""What the tables of two waves are called, and what each needs to be read."""

from dataclasses import dataclass

from analysis.survey.wording import at_start
from analysis.waves import districts, hidden, themes
from analysis.waves.comparison import Comparison


@dataclass(frozen=True, kw_only=True)
class Caption:
    """How a table is called: heading, short name in the contents, first column, note below it.

    `about` is what it tells of, as a clause; `counted` and `one` are what a row stands for.
    """

    text: str
    short: str
    about: str
    counted: str = "measures"
    one: str = "measure"
    first: str = "Measure"
    note: str = ""


def captions(found: Comparison) -> dict[str, Caption]:
    """Head the tables of a comparison.

    Parameters
    ----------
    found : Comparison
        The two waves compared.

    Returns
    -------
    dict
        Family -> caption, in the order of the page.
    """
    return {
        "headlines": Caption(
            text="Headline measures: shares of the people who answered",
            short="Headline measures",
            about="headline measures",
            note=_preference_note(found),
        ),
        **_of_channels(found),
        "satisfaction": Caption(
            text="Satisfaction, in one model of both waves",
            short="Satisfaction",
            about="satisfaction",
        ),
        **_of_districts(found),
        **_of_themes(found),
    }


def _of_channels(found: Comparison) -> dict[str, Caption]:
    words, (first, second) = found.waves.second.survey.words, found.waves.labels
    what, channels = {"counted": words.channels, "one": words.channel}, at_start(words.channels)
    return {
        "channels used": Caption(
            text=f"{channels} that people {words.used}",
            short=f"{channels}: {words.used_short}",
            about=f"what people {words.used}",
            **what,
        ),
        "channels preferred": Caption(
            text=f"{channels} that people {words.preferred}",
            short=f"{channels}: {words.preferred_short}",
            about=f"what people {words.preferred}",
            **what,
        ),
        "shifts": Caption(
            text=f"From what people {words.used} to what they {words.preferred}: the shift of each "
            f"{words.channel} in {first} and in {second}, in points",
            short=f"{channels}: shifts",
            about=f"the shift from what people {words.used} to what they {words.preferred}",
            **what,
        ),
    }


def _of_districts(found: Comparison) -> dict[str, Caption]:
    words = found.waves.second.survey.words
    note = (
        f"Each {words.district} by itself, without weights, which are made for the whole. An "
        f"interval is of one {words.district}, p takes account of all in the table."
    )
    return {
        family: Caption(
            text=f"{name}: shares of the people of each {words.district} who answered",
            short=f"{name}, by {words.district}",
            about=f'"{name}" by {words.district}',
            counted=words.districts,
            one=words.district,
            first=at_start(words.district),
            note=note,
        )
        for family, name in zip(districts.FAMILIES, districts.names(found.waves), strict=True)
    }


def _of_themes(found: Comparison) -> dict[str, Caption]:
    codebook, made = found.waves.second.own.codebook, {}
    for role, family in themes.FAMILIES.items():
        if codebook.has(role):
            wording = codebook.question(role).wording
            made[family] = Caption(
                text=f'Themes of the answers to "{wording}": shares of the people who wrote one',
                short=f'Themes: "{wording}"',
                about=f'themes of the answers to "{wording}"',
                counted="themes",
                one="theme",
                first="Theme",
                note=found.notes.get(family, ""),
            )
    return made


def _preference_note(found: Comparison) -> str:
    """Say of whom preference by groups of channels is told, where it could be two bases."""
    waves, survey = found.waves, found.waves.second.survey
    words = survey.words
    if not waves.complete("preferred") or not hidden.others(waves):
        return ""
    start = f"{words.preferred_short}, by {survey.channel_groups}: of"
    if found.secret.everybody:
        return (
            f"{at_start(start)} everybody who answered, but for those who were asked what they "
            f"{words.used} and did not say. The tables of single {words.channels} are of those who "
            "said both."
        )
    return (
        f"{at_start(start)} the people who also said what they {words.used}, as in the tables of "
        f"single {words.channels}. Of everybody it would tell how few of the others prefer some."
    )
