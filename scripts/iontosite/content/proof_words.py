"""The words of the pack for committees, from `docs/<language>/proof.yml`, and what the site leaves unsaid on purpose.

A language without that file has no pack: it is written once, in the language in which the sources were recorded.
"""

from __future__ import annotations

from typing import get_args

from pydantic import Field

from iontosite.content.located import Located, validate
from iontosite.content.markdown import Kind
from iontosite.content.record import Record
from iontosite.content.safety import LEVELS
from iontosite.content.words import Words, word_faults
from iontosite.faults import ContentError

_KEYS = """
    pack group_help group_who group_what-to-do sheet_title:title sources_title:title sheet_description:title answers_title
    answers_description decisions_title:group decisions_description:group unknown_title unknown_description
    not_claimed_title not_claimed_description
    facts:statements,lines,sources the_page the_file checked next_check signed not_signed lapsed
    statements_heading how_sure_heading findings_heading rules_heading sources_heading uncited_heading sign_heading
    uncited_intro uncited_many:count sign_intro sign_hash begins people person not_counted
    read_there read_at noted certainty starts_at doubts no_doubt decided rests_on stands_on not_on_page
    who measured judged_by when chance left paid result
    counts:pages,handouts,statements,sources kinds_heading kind_count:kind,count downloads_heading csv:language,size xlsx:size
    pdf:sides,size pdf_missing sheets_heading more_heading list_item:statements,sources
    disagree_heading disagree_intro disagree_none decisions_intro answers_intro unknown_intro searched_of:count
    refused_heading refused_intro refused_row:words,reason unread_heading unread_intro left_out_heading left_out_intro
    unread_status_summary-only unread_status_unverified changes_heading searches_heading changed:date searched:date,where
"""
_LEVELS = " ".join(f"level_{level}" for level in LEVELS)
_KINDS = " ".join(f"kind_{kind}" for kind in get_args(Kind))
_COLUMNS = """
    column_language column_page column_title column_heading column_kind column_context column_statement column_source_id
    column_source column_source_title column_study column_people column_certainty column_certainty_means column_read
    column_read_at column_note column_address column_file column_line column_id column_design column_doubts column_because
    column_level column_words column_decided column_rests_on column_stands_on column_what column_why column_date column_pages
    column_change column_where column_query column_found column_name column_role column_registration column_until
    column_lapsed column_signed column_year column_authors column_container column_who column_measured column_judged_by
    column_when column_chance column_left column_paid column_result
    sheet_statements:language sheet_sources sheet_answers sheet_findings sheet_rules sheet_unknown sheet_not_claimed
    sheet_changes sheet_searches sheet_signed
"""
NEEDED: Words = {
    "words": {
        key: frozenset(names.split(",")) if names else frozenset()
        for key, _, names in (entry.partition(":") for entry in " ".join([_KEYS, _LEVELS, _KINDS, _COLUMNS]).split())
    }
}


class NotClaimed(Record):
    """Something that people may expect to read here, and do not: what, and why it is left out."""

    what: str = Field(min_length=5)
    why: str = Field(min_length=5)


class ProofWords(Record):
    """`proof.yml`: the words of the pack; words by which a sentence says that something is not known; the parts of the site in
    their order; and what is left out."""

    words: dict[str, str]
    unknown: tuple[str, ...] = Field(min_length=1)
    parts: dict[str, str]  # folder of pages ("" is the top) -> what it is called
    not_claimed: tuple[NotClaimed, ...] = ()


def load_proof_words(located: Located) -> ProofWords:
    """The pack's words; raises ContentError with every key that is missing, mistyped or needless."""
    words = validate(ProofWords, located)
    if faults := word_faults(located, NEEDED, plain=False):
        raise ContentError(faults)
    return words
