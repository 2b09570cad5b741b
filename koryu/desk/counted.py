"""How often something was asked for in a stretch of time, so that nobody can try without end."""

from django.core.cache import cache


def too_often(name: str, *, most: int, seconds: int) -> bool:
    """Counts one more under this name, which says the stretch too; whether that were more than `most` in it."""
    if cache.add(name, 1, seconds):
        return False
    try:
        return cache.incr(name) > most
    except ValueError:  # it has just ended
        return False
