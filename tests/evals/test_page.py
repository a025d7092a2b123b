"""The report: the same chapters as Markdown and as a page that stands alone."""

import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import pytest

from evals.datasets.bases import UNSEEN
from evals.page.chapter import Chapter, Chart, Claim, Table
from evals.page.charts import reliability_diagram, risk_coverage_curve
from evals.page.html import html
from evals.page.markdown import markdown
from evals.report import SUITES
from evals.scorers.reliability import reliability
from evals.scorers.risk_coverage import risk_coverage

CONFIDENCE = [n / 50 for n in range(50)]
RIGHT = [n % 7 > 0 and n > 9 for n in range(50)]
CURVE = risk_coverage_curve(risk_coverage(CONFIDENCE, RIGHT), "a <curve>", 0.05, [("certified", 0.4, 0.03)])
DIAGRAM = reliability_diagram(reliability(CONFIDENCE, RIGHT), "a diagram")
CHAPTERS = [
    Chapter(
        "First & foremost",
        text=["Said <b>plainly</b>."],
        tables=[Table(["set", "risk"], [["a|b", "0.5"], ["<script>", "–"]], "By set")],
        charts=[Chart(CURVE, "Risk over coverage"), Chart(DIAGRAM, "Reliability")],
        claims=[Claim("risk", "<= 0.05", "0.04", True), Claim("pass", ">= 0.9", "0.8", False)],
    ),
    Chapter("Empty"),
]


@pytest.mark.parametrize("drawing", [CURVE, DIAGRAM])
def test_drawings_are_sound(drawing: str) -> None:
    """Well-formed, with a name for those who do not see them, and nothing drawn outside."""
    root = ET.fromstring(drawing)
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"]
    width, height = map(float, root.attrib["viewBox"].split()[2:])
    for circle in root.iter("circle"):
        assert 0 <= float(circle.attrib["cx"]) <= width
        assert 0 <= float(circle.attrib["cy"]) <= height
        assert circle.find("title") is not None
    for line in root.iter("polyline"):
        for point in line.attrib["points"].split():
            x, y = map(float, point.split(","))
            assert 0 <= x <= width
            assert 0 <= y <= height


def test_the_certified_point_is_marked() -> None:
    """At its coverage and risk, in words."""
    root = ET.fromstring(CURVE)
    marked = [circle for circle in root.iter("circle") if circle.attrib["class"] == "marked"]
    assert len(marked) == 1
    title = marked[0].find("title")
    assert title is not None
    assert title.text == "certified: 40.0% answered, 3.0% of them wrong"


def test_nothing_to_draw() -> None:
    """No questions are an empty drawing."""
    assert ET.fromstring(reliability_diagram([], "none"))
    assert ET.fromstring(risk_coverage_curve([], "none", 0.05))


def test_the_markdown() -> None:
    """Claims first, every table whole, and a bar in a cell breaks none."""
    said = markdown("Evals", "now", CHAPTERS)
    assert said.startswith("# Evals\n\nnow\n\n## What must hold\n\n| what | target | found | holds |\n")
    assert "| pass | >= 0.9 | 0.8 | **no** |" in said
    assert "By set\n\n| set | risk |\n|---|---|\n| a/b | 0.5 |\n" in said
    assert "(drawn in the page) Reliability" in said


class Tags(HTMLParser):
    """Counts tags and notes what a page would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.count: dict[str, int] = {}
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.count[tag] = self.count.get(tag, 0) + 1
        self.fetched += [
            value or "" for name, value in attrs if name in ("src", "href") and not (value or "").startswith("#")
        ]
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.count[tag] = self.count.get(tag, 0) + 1

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page() -> None:
    """It fetches nothing, runs nothing, escapes what it is given, closes every tag, fits a phone and follows the
    device's light or dark."""
    page = html("Evals <1>", "now", CHAPTERS)
    tags = Tags()
    tags.feed(page)
    assert tags.open == []
    assert tags.fetched == []
    assert "script" not in tags.count
    assert (tags.count["svg"], tags.count["h1"], tags.count["table"]) == (2, 1, 2)
    assert "&lt;b&gt;plainly" in page
    assert 'name="viewport"' in page
    assert "prefers-color-scheme: dark" in page
    assert not re.search(r"https?://", page)


def test_suites() -> None:
    """All, each public set, our own, the fictional companies, and the proofs; the adapter's own lessons are in "bases"
    alone."""
    assert {"all", "hint3_curekart", "gumroad_help", "mtrag159", "golden", "bases", "proofs"} == set(SUITES)
    assert all(set(names) <= set(SUITES["all"]) for suite, names in SUITES.items() if suite != "bases")
    assert set(UNSEEN) == set(SUITES["all"]) & set(SUITES["bases"])
