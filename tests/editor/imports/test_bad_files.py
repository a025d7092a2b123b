"""What is wrong with a file is said in the report; what is beside it is imported."""

import io
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from app.editor.imports import limits
from app.editor.imports.limits import Refused
from app.editor.imports.runner import read
from app.editor.imports.work import Work
from tests.editor.imports.files import CONTENT_TYPES, MACROS, article, docx, page, pdf, zipped
from tests.editor.imports.reading import article_of, by_name, found_in

GOOD = article("good", "Is this one imported?", "It is, whatever is beside it.")
MEGABYTE = 1_000_000
LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
    + "]><w>&m;</w>"
)  # fmt: skip


def bomb_in_zip() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.md", b"0" * 20 * MEGABYTE)
    return made.getvalue()


def word_bomb() -> bytes:
    return docx([("Normal", "x")], {"word/media/image1.xml": b" " * 40 * MEGABYTE})


def laughing() -> bytes:
    made = io.BytesIO(docx([("Normal", "x")]))
    with zipfile.ZipFile(made) as archive:
        files = {info.filename: archive.read(info) for info in archive.infolist()}
    files["word/document.xml"] = LAUGHS.encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


BAD: dict[str, tuple[str, Callable[[], bytes | str], str]] = {
    "ratio": ("bomb.md", lambda: b"0" * 900_000 + b"\n" * 30 * MEGABYTE, "zip bomb"),
    "nested": ("nested.zip", bomb_in_zip, "archive in the archive"),
    "up": ("../../etc/cron.d/x.md", lambda: GOOD, "leads out"),
    "backslash": ("..\\..\\x.md", lambda: GOOD, "leads out"),
    "absolute": ("/etc/x.md", lambda: GOOD, "absolute path"),
    "drive": ("C:\\x.md", lambda: GOOD, "absolute path"),
    "encrypted pdf": ("secret.pdf", lambda: pdf([[(12, "Secret things")]], "geheim"), "encrypted"),
    "broken pdf": ("broken.pdf", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40, "cannot be read as a PDF"),
    "empty pdf": ("scan.pdf", lambda: pdf([[]]), "no text, only pictures"),
    "docm": ("macro.docm", lambda: docx([("Normal", "Hi")], kind=MACROS), "macros"),
    "vba": ("macro.docx", lambda: docx([("Normal", "Hi")], {"word/vbaProject.bin": b"\1"}), "macros"),
    "word bomb": ("bomb.docx", word_bomb, "as a bomb does"),
    "billion laughs": ("laughs.docx", laughing, "cannot be read as a Word document"),
    "locked word": ("locked.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "encrypted"),
    "no word": ("no.docx", lambda: b"hello", "is no Word document"),
    "half a word": ("half.docx", lambda: docx([("Normal", "x" * 5_000)])[:900], "is no Word document"),
    "deep page": ("deep.html", lambda: "<div>" * 5_000 + "x", "nested too deep"),
    "empty page": ("empty.html", lambda: page("", ""), "no text beside navigation"),
    "damaged utf-8": ("broken.md", lambda: "naïve café ñandú\n".encode() + b"\xff\xfe bytes\n", "line 2: holds bytes"),
    "no text": ("binary.html", lambda: bytes(range(256)) * 20, "holds zero bytes"),
    "undefined bytes": ("odd.csv", lambda: b"question,answer\nWhy?,Be\x8dcause\n", "line 2: cannot be read as cp1252"),
    "no header": ("plain.csv", lambda: "How do I return it?,Print the label.\n", "has no header"),
    "open quote": ("quote.csv", lambda: 'question,answer\nWhy?,"Because\n', "check its quotes"),
    "two ids": ("ids.md", lambda: GOOD.replace("title:", "id: other\ntitle:"), "line 3: id stands twice"),
    "no kind": ("kind.md", lambda: GOOD.replace("kind: faq\n", ""), "kind is missing"),
    "unknown": ("setup.exe", lambda: b"MZ", "is no Markdown, HTML, DOCX, PDF or CSV"),
    "nothing": ("nothing.md", lambda: b"", "is empty"),
}


@pytest.mark.parametrize("case", list(BAD))
async def test_a_bad_file_is_refused_with_its_reason_and_the_rest_imported(case: str, tmp_path: Path) -> None:
    name, content, reason = BAD[case]
    files: dict[str, bytes | str] = {
        "a.md": GOOD.replace("good", "a"),
        name: content(),
        "z.md": GOOD.replace("good", "z"),
    }
    found = await found_in(zipped(files, tmp_path / "all.zip"))
    assert [one.article_id for one in found if not one.is_refused] == ["a", "z"]
    (refused,) = [one for one in found if one.is_refused]
    assert reason in refused.reason
    assert refused.name == name


async def test_a_row_without_an_answer_costs_no_other_row(tmp_path: Path) -> None:
    path = tmp_path / "faq.csv"
    path.write_text("question,answer\nWhy?,Because.\nWhen?,\nWhy?,Never.\nwhy?,Because.\nHow?,So.\n")
    found = await by_name(path)
    assert [one.title for one in found.values() if not one.is_refused] == ["Why?", "How?"]
    assert [one.reason for one in found.values() if one.is_refused] == [
        "row 3 has no answer",
        "row 4 gives another answer to the question of row 2; keep one",
        "row 5 says the same as row 2",
    ]


async def test_links_and_devices_in_an_archive_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "links.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, kind in (("passwd.md", stat.S_IFLNK), ("device.md", stat.S_IFCHR)):
            info = zipfile.ZipInfo(name)
            info.create_system, info.external_attr = 3, (kind | 0o777) << 16
            archive.writestr(info, "/etc/passwd")
        archive.writestr("good.md", GOOD)
    found = await by_name(path)
    assert "symbolic link" in found["passwd.md"].reason
    assert "no ordinary file" in found["device.md"].reason
    assert not found["good.md"].is_refused


async def test_a_size_that_the_archive_lies_about_is_noticed(tmp_path: Path) -> None:
    path = zipped({"bomb.html": b"<p>" + b"a" * 12 * MEGABYTE, "good.md": GOOD}, tmp_path / "lies.zip")
    data = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):  # the unpacked size in both headers
        at = data.index(mark) + place
        data[at : at + 4] = (900_000).to_bytes(4, "little")
    path.write_bytes(bytes(data))
    found = await by_name(path)
    assert found["bomb.html"].is_refused
    assert not found["good.md"].is_refused


