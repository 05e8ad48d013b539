"""Figures and headlines say what tables say, or by a rule what tells of nobody."""

import shutil

import pandas as pd
import pytest

from analysis import paths
from analysis.attack.other_numbers import RULES
from analysis.attack.published import Table, tables_of
from analysis.attack.repeated import OTHERWISE, beyond_tables


@pytest.fixture(scope="module")
def tables():
    return tables_of(paths.NOTEBOOKS)


@pytest.fixture
def report(tmp_path):
    """Return a folder with the figures and headlines of the default survey, as a report has it."""
    (tmp_path / "figures").mkdir()
    for path in (paths.FIGURES / "herts_2023").glob("*.csv"):
        shutil.copy(path, tmp_path / "figures")
    shutil.copy(paths.PROCESSED / "herts_2023" / "findings.csv", tmp_path / "headlines.csv")
    return tmp_path


def test_figures_and_headlines_of_the_default_report_repeat_its_tables(tables, report):
    unknown, by_rule = beyond_tables(tables, report)
    assert unknown == []
    assert set(by_rule) <= set(RULES)
    assert by_rule["derived"] >= 3
    assert set(OTHERWISE.values()) <= set(RULES)


def test_a_number_that_stands_in_no_table_is_named(tables, report):
    path = report / "figures" / "07_themes.csv"
    rows = pd.read_csv(path)
    rows.loc[0, "estimate"] = 0.61234
    rows.to_csv(path, index=False)
    headlines = pd.read_csv(report / "headlines.csv")
    headlines.loc[headlines["finding"] == "visibility_accessibility", "estimate"] = 0.97531
    headlines.to_csv(report / "headlines.csv", index=False)
    assert beyond_tables(tables, report)[0] == [
        "07_themes: 0.61234 stands in no table of its notebook",
        "05_visibility_and_access visibility_accessibility: 0.97531 stands in no table of its "
        "notebook",
    ]


def test_people_told_as_a_range_are_read_as_their_ends(tmp_path):
    table = Table(
        notebook="04_x", caption="", heads=("Place", "n"), rows=(("North", "18 to 22"),), note=""
    )
    (tmp_path / "figures").mkdir()
    rows = pd.DataFrame({"level": ["North"], "n": [20], "n_low": [18], "n_high": [22]})
    rows.to_csv(tmp_path / "figures" / "04_x.csv", index=False)
    assert beyond_tables([table], tmp_path)[0] == []
    rows.assign(n_low=17).to_csv(tmp_path / "figures" / "04_x.csv", index=False)
    assert len(beyond_tables([table], tmp_path)[0]) == 1
