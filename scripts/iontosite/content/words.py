"""Which words the frame of the pages needs: the keys of `docs/<language>/strings.yml`, and what each says in braces.

A key that is missing takes a line from every page (the theme's templates print nothing for it), and one that is mistyped is
a missing one. So templates and scripts may only use what stands here, and tests hold the two against each other.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from typing import get_args

from iontosite.content.located import Located
from iontosite.content.record import is_plain
from iontosite.content.sources import Certainty, Kind
from iontosite.faults import Fault, did_you_mean

Words = Mapping[str, Mapping[str, frozenset[str]]]  # section -> key -> names in braces
# `key:name,name`: the key, and the names that its text has to hold in braces.
_KEYS: dict[str, str] = {
    "frame": """
        direction skip short_name menu foot foot_questions foot_words foot_handouts foot_clinics foot_about
        foot_privacy foot_accessibility mistake report_clinic report_maker report_none home search search_label
        search_hint search_title search_description search_without_script search_none search_one search_many:count
        search_best:count,shown questions_link words_link conditions_link not_on_map on_this_page breadcrumb sources
        source_mark:number
        sources_mark:numbers sources_last:numbers,last sources_below sources_on_paper full_record and_others
        all_sources records_title:first,last records_description
        review_title checked next_check clinical_review clinical_review_none reviewed_by:name,role,registration,date,until
        rules_review who_pays
        who_wrote who_wrote_alone overdue what_we_looked_for because to_the_page not_advice emergency_line:number not_found_title
        not_found_text moved_title moved_text cited_on cited_more:count we_read people:n person kind how_sure say_it fill_in print
        clinic_phone clinic_hours back_to_top
    """,
    "certainty": " ".join(get_args(Certainty)),
    "kinds": " ".join(get_args(Kind)),
    "kinds_short": " ".join(get_args(Kind)),
    "figures": "of:count,of icon_alt:count,of bar_alt:value,max value:value,unit",
    "care": "care-call care-today care-emergency call_number:number",
    "handout": """
        authors page of logo:name logo_unnamed qr_alt:address clinic your_clinic phone hours next_visit read_more scan sources
        sources_many:count,address checked next_check not_reviewed formats
    """,
    "tools": """
        ticked_none ticked_tell ticked_both ticked_stop scale_chosen:value scale_first scale_marked scale_fits scale_none
        take_title take_stop take_tell take_values take_ask take_print take_clear take_more remind_how remind_when remind_make
        remind_private remind_title row_larger row_listen row_pause row_go_on row_send row_says row_text
        row_email row_names
    """,
    "maker": """
        title back without_script private handout paper letter a4 size standard large name department hours address logo_file
        remember print link forget fits:sides,points fits_one:points too_long bad_logo
        linked from_link forgotten forgotten_here not_kept logo_again
        choose version:paper,size side_by_side:first,second,paper facts:sides,points,kilobytes facts_one:points,kilobytes
        picture:title checked:date
    """,
    "clinics": """
        codes code_title:code code_description:title code_topic_medicine code_topic_water code_evidence:date
        code_not_reviewed code_sources code_means_icd10cm:code,meaning code_means_cpt:code,meaning
        code_side_right code_side_left code_side_both code_side_unsaid code_means_sources
        code_wording code leads_to icd10cm cpt moment condition condition_any
        condition_warning condition_warning_email condition_warning_all condition_address text_message
        characters:count,most email_subject email_plain email_html email_line address
        address_condition files files_condition qr qr_alt:address qr_svg qr_png poster poster_letter poster_a4 paper_letter
        paper_a4 problems problems_how questions questions_how questions_link two_texts more_texts:parts,letters text_parts:parts
        text_name:name,text text_phone:text,phone
        copy_text_message copy_email_subject copy_email_plain
        copy_email_html copy_address copy_address_condition copied copy_failed since:date leads_now offline_file:megabytes,date
        promised_file promised_counted promised_listed catalogue_example:name,oid catalogue_json catalogue_atom
        promised_handouts:count promised_posters:count promised_qr:count promised_spellings:count
    """,
    "structured": "therapy_water therapy_numbing allergy burn infection numbing",
    "connect": "found near near_only by_words none topics",
    "translation": "label unchecked moved_on moved_on_link in_first offer",
    "yardsticks": """
        made_by page whole_site score:score,highest not_applicable better total_percent:part,value,points,possible,goal
        total_points:part,points,possible,goal met missed
    """,
}
NEEDED: Words = {
    section: {
        key: frozenset(names.split(",")) if names else frozenset()
        for key, _, names in (entry.partition(":") for entry in entries.split())
    }
    for section, entries in _KEYS.items()
}
_NAME = re.compile(r"\{\w+\}")
DATE = frozenset({"year", "month", "day"})  # what a date is said with


def names_in(text: str) -> frozenset[str]:
    """The names in braces of one text; raises ValueError for a brace that is no name's, or that asks for more than a name."""
    parts = [part for part in string.Formatter().parse(text) if part[1] is not None]
    for _, name, form, conversion in parts:
        if not (name or "").isidentifier() or form or conversion:
            raise ValueError(f'"{{{name}}}" is no name in braces')
    return frozenset(name or "" for _, name, _, _ in parts)


