"""Person: whether the writer wants a human, in English, Spanish or Portuguese.

People, agents, robots and what is real or live occur in ordinary questions too ("the delivery person", "real leather",
"robot vacuum"), so a wish is told by a verb of contact, by asking for one, or by turning the machine down.
"""

import re

from ingest.lexical import fold

_WHO = (
    r"(?:human\w*|person|people|agents?|representatives?|reps?|operators?|advis[oe]rs?|manager|supervisor|someone|somebody|"
    r"anyone|anybody|staff|specialist|employee|team member|support team|hooman)"
)
_QUIEN = (
    r"(?:persona|human[oa]|agente|asesor[a]?|representante|operador[a]?|alguien|supervisor[a]?|encargad[oa]|gerente|"
    r"ejecutiv[oa])"
)
_QUEM = (
    r"(?:pessoa|human[oa]|atendente|agente|representante|operador[a]?|alguem|supervisor[a]?|gerente|responsavel|"
    r"funcionari[oa])"
)
_SERVICE = r"(?:customer|client|consumer|custo\w+)\s?(?:service|support|care|assistance|help)\w*"
_END = r"(?: please| pls| plz| now| por favor| porfa| pfv| pf)*[.!? ]*$"

_SAID = [
    # Contact with somebody
    rf"\b(?:talk|speak|spea|spk|chat|tlk|takl|spek)\w*\b[^.?!]{{0,20}}\b(?:to|with|2)\b[^.?!]{{0,25}}\b{_WHO}\b",
    rf"\b(?:connect|transfer|put|pass|switch|hand|forward|redirect|get|give|send|find|bring) me\b[^.?!]{{0,25}}\b{_WHO}\b",
    rf"\b(?:hablar|hablo|habla\w*|comunica\w*|pasa\w*|ponga\w*|pone\w*|conecta\w*|contactar|charlar|transfi\w+|transfer\w+)\b"
    rf"[^.?!]{{0,18}}\bcon\b[^.?!]{{0,14}}\b{_QUIEN}\b",
    rf"\b(?:pasame|paseme|pasenme|comuniqueme|comunicame)\b[^.?!]{{0,20}}\b{_QUIEN}\b",
    rf"\b(?:falar|falo|fala\w*|conversar|contatar|conecta\w*|entrar em contato)\b[^.?!]{{0,14}}\bcom\b[^.?!]{{0,14}}"
    rf"\b{_QUEM}\b",
    rf"\b(?:passa|passe|passar|transfer\w+|transfir\w+|chama|chame|chamar|encaminha\w*)\b[^.?!]{{0,22}}\b{_QUEM}\b",
    # Contact with customer service
    rf"\b(?:contact|conttact|call|cll|callong|reach|speak|talk|takl|chat|hotline|get(?:ting)? in touch|communicat|phone)"
    rf"\w*\b[^.?!]{{0,25}}\b{_SERVICE}",
    rf"\b{_SERVICE}\b[^.?!]{{0,25}}\b(?:person|agent|number|someone|human|representative|phone|mail|e-mail|email|contact)\b",
]
_MEANT = [
    # Asking for one
    r"\b(?:want|need|like|prefer|wanna|rather|request|require|expect|demand)\b[^.?!]{0,22}"
    r"\b(?:human\w*|(?:a |an |the )(?:person|agent|operator|representative|rep|advis[oe]r|supervisor|manager|real one))\b",
    r"\b(?:real|live|actual|human|breathing) (?:person|human|people|being|agents?|support|help|operator|representative|rep|"
    r"assistance|service|chat|advis[oe]r)\b",
    rf"\b{_WHO} (?:real|human|alive|from (?:your|the) (?:team|company|support|staff))\b",
    r"\b(?:can|could|may|will|would|let) (?:a|an|any|some) (?:human|person|agent|representative|operator|manager)\b",
    r"\b(?:is|are) there (?:a |an |any |some )?(?:human\w*|person|people|anyone|anybody|someone|agents?|operator)\b[^.?!]{0,12}"
    r"\b(?:there|here|available|real|i can|to talk|to help|who can)\b",
    rf"^(?:a |an |the )?(?:human|person|agent|operator|representative|live agent|real person|live chat|customer service|"
    rf"human being|hooman|somebody real|someone real|supervisor|manager){_END}",
    rf"\b(?:quiero|necesito|prefiero|quisiera|deseo|exijo|dame|deme)\b[^.?!]{{0,12}}\b(?:una? )?"
    rf"(?:persona (?:real|humana)|human[oa]|agente|asesor[a]?|representante|operador[a]?|ejecutiv[oa]|ser humano){_END}",
    r"\b(?:quiero|necesito|prefiero|quisiera)\b[^.?!]{0,12}\buna persona\b(?! que)",
    r"\b(?:atencion|ayuda|asistencia|soporte|agente) humana?\b|\b(?:persona|alguien) (?:real|de verdad|de carne)\b|"
    r"\bser humano\b|\bque me atienda (?:una?|alguien)\b",
    rf"^(?:una? )?(?:persona|humano|agente|asesor|operador|representante){_END}",
    rf"\b(?:quero|preciso|prefiro|queria|gostaria)\b[^.?!]{{0,12}}\b(?:d?e? ?uma? )?"
    rf"(?:pessoa (?:real|de verdade)|human[oa]|atendente|agente|representante|operador[a]?|ser humano){_END}",
    r"\b(?:quero|preciso|prefiro|queria)\b[^.?!]{0,12}\buma pessoa\b(?! que)",
    r"\b(?:atendimento|ajuda|suporte|atendente|agente) human[oa]\b|\b(?:pessoa|alguem) (?:real|de verdade|de carne)\b",
    rf"^(?:uma? )?(?:pessoa|humano|atendente|agente|operador|representante){_END}",
    # Turning the machine down
    r"\b(?:not|no|stop|enough|sick|tired|hate|instead|don'?t|without|useless|stupid|dumb)\b[^.?!]{0,30}"
    r"\b(?:bots?|robots?|chatbots?|automated (?:answers?|replies|messages?))\b(?! (?:vacuum|toy|arm|cleaner|mop|lawn))",
    r"\b(?:talk|speak|chat|deal|writ)\w*\b[^.?!]{0,12}\b(?:to|with) (?:an? |the |this )?(?:machine|computer|ai|software)\b",
    r"\b(?:no|nao|sin|sem|odio|odeio|chega|basta|harto|harta|cansad[oa])\b[^.?!]{0,25}\b(?:robots?|bots?|robos?|chatbots?)\b"
    r"(?! (?:aspirador|aspiradora|de cozinha|de cocina))",
    r"\b(?:hablar|falar|conversar|tratar)\b[^.?!]{0,12}\b(?:con|com) (?:una |uma |la |a )?(?:maquina|computadora)\b",
]
_IN_A_STORY = re.compile(
    r"\b(?:delivery|customs|tax|estate|sales|pickup|pick-up|courier|wrong|different|third|another|other|which|same|insurance|"
    r"travel|shipping) (?:person|people|agents?|man|guy|somebody|someone)\b|\botr[ao]s? personas?\b|\boutr[ao]s? pessoas?\b|"
    r"\b(?:someone|somebody|anyone) else\b"
)
_SAID_PATTERN = re.compile("|".join(_SAID))
_MEANT_PATTERN = re.compile("|".join(_MEANT))


def asks_for_person(text: str) -> bool:
    """Whether the writer wants a human: said to somebody's name or role, asked for, or by refusing the machine."""
    folded = fold(text).replace("’", "'")
    if _SAID_PATTERN.search(folded):
        return True
    return bool(_MEANT_PATTERN.search(_IN_A_STORY.sub(" ", folded)))
