"""Results of a laboratory at its worst: every kind of writing that the rules know beside ones that they refuse, at random."""

import csv
from datetime import date, timedelta
from pathlib import Path
from random import Random

_CODES = [
    ("LOINC", "2276-4"), ("loinc", "20567-4"), ("LN", "2276-4"), ("http://loinc.org", "1988-5"),
    ("LOINC", "1988-5"), ("LOINC", "2532-0"), ("LOINC", "14804-9"), ("LOINC", "9999-9"), ("", ""), ("", ""),
    ("", ""), ("local", "FERR"), ("LOINC", ""), ("", "2276-4"), (" LOINC ", " 718-7"), ("LOINC", "777-3"),
    ("LOINC", "2160-0"), ("LOINC", "24373-3"),
]  # fmt: skip
_NAMES = [
    "Ferritin", "ferritin level", "Ferritin,  Serum", "LDH", "ldh total", "CRP", "C-reactive protein", "hs-CRP",
    "CRP quant", "Hemoglobin", "Platelets", "Creatinine", "Absolute neutrophil count", "no ferritin",
    "Ferritin / CRP", "potassium", "", "--", "Ferritin not measured", "serum ferritin result",
    "C reactive protein", "Lactate Dehydrogenase", "LDH isoenzymes", "FÉRRITIN",
]  # fmt: skip
_SPECIMENS = [
    "", "", "", "Serum", "serum", "plasma", "Blood", "whole blood", "Venous  Blood", "urine", "CSF",
    "serum or plasma", "pleural fluid", "Plasma/Urine", "hair", "not blood", "SERUM ", "bone marrow", "stool",
    "blood, no urine",
]  # fmt: skip
_RESULTS = [
    "512", "512.0", "< 5", "<5", "less than 5", "below 5", "less than or equal to 5", "≤5", "=<5", "> 40000",
    ">40000", ">= 40000", "more than 40000", "≥ 40000", "1,000", "12,345.6", "1,5", "0,512", "1,00",
    "1.234.567", "3-5", "3 – 5", "3 to 5", "pending", "TNP", "test not performed", "hemolyzed", "512 ng/mL",
    "51.2 mg/L", "5.12 mg/dL", "512 H", "512 (H)", "512 *", "512!", "512 HH", "512 ng/mL H", "512 H ng/mL",
    "-5", "+5", ".5", "5.", "1e3", "1E3", "1e99", "9999999", "99999", "0", "0.0", "", " ", "nan", "inf",
    "512 slightly hemolyzed", "512; grossly haemolysed", "512 (specimen hemolyzed)", "512 lipemic",
    "512 icteric", "H-index 25 (limit 50)", "512, h-index 80 (limit 50)", "512 h-index 20 limit 50 hemolyzed",
    "not hemolyzed", "10 10^9/L", "10 x10^9/L", "10 x 10^9 / L", "150 K/uL", "150 k/µl", "12 g/dL", "120 g/L",
    "88 umol/L", "88 μmol/L", "88 µmol/L", "1.0 mg/dl", "512 furlongs", "512 U/L", "8.5 ukat/L", "=512",
    "= 512", "> 512 H", "above 512", "over 512", "under 512", "greater than 512",
    "greater than or equal to 512", "see comment", "512 see comment", "1 512", "512\u00a0", "\u00a0512",
    "\t512\n", "512\x0b", "٣", "1" * 31, "1" * 30, "0.0000004", "512.4999995", "512.4999994999", "1.0000005",
    "2.0000015", "102", "10.2", "not  performed", "H", "(512)", "[512]", "512]", "~512", "512 mg / L", "512 %",
    "5 x 10^3/ul", "quantity not sufficient", "QNS", "cancelled", "hémolysé", "hämolytisch",
    "512 hemolysis index: 30 (ref < 20)", "HI 5 max 3", "hi: 2 up to 3", "512 h-index: 9 norm 0-5",
]  # fmt: skip
_UNITS = [
    "", "", "ng/mL", "ng/ml", "ug/L", "µg/L", "μg/L", "mg/L", "mg/dL", "MG/DL", "U/L", "IU/L", "ukat/L",
    "µkat/l", "g/dL", "g/L", "10^9/L", "K/uL", "x10^9/L", "umol/L", "µmol/L", "pmol/L", "nmol/L", "%",
    "furlongs", "mmol/L", "n g / m L", "mg / dl",
]  # fmt: skip
_LIMITS = [
    "", "", "", "400", "5", "10", "0.5", "1.0", "3-10", "3 – 10", "< 5", "<=5", "up to 5", "bis 5", "(3-10)",
    "[3 to 10]", "5 mg/L", "0.5 mg/dL", "0 - 0.5 mg/dL", "300 ng/mL", "0", "-5", "high", "1,000", "1,5",
    "1,5-3,5", "248 U/L", "40 furlongs", ">5", "1.3",
]  # fmt: skip
_PLAIN = [
    (analyte, number, unit)
    for analyte, unit in (("ferritin", "ng/mL"), ("CRP", "mg/L"), ("LDH", "U/L"))
    for number in (
        "90",
        "120",
        "120.0",
        "410",
        "<120",
        "< 90",
        "> 410",
        ">120",
        ">= 411",
        "≤ 91",
        "> 90",
        "<410",
    )
]
_STATUSES = [
    "", "", "final", "Final", "F", "preliminary", "P", "corrected", "C", "amended", "cancelled",
    "entered in error", "X", "bogus", "final result", "not final", "corrected  result", "deleted", "verified",
]  # fmt: skip
_COMMENTS = [
    "", "", "", "", "", "hemolyzed", "slightly hemolyzed", "not hemolyzed", "no hemolysis", "lipemic",
    "interference", "icteric", "H-index 80 (limit 50)", "h-index 20 (limit 50), hemolyzed",
    "Hämolyse-Index 7 Grenzwert 5", "repeat", "test not performed", "specimen clotted", "no clots seen", "QNS",
    "Specimen hemolyzed. Please send a non-hemolyzed one.", "Hemolysis: 0", "moderately hemolyzed, not grossly hemolyzed",
    "autoimmune hemolytic anemia", "Differential not performed", "previous specimen clotted", "No signs of hemolysis",
    "pas d'hémolyse", "see comment",
]  # fmt: skip
_DAYS = [-20, -4, -3, -2, -1, -1, 0, 1, 1, 2, 3, 5, 8, 12, 20, 29, 30, 31, 45]
_HOURS = [
    "00:00",
    "06:00",
    "06:00",
    "06:30",
    "06:30:00.5",
    "12:00",
    "18:00:01",
    "23:59:59.123456",
    "23:59:59.999999999",
]
_ODD_TIMES = [
    "", " ", "2021-02-30", "2021-02-30 06:00", "20210101", "2021-01-01T06:00Z", "2021-01-01 06:00+01:00",
    "yesterday", "1700-01-01", "2021-01-01 24:00", "2021-01-01 06:61", "2400-05-05 06:00", "2021-1-1",
    "01/02/2021", "infinity", "epoch", "9999-12-31", "0000-01-01", "2021-13-01",
    "2021-01-01 06:00:00.1234567890", "2021-01-01  06:00", "2021-01-01 06:00:60",
]  # fmt: skip


