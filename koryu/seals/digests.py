"""Digests (SHA-256), by which contents, versions, entries and files are named."""

import hashlib
import re
import secrets
from typing import Any

from koryu.seals.canonical import canonical

_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


def digest(data: bytes) -> str:
    """`sha256:` and 64 lower-case hexadecimal digits."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def digest_of(value: Any) -> str:
    """The digest of the canonical form of a JSON value; raises Refused if it has none."""
    return digest(canonical(value))


def is_digest(text: str) -> bool:
    """Whether `text` is written as `digest` writes."""
    return _DIGEST.fullmatch(text) is not None


def new_salt() -> str:
    """128 random bits, base64url without padding: 22 characters, different each time."""
    return secrets.token_urlsafe(16)


def commitment(*, salt: str, content: Any) -> str:
    """A digest that fixes `content` and tells nothing about it to whoever does not hold the salt."""
    return digest_of({"salt": salt, "content": content})
