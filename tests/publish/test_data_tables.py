"""The command that makes data tables, and the report that links them."""

from analysis import __main__, paths, tables

ROWS = [
    f"03/10/2023 1{at % 9}:0{at % 7}:{at:02d},03/10/2023 1{at % 9}:4{at % 7}:{at:02d},Lives,Yes,"
    f"{('Website', 'By telephone')[at % 2]};,{('By telephone', 'Website', 'Website')[at % 3]},"
    f"Fine {at}"
    for at in range(40)
]


def test_the_command_puts_the_tables_beside_the_report(demo, capsys):
    demo(ROWS, load=False)
    assert __main__.main(["tables", "--survey", "demo"]) == 0
    beside = paths.REPORTS / "demo"
    assert sorted(path.name for path in beside.iterdir()) == sorted(tables.NAMES)
    assert "tables.xlsx" in capsys.readouterr().out
    assert not [path for path in paths.REPORTS.iterdir() if path.name.startswith(".unfinished")]


def test_the_command_says_why_there_are_no_tables(demo, capsys):
    demo(ROWS[:9], ("disclosure_threshold = 2", "disclosure_threshold = 50"), load=False)
    assert __main__.main(["tables", "--survey", "demo"]) == 2
    assert "too few people answered each closed question" in capsys.readouterr().err
