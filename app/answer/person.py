"""Person: whether the writer wants a human, in English, Spanish or Portuguese.

People, agents, robots and what is real or live occur in ordinary questions too ("the delivery person", "real leather",
"robot vacuum"), so a wish is told by a verb of contact, by asking for one, or by turning the machine down. Rules read
folded text; the words that such wishes turn on are read through one slip of the finger ("custmer servce").
"""

import re
from itertools import chain

from ingest.lexical import fold

_WHO = (
    r"(?:human\w*|person|people|agents?|representatives?|reps?|operators?|advis[oe]rs?|manager|supervisor|someone|somebody|"
    r"anyone|anybody|staff|specialist|employees?|team member|support team|hooman|assistants?|colleagues?|boss|(?:your|the) team|"
    r"whoever|one of you|you guys|tamarind)"
)
_OURS = (
    r"(?:human(?: being)?s?|agents?|representatives?|reps?|operators?|advis[oe]rs?|supervisors?|assistants?|"
    r"employees?|specialists?|manager|staff(?: members?)?|colleagues?|co-?workers?)"
)
_OUR_TEAM = (
    r"(?:(?:your|the|live|real|a|an|human|phone|tamarind) )*(?:support|service|help ?desk|helpline|call cent(?:er|re)|team|"
    r"department|crew|staff|colleagues?|people|guys|folks)"
)
_QUIEN = (
    r"(?:persona|human[oa]|agente|asesor[a]?|representante|operador[a]?|alguien|supervisor[a]?|encargad[oa]|gerente|"
    r"ejecutiv[oa]|jef[ea]|emplead[oa]|companer[oa]|colega|responsable|quien (?:manda|lleva|se encarga))"
)
_QUEM = (
    r"(?:pessoa|human[oa]|atendente|agente|representante|operador[a]?|alguem|supervisor[a]?|gerente|responsavel|"
    r"funcionari[oa]|chefe|colega|quem (?:manda|cuida|resolve))"
)
_SOPORTE = r"(?:soporte|atencion (?:al|a) clientes?|servicio al cliente|su (?:equipo|departamento)|suporte|sac|central de atendimento|atendimento|a equipe|o setor)"
_SERVICE = r"(?:customer|client|consumer|custo\w+)\s?(?:service|support|care|assistance|help)\w*"
_END = r"(?: please| pls| plz| now| por favor| porfa| pfv| pf)*[.!? ]*$"
_TALK = r"(?:talk|speak|spea|spk|chat|tlk|takl|taok|spek|speal|spraking|chay)"

