#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the synthetic PubMed sample next to this file, from the content tables beside it.

    make_sample.py            writes pubmed_sample_N.xml and pubmed_update.xml
    make_sample.py --check    compares what it would write with what is there, and checks that every element, attribute and
                              closed value of coverage.txt occurs; exits 1 and says what is missing

Deterministic: no clock, no random numbers. Needs Python 3.8 or later, nothing else.
"""
import itertools
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

import content_head
import content_mood
import content_other
import content_special
from vocabulary import (DESCRIPTORS, FAMILY, GEOGRAPHIC, GIVEN, JOURNALS, PLACES, QUALIFIERS, SUBSTANCES, TYPES)

HERE = pathlib.Path(__file__).resolve().parent
FIRST_PMID = 90000001
PER_FILE = 14
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
HEAD = """<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">
<!-- SYNTHETIC: written for litmill's tests by make_sample.py. No study, person, journal or identifier in here exists. -->
<PubmedArticleSet>
"""
CATEGORIES = {
    "BACKGROUND": "BACKGROUND INTRODUCTION IMPORTANCE", "OBJECTIVE": "OBJECTIVE OBJECTIVES AIM PURPOSE OBJETIVO",
    "METHODS": "METHODS DESIGN PARTICIPANTS INTERVENTIONS MEASUREMENTS",
    "RESULTS": "RESULTS FINDINGS RESULTADOS", "CONCLUSIONS": "CONCLUSIONS CONCLUSION INTERPRETATION CONCLUSIONES RECOMMENDATIONS",
}
LONG_LABELS = ["METHODS AND ANALYSIS", "ETHICS AND DISSEMINATION", "TRIAL REGISTRATION NUMBER", "SELECTION CRITERIA", "MAIN RESULTS",
               "AUTHORS' CONCLUSIONS", "CONCLUSIONS AND RELEVANCE"]
PUB_MODELS = {"P": "Print", "E": "Electronic", "EE": "Electronic-eCollection", "E2": "Electronic-Print", "PE": "Print-Electronic"}
made_up_descriptors = {}


def check_digit_issn(seven):
    total = sum((8 - i) * int(d) for i, d in enumerate(seven))
    digit = (11 - total % 11) % 11
    return "X" if digit == 10 else str(digit)


def issn(number, kind):
    seven = "%07d" % (9100000 + number * 13 + (5 if kind == "Electronic" else 0))
    return seven[:4] + "-" + seven[4:] + check_digit_issn(seven)


def orcid(number):
    """An ORCID iD with a right check digit (ISO 7064 MOD 11-2), from a range that is not assigned."""
    base = "00000009%07d" % (9900000 + number)
    total = 0
    for digit in base:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    full = base + ("X" if check == 10 else str(check))
    return "-".join(full[i:i + 4] for i in range(0, 16, 4))


def ymd(text, default_day=1):
    """(year, month, day) of '2021 Mar 12', '2015 03', '2019 Summer'; (None, ...) when there is no year."""
    year = re.search(r"(1[89]|20)\d\d", text)
    month = next((i + 1 for i, m in enumerate(MONTHS) if re.search(m, text)), None)
    for season, number in (("Winter", 1), ("Spring", 4), ("Summer", 7), ("Fall", 10), ("Autumn", 10)):
        if season in text:
            month = number
    day = re.search(r"[A-Z][a-z][a-z] (\d\d)$", text)
    return (int(year.group(0)) if year else None, month or 1, int(day.group(1)) if day else default_day)


def parts(year, month, day, pad=True):
    form = "%02d" if pad else "%d"
    return "<Year>%d</Year><Month>%s</Month><Day>%s</Day>" % (year, form % month, form % day)


def pub_date(text, medline, number):
    if medline or re.search(r"[A-Z][a-z]+[-/][A-Z]", text):
        return "<PubDate><MedlineDate>%s</MedlineDate></PubDate>" % text
    words = text.split()
    xml = "<Year>%s</Year>" % words[0]
    if len(words) > 1 and words[1] in ("Winter", "Spring", "Summer", "Fall", "Autumn"):
        xml += "<Season>%s</Season>" % words[1]
    elif len(words) > 1:
        month = words[1]
        if number % 9 == 0 and month in MONTHS:
            month = "%02d" % (MONTHS.index(month) + 1)
        xml += "<Month>%s</Month>" % month
        if len(words) > 2:
            xml += "<Day>%s</Day>" % words[2]
    return "<PubDate>%s</PubDate>" % xml


def sections(text):
    """'#LABEL words #LABEL words' as (label, words); a part without a label has label ''."""
    if "#" not in text or not re.search(r"#[A-Z]", text):
        return [("", text)]
    out = []
    for part in re.split(r"(?:^|\s|>)#(?=[A-Z])", text.replace("<X/>", "")):
        if not part.strip():
            continue
        label = next((l for l in LONG_LABELS if part.startswith(l + " ")), None)
        if label is None:
            label = part.split(" ", 1)[0] if part.split(" ", 1)[0].isupper() and len(part.split(" ", 1)[0]) > 2 else ""
        out.append((label, part[len(label):].strip()))
    return out


def abstract(rec, number):
    text = rec.get("a")
    if text is None:
        return "<Abstract><AbstractText/></Abstract>"
    if not text:
        return ""
    xml = ""
    for label, words in sections(text):
        if not label:
            xml += "<AbstractText>%s</AbstractText>" % words
            continue
        key = label.split()[-1] if label in LONG_LABELS else label
        category = next((c for c, labels in CATEGORIES.items() if key in labels.split()), "UNASSIGNED")
        shown = "WHAT WE DID" if label == "METHODS" and number % 13 == 0 else label
        has_category = number % 17 != 0  # Some publishers send a Label only.
        xml += '<AbstractText Label="%s"%s>%s</AbstractText>' % (
            shown, ' NlmCategory="%s"' % category if has_category else "", words)
    if rec.get("copyright"):
        xml += "<CopyrightInformation>%s</CopyrightInformation>" % rec["copyright"]
    return "<Abstract>%s</Abstract>" % xml


def affiliation(number):
    xml = "<AffiliationInfo><Affiliation>%s</Affiliation>" % PLACES[number % len(PLACES)]
    if number % 6 == 0:
        xml += '<Identifier Source="ROR">https://ror.org/09999%02dxx</Identifier>' % (number % 97)
    elif number % 6 == 3:
        xml += '<Identifier Source="GRID">grid.99999.%x</Identifier>' % number
    elif number % 12 == 5:
        xml += '<Identifier Source="ISNI">00000009%08d</Identifier>' % number
    return xml + "</AffiliationInfo>"


def author(number, position, year):
    index = number * 7 + position * 5
    family, given = FAMILY[index % len(FAMILY)], GIVEN[(index // 3) % len(GIVEN)]
    initials = "".join(word[0] for word in given.split())
    attributes = ' ValidYN="Y"' + (' EqualContrib="Y"' if number % 8 == 1 and position < 2 else "")
    xml = "<LastName>%s</LastName>" % family
    if not (number % 23 == 0 and position == 1):  # Some people have one name.
        xml += "<ForeName>%s</ForeName><Initials>%s</Initials>" % (given, initials)
    if number % 15 == 2 and position == 0:
        xml += "<Suffix>%s</Suffix>" % ("Jr" if number % 2 else "3rd")
    if year >= 2013 and (number + position) % 3 == 0:
        iD = orcid(index)
        forms = [iD, "https://orcid.org/" + iD, "http://orcid.org/" + iD, iD.replace("-", "")]
        xml += '<Identifier Source="ORCID">%s</Identifier>' % forms[(number + position) // 3 % 4]
    places = 2 if number % 10 == 4 and position == 0 else 1 if year >= 2000 or position == 0 else 0
    xml += "".join(affiliation(index + i) for i in range(places))
    if number % 29 == 3 and position == 0:  # A misspelt name kept for search, beside the right one.
        xml = '<LastName>%s</LastName><Initials>%s</Initials>' % (family + "e", initials)
        return '<Author ValidYN="N">%s</Author>' % xml + author(number + 1, position, year)
    return "<Author%s>%s</Author>" % (attributes, xml)


def author_list(rec, number, year):
    count = rec.get("authors", 1 + number * 5 % 6)
    if count == 0:
        return ""
    people = "".join(author(number, i, year) for i in range(count))
    if rec.get("collective"):
        people += '<Author ValidYN="Y"><CollectiveName Investigators="inv%d">MagTrial Registry Group</CollectiveName></Author>' % number
    elif number % 12 == 7:
        people += '<Author ValidYN="Y"><CollectiveName>MagTrial Study Group</CollectiveName></Author>'
    return '<AuthorList CompleteYN="%s" Type="authors">%s</AuthorList>' % (rec.get("complete", "Y"), people)


def descriptor_ui(name):
    if name not in DESCRIPTORS and name not in made_up_descriptors:
        made_up_descriptors[name] = "D99%04d" % (len(made_up_descriptors) + 1)
    return DESCRIPTORS.get(name) or made_up_descriptors[name]


def escape(text):
    return text.replace("&", "&amp;")


def mesh(rec):
    """'Heading/*qualifier;*Heading': an asterisk marks what is major."""
    if not rec.get("m"):
        return ""
    xml = ""
    for entry in rec["m"].split(";"):
        name, *qualifiers = entry.split("/")
        attributes = ' UI="%s" MajorTopicYN="%s"' % (descriptor_ui(name.lstrip("*")), "Y" if name.startswith("*") else "N")
        attributes += ' Type="Geographic"' if name in GEOGRAPHIC else ""
        attributes += ' AutoHM="Y"' if rec.get("auto") and name in ("Humans", "Magnesium") else ""
        xml += "<MeshHeading><DescriptorName%s>%s</DescriptorName>" % (attributes, escape(name.lstrip("*")))
        for qualifier in qualifiers:
            plain = qualifier.lstrip("*")
            xml += '<QualifierName UI="%s" MajorTopicYN="%s"%s>%s</QualifierName>' % (
                QUALIFIERS[plain], "Y" if qualifier.startswith("*") else "N", ' AutoHM="Y"' if rec.get("auto") else "", escape(plain))
        xml += "</MeshHeading>"
    return "<MeshHeadingList>%s</MeshHeadingList>" % xml


def chemicals(rec):
    keys = [k for k in rec.get("c", "").split(";") if k]
    xml = "".join('<Chemical><RegistryNumber>%s</RegistryNumber><NameOfSubstance UI="%s">%s</NameOfSubstance></Chemical>' % (
        SUBSTANCES[k][0], SUBSTANCES[k][2], SUBSTANCES[k][1]) for k in keys)
    return "<ChemicalList>%s</ChemicalList>" % xml if xml else ""


def publication_types(rec, wrap=True):
    keys = rec["p"].split(";")
    if not {"RETNOTICE", "RETNOTICE2", "ERRATUM", "EOC", "LET", "ED", "PATIENT", "DATASET", "J"} & set(keys):
        keys = ["J"] + keys
    if rec.get("grant"):
        keys.append("GOVT")
    xml = "".join('<PublicationType UI="%s">%s</PublicationType>' % TYPES[k] for k in keys)
    return "<PublicationTypeList>%s</PublicationTypeList>" % xml if wrap else xml


def data_banks(rec, number):
    if not rec.get("trial"):
        return ""
    bank = rec.get("bank") or ("ISRCTN" if rec["trial"].startswith("ISRCTN") else "ClinicalTrials.gov")
    xml = "<DataBank><DataBankName>%s</DataBankName><AccessionNumberList><AccessionNumber>%s</AccessionNumber></AccessionNumberList></DataBank>" % (bank, rec["trial"])
    if number % 4 == 0:
        xml += "<DataBank><DataBankName>Dryad</DataBankName></DataBank>"
    return '<DataBankList CompleteYN="%s">%s</DataBankList>' % ("N" if number % 5 == 0 else "Y", xml)


def grants(rec, number):
    if not rec.get("grant"):
        return ""
    return ('<GrantList CompleteYN="Y"><Grant><GrantID>R01 XX%06d</GrantID><Acronym>XX</Acronym><Agency>National Institute of Invention</Agency>'
            "<Country>United States</Country></Grant><Grant><Agency>Imaginary Minerals Fund</Agency></Grant></GrantList>") % number


def keywords(rec):
    xml = rec.get("kwl", "")
    if rec.get("k"):
        xml += '<KeywordList Owner="NOTNLM">%s</KeywordList>' % "".join('<Keyword MajorTopicYN="%s">%s</Keyword>' % ("N", k) for k in rec["k"].split(";"))
    return xml


def links(rec):
    if not rec.get("cc"):
        return ""
    xml = ""
    for kind, source, pmid, note in rec["cc"]:
        xml += '<CommentsCorrections RefType="%s"><RefSource>%s</RefSource>%s%s</CommentsCorrections>' % (
            kind, source, '<PMID Version="1">%d</PMID>' % pmid if pmid else "", "<Note>%s</Note>" % note if note else "")
    return "<CommentsCorrectionsList>%s</CommentsCorrectionsList>" % xml


def references(rec, number):
    if not rec.get("refs"):
        return ""
    def one(i):
        return ("<Reference><Citation>Someone %s. Another invented paper on Mg<sup>2+</sup> no. %d.</Citation><ArticleIdList>"
                '<ArticleId IdType="pubmed">%d</ArticleId><ArticleId IdType="doi">10.5555/not.mine.%d</ArticleId></ArticleIdList></Reference>') % (
                    FAMILY[(number + i) % len(FAMILY)], i, 91000000 + number * 10 + i, number * 10 + i)
    flat = "<ReferenceList><Title>References</Title>%s</ReferenceList>" % "".join(one(i) for i in range(rec["refs"] - 1))
    nested = "<ReferenceList><ReferenceList><Title>Further reading</Title>%s</ReferenceList></ReferenceList>" % one(rec["refs"])
    return flat + nested


def history(rec, number, date):
    year, month, day = date
    ahead = [("received", -200), ("revised", -120), ("accepted", -60), ("aheadofprint", -20), ("epublish", -20), ("ppublish", 0),
             ("ecollection", 0), ("retracted", 700), ("pmcr", 0), ("premedline", 5), ("pubmed", 5), ("pubmedr", 6), ("medline", 90),
             ("medliner", 91), ("pmc", 3), ("pmc-release", 180), ("entrez", 5)]
    wanted = {"pubmed", "entrez"} | ({"medline"} if rec.get("m") else set()) | ({"received", "accepted"} if number % 3 == 0 else set())
    if number % 10 == 5:
        wanted |= {"revised", "aheadofprint", "epublish", "ppublish"}
    if rec.get("pmc"):
        wanted |= {"pmc-release", "ecollection"}
    if number % 40 == 20:
        wanted |= {s for s, _ in ahead}
    xml = ""
    for status, offset in ahead:
        if status not in wanted:
            continue
        total = year * 336 + (month - 1) * 28 + (min(day, 28) - 1) + offset  # Months of 28 days: exact dates do not matter here.
        y, m, d = total // 336, total % 336 // 28 + 1, total % 28 + 1
        time = "" if status in ("received", "accepted", "revised") else "<Hour>%d</Hour><Minute>%d</Minute>" % (number % 24, number % 60)
        time += "<Second>%d</Second>" % (number % 60) if status == "pmc-release" and number % 2 else ""
        xml += '<PubMedPubDate PubStatus="%s">%s%s</PubMedPubDate>' % (status, parts(y, m, d, pad=False), time)
    return "<History>%s</History>" % xml


def article_ids(rec, number, pmid):
    xml = '<ArticleId IdType="pubmed">%d</ArticleId>' % pmid
    kind = number % 9
    if kind != 8:
        doi = "10.5555/litmill.sample.%d" % number
        xml += '<ArticleId IdType="doi">%s</ArticleId>' % (doi.upper() if kind == 4 else doi)
    if kind in (2, 6):
        xml += '<ArticleId IdType="pii">S0000-0000(%02d)%05d-%d</ArticleId>' % (number % 100, number, number % 10)
    if rec.get("pmc"):
        xml += '<ArticleId IdType="pmc">PMC99%05d</ArticleId>' % number
    if number % 40 == 20:
        xml += ('<ArticleId IdType="mid">NIHMS99%04d</ArticleId><ArticleId IdType="pmcid">pmc-id: PMC99%05d;manuscript-id: NIHMS99%04d;</ArticleId>'
                '<ArticleId IdType="pmcpid">99%05d</ArticleId><ArticleId IdType="pmpid">%d</ArticleId><ArticleId IdType="sici">0000-0000(%d)1:1&lt;1:INV&gt;2.0.TX;2-%d</ArticleId><ArticleId IdType="medline">99%06d</ArticleId>') % (
                    number, number, number, number, number, number, number % 10, number)
    return "<ArticleIdList>%s</ArticleIdList>" % xml


def pages(rec, number):
    start = 100 + number * 3 % 800
    if rec.get("pages_only"):
        return "<Pagination><MedlinePgn>S1-9; discussion S10</MedlinePgn></Pagination>"
    if number % 4 == 1:
        return "<Pagination><MedlinePgn>e%d</MedlinePgn></Pagination>" % start
    if number % 4 == 2:
        return "<Pagination><StartPage>%d</StartPage><EndPage>%d</EndPage><MedlinePgn>%d-%02d</MedlinePgn></Pagination>" % (start, start + 9, start, (start + 9) % 100)
    if number % 4 == 3:
        return "<Pagination><MedlinePgn>%d-%d</MedlinePgn></Pagination>" % (start, start + 9)
    return ""


def elocations(rec, number):
    xml = ""
    if number % 11 == 6:
        xml += '<ELocationID EIdType="doi" ValidYN="N">10.5555/wrong.%d</ELocationID>' % number
    if number % 4 in (0, 2) or rec.get("e"):
        xml += '<ELocationID EIdType="doi" ValidYN="Y">10.5555/litmill.sample.%d</ELocationID>' % number
    if number % 10 == 8:
        xml += '<ELocationID EIdType="pii" ValidYN="Y">e%05d</ELocationID>' % number
    return xml


def render(rec, number, pmid, version=1):
    journal, abbreviation, country = JOURNALS[(number * 3 + len(rec["t"])) % len(JOURNALS)]
    journal_number = [j[0] for j in JOURNALS].index(journal)
    date = ymd(rec["y"])
    electronic = tuple(int(p) for p in rec["e"].split("-")) if rec.get("e") else None
    if date[0] is None:
        date = electronic
    first = min(date, electronic) if electronic else date
    model = PUB_MODELS[rec.get("q") or ("PE" if electronic else "P")]
    medium, kind = ("Print", "Print") if model == "Print" else ("Internet", "Electronic")
    status = rec.get("st", "MEDLINE")
    indexing = ' IndexingMethod="%s"' % ("Automated" if rec.get("auto") else "Curated") if status == "MEDLINE" and date[0] >= 2020 else ""
    versioned = ' VersionID="%d" VersionDate="%d/%02d/%02d"' % ((version,) + first) if version > 1 else ""
    x = '<PubmedArticle><MedlineCitation Status="%s" Owner="%s"%s%s>' % (status, rec.get("owner", "NLM"), indexing, versioned)
    x += '<PMID Version="%d">%d</PMID>' % (version, pmid)
    if rec.get("m"):
        x += "<DateCompleted>%s</DateCompleted>" % parts(first[0] + (1 if first[1] > 9 else 0), (first[1] + 2) % 12 + 1, first[2] if first[2] < 29 else 28)
    x += "<DateRevised>%s</DateRevised>" % (rec.get("revised") or parts(max(first[0] + 1, 2002), 1 + number % 12, 1 + number % 28))
    x += '\n<Article PubModel="%s"><Journal>' % model
    if number % 30 != 14:
        x += '<ISSN IssnType="%s">%s</ISSN>' % (kind, issn(journal_number, kind))
    x += '<JournalIssue CitedMedium="%s">' % medium
    if number % 13 != 9:
        x += "<Volume>%d</Volume>" % (date[0] - 1980)
        x += "<Issue>%s</Issue>" % ("Suppl 1" if number % 14 == 3 else date[1]) if number % 7 else ""
    x += pub_date(rec["y"], rec.get("med"), number)
    x += "</JournalIssue><Title>%s</Title><ISOAbbreviation>%s</ISOAbbreviation></Journal>\n" % (journal, abbreviation)
    x += "<ArticleTitle>%s</ArticleTitle>" % rec["t"] if rec["t"] else "<ArticleTitle/>"
    page, location = pages(rec, number), elocations(rec, number)
    if not page and not location:
        page = "<Pagination><MedlinePgn>%d</MedlinePgn></Pagination>" % (number + 10)
    x += page + location + "\n" + abstract(rec, number)
    x += "\n" + author_list(rec, number, date[0])
    x += "".join("<Language>%s</Language>" % l for l in rec.get("lang", "eng").split(";"))
    x += data_banks(rec, number) + grants(rec, number) + publication_types(rec)
    vernacular = rec.get("vt") or rec.get("v")
    if vernacular:
        x += "<VernacularTitle>%s</VernacularTitle>" % vernacular
    if electronic:
        x += '<ArticleDate DateType="Electronic">%s</ArticleDate>' % parts(*electronic)
    x += "</Article>\n<MedlineJournalInfo>"
    if number % 19:
        x += "<Country>%s</Country>" % country
    x += "<MedlineTA>%s</MedlineTA><NlmUniqueID>9990%04d</NlmUniqueID><ISSNLinking>%s</ISSNLinking></MedlineJournalInfo>" % (
        abbreviation, journal_number, issn(journal_number, "Print"))
    x += chemicals(rec) + rec.get("suppl", "")
    if status == "MEDLINE":
        x += "".join("<CitationSubset>%s</CitationSubset>" % s for s in rec.get("cita", ("IM", "AIM") if number % 25 == 0 else ("IM",)))
    x += links(rec) + rec.get("gene", "") + mesh(rec)
    x += "<NumberOfReferences>%d</NumberOfReferences>" % rec["nref"] if rec.get("nref") else ""
    x += rec.get("person", "")
    x += "".join('<OtherID Source="%s">%s</OtherID>' % pair for pair in rec.get("otherid", ()))
    x += rec.get("oabs", "") + keywords(rec)
    x += "<CoiStatement>%s</CoiStatement>" % rec["coi"] if rec.get("coi") else ""
    x += rec.get("space", "")
    if rec.get("collective"):
        x += ('<InvestigatorList ID="inv%d"><Investigator ValidYN="Y"><LastName>Fennimarsh</LastName><ForeName>Hana</ForeName><Initials>H</Initials>'
              '<Suffix>Jr</Suffix><Identifier Source="ORCID">%s</Identifier></Investigator></InvestigatorList>') % (number, orcid(77))
    x += rec.get("inv", "") + rec.get("note", "") + "</MedlineCitation>\n<PubmedData>"
    x += history(rec, number, first)
    x += "<PublicationStatus>%s</PublicationStatus>" % ("aheadofprint" if status == "Publisher" else "epublish" if model == "Electronic" else "ppublish")
    x += article_ids(rec, number, pmid)
    if number % 20 == 11:
        x += '<ObjectList><Object Type="Dataset"><Param Name="id">litmill-sample-%d</Param></Object></ObjectList>' % number
    x += references(rec, number) + "</PubmedData></PubmedArticle>"
    return x


def chapter(pmid):
    return """<PubmedBookArticle><BookDocument><PMID Version="1">%d</PMID><ArticleIdList><ArticleId IdType="bookaccession">NBK990001</ArticleId><ArticleId IdType="doi">10.5555/litmill.book.1</ArticleId></ArticleIdList>
