"""A page for each district: what is said of it, its numbers beside everybody's, what it prefers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis import figures
from analysis.primary import population_label
from analysis.privacy import ABSENT, HIDDEN, rule_of
from analysis.publish.pages import Page, render_template
from analysis.report import interval, listed, percent, points
from analysis.survey import Survey

#: How the data tables tell p-values below 0.05.
_CLEAR = ("< 0.001", "< 0.01", "< 0.05")

#: How shares and shifts of a profile are written.
_WRITE = {"percent": percent, "points": lambda share: points(share, 0)}


@dataclass(frozen=True, kw_only=True)
class District:
    """One district: its name, the file of its page, and where it lies on the tile map."""

    name: str
    file: str
    tile: tuple[int, ...] = ()


def districts_of(survey: Survey, tables: Path) -> list[District]:
    """List the districts that have a page.

    Parameters
    ----------
    survey : Survey
        The survey.
    tables : pathlib.Path
        The folder of the tables that the notebooks wrote.

    Returns
    -------
    list of District
        In the order of the codebook; none where notebook 08 was left out.
    """
    path = tables / "district_sentences.csv"
    if not path.is_file():
        return []
    named = set(pd.read_csv(path)["level"].astype("str"))
    places = figures.places(survey.codebook)
    return [
        District(name=label, file=f"district_{code}.html", tile=places.get(label, ()))
        for code, label in survey.codebook.question("district").labels.items()
        if label in named
    ]


def district_html(
    survey: Survey,
    district: District,
    *,
    districts: Sequence[District],
    tables: Path,
    banner: Path,
    pages: Sequence[Page],
    notice: str,
) -> str:
    """Make the page of one district.

    Parameters
    ----------
    survey : Survey
        The survey.
    district : District
        Which.
    districts : sequence of District
        All that have a page.
    tables : pathlib.Path
        The folder of the tables that the notebooks wrote.
    banner : pathlib.Path
        `banner.csv`, beside `topline.csv`; what the district prefers is left out without them.
    pages : sequence of Page
        All notebooks of the report.
    notice : str
        Shown at the top; left out if it is empty.

    Returns
    -------
    str
        A complete HTML page. Every number is one that the notebook or the data tables show.
    """
    words = survey.words
    told = pd.read_csv(tables / "district_sentences.csv").set_index("level").loc[district.name]
    profile = pd.read_csv(tables / "district_profiles.csv")
    mine = profile[profile["level"] == district.name]
    preferred = _preferred(banner, banner.with_name("topline.csv"), district.name)
    return render_template(
        "district.html.j2",
        page=Page(stem=district.file.removesuffix(".html"), title=district.name),
        sections=[],
        pages=[page for page in pages if not page.skipped],
        district=district,
        districts=districts,
        tiles=_tiles(districts),
        word=words.district,
        words=words.districts,
        sentence=told["sentence"],
        residents="" if pd.isna(told["residents"]) else told["residents"],
        people=_people(told["people"], survey),
        rows=[_row(row) for row in mine.itertuples()],
        preferred=preferred,
        rough=any(each["share"] == "[u]" for each in preferred),
        preferred_head=f"What people {words.preferred}",
        tests=tests_sentence(banner, words.districts),
        measures=len(mine),
        population_label=population_label(survey) if mine["residents"].notna().any() else "",
        rounded=rule_of(survey.codebook).crossed_rounding,
        limits=survey.codebook.limits,
        survey_title=survey.codebook.title,
        notice=notice,
        population="",
    )


def _people(people: float, survey: Survey) -> str:
    """Say how many people answered in a district, rounded, or that they are few."""
    if pd.isna(people):
        return f"Fewer than {rule_of(survey.codebook).people()} people"
    return f"{int(people):,} people (rounded)"


def _row(row: object) -> Mapping[str, str]:
    """Write one measure; a number that is hidden is marked."""
    write, kind, hidden = _WRITE[row.unit], f"whole {row.unit}", HIDDEN
    known, gap = not pd.isna(row.estimate), not pd.isna(row.gap)
    return {
        "measure": row.measure,
        "estimate": write(row.estimate) if known else hidden,
        "interval": interval(row.conf_low, row.conf_high, kind) if known else hidden,
        "overall": write(row.overall),
        "gap": f"{points(row.gap, 0)}" if gap else hidden,
        "gap_interval": interval(row.gap_low, row.gap_high, "whole points") if gap else hidden,
        "n": hidden if pd.isna(row.n) else f"{int(row.n):,}",
        **_residents(row),
    }


def _residents(row: object) -> Mapping[str, str]:
    """Write the estimate of the residents, which shares have and shifts have not."""
    if pd.isna(row.residents):
        missing = HIDDEN if row.unit == "percent" else ABSENT
        return {"residents": missing, "residents_interval": missing}
    ends = interval(row.residents_low, row.residents_high, "whole percent")
    return {"residents": percent(row.residents), "residents_interval": ends}


def _preferred(banner: Path, topline: Path, district: str) -> list[Mapping[str, str]]:
    """Take what a district prefers from the data tables, the most frequent first."""
    if not banner.is_file() or not topline.is_file():
        return []
    table, everybody = pd.read_csv(banner), pd.read_csv(topline)
    of_all = everybody[everybody["question"] == "preferred"].set_index("answer")["estimate"]
    mine = table[(table["question"] == "preferred") & (table["by"] == "district")]
    mine = mine[(mine["group"] == district) & mine["people"].notna()]
    mine = mine.sort_values("people", ascending=False, kind="stable")
    return [
        {
            "answer": row.answer,
            "share": "[u]" if pd.isna(row.estimate) else percent(row.estimate),
            "interval": interval(row.conf_low, row.conf_high, "whole percent"),
            "overall": HIDDEN if pd.isna(of_all[row.answer]) else percent(of_all[row.answer]),
            "people": f"{int(row.people):,}",
            "n": f"{int(row.n):,}",
        }
        for row in mine.itertuples()
    ]


def tests_sentence(banner: Path, districts: str) -> str:
    """Say of which questions the data tables find that their answers differ between districts.

    Parameters
    ----------
    banner : pathlib.Path
        `banner.csv`.
    districts : str
        The survey's word for them.

    Returns
    -------
    str
        One sentence or two; "" without such a question, or without the file.
    """
    if not banner.is_file():
        return ""
    table = pd.read_csv(banner)
    mine = table[table["by"] == "district"].drop_duplicates("question")
    plain = mine["p_adjusted"].astype("str").isin(_CLEAR)
    heavy = "p_weighted" in mine
    weighted = mine["p_weighted"].astype("str").isin(_CLEAR) if heavy else plain
    lists = {
        "": mine[plain & weighted],
        " without weights only": mine[plain & ~weighted],
        " with weights only": mine[~plain & weighted],
    }
    told = [
        listed([f"“{each}”" for each in rows["wording"]], most=12) + where
        for where, rows in lists.items()
        if len(rows)
    ]
    if not told:
        return ""
    return (
        "The data tables ask something else, whether any answer to a question differs between "
        f"{districts}, in one family of all their questions by {districts}. By that they differ on "
        f"{'; '.join(told)}."
    )


def _tiles(districts: Sequence[District]) -> Mapping[str, object]:
    """Lay the tiles out on a grid; nothing if a district has no place."""
    if any(not each.tile for each in districts):
        return {}
    rows, columns = zip(*(each.tile for each in districts), strict=True)
    return {"rows": max(rows) + 1, "columns": max(columns) + 1}
