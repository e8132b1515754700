"""Password hashes (argon2id with the library's current parameters) and first passwords."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# Letters and digits that nobody confuses when reading a password aloud.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_hasher = PasswordHasher()
# How a hash says that it was made by the next one.
QUICK = "$m=1024,t=1,p=1$"
_quick_hasher = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)
# Verified against when the login is unknown, so that the answer takes as long.
_NOBODY = _hasher.hash(secrets.token_urlsafe())


def hashed(password: str) -> str:
    return _hasher.hash(password)


def hashed_generated(password: str) -> str:
    """The hash of a password from `generated()`, about fifty times faster than `hashed`.

    Slow hashing protects passwords that people choose, because those can be guessed in millions of
    tries. A generated one has 2**59 equally likely values, which stay out of reach at a
    millisecond a try, and so hundreds of accounts can be made in one request. The hash counts as
    outdated: the first sign-in replaces it by a slow one, before the person chooses their own.
    """
    return _quick_hasher.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password fits; refuses equally slowly for an unknown login (`None`)."""
    try:
        return _hasher.verify(password_hash or _NOBODY, password) and password_hash is not None
    except InvalidHashError:
        return False
    except VerificationError:
        if password_hash is not None and QUICK in password_hash:
            # A quick refusal would tell that the account exists and was never used.
            matches(None, password)
        return False


def is_outdated(password_hash: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(password_hash)


def generated() -> str:
    """A first password: three groups of four, about 59 bits."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))
    return "-".join(groups)
