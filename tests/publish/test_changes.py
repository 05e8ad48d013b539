"""What moved between versions is told where many people must have moved it, and only there."""

import pandas as pd
import pytest

from analysis import paths, survey
from analysis.publish import changes
from analysis.report import findings

HOW = {"pages": [], "survey_title": "Demo", "notice": ""}


def _found(estimate: float = 0.55, n: int = 712, **more: object) -> dict:
    row = dict.fromkeys(findings.COLUMNS)
    said = f"{estimate:.0%} of {n:,} people were content (95% interval 50% to 60.1%)."
    row |= {"finding": "content", "notebook": "04_x", "question": "Are they content?", "n": n}
    row |= {"estimate": estimate, "conf_low": estimate - 0.041, "conf_high": estimate + 0.041}
    return row | {"unit": "share", "sentence": said} | more


@pytest.fixture
def versions(demo, tmp_path, monkeypatch):
    """Log the findings of one version after another: `versions(rows, rows)`."""
    this = demo(None, ("disclosure_threshold = 2", "disclosure_threshold = 10"))
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    this.processed.mkdir(parents=True)

    def log(*each: list[dict]) -> tuple:
        for number, rows in enumerate(each):
            key = {"raw": f"raw{number}", "codebook": "c", "package": "0.1.0"}
            monkeypatch.setattr(changes, "version_key", lambda survey, key=key: key)
            found = pd.DataFrame(rows, columns=findings.COLUMNS)
            found.to_csv(this.processed / "findings.csv", index=False)
            changes.write_log(this, this.processed)
        return this, changes.read_log(this), found

    return log


def test_the_first_version_says_so(versions):
    this, log, found = versions([_found()])
    html = changes.changes_html(this, log, found, **HOW)
    assert "This is the first version" in html
    assert '<h2 id="moved">' not in html


def test_the_same_input_twice_gives_the_same_bytes_and_no_version(versions, monkeypatch):
    this, log, _ = versions([_found()])
    before = (this.processed / changes.NAME).read_bytes()
    changes.write_log(this, this.processed)
    assert (this.processed / changes.NAME).read_bytes() == before
    assert log["version"].tolist() == [1]


def test_results_of_the_same_version_replace_its_own(versions, monkeypatch):
    this, *_ = versions([_found()])
    pd.DataFrame([_found(0.7)]).to_csv(this.processed / "findings.csv", index=False)
    log = changes.new_log(this, this.processed)
    assert log[["version", "estimate"]].to_numpy().tolist() == [[1, 0.7]]


def test_a_large_change_is_told_with_both_intervals(versions):
    this, log, found = versions([_found(0.5)], [_found(0.551)])
    html = changes.changes_html(this, log, found, **HOW)
    assert '<td class="number">50% (45% to 55%)</td>' in html
    assert '<td class="number">55% (51% to 60%)</td>' in html
    assert "New: raw file." in html


@pytest.mark.parametrize("now", [0.55, 0.56, 0.57])
def test_what_few_people_could_have_moved_is_not_told(versions, now):
    this, log, found = versions([_found(0.55)], [_found(now)])
    html = changes.changes_html(this, log, found, **HOW)
    assert "No headline moved so far that it may be told." in html
    assert "55%" not in html
    assert "57%" not in html
    assert "<li>Content: Are they content?</li>" in html


def test_a_headline_of_another_subject_is_not_compared(versions):
    other = "Watford: 80% of 712 people."
    this, log, found = versions([_found(0.5)], [_found(0.8, sentence=other)])
    html = changes.changes_html(this, log, found, **HOW)
    assert "worded otherwise" in html
    assert "80%" not in html


def test_a_headline_that_comes_or_goes_is_not_named(versions):
    gone = _found(finding="gone_one", question="Gone?")
    come = _found(finding="new_one", question="Come?")
    html = changes.changes_html(*versions([_found(), gone], [_found(), come]), **HOW)
    assert "Gone?" not in html
    assert "Come?" not in html


def test_the_log_has_no_counts_no_adjusted_shares_and_no_differences(versions):
    rows = [
        _found(),
        _found(finding="a", sentence="16-24: 55% would, adjusted (50% to 60%; 712 people)."),
        _found(finding="b", unit="difference of shares"),
        _found(finding="c") | {"estimate": None},
    ]
    this, log, _ = versions(rows)
    assert log["finding"].tolist() == ["content"]
    text = (this.processed / changes.NAME).read_text("utf-8")
    assert "712" not in text
    assert text.splitlines()[0] == ",".join([*changes.COLUMNS, "data"])


def test_going_back_to_an_earlier_raw_file_is_a_version_of_its_own(versions, monkeypatch):
    this, *_ = versions([_found(0.5)], [_found(0.6)])
    key = {"raw": "raw0", "codebook": "c", "package": "0.1.0"}
    monkeypatch.setattr(changes, "version_key", lambda survey: key)
    assert changes.new_log(this, this.processed)["version"].tolist() == [1, 2, 3]


def test_the_key_follows_raw_file_and_codebook_and_no_line_ending(demo):
    this = demo()
    first = changes.version_key(this)
    codebook = paths.RAW / "demo" / "codebook.toml"
    codebook.write_bytes(codebook.read_bytes().replace(b"\n", b"\r\n"))
    assert changes.version_key(this) == first
    other = changes.version_key(demo(None, ('limits = "Nobody', 'limits = "No one')))
    assert [each for each in first if first[each] != other[each]] == ["codebook"]


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("56% of 712 people (52.7% to 60.1%)", "7% of 1,712 people (2.7% to 6.1%)", True),
        ("65-74: 19%", "16-24: 19%", False),
        ("75+: 19%", "65+: 19%", False),
        ("Watford: 19%", "Dacorum: 19%", False),
        ("A gap of -15.7 points", "A gap of +5 points", True),
    ],
)
def test_the_subject_is_what_is_left_without_numbers(one, two, same):
    assert (changes.subject(one) == changes.subject(two)) is same


def test_every_headline_of_the_default_survey_that_is_logged_is_a_plain_share():
    herts = survey.load("herts_2023")
    rows = pd.DataFrame(changes.logged(findings.read_findings(herts)))
    assert {"satisfied", "same_answer", "video_likely"} <= set(rows["finding"])
    assert not set(rows["finding"]) & {"largest_shift", "got_preferred", "video_age_lowest"}
