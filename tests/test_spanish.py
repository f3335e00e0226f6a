"""Spanish is measured by its own rules: syllables, the INFLESZ score, orders, and words that promise too much."""

from __future__ import annotations

import re

import pytest

from iontosite.content.located import read_yaml
from iontosite.content.markdown import read_markdown
from iontosite.content.rules.english import ENGLISH
from iontosite.content.rules.reading import measure, sentences, words
from iontosite.content.rules.safety_words import check_safety_words
from iontosite.content.rules.spanish import FORBIDDEN, LEAST, SPANISH, STRETCH, TELLS, inflesz, level, syllables
from iontosite.content.safety import load_safety
from iontosite.content.vocabulary import Vocabulary
from iontosite.project import DOCS
from test_prose import MESSAGE, page_of

NONE = Vocabulary({}, ())
# How each word parts, by hand (Ortografía de la lengua española, 2010).
WORDS = """
y a-ho-ra a-gua a-é-re-o cuí-de-se pa-ís bai-le rí-o vein-te dí-a le-er zo-o o-ír hay muy rey ma-yo ya yo quien que-ma-du-ra
guí-a ver-güen-za pin-güi-no gue-rra lin-güís-ti-ca a-ve-ri-güe hue-so hi-lo al-co-hol bú-ho ve-hí-cu-lo prohi-bir cons-truí
ciu-dad viu-da cau-sa ins-truc-cio-nes ion ion-to-fo-re-sis fi-sio-te-ra-peu-ta cor-ti-cos-te-roi-de al-mo-ha-di-lla co-rrien-te
e-léc-tri-ca in-yec-ción ta-lón mús-cu-lo dia-be-tes con-vul-sión e-pi-lep-sia em-ba-ra-za-da mar-ca-pa-sos a-pa-ra-to cho-que
mi-liam-pe-rio ri-ñón pier-na mu-ñe-ca le-í-do te-ní-ais au-ri-cu-lar tran-si-ta
"""
PARTED = WORDS.split()


@pytest.mark.parametrize("parted", PARTED)
def test_syllables_are_counted_as_they_are_said(parted: str) -> None:
    """Hiatus and diphthong, silent u and h, y as a vowel and as a consonant."""
    assert syllables(parted.replace("-", "")) == parted.count("-") + 1


def test_enough_words_were_parted() -> None:
    """The rules meet each other in more ways than a handful of words shows."""
    assert len(set(PARTED)) == len(PARTED) >= 60


def test_numbers_joined_words_and_names_of_our_own() -> None:
    """A number is one beat, as in English; a joined word is its parts; a list of our own stands before the rules."""
    assert [syllables(word) for word in ("20", "mA-min", "TENS", "“pie”.")] == [1, 2, 1, 1]
    assert syllables("fda", Vocabulary({"fda": 3}, ())) == 3


def test_the_score_is_the_published_formula() -> None:
    """206.835 - 62.3 x 7/4 - 4 for one sentence of 4 words and 7 syllables; nothing at all is easy."""
    assert inflesz(["El gato bebe agua."]) == pytest.approx(206.835 - 62.3 * 7 / 4 - 4)
    assert inflesz([]) == inflesz(["…"]) == 100


def test_a_hard_text_is_a_fault() -> None:
    """A text of long words is told with its score, and a text of short words is not."""
    hard = "La administración transdérmica de corticosteroides requiere consideraciones individualizadas."
    score, faults = level([hard], NONE)
    assert score < LEAST and faults == [f"INFLESZ {score:.1f} is under 70: use shorter words and sentences"]
    assert level(["Lave la piel con agua y déjela secar."], NONE)[1] == []


@pytest.mark.parametrize(
    ("counts", "short", "score"), [((12, 12, 13), 0, 69.90), ((20, 20, 19), 7, 69.96), ((15, 15, 15), 2, 70.00)]
)
def test_a_page_reads_at_70_at_least(counts: tuple[int, ...], short: int, score: float) -> None:
    """69.9 is a fault, and so is what would be rounded to 70, which is told as 69.9; 70 is none. The sentences have so many words
    of two syllables, `short` of them of one."""
    said = ["sol"] * short + ["casa"] * (sum(counts) - short)
    text = " ".join(" ".join(said.pop() for _ in range(count)).capitalize() + "." for count in counts)
    reading = measure(read_markdown(text), NONE, SPANISH)
    told = [message for _, message in reading.faults if message.startswith("INFLESZ")]
    assert reading.grade == pytest.approx(score, abs=0.005)
    assert told == ([] if score >= 70 else ["INFLESZ 69.9 is under 70: use shorter words and sentences"])


