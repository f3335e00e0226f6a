"""Ready messages for clinics, from `docs/<language>/messages.yml`, and what a text message can hold."""

from __future__ import annotations

from pydantic import Field, field_validator

from iontosite.content.located import Located, validate
from iontosite.content.record import Id, Plain, Record

MAX_TEXT = 160  # characters of one text message in the GSM 7-bit alphabet (3GPP TS 23.038)
MAX_WIDE = 70  # the same with a character from outside of that alphabet
PART, WIDE_PART = 153, 67  # of each part where a longer one is sent in parts (3GPP TS 23.040, 9.2.3.24)
MOST_PARTS = 3  # of a text with such letters: a clinic pays for each
# The basic character set. Spanish has é, ñ, ü and ¿ in it, but not á, í, ó and ú.
GSM_7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
LINK = "{link}"


def _one_link(text: str | None) -> str | None:
    if text is not None and text.count(LINK) != 1:
        raise ValueError(f"holds {LINK} {text.count(LINK)} times: write it once, where the address goes")
    return text


class Moment(Record):
    """One moment at which a clinic writes to somebody, and what it can send. `{link}` stands for the address; `short` says the
    text's moment in two words, for where there is no room for it."""

    id: Id
    label: Plain = Field(min_length=3)
    page: str
    text: str
    short: str | None = None
    subject: Plain = Field(min_length=3, max_length=78)  # one line of a mail's head (RFC 5322, 2.1.1)
    email: list[str] = Field(min_length=1)

    _text_links = field_validator("text", "short")(_one_link)

    @field_validator("email")
    @classmethod
    def _email_links(cls, parts: list[str]) -> list[str]:
        _one_link("\n".join(parts))
        return parts


class Messages(Record):
    """Every moment of one language, and what is said of one problem: a text message, and the last line of an email."""

    moments: list[Moment]
    condition_text: str
    condition_line: str

    _links = field_validator("condition_text", "condition_line")(_one_link)


def load_messages(located: Located) -> Messages:
    """The ready messages of one language; raises ContentError with the line of each that lacks its `{link}`."""
    return validate(Messages, located)


def wide_letters(text: str) -> list[str]:
    """The letters of a text that the alphabet of text messages lacks, in order."""
    return sorted({character for character in text if character.isalpha() and character not in GSM_7})


def most_of(text: str) -> int:
    """How many characters one text message with the letters of this text holds."""
    return MAX_TEXT if set(text) <= GSM_7 else MAX_WIDE


def parts_of(text: str) -> int:
    """How many text messages a finished text takes."""
    most = most_of(text)
    return 1 if len(text) <= most else -(-len(text) // (PART if most == MAX_TEXT else WIDE_PART))


def text_faults(text: str, wide: bool = False) -> list[str]:
    """What keeps a finished text, its address included, from being one text message. In a language that needs `wide` letters it
    may take more, and whoever sends it is told; signs can be plain ones in every language."""
    faults = []
    own = set(wide_letters(text)) if wide else set()
    foreign = sorted({character for character in text if character not in GSM_7} - own)
    if foreign:
        shown = " ".join(f"{character} (U+{ord(character):04X})" for character in foreign)
        faults.append(f"holds {shown}, which cuts a text message to {MAX_WIDE} characters: use plain ones")
    if own and parts_of(text) > MOST_PARTS:
        faults.append(f"takes {parts_of(text)} text messages, because of {' '.join(sorted(own))}: write it without, or shorter")
    elif not own and len(text) > MAX_TEXT:
        faults.append(f"is {len(text)} characters with its address, {MAX_TEXT} at most: say it in fewer words")
    if "#" in text:
        faults.append("holds a #, which some programs cut off an address: link to a page of its own")
    return faults
