import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koryu.search.entries import Filters, LedgerMark, SearchEntry, WrittenForm, WrittenReading
from koryu.search.index import NOTHING_ASKED, Broken, Index
from koryu.search.store import Busy

FORMS = {
    "ja": ("ja", "図書館"),
    "zh-Hant": ("zh-Hant", "圖書館"),
    "zh-Hans": ("zh-Hans", "图书馆"),
    "ko": ("ko", "도서관"),
    "ja-Kana": ("ja-Kana", "としょかん"),
    "ja-Latn": ("ja-Latn", "toshokan"),
    "zh-Latn": ("zh-Latn-pinyin", "túshūguǎn"),
    "ko-Latn": ("ko-Latn", "doseogwan"),
}
DIE_WRITING = """
import os, sys
from koryu.search.entries import SearchEntry, WrittenForm
from koryu.search.index import Index
Index(sys.argv[1]).put(SearchEntry(uri="b", kind="paper", titles=(WrittenForm("ja", "交流"),)))
os._exit(9)
"""
ASKED = "図書館 圖書館 图书馆 도서관 としょかん toshokan túshūguǎn tushuguan doseogwan".split()


def titled(uri: str, *texts: str, lang: str = "ja", **more: object) -> SearchEntry:
    return SearchEntry(uri=uri, kind="paper", titles=tuple(WrittenForm(lang, text) for text in texts), **more)  # type: ignore[arg-type]  # -- further parts of an entry


def named(uri: str, *texts: str) -> SearchEntry:
    return SearchEntry(uri=uri, kind="person", names=tuple(WrittenForm("en", text) for text in texts))


def built(path: Path, *entries: SearchEntry) -> Index:
    index = Index(path, wait=0.1)
    index.rebuild(entries, LedgerMark(7, ""))
    return index


def uris(index: Index, query: str, **more: object) -> list[str]:
    return [hit.uri for hit in index.find(query, **more).hits]  # type: ignore[arg-type]  # -- further parts of an entry


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Index:
    entries = [titled(uri, text, lang=lang) for uri, (lang, text) in FORMS.items()]
    others = [titled("zoo", "動物園"), titled("zoo-ko", "동물원", lang="ko"), titled("zoo-en", "Zoo", lang="en")]
    return built(tmp_path_factory.mktemp("words"), *entries, *others)


@pytest.mark.parametrize("query", ASKED)
def test_one_word_finds_every_text_in_han_and_hangul_however_it_is_written(words: Index, query: str) -> None:
    assert {"ja", "zh-Hant", "zh-Hans", "ko"} - set(uris(words, query)) == set()
    assert {"zoo", "zoo-ko", "zoo-en"} & set(uris(words, query)) == set()


@pytest.mark.parametrize("query", ["図書館", "圖書館", "图书馆", "도서관"])
def test_han_and_hangul_find_texts_written_in_sounds(words: Index, query: str) -> None:
    assert set(uris(words, query)) == set(FORMS)


def test_kana_and_its_romanization_find_each_other(words: Index) -> None:
    assert {"ja-Kana", "ja-Latn"} - set(uris(words, "としょかん")) == set()
    assert {"ja-Kana", "ja-Latn"} - set(uris(words, "toshokan")) == set()


@pytest.mark.parametrize("query", ["천잉", "陳櫻", "진앵", "Chen Ying", "Ying Chen", "chenying", "陈樱", "陳桜"])
def test_all_the_names_of_one_person_find_that_person(published: Index, query: str) -> None:
    assert uris(published, query) == ["chen-ying"]


def test_the_form_typed_comes_first(words: Index) -> None:
    assert [uris(words, query)[0] for query in ("図書館", "圖書館", "图书馆", "도서관")] == [
        "ja",
        "zh-Hant",
        "zh-Hans",
        "ko",
    ]


def test_names_come_before_titles_before_texts(tmp_path: Path) -> None:
    text = SearchEntry(uri="text", kind="report", texts=(WrittenForm("ja", "図書館" * 50),))
    name = SearchEntry(uri="name", kind="institution", names=(WrittenForm("zh-Hans", "北京图书馆"),))
    assert uris(built(tmp_path, text, titled("title", "図書館"), name), "図書館") == ["name", "title", "text"]


