"""Data tables: the answers of everybody to every closed question, and those of groups of people.

- `write_tables` writes a workbook (`tables.xlsx`), `topline.csv` and `banner.csv`
- `gather` makes the tables; docs/tables.md says how they are rounded and hidden
"""

from analysis.tables.book import Book, gather
from analysis.tables.written import NAMES, write_tables

__all__ = [
    "NAMES",
    "Book",
    "gather",
    "write_tables",
]
