"""A Word or LibreOffice file as it came back: its tables, cell by cell, with marks, tracked changes and comments."""

from koryu.ingest.word.came import CameFile, CameTable, ReadCell, ReadComment, ReadRow, TrackedRow
from koryu.ingest.word.reading import read_word

__all__ = ["CameFile", "CameTable", "ReadCell", "ReadComment", "ReadRow", "TrackedRow", "read_word"]
