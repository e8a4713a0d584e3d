"""How the same thing is spelled in raw records."""

PRODUCTS = {
    "axicabtagene ciloleucel": (
        "Yescarta",
        "axi-cel",
        "axicabtagene ciloleucel",
        "Axi-Cel",
        "YESCARTA",
    ),
    "lisocabtagene maraleucel": ("Breyanzi", "liso-cel", "Lisocabtagene maraleucel"),
    "tisagenlecleucel": ("Kymriah", "tisagenlecleucel", "tisa-cel", "KYMRIAH"),
    "brexucabtagene autoleucel": ("Tecartus", "brexu-cel"),
    "idecabtagene vicleucel": ("Abecma", "ide-cel"),
    "ciltacabtagene autoleucel": ("Carvykti", "cilta-cel"),
}

LARGE_B_CELL_LYMPHOMA = (
    "Large B-cell lymphoma",
    "LBCL",
    "Diffuse large B-cell lymphoma",
    "DLBCL, NOS",
    "DLBCL",
    "High-grade B-cell lymphoma",
    "PMBCL",
    "Transformed follicular lymphoma",
)

SEXES = {
    "male": ("male", "Male", "M", "MALE"),
    "female": ("female", "Female", "F", "FEMALE"),
}

GLUCOCORTICOIDS = {
    "dexamethasone": (
        "dexamethasone sodium phosphate",
        "Decadron",
        "DEXAMETHASONE",
        "dexamethasone",
        "Dexamethasone Sodium Phosphate 4 mg/mL inj",
    ),
    "methylprednisolone": (
        "methylPREDNISolone sodium succinate",
        "Solu-Medrol",
        "SOLU-MEDROL",
        "methylprednisolone",
    ),
    "hydrocortisone": (
        "hydrocortisone sodium succinate",
        "Solu-Cortef",
        "Hydrocortisone",
    ),
    "prednisone": ("Deltasone", "predniSONE", "prednisone"),
    "oral methylprednisolone": ("Medrol", "methylPREDNISolone", "MEDROL 4 mg tab"),
}

RXNORM_CODES = {
    "dexamethasone": "3264",
    "methylprednisolone": "6902",
    "prednisone": "8640",
    "hydrocortisone": "5492",
}
"""RxNorm ingredient codes."""

INDEX_DRUG = ("anakinra", "Kineret", "ANAKINRA", "anakinra (Kineret)")
TOCILIZUMAB = ("Actemra", "tocilizumab", "TOCILIZUMAB")
NOREPINEPHRINE = ("Levophed", "norepinephrine", "Norepinephrine bitartrate")

LAB_CODES = {
    "ferritin": ("2276-4", "FERR", ("Ferritin", "FERRITIN, SERUM", "Ferritin level")),
    "ldh": ("2532-0", "LDTOT", ("Lactate dehydrogenase", "LDH", "LDH, Total")),
    "crp": ("1988-5", "CRPQ", ("C-Reactive Protein", "CRP", "C reactive protein")),
    "hemoglobin": ("718-7", "HGB1", ("Hemoglobin", "HGB", "Haemoglobin")),
    "platelets": ("777-3", "PLTC", ("Platelet count", "Platelets", "PLT")),
    "neutrophils": (
        "751-8",
        "ANCX",
        ("Absolute neutrophil count", "ANC", "Neutrophils absolute"),
    ),
    "creatinine": ("2160-0", "CREA", ("Creatinine", "Creatinine, serum", "CREATININE")),
}
"""LOINC code, code of the site's laboratory, and test names of each analyte."""

SPECIMENS = {
    "ferritin": ("Serum", "serum", "Blood"),
    "ldh": ("Serum", "Plasma", "SERUM"),
    "crp": ("Serum", "serum", ""),
    "hemoglobin": ("Blood", "Whole blood", ""),
    "platelets": ("Blood", "Whole blood", ""),
    "neutrophils": ("Blood", "Whole blood", ""),
    "creatinine": ("Serum", "Plasma", ""),
}
