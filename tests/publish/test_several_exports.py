"""A new survey of several files or folders: drafted whole, or nothing is written."""

import re
import shutil
import subprocess
import tomllib

import pytest

from analysis import __main__, cleaning, paths, survey
from analysis.files import placing
from analysis.publish import checking, new_survey

HEADER = "How was it?,Age"
MAY = ["Good,16-24", "Poor,25-34", "Very good,16-24"] * 8
JUNE = ["Very poor,25-34", "Good,16-24"] * 9


@pytest.fixture
def raw(tmp_path, monkeypatch):
    """Return the place of raw files, empty."""
    monkeypatch.setattr(paths, "RAW", tmp_path / "project" / "data" / "raw")
    monkeypatch.setattr(paths, "RAW_ELSEWHERE", None)
    monkeypatch.setattr(paths, "OUT", tmp_path / "out")
    return paths.RAW


@pytest.fixture
def downloads(tmp_path):
    """Write exports: `downloads("may_2023.csv", MAY)`."""

    def write(name: str, rows: list[str], header: str = HEADER, encoding: str = "utf-8"):
        place = tmp_path / "downloads" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("\n".join([header, *rows]) + "\n", encoding=encoding)
        return place

    return write


def _drafted(*words: object) -> dict:
    assert __main__.main(["new-survey", "kent", *map(str, words)]) == 0
    text = (paths.RAW / "kent" / "codebook.toml").read_text("utf-8")
    return tomllib.loads(text)


def _accepted() -> survey.Survey:
    """Settle every mark of the draft by accepting it, and read it."""
    path = paths.RAW / "kent" / "codebook.toml"
    marks = r"^decide = (?:\".*\"|\[\n(?:    .*\n)+\])\n"
    path.write_text(re.sub(marks, "", path.read_text("utf-8"), flags=re.M), encoding="utf-8")
    return survey.load("kent")


def _questions(drafted: dict) -> dict:
    return {each["id"]: each for each in drafted["question"]}


def _left(folder) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*")) * folder.exists()


# ---- Files and folders -------------------------------------------------------------------------


def test_several_files_are_waves_of_one_survey(raw, downloads):
    drafted = _drafted(downloads("may_2023.csv", MAY), downloads("june_2025.csv", JUNE))
    assert drafted["file"]["name"] == ["may_2023.csv", "june_2025.csv"]
    assert drafted["file"]["wave_column"] == "wave"
    wave = _questions(drafted)["wave"]
    assert "decide" not in wave
    assert [(each["label"], each["text"]) for each in wave["answers"]] == [
        ("may 2023", "may_2023"), ("june 2025", "june_2025"),
    ]  # fmt: skip
    made = _accepted()
    assert checking.check(made).facts["Raw file"].startswith("may_2023.csv, june_2025.csv, SHA-256")
    coded = cleaning.clean(made.read_raw(), made.codebook).responses
    assert coded["wave"].astype("str").value_counts().to_dict() == {"may_2023": 24, "june_2025": 18}


BOX = "Other (please specify)"
MONKEY = (
    "Respondent ID,How did you last contact us?,,Ways you have used to contact us,,,"
    f"How would you prefer to contact us?,\n,Response,{BOX},Phone,Website,{BOX},Response,{BOX}"
)


def _monkey(first: int, other: str) -> list[str]:
    """Write replies as SurveyMonkey does: a row of options below the questions, boxes for texts."""
    rows = []
    for at in range(36):
        text = "I rang" if at % 2 else f"by owl {at}"
        last = (f"Phone,,Phone,Website,,{other},{text}", f",{text},,Website,{text},Website,",
                "Website,,Phone,,,Phone,")  # fmt: skip
        rows.append(f"{first + at},{last[at % 3]}")
    return rows


def test_two_exports_of_surveymonkey_with_boxes_for_other_are_waves(raw, downloads, capsys):
    given = [
        downloads("may_2023.csv", _monkey(118_000_000, "Other"), header=MONKEY),
        downloads("may_2025.csv", _monkey(119_000_000, "Other"), header=MONKEY),
    ]
    found = _questions(_drafted(*given))
    assert [each["label"] for each in found["wave"]["answers"]] == ["may 2023", "may 2025"]
    assert found["used"]["answer_columns"] == {
        "phone": "Ways you have used to contact us Phone",
        "website": "Ways you have used to contact us Website",
    }
    for role in ("used_last", "used", "preferred"):
        assert found[role]["answers"] == "channels"
        assert found[role]["other"]["column"].endswith(f" {BOX}")
        assert "decide" not in found[role]
    made = _accepted()
    coded = cleaning.clean(made.read_raw(), made.codebook).responses
    assert coded["wave"].astype("str").value_counts().to_dict() == {"may_2023": 36, "may_2025": 36}
    assert (coded["used_last"] == "other").sum() == 24
    assert (coded["preferred"] == "other").sum() == 24
    assert coded["used__other"].eq("1").sum() == 24
    assert __main__.main(["check-export", "--survey", "kent"]) == 0
    said = capsys.readouterr().out
    assert "The raw file agrees with the codebook" in said
    assert "'I rang' counts as 'Other' and was given by 12 people" in said
    assert "owl" not in said


