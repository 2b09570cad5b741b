"""What countries are called in the languages of the interface."""

from functools import lru_cache

from babel import Locale


@lru_cache(maxsize=1024)
def country_name(code: str, tag: str) -> str:
    """The name of a country by its code of ISO 3166-1; the code where it has none in this language."""
    names = Locale.parse(tag, sep="-").territories
    return str(names.get(code, code))


@lru_cache(maxsize=8)
def countries_by_name(codes: frozenset[str], tag: str) -> tuple[tuple[str, str], ...]:
    """Codes with their names, in the order of the names."""
    named = ((code, country_name(code, tag)) for code in codes)
    return tuple(sorted(named, key=lambda pair: (pair[1].casefold(), pair[0])))
