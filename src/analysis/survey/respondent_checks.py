"""What a codebook says of the respondent's id, against itself."""

from analysis.survey.codebook import Codebook


def respondent_contradictions(codebook: Codebook) -> list[str]:
    """List the contradictions about the question with the role `respondent`.

    Parameters
    ----------
    codebook : Codebook
        As read, every key known and of its type.

    Returns
    -------
    list of str
        One contradiction each, with what to do; empty if there is none.

    Examples
    --------
    >>> from analysis import survey
    >>> respondent_contradictions(survey.load("herts_2023").codebook)
    []
    """
    problems = [
        f"question {question.id!r}: columns, which only an id has that several columns make; give "
        "it the role respondent, or one column"
        for question in codebook.questions
        if question.further_columns and question.role != "respondent"
    ]
    if not codebook.has("respondent"):
        if codebook.cleaning.last_reply_counts:
            problems.append("[cleaning] last_reply_counts: no question has the role 'respondent'")
        return problems
    question = codebook.question("respondent")
    if question.kind != "text":
        problems.append(
            f"question {question.id!r}: kind {question.kind!r} of an id; write 'text', so that the "
            "id itself is never written to a table"
        )
    return problems