def brace_trouble(text: str, needed: frozenset[str], plain: bool = True) -> str | None:
    """What is wrong with the braces of one text, or, where it shall be `plain`, with its marks; None if nothing is."""
    names = " ".join(f"{{{name}}}" for name in sorted(needed)) or "no name in braces"
    try:
        found = names_in(text)
    except ValueError as error:
        return f"a brace stands alone ({error}): the text must hold {names}, written just so"
    if found != needed:
        return f"must hold {names}, written just so"
    if not text.strip():
        return "is empty: write it"
    if not plain:
        return None
    try:
        is_plain(_NAME.sub("x", text.strip(" ")))  # some stand before other words
    except ValueError as error:
        return str(error)
    return None


def word_faults(located: Located, needed: Words, plain: bool = True) -> list[Fault]:
    """Each key that a language's strings lack or do not need, and each text that lost or invented a name in braces."""
    faults: list[Fault] = []
    for section, wanted in needed.items():
        given = located.data[section]
        for key in wanted.keys() - given.keys():
            line, near = located.line((section,)), did_you_mean(key, given.keys() - wanted.keys())
            faults.append(Fault(located.path, line, f'{section}: "{key}" is missing: add it{near}'))
        for key, text in given.items():
            line = located.line((section, key))
            if key in wanted and (trouble := brace_trouble(text, wanted[key], plain)):
                faults.append(Fault(located.path, line, f"{section}: {key}: {trouble}"))
            elif key not in wanted:
                near = did_you_mean(key, wanted.keys() - given.keys())
                faults.append(Fault(located.path, line, f'{section}: nothing uses "{key}": take it out{near}'))
    return faults


def line_faults(located: Located) -> list[Fault]:
    """The words of the frame that stand alone, in no section: the form of a date, the names of the site and of its groups."""
    faults: list[Fault] = []
    none: frozenset[str] = frozenset()
    others = [
        (("date",), DATE),
        *(((key,), none) for key in ("site_name", "tagline")),
        *((("groups", key), none) for key in located.data["groups"]),
    ]
    direction = located.data["frame"].get("direction")
    if direction and direction not in ("ltr", "rtl"):  # what HTML's dir says of a page whose language is known
        said = f'"{direction}" is no direction: write ltr, or rtl for a language that is written from right to left'
        faults.append(Fault(located.path, located.line(("frame", "direction")), f"frame: direction: {said}"))
    for place, names in others:
        text = located.data[place[0]] if len(place) == 1 else located.data[place[0]][place[1]]
        if trouble := brace_trouble(text, names):
            faults.append(Fault(located.path, located.line(place), f"{'.'.join(place)}: {trouble}"))
    return faults


def words_of(located: Located) -> Words:
    """The keys of a language's strings with their names in braces: what the other languages have to hold."""
    return {section: {key: names_in(text) for key, text in located.data[section].items()} for section in NEEDED}
