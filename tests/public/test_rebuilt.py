"""After the archive was emptied and told again from the ledger, every page is the same to the byte."""

from tests.site import Site


def test_every_page_is_the_same_after_a_rebuild(site: Site) -> None:
    before = site.pages
    rebuilt = site.run("rebuild")
    assert rebuilt.returncode == 0, rebuilt.stderr
    changed = [path for path, answer in before.items() if site.get(path).body != answer.body]
    assert changed == []
