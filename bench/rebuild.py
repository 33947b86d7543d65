#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How long `litmill rebuild` takes, and how much memory, against the stand-ins of all services.

    bench/rebuild.py [--dois 10000] [--kills 0] [--limits] [--build build/release]

Of the synthetic DOIs 45 % are in PMC, 35 % in PubMed only, 15 % at Crossref only and 5 % at DataCite only. Without
--limits the services answer as fast as they can; with it the published rates hold, and the time that the rates alone
ask for is printed beside the time taken. --kills N ends the program with SIGKILL at N random moments and compares the
corpus that the next run completes with that of a calm run.
"""
import argparse
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FORMS = ["oxide", "citrate", "glycinate", "threonate", "sulfate"]
SUBJECTS = ["migraine", "depressive symptoms", "insomnia", "memory in older adults", "fibromyalgia"]


def kind_of(n):
    return "pmc" if n % 20 < 9 else "pubmed" if n % 20 < 16 else "crossref" if n % 20 < 19 else "datacite"


def write_services(folder, dois):
    """records.xml and works.jsonl for the stand-in, dois.txt for litmill."""
    with open(f"{folder}/records.xml", "w") as xml, open(f"{folder}/works.jsonl", "w") as works, \
            open(f"{folder}/dois.txt", "w") as listed:
        xml.write('<?xml version="1.0" ?>\n<PubmedArticleSet>\n')
        for n in range(dois):
            doi, pmid, kind = f"10.5555/litmill.bench.{n}", 91000000 + n, kind_of(n)
            title = f"Magnesium {FORMS[n % 5]} and {SUBJECTS[n // 5 % 5]}: synthetic work {n}"
            abstract = (f"In {20 + n % 200} made-up adults magnesium {FORMS[n % 5]} was compared with placebo for "
                        f"{4 + n % 20} weeks. {SUBJECTS[n // 5 % 5].capitalize()} changed by {n % 9}.{n % 7} points. ") * 4
            work = {"doi": doi, "title": title, "abstract": abstract, "year": 2000 + n % 26,
                    "agency": "DataCite" if kind == "datacite" else "Crossref"}
            if kind in ("pmc", "pubmed"):
                work["pmid"] = pmid
                xml.write(
                    f'<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}</PMID>'
                    f'<Article PubModel="Print"><Journal><JournalIssue CitedMedium="Print"><PubDate><Year>{2000 + n % 26}'
                    f'</Year></PubDate></JournalIssue><Title>J Bench</Title></Journal><ArticleTitle>{title}</ArticleTitle>'
                    f'<Abstract><AbstractText>{abstract}</AbstractText></Abstract><Language>eng</Language>'
                    f'<PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType>'
                    f'</PublicationTypeList></Article></MedlineCitation><PubmedData><ArticleIdList>'
                    f'<ArticleId IdType="pubmed">{pmid}</ArticleId><ArticleId IdType="doi">{doi}</ArticleId>'
                    f'</ArticleIdList></PubmedData></PubmedArticle>\n')
            if kind == "pmc":
                work["pmcid"] = f"PMC99{pmid}"
            works.write(json.dumps(work) + "\n")
            listed.write(doi + "\n")
        xml.write("</PubmedArticleSet>\n")


def write_pipeline(folder, url, is_fast):
    root = url[:-len("entrez/eutils/")]
    speed = ", requests_per_second: 1000" if is_fast else ""
    services = {"pubmed": url, "id_converter": root + "tools/idconv/api/v1/articles/", "doi_agency": root + "doiRA/",
                "crossref": root, "datacite": root}
    with open(f"{folder}/pipeline.yaml", "w") as out:
        out.write("version: 1\nname: bench\nsearch:\n  queries:\n    all: {term: 'magnesium[tiab]'}\nsources:\n")
        for name, base in services.items():
            out.write(f"  {name}: {{enabled: true, base_url: '{base}'{speed}}}\n")
        out.write(f"rules: [{ROOT}/rules/general, {ROOT}/rules/magnesium]\n"
                  f"store: {{corpus: {folder}/corpus.db, archive: {folder}/raw.sqlar}}\n")


def forget(folder):
    for name in os.listdir(folder):
        if name.startswith(("corpus.db", "raw.sqlar")):
            os.remove(f"{folder}/{name}")


class Bench:
    def __init__(self, build, folder):
        self.litmill, self.folder = f"{build}/app/litmill", folder
        self.environment = {**os.environ, "LITMILL_STATE_DIR": f"{folder}/state", "LITMILL_EMAIL": "bench@example.org"}
        self.command = [self.litmill, "rebuild", "-c", f"{folder}/pipeline.yaml", "--from", f"{folder}/dois.txt",
                        "--format", "json", "--quiet"]

    def rebuild(self):
        began = time.monotonic()
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(self.command, env=self.environment, stdout=subprocess.PIPE, text=True)
        seconds = time.monotonic() - began
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode != 0:
            sys.exit(f"litmill rebuild ended with exit code {done.returncode}")
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return json.loads(done.stdout), seconds, cpu, after.ru_maxrss / 1024

    def digest(self):
        return subprocess.check_output([self.litmill, "digest", "--db", f"{self.folder}/corpus.db"],
                                       env=self.environment, text=True)

    def kill_and_go_on(self, seconds, calm):
        wait = random.uniform(0.05, seconds)
        forget(self.folder)
        process = subprocess.Popen(self.command, env=self.environment, stdout=subprocess.DEVNULL)
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.wait()
        self.rebuild()
        if self.digest() != calm:
            sys.exit(f"killed after {wait:.2f} s: another corpus")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--dois", type=int, default=10000)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--limits", action="store_true")
    parser.add_argument("--build", default=f"{ROOT}/build/release")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        write_services(folder, options.dois)
        standin = subprocess.Popen(
            [f"{options.build}/tests/services/litmill-standin", "--works", f"{folder}/works.jsonl"] +
            ([] if options.limits else ["--no-limit"]) + [f"{folder}/records.xml"], stdout=subprocess.PIPE, text=True)
        try:
            write_pipeline(folder, standin.stdout.readline().strip(), not options.limits)
            bench = Bench(options.build, folder)
            report, seconds, cpu, megabytes = bench.rebuild()
            print(f"{options.dois} DOIs: {seconds:.1f} s, {cpu:.1f} s of CPU, at most {megabytes:.0f} MiB, "
                  f"{report['network']['requests']} requests, {report['identifiers']['stored']} stored")
            if options.limits:
                by_rate = report["seconds_by_rate"]
                print(f"by the services' rates alone: {by_rate:.1f} s; taken {100 * (seconds / by_rate - 1):+.1f} %")
            calm = bench.digest()
            random.seed(1)
            for _ in range(options.kills):
                bench.kill_and_go_on(seconds, calm)
            if options.kills:
                print(f"{options.kills} kills: each time the calm run's corpus")
        finally:
            standin.terminate()


if __name__ == "__main__":
    main()
