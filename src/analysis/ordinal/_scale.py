"""Answers named by their labels, whether or not somebody gave them."""

from collections.abc import Collection, Sequence


def on_scale(answers: Sequence[str], scale: Collection[str], *, outcome: str) -> list[str]:
    """Check that answers named are on the scale of a question.

    Parameters
    ----------
    answers : sequence of str
        Labels.
    scale : collection of str
        The labels of all answers of the question, given or not.
    outcome : str
        The question, which errors name.

    Returns
    -------
    list of str
        The answers.

    Raises
    ------
    ValueError
        If none is named, or one is not on the scale; if they are one text and not a list.

    Examples
    --------
    >>> on_scale(["good"], ["bad", "good"], outcome="rating")
    ['good']
    """
    if isinstance(answers, str):
        raise ValueError(f"answers is the text {answers!r}; give a list, [{answers!r}]")
    named = [str(each) for each in answers]
    if not named:
        raise ValueError(f"no answer of {outcome!r} is named; choose among {list(scale)}")
    unknown = [each for each in named if each not in scale]
    if unknown:
        raise ValueError(
            f"{unknown} are no answers of {outcome!r}; its scale is {list(scale)}: name answers by "
            "these labels"
        )
    return named
