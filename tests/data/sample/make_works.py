#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes works.jsonl and identifiers.txt: what databases other than PubMed know of the synthetic sample.

works.jsonl: one work a line, for litmill-standin --works. Works of the PubMed sample appear with their identifiers, and
some of them in Scopus, Embase, Web of Science and Europe PMC too; others are in none of PubMed's files. Everything is
made up; no study, person or journal exists. identifiers.txt: a list for litmill rebuild, in the forms that people use.

    python3 make_works.py           # writes both
    python3 make_works.py --check   # what ctest runs: are they up to date?
"""
import glob
import json
import os
import re
import sys
import xml.etree.ElementTree as ElementTree

HERE = os.path.dirname(os.path.abspath(__file__))

FORMS = ["magnesium glycinate", "magnesium oxide", "magnesium citrate", "magnesium threonate", "magnesium sulfate"]
SUBJECTS = [
    ("migraine", "attacks a month", "Nord Arch Fict Psychiatry"),
    ("depressive symptoms", "the score of a depression scale", "Ann Imag Nutr"),
    ("insomnia in older adults", "minutes of sleep a night", "Gerontol Never Was"),
    ("mild cognitive impairment and memory", "words recalled", "Gerontol Never Was"),
    ("fibromyalgia", "pain on a scale of ten", "Fibro J Invent Pain"),
    ("anxiety and stress", "the sum of an anxiety scale", "Ann Imag Nutr"),
]
AUTHORS = ["Quillfeather, Paul L", "Elmwood, Ursula", "Lindqvarn, Carl", "Jarrowby, Nora A", "Zeewind, Ilona K"]


def text_of(node):
    return re.sub(r"\s+", " ", "".join(node.itertext())).strip() if node is not None else ""


def sample_works():
    """The PubMed records that have a DOI, in the order of their PMIDs."""
    works = {}
    for path in sorted(glob.glob(os.path.join(HERE, "pubmed_sample_*.xml"))):
        for article in ElementTree.parse(path).getroot().iter("PubmedArticle"):
            ids = {i.get("IdType"): i.text for i in article.findall("PubmedData/ArticleIdList/ArticleId")}
            pmid = int(article.findtext("MedlineCitation/PMID"))
            year = re.search(r"\d{4}", text_of(article.find("MedlineCitation/Article/Journal/JournalIssue/PubDate")))
            if "doi" in ids and not ids["doi"].lower().startswith("10.5555/litmill.sample."):
                continue  # damaged on purpose
            if "doi" not in ids:
                continue
            work = {
                "doi": ids["doi"],
                "pmid": pmid,
                "title": text_of(article.find("MedlineCitation/Article/ArticleTitle")),
                "abstract": " ".join(text_of(a) for a in article.findall("MedlineCitation/Article/Abstract/AbstractText")),
                "authors": [
                    f"{a.findtext('LastName')}, {a.findtext('ForeName')}"
                    for a in article.findall("MedlineCitation/Article/AuthorList/Author")
                    if a.findtext("LastName") and a.findtext("ForeName")
                ][:3],
                "journal": article.findtext("MedlineCitation/MedlineJournalInfo/MedlineTA") or "",
                "year": int(year.group()) if year else 0,
            }
            if "pmc" in ids:
                work["pmcid"] = ids["pmc"]
            elif pmid % 4 == 0:
                work["pmcid"] = f"PMC99{pmid}"
            works[pmid] = work
    return [works[pmid] for pmid in sorted(works)]


def in_databases(work, number):
    """Where a work is found: a pattern in which every combination of the four databases happens."""
    databases = {}
    if number % 2 == 0:
        databases["scopus"] = f"2-s2.0-8599{number:07d}"
    if number % 3 == 0:
        databases["embase"] = f"L2099{number:06d}"
    if number % 5 < 2:
        databases["wos"] = f"WOS:0099{number:011d}"
    if number % 4 == 1:
        databases["europepmc"] = f"MED/{work['pmid']}" if work.get("pmid") else f"PPR/PPR99{number:05d}"
    return databases


def further_works():
    """Works that PubMed does not have: 30 articles and six data sets."""
    for n in range(30):
        form = FORMS[n % len(FORMS)]
        subject, measure, journal = SUBJECTS[n % len(SUBJECTS)]
        people, effect = 24 + 7 * n, 1 + n % 5
        yield {
            "doi": f"10.5555/litmill.elsewhere.{n + 1}",
            "title": f"{form.capitalize()} and {subject}: an invented trial in {people} adults",
            "abstract": f"{people} made-up adults with {subject} took {form} or placebo for {6 + n % 7} weeks. "
                        f"With magnesium {measure} changed by {effect}.{n % 10}, with placebo by 0.{n % 10}.",
            "authors": [AUTHORS[n % len(AUTHORS)], AUTHORS[(n + 2) % len(AUTHORS)]],
            "journal": journal,
            "volume": str(3 + n % 9),
            "issue": str(1 + n % 4),
            "pages": f"{100 + 9 * n}-{105 + 9 * n}",
            "year": 2001 + n % 25,
        }
    for n in range(6):
        subject = SUBJECTS[n % len(SUBJECTS)][0]
        yield {
            "doi": f"10.5555/litmill.data.{n + 1}",
            "agency": "DataCite",
            "title": f"Data of an invented trial of magnesium in {subject}",
            "abstract": f"Tables of a study of magnesium in {subject} that never took place.",
            "authors": [AUTHORS[n % len(AUTHORS)]],
            "year": 2018 + n,
        }


def make_works():
    works = sample_works()
    for number, work in enumerate(works):
        work["databases"] = in_databases(work, number)
    for number, work in enumerate(further_works(), start=1000):
        if work.get("agency") != "DataCite":
            work["databases"] = in_databases(work, number) or {"scopus": f"2-s2.0-8599{number:07d}"}
        works.append(work)
    works.append({"doi": "10.5555/litmill.alias.1", "alias_of": "10.5555/litmill.elsewhere.1", "title": "An alias"})
    works.append({"doi": "10.5555/litmill.medra.1", "agency": "mEDRA", "title": "A work of another agency"})
    works.append({"doi": "10.5555/(SICI)1234-5679(200101)7:2<101::AID-LITMILL1>3.0.CO;2-Y", "year": 2001,
                  "title": "Magnesium and migraine under a DOI that is hard to read"})
    return works


def make_identifiers(works):
    sample = [w for w in works if "pmid" in w]
    lines = [
        "# Synthetic: a list as people have them, for `litmill rebuild --from`.",
        f"{sample[0]['doi']}",
        f"https://doi.org/{sample[1]['doi'].upper()}",
        f"doi: {sample[2]['doi']}.",
        f"{sample[3]['pmid']}",
        f"PMID: {sample[4]['pmid']}",
        f"{next(w['pmcid'] for w in sample if w.get('pmcid'))}",
    ]
    lines += [f"10.5555/litmill.elsewhere.{n}" for n in range(1, 11)]
    lines += [f"http://dx.doi.org/10.5555/litmill.data.{n}" for n in range(1, 5)]
    lines += [
        "10.5555/(SICI)1234-5679(200101)7:2<101::AID-LITMILL1>3.0.CO;2-Y",
        "10.5555/litmill.alias.1",
        f"{sample[0]['doi']} # the first one again",
        "10.5555/litmill.medra.1",
        "10.5555/litmill.nobody.registered.this",
        "see the supplement",
    ]
    return "\n".join(lines) + "\n"


def main():
    works = make_works()
    files = {
        "works.jsonl": "".join(json.dumps(w, ensure_ascii=False, sort_keys=True) + "\n" for w in works),
        "identifiers.txt": make_identifiers(works),
    }
    stale = []
    for name, text in files.items():
        path = os.path.join(HERE, name)
        if "--check" in sys.argv:
            if not os.path.exists(path) or open(path, encoding="utf-8").read() != text:
                stale.append(name)
        else:
            with open(path, "w", encoding="utf-8") as out:
                out.write(text)
    if stale:
        sys.exit(f"not what make_works.py writes: {', '.join(stale)}; run it again")


if __name__ == "__main__":
    main()
