"""What a password may not be. Length is asked for; signs and capitals are not, since they only make it harder to keep in mind."""

from app.errors import UnprocessableError

LEAST = 12
MOST = 256

COMMON = frozenset(
    [
        "123456789012",
        "1234567890123",
        "12345678901234",
        "123456123456",
        "123123123123",
        "111111111111",
        "000000000000",
        "012345678910",
        "1q2w3e4r5t6y",
        "1qaz2wsx3edc",
        "1qaz2wsx3edc4rfv",
        "zaq12wsxcde3",
        "qwertyuiop12",
        "qwertyuiop123",
        "qwertyuiopasdf",
        "qwertyuiop[]",
        "asdfghjkl123",
        "asdfghjklzxc",
        "zxcvbnm12345",
        "qwerty123456",
        "qwerty1234567",
        "qwertyqwerty",
        "abcdefghijkl",
        "abcdefghijklm",
        "abcd1234abcd",
        "abc123abc123",
        "abcdef123456",
        "password1234",
        "password12345",
        "password123456",
        "passwordpassword",
        "password123!",
        "password1234!",
        "p@ssword1234",
        "p@ssw0rd1234",
        "passw0rd1234",
        "mypassword123",
        "newpassword1",
        "newpassword123",
        "changeme1234",
        "changeme12345",
        "changemenow1",
        "letmein12345",
        "letmeinplease",
        "welcome12345",
        "welcome123456",
        "welcome2welcome",
        "administrator",
        "administrator1",
        "adminadmin12",
        "admin1234567",
        "administration",
        "iloveyou1234",
        "iloveyouforever",
        "princess1234",
        "sunshine1234",
        "football1234",
        "baseball1234",
        "basketball12",
        "superman1234",
        "dragon123456",
        "monkey123456",
        "michael12345",
        "charlie12345",
        "trustno1trustno1",
        "whatever1234",
        "computer1234",
        "internet1234",
        "september2026",
        "november2026",
        "december2026",
        "prosecutor12",
        "prosecutor123",
        "lawandorder1",
        "lawenforcement",
        "policeofficer",
        "courthouse12",
        "districtattorney",
        "correcthorsebatterystaple",
    ]
)
"""Some of those that are tried first by whoever guesses, as far as they are long enough to matter."""


def require_good(password: str, email: str) -> None:
    """UnprocessableError, in words for the person, where a password is too easy to guess."""
    if len(password) < LEAST:
        raise UnprocessableError(f"A password has at least {LEAST} characters. A few words in a row do well.")
    if len(password) > MOST:
        raise UnprocessableError(f"A password has at most {MOST} characters.")
    plain = password.casefold().strip()
    if plain in COMMON or len(set(plain)) < 4:
        raise UnprocessableError("This password is one of those that are tried first. Take another.")
    if email.casefold() in plain or plain in email.casefold():
        raise UnprocessableError("The password may not be the e-mail address. Take another.")