<Book><Publisher><PublisherName>Invented Press</PublisherName><PublisherLocation>Nowhere (NW)</PublisherLocation></Publisher><BookTitle book="magbook" part="p1">Magnesium in the <i>Nervous</i> System</BookTitle><PubDate><Year>2011</Year></PubDate><BeginningDate><Year>2011</Year><Month>01</Month></BeginningDate><EndingDate><Year>2019</Year><Season>Winter</Season></EndingDate>
<AuthorList Type="editors" CompleteYN="Y"><Author ValidYN="Y"><LastName>Quillfeather</LastName><ForeName>Rosa</ForeName><Initials>R</Initials></Author></AuthorList>
<InvestigatorList><Investigator ValidYN="Y"><LastName>Jarrowby</LastName><Initials>J</Initials></Investigator></InvestigatorList>
<Volume>2</Volume><VolumeTitle>Clinical chapters</VolumeTitle><Edition>2nd</Edition><CollectionTitle book="coll">Invented Handbooks of Minerals</CollectionTitle><Isbn>9789999990004</Isbn><ELocationID EIdType="doi" ValidYN="Y">10.5555/litmill.book</ELocationID><Medium>Internet</Medium><ReportNumber>INV-REP-7</ReportNumber></Book>
<LocationLabel Type="part">I</LocationLabel><LocationLabel Type="chapter">Chapter 12</LocationLabel><LocationLabel Type="section">3</LocationLabel><LocationLabel Type="appendix">A</LocationLabel><LocationLabel Type="figure">Figure 1</LocationLabel><LocationLabel Type="table">Table 2</LocationLabel><LocationLabel Type="box">Box 1</LocationLabel>
<ArticleTitle book="magbook" part="ch12" sec="s1">The role of magnesium in headache and migraine</ArticleTitle><VernacularTitle>Magnesium bei Kopfschmerz und Migr&#xe4;ne</VernacularTitle><Pagination><MedlinePgn>125-40</MedlinePgn></Pagination><Language>eng</Language>
<AuthorList Type="authors" CompleteYN="Y"><Author ValidYN="Y"><LastName>Elmwood</LastName><ForeName>Rosa</ForeName><Initials>R</Initials><AffiliationInfo><Affiliation>Headache Centre of Nowhere</Affiliation></AffiliationInfo></Author></AuthorList>
<InvestigatorList><Investigator ValidYN="Y"><LastName>Isoranta</LastName><ForeName>Hana</ForeName><Initials>H</Initials></Investigator></InvestigatorList>
<PublicationType UI="D016454">Review</PublicationType><Abstract><AbstractText Label="Scope" NlmCategory="OBJECTIVE">This chapter covers magnesium deficiency in migraine with aura, menstrual migraine and cluster headache.</AbstractText><AbstractText>Infusions of 1 g magnesium sulfate are discussed; oral salts such as magnesium oxide and glycinate are compared.</AbstractText><CopyrightInformation>&#xa9; 2011 Invented Press.</CopyrightInformation></Abstract>
<Sections><Section><LocationLabel Type="section">12.1</LocationLabel><SectionTitle book="magbook" part="ch12" sec="s1">Deficiency</SectionTitle><Section><SectionTitle>Tests of <b>ionised</b> magnesium</SectionTitle></Section></Section><Section><SectionTitle>Treatment</SectionTitle></Section></Sections>
<KeywordList Owner="NLM"><Keyword MajorTopicYN="Y">Migraine</Keyword></KeywordList><KeywordList Owner="NLM-AUTO"><Keyword MajorTopicYN="N">Magnesium</Keyword></KeywordList><ContributionDate><Year>2011</Year><Month>05</Month><Day>04</Day></ContributionDate><DateRevised><Year>2015</Year><Month>06</Month><Day>07</Day></DateRevised>
<GrantList CompleteYN="Y"><Grant><Agency>Imaginary Minerals Fund</Agency><Country>Norway</Country></Grant></GrantList><ItemList ListType="Synonyms"><Item>Mg and headache</Item><Item>Magnesium and migraine</Item></ItemList>
<ReferenceList><Title>References</Title><Reference><Citation>Nobody N. A chapter of another book.</Citation></Reference></ReferenceList></BookDocument>
<PubmedBookData><History><PubMedPubDate PubStatus="pubmed"><Year>2012</Year><Month>1</Month><Day>5</Day><Hour>6</Hour><Minute>0</Minute></PubMedPubDate><PubMedPubDate PubStatus="entrez"><Year>2012</Year><Month>1</Month><Day>5</Day><Hour>6</Hour><Minute>0</Minute></PubMedPubDate></History><PublicationStatus>ppublish</PublicationStatus><ArticleIdList><ArticleId IdType="pubmed">%d</ArticleId><ArticleId IdType="bookaccession">NBK990001</ArticleId><ArticleId IdType="pmcbook">magbook</ArticleId></ArticleIdList><ObjectList><Object Type="Box"><Param Name="n">1</Param></Object></ObjectList></PubmedBookData></PubmedBookArticle>""" % (pmid, pmid)


def whole_book(pmid):
    return """<PubmedBookArticle><BookDocument><PMID Version="1">%d</PMID><ArticleIdList><ArticleId IdType="bookaccession">NBK990002</ArticleId></ArticleIdList>
