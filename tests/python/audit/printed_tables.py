"""Tables of different layout, typed for the tests from no real paper, in the files that people have them in."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
from docx import Document
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

MARKDOWN = """# Table 1. Baseline; values are median (range) or n (%)

| Characteristic | Placebo (n = 52) | Drug (n = 48) | p value |
|:---|:---:|---:|---|
| Age, years | 64.5 (19-78) | 61 (22–80) | 0.31 |
| Male sex | 31 (60 %) | 24 (50%) | .33 |
| Stage | | | 0.012* |
| &nbsp; I-II | 10 (19) | 20 (42) | |
| &nbsp; III-IV | 42 (81) | 28 (58) | |
| CRP, mg/L, median (IQR) | 12.1 [3.4, 55.0] | 10.2 [2.2, 41.5] | <0.001 |
| Sodium, mmol/L, mean ± SD | 138.2 ± 3.1 | 137.9 ± 2.9 | NS |

*Fisher's exact test
"""

DECIMAL_COMMAS = """Merkmal;Gruppe A (n=31);Gruppe B (n=11);p
Age (years), median (range);64,5 (19–78);60,0 (33–71);0,04
Female;14 (45,2 %);5 (45,5 %);1,00
Weight (kg), mean (SD);71,25 (9,50);70,75 (8,25);>0,99
"""

MERGED_HTML = """<html><body><table>
<caption>Adverse events</caption>
<tr><th rowspan="2">Event</th><th colspan="2">Responders (n=31)</th><th colspan="2">Non-responders (n=11)</th>
<th rowspan="2">P</th></tr>
<tr><th>n</th><th>%</th><th>n</th><th>%</th></tr>
<tr><td>CRS grade 3-4</td><td>8</td><td>25.8</td><td>8</td><td>72.7</td><td>0.006<sup>1</sup></td></tr>
<tr><td>Infection</td><td>12</td><td>38.7<sup>a</sup></td><td>4</td><td>36.4</td><td>&gt;.99</td></tr>
</table></body></html>
"""

SINGLE_ARM = """Characteristic,"Patients, n (%)"
N,42
Sex,
  Male,23 (54.8)
  Female,19 (45.2)
"ECOG, median (range)",1 (0-3)
"""

RATIOS = """| Variable | Dead (N=30) | Alive (N=70) | OR (95% CI) | P-value |
|---|---|---|---|---|
| Old age, n/N (%) | 18/30 (60%) | 28/70 (40%) | 2.25 (0.94–5.38) | 0.069 |
| Dose | | | | |
| &nbsp;&nbsp; low | 33% (10) | 43% (30) | 1 (ref) | |
| &nbsp;&nbsp; high | 67% (20) | 57% (40) | 1.50 (0.61 to 3.66) | 0.37 |
"""

THREE_GROUPS = """<table><caption>Data are median (interquartile range)</caption>
<tr><th></th><th>Low<br>n=10</th><th>Middle<br>n=12</th><th>High<br>n=11</th><th>p-value</th><th>SMD</th></tr>
<tr><td>Ferritin, ng/mL</td><td>399 (200–900)</td><td>610 (310–1500)</td><td>1236 (500–4100)</td><td>0.040</td>
<td>0.4</td></tr></table>
"""

UNSAID = """,Drug (n=20),Placebo (n=22)
Hemoglobin (g/dL),10.1 ± 1.6,9.8 ± 1.4
Age,64.5 (19-78),61 (22-80)
Platelets,103 (44),98 (51)
Ferritin (ng/mL),412.5,398.1
"""

THOUSANDS = """Laboratory value,Ill (n=11),Well (n=31),p
"Ferritin, ng/mL, median (range)","1,236 (399-4,020)",399 (88\u20131\u202f920),0.040
"Cells, median",126 323,"43,845.5",0.0553
"Rate, median","0,5",0.7,0.2
"""

OVERALL = """Variable\tTotal (n=42)\tYoung (n=20)\tOld (n=22)\tp-value\tTest used
Baseline characteristics
Male, No. (%)\t23 (54.8)\t11 (55.0)\t12 (54.5)\t0.98\tPearson
Diabetes, No. (%)\t\u2014\tN/A\t3 (13.6)\t-\t
"""


def write_texts(folder: Path) -> dict[str, Path]:
    """Every table that is text, as a file."""
    texts = {
        "markdown.md": MARKDOWN,
        "decimal_commas.csv": DECIMAL_COMMAS,
        "merged.html": MERGED_HTML,
        "single_arm.csv": SINGLE_ARM,
        "ratios.md": RATIOS,
        "three_groups.html": THREE_GROUPS,
        "unsaid.csv": UNSAID,
        "thousands.csv": THOUSANDS,
        "overall.csv": OVERALL,
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return {name: folder / name for name in texts}


def write_word(path: Path) -> Path:
    """A Word table with a merged header, indented levels and a superscript mark."""
    document = Document()
    document.add_paragraph("Table 2. Values are n (%) or mean (SD).")
    table = document.add_table(rows=0, cols=4)
    for texts in (
        ["", "Treatment", "", ""],
        ["Characteristic", "Drug, N = 25", "Placebo, N = 24", "p"],
        ["Sex", "", "", "0.78"],
        ["Male", "13 (52)", "11 (46)", ""],
        ["Female", "12 (48)", "13 (54)", ""],
        ["Sodium (mmol/L)", "138.2 (3.1)", "137.9 (2.9)", "0.73"],
    ):
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    for row in (3, 4):
        table.cell(row, 0).paragraphs[0].paragraph_format.left_indent = 180000
    mark = table.cell(5, 3).paragraphs[0].add_run("2")
    mark.font.superscript = True
    document.save(str(path))
    return path


def write_excel(path: Path) -> Path:
    """An Excel sheet with a title across, numbers under formats, and a rich text with a superscript."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Table 3. Outcomes", None, None, None])
    sheet.merge_cells("A1:D1")
    sheet.append(["Outcome", "Arm A", "Arm B", "P value"])
    sheet.append(["Number of patients", 40, 50, None])
    sheet.append(["Response, %", 0.5, 0.44, 0.57])
    sheet.append(["Dose (mg), median", 40, 12.5, 0.012])
    sheet.append(["Relapse, n (%)", "10 (25.0)", "9 (18.0)", None])
    for cell in ("B4", "C4"):
        sheet[cell].number_format = "0.0%"
    for cell in ("B5", "C5"):
        sheet[cell].number_format = "0.00"
    sheet["D4"].number_format = "0.000"
    superscript = TextBlock(InlineFont(vertAlign="superscript"), "3")
    sheet["D6"] = CellRichText("0.41", superscript)
    book.save(path)
    return path


def write_spoilt_excel(path: Path) -> Path:
    """An Excel sheet that turned a range into a date and shows a number in a format of its own."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Variable", "All (n=20)"])
    sheet.append(["Age, range", datetime.datetime(1978, 10, 19)])
    sheet.append(["Cost, median", 12.5])
    sheet["B3"].number_format = '0.0"k"'
    sheet.append(["Male, n (%)", "8 (40)"])
    book.save(path)
    return path
