"""Small talk: greetings, thanks, farewells and chit-chat, told by phrases in three languages.

What is left of a message without such phrases must be words that carry no question.
"""

import re
from collections.abc import Sequence
from typing import Literal

from ingest.lexical import fold

SmallTalk = Literal["", "greeting", "thanks", "farewell", "chat"]
MAX_FILLERS = 7

_GREETING = (
    r"h+i+|he+y+|hello+|hel+o|hiya|howdy|yo|hy|hai|hlo|(?:a )?(?:very )?good (?:morning|afternoon|evening|day)|greetings|"
    r"hola+s?|buen(?:os|as)? (?:dias?|tardes|noches)|buenas|que tal|"
    r"oi+e?|ola+|bo[am] (?:dia|tarde|noite)|e ai|opa|salve"
)
_THANKS = (
    r"(?:ok(?:ay)? |great |perfect |cool )?(?:thanks?(?: you)?(?: so much| very much| a lot)?|thank u|thanx|thx|tnx|ty|tysm|"
    r"cheers|much appreciated|(?:i )?appreciate (?:it|that|your help|the help)|(?:muchas |mil )?gracias|te agradezco|"
    r"(?:muito )?obrigad[oa]|valeu|vlw|brigad[oa]|agradec(?:id[oa]|o))"
    r"(?: so much| a lot| for (?:the|your|all the|all your) help| for helping| pela ajuda| por la ayuda| por todo|"
    r" por tudo| mate)?"
)
_FAREWELL = (
    r"bye+(?: ?bye)?|good ?(?:bye|night)|see (?:you|ya)(?: later| soon)?|cya|take care|"
    r"have a (?:nice|good|great|lovely) (?:day|one|evening|weekend|week|night)|"
    r"adios|hasta (?:luego|pronto|manana)|nos vemos|chau|chao|que tengas? (?:un )?(?:buen|lindo) (?:dia|fin de semana)|"
    r"tchau|ate (?:logo|mais|breve|amanha)|fica com deus|bom (?:fim de semana|descanso|final de semana)"
)
_ASSENT = (
    r"o+k+(?:ay|ey)?|k+|alright|all right|all good|sure|great|perfect|cool|nice|awesome|amazing|got it|understood|fine|"
    r"lo+l|lmao|(?:ha){2,}h?|(?:he){2,}|hm+|wow|yes|yep|yeah|no|nope|never ?mind|nvm|that(?:'s| is) (?:all|it|fine|great)|"
    r"that (?:helps?(?: a lot)?|helped|did it|works?|worked)|it works?(?: now)?|solved|"
    r"vale|listo|perfecto|entendido|genial|claro|si|bueno|(?:ja){2,}j?|dale|todo bien|"
    r"sim|nao|beleza|blz|entendi|perfeito|certo|legal|show|(?:rs)+|tranquilo|resolveu|deu certo|era isso|so isso"
)
_CHAT = (
    r"how (?:are|r) (?:you|u|ya)(?: doing| all)?|how(?:'s| is) it going|how(?:'s| is) your day|what'?s up|wassup|sup|"
    r"how do you do|nice to meet you|who are you|what are you|what(?:'s| is) your name|what can you do|"
    r"are you (?:a |an )?(?:bot|robot|human|ai|real person|real|machine|there)|"
    r"how can you help(?: me)?|can you help(?: me)?|help(?: me)?|i need help|i have a question|test(?:ing)?|"
    r"tell me a joke|i love (?:you|u)|do you (?:love|like) me|are you single|good bot|"
    r"(?:you|u)(?:'re| are|r| r)? (?:(?:actually|really|so|very|pretty|super) )*"
    r"(?:great|awesome|the best|funny|smart|cute|nice|helpful|kind|amazing)|"
    r"happy (?:birthday|new year|holidays|thanksgiving|easter|diwali|friday)|merry christmas|"
    r"como (?:estas?|andas|va|te va)|quien eres|eres (?:un (?:bot|robot|amor|genio|crack)|una maquina|muy amable|genial|lo maximo)|"
    r"como te llamas|que puedes hacer|(?:me )?puedes ayudar(?:me)?|ayuda|necesito ayuda|tengo una (?:pregunta|duda)|"
    r"feliz (?:navidad|ano(?: nuevo)?|dia|cumpleanos)|"
    r"(?:tudo|td) (?:bem|bom|certo)|como vai(?: voces?)?|quem e voce|voce e (?:um (?:bot|robo|amor|anjo)|uma maquina|demais|otim[oa])|"
    r"qual (?:e )?(?:o )?seu nome|(?:voce )?pode (?:me )?ajudar|ajuda|preciso de ajuda|tenho uma (?:pergunta|duvida)|"
    r"feliz (?:natal|ano novo|aniversario)"
)
_PHRASE = re.compile(rf"\b(?:{_CHAT}|{_THANKS}|{_FAREWELL}|{_GREETING}|{_ASSENT})(?!\w)")
_KINDS: tuple[tuple[SmallTalk, re.Pattern[str]], ...] = (
    ("farewell", re.compile(rf"\b(?:{_FAREWELL})(?!\w)")),
    ("thanks", re.compile(rf"\b(?:{_THANKS})(?!\w)")),
)
_OPENING = re.compile(rf"^(?:{_GREETING})\b")
_BEGINNING = re.compile(
    rf"(?:(?:{_GREETING})(?: (?:there|all|again|team|guys|everyone|a todos|pessoal|gente))?(?!\S)[ ,.!]*)+"
)
_ENDING = re.compile(
    rf"(?<!\S)(?:(?:{_THANKS})(?: (?:in advance|all|guys|team|de antemano|desde ya|desde ja))?(?!\S)[ ,.!]*)+$"
)
_FILLERS = frozenset(
    "there all everyone everybody folks guys team bot baton sir madam mam ma'am bro dude dear again friend mate buddy man "
    "please pls plz so much very really just well oh ah and for to you u your you're me my the a it that this is was i i'm "
    "too now today then then guys also lots of too help day night morning "
    "amigo amiga amigos a todos todas equipo de verdad muy mucho muchas tu tus usted por favor y con que buen buena un una "
    "gente pessoal galera demais mesmo viu ta ne muito muita voce voces vc vcs pra por e um uma tambem ai deus com "
    "querida querido".split()
)
_SYMBOLS = re.compile(r"[^\w\s']+", re.UNICODE)


def smalltalk(text: str) -> SmallTalk:
    """What kind of small talk a message is; empty for everything else."""
    folded = " ".join(_SYMBOLS.sub(" ", fold(text).replace("’", "'")).split()).strip(" '")
    if not folded:
        return ""
    rest, phrases = _PHRASE.subn(" ", folded)
    left = rest.split()
    if not phrases or len(left) > MAX_FILLERS or any(word not in _FILLERS for word in left):
        return ""
    for kind, pattern in _KINDS:
        if pattern.search(folded):
            return kind
    return "greeting" if _OPENING.match(folded) else "chat"


def polite_ends(words: Sequence[str]) -> tuple[int, int]:
    """Where greetings end and thanks begin, of the words and marks of a message in plain small letters."""
    said = " ".join(words)
    begin, end = _BEGINNING.match(said), _ENDING.search(said)
    return (
        len(said[: begin.end()].split()) if begin else 0,
        len(said[: end.start()].split()) if end else len(words),
    )
