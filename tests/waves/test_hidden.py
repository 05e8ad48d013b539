"""Groups of channels among headlines and single channels below hide the same, by one rule."""

from dataclasses import replace

import pytest

from analysis.primary import pair
from analysis.privacy import rule_of
from analysis.survey import measures
from analysis.waves import hidden, own_report
from analysis.waves.headings import captions

PREFIX = "Prefer: "


def ungrouped(question):
    answers = tuple(replace(each, group="") for each in question.answers)
    return replace(question, answers=answers)


def changed_book(wave, *, threshold=None, groups=True):
    """Give a wave another threshold, or a group of its own to each channel."""
    made = []
    for survey in (wave.survey, wave.own):
        book = survey.codebook
        if threshold:
            book = replace(book, disclosure_threshold=threshold)
        if not groups:
            book = replace(book, questions=tuple(map(ungrouped, book.questions)))
        made.append(replace(survey, codebook=book))
    report = own_report.hidden_by_report(made[1], {})
    return replace(wave, survey=made[0], own=made[1], report=report)


def changed_pair(found, **how):
    first, second = (changed_book(each, **how) for each in found.waves)
    return replace(found, first=first, second=second)


def told(found, family):
    rows = found.family(family)
    rows = rows[rows["measure"].str.startswith(PREFIX) & rows["estimate"].notna()]
    return rows.assign(measure=rows["measure"].str.removeprefix(PREFIX).str.lower())


@pytest.mark.parametrize("threshold", [3, 10, 25, 60])
def test_a_channel_that_is_a_group_is_told_alike_in_both_tables(read_pair, compared, threshold):
    waves = changed_pair(read_pair("herts_2023", "herts_2025"), threshold=threshold, groups=False)
    found = compared(waves)
    tables = [told(found, each) for each in ("headlines", "channels preferred")]
    names = [set(each["measure"]) for each in tables]
    assert names[0] == names[1]
    assert names[0]
    if not found.secret.everybody:
        columns = ["measure", "first", "second", "estimate", "n_first", "n_second"]
        one, two = (each[columns].sort_values("measure").to_numpy().tolist() for each in tables)
        assert one == two


@pytest.mark.parametrize("threshold", [10, 25, 60])
def test_a_group_all_of_whose_channels_are_shown_is_shown(read_pair, compared, threshold):
    found = compared(changed_pair(read_pair("herts_2023", "herts_2025"), threshold=threshold))
    groups = set(told(found, "headlines")["measure"])
    channels = set(told(found, "channels preferred")["measure"])
    group_of = found.waves.second.survey.codebook.question("preferred").groups
    for name in set(group_of.values()):
        mine = {label.lower() for label, of in group_of.items() if of == name}
        assert name.lower() in groups or not mine <= channels, name
        if len(mine) == 1:
            assert (name.lower() in groups) == (mine <= channels), name


@pytest.mark.parametrize("threshold", [3, 5, 10, 25])
def test_one_base_less_the_other_tells_of_no_few_people(read_pair, threshold):
    waves = changed_pair(read_pair("herts_2023", "herts_2025"), threshold=threshold)
    secret = hidden.hidden_channels(waves)
    rule = rule_of(waves.second.survey.codebook)
    for wave, people in zip(waves.waves, hidden.preferring(waves, secret), strict=True):
        both = pair.compared(wave.survey, wave.responses)[0].frame
        outside = people[~people.index.isin(both.index)]
        assert (len(outside) > 0) == secret.everybody
        if len(outside):
            counts = measures.channel_groups(wave.survey, outside, "preferred").sum()
            assert all(rule.enough(n) for name, n in counts.items() if name not in secret.groups)
            together = int(counts[list(secret.groups)].sum())
            assert not secret.groups or rule.enough(together)


def test_the_page_says_whose_preference_groups_tell(read_pair, compared):
    waves = read_pair("herts_2023", "herts_2025")
    of_both = compared(waves)
    assert not of_both.secret.everybody
    assert "the people who also said what they used" in captions(of_both)["headlines"].note
    of_all = compared(changed_pair(waves, threshold=3))
    assert of_all.secret.everybody
    assert "everybody who answered" in captions(of_all)["headlines"].note
    sizes = [
        each.family("headlines").set_index("measure").loc["Prefer: telephone", "n_first"]
        for each in (of_both, of_all)
    ]
    assert sizes[0] == of_both.family("channels preferred")["n_first"].max()
    assert sizes[1] > sizes[0]


def test_what_the_report_of_one_wave_hides_is_hidden_with_its_group(read_pair):
    """With another one, since a single hidden group could be worked out from the others."""
    waves = read_pair("herts_2023", "herts_2025")
    other = frozenset({"Other"})
    report = own_report.OwnReport(channels=other, groups=frozenset({other}))
    secret = hidden.hidden_channels(replace(waves, first=replace(waves.first, report=report)))
    assert "Other" in secret.channels
    assert "Other" in secret.groups
    assert len(secret.groups) > 1
