"""Quantities: amounts, periods, dates, shares and plain numbers in a sentence, each as ``kind:value``."""

import re
from collections.abc import Iterator, Mapping

_MONTHS: Mapping[str, int] = {
    word: number
    for number, words in enumerate(
        "january enero janeiro|february febrero fevereiro|march marzo marco|april abril|mayo maio|june junio junho|"
        "july julio julho|august agosto|september septiembre setembro|october octubre outubro|"
        "november noviembre novembro|december diciembre dezembro".split("|"),
        1,
    )
    for word in words.split()
}
_WEEKDAYS: Mapping[str, int] = {
    word: number
    for number, words in enumerate(
        "monday lunes segunda-feira|tuesday martes terca-feira terca|wednesday miercoles quarta-feira|"
        "thursday jueves quinta-feira|friday viernes sexta-feira|saturday sabado|sunday domingo".split("|"),
        1,
    )
    for word in words.split()
}
_MONTH = "|".join(_MONTHS) + r"|may(?=\s\d)|(?<=\d\s)may"
_CALENDAR = re.compile(
    rf"\b(?:(?P<m1>{_MONTH})\s(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s?[%:x])|"
    rf"(?P<d2>\d{{1,2}})(?:st|nd|rd|th|o|a)?\s(?:of\s|de\s)?(?P<m2>{_MONTH})\b|(?P<m3>{'|'.join(_MONTHS)})\b|"
    rf"(?P<wd>{'|'.join(sorted(_WEEKDAYS, key=len, reverse=True))})s?\b|"
    r"(?P<hour>\d{1,2})(?:(?::|h)(?P<minute>\d\d))?\s?(?P<half>am|pm|a\.m\.|p\.m\.)|(?P<clock>\d{1,2}[:h]\d\d))"
)
_NUMBER = re.compile(
    r"(?P<cur>us\$|r\$|mx\$|[$€£])?\s?(?P<digits>(?<![\w.])\d+(?:[.,/]\d+)*)(?P<nth>(?:st|nd|rd|th)\b)?"
)
_UNIT = re.compile(
    r"[\s-]?(?:full |more |calendar |consecutive |additional |extra )?(?:"
    r"(?P<percent>%|percent(?:age points?)?\b|por ?ciento\b|por ?cento\b|puntos? porcentual|pontos? percentua)|"
    r"(?P<usd>\$|dollars?\b|usd\b|dolares\b)|(?P<eur>€|euros?\b|eur\b)|(?P<gbp>£|pounds?\b|gbp\b)|"
    r"(?P<brl>reais\b|brl\b)|(?P<mxn>pesos\b|mxn\b)|"
    r"(?P<bday>business[ -]days?\b|dias? (?:habil(?:es)?|laborables?|ute?is|util)\b)|"
    r"(?P<sec>seconds\b|segundos\b)|(?P<min>min(?:ute|uto)?s?\b)|(?P<hour>hours?\b|horas?\b|h\b)|"
    r"(?P<day>days?\b|dias?\b)|(?P<week>weeks?\b|semanas?\b)|(?P<month>months?\b|mes(?:es)?\b)|"
    r"(?P<year>years?\b|anos?\b)|(?P<kg>kg\b|kilo(?:gram)?s?\b|quilos?\b)|(?P<cm>cm\b)|(?P<times>times\b|veces\b|vezes\b)|(?P<px>px\b|pixels?\b))"
)
_SECONDS = {"sec": 1, "min": 60, "hour": 3_600, "day": 86_400, "week": 604_800}
_CURRENCIES = {"$": "usd", "us$": "usd", "r$": "brl", "mx$": "mxn", "€": "eur", "£": "gbp"}
_RANGE = re.compile(r"\s?(?:-|–|to|or|and|a|o|y|e|ou|x)\s?")


def quantities(said: str) -> Iterator[tuple[str, int, int]]:
    """``(key, start, end)`` of every quantity; in "3 to 5 business days" both have the unit."""
    taken: list[tuple[int, int]] = []
    for found in _CALENDAR.finditer(said):
        taken.append(found.span())
        yield _calendar_key(found), *found.span()
    pending: list[tuple[str, int, int]] = []
    for found in _NUMBER.finditer(said):
        start, end = found.start("cur") if found["cur"] else found.start("digits"), found.end()
        if any(start < stop and begin < end for begin, stop in taken):
            continue
        unit = _UNIT.match(said, end)
        kind = "nth" if found["nth"] else "plain"
        if found["cur"]:
            kind = _CURRENCIES[found["cur"]]
        elif unit is not None:
            kind = unit.lastgroup or "plain"
            end = unit.end()
        value = value_of(found["digits"])
        if pending and not _RANGE.fullmatch(said, pending[-1][2], start):
            yield from ((_key("plain", v), s, e) for v, s, e in pending)
            pending = []
        if kind == "plain" and _RANGE.match(said, end):
            pending.append((value, start, end))
            continue
        yield from ((_key(kind, v), s, e) for v, s, e in pending)
        pending = []
        yield _key(kind, value), start, end
    yield from ((_key("plain", v), s, e) for v, s, e in pending)


def _key(kind: str, value: str) -> str:
    """Times in one unit, so that 24 hours are a day; months and business days have none in common with them."""
    number = float(value) if re.fullmatch(r"\d+(?:\.\d+)?", value) else None
    if number is not None and kind in _SECONDS:
        return f"time:{number * _SECONDS[kind]:g}"
    if number is not None and kind == "year":
        return f"month:{number * 12:g}"
    return f"{kind}:{value}"


def value_of(digits: str) -> str:
    """A number without separators of thousands and without a fraction of zeros."""
    digits = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", digits)
    digits = digits.replace(",", ".")
    return re.sub(r"\.0+$", "", digits)


def _calendar_key(found: re.Match[str]) -> str:
    if month := found["m1"] or found["m2"]:
        return f"date:{_MONTHS.get(month, 5)}-{int(found['d1'] or found['d2'])}"
    if found["m3"]:
        return f"in:{_MONTHS[found['m3']]}"
    if found["wd"]:
        return f"weekday:{_WEEKDAYS[found['wd']]}"
    if found["clock"]:
        hour, minute = re.split("[:h]", found["clock"])
        return f"clock:{int(hour)}.{minute}"
    late = found["half"].startswith("p") and found["hour"] != "12"
    return f"clock:{int(found['hour']) + 12 * late}.{found['minute'] or '00'}"
