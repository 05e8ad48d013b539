"""Numbers on the command line: separators of thousands, percent signs, and one sentence else."""

import argparse

import pytest

from analysis import options
from analysis.publish import commands


@pytest.mark.parametrize(
    ("text", "number"),
    [("10,000", 10_000), ("1,200,000", 1_200_000), ("10 000", 10_000), ("10\u202f000", 10_000),
     ("10'000", 10_000), ("10_000", 10_000), ("10000", 10_000), ("-5", -5), (" 7 ", 7)],
)  # fmt: skip
def test_a_whole_number_may_have_separators_of_thousands(text, number):
    assert options.whole_number(text) == number


@pytest.mark.parametrize(
    "text", ["10,00", "10,0000", "1,000 000", "10.000", "1e4", "ten", "", "50%", ",000", "1,,000"]
)
def test_what_is_no_whole_number_is_refused_by_its_name(text):
    with pytest.raises(argparse.ArgumentTypeError, match="is not a whole number; write it as") as e:
        options.whole_number(text)
    assert repr(text) in str(e.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [("50%", 0.5), ("12.5 %", 0.125), ("0.1", 0.1), ("0,1", 0.1), (".25", 0.25), ("1", 1.0),
     ("-1", -1.0), ("2", 2.0)],
)  # fmt: skip
def test_a_share_may_be_a_percentage(text, value):
    assert options.share(text) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize("text", ["half", "50%%", "%", "nan", "inf", "1,000.5", "", "1 2", "5e-1"])
def test_what_is_no_share_is_refused_by_its_name(text):
    with pytest.raises(argparse.ArgumentTypeError, match="is not a share; write it as") as e:
        options.share(text)
    assert repr(text) in str(e.value)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("power", "--invitations", "10,00"), "--invitations: '10,00' is not a whole number; "),
        (("power", "--response", "half"), "--response: 'half' is not a share; write it as 0.5"),
        (("power", "--discordant", "x"), "--discordant: 'x' is not a share; "),
        (("validate", "--runs", "1.000"), "--runs: '1.000' is not a whole number; "),
        (("validate", "--sizes", "300", "1e3"), "--sizes: '1e3' is not a whole number; "),
        (("themes", "--sample", "50%"), "--sample: '50%' is not a whole number; "),
        (("power", "--power", "0.9"), "unrecognized arguments: --power 0.9; see "),
        (("power", "--invitations"), "--invitations: expected one argument; see "),
        (("powers",), "COMMAND: invalid choice: 'powers'"),
        ((), "the following arguments are required: COMMAND; see "),
    ],
)
def test_the_command_line_ends_in_one_sentence(capsys, words, said):
    with pytest.raises(SystemExit) as stop:
        commands.run(list(words))
    assert stop.value.code == 2
    heard = capsys.readouterr().err
    assert heard.startswith(f"analysis: {said}")
    assert heard.count("\n") == 1


def test_numbers_as_people_write_them_arrive():
    parse = commands._parser().parse_args
    plan = parse(["power", "--invitations", "12,000", "--response", "15%", "--discordant", "30 %"])
    assert (plan.invitations, plan.response, plan.discordant) == (12_000, 0.15, 0.3)
    study = parse(["validate", "--runs", "1,000", "--sizes", "300", "1,200"])
    assert (study.runs, study.sizes) == (1_000, [300, 1_200])


def test_a_share_outside_0_to_1_is_for_the_command_to_refuse(capsys):
    assert commands.run(["power", "--response", "50"]) == 2
    assert capsys.readouterr().err == (
        "analysis: a response of 50; give a share above 0, at most 1, such as 0.1 or 10%\n"
    )
