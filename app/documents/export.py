"""The export of a screening as PDF (PDF/UA-1), with the recipient's name across every page."""

import json
from collections.abc import Mapping
from pathlib import Path

import typst

TEMPLATE = Path(__file__).parent / "export.typ"


def export_pdf(mark: Mapping[str, str], shape: Mapping[str, object], text: str) -> bytes:
    """The paper: what was found in words, then every response with its source, then which law and questions were used."""
    data = {"mark": dict(mark), "report": _paragraphs(text), "shape": shape}
    pdf = typst.compile(
        str(TEMPLATE), sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, pdf_standards=["ua-1"]
    )
    return bytes(pdf)


def _paragraphs(text: str) -> list[dict[str, object]]:
    """The lines of a report with their depth, so that the paper keeps its order."""
    return [
        {"depth": (len(line) - len(line.lstrip())) // 2, "text": line.strip()}
        for line in text.splitlines()
        if line.strip()
    ]
