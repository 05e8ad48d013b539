"""The command verify-r: its exit code, and one sentence where R is not installed."""

import pandas as pd
import pytest

from analysis import verification
from analysis.publish import commands


@pytest.mark.parametrize(("outcome", "status"), [("agreed", 0), ("listed", 0), ("differs", 1)])
def test_it_ends_with_1_if_a_number_differs(monkeypatch, capsys, outcome, status):
    table = pd.DataFrame(
        {"finding": ["satisfied"], "outcome": [outcome], "compared": [4], "how": ["n: the same"]}
    )
    monkeypatch.setattr(verification, "verify", lambda survey: table)
    assert commands.run(["verify-r"]) == status
    assert f"{outcome:8} satisfied: n: the same" in capsys.readouterr().out


def test_without_r_it_says_so_in_one_sentence(monkeypatch, capsys):
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert commands.run(["verify-r"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("analysis: R is not installed")
    assert said.count("\n") == 1