def test_what_is_written_so_comes_before_what_is_only_read_so(tmp_path: Path) -> None:
    index = built(tmp_path, titled("read", "図書館"), titled("written", "Toshokan Journal of Libraries", lang="en"))
    assert uris(index, "toshokan") == ["written", "read"]


def test_the_language_of_the_reader_comes_first(tmp_path: Path) -> None:
    index = built(tmp_path, titled("ja", "交流"), titled("zh", "交流", lang="zh-Hans"))
    assert uris(index, "jiaoliu", reader="zh-Hans") == ["zh", "ja"]
    assert uris(index, "jiaoliu", reader="ja") == ["ja", "zh"]


def test_who_is_not_in_the_audience_neither_finds_nor_is_told_nor_can_count(tmp_path: Path) -> None:
    seen = titled("seen", "協議の記録")
    unseen = titled("unseen", "協議の記録", "Kyogi memo", audience=("ndl", "nlc"), theme=("secret",))
    index = built(tmp_path, seen, unseen)
    ours = frozenset({"public", "ndl"})
    found = index.find("協議")
    assert ([hit.uri for hit in found.hits], found.total, found.counts["theme"]) == (["seen"], 1, {})
    assert sorted(uris(index, "協議", audiences=ours)) == ["seen", "unseen"]
    assert [suggestion.uri for suggestion in index.suggest("kyogi m")] == []
    assert [suggestion.uri for suggestion in index.suggest("kyogi m", audiences=ours)] == ["unseen"]
    assert [hit.uri for hit in index.find("kyogi nemo").near if hit.uri == "unseen"] == []
    assert uris(index, "協議", audiences=frozenset()) == []
    assert index.find("協議", filters=Filters(theme=("secret",))).total == 0


def test_filters_narrow_and_counts_tell_how_many(tmp_path: Path) -> None:
    entries = [
        titled(
            f"r{year}", "交流", programme=("nlc",) if year % 2 else ("nlk",), institution=("ndl",), years=(year, year)
        )
        for year in range(2001, 2008)
    ]
    index = built(tmp_path, *entries)
    found = index.find("交流", size=2)
    assert (found.total, len(found.hits)) == (7, 2)
    assert found.counts["programme"] == {"nlc": 4, "nlk": 3}
    assert found.counts["institution"] == {"ndl": 7}
    assert found.counts["decade"] == {"2000": 7}
    assert index.find("交流", filters=Filters(programme=("nlk",))).total == 3
    assert index.find("交流", filters=Filters(programme=("nlk", "nlc"), years=(2003, 2004))).total == 2
    assert index.find("交流", filters=Filters(lang=("ko",))).total == 0


