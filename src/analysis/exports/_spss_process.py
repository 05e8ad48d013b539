"""Read an SPSS file in a process of its own, because the library ends its process on some files.

Run by its path with the file and encodings as arguments; it imports nothing of the project, so
that it starts in a moment, and writes its result to standard output, pickled.
"""

import pickle
import sys
import warnings
from collections.abc import Sequence

import pyreadstat


def read(path: str, encodings: Sequence[str]) -> tuple:
    """Read values, wording and value labels.

    Parameters
    ----------
    path : str
        The file; opened read-only.
    encodings : sequence of str
        Tried in their order where the file's own does not do.

    Returns
    -------
    tuple
        Column -> values, column -> label or None, column -> value -> label; or the name of what
        was raised alone.
    """
    tried = [None, *encodings]
    for encoding in tried:
        try:
            columns, about = pyreadstat.read_sav(
                path, user_missing=True, output_format="dict", encoding=encoding
            )
        except Exception as error:
            failure = (type(error).__name__,)
        else:
            return dict(columns), about.column_names_to_labels, about.variable_value_labels
    return failure


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    sys.stdout.buffer.write(pickle.dumps(read(sys.argv[1], sys.argv[2:])))