def test_sentences_end_before_accented_capitals_and_open_signs() -> None:
    """“Él” begins a sentence, “¿Duele?” too, and “EE. UU.” ends none."""
    assert len(sentences("Va bien. Él lo sabe. ¿Duele? ¡Pare! En EE. UU. se usa.")) == 5


WORDING = {
    "promises too much": "Es seguro y eficaz.",
    "people feel tingling": "Es un tratamiento indoloro.",
    "nothing here is proved": "Está comprobado.",
    "cures nothing": "Cura el dolor.",
    "no trial showed that it dissolves": "Disuelve el calcio.",
    "there are side effects": "No tiene efectos secundarios.",
    "no trial shows that": "Funciona tan bien como una inyección.",
    "say it outright": "Tenga en cuenta la hora.",
    "nothing is simple": "Simplemente presione el botón.",
    "addressed as usted": "Lava tu piel.",
    "drugs of abuse": "La droga entra por la piel.",
    "a current in the water": "Use agua corriente.",
    "a decimal comma": "Son 1,5 mA.",
}


@pytest.mark.parametrize("reason", WORDING)
def test_each_forbidden_word_is_found(reason: str) -> None:
    """Each pattern has a text that it catches, with the reason that is told."""
    found = [why for pattern, why in FORBIDDEN.items() if re.search(pattern, WORDING[reason], re.IGNORECASE)]
    assert len(found) == 1 and reason in found[0]
    assert len(WORDING) == len(FORBIDDEN)


def test_what_is_right_is_not_forbidden() -> None:
    """A correction, a thousand with a comma, and words that only look alike."""
    for text in ("No es una cura.", "Son 1,500 personas.", "Siente más dolor nuevo.", "La inyección actúa."):
        assert not any(re.search(pattern, text, re.IGNORECASE) for pattern in FORBIDDEN), text


ORDERS = {
    "No se rasque. No use hielo.": 2,
    "No lo reciba si está embarazada.": 1,
    "Las almohadillas no deben ir ahí. Nunca las moje.": 2,
    "No mejora después de 2 semanas. No puede comer.": 0,
    "Si no se siente mejor, llame.": 0,
    "No es para un niño de 6 años.": 1,
    "Cúbrala para que no se moje.": 0,
}


@pytest.mark.parametrize("text", ORDERS)
def test_orders_are_told_from_statements(text: str) -> None:
    """“No use” forbids, “no mejora” does not."""
    assert SPANISH.count_orders(text) == ORDERS[text]


ENGLISH_ORDERS = {
    "Do not scratch. Never pop it.": 2,
    "Lie down, and do not get up.": 1,
    "Leaflets do not agree. The studies are weak and do not agree.": 0,
    "If you do not feel better, call.": 0,
    "Put no lotion on it. Give nothing to eat.": 2,
    "Makers say do not use them.": 1,
    "No one knows.": 0,
}


@pytest.mark.parametrize("text", ENGLISH_ORDERS)
def test_english_orders_are_told_from_statements(text: str) -> None:
    """The other side of the same count."""
    assert ENGLISH.count_orders(text) == ENGLISH_ORDERS[text]


OWN_RULES = {
    "somebody to call {{ emergency }}": "Llame al {{ emergency }} ahora.",
    "somebody to go to an emergency room": "Vaya de inmediato a la sala de emergencias.",
    "somebody to be seen today": "Vea a un médico hoy mismo.",
    "who must not have the treatment": "No lo reciba si tiene un marcapasos.",
}


@pytest.mark.parametrize("what", TELLS)
def test_a_safety_rule_in_words_of_its_own_is_told(what: str) -> None:
    """In Spanish as in English: whom to call, where to go, who must not have it stands in the rules and nowhere else."""
    body = MESSAGE.format("Vaya a casa.") + f"\n{OWN_RULES[what]}\n"
    (fault,) = check_safety_words(page_of("about.md", body), SPANISH)
    assert f"tells {what}" in fault.message


def test_the_rules_keep_their_length_in_spanish() -> None:
    """What lets Spanish have more words is what was measured, with some room; no sentence of a rule is over the limit."""
    both = [(rule.words["en"].say, rule.words["es"].say) for rule in load_safety(read_yaml(DOCS / "safety-rules.yml", "")).rules]
    counts = [sum(len(words(texts[side])) for texts in both) for side in (0, 1)]
    assert counts[1] / counts[0] <= STRETCH
    long = [sentence for _, said in both for sentence in sentences(said) if len(words(sentence)) > 25]
    assert long == []
