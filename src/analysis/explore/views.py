"""What a choice shows: sentences, a figure, tables."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.figure import Figure

from analysis import figures, report
from analysis.explore import rows as numbers
from analysis.explore.choices import EVERYBODY, NO_GROUPS, Choice, no_weights
from analysis.explore.rows import Tested
from analysis.figures import SavedFigure
from analysis.privacy import bounded_p, rule_of
from analysis.report import Prose, Shown
from analysis.survey import Survey
from analysis.tables import Book
from analysis.tables.workbook import VAGUE

#: What a test says that shows no difference.
_NONE_SHOWN = bounded_p(1.0, coarse=True)

_SHARE = "Share (95% interval)"

_EXPLORATORY = (
    "What is found by looking around is exploratory, a question to new answers; a difference "
    "between groups is an association, not an effect. The comparisons of the plan have tests of "
    "their own, in notebooks 03, 04 and 08."
)


def view(book: Book, survey: Survey, choice: Choice) -> list[Prose | SavedFigure | Shown]:
    """Show a choice.

    Parameters
    ----------
    book : Book
        The data tables of the survey.
    survey : Survey
        The survey.
    choice : Choice
        What to look at.

    Returns
    -------
    list
        What a notebook displays: the wording; sentences on whose answers these are and on the
        test; a figure, or why there is none; a table; and of groups a table of all answers.

    Raises
    ------
    ValueError
        If the data tables do not have it.
    """
    question, weighted = survey.codebook.question(choice.question), numbers.weighs(book, choice)
    rows, grouped = numbers.chosen_rows(book, choice), choice.by != NO_GROUPS
    who = _who(survey, choice, rows, weighted=weighted)
    tested = numbers.tests(book, choice) if grouped else []
    sentences = [who, _weights(book, choice)]
    if grouped:
        of = f'"{choice.answer}"' if question.kind == "multiple" else "all answers"
        how = f"Rao and Scott's test{', with weights,' * weighted} of {of}"
        sentences += [_found(tested, how), _EXPLORATORY]
    shown = [
        report.quote(question.wording),
        report.answer(*sentences, synthetic=survey.codebook.synthetic),
        figures.show(
            _drawn(book, choice, rows, question.wording, who),
            survey,
            "explore",
            alt=_alt(choice, rows, question.wording),
            otherwise="There is no figure: no share can be told by one number.",
        ),
        _table(choice, rows, tested, weighted=weighted),
    ]
    return [*shown, _all_answers(book, choice)] if grouped else shown


def _who(survey: Survey, choice: Choice, rows: pd.DataFrame, *, weighted: bool) -> str:
    """Say whose answers these are, and of how many people."""
    whose = f"Whose answers: {rows['asked'].iloc[0]}"
    rule = rule_of(survey.codebook)
    rounded = rule.rounding
    if rule.key and (choice.by != NO_GROUPS or choice.base != EVERYBODY):
        rounded += f", those of a group who gave an answer {rule.crossed_rounding}"
    if choice.by != NO_GROUPS:
        return f"{whose}. Groups: by {choice.by}. Numbers of people are {rounded}."
    people = rows["n"].iloc[0]
    if choice.base != EVERYBODY:
        by, group = choice.base
        return f'{whose}; of these, "{group}" (by {by}). {people:,.0f} people, {rounded}.'
    if not weighted:
        return f"{whose}. {people:,.0f} people answered."
    if pd.isna(people):
        return f"{whose}. Few of them have a weight, or few have none: weighted shares are hidden."
    return f"{whose}. {people:,.0f} of them have a weight, and the shares are weighted."


def _weights(book: Book, choice: Choice) -> str:
    """Say what weights do not change, where they were asked for."""
    if choice.weighted and no_weights(book, choice):
        return f"Without weights: {no_weights(book, choice)}."
    if numbers.weighs(book, choice) and choice.by != NO_GROUPS:
        return (
            "Weights are in the test alone: weighted shares of groups beside those without "
            "weights would tell of few people."
        )
    return ""


def _found(tested: Sequence[Tested], how: str) -> str:
    """Say what the tests between groups found."""
    made = [each for each in tested if each.p]
    if not made:
        return "There is no test: groups or answers are all the same, or weights fix the table."
    differ = [each.group for each in made if each.p != _NONE_SHOWN]
    adjusted = f"adjusted by Holm for the {made[0].family} tests by these groups"
    if made[0].group and differ:
        names = report.listed(differ, most=len(differ))
        return f"{how}: these differ from everybody else: {names} (p below, {adjusted})."
    if made[0].group:
        return f"{how}: no group is shown to differ from everybody else ({adjusted})."
    found = (
        "the groups differ by more than chance explains"
        if differ
        else "no difference between the groups is shown"
    )
    return f"{how}: {found} (p {made[0].p}, {adjusted})."


def _drawn(book: Book, choice: Choice, rows: pd.DataFrame, wording: str, who: str) -> Figure | None:
    """Draw the shares; beside those of one group, or weighted ones, the others as rings."""
    if choice.by != NO_GROUPS:
        return figures.dots(
            rows[["level", *numbers.SHARE, "n"]],
            title=wording,
            subtitle=f'Share of "{choice.answer}" with 95% intervals. {who}',
            overall=numbers.everybody(book, choice),
        )
    ring = "Everybody" if choice.base != EVERYBODY else "Without weights"
    rings = f" {ring}: rings." if "beside" in rows else ""
    columns = [each for each in ("level", *numbers.SHARE, "beside") if each in rows]
    return figures.dots(
        rows[columns],
        title=wording,
        subtitle=f"Shares with 95% intervals. {who}{rings}",
        ring="beside",
    )


def _alt(choice: Choice, rows: pd.DataFrame, wording: str) -> str:
    """Write what the figure shows."""
    of = f' Share of "{choice.answer}" by {choice.by}.' if choice.by != NO_GROUPS else ""
    told = [
        f"{row.level} {report.estimate(row.estimate, row.conf_low, row.conf_high)}"
        for row in rows.dropna(subset=["estimate"]).itertuples()
    ]
    return f"{wording}{of} Dots with 95% intervals: {'; '.join(told)}."


def _table(
    choice: Choice, rows: pd.DataFrame, tested: Sequence[Tested], *, weighted: bool
) -> Shown | Prose:
    """Lay the shares out, one a row."""
    table = pd.DataFrame({"level": rows["level"].astype(str), "share": _cells(rows)})
    names = {"share": _SHARE, "people": "People who gave it, rounded", "n": "People, rounded"}
    caption = "Share of each answer"
    if choice.by != NO_GROUPS:
        table = table.assign(people=rows["people"], n=rows["n"])
        names["level"], caption = "Group", f'Share of "{choice.answer}" by {choice.by}'
        found = {each.group: each.p for each in tested}
        if "" not in found:
            table["p_shown"] = [found.get(level, "") for level in table["level"]]
    elif "beside" in rows:
        names["beside"] = "Everybody" if choice.base != EVERYBODY else "Without weights"
        table["beside"] = rows["beside"]
    if choice.by == NO_GROUPS and not weighted:
        table["people"] = rows["people"]
    return report.show(
        table,
        caption=caption,
        names=names,
        kinds={"people": "count", "beside": "whole percent"},
        note=_note(table),
    )


def _all_answers(book: Book, choice: Choice) -> Shown | Prose:
    """Lay out all answers, a column a group, folded."""
    rows = numbers.all_answers(book, choice)
    groups = list(dict.fromkeys(rows["group"]))
    cells = rows.assign(cell=_cells(rows)).pivot_table(
        index="answer", columns="group", values="cell", aggfunc="first", sort=False
    )
    table = cells[groups].rename_axis(columns=None).reset_index()
    return report.show(
        table,
        caption=f"All answers by {choice.by}",
        names={each: each for each in groups},
        kinds=dict.fromkeys(groups, "text"),
        note=f"{_SHARE}. {_note(table)}".strip(),
        folded=True,
    )


def _cells(rows: pd.DataFrame) -> list[str]:
    """Write each share with its interval; one that is too vague as its interval alone."""
    written = []
    for share, low, high in rows[numbers.SHARE].itertuples(index=False):
        vague = pd.isna(share) and pd.notna(low)
        told = report.interval(low, high, "whole percent") if vague else ""
        written.append(f"{VAGUE} ({told})" if vague else report.estimate(share, low, high))
    return written


def _note(table: pd.DataFrame) -> str:
    """Say what stands for a share that is known too roughly."""
    vague = any(VAGUE in str(cell) for cell in table.to_numpy().ravel())
    return f"{VAGUE} is known too roughly for one number: its interval alone is told." * vague
