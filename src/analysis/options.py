"""Numbers as people write them on the command line, and wrong ones answered in one sentence."""

import argparse
import math
import re
from typing import NoReturn

#: A whole number, in groups of three or not; one kind of separator throughout.
_WHOLE = re.compile(r"[+-]?(\d+|\d{1,3}(?:([,_ '\u2019\u00a0\u2009\u202f])\d{3})(?:\2\d{3})*)")

#: A share: a decimal number, with or without a percent sign.
_SHARE = re.compile(r"([+-]?(?:\d+[.,]?\d*|[.,]\d+))\s*(%?)")


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one sentence each, as those of everything else are.

    Examples
    --------
    >>> parser = Parser()
    >>> _ = parser.add_argument("--invitations", type=whole_number)
    >>> parser.parse_args(["--invitations", "10,000"]).invitations
    10000
    """

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and what to do, on one line; end with status 2."""
        said = " ".join(message.removeprefix("argument ").split())
        help_with = "" if ";" in said else f"; see {self.prog} --help"
        self.exit(2, f"analysis: {said}{help_with}\n")


def whole_number(text: str) -> int:
    """Read a whole number, with separators of thousands or without; a type for argparse.

    Parameters
    ----------
    text : str
        As it is written on the command line. A point separates no thousands: it may be a decimal
        one.

    Returns
    -------
    int
        The number.

    Raises
    ------
    argparse.ArgumentTypeError
        If it is none; the text says so and what to write.

    Examples
    --------
    >>> whole_number("10,000"), whole_number("10 000"), whole_number("1200")
    (10000, 10000, 1200)
    """
    found = _WHOLE.fullmatch(text.strip())
    if found is None:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a whole number; write it as 10000 or 10,000"
        )
    return int(text.replace(found[2], "") if found[2] else text)


def share(text: str) -> float:
    """Read a share, as a decimal number or a percentage; a type for argparse.

    Parameters
    ----------
    text : str
        As it is written on the command line, with a decimal point or comma.

    Returns
    -------
    float
        50% is 0.5. Whether it may lie outside 0 to 1 is for whoever uses it.

    Raises
    ------
    argparse.ArgumentTypeError
        If it is none; the text says so and what to write.

    Examples
    --------
    >>> share("50%"), share("12.5 %"), share("0.1")
    (0.5, 0.125, 0.1)
    """
    found = _SHARE.fullmatch(text.strip())
    value = float(found[1].replace(",", ".")) if found else math.nan
    if not math.isfinite(value):
        raise argparse.ArgumentTypeError(f"{text!r} is not a share; write it as 0.5 or 50%")
    return value / 100 if found[2] else value
