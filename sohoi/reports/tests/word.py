"""Word files for the tests, made with python-docx and bent where a test needs it; all names are made up."""

import io
import zipfile

from docx import Document


def report(*lines: str) -> bytes:
    """A document with a paragraph for each line."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    return saved(document)


def saved(document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_members(data: bytes, members: dict[str, bytes | str]) -> bytes:
    """The same file with members added or changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in members:
                new.writestr(name, old.read(name))
        for name, body in members.items():
            new.writestr(name, body)
    return out.getvalue()


def with_body(xml: str) -> bytes:
    """A document whose paragraphs are this XML."""
    data = report("x")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        whole = archive.read("word/document.xml").decode()
    before, _ = whole.split("<w:body>")
    return with_members(data, {"word/document.xml": f"{before}<w:body>{xml}<w:sectPr/></w:body></w:document>"})


def zipped(**files: bytes) -> bytes:
    return with_files({f"{name}.docx": data for name, data in files.items()})


def with_files(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()
