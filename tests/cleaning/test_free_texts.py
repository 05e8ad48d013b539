"""Free text in a column of its own counts as it does behind "Other:", and goes nowhere."""

import re

import pandas as pd
import pytest

from analysis import cleaning
from analysis.cleaning import answer_codes
from analysis.errors import SurveyError

LISTED = """
answers = [
    { code = "phone", label = "Phone" }, { code = "web", label = "Website" },
    { code = "other", label = "Other" },
]
recode = { phone = ["rang", "101"] }
missing = { dont_know = ["Don't know"] }
"""
OPEN = '[[question]]\nid = "z"\nkind = "text"\ncolumn = "Z"\n'


def _one(other: str) -> str:
    head = '[[question]]\nid = "used"\nkind = "single"\ncolumn = "Which?"'
    return f"{head}\n{LISTED}other = {other}\n{OPEN}"


def _several(other: str) -> str:
    return _one(other).replace('"single"', '"multiple"\nseparator = ";"')


def _ticks(other: str, columns: str) -> str:
    return _one(other).replace(
        'kind = "single"\ncolumn = "Which?"', f'kind = "multiple"\nanswer_columns = {columns}'
    )


OWN = '{ code = "other", column = "Other (please specify)" }'
PREFIX = '{ code = "other", prefix = "Other:" }'


def _cleaned(made) -> pd.DataFrame:
    return cleaning.clean(made.read_raw(), made.codebook).responses.drop(columns="raw_row")


@pytest.mark.parametrize(
    ("ticked", "written", "expected"),
    [
        ("Other", "by pigeon", "other"),
        ("", "by pigeon", "other"),
        ("Other", "", "other"),
        ("Other", "I rang twice", "phone"),
        ("", "website", "web"),
        ("Other", "could not get through on 101", "other"),
        ("Phone", "and they were kind", "phone"),
        ("Phone", "website", "phone"),
        ("Don't know", "I rang", "phone"),
        ("Don't know", "-", "dont_know"),
        ("", "-", "no_answer"),
        ("", "Don't know", "dont_know"),
        ("Phone", "Don't know", "phone"),
    ],
)
def test_an_answer_that_is_ticked_holds_and_else_the_text_decides(small, ticked, written, expected):
    export = f"Which?,Other (please specify),Z\n{ticked},{written},x\n"
    made = small(_one(OWN), export, blank='["", "-"]')
    assert _cleaned(made)["used"].tolist() == [expected]


@pytest.mark.parametrize(
    ("ticked", "written", "expected"),
    [
        ("Phone;Other", "by pigeon", "101"),
        ("Phone", "by pigeon", "101"),
        ("Website;Other", "I rang", "110"),
        ("Phone;Website", "", "110"),
        ("", "", "no_answer" * 3),
    ],
)
def test_of_several_answers_the_text_is_one_more(small, ticked, written, expected):
    made = small(_several(OWN), f"Which?,Other (please specify),Z\n{ticked},{written},x\n")
    assert "".join(_cleaned(made).filter(like="used__").iloc[0]) == expected


WRITTEN = ["by pigeon", "I rang", "website", "not by phone", "101"] * 3


def test_the_same_replies_give_the_same_answers_however_the_text_is_written(small):
    rows = [(["Phone"], ""), (["Website", "Phone"], ""), ([], "")]
    rows += [(said, text) for text in WRITTEN for said in ([], ["Phone"])]
    singles = [(said[:1], text if not said else "") for said, text in rows]

    def lines(of, cell) -> str:
        return "".join(f"{cell(said, text)},x\n" for said, text in of)

    def behind(said, text):
        return ";".join([*said, *([f"Other: {text}"] if text else [])])

    def beside(said, text):
        return f"{';'.join([*said, *(['Other'] if text else [])])},{text}"

    def boxes(said, text):
        return f"{','.join(each if each in said else '' for each in ('Phone', 'Website'))},{text}"

    for asked, of in ((_one, singles), (_several, rows)):
        one = _cleaned(small(asked(PREFIX), f"Which?,Z\n{lines(of, behind)}"))
        header = "Which?,Other (please specify),Z\n"
        assert one.equals(_cleaned(small(asked(OWN), header + lines(of, beside))))
    columns = '{ phone = "Phone", web = "Website" }'
    header = "Phone,Website,Other (please specify),Z\n"
    assert one.equals(_cleaned(small(_ticks(OWN, columns), header + lines(rows, boxes))))
    columns = '{ phone = "Phone", web = "Website", other = "Other (please specify)" }'
    ticked = _ticks('{ code = "other" }', columns)
    assert one.equals(_cleaned(small(ticked, header + lines(rows, boxes))))
    assert one["used__phone"].tolist().count("1") == 23


def test_a_tick_and_its_text_are_one_answer_where_ticks_have_columns(small):
    columns = '{ phone = "Q1_1", web = "Q1_2", other = "Q1_3" }'
    made = small(
        _ticks('{ code = "other", column = "Q1_3_TEXT" }', columns),
        "Q1_1,Q1_2,Q1_3,Q1_3_TEXT,Z\n1,,1,by pigeon,x\n,,1,I rang,x\n0,0,0,No,x\n,,,,x\n",
    )
    frame = _cleaned(made).filter(like="used__")
    assert frame.agg("".join, axis=1).tolist() == ["101", "100", "000", "no_answer" * 3]


def test_who_ticked_nothing_has_answered_though_the_box_for_text_is_empty(small):
    columns = '{ phone = "Phone", web = "Website" }'
    made = small(_ticks(OWN, columns), "Phone,Website,Other (please specify),Z\nNo,No,,x\n")
    assert _cleaned(made).filter(like="used__").iloc[0].tolist() == ["0", "0", "0"]