async def test_files_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    path = zipped({"a.md": GOOD.replace("good", "a"), "b.md": GOOD.replace("good", "b")}, tmp_path / "over.zip")
    data = path.read_bytes()
    second = data.rindex(b"PK\x01\x02") + 42  # where the second one's bytes begin, as the directory says
    path.write_bytes(data[:second] + (0).to_bytes(4, "little") + data[second + 4 :])
    found = await by_name(path)
    assert found["b.md"].is_refused


async def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    path = zipped({"a.md": GOOD}, tmp_path / "locked.zip")
    data = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    path.write_bytes(bytes(data))
    assert "encrypted" in (await by_name(path))["a.md"].reason


@pytest.mark.parametrize(
    ("encoding", "note"),
    [("latin-1", "read as Windows-1252"), ("utf-16", ""), ("utf-16-le", "read as UTF-16"), ("utf-8-sig", "")],
)
async def test_other_encodings_are_read(encoding: str, note: str, tmp_path: Path) -> None:
    path = tmp_path / "café.csv"
    path.write_bytes(
        "question,answer\nWo ist mein Päckchen?,Schauen Sie unter „Käufe“ nach.\n".replace("„Käufe“", "Käufe").encode(
            encoding
        )
    )
    (found,) = await found_in(path)
    got = article_of(found)
    assert (got.title, got.body) == ("Wo ist mein Päckchen?", "Schauen Sie unter Käufe nach.")
    assert note in found.reason