_SAID = [
    # Contact with somebody
    rf"\b{_TALK}\w*\b[^.?!]{{0,20}}\b(?:to|with|2|t|ot|wth|wirh|w)\b[^.?!]{{0,25}}\b{_WHO}\b",
    rf"\bcat with (?:an? )?{_WHO}\b|\b{_TALK}\w* to\s?{_WHO}\b",
    rf"\b(?:connect|transfer|put|pass|switch|hand|forward|redirect|get|give|send|find|bring) me\b[^.?!]{{0,25}}\b{_WHO}\b",
    rf"\b(?:connect|transfer|put|pass|switch|hand|forward|redirect|get) me\b[^.?!]{{0,12}}\b(?:to|with|through to) {_OUR_TEAM}\b",
    rf"\b(?:in)?direct (?:to )?me to (?:an? )?{_WHO}\b|\b(?:u)?direct to me (?:an? )?{_WHO}\b",
    rf"\bcontact(?:ing)? +(?:(?:an?|the|any|your|real|live|human|support) )*{_OURS}\b",
    r"\b(?:hablar|hablo|habla\w*|comuni[cq]\w*|pasa\w*|ponga\w*|pone\w*|conecta\w*|contactar|charlar|conversar|transfi\w+|transfer\w+)\b"
    rf"[^.?!]{{0,18}}\bcon\b[^.?!]{{0,14}}\b(?:{_QUIEN}|{_SOPORTE})\b",
    rf"\b(?:pasame|paseme|pasenme|comuniqueme|comunicame)\b[^.?!]{{0,20}}\b{_QUIEN}\b",
    r"\b(?:falar|falo|fala\w*|conversar|converso|contatar|conecta\w*|(?:entr\w+|coloc\w+)(?: me)? em contato)\b[^.?!]{0,14}\bcom\b[^.?!]{0,14}"
    rf"\b(?:{_QUEM}|{_SOPORTE})\b",
    rf"\b(?:passa|passe|passar|transfer\w+|transfir\w+|chama|chame|chamar|encaminha\w*)\b[^.?!]{{0,22}}\b{_QUEM}\b",
    r"\b(?:me (?:passa|transfere|coloca|encaminha|liga)|transfere)\b[^.?!]{0,12}\b(?:pro|para o|no|com o|na) "
    r"(?:sac|suporte|atendimento|setor|time|equipe)\b",
    r"\b(?:want|need|like|wish|have)\b[^.?!]{0,12}\bto (?:talk|speak)" + _END,
    # Contact with customer service
    r"\b(?:contact|contat|conttact|call|cll|callong|reach|speak|talk|takl|chat|hotline|get(?:ting)? in touch|communicat|phone|spraking|speal)"
    rf"\w*\b[^.?!]{{0,25}}\b{_SERVICE}",
    rf"\b{_SERVICE}\b[^.?!]{{0,25}}\b(?:person|agent|number|someone|human|representative|phone|mail|e-mail|email|contact)\b",
    rf"\b(?:what|hwat|whta|at (?:what|which)) (?:hours|hors|time|itme)\b[^.?!]{{0,12}}\b{_SERVICE} (?:is )?(?:available|reachable)\b",
    rf"\b(?:{_TALK}\w* (?:to|with)|contact(?:ing)?|get(?:ting)? (?:through|in touch|hold)(?: to| with| of)?|discuss\w*\b[^.?!]{{0,20}}\bwith|"
    rf"hand(?:ed|ing)?\b[^.?!]{{0,12}} over to|(?:pass|send|forward|take)\w* (?:this|it|that|me)(?: on)? to|help from|have a word with) "
    rf"{_OUR_TEAM}\b(?! (?:rating|score|fee)| member)",
    # A call, a reply, a look by somebody
    r"\b(?:want|like|need|request|ask\w* for|arrange|get|have) (?:to be called back|a call ?back|a return call)\b|\bcall me back\b",
    rf"\b(?:can|could|would|will|let|have|need|want|if|like|ask) (?:{_WHO}|an? (?:staff member|{_OURS}))\b[^.?!]{{0,24}}"
    r"\b(?:take over|look (?:into|at) (?:this|my case|it)|(?:handle|check|review|take care of) (?:this|my case|it)|step in)\b",
    rf"\b(?:can|could|would|may) (?:one of (?:your )?{_OURS}|a {_OURS} of yours|one of you)\b",
    r"\bescalat(?:e|ed|ing) (?:this|it|me|my (?:case|issue|problem|complaint))(?! to an? dispute)\b|"
    r"\b(?:this|it) escalated\b",
    r"\b(?:who|whom) (?:can|do|should|could) i (?:talk|speak|complain) (?:to|with)\b(?! (?:the|a) (?:seller|buyer))",
    r"\b(?:number|phone)\b[^.?!]{0,12}\b(?:can|do|should|could|to) (?:i |we )?(?:call|ring|dial|reach|phone) (?:you\b|to get|for (?:help|support)|support)",
    r"\b(?:reach|call|phone|ring) (?:you|you guys|tamarind)(?: up| directly)? (?:by|on|over|at|via) (?:the |a )?(?:tele)?phone\b|"
    r"\b(?:phone|number)\b[^.?!]{0,16}\b(?:reach|call) you\b|\bnumber (?:of|for) (?:your |the )?(?:support|customer|help|hot)\s?\w*",
    r"\bget through to (?:you|tamarind|your|some|any|support)\w*\b|\bput (?:a|an|some)?\s?(?:real |actual |live )?(?:human|person|agent|someone|somebody|one)\b[^.?!]{0,10}\bon\b",
    rf"\b(?:explain|say|tell|describe)\w*\b[^.?!]{{0,24}}\bto (?:an? (?:real |actual |live )?(?:human|person|{_OURS})|someone|somebody)\b",
    rf"\b(?:conversation|word|call|chat) with (?:an? |any |one of your |your )?(?:real |actual |live )?{_WHO}\b|\b(?:get|have|put|need|want) (?:someone|somebody) on the (?:line|phone)\b",
    r"\bis there (?:an? )?(?:employee|colleague|representative|operator|supervisor)\b",
    r"\bhelp from (?:your staff|a human|someone real)\b|\btalk to support\b|\bget(?:ting)? hold of (?:someone|somebody|anyone|a (?:human|person))\b",
    r"\bque (?:me |nos )?(?:llame|llamen|marquen|marque|atienda|atiendan|contacte|contacten|conteste una persona|devuelvan la llamada)\b(?! (?:el|la) (?:vendedor|repartidor|mensajer))",
    r"\bme (?:puede[ns]?|podria[ns]?) (?:atender|llamar|contactar|comunicar|ayudar) (?:con )?(?:alguien|una persona|un [ah]|un ejecutivo|un asesor|atencion)",
    r"\b(?:hablo|hablar|comunico|comunicarme|contacto|contactar(?:me)?) (?:\w+ )?con ustedes\b|\bque numero (?:llamo|marco)\b|\ba donde (?:llamo|marco)\b|"
    r"\b(?:chat|agente|soporte) en vivo\b|\btelefono de (?:atencion|soporte|servicio al)\b",
    r"\bescal(?:en|e|ar|ame|enme) (?:mi|el|este|esto)\b|\ben manos de (?:un|una|alguien)\b|\bexplicar\w* a (?:alguien|una persona|un humano)\b",
    rf"\bque (?:\w+ ){{0,2}}{_QUIEN} (?:\w+ )?(?:revise|vea|atienda|me llame|se encargue|lo vea|tome)\b|\bque me atend(?:iera|iese)\b",
    r"\b(?:quero|queria|preciso|gostaria|peco|pede|peca|pedir)\b[^.?!]{0,14}\b(?:que (?:me|alguem me) (?:lig\w+|atend\w+|contat\w+|retorn\w+)|para alguem (?:me )?(?:ligar|atender|retornar|responder))\b",
    rf"\b{_QUEM}\b[^.?!]{{0,14}}\bpode\w* (?:me )?(?:atender|ligar|ajudar|contatar|assumir|entrar em contato)\b",
    rf"\b(?:que|como)\b (?:um|uma|algum|alguma)? ?{_QUEM} (?:\w+ )?(?:veja|analise|olhe|resolva|me atenda|me ligue|assuma|assumir)\b",
    r"\b(?:falar?|falo|conversar?|converso|(?:entro|entrar|consigo|ter) (?:em )?contato) com voces\b(?<!vai entrar em contato com voces)|\bqual numero (?:eu )?ligo\b|\bpara onde (?:eu )?ligo\b|\b(?:chat|atendente|suporte) ao vivo\b|"
    r"\btelefone d[oae] (?:atendimento|suporte|sac|central)\b|\b(?:ser )?atendid[oa] por\b|\bexplicar (?:para|pra|a) (?:alguem|uma pessoa|um humano)\b",
    r"\bescal(?:a|e|em|ar) (?:meu|o|este|isso)\b",
]
_MEANT = [
    # Asking for one
    r"\b(?:want|need|needs|like|prefer|wanna|rather|request|require|expect|demand)\b[^.?!]{0,22}"
    r"\b(?:humans?\b|(?:a |an |the )(?:person|agent|operator|representative|rep|advis[oe]r|supervisor|manager|real one)\b(?!'s| account| who| to (?:sign|receive|pick)| in | fee|"
    r" sample))",
    r"\b(?:real|live|actual|human|breathing) (?:person|human|people|being|agents?|support|help|operator|representative|rep|"
    r"assistance|service|chat|advis[oe]r|employee)\b",
    rf"\b{_WHO} (?:real|human|alive|from (?:your|the) (?:team|company|support|staff))\b",
    r"\b(?:can|could|may|will|would|let) (?:a|an|any|some) (?:human|agent|representative|operator|manager)\b|"
    r"\b(?:can|could|may|will|would|let) (?:a|an|any|some) person (?:please |there )?(?:help|look|answer|call|contact|reply|check|talk|read|take|handle|assist)\b",
    r"\b(?:is|are) (?:there )?(?:a |an |any |some )?(?:human\w*|person|people|anyone|anybody|someone|agents?|operator)\b[^.?!]{0,12}"
    r"\b(?:there|here|available|real|i can|to talk|to help|who can)\b",
    r"\b(?:any|some) (?:human|hooman|live agent)s?\b(?! (?:error|check|trafficking))|\b(?:anyone|anybody|somebody|someone) (?:alive|home|out there|in there)\b|"
    r"\b(?:must be|behind) a (?:human|person)\b|\ba (?:human|person) behind\b",
    rf"^(?:a |an |the )?(?:human|person|agent|operator|representative|live agent|real person|live chat|customer service|"
    rf"human being|hooman|somebody real|someone real|supervisor|manager){_END}",
    r"\b(?:help|assist\w*|want|wanna|need|trying|try|have|havegot|got|do|can|could|like|how|to|please)\b(?: to)?(?: me)?(?: in)? contact(?:ing)? "
    rf"(?:an? )?(?:person|someone|somebody)(?: about| for| regarding|{_END})",
    r"^contact(?:ing)? +(?:an? )?(?:person|someone|somebody)" + _END,
    rf"\b(?:quiero|necesito|prefiero|quisiera|deseo|exijo|dame|deme)\b[^.?!]{{0,12}}\b(?:una? )?"
    rf"(?:persona (?:real|humana)|human[oa]|agente|asesor[a]?|representante|operador[a]?|ejecutiv[oa]|ser humano){_END}",
    r"\b(?:quiero|necesito|prefiero|quisiera)\b(?: a| hablar con| ser atendid[oa] por| tratar \w+ con)?(?: la)?(?: ayuda de)? una persona\b(?! que| de la familia)",
    r"\b(?:atencion|ayuda|asistencia|soporte|agente) humana?\b|\b(?:persona|alguien) (?:real|de verdad|de carne)\b|"
    r"\bser humano\b|\bque me atienda (?:una?|alguien)\b|\b(?:hay|eres|alguien) (?:alguien |algun )?(?:humano|ahi)\b|\bhay (?:alguien|una persona|un humano)\b[^.?!]{0,8}\b(?:ahi|por ahi|atendiendo)\b",
    rf"^(?:una? )?(?:persona|humano|agente|asesor|operador|representante){_END}",
    rf"\b(?:quero|preciso|prefiro|queria|gostaria)\b[^.?!]{{0,12}}\b(?:d?e? ?uma? )?"
    rf"(?:pessoa (?:real|de verdade)|human[oa]|atendente|agente|representante|operador[a]?|ser humano){_END}",
    r"\b(?:quero|preciso|prefiro|queria|gostaria)\b(?: de| falar com| ser atendid[oa] por| (?:de )?tratar \w+ com)?(?: d?a)?(?: ajuda de)? uma pessoa\b(?! que| da familia)",
    r"\b(?:atendimento|ajuda|suporte|atendente|agente) human[oa]\b|\b(?:pessoa|alguem) (?:real|de verdade|de carne)\b|"
    r"\btem (?:alguem|uma pessoa|algum humano|algum atendente|um humano)\b[^.?!]{0,8}\b(?:ai|de verdade|por ai|atendendo)\b",
    rf"^(?:uma? )?(?:pessoa|humano|atendente|agente|operador|representante){_END}",
    rf"\b{_WHO}(?: (?:of yours|else|from \w+ \w+))? (?:please )?(?:to )?(?:\w+ )?(?:calls?|rings?|phones?|contacts?|gets? back to|gets? in touch with|repl(?:y|ies) to|"
    r"answers?|writes? (?:back )?to|e-?mails?) me\b(?! (?:before|when|if|at the door))",
    rf"\b(?:this|that|it|case|chat|conversation|complaint|complain|issue|problem|request|me|ticket|writing) (?:on |over |up )?to (?:an? |your |the |some )?"
    rf"(?:real |live |actual )?(?:{_OURS}|person)\b(?! (?:who|in|at|account|fee))",
    rf"\b(?:request|ask|demand|beg|insist)(?:ing|ed)? (?:for |on )?(?:an? |your |the )?(?:real |live |actual )?(?:{_OURS}|person)\b",
    r"\b(?:prefer|rather|want|need|like) (?:to )?(?:\w+ ){0,3}(?:with|from|by|to) (?:an? )?(?:human|person|someone|somebody|real \w+)\b(?! (?:else|who|in another))",
    r"\b(?:someone|somebody|anyone|anybody|one of you|you guys?|your team|(?:a|an) (?:human|agent|rep|representative|manager|supervisor|employee))\b (?:please )?"
    r"(?:reach out|assist me|get in touch|ring|phone me|deal with (?:this|my|it)|take (?:this|my case)|join (?:this|the) chat|come on|on here)\b(?! with the seller)",
    r"\b(?:can|could|may|how (?:can|do)|where (?:can|do)) (?:i|we) (?:call|ring|phone|telephone|reach|contact|talk to|speak (?:to|with)|get (?:a )?hold of) (?:you|u)\b"
    r"(?! (?:seller|buyer))",
    r"\b(?:hot ?line|help ?line|call cent(?:er|re)|(?:your|support|service|helpdesk|customer service|customer care) (?:phone )?(?:line|number|desk|phone))\b"
    r"(?! (?:of the|for the) (?:courier|carrier|seller))",
    r"\b(?:nobody|no one|never|not|can'?t|cannot|unable)\b[^.?!]{0,16}\b(?:get|reach|find|talk to|speak to)\b[^.?!]{0,10}\b(?:a (?:human|real|live|person)|anyone real|a human being)\b",
    r"\byou (?:can'?t|cannot|are unable to|aren'?t able to|don'?t|do not) (?:help|understand)\b[^?!]{0,30}\b(?:who (?:can|will|does)|someone|somebody|anyone|a person|a human|anybody)\b",
    r"\bque (?:alguien|un|una|uno)\b[^.?!]{0,20}\bme (?:contacte|llame|atienda|ayude|escriba|responda|conteste|marque)\b",
    r"\b(?:telefono|numero|linea)\b[^.?!]{0,12}\b(?:al que|a donde|para|donde)\b[^.?!]{0,10}\b(?:llam\w+|marcar|comunic\w+|habl\w+)\b(?! (?:el|al|a la|a los|a un) (?:vendedor|repartidor|paquet|comprador))",
    r"\b(?:telefone|numero|linha)\b[^.?!]{0,12}\b(?:que|onde|para|pra)\b[^.?!]{0,12}\b(?:lig\w+|falar|contat\w+)\b(?! (?:o|ao|a|para o|pro) (?:vendedor|entregador|comprador))",
    rf"\b(?:con|por|com|por um|ao) (?:una? |uma? |el |la |o |su |algun |alguna )?(?:{_QUIEN}|{_QUEM}) (?:humano|real|de verdad|de verdade|de ustedes|de voces|de (?:su|sua) equip[oe]|da equipe|del equipo)\b",
    r"\bnada de (?:bots?|robots?|maquinas?)\b|\b(?:bots?|robo|robot|maquina)s?\b[,.;]? (?:\w+ )?(?:una persona|uma pessoa|un humano|um humano)\b|\b(?:una persona|uma pessoa|un humano|um humano|alguien|alguem),? (?:y |e )?n(?:o|ao) (?:con |com )?(?:una? |uma? )?(?:bot|robo|robot|maquina)\b",
    r"\balguem (?:ai |da equipe |do suporte )?(?:me )?(?:pode|poderia|podem) (?:me )?(?:ligar|atender|ajudar|responder|contatar|retornar)\b|\b(?:alguien|alguno de ustedes) (?:\w+ )?(?:me )?(?:puede|podria|pueda) (?:\w+ )?(?:llamar(?:me)?|atender(?:me)?|ayudar(?:me)?|contactar(?:me)?|responder(?:me)?)\b",
    r"^\W*(?:(?:an? |una? |uma? )?(?:humans?|agents?|operator|representative|manager|supervisor|humano|humana|agente|asesor|atendente|persona|pessoa)\W+)*"
    r"(?:an? |una? |uma? )?(?:humans?|agents?|operator|representative|manager|supervisor|humano|humana|agente|asesor|atendente|persona|pessoa|gente)\W*(?:ya|ja|now|asap|please|agora|ahora|pls|urgente)?\W*$",
    r"\b(?:alguien|alguem|someone|somebody|anyone) (?:que|who|that) (?:si |realmente |actually |really |de verdad )?(?:entienda|entende|entenda|understands?|knows|sepa|saiba|me ayude de verdad|resolva|resuelva)\b",
    r"\b(?:quien esta a cargo|cade o (?:responsavel|gerente|atendente)|quem (?:e o|esta) (?:responsavel|no comando)|who(?: i|')s in charge|who else can (?:help|look|see|check)|"
    r"quem mais pode (?:ver|ajudar|resolver)|quien mas puede (?:ver|ayudar|resolver))\b",
    r"\b(?:bota|manda|quero|chama|poe|coloca|prefiro|por) gente\b|\bgente (?:mesmo|de verdade|de carne|real)\b|\bgente de verdad\b|\b(?:nao|no) (?:tem|hay) (?:ninguem|nadie)\b[^.?!]{0,10}\b(?:ai|ahi|outro lado|otro lado)\b|"
    r"\b(?:is )?(?:nobody|no one|noone) (?:there|on the other (?:end|side)|working)\b|\b(?:wait|esperar|esper[oa]|queue|fila)\b[^.?!]{0,14}\b(?:for|por|a) (?:an? |una? |uma? )?(?:human|person|agent|someone|somebody|persona|pessoa|alguien|alguem|gente)\b",
    r"\brobo(?:zinho)?\b[^.?!]{0,14}\b(?:nao|no) (?:resolve|ajuda|entende|adianta|sirve|resuelve|ayuda)\b|\b(?:the |this |your |stupid )bot (?:is|does|doesn'?t|can'?t|keeps|won'?t)\b",
    r"\b(?:same|otra vez|again|de novo|mais uma)\b[^.?!]{0,14}\b(?:automatic|automated|canned|scripted|copy.?paste|resposta pronta|respuestas? automaticas?|respostas? automaticas?)\b|\bresposta pronta\b",
    # A number, a call, a voice
    r"\b(?:who|whom) (?:do|can|should|must|could) (?:i|we) (?:ring|call|phone|dial|turn to|go to|reach|ask (?:instead|then))\b(?! (?:the|a|my) (?:seller|buyer|courier))",
    r"\b(?:a|any|some|your|which|what|the) (?:phone |telephone |contact |tele)?(?:number|phone)\b[^.?!]{0,20}\b(?:i|we|to|can) (?:can |could |should |may )?(?:call|ring|dial|phone|reach)\b(?! (?:the|a) (?:seller|buyer|courier|driver))",
    r"\b(?:do|solve|fix|sort|settle|explain|discuss|handle|talk|finish|deal)\w*\b[^.?!]{0,18}\b(?:over|on|by|via) (?:the )?(?:tele)?phone\b|\b(?:over|by) (?:the )?phone (?:please|instead|pls|would)",
    r"\b(?:how long|how many minutes|when|what time)\b[^.?!]{0,14}\b(?:until|til|till|before|for)?\b[^.?!]{0,6}\b(?:a |an )?(?:person|human|agent|someone real|anybody|representative|real \w+)\b[^.?!]{0,12}\b(?:answers?|replies|comes?|joins?|takes? over|is free|available)\b",
    r"\b(?:i|we|id|i'd|rather|please|pls|just|only)\b[^.?!]{0,16}\b(?:want|need|prefer|like|get|have|give me)\b[^.?!]{0,10}\b(?:someone|somebody) (?:else|new|instead|smarter|better|who|that|to (?:look|check|review|read|go|sort|explain|listen|fix|call|help|handle|see))\b(?! (?:to )?(?:sign|collect|receive|pick|buy|from my))",
    r"\b(?:a |any )?(?:computer|machine|program|software|algorithm|bot|robot|ai)\b[^.?!]{0,16}\b(?:can'?t|cannot|won'?t|will not|can not|doesn'?t|never|not going to|unable)\b[^.?!]{0,8}\b(?:solve|fix|help|understand|do|sort|handle|decide|get)\b",
    r"\b(?:don'?t|do not|doubt)\b[^.?!]{0,14}\b(?:a |any )?(?:computer|machine|program|bot|robot|ai) (?:can|could|will|would|is able)\b",
    r"\b(?:reply|answer|response|help|call|email|mail|message) from (?:someone|somebody|a person|a human|one of you|whoever|people|staff)\b(?! (?:who (?:bought|sold|has|had)|in my))",
    r"(?:^|[.!?,]\s*)(?:human|person|agent|humano|humana|persona|agente|atendente|pessoa|operador|operator|representative)s?\s*(?:please|pls|now|ya|ja|agora|ahora|por favor)?\s*[.!?]*$",
    r"\b(?:speak|spk|talk|chat|tlk) (?:2|to|with|w|wit|wiv) (?:sum ?1|some1|sm1|sum1|any1|a human|hooman|ppl|a rep|an? adult)\b",
    r"\b(?:are you|r u|u r|you'?re|you are|is this|am i (?:talking|speaking|chatting) (?:to|with)) (?:a |an |just a )?(?:bot|robot|machine|computer|ai|program)\b[^?!.]{0,6}[?!.,]\s*\S[^.?!]{0,40}\b(?:want|need|get|give|someone|person|human|prefer|transfer|connect|quiero|quero)\b",
    r"\b(?:me|nos) (?:puede[ns]?|podria[ns]?|pueden|puedes|podrian) (?:marcar|llamar|hablar por telefono|devolver la llamada|regresar la llamada|atender)\b|\b(?:marquenme|marqueme|llamenme|llameme|llamame|marcame|hablenme|regresenme la llamada)\b",
    r"\b(?:hay|tienen|tiene|cual es|dame|deme|denme|paseme|pasenme) (?:algun |el |un |su |alguna )?(?:telefono|numero|linea|whatsapp|call center)\b(?! (?:de (?:pedido|orden|guia|rastreo|serie|seguimiento|cuenta))|[^.?!]{0,20}(?:vendedor|repartidor|comprador|mensajer))",
    r"\b(?:con quien|a quien|quien) (?:puedo|debo|tengo que|hay que|me puede) (?:hablar|comunicar\w*|llamar|marcar|dirigir\w*|acudir|atender|ayudar de verdad)\b(?! (?:al|el) (?:vendedor|comprador))",
    r"\b(?:ponganme|pongame|comuniquenme|comuniqueme|conectenme|pasenme|paseme|denme|mandenme|quiero|necesito|prefiero|solo quiero)\b[^.?!]{0,10}\b(?:a|con|por) (?:una persona|alguien|un humano|un agente|un asesor)\b(?! (?:que firme|de mi))",
    r"\b(?:esto|este (?:caso|problema|asunto)|isso|este caso|esse (?:caso|problema))\b[^.?!]{0,14}\b(?:no lo|nao|solo lo|so|solamente)\b[^.?!]{0,6}\b(?:resuelve|arregla|entiende|resolve|entende|arruma)\b[^.?!]{0,10}\b(?:maquina|robot|bot|robo|computadora|computador|persona|pessoa|humano|gente)\b",
    r"\b(?:so|solo|apenas|somente) (?:uma|una|um|un|alguem|alguien|gente)\b[^.?!]{0,10}\b(?:pessoa|persona|humano|de verdade|de verdad)?\b[^.?!]{0,6}\b(?:resolve|resuelve|entende|entiende|pode|puede)\b",
    r"(?:^|[.!?,]\s*)(?:alguem |por favor |pfv |pf )?(?:me )?(?:liga|ligue|ligar|liguem|telefona|telefone|retorna|retorne)(?: pra| para)? ?(?:me|mim|aqui|por favor|pfv|pf)\b|(?:^|[.!?,]\s*)me (?:liga|ligue|liguem|retorna|retorne|telefona)\b",
    r"\b(?:nao quero|chega de|cansei de|nada de|sem|no quiero|basta de|dejen de|parem de|harto de|cansad[oa] de)\b[^.?!]{0,16}\b(?:respostas?|respuestas?|mensagens|mensajes|atendimento|atencion) (?:automatic|pront|pregrabad|enlatad|program)\w*|\b(?:nao quero|no quiero) (?:respostas?|respuestas?) automaticas?",
    r"\b(?:speak|talk|chat|write|get)\b[^.?!]{0,8}\b(?:to|with) (?:your|the) (?:boss|superior|supervisor|owner|people|head|director|ceo|complaints|finance|billing|legal|refunds?|technical)\b",
    r"\bby hand\b[^.?!]{0,30}\b(?:look|check|review)|\b(?:look|check|review|read|go)\w*\b[^.?!]{0,24}\b(?:by hand|manually|with (?:their|his|her) own eyes|in person)\b",
    r"\b(?:algun|alguna|uma|algum|una)? ?(?:pessoa|persona|alguem|alguien|humano)\b[^.?!]{0,12}\b(?:revise|veja|olhe|mire|atienda|atenda|leia|lea|analise|checa|cheque)\b",
    # The machine is not enough, or somebody is named by what they do
    r"\b(?:can|could|will|would|please|pode|puede[ns]?|podria[ns]?)\b(?: you| u| voce| vc)?(?: please)? (?:me )?(?:transfer|transferir|transfira|redirect|forward|connect|conectar|escalate|escalar|derivar) ?(?:me|us|this|isso|esto)?\b(?: (?:to|para o|pro|a|al|com|con) (?:the |your |o |el |um |un )?(?:team|human|person|agent|setor|area|departament\w+|support|suporte|soporte|refunds?|reembolsos?|billing|finance\w*|atend\w+|humano|agente|asesor|supervisor))?\s*(?:please|pls|por favor|$|[?!.])",
    r"\b(?:transferir|transfira|me transfere|transfiera|transfieran|pasar|passar|pasen|passe) (?:me )?(?:para|pra|pro|al?|ao|con) (?:o |a |el |la |um |una? )?(?:setor|area|departament\w+|equipe|equipo|time|financeiro|cobran\w+|reembolso\w*|pagos|suporte|soporte)\b",
    r"\b(?:give up|giving up|enough|done|finished|fed up|sick|tired|get me out|i hate|lose patience|no patience|useless|pointless|talking) (?:with|of|to) (?:this|the|that|these|your|you)?\s?(?:chat ?bot|bot|robot|machine|computer|program|ai|automated \w+|scripted \w+|canned \w+|auto ?repl\w+)s?\b|\b(?:enough|no more|stop)\b[^.?!]{0,12}\b(?:scripts?|scripted|canned|automated|automatic|auto|template|copy.?paste\w*|generic) ?(?:answers?|replies|reply|responses?|messages?)?\b(?! (?:refund|payment|renewal|top))",
    r"\b(?:a |any |some )?(?:human|real person|living person)\b[^.?!]{0,10}\b(?:would|could|should|might|must|will|can) (?:understand|see|know|get|check|look|help|decide|read|answer|solve|fix)\b",
    r"\b(?:ask|asking|want|wanting|need|waiting|expect)\w*\b[^.?!]{0,10}\b(?:for )?(?:a |an )?(?:real|proper|human|personal|actual|non.?automated) (?:reply|answer|response|help|support|assistance|conversation|explanation|contact|voice)\b|\bhuman (?:voice|touch|being|help|support|eyes?|reply)\b",
    r"\b(?:phone|telephone|contact|support|direct|hot) ?(?:line|number) (?:for|of|to) (?:support|help|customer|you|your|the team|assistance|service)\b",
    r"\b(?:someone|somebody|one of you|anyone)\b[^.?!]{0,8}\b(?:who|that) (?:can|could|will|would|actually|really|is able to|has)\b[^.?!]{0,14}\b(?:check|look|read|review|solve|fix|help|decide|listen|understand|think|explain|authority|access|power)\b",
    r"\b(?:(?:me )?(?:passa|passe|passem|manda|mande|da|de|dê|quero|preciso|qual e|tem|pasame|paseme|deme|dame|quiero|necesito)) (?:d?o |um |a |el |un |algum |algun )?(?:contato|contacto|telefone|telefono|numero|numero de telefone|numero de telefono|whatsapp|email) (?:d[aeo]s? |para (?:falar|hablar|ligar|llamar)|pra (?:falar|ligar)|com |con )(?:el |la |o |a )?(?:atendimento|atencion|suporte|soporte|voces|vcs|ustedes|sac|equipe|equipo|central|empresa|alguem|alguien|humano|telefone|telefono)\b",
    r"\b(?:robo|bot|robot|maquina)s? (?:nao|no)\b|\b(?:nao|no) (?:quero|quiero|e|es) (?:um |un |uma |una )?(?:robo|bot|robot|maquina)\b(?! (?:aspirador|de (?:lavar|coser|cortar|cafe)))",
    r"\b(?:uma|una|alguma|alguna) (?:pessoa|persona)\b[^.?!]{0,8}\b(?:analis|revis|olh|mir|vej|ve[ar]|atend|atiend|leia|lea|chec|cheq|conferi|verifi)\w*|\b(?:revis|analis|ver|olhar|mirar|checar|chequear|verificar|atender)\w*\b[^.?!]{0,8}\b(?:una|uma) (?:persona|pessoa)\b",
    r"\b(?:speak|talk|write|listen|complain|appeal|go)\w*\b[^.?!]{0,12}\b(?:a level up|higher up|next level|second level|somewhere else|upstairs)\b|\b(?:next|second|higher) (?:level|tier|line) (?:support|of support|agent)\b",
    # Short calls for somebody
    r"\b(?:where|who|how) (?:do|can|should) (?:i|we) (?:call|ring|phone)\b\s*(?:you|u|for help|about this|please|pls)?\s*[?!.]*$|(?:^|[.!?,]\s*)(?:please |pls )?(?:call|ring|phone) me\b(?! (?:before|when|if|at the door))",
    r"\b(?:do you|don'?t you|have you|is there|are there)\b[^.?!]{0,10}\b(?:have |got )?(?:any )?(?:people|humans|staff|employees|anyone|anybody)\b[^.?!]{0,14}\b(?:there|working|or (?:only|just)|behind|at all|who answer|on (?:duty|shift))\b",
    r"\b(?:need|want|like|prefer|just|rather)\b[^.?!]{0,8}\bto talk\b(?! (?:about|my|him|her|them|to the|with the|to my))|\blet (?:a|an|some) (?:person|human|agent|colleague|real \w+)\b",
    r"\b(?:a |en |para )?(?:que|cual) (?:numero|telefono)\b[^.?!]{0,14}\b(?:habl|llam|marc|comunic)\w*|\bque (?:alguien|alguno) me (?:contacte|llame|marque|atienda|escriba)\b",
    r"\b(?:falar|conversar|tratar|hablar) com? (?:a |o |la |el )?(?:gerencia|direcao|diretoria|ouvidoria|chefia|coordenacao|direccion|jefatura|supervision)\b|\b(?:me )?(?:coloca|bota|poe|deixa) (?:eu )?(?:me )?(?:com|pra falar com|falar com) (?:um |uma |o |a |alguem)",
    r"\b(?:uma|una) (?:ligacao|llamada) (?:de|sua|su|da|por favor)\b(?! (?:courier|entregador|repartidor|vendedor))|\b(?:get|have|send|ask) (?:somebody|someone|anybody) (?:from|in|at|of) (?:the |your )?(?:support|team|office|staff|billing|company)\b",
    # Turning the machine down
    r"\b(?:no|not|tired|sick|useless|instead|done|stop|cans\w+|hart[oa]|odi\w+|chega|basta|inutil)\b[^.?!]{0,24}\b(?:virtual assistant|asistente virtual|assistente virtual|ia|ai|program|automation)\b",
    r"\b(?:someone|somebody) (?:competent|senior|real|human|in charge|responsible)\b|\b(?:be|get) (?:transferred|connected|put through)\b|"
    r"^(?:please |pls )?connect(?: me)?(?: please| pls)?$|\bwho(?: i|')s your (?:manager|supervisor|boss)\b|\bcomplain in person\b|\b(?:persona|pessoa|alguien|alguem) (?:responsable|responsavel|competente)\b",
    r"\b(?:not|no|stop|enough|sick|tired|hate|instead|don'?t|without|useless|stupid|dumb|off|done|complicated|fed up|beyond)\b[^.?!]{0,30}"
    r"\b(?:bots?|robots?|chatbots?|automated (?:answers?|replies|messages?|responses?)|canned (?:answers?|replies|responses?))\b"
    r"(?! (?:vacuums?|toys?|arm|cleaners?|mops?|lawn))",
    r"\b(?:talk|speak|chat|deal|writ|do this)\w*\b[^.?!]{0,12}\b(?:to|with) (?:an? |the |this )?(?:machine|computer|ai|software)\b",
    r"\b(?:no|nao|sin|sem|odio|odeio|chega|basta|harto|harta|cansad[oa]|cansei|complicado)\b[^.?!]{0,25}\b(?:robots?|bots?|robos?|chatbots?)\b"
    r"(?! (?:aspirador|aspiradora|de cozinha|de cocina))",
    r"\brespuestas? automaticas?\b[^.?!]{0,12}(?:no|inutil|sirv)|\bno me sirven? (?:las|estas) respuestas? automaticas?\b|"
    r"\brespostas? automaticas? (?:nao|inutil)\b",
    r"\b(?:hablar|falar|conversar|tratar)\b[^.?!]{0,12}\b(?:con|com) (?:una |uma |la |a )?(?:maquina|computadora)\b",
]
_IN_A_STORY = re.compile(
    r"\b(?:delivery|customs|tax|estate|sales|pickup|pick-up|courier|wrong|different|third|another|other|which|same|insurance|"
    r"travel|shipping) (?:person|people|agents?|man|guy|somebody|someone)\b|\botr[ao]s? personas?\b|"
    r"\boutr[ao]s? pessoas?\b|\b(?:someone|somebody|anyone) else\b|\b(?:person|people|someone|somebody) in another\b|"
    r"\bcontact (?:person|people) (?:for|of|at)\b"
)
_ROLE = re.compile(
    r"\b(?:humans?(?: being)?|hooman|(?:live |support |help ?desk |service )?agents?|operators?|representatives?|reps?|advis[oe]rs?|supervisors?|"
    r"managers?|specialists?|employees?|colleagues?|co-?workers?|staff(?: members?)?|(?:real|live|actual|breathing) (?:person|people|one|support)|"
    r"your (?:boss|team|people|superiors?)|the owner|(?:support|service|returns|refunds|billing|legal|claims|complaints) "
    r"(?:team|department|staff|desk|people)|(?:team|person|people) (?:in charge|responsible)|flesh and blood|"
    r"(?:ser |soporte |atencion |ayuda )?humanos?|agentes?|asesor(?:a|es)?|representantes?|operador(?:a|es)?|supervisor(?:a|es)?|encargad[oa]s?|gerentes?|"
    r"ejecutiv[oa]s?|emplead[oa]s?|personal de (?:soporte|atencion)|persona real|su jef[ea]|tu jef[ea]|alguien de (?:soporte|su equipo|atencion|ustedes|verdad|la empresa)|"
    r"atendentes?|humanas?|seres? humanos?|responsavel|funcionari[oa]s?|(?:seu|sua) chefe|pessoa (?:real|de verdade)|"
    r"alguem (?:d[oa] (?:suporte|equipe|atendimento|empresa)|de voces|de verdade))\b"
)
_ANYONE = re.compile(
    r"\b(?:someone|somebody|anyone|anybody|some ?one|a person|people|you guys|una persona|alguien|uma pessoa|alguem)\b"
)
_WISH = re.compile(
    r"\b(?:want|wanna|need|prefer|rather|like to|would like|let|get|give|bring|fetch|put|connect|demand|request|require|insist|ask(?:ing)? for|please|pls|"
    r"asap|now|can|could|may|how (?:do|can)|is there|are there|where|hoping|wish|raise|forward|"
    r"quiero|queremos|necesito|prefiero|quisiera|exijo|solicito|pido|dame|deme|denme|puedo|puede[ns]?|podria|como|hay|por favor|urge|urgente|gustaria|"
    r"quero|queremos|preciso|queria|exijo|peco|gostaria|posso|pode|poderia|tem|da para|da pra|urgente|consigo)\b"
)
_CONTACT = re.compile(
    rf"\b(?:{_TALK}\w*|(?:call|ring|phone|answer|contact|reply to|respond to|write) (?:to )?me|conversation|discuss|hablar\w*|hable|"
    r"llam(?:e|en|ar)(?:me)?|me (?:llam|marqu|marc|atiend|contact|contest|respond|lig|atend|retorn)\w+|platicar|conversar|falar|fale|dialogar)\b"
)
_ABOUT_OTHERS = re.compile(
    r"\b(?:sellers?|buyers?|couriers?|drivers?|carriers?|deliver\w*|pick-?up|neighbou?rs?|friends?|mother|mom|father|brother|sister|son|daughter|wife|husband|shops?|"
    r"store|accounts?|access|role|roles|sizes?|hair|anatomy|fees?|appeal|photos|sample|customs|sign|signs|signed|signature|parcel|package|gift|become|job|hired?|discount|"
    r"insurance|estate|travel|ratings?|model|cleaning|listing|selling|sold|bought|manuals?|codes?|picks|many|match|my (?:boss|manager|staff|employees?|team|agent|colleagues?|assistant)|"
    r"vendedor\w*|comprador\w*|repartidor\w*|mensajer\w*|vecin\w*|herman\w*|amig\w*|mama|hij[oa]|tiendas?|cuentas?|aduan\w*|paquetes?|regal\w*|"
    r"entregador\w*|vizinh\w*|irma\w*|filh[oa]|mae|lojas?|contas?|despachante|pacotes?|presente\w*|retirada|retirar|agregar|adicionar|saldo|"
    r"used my|using my|stole|hack\w*|threat\w*|insult\w*|debochou|mocked|made fun|burlo|racist\w*)\b"
)
_SENTENCE = re.compile(r"[^.?!;\n]+")
_SWEARING = re.compile(r"\b(?:fucking|fuckin|bloody|damn(?:ed)?|goddamn|freaking|effing) ?")
_WORD = re.compile(r"[a-z]{5,}")
_TURNING = (
    "customer service support assistance assistant somebody someone person operator agent representative contact "
    "supervisor manager"
).split()
_NO_SLIP = frozenset(
    "agente agentes contacto contato contract operador operadora persona personas personal prison services serviced "
    "suporte servicio manage manages managed supervisors supports contacts contacted persons agents urgent argent gente customers".split()
)