<Book><Publisher><PublisherName>Agency for Invented Reviews</PublisherName></Publisher><BookTitle book="depmag">Magnesium for Depression and Dementia: A Comparative Effectiveness Report</BookTitle><PubDate><Year>2020</Year><Month>Oct</Month></PubDate><Isbn>9789999990011</Isbn></Book>
<Language>eng</Language><PublicationType UI="D016454">Review</PublicationType><Abstract><AbstractText>We reviewed magnesium for depression and dementia. Low-strength evidence suggests a small benefit in depression; evidence in dementia is insufficient.</AbstractText></Abstract></BookDocument>
<PubmedBookData><PublicationStatus>ppublish</PublicationStatus><ArticleIdList><ArticleId IdType="pubmed">%d</ArticleId></ArticleIdList></PubmedBookData></PubmedBookArticle>""" % (pmid, pmid)


def grid_records():
    special = content_special
    for i, (condition, form, outcome, design, year, verdict) in enumerate(content_other.GRID):
        words = dict(c=condition, f=form, F=form[0].upper() + form[1:], n=30 + i * 11 % 170, w=4 + i * 3 % 13, d=200 + i * 25 % 300)
        def pick(options):
            return options[i % len(options)].format(**words)
        text = " ".join((pick(special.GRID_OPENINGS), pick(special.GRID_METHODS[design]), outcome.format(**words), pick(special.GRID_ENDINGS[verdict])))
        kinds = {"RCT": "randomised trial", "CT": "clinical trial", "OBS": "cohort study"}
        heading = {"migraine": "Migraine Disorders", "chronic migraine": "Migraine Disorders", "tension-type headache": "Tension-Type Headache",
                   "headache": "Headache", "depression": "Depression", "postpartum depression": "Depression, Postpartum", "anxiety": "Anxiety",
                   "Alzheimer's disease": "Alzheimer Disease", "dementia": "Dementia", "mild cognitive impairment": "Cognitive Dysfunction",
                   "insomnia": "Sleep Initiation and Maintenance Disorders", "poor sleep": "Sleep Wake Disorders", "fibromyalgia": "Fibromyalgia",
                   "restless legs syndrome": "Restless Legs Syndrome", "stress": "Stress, Psychological", "muscle cramps": "Muscle Cramp",
                   "chronic pain": "Chronic Pain"}[condition]
        salt = {"magnesium glycinate": "MgGly", "magnesium threonate": "MgT", "magnesium sulfate": "MgSO4", "magnesium citrate": "MgCit",
                "magnesium chloride": "MgCl2", "magnesium oxide": "MgO"}.get(form, "")
        yield dict(t="%s in %s: a %s." % (words["F"], condition, kinds[design]), y="%d %s" % (year, MONTHS[i * 5 % 12]), p=design, a=text,
                   m="%s/*drug therapy;Magnesium/*therapeutic use;Humans;Adult" % heading, c="Mg" + (";" + salt if salt else ""), k=condition + ";" + form)


def numbered(records, start):
    return [(number, FIRST_PMID + number - 1, rec) for number, rec in zip(itertools.count(start), records)]


def all_records():
    """(number, PMID, record) of every article; pairs know each other's PMID."""
    plain = content_mood.STUDIES + content_head.STUDIES + content_other.STUDIES + list(grid_records()) + content_special.SINGLES
    out = numbered(plain, 1)
    number = len(plain) + 1
    for pair in content_special.PAIRS:
        target, notice = dict(pair["target"]), dict(pair["notice"])
        target_pmid, notice_pmid = FIRST_PMID + number - 1, FIRST_PMID + number
        target["cc"] = [(pair["down"], "J Made Up Trials. 2020;1(1):%d. doi: 10.5555/litmill.sample.%d" % (number, number + 1), notice_pmid, None)]
        notice["cc"] = [(pair["up"], "J Made Up Trials. 2019;1(1):%d" % number, target_pmid, None), ("Cites", "Ann Imag Nutr. 2001;5:5", FIRST_PMID, None)]
        out += [(number, target_pmid, target), (number + 1, notice_pmid, notice)]
        number += 2
    return out


