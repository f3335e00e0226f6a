"""The pack as plain tables, for its spreadsheet and its CSV file: one row a statement and source, and tables for the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from iontosite.content.model import Content, Edition
from iontosite.content.pages import Page
from iontosite.content.sources import Source
from iontosite.proof.pack import Pack, Sheet, pack_of
from iontosite.proof.told import Teller

Cell = str | int | None


@dataclass(frozen=True)
class Table:
    """One table: its name, the names of its columns, its rows. `wide` are the columns that hold whole sentences."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    wide: frozenset[str] = frozenset()


_PLACE = "language page title heading kind context statement file line"
_SOURCE = "source_id source study people certainty"
_RECORD = "certainty_means read read_at note address"  # of a source; it stands once a language would be too much
_WIDE = "title statement read read_at note because decided words doubts what why change query found result measured who pages"


def line_table(pack: Pack, teller: Teller) -> Table:
    """Every line of every page and handout: one row for each source that it names, and one row where it names none. What was
    read in a source stands beside it in the language of `teller`, in which it was recorded; other languages name the source."""
    whole = teller.edition.code == pack.edition.code
    columns = f"{_PLACE} {_SOURCE} {_RECORD}" if whole else f"{_PLACE} {_SOURCE}"
    nothing = (None,) * (len(columns.split()) - len(_PLACE.split()))
    rows: list[tuple[Cell, ...]] = []
    for sheet in pack.sheets:
        for place, sources in _lines_of(sheet, pack, teller):
            rows += [(*place, *_of_source(pack.content.sources[each], teller, whole)) for each in sources] or [(*place, *nothing)]
    return _table(teller, teller.told["sheet_statements"].format(language=pack.edition.code), columns, rows)


def _lines_of(sheet: Sheet, pack: Pack, teller: Teller) -> Iterator[tuple[tuple[Cell, ...], tuple[str, ...]]]:
    """What a row says of each line of a sheet, and the ids of its sources."""
    of, filled_in = (sheet.language, sheet.address, sheet.title), pack.content.filled_in
    for heading, statements in sheet.parts:
        for each in statements:
            kind = teller.told[f"kind_{each.kind}"]
            said = (heading, kind, filled_in(each.context), filled_in(each.text))
            yield (*of, *said, each.file, each.line), each.sources
    for line in sheet.uncited:
        yield (*of, None, None, None, line.text, sheet.file, line.line), ()


def _of_source(source: Source, teller: Teller, whole: bool) -> tuple[Cell, ...]:
    told = (source.id, source.label, teller.edition.strings.kinds[source.type], source.n, teller.sure(source))
    record = (teller.sure_means(source), source.finding, source.read_at, source.note, source.address)
    return (*told, *record) if whole else told


def all_tables(content: Content, edition: Edition) -> list[Table]:
    """Every table of the pack, told in the words of one language: its own lines, those of the others, then sources, answers,
    numbers, rules, what is not known and not claimed, changes, searches and sign-offs."""
    teller, packs = Teller(content, edition), [pack_of(content, each) for each in content.editions]
    own = next(pack for pack in packs if pack.edition.code == edition.code)
    lines = [line_table(pack, teller) for pack in (own, *(each for each in packs if each is not own))]
    return [*lines, *(make(own, teller) for make in (_sources, _answers, _findings, _rules, _unknown, _not_claimed))] + [
        make(own, teller) for make in (_changes, _searches, _signed)
    ]


def _sources(pack: Pack, teller: Teller) -> Table:
    columns = "source_id authors year source_title container study people certainty certainty_means read read_at note address"
    rows = [
        (
            each.id, each.authors, each.year, each.title, each.container, teller.edition.strings.kinds[each.type], each.n,
            teller.sure(each), teller.sure_means(each), each.finding, each.read_at, each.note, each.address,
        )
        for each in (*pack.sources, *pack.unread)
    ]  # fmt: skip
    return _table(teller, teller.told["sheet_sources"], columns, rows)


def _answers(pack: Pack, teller: Teller) -> Table:
    rows = [
        (
            each.id, teller.word(each), teller.because(each), teller.design(each), " ".join(teller.doubts(each)),
            _named(each.sources), _titles(pack.claim_pages.get(each.id, [])),
        )
        for each in pack.content.findings.claims
    ]  # fmt: skip
    return _table(teller, teller.told["sheet_answers"], "id certainty because design doubts rests_on stands_on", rows)


def _findings(pack: Pack, teller: Teller) -> Table:
    columns = "id rests_on who measured judged_by when result chance left paid"
    rows = [
        (
            each.id, _named(each.sources), each.who, each.measured, each.judged_by, each.when, "; ".join(teller.results(each)),
            each.chance, each.left, each.paid,
        )
        for each in pack.content.findings.findings
    ]  # fmt: skip
    return _table(teller, teller.told["sheet_findings"], columns, rows)


def _rules(pack: Pack, teller: Teller) -> Table:
    rows = [
        (
            each.id, teller.told[f"level_{each.level}"], teller.says(each), each.decided, _named(each.sources),
            _titles(pack.rule_pages.get(each.id, [])),
        )
        for each in pack.content.safety.rules
    ]  # fmt: skip
    return _table(teller, teller.told["sheet_rules"], "id level words decided rests_on stands_on", rows)


def _unknown(pack: Pack, teller: Teller) -> Table:
    rows = [(pack.content.filled_in(each.text), _titles(each.pages)) for each in pack.unknown]
    return _table(teller, teller.told["sheet_unknown"], "what stands_on", rows)


def _not_claimed(pack: Pack, teller: Teller) -> Table:
    rows = [(each.what, each.why) for each in teller.proof.not_claimed]
    return _table(teller, teller.told["sheet_not_claimed"], "what why", rows)


def _changes(pack: Pack, teller: Teller) -> Table:
    rows = [
        (each.date, _titles(pack.edition.by_path[path] for path in each.pages), each.change, each.why)
        for each in pack.edition.changes
    ]
    return _table(teller, teller.told["sheet_changes"], "date pages change why", rows)


def _searches(pack: Pack, teller: Teller) -> Table:
    rows = [(each.date, each.about, each.where, each.query, each.found) for each in pack.content.searches]
    return _table(teller, teller.told["sheet_searches"], "date page where query found", rows)


def _signed(pack: Pack, teller: Teller) -> Table:
    rows = []
    for each in pack.content.signed:
        by = each.sign_off
        rows.append((each.name, by.name, by.role, by.registration, by.date, by.until, each.lapsed))
    return _table(teller, teller.told["sheet_signed"], "what name role registration signed until lapsed", rows)


def _table(teller: Teller, name: str, columns: str, rows: Sequence[tuple[Cell, ...]]) -> Table:
    keys = columns.split()
    heads = tuple(teller.told[f"column_{key}"] for key in keys)
    wide = {teller.told[f"column_{key}"] for key in keys if key in _WIDE.split()}
    return Table(name, heads, tuple(rows), frozenset(wide))


def _named(sources: Sequence[str]) -> str:
    return ", ".join(sources)


def _titles(pages: Iterable[Page]) -> str:
    return "; ".join(page.front.title for page in pages)
