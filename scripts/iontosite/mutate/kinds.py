"""The kinds of damage: slips that writers make, at places that chance chooses, each of which leaves something wrong.

Only what a machine can know to be wrong is here. A changed word in prose, a rule of another level, a number of a page in the
first language that no source stands beside, a source changed for another that holds the same number: nothing on the page
contradicts those, and they are for people who read (contributing/damage.md lists them).
"""

from __future__ import annotations

import re
from random import Random

from iontosite.mutate.damage import COUNT, LOST, TWICE, TYPO, Kind, means_something_else, mistyped, part

_PAGES = r"docs/(?:en|es)/.+\.md"
_ENGLISH, _SPANISH = r"docs/en/.+\.md", r"docs/es/.+\.md"
_QUESTIONS = r"docs/(?:en|es)/questions/(?!index)[\w-]+\.md"
_RECORDS = r"docs/(?:sources|safety-rules|findings|glossary|searches|sums|redirects|site|search)\.yml"
_SHEETS = r"docs/(?:en|es)/(?:strings|messages|changes|yardsticks|handouts/[\w-]+)\.yml"
_DATA = rf"{_RECORDS}|{_SHEETS}"
_STAGED, _THEME, _PRINT = r"overrides/staged/.+\.j2", r"overrides/theme/.+\.html", r"overrides/print/.+\.j2"
_TEMPLATES = rf"{_STAGED}|{_THEME}|{_PRINT}"
_KEYS = (
    r"title|description|evidence_checked|next_check|aliases|codes|group|order|text_message|harms|place|script|icd10cm|cpt|topic"
)
_HEAD = r"\A---\n(?:.*\n)*?"  # the front matter, up to a line of it


def _kind(group: str, name: str, files: str, place: str, change: object, around: int = 0, yaml_too: bool = False) -> Kind:
    serves = means_something_else if yaml_too else (lambda _before, _after: True)
    return Kind(group, name, re.compile(files), re.compile(place, re.MULTILINE), change, around, serves)  # type: ignore[arg-type]


def _without(mark: str) -> object:
    """The place without the first of these marks."""
    return lambda match, _random: match[0].replace(mark, "", 1)


def _instead(mark: str, other: str) -> object:
    return lambda match, _random: match[0].replace(mark, other, 1)


def _nothing(_match: re.Match[str], _random: Random) -> str:
    return ""


def _twice(match: re.Match[str], _random: Random) -> str:
    return match[0] + match[0]


def _swapped(match: re.Match[str], _random: Random) -> str:
    """The groups `a` and `b` in each other's places."""
    return match[0].replace(match["a"], "\0", 1).replace(match["b"], match["a"], 1).replace("\0", match["b"], 1)


def _moved_in(match: re.Match[str], random: Random) -> str:
    return " " * random.choice((1, 2, 3)) + match[0]


def _moved_out(match: re.Match[str], _random: Random) -> str:
    return match[0][1:]


def _no_day(day: str, random: Random) -> str:
    year, month, rest = day.split("-")
    return random.choice(
        (
            f"{year}-{int(month) + 12}-{rest}",
            f"{year}-{month}-{int(rest) + 31}",
            f"{year}-{month}{rest}",
            f"{year[:3]}-{month}-{rest}",
        )
    )


def _long_ago(match: re.Match[str], _random: Random) -> str:
    return match[0].replace(match["x"], str(int(match["x"]) - 10), 1)


