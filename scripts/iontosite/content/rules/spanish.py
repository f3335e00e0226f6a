"""Spanish: the INFLESZ score, words that promise too much, and the words of a safety rule.

The score is that of Flesch and Szigriszt, 206.835 - 62.3 x syllables per word - words per sentence, read on the INFLESZ scale
(Barrio-Cantalejo and others, 2008: 55 to 65 is normal, 65 to 80 quite easy, above that very easy). Spanish is written as it is
said, so rules count its syllables and no dictionary is needed (Ortografía de la lengua española, 2010, 3.4: hiatus, diphthong).
"""

from __future__ import annotations

import functools
import math
import re
import unicodedata
from collections.abc import Sequence

from iontosite.content.rules.reading import sentences, words
from iontosite.content.rules.tongue import Tongue
from iontosite.content.vocabulary import Vocabulary

LEAST = 70.0  # of a page, in the middle of what is quite easy; less is a fault
# Measured on the safety rules, which stand in both languages side by side: 108 words where English has 100.
STRETCH = 1.1

FORBIDDEN = {
    r"segur[oa]s? y (?:eficaz|eficaces|efectiv[oa]s?)": "promises too much: say what was seen, and in how many people",
    r"\bindolor[oa]s?\b|\bsin (?:ningún )?dolor(?! (?:nuev|fuert))": "people feel tingling, and some are burned",
    r"\b(?:comprobad[oa]s?|demostrad[oa]s?)\b": "nothing here is proved: say how sure the studies make us",
    r"(?<!no es una )(?<!ninguna )\bcuras?\b|\bcuran\b": "this treatment cures nothing",
    r"\bdisuelven?\b": "no trial showed that it dissolves anything",
    r"\b(?:sin|no tiene) (?:ningún )?efectos? secundarios?\b": "there are side effects",
    r"\btan bien como una inyección": "no trial shows that",
    r"\btenga en cuenta\b|\bcabe (?:notar|señalar)": "say it outright",
    r"\bsimplemente\b": "nothing is simple for a worried reader",
    r"\b(?:tú|tus?|te|ti|contigo|vosotros|vuestr[oa]s?)\b": "people are addressed as usted",
    r"\bdrogas?\b": "means drugs of abuse: write medicina",
    r"\bagua corriente\b": "reads as a current in the water: write agua de la llave",
    r"\d,\d(?!\d\d)": "a decimal comma: in the U.S. and Mexico it is a point",
}
_EMERGENCY_ROOM = r"\b(?:sala de (?:emergencias|urgencias)|(?:a|en) (?:emergencias|urgencias)|atención (?:de urgencia|urgente))\b"
_AT_ONCE = (
    r"\b(?:hoy|ahora|de inmediato|enseguida|cuanto antes|el mismo día|ese mismo día|(?:en|dentro de) (?:24|pocas|\d) horas?)\b"
)
_TREATMENT = r"(?:el tratamiento|este tratamiento|la iontoforesis|el corticosteroide|este tipo de tratamiento)"
_UNDER_WHAT = r"(?:si|con|cuando|mientras|en|sobre|donde|cerca|para|a menos|hasta)"
TELLS = {
    "somebody to call {{ emergency }}": re.compile(
        r"\b(?:llam(?:e|en|ar)|marque|marcar|pida|pedir)\b[^.?!]{0,30}(?:\{\{\s*emergency\s*\}\}|\b9-?1-?1\b|\bambulancia\b)",
        re.IGNORECASE,
    ),
    "somebody to go to an emergency room": re.compile(
        r"\b(?:vaya|vayan|ir|acuda|acudir|venga|corra|lleve|mande|mandan|diríjase|necesita|atiendan|revisen|vean)\b[^.?!]{0,40}"
        rf"{_EMERGENCY_ROOM}",
        re.IGNORECASE,
    ),
    "somebody to be seen today": re.compile(
        r"\b(?:(?:busque|pida|consiga) (?:ayuda|atención)|(?:vea|consulte|visite|llame) a (?:un|una|su) (?:médic[oa]|doctora?)"
        r"|que (?:un médico |una doctora )?(?:l[oae]s? )?(?:vean?|revisen?|atiendan?))\b[^.?!]{0,25}"
        rf"{_AT_ONCE}",
        re.IGNORECASE,
    ),
    # «Las listas de quién no debe recibirlo» tells nobody.
    "who must not have the treatment": re.compile(
        rf"\bno (?:l[oa] (?:reciba|use|empiece)|(?:reciba|use|empiece) est[eo]"
        rf"|(?:debe(?:n|ría|rían)?|pued[ea]n?) (?:recibirl[oa]|usarl[oa]|(?:recibir|usar|empezar) est[eo])),? {_UNDER_WHAT}\b"
        rf"|(?<!quién )(?<!quien )\bno (?:reciba|use|empiece|debe(?:n|ría|rían)? (?:recibir|usar|empezar)) {_TREATMENT}\b"
        r"|\b(?:tratamiento|iontoforesis|esto) no es para (?:personas|usted|quien|los|las|nadie)"
        r"|\b(?:nadie|ninguna persona) con\b[^.?!]{0,30}\b(?:puede|debe) (?:recibir|usar)",
        re.IGNORECASE,
    ),
}
# The verbs of the orders that pages give, as usted is told not to: nothing in the form tells "no use" (do not use) from
# "no mejora" (does not get better). An order with another verb is not counted, and the parity check tells of it: add it here.
_ORDERS = """
abra acepte acerque acueste agregue ajuste aplique apoye apriete apure arranque asuste aumente baje bañe beba busque caliente
cambie camine cargue coloque coma comparta compre conduzca conecte confíe corra corte crea cruce cubra cuelgue dé deje dejen
den desconecte deseche despegue detenga diga doble duerma eleve elija empiece encienda enfríe entre envíe envuelva espere esté
estire exponga exprima firme frote fume gire guarde guíe haga hagan ignore jale junte lave lea levante limpie llame lleve
lleven maneje mantenga masque mastique meta mezcle mire moje mueva nade olvide pague pare pase pegue permita pida piense
pierda pique ponga pongan prenda preocupe presione preste pruebe quede queme quite quiten raspe rasque rasure recargue reciba
reciban recorte repita retire reviente revise rompa salga salte sea seque siga sople sorprenda sostenga suba suelte sujete
sumerja suspenda talle tape tenga tengan tire tome tomen toque trague traiga trate use usen utilice vaya vayan venga vuelva
"""
_ORDERS_NOT = re.compile(
    r"(?<!para que )(?<!cuando )(?<!aunque )(?<!hasta que )(?<!quizás )(?<!tal vez )\bno (?:(?:me|se|l[oae]s?|nos) ){0,2}"
    rf"(?:{'|'.join(_ORDERS.split())})\b"
    r"|\bno (?:(?:se|l[oae]s?) )?debe(?:n|ría|rían)?\b|\bno hay que (?!ver\b)|\bno (?:es|son) para (?!que\b|eso\b)"
    r"|\b(?:ningún|ninguna) (?:almohadilla|corriente|parche|electrodo)s? (?:debe|puede)\b|\b(?:nunca|jamás)\b",
    re.IGNORECASE,
)
_NEGATES = re.compile(r"\b(?:no|nunca|jamás|ni|tampoco|nadie|nada|ningun[oa]s?|ningún|sin)\b", re.IGNORECASE)
_UNITS = {
    "minute": r"min(?:utos?)?",
    "hour": r"horas?",
    "day": r"días?",
    "week": r"semanas?",
    "month": r"mes(?:es)?",
    "year": r"años?",
    "visit": r"citas?|visitas?|sesión|sesiones",
    "mA-min": r"mA-min",
    "mA": r"mA|miliamperios?",
    "percent": r"por ciento|%",
    "degree F": r"grados? F",
    "person": r"personas?|pacientes?|adult[oa]s|niñ[oa]s",
    "point": r"puntos?",
}
_NUCLEI = re.compile(r"[aeiouáéíóúüy]+")
_SILENT_U = re.compile(r"(?<=[qg])u(?=[eiéí])")


