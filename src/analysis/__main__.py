"""The command line: `python -m analysis COMMAND`, such as `report`, `notebooks` or `test`."""

import gc
import sys

from analysis.publish import signals


def main(arguments: list[str] | None = None) -> int:
    """Run a command.

    Parameters
    ----------
    arguments : list of str, optional
        Words of the command line; those of this process by default, which then ends.

    Returns
    -------
    int
        As `commands.run` returns it; 128 and the number of the signal if one stopped the command:
        130 from the keyboard, 143 by `kill`.
    """
    try:
        with signals.raised(restore=arguments is not None):
            with signals.starting():
                # nbformat's schemas are checked by jsonschema, which would build a grammar of
                # international addresses for a second; no schema of notebooks asks for one.
                sys.modules.setdefault("rfc3987_syntax", None)
                gc.disable()  # what is imported stays to the end, and is not looked through
                from analysis.publish import commands  # takes seconds, and may be stopped

                gc.freeze()
                gc.enable()
            return commands.run(arguments)
    except signals.Stopped as stop:
        print(f"analysis: {stop}", file=sys.stderr)
        return 128 + stop.number


if __name__ == "__main__":
    sys.exit(main())
