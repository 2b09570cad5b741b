"""A programme of two libraries, each of which hosted once: what most stories at the desk begin from."""

from typing import Final

# What a data set has of their programme: each hosted once.
VISITS: Final = """
base: "tag:127.0.0.1,2026:"
recorder: institution/visits-compiler
records:
  - record: institution/visits-compiler
    kind: institution
    type: compiler of a data set
    title: {en: Compiler of the visits, ja: 訪問の編者, zh-Hans: 访问的编者, ko: 방문 편찬자, source: en}
    kept_by: institution/visits-compiler
    sources: &list [{id: list, work: work/visits-list}]
  - record: work/visits-list
    kind: work
    type: webpage
    title: {en: List of visits, ja: 訪問の一覧, zh-Hans: 访问名录, ko: 방문 목록, source: en}
    kept_by: institution/visits-compiler
  - record: programme/visits
    kind: programme
    type: mutual visit programme
    title: {en: Visits of two libraries, ja: 二館相互訪問, zh-Hans: 两馆互访, ko: 두 도서관 상호 방문, source: en}
    institutions: [{id: a, institution: institution/ndl}, {id: b, institution: institution/nlc}]
    sources: *list
  - record: exchange/visits-1
    kind: exchange
    form: visit
    event: {state: held}
    title: {en: First visit, ja: 第1回訪問, zh-Hans: 第一次访问, ko: 제1회 방문, source: en}
    institutions: [institution/ndl, institution/nlc]
    programmes: [{id: p, programme: programme/visits, number: "1"}]
    hosts: [institution/ndl]
    dates: [{id: d, scope: trip, date: 2024-11-11/2024-11-15}]
    planned_size: 5
    sources: *list
  - record: exchange/visits-2
    kind: exchange
    form: visit
    event: {state: held}
    title: {en: Second visit, ja: 第2回訪問, zh-Hans: 第二次访问, ko: 제2회 방문, source: en}
    institutions: [institution/ndl, institution/nlc]
    programmes: [{id: p, programme: programme/visits, number: "2"}]
    hosts: [institution/nlc]
    dates: [{id: d, scope: trip, date: 2025-11-10/2025-11-14}]
    planned_size: 5
    sources: *list
...
"""