def syllables(word: str, vocabulary: Vocabulary | None = None) -> int:
    """Syllables in one word; a number counts as one, as it is read at a glance."""
    if vocabulary and (known := vocabulary.syllables.get(_bare(word))):
        return known
    if vocabulary and "-" in _bare(word):
        return sum(syllables(part, vocabulary) for part in _bare(word).split("-") if part)
    return _count(word)


def _bare(word: str) -> str:
    return unicodedata.normalize("NFC", word.lower()).strip(".,-'’")


@functools.lru_cache(maxsize=50_000)  # a site has a few thousand words, and says them a hundred thousand times
def _count(word: str) -> int:
    word = _bare(word)
    if not re.search(r"[a-zà-ÿ]", word):
        return 1
    if "-" in word:
        return sum(_count(part) for part in word.split("-") if part)
    # An h between vowels parts nothing (prohi-bir), but ch is a sound of its own.
    bare = _SILENT_U.sub("", word.replace("ch", "x").replace("h", ""))
    bare = re.sub(r"y(?=[aeiouáéíóú])", "x", bare)  # a consonant (ya, mayo); else it sounds as i (muy, hay)
    return max(1, sum(_in_group(group) for group in _NUCLEI.findall(bare)))


def _in_group(vowels: str) -> int:
    """Syllables in one row of vowels: each of a, e, o and each í, ú is one of its own; i and u lean on their neighbors."""
    strong = len(re.findall("[aeoáéóíú]", vowels))
    return strong or max(1, len(vowels) - 1 if vowels in ("ii", "uu") else 1)


def inflesz(texts: Sequence[str], vocabulary: Vocabulary | None = None) -> float:
    """The score of some texts; each ends a sentence, with or without a full stop. Nothing at all is as easy as can be."""
    sentence_count = sum(len(sentences(text)) for text in texts)
    all_words = [word for text in texts for word in words(text)]
    if not all_words:
        return 100.0
    syllable_count = sum(syllables(word, vocabulary) for word in all_words)
    return 206.835 - 62.3 * syllable_count / len(all_words) - len(all_words) / max(1, sentence_count)


def level(texts: Sequence[str], vocabulary: Vocabulary) -> tuple[float, list[str]]:
    """The score of a page's texts, and what is said where it is too low."""
    score = inflesz(texts)
    # Rounded down: 69.96 is not told as 70.0.
    shown = math.floor(score * 10) / 10
    return score, [f"INFLESZ {shown:.1f} is under {LEAST:g}: use shorter words and sentences"] if score < LEAST else []


SPANISH = Tongue("es", level, FORBIDDEN, TELLS, _ORDERS_NOT, _NEGATES, _UNITS, STRETCH)
