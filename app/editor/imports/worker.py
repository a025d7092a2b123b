"""Worker: the process that reads what came from outside. ``python -m app.editor.imports.worker``.

It takes one ``Work`` on standard input and writes lines of JSON: ``total``; for each file ``begin``, its ``item``
lines and ``end``; at last ``finished``. It stores nothing, and it may be ended at any moment: by the kernel for too
much memory or time, or by a converter that crashes. Who started it then knows which file it was.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from typing import Any

from app.editor.imports.archive import Archive, Member
from app.editor.imports.compose import Found, refused
from app.editor.imports.convert import ASSETS, convert, convert_page, most_bytes
from app.editor.imports.limits import OUT_OF_MEMORY, Refused, begin_clock, confine, stop_clock
from app.editor.imports.naming import Names
from app.editor.imports.work import Work

Read = Callable[[], Iterator[Found]]


def main() -> None:
    """Confine this process, then read."""
    work = Work.from_json(sys.stdin.buffer.read())
    confine()
    out = os.dup(1)
    os.dup2(2, 1)  # whatever a library prints is no line of ours

    def say(**line: Any) -> None:
        data = json.dumps(line, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"
        while data:
            data = data[os.write(out, data) :]

    try:
        begin_clock()
        files = _site(work, say) if work.sitemap else _upload(work)
        say(total=len(files))
        for number, (name, read) in enumerate(files[work.start :], work.start):
            say(begin=number, name=name)
            begin_clock()
            _one(name, read, say)
            stop_clock()
            say(end=number)
        say(finished=True)
    except Refused as why:
        say(failed=why.reason)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def _one(name: str, read: Read, say: Callable[..., None]) -> None:
    """A file's articles, or the reason why it has none."""
    try:
        for found in read():
            say(item=found.as_json())
    except Refused as why:
        say(item=refused(name, why.reason).as_json())
    except MemoryError:
        raise
    except RecursionError:
        say(item=refused(name, "is nested too deep to be a text").as_json())
    except Exception as error:  # noqa: BLE001  one file never costs the others
        say(item=refused(name, f"cannot be read ({type(error).__name__})").as_json())


def _upload(work: Work) -> list[tuple[str, Read]]:
    names = Names(work.known, frozenset(work.taken))
    if not work.name.lower().endswith(".zip"):
        names.plan([work.name])
        return [(work.name, lambda: _single(work, names))]
    archive = Archive(work.file)
    members = archive.members()
    wanted, assets = [], dict[str, int]()
    for member in members:
        suffix = os.path.splitext(member.name)[1].lower()  # noqa: PTH122  a name, no path of ours
        if suffix in ASSETS and not member.reason:
            assets[suffix] = assets.get(suffix, 0) + 1
        else:
            wanted.append(member)
    names.plan(member.name for member in wanted if not member.reason)
    files = [(member.name, _reader(archive, member, names, work)) for member in wanted]
    if assets:
        said = ", ".join(f"{count} {suffix}" for suffix, count in sorted(assets.items()))
        only = "not imported: pictures, styles and data; alternative texts stay"
        files.append((said, lambda: iter([refused(said, only)])))
    if not files:
        raise Refused("holds no files")
    return files


def _reader(archive: Archive, member: Member, names: Names, work: Work) -> Read:
    def read() -> Iterator[Found]:
        if member.reason:
            raise Refused(member.reason)
        data = archive.read(member, most_bytes(member.name))
        yield from convert(member.name, data, names, work.options, work.whole)

    return read


def _single(work: Work, names: Names) -> Iterator[Found]:
    most = most_bytes(work.name)
    if work.file.stat().st_size > most:
        raise Refused(f"is larger than {most / 1e6:,.0f} MB; split it into articles")
    yield from convert(work.name, work.file.read_bytes(), names, work.options, work.whole)


def _site(work: Work, say: Callable[..., None]) -> list[tuple[str, Read]]:
    from app.editor.imports.hosts import Hosts  # noqa: PLC0415  uploads need no network
    from app.editor.imports.site import Site  # noqa: PLC0415

    site = Site(Hosts.of(work.hosts))
    pages = list(work.pages)
    if not pages:
        pages = site.pages(work.sitemap)
        say(pages=pages)
    names = Names(work.known, frozenset(work.taken))
    names.plan(pages)

    def reader(url: str) -> Read:
        def read() -> Iterator[Found]:
            from app.editor.imports.encoding import decode  # noqa: PLC0415

            reply = site.page(url)
            text, note = decode(reply.content, reply.charset)
            yield convert_page(url, text, names, work.options, note)

        return read

    return [(url, reader(url)) for url in pages]


if __name__ == "__main__":
    main()
