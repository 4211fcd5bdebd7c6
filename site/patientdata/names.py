"""Names of people: after a title, after a relation, as given name with family name, and given names alone.

Each way in is a pattern that finds where a name may begin; `read_name` then reads at most eight words from there, so
the work grows with the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from patientdata import lexicon
from patientdata.hits import Hit
from patientdata.kinds import Kind
from patientdata.name_words import PARTICLES, is_given_name, read_name

TITLE = re.compile(
    r"(?<![A-Za-z\-])(?:(?P<woman>mevrouw|mevr|mvr|mw|mej|mejuffrouw|juffrouw|madame|mme|mrs|ms|mlle)"
    r"|(?P<man>meneer|menheer|mijnheer|dhr|hr|de heer|monsieur|mr)"
    r"|(?P<other>heer|heren|familie|fam|fmlie|gezin|echtpaar|patiente?|pte?|client|cliente|weduwe|wed|ex-patient))"
    r"(?![A-Za-z\-'])(?P<dot>\.?)",
    re.IGNORECASE,
)
ABBREVIATIONS = frozenset(
    {"mw", "mevr", "mvr", "mej", "dhr", "hr", "fam", "mme", "mlle", "mr", "mrs", "ms", "pt", "wed"}
)
PROFESSIONAL = re.compile(
    r"(?<![A-Za-z\-])(?:dr|drs|prof|dokter|huisarts|psychiater|psycholoog|psychologe|apotheker|neuroloog|specialist|"
    r"docteur|professor)(?![A-Za-z\-'])\.?[ ]{1,2}(?=[A-Z]|van |de )"
)
RELATION = re.compile(
    r"(?<![A-Za-z\-])(?:(?P<woman>vrouw|dochter|moeder|mama|ma|zus|zuster|zusje|oma|echtgenote|vriendin|buurvrouw|"
    r"kleindochter|nicht|tante|schoonmoeder|schoondochter|schoonzus|ex-vrouw|femme|epouse|fille|mere|soeur|voisine)"
    r"|(?P<man>man|zoon|zoontje|vader|papa|pa|broer|broertje|opa|echtgenoot|vriend|buurman|kleinzoon|neef|oom|"
    r"schoonvader|schoonzoon|zwager|ex-man|mari|epoux|fils|pere|frere|voisin)"
    r"|(?P<other>partner|ex|mantelzorger|hond|baby|compagnon|kind))(?![A-Za-z\-']),?",
    re.IGNORECASE,
)
CALLED = re.compile(
    r"(?<![A-Za-z\-])(?:genaamd|geheten|roepnaam|voornaam|achternaam|naam|heet|heette|ene|een zekere|s'appelle|nommee?|"
    r"prenom|nom)(?![A-Za-z\-'])(?: is)?:?",
    re.IGNORECASE,
)
REVERSED = re.compile(
    r"(?<![A-Za-z\-'])([A-Za-z]{3,}(?:-[A-Za-z]+)?), (?:[A-Z]\. ?){0,3}\(?(?:mevrouw|mevr|mw|meneer|dhr|de heer)\b\)?",
    re.IGNORECASE,
)
SPELLED = re.compile(
    r"[A-Za-z](?:[ .\-]{1,2}[a-z]){3,14}(?![A-Za-z])|[A-Z](?:[ .\-]{1,2}[A-Z]){3,14}(?![A-Za-z.])"
)
SCRAMBLED = re.compile(r"(?=[A-Za-z.]{0,12}[0-9*@$!|])[A-Za-z][A-Za-z0-9*@$!|]{3,20}")
WORDS = re.compile(r"(?<![A-Za-z'\-@./_])[A-Za-z]{2,}(?:-[A-Za-z]+)*(?:'s)?(?![A-Za-z'@_])")
INITIALS_NAME = re.compile(r"(?<![A-Za-z.\-])(?:[A-Z]\. ?){1,4}(?=[A-Zvd])")
SMALL_GAP = re.compile(r"[ \t]{0,3}\n?")
GREETED = re.compile(
    r"(?:\b(?:hoi|dag|beste|hallo|hey|dank|bedankt|dankjewel|dankje|merci|bonjour|salut|cher|chere|groet|groeten|groetjes|"
    r"eens met|collega|trainer|poh|docent|begeleider|met vriendelijke groet|mvg|gr)[ ,:!]{1,3}|dank je(?: wel)?[ ,]{1,2}|@)$",
    re.IGNORECASE,
)
SENTENCE_START = re.compile(r"(?:^|[.!?:;\n(\"*|>#\-]\s{0,3}'?)$")
CITED = re.compile(r"[ ,]{0,2}(?:et al|e\.a\.|\(?(?:19|20)\d\d)")
WORD_AFTER = re.compile(r"[ ]([a-z]+)")
FAMILY_AFTER = re.compile(
    r"[ ](?:(?:[Vv]an|[Dd]e|der|den|[Tt]er|[Tt]en|[Ee]l|[Aa]l|'t)[ ]){0,3}([A-Z][A-Za-z'\-]+)"
)
STRANGER = re.compile(r"[ ](?:(?:van|de|der|den|ter|ten|el|al|'t)[ ]){0,3}([A-Z][a-z'\-]{2,})(?![A-Za-z])")
THING_BEFORE = re.compile(
    r"(?<![A-Za-z])(?:de|het|een|deze|dit|die|dat|onze|ons|elke|alle|in|te|uit|naar|rond|vanuit|langs|op|wijk|buurt|straat|apotheek|groep|intervisiegroep|team|club|vereniging|gezondheidscentrum|huisartsenpraktijk|huisartsen|huisartsenpost|ronde|equipe|groupe|cabinet|maison|"
    r"ziekenhuis|kliniek|stichting|praktijk|gemeente|regio|provincie|stad|dorp|merk|middel|app|site|website|module|les|"
    r"podcast|boek|film|programma|via|volgens|cursus|training|project|standaard|richtlijn|afdeling|poli|firma|au|aux|a|le|la|les|un|une|du|des|"
    r"chez|pharmacie|hopital|clinique|ville|commune|quartier|selon|the|of|and|for|to|[ld]')[ ]?[\"']?$",
    re.IGNORECASE,
)
THING = re.compile(
    r"(?:zorg|kliniek|klinieken|centrum|huis|groep|praktijk|apotheek|stichting|instituut|bond|fonds|dienst|school|wijk|buurt|"
    r"straat|laan|plein|park|dorp|stad|weg|poli|post|punt|lijn|platform|akkoord|wet|standaard|richtlijn|methode|model|"
    r"schaal|score|lijst|dag|week|pam|lam|pine|line|done|ide|isch|ische|ing|ingen|heid|teit|ismes?|logie|schap|boek|blad)$",
    re.IGNORECASE,
)
ABSTRACT = re.compile(r"(?:heid|ing|ingen|en|ie|isme|teit|sel|schap|s|age|tion|ment)$")
PARTICLES_BEFORE = re.compile(
    r"(?<![A-Za-z])(?:(?P<strong>van (?:der|den|'t|het)|ter|ten|ait|el|vd|v\.d\.|ould)|van de|de|van|in 't|op de|uit de) $",
    re.IGNORECASE,
)
VERBS = lexicon.words("person_verbs")


def find(text: str) -> Iterator[Hit]:
    """Yield names in a folded text."""
    yield from _titled(text)
    yield from _related(text)
    yield from _told(text)
    yield from _with_initials(text)
    yield from _in_running_text(text)


def _titled(text: str) -> Iterator[Hit]:
    for match in TITLE.finditer(text):
        gap = SMALL_GAP.match(text, match.end())
        start = gap.end() if gap else match.end()
        if match["dot"] and match[0][:-1].lower() not in ABBREVIATIONS:
            continue
        if start == match.end() and not match["dot"]:
            continue
        clue = next((who for who in ("woman", "man") if match[who]), "")
        hit = _after_title(text, start, match, clue)
        if hit:
            yield hit


def _after_title(text: str, start: int, title: re.Match[str], clue: str) -> Hit | None:
    disguised = None if title["other"] else SPELLED.match(text, start) or SCRAMBLED.match(text, start)
    if disguised:
        return Hit(Kind.NAME, title.start(), disguised.end(), False, clue)
    name = read_name(text, start, titled=True, after_dot=bool(title["dot"]))
    if name is None or (title["other"] and not name.certain and text[name.start].islower()):
        return None
    return Hit(Kind.NAME, title.start(), name.end, name.certain, clue)


def _related(text: str) -> Iterator[Hit]:
    for match in RELATION.finditer(text):
        name = read_name(text, match.end() + 1) if text[match.end() : match.end() + 1] == " " else None
        if name:
            yield Hit(
                Kind.NAME,
                name.start,
                name.end,
                name.certain,
                "woman" if match["woman"] else "man" if match["man"] else "",
            )
        else:
            yield from _unknown_capital(text, match.end() + 1, match.end())


def _unknown_capital(text: str, start: int, end: int) -> Iterator[Hit]:
    """Yield a capitalised word right after a relation (`zoon Jurrian`), if it is no ordinary word."""
    word = WORDS.match(text, start)
    if word and text[end : end + 1] == " " and is_unknown(word[0]):
        yield Hit(Kind.NAME, word.start(), word.end(), False)


def _told(text: str) -> Iterator[Hit]:
    for pattern in (CALLED, PROFESSIONAL):
        for match in pattern.finditer(text):
            gap = SMALL_GAP.match(text, match.end())
            name = read_name(text, gap.end() if gap else match.end())
            if name:
                yield Hit(Kind.NAME, name.start, name.end, False)
            elif gap and (word := WORDS.match(text, gap.end())) and is_unknown(word[0]):
                yield Hit(Kind.NAME, word.start(), word.end(), False)
    for match in REVERSED.finditer(text):
        low = match[1].lower()
        if low not in lexicon.common() and (
            match[1][0].isupper() or is_given_name(low) or low in lexicon.last_names()
        ):
            yield Hit(Kind.NAME, match.start(), match.end(), False)


def _with_initials(text: str) -> Iterator[Hit]:
    for match in INITIALS_NAME.finditer(text):
        name = read_name(text, match.start())
        if name and name.end > match.end() and not CITED.match(text, name.end):
            yield Hit(Kind.NAME, name.start, name.end, name.certain)


def _in_running_text(text: str) -> Iterator[Hit]:
    """Yield names without a title: from the lists, or by the company they keep."""
    passed = 0
    for match in WORDS.finditer(text):
        if match.start() < passed:
            continue
        passed = lexicon.allowed_phrase_end(text, match.start(), match[0])
        hit = _bare(text, match) if not passed else None
        if hit:
            passed = hit.end
            yield hit


def _bare(text: str, match: re.Match[str]) -> Hit | None:
    low = match[0].lower()
    if low in lexicon.allowed():
        return None
    if is_given_name(low) and low not in lexicon.towns():
        return _given(text, match)
    if low in lexicon.first_names() and low in lexicon.common():
        return _ambiguous(text, match)
    return _by_company(text, match) if is_unknown(match[0]) else None


def _given(text: str, match: re.Match[str]) -> Hit | None:
    """Judge a word from the lists of given names, with the family name after it if there is one."""
    name = read_name(text, match.start())
    if name is None:
        return None
    if name.end > match.end():
        return Hit(Kind.NAME, name.start, name.end, True)
    if match[0].isupper() and len(match[0]) < 5:
        return None
    if among_colleagues(text, match.start(), match.end()):
        return None
    return Hit(Kind.NAME, match.start(), match.end(), False)


def _ambiguous(text: str, match: re.Match[str]) -> Hit | None:
    """Judge a given name that is an ordinary word too (Roos, Mees, Bas): by what it does and what stands before it."""
    follows = WORD_AFTER.match(text, match.end())
    family = FAMILY_AFTER.match(text, match.end()) if match[0][0].isupper() else None
    if family and family[1].lower() in lexicon.last_names():
        return Hit(Kind.NAME, match.start(), family.end(), False)
    before = text[max(0, match.start() - 30) : match.start()]
    opens = SENTENCE_START.search(before) is not None
    acts = follows is not None and follows[1] in VERBS and (opens or match[0][0].isupper())
    named = match[0].istitle() and not opens and not THING_BEFORE.search(before)
    if acts or (named and not among_colleagues(text, match.start(), match.end())):
        return Hit(Kind.NAME, match.start(), match.end(), False)
    return None


def _by_company(text: str, match: re.Match[str]) -> Hit | None:
    """Judge a capitalised word that is on no list of words: family names, and strangers beside them or beside a verb."""
    before = text[max(0, match.start() - 30) : match.start()]
    particles = PARTICLES_BEFORE.search(before)
    start = match.start() - len(particles[0]) if particles else match.start()
    if CITED.match(text, match.end()) or lexicon.is_allowed(text[start : match.end()]):
        return None
    if is_family_name(match[0].lower()) or (particles and particles["strong"]):
        return Hit(Kind.NAME, start, match.end(), False)
    opens = SENTENCE_START.search(before) is not None
    family = FAMILY_AFTER.match(text, match.end())
    if family and _fits(family[1].lower(), opens) and not lexicon.is_allowed(text[start : family.end()]):
        return Hit(Kind.NAME, match.start(), family.end(), False)
    if _among_people(text, match, before, opens=opens):
        return Hit(Kind.NAME, match.start(), _through_stranger(text, match.end()), False)
    return None


def _among_people(text: str, match: re.Match[str], before: str, *, opens: bool) -> bool:
    """Say whether an unknown capitalised word stands where a person would: no article or place word before it."""
    follows = WORD_AFTER.match(text, match.end())
    if opens:
        return follows is not None and follows[1] in VERBS and not ABSTRACT.search(match[0])
    if THING_BEFORE.search(before) or THING.search(match[0]):
        return False
    return text[match.end() : match.end() + 1] not in {"-", "/"} and not among_colleagues(
        text, match.start(), match.end()
    )


def _through_stranger(text: str, end: int) -> int:
    """Return the end of the unknown family name that may follow."""
    family = STRANGER.match(text, end)
    return family.end() if family and is_unknown(family[1]) else end


def _fits(low: str, opens: bool) -> bool:
    """Say whether this word may be the family name after an unknown given name; at a sentence's start more is asked."""
    return low in lexicon.last_names() and not (opens and low in lexicon.common())


def is_unknown(word: str) -> bool:
    """Say whether a capitalised word is on none of the lists of ordinary words, towns and allowed names."""
    low = word.lower().removesuffix("'s")
    ordinary = (
        low in lexicon.common() or low in lexicon.towns() or low in lexicon.allowed() or low in PARTICLES
    )
    return (
        word[0].isupper()
        and word[1:2].islower()
        and word[1:].lower() == word[1:]
        and len(low) > 2
        and not ordinary
    )


def is_family_name(low: str) -> bool:
    """Say whether a word is on a list of family names."""
    return any(part in lexicon.last_names() for part in (low, low.removesuffix("'s")))


def among_colleagues(text: str, start: int, end: int) -> bool:
    """Say whether a given name greets, thanks or signs: members call each other by name."""
    before = text[max(0, start - 30) : start]
    if GREETED.search(before):
        return True
    after = text[end : end + 1]
    if after == ":" and (not before or SENTENCE_START.search(before)):
        return True
    alone = before == "" or before.endswith("\n")
    return (alone or before.endswith(", ")) and after in {"", "\n", ".", "!", "?", ","}
