# SPDX-License-Identifier: Apache-2.0
"""Names and identifiers the sample draws on: MeSH headings, substances, publication types (facts), journals and people (invented)."""

# Descriptor UIs as in MeSH. Headings not listed get a made-up UI from D990001 on, so that every element is filled.
DESCRIPTORS = {
    "Magnesium": "D008274", "Magnesium Compounds": "D017616", "Magnesium Deficiency": "D008275", "Magnesium Oxide": "D008277",
    "Magnesium Sulfate": "D008278", "Magnesium Chloride": "D015636", "Depression": "D003863", "Depressive Disorder": "D003866",
    "Depressive Disorder, Major": "D003865", "Depressive Disorder, Treatment-Resistant": "D061218", "Depression, Postpartum": "D019052",
    "Dysthymic Disorder": "D019263", "Bipolar Disorder": "D001714", "Migraine Disorders": "D008881", "Migraine with Aura": "D020325",
    "Migraine without Aura": "D020326", "Tension-Type Headache": "D018781", "Headache": "D006261", "Headache Disorders": "D020773",
    "Post-Dural Puncture Headache": "D051299", "Dementia": "D003704", "Alzheimer Disease": "D000544", "Dementia, Vascular": "D015140",
    "Cognitive Dysfunction": "D060825", "Cognition Disorders": "D003072", "Cognition": "D003071", "Memory": "D008568",
    "Anxiety": "D001007", "Stress, Psychological": "D013315", "Sleep": "D012890", "Sleep Quality": "D000089943",
    "Sleep Wake Disorders": "D012893", "Sleep Initiation and Maintenance Disorders": "D007319", "Restless Legs Syndrome": "D012148",
    "Fibromyalgia": "D005356", "Chronic Pain": "D059350", "Neuralgia": "D009437", "Muscle Cramp": "D009120",
    "Fatigue Syndrome, Chronic": "D015673", "Irritable Mood": "D007508", "Premenstrual Syndrome": "D011293", "Humans": "D006801",
    "Animals": "D000818", "Male": "D008297", "Female": "D005260", "Adult": "D000328", "Young Adult": "D055815",
    "Middle Aged": "D008875", "Aged": "D000368", "Adolescent": "D000293", "Child": "D002648", "Rats": "D051381", "Rats, Wistar": "D017208",
    "Mice": "D051379", "Double-Blind Method": "D004311", "Cross-Over Studies": "D018592", "Cohort Studies": "D015331",
    "Prospective Studies": "D011446", "Retrospective Studies": "D012189", "Case-Control Studies": "D016022",
    "Cross-Sectional Studies": "D003430", "Nutrition Surveys": "D009749", "Diet": "D004032", "Dietary Supplements": "D019587",
    "Infusions, Intravenous": "D007262", "Baths": "D001494", "Quality of Life": "D011788", "Hydrocortisone": "D006854",
    "Mendelian Randomization Analysis": "D057182", "Receptors, N-Methyl-D-Aspartate": "D016194", "Vitamin B 6": "D025101",
    "Riboflavin": "D012256", "Vitamin D": "D014807", "Melatonin": "D008550", "Taurine": "D013654", "Asthma": "D001249",
    "Pre-Eclampsia": "D011225", "Eclampsia": "D004461", "Pregnancy": "D011247", "Myasthenia Gravis": "D009157", "Alloys": "D000497",
    "Absorbable Implants": "D020341", "Long-Term Synaptic Depression": "D036881", "Cortical Spreading Depression": "D013181",
    "Proton Pump Inhibitors": "D054328", "Subarachnoid Hemorrhage": "D013345", "Parkinson Disease": "D010300", "Stroke": "D020521",
    "Hippocampus": "D006624", "Hungary": "D006814", "Germany": "D005858", "Japan": "D007564", "Spain": "D013030",
}
GEOGRAPHIC = {"Hungary", "Germany", "Japan", "Spain"}
QUALIFIERS = {
    "drug therapy": "Q000188", "therapeutic use": "Q000627", "administration & dosage": "Q000008", "blood": "Q000097",
    "adverse effects": "Q000009", "prevention & control": "Q000517", "epidemiology": "Q000453", "metabolism": "Q000378",
    "pharmacology": "Q000494", "physiopathology": "Q000503", "etiology": "Q000209", "therapy": "Q000628", "complications": "Q000150",
    "chemistry": "Q000737", "drug effects": "Q000187", "genetics": "Q000235", "urine": "Q000652", "history": "Q000266",
    "analysis": "Q000032", "chemically induced": "Q000139", "pharmacokinetics": "Q000493", "diagnostic imaging": "Q000000981",
    "physiology": "Q000502",
}
# Key: registry number, name, UI.
SUBSTANCES = {
    "Mg": ("I38ZP9992A", "Magnesium", "D008274"), "MgO": ("3A3U0GI71G", "Magnesium Oxide", "D008277"),
    "MgSO4": ("7487-88-9", "Magnesium Sulfate", "D008278"), "MgCl2": ("02F3473H9O", "Magnesium Chloride", "D015636"),
    "MgOH": ("NBZ3QY004S", "Magnesium Hydroxide", "D008276"), "MgGly": ("0", "magnesium diglycinate", "C091418"),
    "MgCit": ("RHO26O1T9V", "magnesium citrate", "C110422"), "MgT": ("0", "magnesium threonate", "C990001"),
    "MgSt": ("70097M6I30", "magnesium stearate", "C031183"), "B6": ("8059-24-3", "Vitamin B 6", "D025101"),
    "B2": ("TLM2976OFR", "Riboflavin", "D012256"), "Q10": ("1339-63-5", "Ubiquinone", "D014451"), "Zn": ("J41CSQ7QDS", "Zinc", "D015032"),
    "VitD": ("1406-16-2", "Vitamin D", "D014807"), "Mel": ("JL5DK93RCL", "Melatonin", "D008550"), "Tau": ("1EQV5MLY3D", "Taurine", "D013654"),
    "Cort": ("WI4X0X7BPJ", "Hydrocortisone", "D006854"), "NMDA": ("0", "Receptors, N-Methyl-D-Aspartate", "D016194"),
    "CGRP": ("JHB2QIZ69Z", "Calcitonin Gene-Related Peptide", "D015740"), "Abeta": ("0", "Amyloid beta-Peptides", "D016229"),
    "tau": ("0", "tau Proteins", "D016875"), "MGO": ("722KLD7415", "Pyruvaldehyde", "D011765"), "ATP": ("EC 3.6.1.-", "Adenosine Triphosphatases", "D000251"),
    "VPA": ("614OI1Z5WI", "Valproic Acid", "D014635"), "Ami": ("1806D8D52K", "Amitriptyline", "D000639"), "Li": ("9FN79X2M3F", "Lithium", "D008094"),
    "Esc": ("4O4S742ANY", "Escitalopram", "D000089983"), "DMI": ("TG537D343B", "Desipramine", "D003891"), "Cis": ("Q20Q21Q62J", "Cisplatin", "D002945"),
    "Eso": ("N3PA6559FT", "Esomeprazole", "D064098"), "Oro": ("61H4T033E5", "Orotic Acid", "D009963"),
}
TYPES = {
    "J": ("D016428", "Journal Article"), "RCT": ("D016449", "Randomized Controlled Trial"), "CT": ("D016430", "Clinical Trial"),
    "MC": ("D016448", "Multicenter Study"), "REV": ("D016454", "Review"), "SR": ("D000078182", "Systematic Review"),
    "MA": ("D017418", "Meta-Analysis"), "OBS": ("D064888", "Observational Study"), "CR": ("D002363", "Case Reports"),
    "LET": ("D016422", "Letter"), "COM": ("D016420", "Comment"), "ED": ("D016421", "Editorial"), "GL": ("D017065", "Practice Guideline"),
    "PRE": ("D000076942", "Preprint"), "PROT": ("D000078325", "Clinical Trial Protocol"), "RETRACTED": ("D016441", "Retracted Publication"),
    "RETNOTICE": ("D016440", "Retraction of Publication"), "ERRATUM": ("D016425", "Published Erratum"), "EOC": ("D000075742", "Expression of Concern"),
    "CRA": ("D016439", "Corrected and Republished Article"), "DUP": ("D016438", "Duplicate Publication"), "HIST": ("D019215", "Historical Article"),
    "CLASSIC": ("D019484", "Classical Article"), "LECTURE": ("D019531", "Lecture"), "PATIENT": ("D029282", "Patient Education Handout"),
    "DATASET": ("D064886", "Dataset"), "PILOT": ("D000099002", "Pilot Study"),
    "RETNOTICE2": ("D016440", "Retraction Notice"),  # The name since 2025.
    "GOVT": ("D013485", "Research Support, Non-U.S. Gov't"),
}
# Title, abbreviation, country.
JOURNALS = [
    ("Journal of made up trials", "J Made Up Trials", "England"), ("Annals of imaginary nutrition", "Ann Imag Nutr", "Switzerland"),
    ("Invented headache quarterly", "Invent Headache Q", "United States"), ("Nordic archives of fictive psychiatry", "Nord Arch Fict Psychiatry", "Norway"),
    ("Sleep and fiction", "Sleep Fict", "Netherlands"), ("Acta mineralia ficta", "Acta Miner Fict", "Hungary"),
    ("Gerontology that never was", "Gerontol Never Was", "Germany"), ("Fibro: the journal of invented pain", "Fibro J Invent Pain", "Italy"),
    ("Neuroscience of nowhere", "Neurosci Nowhere", "United States"), ("Emergency medicine simulated", "Emerg Med Simul", "Iran"),
]
FAMILY = ["Ashgrove", "Bellweather", "Csillagv&#xf6;lgyi", "Drumquist", "Elmwood", "Fennimarsh", "Gr&#xfc;nwaldt", "Hollinbrook", "Isoranta", "Jarrowby",
          "Kettlesworth", "Lindqvarn", "M&#xfc;nsterfeld", "Nakahoshi", "O'Tarragon", "Pemberlane", "Quillfeather", "Rosenthorn", "Sk&#xf8;gsvik",
          "Thistledown", "Umberfield", "van der Zeewind", "Winterbourne", "Xanthopolou", "Yellowlees", "Zsuzsafalvi"]
GIVEN = ["Ann B", "Carl", "Dora M", "Emil", "Farah", "Goran P", "Hana", "Ilona K", "Jonas", "Keiko", "Liam T", "Mira", "Nora A", "Omar", "Petra L",
         "Quentin", "Rosa", "Samir", "Tove H", "Ursula"]
PLACES = ["Department of Invented Medicine, University of Nowhere, Nowhere, Norway.", "Institute of Made Up Neurology, Sampletown, Hungary.",
          "School of Fictive Nutrition, Teststadt, Germany. someone@example.org.", "Clinic for Imaginary Sleep, Exampleville, Iran.",
          "Centre for Synthetic Data, Loopback City, United States. Electronic address: nobody@example.com."]