def test_a_dictionary_and_a_box_for_other_are_one_question(raw, downloads):
    rows = []
    for at in range(60):
        text = "by e-mail" if at % 8 == 3 else f"by owl {at}"
        rows.append(f"{at % 2},{int(at % 4 == 0)},{(1, 2, 3, 99)[at % 4]},{text * (at % 4 == 3)}")
    replies = downloads("replies.csv", rows, header="used___1,used___99,prefer,prefer_other")
    ways = [(1, "Phone"), (2, "Website"), (3, "Desk"), (99, BOX)]
    lines = [f"prefer,How would you prefer to contact us?,{code},{way}" for code, way in ways]
    lines += [f"used,Which have you used to contact us?,{code},{way}" for code, way in ways]
    codes = downloads("codes.csv", lines, header="variable,label,value,value label")
    found = _drafted(replies, "--dictionary", codes)
    listed = {each["code"]: each["text"] for each in found["lists"]["channels"]}
    assert listed == {"phone": "1", "website": "2", "desk": "3", "other": "99"}
    assert _questions(found)["preferred"]["other"] == {"code": "other", "column": "prefer_other"}
    assert _questions(found)["used"]["not_offered"] == ["desk", "website"]
    made = _accepted()
    coded = cleaning.clean(made.read_raw(), made.codebook).responses
    assert coded["preferred"].astype("str").value_counts().to_dict() == dict.fromkeys(
        ["phone", "website", "desk", "other"], 15
    )


def test_a_folder_keeps_its_name_and_what_no_export_is_stays_behind(raw, downloads):
    folder = downloads("waves/2023.csv", MAY).parent
    downloads("waves/2025.csv", JUNE)
    downloads("waves/.hidden", [])
    drafted = _drafted(folder)
    assert drafted["file"]["name"] == "waves"
    assert "waves" not in drafted["file"]
    assert _left(raw / "kent") == ["codebook.toml", "waves", "waves/2023.csv", "waves/2025.csv"]
    assert len(_accepted().read_raw()) == 42


def test_folders_beside_each_other_are_a_wave_each(raw, downloads):
    for year, rows in (("2023", MAY), ("2025", JUNE)):
        for part in ("north", "south"):
            downloads(f"{year}/{part}.csv", rows)
    folder = downloads("2023/north.csv", MAY).parent.parent
    drafted = _drafted(folder / "2023", folder / "2025")
    assert drafted["file"]["waves"] == ["2023", "2023", "2025", "2025"]
    assert [each["label"] for each in _questions(drafted)["wave"]["answers"]] == ["2023", "2025"]
    assert _accepted().read_raw()["wave"].value_counts().to_dict() == {"2023": 48, "2025": 36}


def test_files_whose_names_do_not_tell_when_are_to_be_decided(raw, downloads):
    drafted = _drafted(downloads("online.csv", MAY), downloads("post.csv", JUNE))
    assert "do not tell when each was asked" in _questions(drafted)["wave"]["decide"]


def test_a_wave_column_of_the_exports_own_keeps_its_name(raw, downloads):
    header = "wave,How was it?"
    rows = ["first,Good", "second,Poor"] * 15
    drafted = _drafted(downloads("2023.csv", rows, header), downloads("2025.csv", rows, header))
    assert drafted["file"]["wave_column"] == "wave of the file 2"
    columns = [each["column"] for each in drafted["question"]]
    assert columns == ["wave of the file 2", "wave", "How was it?"]
    alone = downloads("other.csv", rows, header)
    assert __main__.main(["new-survey", "alone", str(alone)]) == 0
    drafted = tomllib.loads((raw / "alone" / "codebook.toml").read_text("utf-8"))
    assert "wave_column" not in drafted["file"]
    assert _questions(drafted)["wave"]["column"] == "wave"


