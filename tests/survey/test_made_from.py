"""What a command made outlives a report while it is of the same replies, and goes else."""

import json

import pytest

from analysis import files, paths, survey
from analysis.survey import made_from


@pytest.fixture
def place(demo, tmp_path):
    """Give the survey demo with results in a folder of the test, and a scratch folder."""
    here = demo()
    return here, tmp_path / "scratch"


def make(here, name, *, page=None):
    """Write a table, a figure and a page as a command does, with their record."""
    made = {"processed": [f"{name}/table.csv"], "figures": [f"{name}.svg"]}
    if page:
        made["reports"] = [page]
        files.replace_text(paths.REPORTS / here.name / page, "page")
    files.replace_text(paths.PROCESSED / here.name / name / "table.csv", "table")
    files.replace_text(paths.FIGURES / here.name / f"{name}.svg", "figure")
    told = made_from.record(
        [here], made, command=f"python -m analysis {name}", page=(page, "A title") if page else None
    )
    files.replace_text(paths.PROCESSED / here.name / name / made_from.RECORD, told)


def carried(here, scratch):
    found = made_from.kept(here)
    return (*made_from.carry_over(found, here, scratch), found)


def content(folder):
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


def change(here, name):
    path = paths.RAW / here.name / name
    path.write_text(f"{path.read_text('utf-8')}\n", "utf-8")
    return survey.load(here.name)


def test_what_is_of_the_same_replies_is_taken_along(place):
    here, scratch = place
    make(here, "power")
    make(here, "waves_old", page="waves_old.html")
    lines, gone, found = carried(here, scratch)
    assert lines == []
    assert gone == {}
    assert [each.page for each in found] == [None, ("waves_old.html", "A title")]
    assert content(scratch) == [
        "data/processed/demo/power/made_from.json",
        "data/processed/demo/power/table.csv",
        "data/processed/demo/waves_old/made_from.json",
        "data/processed/demo/waves_old/table.csv",
        "figures/demo/power.svg",
        "figures/demo/waves_old.svg",
        "reports/demo/waves_old.html",
    ]
    again = scratch / "data" / "processed" / "demo"
    assert (again / "power" / "table.csv").read_text("utf-8") == "table"


@pytest.mark.parametrize("name", ["codebook.toml", "replies.csv"])
def test_what_is_of_other_replies_goes_with_one_line(place, name):
    here, scratch = place
    make(here, "waves_old", page="waves_old.html")
    lines, gone, found = carried(change(here, name), scratch)
    assert lines == [
        "removed waves_old, since it is of other replies, another codebook or another population "
        "of demo; make it again: python -m analysis waves_old"
    ]
    assert gone == {paths.REPORTS / "demo" / "waves_old.html": None}
    assert found[0].page is None
    assert content(scratch) == []


def test_what_is_of_a_survey_that_is_gone_goes(place):
    here, scratch = place
    make(here, "waves_old")
    path = paths.PROCESSED / "demo" / "waves_old" / made_from.RECORD
    told = json.loads(path.read_text("utf-8"))
    told["made_from"] = {"kent_2020": told["made_from"]["demo"], **told["made_from"]}
    path.write_text(json.dumps(told), "utf-8")
    lines, _, _ = carried(here, scratch)
    assert lines[0].startswith("removed waves_old, since kent_2020, which it is of, cannot be read")


def test_a_damaged_record_is_no_crash(place):
    here, scratch = place
    make(here, "power")
    (paths.PROCESSED / "demo" / "power" / made_from.RECORD).write_text("{", "utf-8")
    lines, _, _ = carried(here, scratch)
    assert lines == ["removed power, since its made_from.json is damaged"]


def test_what_the_run_itself_wrote_is_not_replaced(place):
    here, scratch = place
    make(here, "power")
    files.replace_text(scratch / "figures" / "demo" / "power.svg", "new")
    carried(here, scratch)
    assert (scratch / "figures" / "demo" / "power.svg").read_text("utf-8") == "new"


def test_tables_whose_reader_compares_are_kept_whatever_they_are_of(place):
    here, scratch = place
    folder = paths.PROCESSED / "demo" / "robustness"
    files.replace_text(folder / made_from.RECORD, json.dumps({"made_from": {"raw": "other"}}))
    files.replace_text(folder / "claims.csv", "old")
    lines, _, _ = carried(here, scratch)
    assert lines == []
    to = scratch / "data" / "processed" / "demo" / "robustness"
    assert content(to) == ["claims.csv", made_from.RECORD]
    files.replace_text(to / "claims.csv", "of this run")
    (to / made_from.RECORD).unlink()
    carried(here, scratch)
    assert content(to) == ["claims.csv"]
    assert (to / "claims.csv").read_text("utf-8") == "of this run"
