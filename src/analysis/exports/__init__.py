"""Exports of survey tools, read as they are: all text, a row a reply.

- `read_export`: a file, a folder or several files as one frame; `sha256` of the same
- `export_parts`, `read_part`: the same in parts (`ExportPart`) that are read by themselves;
  `IrregularPartError` if that cannot be; `refuse_other_columns` where parts differ
- `RawFile`: what the codebook says of the file; `FORMATS`: the formats that it can name
- `guess`: how a file is written, found from the file itself
- `described`: how a file was read, in words
- `labels`, `value_labels`: what a file says of its columns (SPSS, Qualtrics): column -> wording,
  column -> answers in order
- `read_dictionary`: a table beside the export that says the same of its columns
- `parts`: column -> the question and the option that it is of, where the header keeps them apart
- `is_listed`: whether headers of the codebook mean a column
- `files_of`: the files of a folder
- `tidy`, `straightened`, `cell_text`: cells as text; `tidied`, `match_keys`: very many at once
"""

from analysis.exports._cells import cell_text, straightened, tidy
from analysis.exports._columns import match_keys, tidied
from analysis.exports._data_dictionary import DataDictionary, read_dictionary
from analysis.exports._dictionary import described, labels, parts, value_labels
from analysis.exports._files import files_of, refuse_other_columns, sha256
from analysis.exports._guessing import guess
from analysis.exports._headers import HeaderPart, is_listed
from analysis.exports._parts import ExportPart, IrregularPartError, export_parts, read_part
from analysis.exports._raw_file import FORMATS, Format, RawFile
from analysis.exports._reading import read_export

__all__ = [
    "FORMATS",
    "DataDictionary",
    "ExportPart",
    "Format",
    "HeaderPart",
    "IrregularPartError",
    "RawFile",
    "cell_text",
    "described",
    "export_parts",
    "files_of",
    "guess",
    "is_listed",
    "labels",
    "match_keys",
    "parts",
    "read_dictionary",
    "read_export",
    "read_part",
    "refuse_other_columns",
    "sha256",
    "straightened",
    "tidied",
    "tidy",
    "value_labels",
]
