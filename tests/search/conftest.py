import pytest

from koryu.search.entries import LedgerMark
from koryu.search.index import Index
from tests.search.published import entries


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """An index over the entries of entries.yaml."""
    index = Index(tmp_path_factory.mktemp("search"))
    index.rebuild(entries(), LedgerMark(1, ""))
    return index