def add_hard_results(extract: Path, n_results: int, seed: int = 1) -> None:
    """Keep every fourth row of the extract's lab_results.csv, and add so many of the patients whom infusions.csv names.

    The last line has a cell too many, so that it is refused when it is landed.
    """
    file = extract / "lab_results.csv"
    with file.open(newline="", encoding="utf-8") as text:
        written = list(csv.DictReader(text))
    with (extract / "infusions.csv").open(newline="", encoding="utf-8") as text:
        infusions = list(csv.DictReader(text))
    random = Random(seed)  # noqa: S311 - nothing is kept secret
    rows: list[dict[str, str]] = []
    for number in range(n_results):
        row = _row(random, number, random.choice(infusions[:12] if random.random() < 0.8 else infusions))
        if rows and random.random() < 0.15:  # once more, as it is or with other cells
            other = random.choice(rows)
            row = {
                **other,
                **{name: row[name] for name in random.sample(list(row), random.choice([0, 0, 1, 2]))},
            }
        rows.append(row)
    with file.open("w", newline="", encoding="utf-8") as text:
        writer = csv.DictWriter(text, list(written[0]))
        writer.writeheader()
        writer.writerows([*written[::4], *rows])
        text.write("x" + "," * len(written[0]) + "\r\n")


def _row(random: Random, number: int, infusion: dict[str, str]) -> dict[str, str]:
    try:
        infused_on = date.fromisoformat(infusion["infused_at"].strip()[:10])
    except ValueError:
        infused_on = date(2021, 6, 1)
    code_system, code = random.choice(_CODES)
    collected_on = infused_on + timedelta(random.choice(_DAYS))
    collected_at = f"{collected_on}{random.choice(' T')}{random.choice(_HOURS)}"
    is_odd = random.random() < 0.04
    is_plain = random.random() < 0.5
    analyte, result, unit = (
        random.choice(_PLAIN) if is_plain else ("", random.choice(_RESULTS), random.choice(_UNITS))
    )
    if is_plain and random.random() < 0.1:
        unit = "furlongs"
    name = f"HARD-{random.randint(0, number // 4)}" if random.random() < 0.3 else f"HARD-new-{number}"
    return {
        "result_id": random.choice(["", " "])
        if random.random() < 0.01
        else name + random.choice(["", "", " "]),
        "patient_id": random.choice(["", "NOBODY", "nobody "])
        if random.random() < 0.02
        else infusion["patient_id"],
        "code_system": "" if is_plain else code_system,
        "code": "" if is_plain else code,
        "test_name": analyte or random.choice(_NAMES),
        "specimen": random.choice(_SPECIMENS[:6] if is_plain else _SPECIMENS),
        "collected_at": random.choice(_ODD_TIMES) if is_odd else collected_at,
        "result": result,
        "unit": unit,
        "reference_low": random.choice(["", "1"]),
        "reference_high": random.choice(_LIMITS),
        "resulted_at": random.choice(_ODD_TIMES)
        if random.random() < 0.1
        else f"{collected_on} {random.choice(_HOURS)}",
        "status": random.choice(_STATUSES[:10] if is_plain else _STATUSES),
        "comment": "" if is_plain else random.choice(_COMMENTS),
    }