def test_ids_that_start_again_in_each_file_are_not_read_and_those_twice_in_one_are(raw, downloads):
    header = "ID,How was it?"
    rows = [f"{at},{how}" for at, how in enumerate(["Good", "Poor"] * 12)]
    drafted = _drafted(downloads("2023.csv", rows, header), downloads("2025.csv", rows, header))
    assert drafted["file"]["ignored_columns"] == ["ID"]
    shutil.rmtree(raw / "kent")
    again = [*rows[12:], *(f"1{row}" for row in rows), rows[-1]]
    drafted = _drafted(downloads("2023.csv", rows, header), downloads("2025.csv", again, header))
    assert _questions(drafted)["respondent"]["column"] == "ID"


def test_an_encoding_that_one_file_needs_is_that_of_all(raw, downloads):
    one = downloads("2023.csv", MAY)
    two = downloads("2025.csv", [f"{JUNE[0]} – ä" for _ in range(12)], encoding="cp1252")
    assert "cp1252" in _drafted(one, two)["file"]["encodings"]
    assert len(_accepted().read_raw()) == 36


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"a.csv": HEADER, "b.csv": "How was it?,Sex"}, "'Age' is in a.csv alone"),
        ({"a.csv": HEADER, "b.tsv": HEADER}, "the exports end in .csv, .tsv; give files of one"),
        ({"a.csv": HEADER, "other/a.csv": HEADER}, "two exports are called a.csv; rename one"),
        ({"a.csv": HEADER, "b.csv": None}, "there is no file"),
        ({"a.csv": HEADER, "README.md": HEADER}, "rename the export"),
        ({"a.csv": HEADER, "b.csv": ""}, "b.csv is empty"),
    ],
)
def test_files_that_are_no_survey_together_are_refused_and_nothing_is_written(
    raw, downloads, capsys, files, said
):
    given = []
    for name, header in files.items():
        place = downloads(name, MAY if header else [], header or "")
        given.append(place)
        if header is None:
            place.unlink()
    assert __main__.main(["new-survey", "kent", *map(str, given)]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1
    assert not (raw / "kent").exists()


def test_a_folder_that_is_another_than_the_one_in_its_place_is_refused(raw, downloads, capsys):
    folder = downloads("waves/2023.csv", MAY).parent
    downloads("waves/2025.csv", JUNE)
    shutil.copytree(folder, raw / "kent" / "waves")
    (raw / "kent" / "waves" / "2027.csv").write_text("older", "utf-8")
    assert __main__.main(["new-survey", "kent", str(folder)]) == 2
    assert "data/raw/kent holds another waves; move it away" in capsys.readouterr().err
    (raw / "kent" / "waves" / "2027.csv").unlink()
    assert _drafted(folder)["file"]["name"] == "waves"


@pytest.mark.parametrize("failure", [OSError, KeyboardInterrupt])
def test_a_copy_that_is_interrupted_leaves_nothing(raw, downloads, monkeypatch, failure):
    folder = downloads("waves/2023.csv", MAY).parent
    downloads("waves/2025.csv", JUNE)
    write, calls = placing._write, []

    def failing(path, content):
        calls.append(path)
        if len(calls) == 2:
            raise failure("no space left")
        write(path, content)

    monkeypatch.setattr(placing, "_write", failing)
    with pytest.raises(failure):
        list(new_survey.make("kent", [folder]))
    assert [path.name for path in calls] == [".unfinished-2023.csv", ".unfinished-2025.csv"]
    assert not (raw / "kent").exists()


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make here")
@pytest.mark.parametrize(
    ("given", "passed"),
    [
        ("a survey (1).csv", ["a survey (1).csv"]),
        ("may.csv june.csv", ["may.csv", "june.csv"]),
        ("no such file.csv", ["no such file.csv"]),
    ],
)
def test_make_passes_one_path_with_spaces_or_several(tmp_path, given, passed):
    shutil.copy(paths.ROOT / "Makefile", tmp_path)
    for name in ("a survey (1).csv", "may.csv", "june.csv"):
        (tmp_path / name).touch()
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    (tmp_path / ".venv" / "bin" / "python").chmod(0o755)
    words = ["-o", "requirements.lock", "-o", "pyproject.toml", "-o", ".venv/installed"]
    done = subprocess.run(
        ["make", "-s", *words, "new-survey", "NAME=kent", f"EXPORT={given}", "DICTIONARY=a b.csv"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines()[2:] == [
        "new-survey",
        "kent",
        *passed,
        "--dictionary",
        "a b.csv",
    ]