def test_an_answer_that_was_not_offered_needs_no_column_of_ticks(small):
    asked = _ticks('{ code = "other", column = "Box" }', '{ phone = "Phone" }')
    export = "Phone,Box,Z\nPhone,,x\n,by pigeon,x\nNo,,x\n"
    with pytest.raises(SurveyError, match="no column for web; add to answer_columns"):
        small(asked, export)
    made = small(asked.replace("missing =", 'not_offered = ["web"]\nmissing ='), export)
    frame = _cleaned(made).filter(like="used__")
    assert frame.agg("".join, axis=1).tolist() == ["100", "001", "000"]


def test_texts_are_counted_and_told_nowhere(small):
    made = small(
        _one(OWN),
        "Which?,Other (please specify),Z\n,I rang,x\n,by pigeon,x\n,rang,y\n,Don't know,y\n",
    )
    coded = answer_codes.code_replies(made.read_raw(), made.codebook)
    assert coded.noted.recoded.to_dict("records") == [{"role": "used", "code": "phone", "n": 2}]
    assert dict(coded.noted.other_left) == {"used": 1}
    assert not coded.frame.isin(["I rang", "by pigeon"]).any(axis=None)


def _left(made) -> dict:
    texts = answer_codes.code_replies(made.read_raw(), made.codebook).noted.other_texts.get(
        "used", {}
    )
    return {text: sorted(rows) for text, rows in texts.items()}


def test_texts_that_name_no_answer_are_kept_with_their_rows_for_the_check(small):
    lines = [",by pigeon", ",I rang", "Phone,by pigeon", ",by pigeon", ",by drum", "Other,-"]
    blank = '["", "-"]'
    export = "Which?,Other (please specify),Z\n" + "".join(f"{line},x\n" for line in lines)
    assert _left(small(_one(OWN), export, blank=blank)) == {"by pigeon": [1, 4], "by drum": [5]}
    assert _left(small(_several(OWN), export, blank=blank)) == {
        "by pigeon": [1, 3, 4],
        "by drum": [5],
    }
    boxes = _ticks(OWN, '{ phone = "Which?", web = "W" }')
    export = export.replace("Other,-", ",-").replace(",x\n", ",x,\n").replace(",Z", ",Z,W", 1)
    assert _left(small(boxes, export, blank=blank)) == {"by pigeon": [1, 3, 4], "by drum": [5]}


def test_texts_in_both_columns_are_kept(small):
    both = OWN.replace('"other",', '"other", prefix = "Other:",')
    export = "Which?,Other (please specify),Z\nOther: by post;Phone,by drum,x\n"
    assert _left(small(_several(both), export)) == {"Other: by post": [1], "by drum": [1]}
    assert _left(small(_several(both), export.replace("drum", "101"))) == {}


def test_codes_in_the_columns_are_read_by_their_value(small):
    asked = _one(OWN).replace('label = "Phone"', 'label = "Phone", text = ["1", "Phone"]')
    asked = asked.replace('["Don\'t know"]', '["8"]').replace('"-"', '"-", "9"')
    export = "Which?,Other (please specify),Z\n1.0,,x\n,1.00,x\n,08,x\n,9.0,x\n"
    made = small(asked, export, blank='["", "9"]')
    assert _cleaned(made)["used"].tolist() == ["phone", "phone", "dont_know", "no_answer"]
    boxes = '{ phone = "Which?", web = "W" }'
    ticks = _ticks(OWN, boxes).replace('["Don\'t know"]', '["8"]')
    ticks = ticks.replace("missing", 'not_ticked = ["2"]\nmissing')
    export = "Which?,W,Other (please specify),Z\n1.0,2.0,2.00,x\n2,2,8.0,x\n2,2,9.0,x\n"
    frame = _cleaned(small(ticks, export, blank='["", "9"]')).filter(like="used__")
    assert frame.agg("".join, axis=1).tolist() == ["100", "dont_know" * 3, "000"]


def test_a_text_in_the_column_of_answers_is_free_only_with_a_prefix(small):
    export = "Which?,Other (please specify),Z\nOther: by post,,x\n"
    with pytest.raises(SurveyError, match="1 text that is no answer of it, in row 1"):
        _cleaned(small(_one(OWN), export))
    both = OWN.replace('"other",', '"other", prefix = "Other:",')
    assert _cleaned(small(_one(both), export))["used"].tolist() == ["other"]


@pytest.mark.parametrize(
    ("questions", "said"),
    [
        (_one(OWN.replace("Other (please specify)", "Z")), "column 'Z' stands 2 times; keep one"),
        (_one(OWN.replace("Other (please specify)", "Which?")), "column 'Which?' stands 2 times"),
        (_one(OWN.replace("please", "do")), "have no column 'Other (do specify)'; correct the"),
        (_one('{ column = "Other (please specify)" }'), "and no code; add the code"),
        (_one('{ code = "others", column = "Other (please specify)" }'), "is not one of its answ"),
        (
            f'[[question]]\nid = "y"\nkind = "text"\ncolumn = "Which?"\nother = {OWN}\n{OPEN}',
            "keep it for a question of kind 'single', 'ordered' or 'multiple' with answers",
        ),
    ],
)  # fmt: skip
def test_a_column_that_cannot_be_is_refused_in_one_sentence(small, questions, said):
    with pytest.raises(SurveyError, match=re.escape(said)):
        _cleaned(small(questions, "Which?,Other (please specify),Z\nPhone,,x\n"))