LINKS = [
    _kind("link", "a letter of the file's name", _PAGES, r"\]\((?:\.\./)?(?:[\w-]+/)?(?P<x>[\w-]+)\.md", TYPO),
    _kind("link", ".md lost", _PAGES, r"\]\([\w./-]+(?P<x>\.md)", LOST),
    _kind("link", "the folder above lost", _PAGES, r"\]\((?P<x>\.\./)", LOST),
    _kind("link", "a folder above too much", _PAGES, r"\]\((?P<x>\.\./)", TWICE),
    _kind("link", "[ lost", _PAGES, r"(?<![!\w])\[(?!\^)[^\]\n]+\]\([\w./#-]+\)", _without("[")),
    _kind("link", "] lost", _PAGES, r"(?<!!)\[(?!\^)[^\]\n]+\]\([\w./#-]+\)", _without("]")),
    _kind("link", "( lost", _PAGES, r"(?<!!)\[(?!\^)[^\]\n]+\]\([\w./#-]+\)", _without("(")),
    _kind("link", ") lost", _PAGES, r"(?<!!)\[(?!\^)[^\]\n]+\]\([\w./#-]+\)", _without(")")),
    _kind("link", "a space before (", _PAGES, r"(?<!!)\[(?!\^)[^\]\n]+\]\([\w./#-]+\)", _instead("](", "] (")),
    _kind("link", "brackets in each other's places", _PAGES, r"(?<!!)\[(?P<a>(?!\^)[^\]\n]+)\]\((?P<b>[\w./#-]+)\)", _swapped),
    _kind("link", "the address lost", _PAGES, r"(?<!!)\[(?!\^)[^\]\n]+\]\((?P<x>[\w./#-]+)\)", LOST),
    _kind("link", "the words lost", _PAGES, r"(?<!!)\[(?P<x>(?!\^)[^\]\n]+)\]\([\w./#-]+\)", LOST),
    _kind("anchor", "a letter", _PAGES, r"\]\([\w./-]*#(?P<x>[\w-]+)\)", TYPO),
    _kind("anchor", "# lost", _PAGES, r"\]\([\w./-]+(?P<x>#)[\w-]+\)", LOST),
    _kind("anchor", "# twice", _PAGES, r"\]\([\w./-]*(?P<x>#)[\w-]+\)", TWICE),
]
IDS = [
    _kind("id", "a letter", _PAGES, r"^##+ .*\{#(?P<x>[\w-]+)\}$", TYPO),
    _kind("id", "lost", _PAGES, r"^## .*(?P<x> \{#[\w-]+\})$", LOST),
    _kind("id", "{ lost", _PAGES, r"^##+ .*(?P<x>\{)#[\w-]+\}$", LOST),
    _kind("id", "} lost", _PAGES, r"^##+ .*\{#[\w-]+(?P<x>\})$", LOST),
    _kind("id", "# lost", _PAGES, r"^##+ .*\{(?P<x>#)[\w-]+\}$", LOST),
    _kind(
        "id",
        "that of the next heading",
        _PAGES,
        r"^## .*\{#(?P<a>[\w-]+)\}$(?=(?:\n(?!##).*)*\n## .*\{#(?P<b>[\w-]+)\})",
        lambda match, _random: match[0].replace("{#" + match["a"], "{#" + match["b"]),
    ),
    _kind("id", "of a word of the list", r"docs/glossary\.yml", r"^  - id: (?P<x>[\w-]+)$", TYPO),
]
NUMBERS = [
    _kind(
        "number",
        "a digit, in a translation",
        _SPANISH,
        r"^(?!\w+:|---|[#!<|/ ]).*?(?<![\w#^(/.,-])(?P<x>\d+)(?!\. |[\w\]./,-]*[\])}])",
        COUNT,
    ),
    _kind(
        "number",
        "lost, in a translation",
        _SPANISH,
        r"^(?!\w+:|---|[#!<|/ ]).*?(?<![\w#^(/.,-])(?P<x>\d+ )(?![\w\]./,-]*[\])}])",
        LOST,
    ),
    _kind(
        "number",
        "a digit, in a translated rule or finding",
        r"docs/(?:safety-rules|findings)\.yml",
        r"^ +es: .*?: \"[^\"]*?(?<![\w.,])(?P<x>\d+)\b",
        COUNT,
    ),
    _kind("number", "a digit of a result", r"docs/findings\.yml", r"\bresult: (?P<x>[\d.]+)", COUNT),
    _kind("number", "a digit of how many were counted", r"docs/findings\.yml", r"\bcounted: (?P<x>\d+)", COUNT),
    _kind("number", "a digit of what a page works out", r"docs/sums\.yml", r"^  - says: \"(?P<x>[\d.]+)\"", COUNT),
    _kind("number", "a digit of a sum", r"docs/sums\.yml", r"^    sum: \"(?P<x>\d+) [-+] [\d +-]+\"", COUNT, 2),
    _kind("number", "a sign of a sum", r"docs/sums\.yml", r"^    sum: \".*(?P<x> [-+*/] )", LOST, 2),
]
CITATIONS = [
    _kind("citation", "a letter", _PAGES, r"\[\^(?P<x>[\w-]+)\]", TYPO),
    _kind("citation", "^ lost", _PAGES, r"\[\^[\w-]+\]", _without("^")),
    _kind("citation", "[ lost", _PAGES, r"\[\^[\w-]+\]", _without("[")),
    _kind("citation", "] lost", _PAGES, r"\[\^[\w-]+\]", _without("]")),
    _kind("citation", "twice", _PAGES, r"\[\^[\w-]+\]", _twice),
    _kind("citation", "a space before ^", _PAGES, r"\[\^[\w-]+\]", _instead("[^", "[ ^")),
    _kind("citation", "before its full stop", _PAGES, r"(?<=[a-z0-9])(?P<a>\.)(?P<b>\[\^[\w-]+\])(?= |$)", _swapped),
    _kind("citation", "a space before it", _PAGES, r"(?<=\.)\[\^[\w-]+\]", _instead("[", " [")),
    _kind("citation", "lost, in a translation", _SPANISH, r"\[\^[\w-]+\]", _nothing),
    _kind(
        "citation",
        "two in the wrong order, in a translation",
        _SPANISH,
        r"\[\^(?P<a>[\w-]+)\][^\n\[]*\[\^(?P<b>[\w-]+)\]",
        _swapped,
    ),
    _kind("citation", "of a rule", r"docs/safety-rules\.yml", r"^  sources: \[(?:[\w-]+, )*(?P<x>[\w-]+)", TYPO),
    _kind("citation", "of a claim", r"docs/findings\.yml", r"^  sources: \[(?:[\w-]+, )*(?P<x>[\w-]+)", TYPO),
    _kind("citation", "of a finding", r"docs/findings\.yml", r"^  source: (?P<x>[\w-]+)", TYPO),
    _kind("citation", "the id of a source", r"docs/sources\.yml", r"^- id: (?P<x>[\w-]+)(?=\n(?:  .*\n)*?  status: read$)", TYPO),
    _kind("citation", "of how a word is said", r"docs/glossary\.yml", r"^ +source: (?P<x>[\w-]+)", TYPO),
]
DATES = [
    _kind("date", "no day of the calendar", _PAGES, r"^(?:evidence_checked|next_check): \"(?P<x>[\d-]+)\"$", part(_no_day)),
    _kind(
        "date",
        "without quotes",
        _PAGES,
        r"^(?:evidence_checked|next_check): \"[\d-]+\"$",
        lambda match, _random: match[0].replace('"', ""),
    ),
    _kind(
        "date",
        "two in each other's places",
        _PAGES,
        r"^evidence_checked: \"(?P<a>[\d-]+)\"\nnext_check: \"(?P<b>[\d-]+)\"$",
        _swapped,
        1,
    ),
    _kind("date", "the next check ten years back", _PAGES, r"^next_check: \"(?P<x>\d{4})-", _long_ago, 1),
    _kind("date", "of a search", r"docs/searches\.yml", r"^  date: '(?P<x>[\d-]+)'$", part(_no_day)),
    _kind("date", "of a change", r"docs/en/changes\.yml", r"date: \"(?P<x>[\d-]+)\"", part(_no_day)),
]
BLOCKS = [
    _kind("block mark", "a closing lost", _PAGES, r"^///+\n", _nothing, 40),
    _kind("block mark", "a closing twice", _PAGES, r"^///+\n", _twice, 1),
    _kind("block mark", "a / lost", _PAGES, r"^///+( html \| [\w.-]+)?$", lambda match, _random: match[0][1:], 40),
    _kind("block mark", "a / too much", _PAGES, r"^///( html \| [\w.-]+)?$", lambda match, _random: "/" + match[0], 40),
    _kind("block mark", "an opening lost", _PAGES, r"^///+ html \| [\w.-]+\n", _nothing, 40),
    _kind("block mark", "an opening twice", _PAGES, r"^///+ html \| [\w.-]+\n", _twice, 1),
    _kind("block mark", "a letter of html", _PAGES, r"^///+ (?P<x>html) \|", TYPO),
    _kind("block mark", "| lost", _PAGES, r"^///+ html (?P<x>\| )", LOST),
    _kind("block mark", "a letter of the box", _PAGES, r"^///+ html \| \w+\.(?P<x>[\w-]+)", TYPO),
    _kind("block mark", "the . of the box", _PAGES, r"^///+ html \| \w+(?P<x>\.)", LOST),
    _kind("block mark", "a space before it", _PAGES, r"^///+( html \| [\w.-]+)?$", _moved_in),
    _kind(
        "block mark",
        "another verdict than the original's",
        _SPANISH,
        r"^/// html \| div\.main-message\.verdict-(?P<x>yes|no|some|now|ask)$",
        part(lambda _word, _random: "unknown"),
        2,
    ),
]
RULES = [
    _kind(
        "rule",
        "a letter of what a page includes",
        _PAGES,
        r"<!-- safety(?:-\w+)?: (?:[\w-]+ )*?(?P<x>[\w-]+)(?= (?:[\w-]+ )*-->)",
        TYPO,
    ),
    _kind("rule", "a letter of safety", _PAGES, r"<!-- (?P<x>safety)(?:-\w+)?:", TYPO),
    _kind("rule", "the : lost", _PAGES, r"<!-- safety(?:-\w+)?(?P<x>:)", LOST),
    _kind("rule", "--> lost", _PAGES, r"<!-- safety.*(?P<x> -->)$", LOST),
    _kind("rule", "<!-- lost", _PAGES, r"^(?P<x><!-- )safety.*$", LOST),
    _kind("rule", "a letter, in a sentence", _PAGES, r"\{\{ rule:(?P<x>[\w-]+) \}\}", TYPO),
    _kind("rule", "a brace lost", _PAGES, r"\{\{ rule:[\w-]+ \}\}", _without("}")),
    _kind("rule", "the : lost, in a sentence", _PAGES, r"\{\{ rule(?P<x>:)[\w-]+ \}\}", LOST),
    _kind("rule", "one less than in the original", _SPANISH, r"<!-- safety(?:-\w+)?: [\w-]+(?P<x> [\w-]+)(?=.* -->)", LOST, 1),
    _kind("rule", "an include lost, in a translation", _SPANISH, r"^<!-- safety.*-->\n", _nothing, 6),
    _kind("rule", "its id", r"docs/safety-rules\.yml", r"^- id: (?P<x>[\w-]+)$", TYPO, 6),
    _kind("rule", "its level", r"docs/safety-rules\.yml", r"^  level: (?P<x>[\w-]+)$", TYPO),
    _kind("rule", "a letter of a tag", r"docs/safety-rules\.yml", r"^  tags: \[(?:[\w-]+, )*(?P<x>[\w-]+)", TYPO),
    _kind(
        "rule",
        "a word of the first language",
        r"docs/safety-rules\.yml",
        r"^    en: \{say: \"[^\"]*?(?P<x>\b[a-z]{5,}\b)",
        TYPO,
        6,
    ),
    _kind("rule", "its words in a translation", r"docs/safety-rules\.yml", r"^    es: \{.*\}\n", _nothing, 6),
    _kind("rule", "twice", r"docs/safety-rules\.yml", r"^- id: .*\n(?:  .*\n)+", _twice),
    _kind("rule", "a number to call", _PAGES, r"\{\{ (?P<x>emergency|poison_help|fill_in|clinic_phone) \}\}", TYPO),
    _kind(
        "rule", "a brace of a number to call", _PAGES, r"\{\{ (?:emergency|poison_help|fill_in|clinic_phone) \}\}", _without("{")
    ),
    _kind("rule", "a letter of a harm", _PAGES, r"^harms: \[(?:[\w-]+, )*(?P<x>[\w-]+)", TYPO),
]
FINDINGS = [
    _kind(
        "finding",
        "a letter of what a page includes",
        _PAGES,
        r"<!-- (?:how-sure|picture|numbers): (?:[\w-]+ )*(?P<x>[\w-]+)",
        TYPO,
    ),
    _kind("finding", "a letter of how", _PAGES, r"<!-- (?P<x>how-sure|picture|numbers):", TYPO),
    _kind("finding", "a letter, in a sentence", _PAGES, r"\{\{ (?:sure|count|result):(?P<x>[\w-]+) [\d }]", TYPO),
    _kind("finding", "a brace lost", _PAGES, r"\{\{ (?:sure|count|result):[\w-]+ (?:\d+ )?\}\}", _without("{")),
    _kind("finding", "an include lost, in a translation", _SPANISH, r"^<!-- (?:how-sure|picture|numbers):.*-->\n", _nothing, 6),
    _kind("finding", "its id", r"docs/findings\.yml", r"^- id: (?P<x>[\w-]+)$", TYPO, 6),
    _kind("finding", "its design", r"docs/findings\.yml", r"^  design: (?P<x>[\w-]+)$", TYPO),
    _kind("finding", "a doubt", r"docs/findings\.yml", r"^  doubts: \[(?:[\w-]+, )*(?P<x>[\w-]+)", TYPO),
    _kind("finding", "its kind", r"docs/findings\.yml", r"^  kind: (?P<x>[\w-]+)$", TYPO),
    _kind(
        "finding",
        "a word of the first language",
        r"docs/findings\.yml",
        r"^    en: \{because: \"[^\"]*?(?P<x>\b[a-z]{5,}\b)",
        TYPO,
        8,
    ),
    _kind("finding", "its words in a translation", r"docs/findings\.yml", r"^    es: \{.*\}\n", _nothing, 10),
    _kind("finding", "twice", r"docs/findings\.yml", r"^- id: .*\n(?:  .*\n)+", _twice),
]
TRANSLATIONS = [
    _kind("translation", "an item lost", _SPANISH, r"(?<=\n)- .*\n(?=- )", _nothing, 12),
    _kind("translation", "an item twice", _SPANISH, r"(?<=\n)- .*\n(?=- )", _twice, 12),
    _kind("translation", "a heading lost", _SPANISH, r"^##+ .*\n", _nothing, 12),
    _kind(
        "translation",
        "two headings in each other's places",
        _SPANISH,
        r"^(?P<a>## .*)\n(?:\n|(?!##).*\n)*?(?P<b>## .*)$",
        _swapped,
        3,
    ),
    _kind("translation", "“No” lost", _SPANISH, r"^- (?P<x>No )(?=[a-z])", LOST, 12),
    _kind(
        "translation",
        "a link to another page",
        _SPANISH,
        r"\]\((?P<x>[\w-]+)\.md",
        part(lambda word, _random: "cost" if word != "cost" else "before"),
        12,
    ),
    _kind("translation", "a value of the frame", r"docs/es/strings\.yml", r"\{(?P<x>[a-z_]{3,})\}", TYPO),
    _kind("translation", "a key of the frame", r"docs/es/strings\.yml", r"^  (?P<x>[a-z_]{4,}): ", TYPO),
    _kind("translation", "a line of the frame lost", r"docs/es/strings\.yml", r"^  [a-z_]{4,}: \".*\"\n", _nothing, 100),
    _kind(
        "translation",
        "what it was made from",
        r"docs/es/made-from\.yml",
        r"^  (?:findings|safety-rules)\.yml#[\w-]+: \"(?P<x>\w+)\"",
        part(lambda word, random: word[1:] + random.choice(("", word[0]))),
    ),
    _kind(
        "translation",
        "the name of what it was made from",
        r"docs/es/made-from\.yml",
        r"^  (?:findings|safety-rules|glossary)\.yml#(?P<x>[\w-]+):",
        TYPO,
    ),
    _kind("translation", "where a message leads", r"docs/es/messages\.yml", r"^    page: (?P<x>[\w/-]+)\.md", TYPO),
    _kind("translation", "the link of a message", r"docs/es/messages\.yml", r"^    (?:text|short): \".*(?P<x>\{link\})", LOST),
    _kind("translation", "where a handout takes a part from", r"docs/es/handouts/.+\.yml", r"heading: (?P<x>[\w-]+)", TYPO),
    _kind("translation", "a line of a handout", r"docs/es/handouts/.+\.yml", r"lines: \[\"(?P<x>[^\"]{6,})\"", TYPO),
    _kind("translation", "a page of the map of the body", _SPANISH, r"^place: .*\bx: (?P<x>\d+)", COUNT),
    _kind("translation", "the line below its title", _SPANISH, r"^description: .*\n", _nothing, 4),
]
PICTURES = [
    _kind("picture", "a letter of its file", _PAGES, r"!\[.*\]\([\w./-]*/(?P<x>[\w-]+)\.svg\)", TYPO),
    _kind("picture", "its kind", _PAGES, r"!\[.*\]\([\w./-]+\.(?P<x>svg)\)", TYPO),
    _kind("picture", "its words", _PAGES, r"!\[(?P<x>[^\]\n]+)\]\(", LOST),
    _kind("picture", "! lost", _PAGES, r"^!\[", _without("!")),
    _kind("picture", "] lost", _PAGES, r"^!\[[^\]\n]+\]\(", _without("]")),
    _kind("picture", "its caption's mark", _PAGES, r"^/// caption$", _without(" caption"), 4),
    _kind("picture", "a letter of caption", _PAGES, r"^/// (?P<x>caption)$", TYPO),
    _kind("picture", "a number of its size", _PAGES, r"\{ width=\"(?P<x>\d+)\"", part(lambda word, _random: word + "x")),
    _kind("picture", "a brace of its size", _PAGES, r"\{ width=\"\d+\" height=\"\d+\" \}", _without("}")),
]
CODES = [
    _kind(
        "code",
        "a digit lost",
        _PAGES,
        r"^codes: .*icd10cm: \[(?:\"[\w.]+\", )*\"(?P<x>[\w.]+)\"",
        part(lambda word, _random: word[:-1]),
    ),
    _kind("code", "its dot", _PAGES, r"^codes: .*icd10cm: \[(?:\"[\w.]+\", )*\"\w+(?P<x>\.)\w+\"", LOST),
    _kind(
        "code",
        "its capital",
        _PAGES,
        r"^codes: .*icd10cm: \[(?:\"[\w.]+\", )*\"(?P<x>[\w.]+)\"",
        part(lambda word, _random: word.lower()),
    ),
    _kind(
        "code",
        "O for 0",
        _PAGES,
        r"^codes: .*icd10cm: \[(?:\"[\w.]+\", )*\"\w+\.\w*?(?P<x>0)\w*\"",
        part(lambda _word, _random: "O"),
    ),
    _kind("code", "a digit of a procedure lost", _PAGES, r"^codes: .*cpt: \[\"(?P<x>\d)", LOST),
    _kind("code", "the system", _PAGES, r"^codes: .*(?P<x>icd10cm|cpt):", TYPO),
    _kind("code", "another kind of treatment", _PAGES, r"^codes: .*topic: (?P<x>medicine|water)", TYPO),
]
TEMPLATES = [
    _kind("template", "}} lost", _TEMPLATES, r"\{\{[^{}]*(?P<x>\}\})", LOST),
    _kind("template", "a } lost", _TEMPLATES, r"\{\{[^{}]*(?P<x>\})\}", LOST),
    _kind("template", "%} lost", _TEMPLATES, r"\{%[^{}]*(?P<x>%\})", LOST, 1),
    _kind("template", "an end lost", _TEMPLATES, r"\{%-? end(?:if|for|block|macro) -?%\}", _nothing, 60),
    _kind("template", "a letter of an end", _TEMPLATES, r"\{%-? (?P<x>end(?:if|for|block|macro)) -?%\}", TYPO),
    _kind("template", "a letter of if, for or set", _TEMPLATES, r"\{%-? (?P<x>if|for|set|else|elif|include|block) ?", TYPO, 1),
    _kind("template", "a word of the frame", _TEMPLATES, r"\bframe\.(?P<x>\w+)", TYPO),
    _kind("template", "a word of a tool", _TEMPLATES, r"\b(?:tools|maker|words|clinics)\.(?P<x>[a-z_]{4,})", TYPO),
    _kind("template", "a name", _STAGED, r"\{\{-? (?P<x>[a-z_]{4,})[ .|]", TYPO),
    _kind("template", "a name, in the theme", _THEME, r"\{\{-? (?P<x>[a-z_]{4,})[ .|]", TYPO),
    _kind("template", "a name, on paper", _PRINT, r"\{\{-? (?P<x>[a-z_]{4,})[ .|]", TYPO),
    _kind("template", "a filter", _TEMPLATES, r"\| ?(?P<x>join|replace|url|length|first|list|selectattr|upper|tojson)\b", TYPO),
]
FRONT = [
    _kind("front matter", "a letter of a key", _PAGES, rf"^(?P<x>{_KEYS}): ", TYPO, 1),
    _kind(
        "front matter", "a key that is needed", _PAGES, r"^(?:title|description|evidence_checked|next_check): .*\n", _nothing, 10
    ),
    _kind("front matter", "a key twice", _PAGES, rf"^(?:{_KEYS}): .*\n", _twice, 1),
    _kind("front matter", "the group of a question", _QUESTIONS, r"^group: (?P<x>[\w-]+)$", TYPO),
    _kind("front matter", "the group lost", _QUESTIONS, r"^group: .*\n", _nothing, 6),
    _kind("front matter", "its first line", _PAGES, r"\A---\n", _nothing, 1),
    _kind("front matter", "its last line", _PAGES, r"(?<=\n)---\n", _nothing, 14),
    _kind("front matter", "a quote at the start", _PAGES, r"^(?:title|description|text_message): (?P<x>\")", LOST, 1),
    _kind("front matter", "a quote at the end", _PAGES, r"^(?:title|description|text_message): .*(?P<x>\")$", LOST, 1),
    _kind("front matter", "a : lost", _PAGES, rf"^(?:{_KEYS})(?P<x>:) ", LOST, 1),
    _kind("front matter", "a bracket lost", _PAGES, r"^(?:aliases|harms): .*(?P<x>\])$", LOST, 1),
    _kind("front matter", "a script", _PAGES, r"^script: (?P<x>\w+)\.js", TYPO),
    _kind("front matter", "a space before a key", _PAGES, rf"(?<=\n)(?:{_KEYS}): ", _moved_in, 1),
    _kind("front matter", "an order that is none", _PAGES, r"^order: (?P<x>\d+)$", part(lambda word, _random: word + "o")),
]
TABLES = [
    _kind("table", "a | lost", _PAGES, r"^\|.*[^|\s-].*(?P<x>\|).+\|$", LOST, 1),
    _kind("table", "a | too much", _PAGES, r"^\|.*[^|\s-].*(?P<x>\|).+\|$", TWICE, 1),
    _kind("table", "its line lost", _PAGES, r"^\|[|-]+\|\n", _nothing, 2),
    _kind("table", "a column of its line lost", _PAGES, r"^\|---(?P<x>\|---)", LOST, 1),
    _kind("table", "the empty line above lost", _PAGES, r"^(?![#/\n]).+\n(?P<x>\n)(?=\|)", LOST, 1),
    _kind("table", "an empty line in it", _PAGES, r"^\|.*\|\n(?=\|)", lambda match, _random: match[0] + "\n", 2),
    _kind("table", "a row lost, in a translation", _SPANISH, r"^\|(?!---).*\|\n(?=\|[^-])", _nothing, 12),
]
LISTS = [
    _kind("list", "the empty line above lost", _PAGES, r"^(?![#/]).*[a-z.:!?\]]\n(?P<x>\n)(?=- |1\. )", LOST, 1),
    _kind("list", "the space behind - lost", _PAGES, r"^-(?P<x> )(?=\w)", LOST),
    _kind("list", "an item moved in", _PAGES, r"(?<=\n)- ", _moved_in),
    _kind("list", "a sign of another list", _PAGES, r"(?<=\n)- .*\n(?=- )", lambda match, _random: "1. " + match[0][2:], 1),
    _kind("list", "one * of bold type", _PAGES, r"(?<!\*)\*\*(?=\w)", _without("*")),
    _kind("list", "bold type never closed", _PAGES, r"\*\*[^*\n]+(?P<x>\*\*)", LOST),
]
FENCES = [
    _kind("fence", "an insert's name", _PAGES, r"<!-- insert: (?P<x>[\w-]+) -->", TYPO),
    _kind("fence", "insert", _PAGES, r"<!-- (?P<x>insert): [\w-]+ -->", TYPO),
    _kind("fence", "an insert's end", _PAGES, r"<!-- insert: [\w-]+(?P<x> -->)", LOST),
    _kind("fence", "an insert's -", _PAGES, r"<!-- insert: [\w-]+ -->", _instead("--", "-")),
    _kind("fence", "one that nothing closes", _PAGES, r"\n\n(?=[A-Z¿¡])", lambda match, _random: "\n\n```\n", 2),
    _kind("heading", "its space", _PAGES, r"^##+(?P<x> )", LOST),
    _kind("heading", "a # lost", _PAGES, r"^##(?= )", _without("#")),
    _kind("heading", "two # too many", _PAGES, r"^##(?= )", lambda match, _random: "####"),
    _kind("heading", "its words", _PAGES, r"^##+ (?P<x>[^{\n]+) \{", LOST),
    _kind("heading", "a part above the last one lost", _PAGES, r"^## .*\{#what-to-do-next\}\n", _nothing, 400),
]
YAML = [
    _kind("YAML", "a letter of a key", _DATA, r"^ *(?:- )?(?:\{)?(?P<x>[a-z_]{3,}): ", TYPO, 6, True),
    _kind("YAML", "a : lost", _DATA, r"^ *(?:- )?[a-z_]{3,}(?P<x>:) ", LOST, 2, True),
    _kind("YAML", "a space before a key", _DATA, r"^ *(?:- )?[a-z_]{3,}:", _moved_in, 2, True),
    _kind("YAML", "a space less before a key", _DATA, r"^ +[a-z_]{3,}:", _moved_out, 2, True),
    _kind("YAML", "a quote at the start", _DATA, r"^ *(?:- )?[a-z_]+: (?P<x>\")[^\"\n]*[:#][^\"\n]*\"$", LOST, 2, True),
    _kind("YAML", "a quote at the end", _DATA, r"^ *(?:- )?[a-z_]+: \"[^\"\n]*(?P<x>\")$", LOST, 2, True),
    _kind("YAML", "a bracket lost", _DATA, r"^ *[a-z_]+: \[.*(?P<x>\])$", LOST, 2, True),
    _kind("YAML", "a brace lost", _DATA, r"^ *(?:- |[a-z_]+: )\{.*(?P<x>\})$", LOST, 2, True),
    _kind("YAML", "the - of an entry", _DATA, r"^ *(?P<x>- )(?=\w+: )", part(lambda _word, _random: "  "), 8, True),
    _kind("YAML", "a key twice", _DATA, r"^ +[a-z_]{3,}: .*[\"'\]}\w]\n(?= *[-\w])", _twice, 1),
    _kind("YAML", "a tab", _DATA, r"^ +(?=[a-z_]{3,}: )", lambda match, _random: "\t", 2),
    _kind("YAML", "a page that there is not", _DATA, r"\b(?:page|about): (?P<x>[\w-]+)\.md", TYPO),
    _kind("YAML", "a heading that there is not", r"docs/en/handouts/.+\.yml", r"heading: (?P<x>[\w-]+)", TYPO),
    _kind("YAML", "a line that no page holds", r"docs/en/handouts/.+\.yml", r"lines: \[\"(?P<x>[^\"]{6,})\"", TYPO),
    _kind("YAML", "the look of a part", r"docs/(?:en|es)/handouts/.+\.yml", r"look: (?P<x>[\w-]+)", TYPO),
    _kind("YAML", "where an address leads", r"docs/redirects\.yml", r"^  - .*to: \"(?P<x>/[\w/.*-]*#?[\w-]+/?)\"", TYPO),
    _kind("YAML", "which address moved", r"docs/redirects\.yml", r"^  - \{from: \"(?P<x>/[\w/.*-]*#?[\w-]+/?)\"", TYPO),
    _kind("YAML", "a promised address", r"docs/permalinks\.yml", r"^  (?P<x>/[\w/-]+/):$", TYPO),
    _kind("YAML", "a promised id", r"docs/permalinks\.yml", r"^    ids: \[(?:[\w-]+, )*(?P<x>[\w-]{4,})", TYPO, 3),
    _kind("YAML", "the kind of a source", r"docs/sources\.yml", r"^  (?:type|certainty|status): (?P<x>[\w-]+)$", TYPO, 1),
    _kind("YAML", "a source twice", r"docs/sources\.yml", r"^- id: .*\n(?:  .*\n)+", _twice),
    _kind("YAML", "where a message leads", r"docs/en/messages\.yml", r"^    page: (?P<x>[\w/-]+)\.md", TYPO),
    _kind("YAML", "the link of a message", r"docs/en/messages\.yml", r"^    (?:text|short): \".*(?P<x>\{link\})", LOST),
    _kind("YAML", "an item that is scored", r"docs/en/yardsticks\.yml", r"^ +(?P<x>[a-z-]{4,}): \{(?:score|na)", TYPO, 40),
    _kind("YAML", "a score beyond its scale", r"docs/en/yardsticks\.yml", r"\bscore: (?P<x>\d)", part(lambda _, __: "9")),
    _kind("YAML", "a value of the frame", r"docs/en/strings\.yml", r"\{(?P<x>[a-z_]{3,})\}", TYPO),
    _kind("YAML", "a line of the frame lost", r"docs/en/strings\.yml", r"^  [a-z_]{4,}: \".*\"\n", _nothing, 100),
    _kind("YAML", "a number to call", r"docs/site\.yml", r"^  (?P<x>emergency|poison_help): ", TYPO),
    _kind("YAML", "the settings of a language", r"docs/site\.yml", r"^    config: (?P<x>[\w.]+)$", TYPO),
]  # fmt: skip
KINDS: tuple[Kind, ...] = (
    *LINKS, *IDS, *NUMBERS, *CITATIONS, *DATES, *BLOCKS, *RULES, *FINDINGS, *TRANSLATIONS, *PICTURES, *CODES, *TEMPLATES,
    *FRONT, *TABLES, *LISTS, *FENCES, *YAML,
)  # fmt: skip
_ = mistyped
