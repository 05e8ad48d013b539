"""Which tests of the study have no effect of their own planted in the default survey.

The parameters of the generator are in the simulation.toml of the default survey.
"""

#: Nothing is planted, neither for it nor for what goes with it once the model holds age.
NONE = ("test_video_disability", "test_digital_disability")

#: Nothing is planted for it, but for the channel preferred, which goes with it.
INDIRECT = ("test_video_channel", "video_against_preference")


def power_text(test: str, rate: str | None) -> str:
    """Write how often a test finds the effects there are, if there are any.

    Parameters
    ----------
    test : str
        A key of `names.TESTS`.
    rate : str or None
        How often it finds something in surveys with effects, with its error; None if these were
        not read for it.

    Returns
    -------
    str
        The rate, or why there is none.

    Examples
    --------
    >>> power_text("test_video_disability", "3.3% ± 4.4")
    'no effect planted'
    >>> power_text("test_video_channel", "6.7% ± 5.3")
    '6.7% ± 5.3, indirect'
    """
    if test in NONE:
        return "no effect planted"
    if rate is None:
        return "not read"
    return f"{rate}, indirect" if test in INDIRECT else rate