def test_every_hit_stands_on_one_page(tmp_path: Path) -> None:
    index = built(tmp_path, *[titled(f"r{number}", "交流") for number in range(25)])
    pages = [uris(index, "交流", page=page, size=10) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [10, 10, 5, 0]
    assert len({uri for page in pages for uri in page}) == 25
    assert index.find("交流", page=4, size=10).total == 25


def test_the_reader_s_language_is_told_first_and_texts_only_where_names_and_titles_are_not_reason_enough(
    tmp_path: Path,
) -> None:
    titles = tuple(WrittenForm(lang, f"交流 {lang}") for lang in ("zh-Hans", "ja", "ko"))
    texts = (WrittenForm("ja", "交流の記録"),)
    index = built(tmp_path, SearchEntry(uri="a", kind="paper", titles=titles, texts=texts),
                  SearchEntry(uri="b", kind="paper", titles=titles[:1], texts=texts))  # fmt: skip
    told = {hit.uri: [match.form.lang for match in hit.matches] for hit in index.find("交流", reader="ja").hits}
    assert told == {"a": ["ja", "zh-Hans", "ko"], "b": ["zh-Hans", "ja"]}


def test_hits_are_grouped_by_kind(published: Index) -> None:
    assert next(iter(published.find("国会").by_kind)) == "institution"


def test_an_entry_put_is_found_after_the_commit_and_replaces_what_was_there(tmp_path: Path) -> None:
    index = built(tmp_path, titled("a", "交流"))
    index.put(titled("a", "研修"))
    index.put(titled("b", "交流"))
    assert uris(index, "交流") == ["a"]
    index.commit(LedgerMark(9, ""))
    assert (uris(index, "交流"), uris(index, "研修"), index.reached.number) == (["b"], ["a"], 9)
    index.remove("a")
    index.remove("never there")
    index.commit(LedgerMark(10, ""))
    assert (uris(index, "研修"), index.reached.number) == ([], 10)


def test_what_was_given_up_is_not_there(tmp_path: Path) -> None:
    index = built(tmp_path, titled("a", "交流"))
    index.put(titled("b", "交流"))
    index.give_up()
    index.put(titled("c", "研修"))
    index.commit(LedgerMark(8, ""))
    assert uris(index, "交流") == ["a"]


def test_another_reader_sees_what_one_writer_committed(tmp_path: Path) -> None:
    writer, reader = built(tmp_path, titled("a", "交流")), Index(tmp_path, wait=0.1)
    assert uris(reader, "交流") == ["a"]
    writer.put(titled("b", "交流"))
    writer.commit(LedgerMark(8, ""))
    assert (sorted(uris(reader, "交流")), reader.reached.number) == (["a", "b"], 8)
    writer.rebuild([titled("c", "交流")], LedgerMark(9, ""))
    assert (uris(reader, "交流"), reader.reached.number) == (["c"], 9)


def test_two_do_not_write_at_once(tmp_path: Path) -> None:
    one, other = built(tmp_path, titled("a", "交流")), Index(tmp_path, wait=0.05)
    one.put(titled("b", "交流"))
    with pytest.raises(Busy):
        other.put(titled("c", "交流"))
    one.commit(LedgerMark(8, ""))
    other.put(titled("c", "交流"))
    other.commit(LedgerMark(9, ""))
    assert sorted(uris(one, "交流")) == ["a", "b", "c"]


def test_a_writer_that_dies_leaves_the_last_commit(tmp_path: Path) -> None:
    built(tmp_path, titled("a", "交流"))
    subprocess.run([sys.executable, "-c", DIE_WRITING, str(tmp_path)], check=False)
    index = Index(tmp_path, wait=1)
    assert (uris(index, "交流"), index.reached.number) == (["a"], 7)
    index.put(titled("c", "研修"))
    index.commit(LedgerMark(8, ""))
    assert index.reached.number == 8


def test_where_there_is_no_index_a_rebuild_is_asked_for(tmp_path: Path) -> None:
    index = Index(tmp_path / "new")
    assert str(index.wants_rebuild) == "There is no search index yet. It must be built."
    with pytest.raises(Broken):
        index.find("交流")
    with pytest.raises(Broken):
        index.put(titled("a", "交流"))
    index.rebuild([titled("a", "交流")], LedgerMark(1, ""))
    assert index.wants_rebuild is None
    assert uris(index, "交流") == ["a"]


def test_an_index_of_another_release_asks_for_a_rebuild(tmp_path: Path) -> None:
    index = built(tmp_path, titled("a", "交流"))
    (make,) = tmp_path.glob("generation-*/make")
    make.write_text("another", "ascii")
    assert str(Index(tmp_path).wants_rebuild) == "The search index was made by another release. It must be rebuilt."
    index.rebuild([titled("a", "交流")], LedgerMark(1, ""))
    assert Index(tmp_path).wants_rebuild is None


def test_a_spoilt_folder_asks_for_a_rebuild_and_recovers(tmp_path: Path) -> None:
    draw = random.Random(5)
    entries = [titled(f"r{number}", f"交流{number}") for number in range(50)]
    for spoilt in range(6):
        index = built(tmp_path, *entries)
        engine = next(tmp_path.glob("generation-*/engine"))
        files = sorted(file for file in engine.iterdir() if file.stat().st_size)
        if spoilt < 2:
            shutil.rmtree(engine)
        elif spoilt == 2:
            (engine / "meta.json").write_text("{", "ascii")
        else:
            draw.choice([file for file in files if file.suffix in (".idx", ".term", ".store")]).unlink()
        fresh = Index(tmp_path)
        assert fresh.wants_rebuild is not None
        with pytest.raises(Broken):
            fresh.find("交流")
        fresh.rebuild(entries, LedgerMark(8, ""))
        assert Index(tmp_path).wants_rebuild is None
        assert len(fresh.find("交流").hits) == 20
        del index


@pytest.mark.parametrize("query", ["", "  ", "。、", "\x00\x1f", "\ud800", '"', "*", "-", "'\"*()[]{}^~:\\/"])
def test_a_query_with_nothing_to_look_for_is_answered_with_one_sentence(words: Index, query: str) -> None:
    found = words.find(query)
    assert (found.hits, found.total, found.note) == ((), 0, NOTHING_ASKED)


@pytest.mark.parametrize("query", ['"図書館"', "図書館*", "-図書館", "(図書館)", "+図書館", "\ud800図書館\x00"])
def test_the_syntax_of_the_engine_is_only_marks(words: Index, query: str) -> None:
    assert uris(words, query)[:3] == uris(words, "図書館")[:3]


def test_one_character_is_answered(words: Index) -> None:
    assert set(uris(words, "図")) == {"ja", "zh-Hant", "zh-Hans"}
    assert uris(words, "館") == uris(words, "館")


def test_a_query_of_ten_thousand_characters_is_cut_and_says_so(words: Index) -> None:
    start = time.perf_counter()
    found = words.find("図書館" + "あ" * 10_000)
    assert time.perf_counter() - start < 1
    assert str(found.note) == "Only the first 200 characters were searched for."


@settings(deadline=None, max_examples=150)
@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=60))
def test_any_string_is_answered(published: Index, query: str) -> None:
    found = published.find(query)
    assert found.total >= len(found.hits)
    assert all(hit.why is None or str(hit.why) for hit in (*found.hits, *found.near))
    assert isinstance(published.suggest(query), tuple)


