"""Replies: what the assistant says that is not an answer, in three languages."""

from typing import Final

_TEXTS: Final[dict[str, dict[str, str]]] = {
    "greeting": {
        "en": "Hello! What can I help you with?",
        "es": "¡Hola! ¿En qué puedo ayudarte?",
        "pt": "Olá! Em que posso ajudar?",
    },
    "thanks": {
        "en": "You're welcome! Is there anything else?",
        "es": "¡De nada! ¿Necesitas algo más?",
        "pt": "De nada! Precisa de mais alguma coisa?",
    },
    "farewell": {"en": "Goodbye, and take care!", "es": "¡Hasta luego!", "pt": "Até logo!"},
    "chat": {
        "en": "I'm the help centre's assistant, a computer program. Ask me about orders, returns, payments or your account, "
        "and I'll get you a person whenever you want one.",
        "es": "Soy el asistente del centro de ayuda, un programa. Pregúntame por pedidos, devoluciones, pagos o tu cuenta; "
        "si prefieres a una persona, te comunico con ella.",
        "pt": "Sou o assistente da central de ajuda, um programa. Pergunte sobre pedidos, devoluções, pagamentos ou sua conta; "
        "se preferir uma pessoa, eu chamo.",
    },
    "clarify": {
        "en": "Which of these do you mean?",
        "es": "¿A cuál de estos temas te refieres?",
        "pt": "Qual destes assuntos é o seu?",
    },
    "asked_for_person": {
        "en": "Of course. I'm passing you to a person; everything you wrote comes along.",
        "es": "Claro. Te paso con una persona; verá todo lo que escribiste.",
        "pt": "Claro. Vou passar você para uma pessoa; ela verá tudo o que você escreveu.",
    },
    "sensitive_topic": {
        "en": "This is for a person to look at. I'm passing you on now, with everything you wrote.",
        "es": "Esto debe verlo una persona. Te comunico ahora, con todo lo que escribiste.",
        "pt": "Uma pessoa precisa ver isto. Vou passar você agora, com tudo o que escreveu.",
    },
    "repeated_failure": {
        "en": "I'm sorry that I couldn't help. A person will take over; you don't have to repeat anything.",
        "es": "Lamento no haber podido ayudarte. Una persona seguirá contigo; no tienes que repetir nada.",
        "pt": "Desculpe por não ter ajudado. Uma pessoa vai continuar com você; não precisa repetir nada.",
    },
    "no_knowledge": {
        "en": "I don't have an answer to that. A person will help you; everything you wrote comes along.",
        "es": "No tengo una respuesta para eso. Te ayudará una persona; verá todo lo que escribiste.",
        "pt": "Não tenho uma resposta para isso. Uma pessoa vai ajudar; ela verá tudo o que você escreveu.",
    },
    "low_confidence": {
        "en": "I'm not sure enough to answer this well. A person will help you; everything you wrote comes along.",
        "es": "No tengo la seguridad suficiente para responder bien. Te ayudará una persona; verá todo lo que escribiste.",
        "pt": "Não tenho certeza suficiente para responder bem. Uma pessoa vai ajudar; ela verá tudo o que você escreveu.",
    },
    "trouble": {
        "en": "Something went wrong on our side. A person will help you; nothing you wrote is lost.",
        "es": "Algo falló de nuestro lado. Te ayudará una persona; no se perdió nada de lo que escribiste.",
        "pt": "Algo deu errado do nosso lado. Uma pessoa vai ajudar; nada do que você escreveu se perdeu.",
    },
    "only_in": {
        "en": "This article is only available in {language}.",
        "es": "Este artículo solo está disponible en {language}.",
        "pt": "Este artigo só está disponível em {language}.",
    },
}
_LANGUAGES: Final[dict[str, dict[str, str]]] = {
    "en": {"en": "English", "es": "Spanish", "pt": "Portuguese"},
    "es": {"en": "inglés", "es": "español", "pt": "portugués"},
    "pt": {"en": "inglês", "es": "espanhol", "pt": "português"},
}
_SAME_AS: Final = {"ungrounded": "low_confidence", "provider_failure": "trouble", "over_budget": "trouble"}


def say(key: str, locale: str) -> str:
    """The reply in the visitor's language, in English for languages we do not speak."""
    texts = _TEXTS[_SAME_AS.get(key, key)]
    return texts.get(locale.split("-", maxsplit=1)[0], texts["en"])


def other_language(locale: str, article_locale: str) -> str | None:
    """A note that the article is in another language than the visitor's, when it is."""
    ours, theirs = locale.split("-", maxsplit=1)[0], article_locale.split("-", maxsplit=1)[0]
    if ours == theirs:
        return None
    names = _LANGUAGES.get(ours, _LANGUAGES["en"])
    return say("only_in", locale).format(language=names.get(theirs, article_locale))
