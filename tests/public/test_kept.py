"""A kept page is answered without making it again, and is never older than the last change."""

from tests.site import Site

PATH = "/ja/programme/ndl-nlc/"


def test_a_page_that_has_not_changed_is_answered_304(site: Site) -> None:
    first = site.get(PATH)
    assert first.headers["cache-control"] == "no-cache"
    again = site.get(PATH, If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, "")
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["content-security-policy"] == first.headers["content-security-policy"]


def test_a_kept_page_is_the_page_to_the_byte_and_in_its_headers(site: Site) -> None:
    first, again = site.get(PATH), site.get(PATH)
    assert again == first
    assert site.get(PATH, If_None_Match='"another"').body == first.body


def test_a_page_with_a_question_in_its_address_and_a_missing_one_are_not_kept(site: Site) -> None:
    assert "etag" not in site.get("/en/none/").headers
    assert site.get(PATH + "?x=1").status == 200
    assert "etag" not in site.get("/").headers


def test_a_forged_host_name_gets_into_no_page(site: Site) -> None:
    assert "elsewhere.example" not in site.get("/ja/agreement/", Host="elsewhere.example").body
    assert "elsewhere.example" not in site.get("/ja/agreement/").body


def test_a_page_shows_the_next_moment_what_another_process_has_changed(own_site: Site) -> None:
    before = own_site.get("/en/institution/nlk/")
    own_site.get("/en/institution/nlk/")
    data = (own_site.home / "more.yaml").resolve()
    data.write_text(MORE, encoding="utf-8")
    loaded = own_site.run("load", str(data))
    assert loaded.returncode == 0, loaded.stderr
    after = own_site.get("/en/institution/nlk/", If_None_Match=before.headers["etag"])
    assert after.status == 200
    assert "A visit of tomorrow" in after.body


def test_what_was_erased_is_gone_the_next_moment(own_site: Site) -> None:
    path = "/en/outcome/ndl-nlc-copying/"
    assert own_site.get(path).status == 200
    erased = own_site.run(
        "erase", "outcome/ndl-nlc-copying", "--institution", "institution/compiler", "--by", "loader", "--yes"
    )
    assert erased.returncode == 0, erased.stderr
    answer = own_site.get(path)
    assert answer.status == 410
    assert "was removed" in answer.body
    assert own_site.get("/outcome/ndl-nlc-copying.json").status == 410


MORE = """
base: "tag:koryu,2026:"
recorder: institution/compiler
records:
  - record: exchange/tomorrow
    kind: exchange
    form: visit
    event: {state: planned}
    title: {en: A visit of tomorrow}
    institutions: [institution/ndl, institution/nlk]
    sources: [{id: page, work: work/ndl-exchange-activities}]
...
"""
