"""Ed25519 keys, written as Multikey and did:key."""

from dataclasses import dataclass, field
from hashlib import sha512
from typing import Final, Self

import base58
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from koryu.values.reason import Reason, Refused

# Multicodec table: ed25519-pub 0xed and ed25519-priv 0x1300, as unsigned varints.
_PUBLIC: Final = b"\xed\x01"
_SECRET: Final = b"\x80\x26"
_DID: Final = "did:key:"
_LONGEST: Final = 128
# Some 199 bits in digits, which are read out in every language and have neither case nor look-alikes.
_GROUPS: Final = 12


def to_multibase(data: bytes) -> str:
    """Base58 (Bitcoin alphabet) after a `z`, as Multibase writes it."""
    return "z" + base58.b58encode(data).decode("ascii")


def from_multibase(text: str) -> bytes:
    """The bytes of a `z` text as `to_multibase` writes it; raises Refused for any other, and never repeats it."""
    refused = Refused(Reason("a base58 text beginning with z was expected"))
    if not text.startswith("z") or not text.isascii() or len(text) > _LONGEST:
        raise refused
    try:
        data = base58.b58decode(text[1:])
    except ValueError:
        raise refused from None
    if to_multibase(data) != text:
        raise refused
    return data


@dataclass(frozen=True)
class PublicKey:
    """The key by which anyone checks a seal: 32 bytes, named by its did:key."""

    raw: bytes

    @classmethod
    def from_did(cls, did: str) -> Self:
        """The key that `did:key:z6Mk…` names; raises Refused (a ValueError) for anything else."""
        if not did.startswith(_DID):
            raise Refused(Reason("a key beginning with did:key: was expected"))
        return cls.from_multibase(did.removeprefix(_DID))

    @classmethod
    def from_multibase(cls, text: str) -> Self:
        """The key of a Multikey text `z6Mk…`; raises Refused for anything else."""
        return cls(_unwrapped(text, _PUBLIC, Reason("an Ed25519 public key of 32 bytes was expected")))

    @property
    def multibase(self) -> str:
        """The Multikey text `z6Mk…`."""
        return to_multibase(_PUBLIC + self.raw)

    @property
    def did(self) -> str:
        """`did:key:z6Mk…`, which holds the whole key."""
        return _DID + self.multibase

    @property
    def method(self) -> str:
        """The verification method that a proof names: `did:key:z6Mk…#z6Mk…`."""
        return f"{self.did}#{self.multibase}"

    @property
    def fingerprint(self) -> str:
        """Twelve groups of five digits, to be read out by telephone: of five bytes each of the did:key's SHA-512."""
        digested = sha512(self.did.encode("ascii")).digest()
        groups = (digested[place * 5 : place * 5 + 5] for place in range(_GROUPS))
        return " ".join(f"{int.from_bytes(group) % 100_000:05}" for group in groups)

    def signed(self, data: bytes, signature: bytes) -> bool:
        """Whether `signature` is this key's over exactly `data`."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, data)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class SecretKey:
    """The key that seals. It shows its public half only; the secret leaves it through `to_text` alone."""

    _seed: bytes = field(repr=False)

    @classmethod
    def generate(cls) -> Self:
        """A new random key."""
        return cls(Ed25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def from_text(cls, text: str) -> Self:
        """The key that `to_text` wrote; raises Refused, without the text, for anything else."""
        return cls(_unwrapped(text, _SECRET, Reason("an Ed25519 secret key of 32 bytes was expected")))

    def to_text(self) -> str:
        """The secret, as Multikey writes it: `z3u2…`. For the key file alone."""
        return to_multibase(_SECRET + self._seed)

    @property
    def public(self) -> PublicKey:
        """The half that may be shown."""
        return PublicKey(Ed25519PrivateKey.from_private_bytes(self._seed).public_key().public_bytes_raw())

    def sign(self, data: bytes) -> bytes:
        """The 64 bytes of the Ed25519 signature (RFC 8032) over `data`."""
        return Ed25519PrivateKey.from_private_bytes(self._seed).sign(data)

    def __repr__(self) -> str:
        return f"SecretKey(of {self.public.did})"


def _unwrapped(text: str, prefix: bytes, reason: Reason) -> bytes:
    data = from_multibase(text)
    if not data.startswith(prefix) or len(data) != len(prefix) + 32:
        raise Refused(reason)
    return data.removeprefix(prefix)