def _shorter(word: str) -> set[str]:
    """The word and all that is left of it without one of its letters."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


_SLIPS = dict(chain.from_iterable(((short, word) for short in _shorter(word)) for word in _TURNING))
_SAID_PATTERN = re.compile("|".join(_SAID))
_MEANT_PATTERN = re.compile("|".join(_MEANT))


def asks_for_person(text: str) -> bool:
    """Whether the writer wants a human: said to somebody's name or role, asked for, or by refusing the machine."""
    folded = _SWEARING.sub("", _WORD.sub(_without_slip, " ".join(fold(text).replace("’", "'").split())))
    if _SAID_PATTERN.search(folded):
        return True
    told = _IN_A_STORY.sub(" ", folded)
    return bool(_MEANT_PATTERN.search(told)) or any(map(_is_wish, _SENTENCE.findall(told)))


def _is_wish(sentence: str) -> bool:
    """A wish, and somebody of ours or contact with anybody, and none of those whom orders are about."""
    if not _WISH.search(sentence) or _ABOUT_OTHERS.search(sentence):
        return False
    return bool(_ROLE.search(sentence) or (_ANYONE.search(sentence) and _CONTACT.search(sentence)))


def _without_slip(found: re.Match[str]) -> str:
    """The word that was meant, when one letter is missing, too many, wrong or out of place."""
    word = found[0]
    if word in _NO_SLIP:
        return word
    return next((_SLIPS[short] for short in _shorter(word) if short in _SLIPS), word)
