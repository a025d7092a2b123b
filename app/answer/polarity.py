"""Polarity: whether a clause denies, which of its words it denies, and what it obliges to, permits or promises."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import permutations

from app.answer.canon import stems

NEGATION = re.compile(
    r"\b(?:not|no|never|hardly|rarely|seldom|barely|nor|neither|none|nothing|nobody|excluded|forbidden|prohibited|"
    r"nunca|jamas|tampoco|ningun\w*|"
    r"nada|"
    r"nao|nenhum\w*)\b"
)
_MARKS: Sequence[tuple[str, re.Pattern[str]]] = [
    (mark, re.compile(rf"\b(?:{pattern})\b"))
    for mark, pattern in {
        "must": r"must|required|requires?|obliged|obliges?|mandatory|obligatory|necessary|compulsory|should|at the "
        "latest|"
        r"no later than|by law|law|debe[sn]?|deberas?|obligatori\w+|necesari\w+|a mas tardar|deve|devem|devera|"
        r"necessari\w+|"
        r"no maximo ate",
        "need": r"needs?|deadline|otherwise|de lo contrario|caso contrario|have to|has to|tien\w+ que|hay que|"
        r"necesit\w+|tem que|precisa\w*|e preciso",
        "task": r"(?:have|has|needs?) to|tien\w+ que|hay que|necesitas? \w+r|tem que|precisam? \w+r|e preciso",
        "may": r"can|may|might|could|able|possible|allowed|optional|free to|pued\w+|podr\w+|posible|opcional|podem?|"
        r"podera\w*|possivel",
        "optional": r"optional|choice|if you (?:can|like|want|wish|prefer)|up to you|voluntary|opcional|si quieres|"
        "se quiser",
        "will": r"will|shall",
        "until": r"until|before|up to|unless|hasta|antes|ate",
        "after": r"once|after|as soon as|when|despues|cuando|una vez que|depois|quando|assim que|apos",
        "p:guarantee": r"guarant\w+|promis\w+|ensur\w+|assur\w+|make sure|garanti\w+|promet\w+|asegur\w+|assegur\w+",
        "p:always": r"always|every time|in (?:every|all) cases?|no matter|siempre|sempre|en todos los casos",
        "p:certain": r"definitely|certainly|surely|for sure|successful\w*|win|con certeza|seguramente|com certeza",
        "p:now": r"immediately|today|tonight|tomorrow|hoy|manana|hoje|amanha|same day|overnight",
        "p:free": r"free",
        "p:full": r"full|fully|complete amount|integral\w*|por completo",
        "p:multiple": r"double the|triple|twice the|el doble|dobro",
        "p:compensate": r"compensa\w+|indemniza\w+|indeniza\w+|goodwill|courtesy|cortesia|apolog\w+",
        "p:gift": r"gifts?|bonus\w*|presents?|rewards?|regal\w+|obsequi\w+|presentes?|brindes?|bonificac\w+",
        "p:voucher": r"vouchers?|coupons?|(?:un|um|el|o) vale|vales|cupon\w*|cupom|cupons|vale-\w+",
        "p:discount": r"discount\w*|descuent\w+|descont\w+|cashback",
        "p:credit": r"credits?|credited",
        "p:waive": r"waiv\w+|exceptions?|exempt\w*|exoner\w*|excepcion\w*|excec\w+|isent\w+",
        "p:unlimited": r"unlimited|as often as|as many as|as much as|any number|lifetime|forever|ilimitad\w+|"
        "para siempre|para sempre",
        "p:automatic": r"automatically",
        "p:person": r"personally|personalmente|pessoalmente",
        "p:refund": r"reimburs\w+|refund\w*|reembols\w+|estorn\w+|back|(?:gets?|ask for|asking for|returns?|returned|"
        r"receives?) (?:\w+ ){0,3}(?:money|amount|price|everything)|devuelt\w+|devolvid\w+",
        "unless": r"unless|except|apart from|other than|excluding|salvo|excepto|exceto|a menos",
        "p:upgrade": r"upgrad\w+|priority|express\w*|expr?ess?[ao]?|prioridad\w*|prioritari\w+",
        "p:self": r"i|i'll|i'm|let me|we will|we'll|our \w+ will|our (?:\w+ )?team|nuestro equipo|nossa equipe|"
        r"\w+remos",
        "we": r"we|us|our|nosotros|nuestr\w+|nos|noss\w+",
        "all": r"all|every|everything|everyone|everybody|entire|whole|any|always|tod[oa]s?|cualquier\w*|qualquer",
        "only": r"only|solely|exclusively|just|solo|solamente|unicamente|somente|apenas|sole",
    }.items()
]
FINITE = re.compile(
    r"\b(?:is|are|was|be|has|have|do|does|can|may|must|will|needs?|gets?|costs?|takes?|pays?|starts?|counts?|cuesta|"
    r"tarda|llega|custa|leva|chega|not|you|it|they|we|nothing|happens?|goes|stays?|keeps?|stops?|ends?|applies|"
    r"comes?|works?|"
    r"lasts?|remains?|expires?|disappears?|returns?|charges?|holds?|affects?|depends?|becomes?|moves?|arrives?|closes?|opens?|loses?|sends?|receives?|leads?|belongs?|remains?|carries|says?|"
    r"shows?|vale[nm]?|dura[nm]?|funciona[nm]?|es|son|esta|se|pued\w+|tien\w+|debe\w*|"
    r"sao|pode\w*|deve\w*|tem|voce|nao|no|never|nunca)\b"
)
SUB = re.compile(
    r"^(?:if|when|once|until|after|before|unless|as soon as|si|cuando|hasta|despues|antes|se|quando|ate|depois|"
    r"assim que)\s|"
    r"[\s,](?:if|when|once|unless|as soon as|even when|while|because|in case|as long as|provided|so that|para que|"
    r"since|si|cuando|siempre que|quando|assim que|se (?:[ao]s?|voce|nao|"
    r"houver|ele|ela))\s"
)
_LABEL = re.compile(r"^[^:]{1,40}:\s")
_IDIOM = re.compile(
    r"\bno(?:t)? later than\b|(?<=\w )you (?:do|did) not want\b|\bnot(?=-)|\bnot as \w+ed\b|\bnot only\b|"
    r"\bwhether or not\b|(?<=s )you (?:did|do|have) not\b"
)
_CONDITION = re.compile(r"^\W*(?:if|when|once|unless|as soon as|si|cuando|se|quando|assim que)\s")
_WAIT = re.compile(r"^\W*(?:wait|espera|aguarde?|espere)\b")
_WITHOUT = re.compile(r"\b(?:without|excluding|not including|minus|sin|sem)\s([^,.;:()]*)")
_WITH = re.compile(r"\b(?:with|including|includes?|plus|incluye|inclui|con|com)\s([^,.;:()]*)")
_BEFORE = re.compile(r"\b(?:before|until|hasta(?: que)?|antes (?:de|do|da)|ate(?: que)?)\s([^,.;:()]*)")
_AFTER = re.compile(
    r"\b(?:after|once|as soon as|despues de|una vez que|depois (?:de|do|da)|apos|assim que)\s([^,.;:()]*)"
)
_SCOPE = re.compile(
    r"[,;:()]|\b(?:if|when|once|unless|until|because|while|but|except|and|so|si|cuando|hasta|porque|pero|salvo|y|se|"
    r"quando|"
    r"ate|mas|exceto|e)\b"
)
_RELATIVE = re.compile(rf"(?<=[\w,]\s)(?:that|which|who|whose|que)\s(?:\w+\s){{1,3}}?{NEGATION.pattern}")


_OPPOSITES: Mapping[str, str] = {
    "en": "keep lose|accept refuse|include exclude|open close|add remove|buyer seller|guest host|sender recipient|"
    "old new|same different|enable disable|approve reject|win lose|increase reduce|public private|automatic manual|"
    "partial full|deposit withdraw|online offline|visible hidden|buy sell|lock unlock|freeze unfreeze|early late|"
    "subscribe unsubscribe|weekday weekend|above below|sent received|eater rider|owner staff|client freelancer|"
    "customer shop|fine forbid|refund keep|refund lose|open lock|keep disappear|keep delete|signin signout|start end|"
    "join leave|borrower lender|parent child|student teacher",
    "es": "comprador vendedor|incluir excluir|abrir cerrar|viejo nuevo|aceptar rechazar|comprar vender|"
    "conservar perder",
    "pt": "comprador vendedor|incluir excluir|abrir fechar|velho novo|aceitar recusar|comprar vender|manter perder",
}


@lru_cache(maxsize=8)
def opposites(locale: str) -> Mapping[str, frozenset[str]]:
    """Stems of the words that say the opposite of a stem."""
    found: dict[str, frozenset[str]] = {}
    for pair in _OPPOSITES.get(locale.split("-", maxsplit=1)[0], "").split("|"):
        for one, other in permutations(pair.split(), 2):
            for stem in stems(one, locale):
                found[stem] = found.get(stem, frozenset()) | stems(other, locale)
    return found


def denies(part: str) -> bool | None:
    """Whether the main part denies; a part after "if" or "when" may deny on its own. None for "what is not paid is"."""
    if _WAIT.match(part):
        return None
    part = _IDIOM.sub("", part)
    label = _LABEL.match(part)
    if label is not None and FINITE.search(label[0]) is None:
        part = part[label.end() :]
    cut = SUB.search(part)
    main = part
    if cut is not None and cut.start() == 0:
        main = part.partition(", ")[2]
        main = main if main and (FINITE.search(main) or _CONDITION.match(part)) else part
    elif cut is not None:
        main = part[: cut.start() + 1]
    if NEGATION.search(main) is None:
        return False
    return None if NEGATION.search(_RELATIVE.sub(" ", main)) is None else True


def negated(part: str, locale: str) -> frozenset[str]:
    """Stems of the words that a denial in the clause is about: those after it, or before it where none follow."""
    part = _IDIOM.sub("", part)
    found: frozenset[str] = frozenset()
    for denial in NEGATION.finditer(part):
        piece = _SCOPE.split(part[denial.end() :])[0]
        after = stems(piece, locale)
        if not after:
            after = stems(_SCOPE.split(part[: denial.start()])[-1], locale)
        found |= after
    return found


def with_and_without(part: str, locale: str) -> tuple[frozenset[str], frozenset[str]]:
    """Stems of what a clause says that something comes with, and of what it comes without."""
    without = [_SCOPE.split(found[1])[0] for found in _WITHOUT.finditer(part)]
    having = [_SCOPE.split(found[1])[0] for found in _WITH.finditer(_WITHOUT.sub(" ", part))]
    return stems(" ".join(having), locale), stems(" ".join(without), locale)


def before_and_after(part: str, locale: str) -> tuple[frozenset[str], frozenset[str]]:
    """Stems of what something is said to be before, and of what it is said to be after."""
    before, after = (
        stems(" ".join(_SCOPE.split(found[1])[0] for found in pattern.finditer(part)), locale)
        for pattern in (_BEFORE, _AFTER)
    )
    return before, after


def marks_of(part: str) -> frozenset[str]:
    return frozenset(mark for mark, pattern in _MARKS if pattern.search(part))
