"""How an export is written: the formats that are known, and what a codebook says of its file."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Format:
    """What one tool or kind of file writes.

    `media` are the kinds of file that it comes as; `header_rows` is how many rows name the
    columns (0: found from the rows themselves); with `joined` a name is the question of the first
    row, which a blank cell carries on, and the option of the second.
    """

    media: tuple[str, ...] = ("text", "workbook")
    header_rows: int = 1
    joined: bool = False


#: What [file] format can say; without it the file itself does, as far as that is certain.
FORMATS = {
    "": Format(media=("text", "workbook", "spss", "parquet"), header_rows=0),
    "csv": Format(media=("text",)),
    "xlsx": Format(media=("workbook",)),
    "spss": Format(media=("spss",)),
    "parquet": Format(media=("parquet",)),
    "qualtrics": Format(header_rows=0),
    "surveymonkey": Format(header_rows=2, joined=True),
    "smartsurvey": Format(header_rows=0, joined=True),
    "google_forms": Format(),
    "microsoft_forms": Format(),
    "limesurvey": Format(),
}


@dataclass(frozen=True, kw_only=True)
class RawFile:
    """How the export is written.

    `name` is a file, or a folder of files that are one survey; `further_names` are those that
    follow it in a list. `skip_rows` is how many rows stand above the header, such as a title.
    `header_rows` goes before what the format says; 0 leaves it to that. `wave_column` is the
    column that is added to say which file a reply came from, by `waves` or by the file's name.
    """

    name: str
    further_names: tuple[str, ...] = ()
    format: str = ""
    sha256: str = ""
    sheet: str = ""
    skip_rows: int = 0
    header_rows: int = 0
    delimiter: str = ","
    encodings: tuple[str, ...] = ("utf-8-sig",)
    decimal_comma: bool = False
    datetime_format: str = ""
    ignored_columns: tuple[str, ...] = ()
    ignore_other_columns: bool = False
    wave_column: str = ""
    waves: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All files and folders, in their order."""
        return (self.name, *self.further_names)
