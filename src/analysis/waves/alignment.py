"""Two waves in one language: the answers of the earlier one in the codes of the later one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from analysis.survey import Survey
from analysis.survey.codebook import MISSING, Answer, Codebook, Question
from analysis.waves.questions import Agreement

#: Before the code of an answer that the later wave did not offer.
ONLY_BEFORE = "before_"


def aligned(
    first: Survey, second: Survey, found: Mapping[str, Agreement]
) -> tuple[Survey, Survey, dict[str, list[str]]]:
    """Bring two surveys to the questions that both asked alike.

    Parameters
    ----------
    first, second : Survey
        The earlier and the later one, holding their responses.
    found : mapping of str to Agreement
        As `questions.agreements` returns them.

    Returns
    -------
    tuple
        The two surveys with one list of questions and of answers, rows as they were; and role ->
        labels of the answers that may be compared, of questions with answers that may not.
    """
    same = [each for each in found.values() if each.same]
    questions = {each.role: _joined(first.codebook, second.codebook, each) for each in same}
    codebook = replace(
        second.codebook,
        questions=tuple(questions.values()),
        population_counts=None,
        themes=None,
    )
    coded = [each.coded_responses() for each in (first, second)]
    before = _recoded(coded[0], first.codebook, same, questions)
    now = _recoded(coded[1], second.codebook, [_as_it_is(each, second) for each in same], questions)
    shared = {
        each.role: [
            questions[each.role].labels[code] for code in dict.fromkeys(each.codes.values())
        ]
        for each in same
        if not each.complete
    }
    made = [
        replace(survey, codebook=codebook).holding(frame)
        for survey, frame in ((first, before), (second, now))
    ]
    return made[0], made[1], shared


def _joined(first: Codebook, second: Codebook, agreed: Agreement) -> Question:
    """Add the answers that the earlier wave alone offered, so that who gave them stays."""
    new, old = second.question(agreed.role), first.question(agreed.was)
    names = set(new.labels.values())
    gone = [
        Answer(
            code=ONLY_BEFORE + each.code,
            label=each.label if each.label not in names else f"{each.label} (before)",
            text=each.text,
            group=each.group,
        )
        for each in old.answers
        if each.code not in agreed.codes
    ]
    return replace(new, answers=(*new.answers, *gone))


def _as_it_is(agreed: Agreement, second: Survey) -> Agreement:
    codes = {code: code for code in second.codebook.question(agreed.role).codes}
    return replace(agreed, was=agreed.role, codes=codes)


def _recoded(
    coded: pd.DataFrame,
    codebook: Codebook,
    agreed: Sequence[Agreement],
    questions: Mapping[str, Question],
) -> pd.DataFrame:
    """Write responses in the codes of the joined questions."""
    columns = {"raw_row": coded["raw_row"]}
    for each in agreed:
        old, new = codebook.question(each.was), questions[each.role]
        to = {code: each.codes.get(code, ONLY_BEFORE + code) for code in old.codes}
        if new.kind != "multiple":
            given = coded[each.was]
            columns[each.role] = given.map(lambda code, to=to: to.get(code, code))
            continue
        ticks = coded[[f"{each.was}__{code}" for code in old.codes]]
        unsaid = ticks.iloc[:, 0].where(ticks.iloc[:, 0].isin(["", *MISSING]))
        for code in new.codes:
            sources = [f"{each.was}__{here}" for here, there in to.items() if there == code]
            chosen = (ticks[sources] == "1").any(axis=1).map({True: "1", False: "0"})
            columns[f"{each.role}__{code}"] = unsaid.fillna(chosen)
    return pd.DataFrame(columns, index=coded.index)
