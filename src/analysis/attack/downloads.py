"""What is there to download: the topline, the banner book, the headlines, a figure's numbers."""

import math
from pathlib import Path

import pandas as pd

from analysis.attack.kinds_told import theme_of
from analysis.attack.profiles import GOT, NO, SAME, YES, Conditions, together
from analysis.attack.published import behind
from analysis.attack.reading import Reading
from analysis.survey import measures


def read_topline(read: Reading, path: Path) -> None:
    """Read `topline.csv`."""
    for role, rows in pd.read_csv(path, dtype={"people": float}).groupby("question", sort=False):
        base = base_of(read, role)
        n = {int(each) for each in rows["n"].dropna()}
        for each in n if base is not None else ():
            read.register.know(f"topline, {role}", base, (each, each))
        for row in rows.itertuples():
            people = answers_of(read, role, row.answer)
            if people is None or pd.isna(row.people):
                continue
            span = behind(
                row.people, rule=read.rule if row.people % read.rule.people() == 0 else None
            )
            read.register.know(f"topline, {role}", together(base, people), span)
        if base is not None:
            read.register.guard(f"topline, {role}", [base], read.told(role))


def read_banner(read: Reading, path: Path) -> None:
    """Read `banner.csv`."""
    frame = pd.read_csv(path, dtype={"people": float, "n": float})
    for (role, by), rows in frame.groupby(["question", "by"], sort=False):
        base, source = base_of(read, role), f"banner, {role} by {by}"
        if base is None:
            continue
        groups: dict[str, Conditions] = {}
        for row in rows.itertuples():
            group = groups.get(row.group) or grouped(read, by, row.group)
            people = answers_of(read, role, row.answer)
            if group is None:
                continue
            if row.group not in groups and not pd.isna(row.n):
                read.register.know(source, together(base, group), behind(row.n, rule=read.rule))
            groups[row.group] = group
            if people is not None and not pd.isna(row.people):
                span = behind(row.people, rule=read.rule, crossed=True)
                read.register.know(source, together(base, group, people), span)
        told = [answers_of(read, role, each) for each in rows["answer"].unique()]
        sides = [*groups.values(), _in_none(read, by)]
        for each in told:
            if each is None:
                continue
            read.register.guard(source, [base], sides, [each])


def read_what_why(read: Reading, path: Path) -> None:
    """Read the figure of what people would change and why: its pairs stand in no table."""
    base, frame = read.answered("change", "change_why"), pd.read_csv(path)
    for row in frame.to_dict("records"):
        what = theme_of(read, "change", row["level"])
        for heading, people in row.items():
            reason = theme_of(read, "change_why", heading)
            if what is None or reason is None or pd.isna(people):
                continue
            span = behind(people, rule=read.rule, crossed=True)
            read.register.know(f"figure, {path.stem}", together(base, what, reason), span)


def read_headlines(read: Reading, path: Path) -> None:
    """Read the headlines that are shares of everybody: `headlines.csv`."""
    survey, known = read.survey, {}
    if "pair" in read.bases and SAME in read.register.profiles.values:
        known["same_answer"] = read.bases["pair"], {SAME: frozenset([YES])}
    names = {"satisfaction": "satisfied", "video_use": "video_likely"}
    for role in (each for each in measures.RATED if survey.has(each)):
        known[names.get(role, f"{role}_good")] = base_of(read, role), read.labels.top(role)
    for row in pd.read_csv(path, dtype=str).itertuples():
        if row.finding not in known or pd.isna(row.estimate):
            continue
        (base, yes), n = known[row.finding], int(float(row.n))
        half = 0.5 * 10.0 ** -len(row.estimate.partition(".")[2])
        ends = [n * (float(row.estimate) + way * half) for way in (-1, 1)]
        span = math.ceil(ends[0] - 1e-9), math.floor(ends[1] + 1e-9)
        read.register.know(f"headline, {row.finding}", base, (n, n))
        read.register.know(f"headline, {row.finding}", together(base, yes), span)


def base_of(read: Reading, role: str) -> Conditions | None:
    """Return whose answers to a question the data tables count."""
    survey = read.survey
    used = survey.used_role
    if role == "satisfaction":
        return read.bases["satisfaction"]
    if survey.has("preferred") and survey.has(used) and role in (used, "preferred"):
        return read.bases["pair" if role == used else "preferred"]
    return read.answered(role)


def answers_of(read: Reading, role: str, label: str) -> Conditions | None:
    """Return who gave an answer, or one of the best ones."""
    if role in measures.RATED and label not in read.survey.codebook.question(role).labels.values():
        return read.labels.top(role)
    return read.labels.of(role, label)


def grouped(read: Reading, by: str, label: str) -> Conditions | None:
    """Return the people of a group."""
    if by.startswith("whether people"):
        return {GOT: frozenset([NO if label == "Did not" else YES])}
    return read.labels.of(_role(read, by), label)


def _in_none(read: Reading, by: str) -> Conditions:
    if by.startswith("whether people"):
        return {GOT: frozenset(["no_answer"])}
    return read.labels.missing(_role(read, by))


def _role(read: Reading, by: str) -> str:
    survey = read.survey
    names = {survey.words.district: "district", f"{survey.channel_groups} used": survey.used_role}
    return names.get(by, by)
