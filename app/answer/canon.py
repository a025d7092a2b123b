"""Canon: sentences that say the same in other words, made alike, so that they can be compared."""

import re
from collections.abc import Mapping, Sequence

from app.answer.synonyms import synonyms
from ingest.lexical import fold, tokenizer

_DIGITS: Mapping[str, str] = {
    word: str(value)
    for value, words in {
        1: "one", 2: "two dos dois duas", 3: "three tres", 4: "four cuatro quatro", 5: "five cinco", 6: "six seis",
        7: "seven siete sete", 8: "eight ocho oito", 9: "nine nueve nove", 10: "ten diez dez", 11: "eleven once_ onze",
        12: "twelve doce doze", 13: "thirteen trece treze", 14: "fourteen catorce quatorze", 15: "fifteen quince "
            "quinze",
        16: "sixteen", 17: "seventeen", 18: "eighteen", 19: "nineteen", 20: "twenty veinte vinte",
        24: "veinticuatro", 30: "thirty treinta trinta", 40: "forty cuarenta quarenta", 45: "", 48: "",
        50: "fifty cincuenta cinquenta", 60: "sixty sesenta sessenta", 70: "seventy setenta",
        80: "eighty ochenta oitenta", 90: "ninety noventa", 100: "hundred cien cem", 1000: "thousand",
    }.items()
    for word in words.split()
}  # fmt: skip
_TENS = re.compile(
    r"\b(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-(one|two|three|four|five|six|seven|eight|nine)\b"
)
_IN_THE, _SO = re.compile(r"\bno\b"), re.compile(r"\bso\b")
_DIGIT_WORD = re.compile(rf"\b(?:{'|'.join(_DIGITS)})\b")
_FUNCTION = frozenset(
    "the a an of to in on at for and or but is are be been being was were am i my me we us our you your yours it its "
    "they them their he she his her this that these those there here with from by as if when once than then so also "
    "do does did done has have had having can could may might must shall should will would need needs needed required "
    "able not no never none nor cannot neither nothing nobody only just up after before until within during while "
    "because which who whom whose what where how any some each every all both either other still already even more "
    "less most least about into onto out off over under again very too yes please per between among since though "
    "although unless whether instead however otherwise usually normally simply always often soon now next yet another "
    "re ll ve used receive receives received happen happens happened occur occurs put puts place placed want wants wish "
    "anything everything something everybody everyone anybody anyone somebody someone entire whole around roughly "
    "approximately exactly case cases thing things own time somewhere merely without during upon via okay "
    "same yourself rather apply applies possible available longer anymore automatically immediately cost costs cuesta "
    "cuestan custa custam tarda tardan leva levam "
    "use uses using get gets got give gives given take takes make makes made go goes come comes let lets hacer hace "
    "hacen falta faz fazer "
    "el la los las un una unos unas de del al en y e o u que es son ser fue esta estan estar mi tu su sus tus me te se "
    "lo le les nos nuestro nuestra con por para ni si cuando como mas menos muy ya pero porque este estos estas "
    "ese esa eso hay ha han puede pueden puedes debe deben debes tienes tiene hasta desde despues antes dentro solo "
    "posible disponible possivel disponivel cada todo toda todos todas otro otra aun nunca entre tras segun mientras "
    "aunque ademas donde quien siempre "
    "os as um uma uns umas do da dos das na nas em ao aos ou sao foi meu minha seu sua seus suas voce nosso nossa com "
    "nao nem quando muito ja mas isso esse essa pode podem deve devem precisa tem ate depois tudo outra ainda so "
    "pelo pela pelos pelas apos conforme enquanto embora onde quem sempre assim".split()
)
_CANON: Sequence[tuple[re.Pattern[str], str]] = [
    (re.compile(pattern), put)
    for pattern, put in (
        (r"\b(?:can't|cannot|unable to|not possible|impossible|no es posible|nao e possivel)", "can not"),
        (r"\bwon't\b", "will not"),
        (r"n't\b", " not"),
        (r"\b(?:sign|log)(?:ed|ged|ing|ging|s)?[ -]?in\b", "signin"),
        (r"\b(?:sign|log)(?:ed|ged|ing|ging|s)?[ -]?(?:you |them |everyone |people )?out\b", "signout"),
        (r"\b(?:switch|turn)(?:ed|ing|es|s)?(?: it| them)? off\b", "disable"),
        (r"\b(?:switch|turn)(?:ed|ing|es|s)?(?: it| them)? on\b", "enable"),
        (r"^(\w+ nothing), and\b", r"if you \1,"),
        (r"\bno (\w+) means\b", r"without \1"),
        (r"\bharmless\b", "no harm"),
        (r"\b(?:forbidden|prohibited|banned|not permitted)\b", "not allowed"),
        (r"\bexcluded\b", "not included"),
        (r"\b(is|are|was|were|be|been|get|gets|being) (?:\w+ly )?(?:refused|rejected|declined)\b", r"\1 not accepted"),
        (r"\b(?:fails?|failed) to\b", "not"),
        (r"\bturn(s|ed)? (?:it |them )?down\b|\bsa(?:y|ys|ying|id) no to\b", "decline"),
        (r"\btak(?:e|es|en|ing) (?:it |them )?down\b", "delete"),
        (r"\bmoney back\b|\bpaid back\b", "refund"),
        (r"\b(?:costs? (?:you )?nothing|(?:you )?pay nothing|"
         r"at no cost|complimentary|without charge|no charge)\b", "free"),
        (r"\b(within|in|takes?|after|for|lasts?|about|than|until|every|up to) an? (?=(?:minute|hour|day|week|month|"
            r"year)\b)",
         r"\1 1 "),
        (r"\ban? (?=(?:minute|hour|day|week|month|year) (?:later|before|earlier|after))", "1 "),
        (r"\bfree of charge\b|\bfor free\b|\bgratis\b|\bgratuit\w+", "free"),
        (r"\b(?:at |with)?(?:no|without|sin|sem)(?: an?y?| has| tiene| tem| ningun| nenhum)?(?: extra|"
         r" additional)? (?:fees?|costs?|charges?|penalt(?:y|ies)|costos?|"
         r"custos?|cargos?|taxas?)\b(?: adiciona\w+)?", "free"),
        (r"\b(?:no|without) interest\b", "interest free"),
        (r"\b(?:at once|right away|straight ?away|on the spot|in an instant|instantly|immediate\w*|"
            r"(?:de )?inmediat\w+|imediat\w+|na hora|"
         r"enseguida|al instante)", "immediately"),
        (r"\b(?:by itself|on its own|by themselves|por si sol[oa]s?|sozinh[oa]s?|automatic\w+)", "automatically"),
        (r"\bas long as\b", "if"),
        (r"\bwith (?:no|none of)\b|\bsin\b|\bsem\b", "without"),
        (r"(^|\b(?:the|a|your|each) )second(?= \w)", r"\g<1>2nd"),
        (r"\bthe third(?= \w)", "the 3rd"),
        (r"\bthe fourth\b", "the 4th"),
        (r"\bthe fifth\b", "the 5th"),
        (r"\btwice\b", "2 times"),
        (r"\bonce\b(?=\s(?:an?|per|each|every|in|within|more)\b|\s*[.,;]|$)", "1 times"),
        (r"\b1 time\b|\b(?:1|una?|uma) (?:sola )?(?:vez|vez so)\b", "once"),
        (r"\b(?:working|week) ?days?\b", "business days"),
        (r"\b(?:send|sent|sending|give|given) back\b", "return"),
        (r"\b(?:send|sent) ((?:\w+ ){1,3})back\b", r"return \1"),
        (r"\b(?:maximum(?: of)?|at most|(?:no|not)(?: be| take| cost| exceed)? more than|(?:may|must|can) not exceed|"
            r"limited to|capped at)", "up to"),
        (r"\b(?:no|not) less than\b|\ba minimum of\b", "at least"),
        (r"\b(?:un|una|um|uma) (?=(?:dia|hora|semana|mes|ano)\b)", "1 "),
        (r"\be-mails?\b", "email"),
    )
]  # fmt: skip
_IRREGULAR: Mapping[str, str] = {
    form: verb
    for verb, form in (pair.split() for pair in (
        "buy bought|sell sold|send sent|pay paid|keep kept|hold held|withhold withheld|lead led|find found|tell told|"
        "choose chosen|write written|break broken|steal stolen|bring brought|begin begun|leave left|undo undone|"
        "lose lost|spend spent|show shown|hide hidden|draw drawn|mean meant|meet met|build built|know known|"
        "see seen|say said|pick picked|withdraw withdrawn|withdraw withdrew|choose chose|break broke|forget forgotten"
    ).split("|"))
}  # fmt: skip
_IRREGULAR_FORM = re.compile(rf"\b(?:{'|'.join(_IRREGULAR)})\b")
_LETTERS = re.compile(r"[a-z]+")


def canonical(text: str, locale: str) -> str:
    """Folded, numbers in digits, and phrasings that say the same made one."""
    folded = fold(text).replace("’", "'")
    if locale.startswith("pt"):
        folded = _SO.sub("somente", _IN_THE.sub("em", folded))
    folded = _TENS.sub(lambda found: str(int(_DIGITS[found[1]]) + int(_DIGITS[found[2]])), folded)
    folded = _DIGIT_WORD.sub(lambda found: _DIGITS[found[0]], folded)
    folded = _IRREGULAR_FORM.sub(lambda found: _IRREGULAR[found[0]], folded)
    for pattern, put in _CANON:
        folded = pattern.sub(put, folded)
    return " ".join(folded.split())


def stems(folded: str, locale: str) -> frozenset[str]:
    """Stems of the words with a meaning of their own."""
    words = [word for word in _LETTERS.findall(folded) if len(word) > 1 and word not in _FUNCTION]
    same = synonyms(locale)
    return frozenset(same.get(word, word) for word in tokenizer(locale)(" ".join(words)))
