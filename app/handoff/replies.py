"""What a visitor is told while waiting for a person, in three languages."""

from datetime import datetime
from typing import Final

_TEXTS: Final = {
    "next": {
        "en": "You are next in line.",
        "es": "Sigues tú en la fila.",
        "pt": "Você é o próximo da fila.",
    },
    "ahead": {
        "en": "There are {ahead} people ahead of you.",
        "es": "Hay {ahead} personas antes que tú.",
        "pt": "Há {ahead} pessoas na sua frente.",
    },
    "one_ahead": {
        "en": "There is 1 person ahead of you.",
        "es": "Hay 1 persona antes que tú.",
        "pt": "Há 1 pessoa na sua frente.",
    },
    "away": {
        "en": "Nobody is here at the moment. Your message is kept, and we answer it here as soon as somebody is back.",
        "es": "En este momento no hay nadie. Guardamos tu mensaje y respondemos aquí en cuanto vuelva alguien.",
        "pt": "Não há ninguém neste momento. Guardamos sua mensagem e respondemos aqui assim que alguém voltar.",
    },
    "closed": {
        "en": "Nobody is here right now. Your message is kept, and we answer it here after {opens}.",
        "es": "Ahora no hay nadie. Guardamos tu mensaje y respondemos aquí después de {opens}.",
        "pt": "Não há ninguém agora. Guardamos sua mensagem e respondemos aqui depois de {opens}.",
    },
}


def waiting_text(locale: str, position: int, is_open: bool, opens_at: datetime | None, staffed: bool) -> str:
    """Honest words about the wait: place in line, that everybody is away, or when somebody will be there."""
    key = "next" if position <= 1 else "one_ahead" if position == 2 else "ahead"
    if not staffed:
        key = "away"
    if not is_open and opens_at is not None:
        key = "closed"
    texts = _TEXTS[key]
    text = texts.get(locale.split("-", maxsplit=1)[0], texts["en"])
    opens = f"{opens_at:%Y-%m-%d %H:%M %Z}" if opens_at else ""
    return text.format(ahead=position - 1, opens=opens)