def test_an_empty_answer_proposes_what_was_near(published: Index) -> None:
    found = published.find("Murakmi")
    assert (found.hits, [hit.uri for hit in found.near]) == ((), ["murakami"])
    assert str(found.near[0].why) == "Kaori Murakami is one letter away from Murakmi"
    assert found.near[0].near


def test_names_and_titles_are_suggested_while_typing(published: Index) -> None:
    assert "National Diet Library" in [suggestion.text for suggestion in published.suggest("national di")]
    assert "上海図書館" in [suggestion.text for suggestion in published.suggest("上海", reader="ja")]
    assert "上海图书馆" in [suggestion.text for suggestion in published.suggest("上海", reader="zh-Hans")]
    assert published.suggest("") == ()


def test_a_reading_on_record_is_found_and_replaces_the_automatic_one(tmp_path: Path) -> None:
    form = WrittenForm("ja", "西来路秀彦", (WrittenReading("ja-Kana", "さいらいじひでひこ"),))
    index = built(tmp_path, SearchEntry(uri="a", kind="person", names=(form,)))
    assert uris(index, "sairaiji hidehiko") == ["a"]
    assert uris(index, "にしらいじ") == []
    (hit,) = index.find("Hidehiko Sairaiji").hits
    assert str(hit.why) == "Hidehiko Sairaiji matches 西来路秀彦: read さいらいじひでひこ"


def test_long_texts_are_searched_and_shown_where_they_match(tmp_path: Path) -> None:
    text = "まえがき。" * 2500 + "国立国会図書館の遠隔利用サービスについて報告する。"
    index = built(tmp_path, SearchEntry(uri="a", kind="paper", texts=(WrittenForm("ja", text),)))
    (hit,) = index.find("遠隔利用").hits
    ((start, end),) = hit.matches[0].spans
    assert (hit.matches[0].part, text[start:end]) == ("texts", "遠隔利用")
    assert uris(index, "enkaku riyo") == ["a"]
