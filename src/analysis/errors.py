"""The error that a user of the project can mend: it is shown as text, without a stack trace."""


class SurveyError(ValueError):
    """Something about the survey's files or codebook is wrong; the text says what to do."""