async def test_a_page_may_say_its_encoding(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(page("Возврат", "<p>Деньги вернутся.</p>", '<meta charset="windows-1251">').encode("windows-1251"))
    (found,) = await found_in(path)
    assert (found.title, found.article_id[:8]) == ("Возврат", "page")


async def test_a_page_of_50_mb_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "large.html"
    with path.open("wb") as file:
        for _ in range(50):
            file.write(b"<p>word</p>" * 90_910)
    (found,) = await found_in(path)
    assert "larger than 5 MB" in found.reason


async def test_too_many_files_are_refused_before_any_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "many.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(limits.MAX_MEMBERS + 1):
            archive.writestr(f"{number}.md", "x")
    with pytest.raises(Refused, match="20,000 are the most"):
        await found_in(path)


async def test_what_needs_too_much_memory_is_refused_and_the_rest_read(tmp_path: Path) -> None:
    hungry = "".join(f"<i>{number % 7}</i>" for number in range(600_000))
    path = zipped({"a.md": GOOD.replace("good", "a"), "z.md": GOOD}, tmp_path / "h.zip")
    with zipfile.ZipFile(path, "a") as archive:  # not packed: as it is, it is no bomb
        archive.writestr("hungry.html", hungry)
        archive.writestr("zz.md", GOOD.replace("good", "zz"))
    found = await by_name(path)
    assert "MB of memory" in found["hungry.html"].reason
    assert [one.article_id for one in found.values() if not one.is_refused] == ["a", "good", "zz"]


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("while True: pass", "takes longer than 1 seconds"),
        ("import os; os.kill(os.getpid(), 11)", "breaks the converter"),
        ("x = []\nwhile True: x.append(bytearray(10**7))", "MB of memory"),
        ("raise SystemExit(3)", "breaks the converter"),
    ],
)
async def test_a_converter_that_hangs_or_dies_costs_its_file_alone(
    code: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker is run with a reader of Markdown that does this for one of the files."""
    script = tmp_path / "worker.py"
    script.write_text(
        "from app.editor.imports import limits, markdown_file, worker\n"
        "limits.MEMBER_SECONDS = 1\n"
        "inner = markdown_file.read_markdown\n"
        "def read(name, *rest):\n"
        "    if name == 'm.md':\n"
        + "".join(f"        {line}\n" for line in code.split("\n"))
        + "    return inner(name, *rest)\n"
        "markdown_file.read_markdown = read\n"
        "worker.main()\n"
    )
    monkeypatch.setattr("app.editor.imports.runner.COMMAND", ("-I", str(script)))
    monkeypatch.setattr("app.editor.imports.runner.MEMBER_SECONDS", 1)
    files = {f"{name}.md": GOOD.replace("good", name) for name in "amz"}
    found = await by_name(zipped(files, tmp_path / "all.zip"))
    assert reason in found["m.md"].reason
    assert [one.article_id for one in found.values() if not one.is_refused] == ["a", "z"]


async def test_after_many_files_that_break_it_the_rest_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "worker.py"
    script.write_text(
        "import os\nfrom app.editor.imports import markdown_file, worker\n"
        "markdown_file.read_markdown = lambda *_: os._exit(9)\nworker.main()\n"
    )
    monkeypatch.setattr("app.editor.imports.runner.COMMAND", ("-I", str(script)))
    monkeypatch.setattr("app.editor.imports.runner.MAX_RESTARTS", 2)
    found = await found_in(zipped({f"{n}.md": GOOD for n in range(9)}, tmp_path / "all.zip"))
    assert [one.name for one in found] == ["0.md", "1.md", "2.md", "6 more files"]


async def test_no_zip_is_no_zip(tmp_path: Path) -> None:
    path = tmp_path / "no.zip"
    path.write_bytes(b"PK\x03\x04 nothing of the kind")
    with pytest.raises(Refused, match="no zip that can be opened"):
        [one async for one in read(Work(name="no.zip", path=str(path)))]


def test_the_files_of_these_tests_are_what_they_say() -> None:
    assert "macroEnabled" in MACROS
    assert CONTENT_TYPES.count("{}") == 1
    assert len(BAD["ratio"][1]()) > 30 * MEGABYTE
