"""How the pack tells a source, an answer and a finding: the same words on its pages, on paper and in its spreadsheet."""

from __future__ import annotations

from iontosite.content.findings import STARTS, STEPS, Claim, Finding
from iontosite.content.markdown import read_markdown
from iontosite.content.model import Content, Edition
from iontosite.content.proof_words import ProofWords
from iontosite.content.safety import SafetyRule
from iontosite.content.sources import Source
from iontosite.proof.pack import Sheet


class Teller:
    """Says things in the words of one language; raises ValueError where the language has no words for the pack."""

    def __init__(self, content: Content, edition: Edition) -> None:
        if edition.proof is None:
            raise ValueError(f"docs/{edition.code} has no proof.yml: the pack for committees needs its words")
        self.content, self.edition = content, edition
        self.proof: ProofWords = edition.proof
        self.told = edition.proof.words

    def facts(self, sheet: Sheet) -> str:
        """How many statements, lines without a source, and sources a sheet holds."""
        return self.told["facts"].format(statements=len(sheet.statements), lines=len(sheet.uncited), sources=len(sheet.sources))

    def study(self, source: Source) -> str:
        """Kind and size of a source: "Trial with two or more groups, chosen by chance, 199 people"."""
        return ", ".join(filter(None, [self.edition.strings.kinds[source.type], self.people(source.n)]))

    def short(self, source: Source) -> str:
        """Kind, size and certainty in a few words, for a list: "Trial, 199 people, moderate"."""
        sure = self.sure(source).lower()
        return ", ".join(filter(None, [self.edition.strings.kinds_short[source.type], self.people(source.n), sure]))

    def people(self, count: int | None) -> str:
        """How many people; empty where the source counts none."""
        return "" if count is None else self.told["person"] if count == 1 else f"{count:,} {self.told['people']}"

    def sure(self, source: Source) -> str:
        """How sure a source makes us, in a word."""
        return self.edition.strings.certainty[source.certainty].partition(":")[0]

    def sure_means(self, source: Source) -> str:
        """What that word means."""
        return self.edition.strings.certainty[source.certainty].partition(":")[2].strip()

    def says(self, rule: SafetyRule) -> str:
        """What a safety rule says, as readers see it: without marks of type, with numbers to call."""
        blocks = read_markdown(rule.words[self.edition.code].say)
        return self.content.filled_in(" ".join(block.text for block in blocks))

    def word(self, claim: Claim) -> str:
        """How sure we are of an answer, in a word."""
        return self.content.findings.word(claim, self.edition.code)

    def design(self, claim: Claim) -> str:
        """How an answer was studied, and the word that this starts at."""
        sure = self.content.findings.sure[self.edition.code]
        return f"{sure.designs[claim.design]} ({sure.words[STEPS[STARTS[claim.design]]].lower()})"

    def doubts(self, claim: Claim) -> list[str]:
        """Each doubt of an answer, as a sentence."""
        sure = self.content.findings.sure[self.edition.code]
        return [sure.doubts[doubt] for doubt in claim.doubts]

    def because(self, claim: Claim) -> str:
        """The reason that stands on the page, and what the word is about, where that needs saying."""
        words = claim.words[self.edition.code]
        return " ".join(filter(None, [words.because.replace("\n\n", " "), f"({words.of})" if words.of else ""]))

    def results(self, finding: Finding) -> list[str]:
        """The result of each group of a finding."""
        said = []
        for arm in finding.arms:
            label = arm.words[self.edition.code].label
            unit = "%" if finding.kind == "percent" else "" if finding.kind == "people" else f" / {finding.of:g}"
            counted = self.told["not_counted"] if arm.counted is None else self.people(arm.counted)
            said.append(f"{label}: {arm.result:g}{unit} ({counted})")
        return said
