"""The page that says where each gathered entry is: every record it names is there, and every exchange is named."""

import re
from pathlib import Path

from koryu.records.kinds import KINDS
from tests.shipped import shipped

PAGE = Path("docs/reference/data.md").read_text(encoding="utf-8")
SEED = Path("docs/reference/seed-page.md").read_text(encoding="utf-8")
NAMED = re.compile(rf"`((?:{'|'.join(KINDS)})/[a-z0-9-]+)`")


def test_every_record_the_page_names_is_on_record() -> None:
    assert [name for name in NAMED.findall(PAGE) if name not in shipped()] == []


def test_every_exchange_and_agreement_on_record_is_named_on_a_page() -> None:
    named = set(NAMED.findall(PAGE)) | set(NAMED.findall(SEED)) | set(_spans(PAGE))
    held = {name for name in shipped() if name.startswith(("exchange/", "agreement/"))}
    assert sorted(held - named) == []


def _spans(page: str) -> list[str]:
    """The names between “`exchange/cjkdli-1` to `exchange/cjkdli-6`”."""
    spans = re.findall(r"`([a-z]+/[a-z-]+?)(\d+)` to `\1(\d+)`", page)
    return [f"{stem}{number}" for stem, first, last in spans for number in range(int(first), int(last) + 1)]
