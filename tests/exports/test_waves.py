"""Several files are one survey, and a column can say which of them a reply came from."""

import pytest

from analysis import exports
from analysis.errors import SurveyError
from analysis.exports import RawFile


@pytest.fixture
def files(tmp_path):
    """Write files with one column of answers: `files({"may.csv": ["a", "b"]})`."""

    def write(contents: dict[str, list[str]], header: str = "A?"):
        for name, cells in contents.items():
            place = tmp_path / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text("\n".join([header, *cells]) + "\n", encoding="utf-8")
        return [tmp_path / name for name in contents]

    return write


def _read(places, **about):
    return exports.read_export(places, RawFile(name="waves", **about))


def test_a_reply_is_told_by_the_name_of_its_file_or_by_the_name_of_its_wave(files):
    places = files({"may.csv": ["a", "b"], "june.csv": ["c"]})
    frame = _read(places, wave_column="Wave")
    assert frame.to_dict("list") == {
        "raw_row": [1, 2, 3], "Wave": ["may", "may", "june"], "A?": ["a", "b", "c"],
    }  # fmt: skip
    frame = _read(places, wave_column="Wave", waves=("2023", "2025"))
    assert frame["Wave"].tolist() == ["2023", "2023", "2025"]


def test_a_folder_is_read_by_the_names_of_its_files(files):
    places = files({"w/2025.csv": ["b"], "w/2023.csv": ["a"]})
    frame = _read(places[0].parent, wave_column="year")
    assert frame["year"].tolist() == ["2023", "2025"]


def test_files_of_one_name_in_two_folders_are_both_read(files):
    places = files({"2023/replies.csv": ["a"], "2025/replies.csv": ["b"]})
    assert _read(places)["A?"].tolist() == ["a", "b"]
    assert _read(places, wave_column="w", waves=("x", "x"))["w"].tolist() == ["x", "x"]


@pytest.mark.parametrize(
    ("names", "about", "said"),
    [
        (["may.csv", "june.csv"], {"waves": ("2023",)},
         "waves has 1 names for 2 files (may.csv, june.csv); write one for each"),
        (["may.csv"], {"waves": ("2023", "2025")}, "waves has 2 names for 1 file (may.csv)"),
        (["2023/replies.csv", "2025/replies.csv"], {},
         "2 files are called 'replies', so that their names do not tell the wave"),
        (["may.csv"], {"wave_column": " A? "}, "the export has a column 'A?' of its own"),
    ],
)  # fmt: skip
def test_waves_that_are_not_those_of_the_files_are_refused(files, names, about, said):
    places = files({name: ["a"] for name in names})
    with pytest.raises(SurveyError) as refused:
        _read(places, **{"wave_column": "wave", **about})
    assert said in str(refused.value)
