"""Synonyms: words of help centres that say the same, so that a paraphrase is known by them.

Only pairs that can stand for each other without changing who owes what: nothing here joins two words that differ in
what is promised, charged, obliged or refused.
"""

from collections.abc import Mapping
from functools import lru_cache

from ingest.lexical import tokenizer

_GROUPS: Mapping[str, str] = {
    "en": "reply answer respond response|start begin commence|end finish expire lapse|delete remove erase|"
    "buy purchase|refund reimburse repay|send ship post dispatch mail|phone telephone|"
    "picture photo image photograph|parcel package packet|item product goods|customer client shopper|"
    "choose select pick opt|change edit modify alter amend adjust|allow permit|refuse reject decline|"
    "liable responsible liability|damaged broken defective faulty damage defect|sick ill|amount sum|"
    "show display appear|extra additional further|keep retain remain stay|try attempt retry|document paper|"
    "mistake error|confirm verify|approve agree|correct right|close shut|day daily|week weekly|month monthly|"
    "year yearly annual annually|hour hourly|transfer wire|instalment installment|per each|"
    "delay late lateness overdue|release disappear|person individual people|undo revert reverse|"
    "visible see|add attach|type enter|tap press click hit|limit maximum cap|missing lost|repeat again|"
    "fine ok okay|notice message notification notify inform|proof evidence prove|unused leftover|"
    "divide split|twice double|reason cause|stop pause halt|cover include|carrier courier|"
    "home house apartment|login signin|wrap pack|letter post|suggest propose|"
    "seller vendor|earlier previous|ask request|house home|lower reduce decrease|raise increase|"
    "fix repair mend|swap exchange replace|earn collect|pickup collection|scan read|insurance insured insure",
    "es": "responder contestar respuesta|empezar comenzar iniciar|terminar acabar vencer caducar|"
    "borrar eliminar quitar|"
    "comprar adquirir|llegar recibir|reembolsar reembolso devolver|enviar mandar despachar|foto fotografia imagen|"
    "paquete envio|articulo producto|elegir escoger seleccionar|cambiar modificar editar|permitir dejar|"
    "rechazar negar|danado roto defectuoso|monto importe cantidad|mostrar aparecer|adicional extra|"
    "persona gente|aviso mensaje notificacion|plazo limite|pagar abonar|domicilio casa",
    "pt": "responder resposta|comecar iniciar|terminar acabar vencer expirar|apagar excluir remover|comprar adquirir|"
    "chegar receber|reembolsar reembolso estornar estorno|enviar mandar despachar postar|foto fotografia imagem|"
    "pacote encomenda|item produto artigo|escolher selecionar|mudar alterar modificar editar trocar|permitir deixar|"
    "recusar rejeitar negar|danificado quebrado defeituoso|valor quantia montante|mostrar aparecer|adicional extra|"
    "pessoa gente|aviso mensagem notificacao|prazo limite|casa domicilio",
}


@lru_cache(maxsize=8)
def synonyms(locale: str) -> Mapping[str, str]:
    """The stem that stands for each stem of a group."""
    language = locale.split("-", maxsplit=1)[0]
    stem = tokenizer(locale)
    found: dict[str, str] = {}
    for group in _GROUPS.get(language, "").split("|"):
        words = [stem(word) for word in group.split()]
        for word in words:
            if word:
                found.setdefault(word[0], words[0][0])
    return found
