"""What is left out of district profiles, and why."""

import pytest
import variants

from analysis import cleaning, paths, report, survey
from analysis.chapters.district_profiles.needs import left_out


@pytest.fixture
def small(tmp_path, monkeypatch):
    """Return a maker of surveys like the default one, in parts."""

    def make(name="small", **how):
        variants.write_variant("herts_2023", tmp_path, name, **how)
        monkeypatch.setattr(paths, "RAW", tmp_path)
        monkeypatch.setattr(paths, "RAW_ELSEWHERE", None)
        made = survey.load(name)
        return made.holding(cleaning.clean(made.read_raw(), made.codebook).responses)

    return make


ALL = ["used", "used_last", "preferred", "satisfaction", "ease", "visibility", "accessibility",
       "video_use", "change"]  # fmt: skip


def without_all_but(*kept: str) -> list[str]:
    return [role for role in ALL if role not in kept]


def reason(made) -> str:
    return left_out(made).get(report.NOTEBOOK, "")


@pytest.mark.parametrize("kept", [("satisfaction",), ("change",), ("visibility",)])
def test_any_one_measure_is_enough(small, kept):
    assert left_out(small(without=without_all_but(*kept))) == {}


def test_a_survey_without_districts_has_no_profiles(small):
    assert "district" in reason(small(without=["district"]))


def test_few_replies_have_no_profiles(small):
    found = reason(small(replies=40))
    assert found == "fewer than 3 districts have 10 people or more who answered"


def test_a_survey_with_nothing_to_compare_says_so(small):
    assert reason(small(without=ALL)).startswith("on nothing that the survey asked did enough")
