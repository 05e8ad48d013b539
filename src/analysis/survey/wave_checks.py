"""What a codebook says of the waves of a survey, against itself."""

from analysis.exports import tidy
from analysis.survey.codebook import Codebook


def wave_contradictions(codebook: Codebook) -> list[str]:
    """List the contradictions about which file, and which wave, a reply came from.

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
    >>> wave_contradictions(survey.load("herts_2023").codebook)
    []
    """
    file, column = codebook.file, tidy(codebook.file.wave_column)
    if not column:
        waves = "[file]: waves without a wave_column; name the column that is to hold them"
        return [waves] if file.waves else []
    problems = []
    if column == "raw_row":
        problems.append(f"[file]: wave_column {column!r} is a name of the project; use another")
    sources = {tidy(name) for question in codebook.questions for name in question.source_columns}
    if column not in sources:
        problems.append(
            f"[file]: wave_column {file.wave_column!r} is read by no question; add a question with "
            "this column, or remove the key"
        )
    if not all(map(tidy, file.waves)):
        problems.append("[file]: waves has an empty name; write what each file's wave is called")
    return problems
