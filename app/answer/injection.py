"""Injection: messages that try to give the assistant orders, in English, Spanish and Portuguese.

A message is scored by what it holds: orders to drop instructions, to show them, to be somebody else, to bend the shape
of the answer; forged turns, tools and delimiters; hidden or encoded text; tasks for an assistant of another kind. The
weights were set by hand on the half of ``adversarial/injection.jsonl`` whose id hashes below 128 (sha256, first byte);
0.8 is one strong sign or two weak ones.
"""

import math
import re
import unicodedata

from ingest.lexical import fold

THRESHOLD = 0.5
"""Score from which a message is taken for an order to the assistant."""
MAX_CHARS = 4000
"""Characters from the front, and as many from the end, that are read: orders stand at the ends of long texts."""

_RULES = (
    r"(?:instruct\w+|instruccion\w*|instruco\w*|orders|ordenes|ordens|rules?|reglas|regras|prompts?|guidelines?|directives?|directrices|"
    r"diretrizes|directions?|programming|programacion|programacao|restrictions?|restricciones|restricoes|constraints?|safeguards?|filters?|filtros?|policies)"
)
_BEFORE = (
    r"(?:previous\w*|preceding|prior|above|earlier|all|any|every|your|these|those|the|initial|original|system|hidden|secret|internal|given|"
    r"anterior(?:es)?|previ[ao]s|tod[ao]s|tus?|sus?|seu|sua|seus|suas|as|os|las|los|de arriba|acima)"
)
_DROP = (
    r"(?:ignor\w*|disregard\w*|forget|forgotten|override|overrule|bypass|neglect|abandon|do not (?:listen to|follow|obey)|don'?t (?:listen to|follow|obey)|"
    r"stop following|olvid\w+|omit[aeir]\w*|desobedec\w+|no (?:sigas|hagas caso)|esquec\w+|desconsider\w+|desobede\w+|nao siga)"
)
_SHOW = (
    r"(?:repeat|print|output|reveal|show|display|disclose|leak|expose|dump|list|recite|echo|spell|give me|tell me|write|translate|summari[sz]e|return|export|"
    r"revela\w*|muestra\w*|muestre|repite|repita|imprim\w+|dime|mostr[ae]\w*|revele|exib\w+|diga|escrev\w+|copia\w*)"
)
_SECRETS = (
    r"(?:instruct\w+|instruccion\w*|instruco\w*|prompts?|directives?|directrices|diretrizes|programming|programacion|programacao|guidelines?|"
    r"system message|configuration|source code|api keys?|credentials)\b(?! (?:on|for|about|how|regarding|to (?:return|ship|pack|send)|para|sobre|de (?:devol|env|uso|embal)))"
)
_ANSWER = r"(?:respon[sd]\w*|repl(?:y|ies)|answers?|messages?|outputs?|elucidation|implementation|explanation|solution|codebase|respuesta|resposta)"
_SHAPE = (
    r"(?:add|include|insert|append|prepend|integrate|embed|incorporat\w+|introduce|modify|augment|enhance|alter|adjust|replace|substitute|convert|"
    r"scramble|jumble|rearrange|reverse|misspell|anagram|remove|strip|group|combine|render|encode|encrypt|provide|supply|give|deliver|write|format|use|employ|"
    r"begin|start|end|finish|tease|suggest|anade|agrega|incluye|termina|empieza|adicione|inclua|insira|termine|comece)"
)
_SIGNS: tuple[tuple[float, re.Pattern[str]], ...] = tuple(
    (weight, re.compile(pattern, re.MULTILINE))
    for weight, pattern in (
        # Orders about its orders
        (
            2.2,
            rf"\b{_DROP}\b[^.\n]{{0,24}}\b{_BEFORE}\b[^.\n]{{0,40}}\b{_RULES}\b(?! (?:on|from|in|of|inside|that came with) (?:the|a|my|your package)\b)",
        ),
        (
            1.6,
            rf"\b{_DROP}\b[^.\n]{{0,16}}\b(?:everything|anything|all|todo|tudo|what)\b[^.\n]{{0,24}}\b(?:above|before|previous|told|said|learned|antes|acima|anterior)\b",
        ),
        (1.6, r"\b(?:do not|don'?t) (?:listen|pay attention|adhere)\b[^.\n]{0,20}\b(?:previous|any|prior|the above)\b"),
        (
            2.0,
            rf"\b{_SHOW}\b[^.?\n]{{0,28}}\b(?:your|the above|above|previous|prior|initial|original|system|hidden|secret|internal|developer|tus?|sus?|seu|sua|seus|suas|del sistema|do sistema)\b[^.?\n]{{0,24}}\b{_SECRETS}",
        ),
        (
            1.2,
            rf"\b{_SHOW}\b[^.?\n]{{0,20}}\b(?:the |all )?instructions (?:given|so far|you|formatted|as|in|to me|above)\b|\boutput previous\b",
        ),
        (
            1.4,
            r"\b(?:what|which|cuales|quais|que) (?:is|are|was|were|es|son|sao)\b[^.?\n]{0,12}\b(?:your|tus?|sus?|suas?|seus?)\b[^.?\n]{0,14}\b(?:system prompt|prompt|initial instructions|instrucciones|instrucoes|hidden instructions)\b",
        ),
        (
            1.4,
            r"\b(?:system prompt|prompt injection|prompt del sistema|prompt do sistema|repeat your prompt|instructions so far|safety guidelines off)\b",
        ),
        (
            1.2,
            r"\b(?:secret|hidden|gandalf'?s?)\b[^.\n]{0,16}\b(?:password|word|key|code phrase|passphrase)\b|\bwhat is the (?:secret )?password\b|\btold you not to (?:reveal|say|share|tell)\b|\bsharing passwords\b",
        ),
        (
            1.2,
            r"\b(?:as an ai\b[^.\n]{0,24}\bprogrammed|ai without (?:ethics|rules|limits)|without (?:any )?(?:ethical|moral) (?:guidelines|restrictions|limits)|no longer bound|unlimited ai|what you cannot give)\b",
        ),
        # Somebody else
        (
            1.6,
            r"\b(?:dan|stan|dude|aim|apophis|developer|god|jailbreak|debug|admin\w*|maintenance|sudo|desarrollador|desenvolvedor|dios|deus) mode\b|\bmod[oe] (?:dan|desarrollador|desenvolvedor|dios|deus|admin\w*|debug|jailbreak)\b|\bdo anything now\b",
        ),
        (1.6, r"\b(?:agent|ateng|called|act as|named|soy|you are|eres|voce e) dan\b|\bdan can\b|\bjailbroken\b"),
        (
            1.0,
            r"\b(?:from now on|from now known|henceforth|starting now|de ahora en adelante|a partir de (?:ahora|agora)|desde ahora|de agora em diante|daqui (?:pra|para) frente)\b[^.\n]{0,30}\b(?:you|your|tu|eres|seras|usted|responde\w*|voce|sera|act\w*|finja|as)\b",
        ),
        (
            0.9,
            r"\b(?:you are|you're|you will be|you shall be|eres|seras|voce (?:e|sera)|tu es) (?:now|no longer|going to act|being turned|ahora|agora|special|the electronic|an? unrestricted|an? evil|not an? (?:assistant|bot|ai))\b|\b(?:ahora eres|agora voce e|ya no eres|voce nao e mais|you are written to)\b",
        ),
        (
            0.9,
            r"(?:^|[.!?\n]\s*|\b(?:please|and|then|now|you must|y|e) )(?:act as (?:an? |if |my |though )|pretend (?:to be|you are|you're|to have)|role-?play as|simulate (?:an?|being)|impersonate|behave (?:like|as)|reply as|respond as|answer as if|actua como|finge (?:ser|que)|haz de cuenta|comportate como|aja como|finja (?:ser|que)|faca de conta|comporte-se como)",
        ),
        (
            0.8,
            r"\b(?:you (?:must|have to|will|shall) (?:obey|comply|describe|ignore|always|reply|answer|respond|say)|obey all|debes obedecer|voce deve obedecer|initiate all orders|override (?:the )?(?:restrictions|safety)|avoid detection|no restrictions|sin restricciones|sem restricoes|not (?:restricted|limited) (?:to|by))\b",
        ),
        # The shape of the answer
        (1.5, rf"(?:^|[.!?:\n]\s*){_SHAPE}\b[^\n]{{0,120}}\b(?:your|tu|su|sua|a tua)\b[^.\n]{{0,16}}\b{_ANSWER}"),
        (
            1.5,
            rf"^\W*in your {_ANSWER},|\b(?:en|em) (?:tu|su|sua) (?:respuesta|resposta),? (?:incluye|agrega|pon|inclua|adicione|coloque)\b",
        ),
        (
            1.3,
            rf"\b(?:begin|start|end|finish|preface|empieza|termina|comece|termine)\b[^.\n]{{0,12}}\b(?:your |the |tu |sua )?{_ANSWER}\b[^.\n]{{0,10}}\b(?:with|by|con|com)\b|\b(?:confirm by (?:saying|repeating)|say \w+ \d+ times?|respond with (?:list|only|yes)|right after you say|one character at a time|character at the time)\b",
        ),
        (
            1.3,
            r"\b(?:following|subsequent|below) code (?:snippet|section|block|excerpt|segment)\b|\bcode (?:snippet|section|block|excerpt) (?:in|into|within|somewhere)\b",
        ),
        (
            1.2,
            r"\b(?:homophonic|alphanumeric) substitution\b|\b(?:random|intentional) (?:typos|misspellings)\b|\b(?:untrue|fake|false) headline\b|\banagram\w*\b[^.\n]{0,30}\b(?:reply|response|answer|words)\b|\breplace (?:letters|vowels|every)\b|\buse numbers for\b",
        ),
        # Forged turns, tools and delimiters
        (
            1.8,
            r"<\|?/?(?:im_start|im_end|system|endoftext|assistant|user|instructions?)\b[^>\n]{0,20}\|?>|\[/?(?:inst|system|sys)\]|<</?sys>>|\{\s*\"?system\"?\s*:|^\s*(?:#+\s*)?(?:system|assistant|developer|sistema)\s*(?:prompt|message|note|override)?\s*:",
        ),
        (
            1.5,
            r"\"(?:role|tool|tool_calls?|function|function_call|action|arguments)\"\s*:|\btool_calls?\b|\bfunction_call\b|<(?:tool|function)[_a-z]*>|%%%|={3,} ?end|-{3,} ?(?:end|begin|new) (?:of )?(?:user|system|prompt|instruct\w+|input)",
        ),
        (1.2, r"\b(?:os\.system|subprocess\.|requests\.post|/bin/sh|eval\(|rm -rf|curl http|pyperclip|win32\w+)"),
        # Hidden or encoded
        (
            1.2,
            r"\b(?:base ?64|rot ?13|hex(?:adecimal)?|morse|caesar|binary)\b[^.\n]{0,30}\b(?:decode|encoded|follow|execute|instruct\w+|obey|run|decodifica\w*)\b|\b(?:decode|decodifica\w*|descifra|decifre)\b[^.\n]{0,30}\b(?:this|following|base ?64|rot ?13|esto|isso|and|then|y|e)\b",
        ),
        (0.9, r"\b[a-z0-9+/]{48,}={0,2}(?:\s|$)"),
        (1.2, r"\b(?:i ?[ ._-] ?g ?[ ._-] ?n ?[ ._-] ?o ?[ ._-] ?r ?[ ._-] ?e|1gn0re|ign0re|1gnore|pr0mpt|syst3m)\b"),
        # Tasks for an assistant of another kind
        (
            1.0,
            r"(?:^|\W)(?:translate|traduce|traduzca|traduza|traduz)\b[^.\n]{0,40}\b(?:to|into|from|al|a|para|the following|sentence|esto|isso)\b|\b(?:equivalent|translation) (?:for|of) ['\"]|\bhow do you say\b|\bwhat(?:'s| is) ['\"][^'\"\n]{1,40}['\"] in [a-z]+\b",
        ),
        (
            1.0,
            r"\b(?:python|javascript|java|php|mysql|sql|c\+\+|html|bash|regex)\b[^.\n]{0,40}\b(?:function|script|code|query|program|example|class|list|pseudocode|and|database|difference)\b|\b(?:function|script|code|difference|connect)\b[^.\n]{0,50}\b(?:python|javascript|java|php|mysql|sql|c\+\+)\b|\bhow recursion works\b|\bas python\b",
        ),
        (
            1.0,
            r"\b(?:write|compose|make|escribe|escreva|haz|faca)\b[^.\n]{0,24}\b(?:poem|song|story|essay|poema|cancion|historia|redacao|chiste|piada)\b[^.\n]{0,24}\b(?:hitler|bomb|nazi|hack\w*|malware|instead)\b",
        ),
    )
)
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\U000e0000-\U000e007f]")


def injection_score(text: str) -> float:
    """How much a message tries to instruct the assistant: 0 not at all, 1 plainly; one half is as likely as not."""
    read = text if len(text) <= 2 * MAX_CHARS else f"{text[:MAX_CHARS]}\n{text[-MAX_CHARS:]}"
    hidden = _HIDDEN.findall(read)
    folded = fold(unicodedata.normalize("NFKC", _HIDDEN.sub("", read))).replace("’", "'")
    total = sum(weight for weight, pattern in _SIGNS if pattern.search(folded))
    if any(char >= "\U000e0000" for char in hidden):
        total += 2.0
    return 1.0 / (1.0 + math.exp(-4.0 * (total - 0.8)))


def is_injection(text: str) -> bool:
    """Whether a message is to be taken for an order to the assistant rather than a question to it."""
    return injection_score(text) >= THRESHOLD
