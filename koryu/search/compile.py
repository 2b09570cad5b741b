"""From the meaning of a query (`koryu.search.query`) to a query of the search engine, Tantivy."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

import tantivy

from koryu.search.documents import PARTS, TEXTS, headed, schema, unpacked
from koryu.search.entries import FACETS, Filters
from koryu.search.japanese_sounds import sounds_of
from koryu.search.japanese_sounds import unpacked as sounds_kept
from koryu.search.query import Either, Every, Less, Meaning, Node, Run, Sounded, TokenNode, slips, sounds
from koryu.search.tokens import pairs_of, start_of, triples_of

Query = tantivy.Query
MUST, SHOULD = tantivy.Occur.Must, tantivy.Occur.Should

# Names before titles before texts: scores within one part stay below the gap between two.
_WEIGHTS = {"names": 1_000_000.0, "titles": 1_000.0, "texts": 1.0}
_ANYWHERE = 0.001
_LANGUAGE, _EXACT, _MOST_EXACT = 2.0, 3.0, 6
PROPOSED = ("names", "titles")
_SHORTEST_SLIP, _LONGEST_SLIP, _LONGEST_SOUND, _MOST_SLIPS, _MOST_WORDS = 5, 40, 20, 24, 6
_MOST_LOOKED_UP, _MOST_SOUNDS, _MOST_TRIED = 4_000, 300, 600
_MOST_OF_PREFIX = 500
_MOST_HEARD, _LOOKED_AT = 4_000, 2


class QueryCompiler:
    """Turns nodes into engine queries against one state of the index, leaving out what cannot match there."""

    def __init__(self, searcher: tantivy.Searcher, *, reader: str = "", heard: dict[str, str] | None = None) -> None:
        self.searcher = searcher
        self.reader = reader.split("-")[0]
        self.seen: dict[tuple[str, str], int] = {}
        self.heard = {} if heard is None else heard

    def query(self, meaning: Meaning) -> Query | None:
        """Everything the meaning can match, ranked; None when nothing in the index can."""
        options = []
        for part in PARTS:
            matching = self._every(meaning.parts, (part,))
            if matching is not None:
                options.append(Query.boost_query(self._ranked(matching, part, meaning.exact), _WEIGHTS[part]))
        if len(meaning.parts) > 1:
            matching = self._every(meaning.parts, PARTS)
            if matching is not None:
                options.append(Query.boost_query(matching, _ANYWHERE))
        return _best(options)

    def _ranked(self, query: Query, part: str, exact: tuple[str, ...]) -> Query:
        wished = [(f"{part}_written", token, _EXACT) for token in exact[:_MOST_EXACT]]
        wished += [("facts.lang", self.reader, _LANGUAGE)] if self.reader else []
        for field, token, worth in wished:
            if self._count(field, token):
                # Nested, one wish around another: the engine is quick with one optional clause and slow with several.
                wish = Query.const_score_query(_term(field, token), worth)
                query = Query.boolean_query([(MUST, query), (SHOULD, wish)])
        return query

    def node(self, node: Node, parts: tuple[str, ...]) -> Query | None:
        """One node within any of the parts of an entry; None when it cannot match."""
        match node:
            case TokenNode():
                return _best([self._term(node, part) for part in parts])
            case Run(side, tokens):
                return _best([self._run(f"{part}_{side}", tokens, whole=part == TEXTS) for part in parts])
            case Less(inner, weight):
                matching = self.node(inner, parts)
                return None if matching is None else Query.boost_query(matching, weight)
            case Either(nodes):
                return _best([self.node(each, parts) for each in nodes])
            case Every(nodes):
                return self._every(nodes, parts)
            case Sounded(side, chars):
                morae = self.in_japanese(chars)
                tokens = tuple(triples_of(morae) or start_of(morae))
                return self.node(Run(side, tokens), parts) if tokens else None

    def in_japanese(self, chars: str) -> str:
        """The morae of folded Han characters, as a text of the index that holds them is read; empty where none does."""
        if chars not in self.heard:
            # Shared by all queries while the index stays as it is, and so kept small.
            if len(self.heard) > _MOST_HEARD:
                self.heard.clear()
            self.heard[chars] = self._as_read_in_the_index(chars)
        return self.heard[chars]

    def _as_read_in_the_index(self, chars: str) -> str:
        for part in PARTS:
            query = self._run(f"{part}_written", tuple(pairs_of(chars)), whole=False)
            for _, at in self.searcher.search(query, limit=_LOOKED_AT, count=False).hits if query else ():
                forms = unpacked(headed(bytes(self.searcher.doc(at)["payload"][0]))[2])
                for form in forms[PARTS.index(part)]:
                    sounds = sounds_of(chars, text=form.text, words=sounds_kept(form.sounds)) if form.sounds else ""
                    if sounds:
                        return sounds
        return ""

    def _every(self, nodes: Iterable[Node], parts: tuple[str, ...]) -> Query | None:
        clauses = []
        for node in nodes:
            query = self.node(node, parts)
            if query is None:
                return None
            clauses.append((MUST, query))
        return clauses[0][1] if len(clauses) == 1 else Query.boolean_query(clauses)

    def _run(self, field: str, tokens: tuple[str, ...], *, whole: bool) -> Query | None:
        """Tokens that stand together. Names and titles are short: there it is enough that all of them are there."""
        if not all(self._count(field, token) for token in tokens):
            return None
        if whole:
            return Query.phrase_query(schema(), field, list(tokens))
        return Query.boolean_query([(MUST, _term(field, token)) for token in dict.fromkeys(tokens)])

    def _term(self, term: TokenNode, part: str) -> Query | None:
        field = f"{part}_{term.side}"
        if term.prefix:
            known = self.searcher.terms_with_prefix(field, term.token, limit=_MOST_OF_PREFIX)
            return Query.term_set_query(schema(), field, [token for token, _ in known]) if known else None
        return _term(field, term.token) if self._count(field, term.token) else None

    def _count(self, field: str, token: str) -> int:
        key = (field, token)
        if key not in self.seen:
            self.seen[key] = self.searcher.doc_freq(field, token)
        return self.seen[key]

    def near(self, meaning: Meaning) -> Query | None:
        """What comes close to a query that found nothing: one slip of a letter away, or sharing most of its tokens."""
        return _best(
            [self._slipped_words(meaning.words), self._slipped_sounds("".join(meaning.words))]
        ) or self._mostly(meaning)

    def _slipped_words(self, words: tuple[str, ...]) -> Query | None:
        """The words typed, each that stands in no name or title replaced by those one slip away from it."""
        nodes: list[Node] = []
        for word in words[:_MOST_WORDS]:
            options = [word] if self._is_known(word) else [slip for slip in _slips(word) if self._is_known(slip)]
            if not options:
                return None
            nodes.append(Either(tuple(TokenNode("written", option) for option in options)))
        return self._in_names_or_titles(Every(tuple(nodes))) if nodes else None

    def _is_known(self, word: str) -> bool:
        return any(self._count(f"{part}_written", word) for part in PROPOSED)

    def _slipped_sounds(self, letters: str) -> Query | None:
        options: list[Query] = []
        seen: set[Node] = set()
        for slip in islice(_slips(letters), _MOST_TRIED) if len(letters) <= _LONGEST_SOUND else ():
            for node in sounds(slip, plainly=True):
                # What is read as a single token is too short to be told from chance.
                if node in seen or (isinstance(node, Less) and isinstance(node.node, TokenNode)):
                    continue
                seen.add(node)
                query = self._in_names_or_titles(node)
                if query is not None and self.searcher.search(query, limit=1, count=False).hits:
                    options.append(query)
            if len(options) >= _MOST_SLIPS or len(self.seen) > _MOST_LOOKED_UP or len(seen) > _MOST_SOUNDS:
                break
        return _best(options)

    def _in_names_or_titles(self, node: Node) -> Query | None:
        queries = [(self.node(node, (part,)), part) for part in PROPOSED]
        return _best([Query.boost_query(query, _WEIGHTS[part]) for query, part in queries if query is not None])

    def _mostly(self, meaning: Meaning) -> Query | None:
        tokens = dict.fromkeys(term for part in meaning.parts for term in _leaves(part) if not term.prefix)
        for part in PROPOSED:
            known = [
                (SHOULD, _term(f"{part}_{term.side}", term.token))
                for term in tokens
                if self._count(f"{part}_{term.side}", term.token)
            ]
            if len(known) > 1:
                least = max(2, (len(_first(meaning.parts)) + 1) // 2)
                return Query.boolean_query(known, minimum_number_should_match=min(least, len(known)))
        return None


@lru_cache(maxsize=16)
def _slips(letters: str) -> dict[str, None]:
    """The strings one slip of a finger away from these letters; none for short and very long ones."""
    return dict.fromkeys(slips(letters)) if _SHORTEST_SLIP <= len(letters) <= _LONGEST_SLIP else {}


def spelled_nearly(letters: str, words: set[str]) -> bool:
    """Whether the letters are one slip of a finger away from one of the words."""
    return any(word in _slips(letters) for word in words)


def _first(nodes: Iterable[Node]) -> list[TokenNode]:
    """The terms of the first way each node can be meant."""
    terms: list[TokenNode] = []
    for node in nodes:
        match node:
            case TokenNode():
                terms.append(node)
            case Run(side, tokens):
                terms.extend(TokenNode(side, token) for token in tokens)
            case Less(inner, _):
                terms.extend(_first([inner]))
            case Either(options):
                terms.extend(_first(options[:1]))
            case Every(inner_nodes):
                terms.extend(_first(inner_nodes))
    return terms


def _leaves(node: Node) -> list[TokenNode]:
    match node:
        case TokenNode():
            return [node]
        case Run(side, tokens):
            return [TokenNode(side, token) for token in tokens]
        case Less(inner, _):
            return _leaves(inner)
        case Either(nodes) | Every(nodes):
            return [leaf for each in nodes for leaf in _leaves(each)]
        case Sounded():
            return []


def _term(field: str, token: str) -> Query:
    return Query.term_query(schema(), field, token, index_option="basic")


def _best(options: Iterable[Query | None]) -> Query | None:
    kept = [option for option in options if option is not None]
    if len(kept) < 2:
        return kept[0] if kept else None
    return Query.disjunction_max_query(kept)


def narrowed(query: Query, filters: Filters, audiences: frozenset[str]) -> Query:
    """The query limited to what the reader may see and to the filters; scores stay as they are."""
    return Query.boolean_query([(MUST, query), *((MUST, each) for each in _filters(filters, audiences))])


@lru_cache(maxsize=256)
def _filters(filters: Filters, audiences: frozenset[str]) -> list[Query]:
    wanted = [_one_of("facts.audience", sorted(audiences))]
    wanted += [_one_of(f"facts.{facet}", getattr(filters, facet)) for facet in FACETS if getattr(filters, facet)]
    first, last = filters.years
    integer = tantivy.FieldType.Integer
    if first is not None:
        wanted.append(Query.range_query(schema(), "last_year", integer, first, None))
    if last is not None:
        wanted.append(Query.range_query(schema(), "first_year", integer, None, last))
    # A filter decides what is found and must not change the ranking: it scores nothing.
    return [Query.boost_query(Query.const_score_query(each, 1.0), 0.0) for each in wanted]


def _one_of(field: str, values: Iterable[str]) -> Query:
    terms = [(SHOULD, _term(field, value)) for value in values]
    return terms[0][1] if len(terms) == 1 else Query.boolean_query(terms)