def files():
    records = all_records()
    xml = [render(rec, number, pmid) for number, pmid, rec in records]
    after = FIRST_PMID + len(records)
    versioned = dict(t="Magnesium and sleep: a living review.", y="2022 Jan 05", e="2022-01-05", p="REV", q="E", st="PubMed-not-MEDLINE",
                     a="First version. Eight studies of magnesium and sleep were found.", m="", c="", k="living review", pmc=True, owner="NOTNLM")
    xml.append(render(versioned, len(records) + 1, after))
    xml.append(render(dict(versioned, a="Second version. Eleven studies of magnesium and sleep were found, and one of insomnia was removed."), len(records) + 1, after, version=2))
    xml.append(chapter(after + 1))
    xml.append(whole_book(after + 2))
    out = {}
    for i in range(0, len(xml), PER_FILE):
        out["pubmed_sample_%02d.xml" % (i // PER_FILE + 1)] = HEAD + "\n".join(xml[i:i + PER_FILE]) + "\n</PubmedArticleSet>\n"
    out["pubmed_update.xml"] = update(records, after)
    return out


def update(records, after):
    """A second load: a revised abstract, a new retraction, a version, a new record, deletions."""
    by_number = {number: (pmid, rec) for number, pmid, rec in records}
    def changed(number, **changes):
        pmid, rec = by_number[number]
        return render(dict(rec, revised=parts(2026, 5, 4), **changes), number, pmid)
    first = by_number[1][1]
    xml = [
        changed(1, a=first["a"].replace("reduced depressive symptoms more than placebo over 8 weeks", "reduced depressive symptoms more than placebo over 8 weeks; a planned 6-month follow-up is still running")),
        changed(30, p="RCT;RETRACTED", cc=[("RetractionIn", "Emerg Med Simul. 2026;46(4):400", after + 3, None)]),
        changed(55, m=by_number[55][1]["m"] + ";Adult"),
        render(dict(t="Retraction Notice to: Intravenous magnesium sulfate versus prochlorperazine for acute migraine.", y="2026 Apr", p="RETNOTICE2", authors=0, a="", m="", c="",
                    st="PubMed-not-MEDLINE", cc=[("RetractionOf", "Emerg Med Simul. 2018;38(11):1", by_number[30][0], None)]), len(records) + 4, after + 3),
        render(dict(t="Magnesium citrate and brain fog in perimenopause: a randomised trial.", y="2025 Nov", e="2025-10-02", p="RCT", st="In-Process", m="", c="", k="brain fog;menopause",
                    a="#BACKGROUND Brain fog is frequent in perimenopause. #METHODS 112 women took magnesium citrate 300 mg or placebo for 10 weeks. #RESULTS Self-rated brain fog improved in both groups; cognition scores did not differ (p=0.49). #CONCLUSIONS Magnesium citrate was not superior to placebo."),
               len(records) + 5, after + 4),
    ]
    deleted = [by_number[number][0] for number in (70, 71, 110)] + [after + 900]
    return HEAD + "\n".join(xml) + "\n<DeleteCitation>%s</DeleteCitation>\n</PubmedArticleSet>\n" % "".join('<PMID Version="1">%d</PMID>' % p for p in deleted)


def occurring(texts):
    """Names of elements, Element@Attribute, and Element@Attribute=value, wherever they occur."""
    seen = set()
    for text in texts:
        for element in ElementTree.fromstring(text.encode()).iter():
            name = re.sub(r"\{.*\}", "mml:", element.tag)
            seen.add(name)
            for key, value in element.attrib.items():
                seen.update((name + "@" + key, "%s@%s=%s" % (name, key, value)))
    return seen


def check(out):
    problems = []
    for name, text in out.items():
        path = HERE / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            problems.append("%s is not what the tables say: run make_sample.py" % name)
    seen = occurring(out.values())
    for line in (HERE / "coverage.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#") and line not in seen:
            problems.append("does not occur: " + line)
    abstracts = {rec["a"] for _, _, rec in all_records() if rec.get("a")}
    if len(abstracts) < 120:
        problems.append("only %d distinct abstracts" % len(abstracts))
    return problems


def main():
    out = files()
    if sys.argv[1:] == ["--check"]:
        problems = check(out)
        print("\n".join(problems) or "sample: %d files, as the tables say, everything in coverage.txt occurs" % len(out))
        return 1 if problems else 0
    for name, text in out.items():
        (HERE / name).write_text(text, encoding="utf-8")
    for old in HERE.glob("pubmed_sample_*.xml"):
        if old.name not in out:
            old.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
