#!/usr/bin/env python3
"""Measures litmill on one PubMed file beside the limit (gzip -dc) and a peer (EDirect's xtract).

    bench/run.py FILE.xml.gz [--rounds N]

All commands are whole processes, run in turn (A B C A B C ...) so that a drifting machine hits them alike. The figures are CPU seconds
(user + system) as the kernel counts them, and their ratio to G, the CPU of `gzip -dc` on the same file in the same round; the median of the
rounds is printed. Peak memory is the largest resident set seen. A second table shows how tagging grows with the rules.
"""
import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
STAGES = os.path.join(ROOT, "build/release/bench/litmill-bench-stages")
LITMILL = os.path.join(ROOT, "build/release/app/litmill")
RULES = [os.path.join(ROOT, "rules/general"), os.path.join(ROOT, "rules/magnesium")]
# Each line is measured with all above it; a file's parents and masks are never below it.
GROWTH = [
    ["cues", "designs", "designs_observational", "designs_reviews"],
    ["directions", "limitations", "populations", "comparators", "co_interventions"],
    ["measurements", "outcomes", "outcomes_organs", "routes", "statistics"],
    ["conditions", "conditions_body", "conditions_headache", "conditions_heart", "conditions_metabolism", "conditions_neurology", "conditions_other",
     "conditions_psychiatry", "scales"],
]
XTRACT = ["-mixed", "-pattern", "PubmedArticle", "-element", "MedlineCitation/PMID", "ArticleTitle", "AbstractText", "Journal/Title",
          "PubDate/Year", "LastName", "Affiliation", "DescriptorName", "QualifierName", "PublicationType", "NameOfSubstance", "Keyword", "Language",
          "ELocationID", "ArticleId", "Citation", "PubMedPubDate/Year", "MedlineTA"]


def measure(command):
    """CPU seconds, wall seconds and peak resident KiB of one process; its output is thrown away."""
    with open(os.devnull, "wb") as null:
        start = time.monotonic()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=null, stderr=null)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"bench: {' '.join(command)} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss


def commands(file, work):
    config = os.path.join(ROOT, "pipeline.yaml")
    table = [
        ("gzip -dc (G)", lambda: measure(["gzip", "-dc", file])),
        ("decompress and cut", lambda: measure([STAGES, "cut", file])),
        ("+ parse", lambda: measure([STAGES, "parse", file])),
        ("+ tag", lambda: measure([STAGES, "tag", file] + RULES)),
    ]

    def import_with(threads):
        for name in os.listdir(work):
            if name.startswith("corpus"):
                os.remove(os.path.join(work, name))
        return measure([LITMILL, "import", "-c", config, "--db", os.path.join(work, "corpus.db"), "--threads", str(threads), file])

    table.append(("+ store with FTS, 1 thread", lambda: import_with(1)))
    table.append(("+ store with FTS, 2 threads", lambda: import_with(2)))
    if shutil.which("xtract"):
        plain = os.path.join(work, "plain.xml")
        with open(plain, "wb") as out:
            subprocess.run(["gzip", "-dc", file], stdout=out, check=True)
        table.append(("xtract -mixed, 18 elements (no gunzip, tags, store)", lambda: measure(["xtract", "-input", plain] + XTRACT)))
    return table


def rule_count(rules):
    """Of the rule files; from the line "22 concepts, 165 rules, ..." (examples that need other files may fail)."""
    out = subprocess.run([LITMILL, "rules", "test"] + rules, capture_output=True, text=True, check=False).stdout
    return int(re.search(r"(\d+) rules", out).group(1))


def print_growth(file, rounds):
    """CPU above parsing for more and more of the rules."""
    parts, sets = [], []
    for names in GROWTH:
        parts = parts + [os.path.join(ROOT, f"rules/general/{name}.yaml") for name in names]
        sets.append(parts)
    sets.append(RULES)
    runs = [[] for _ in sets]
    for _ in range(rounds):
        parsing = measure([STAGES, "parse", file])[0]
        for rules, figures in zip(sets, runs):
            figures.append(measure([STAGES, "tag", file] + rules)[0] - parsing)
    print("\n| rules | CPU s above parsing | ms a rule |\n| --- | --- | --- |")
    for rules, figures in zip(sets, runs):
        cpu, count = statistics.median(figures), rule_count(rules)
        print(f"| {count} | {cpu:.2f} | {1000 * cpu / count:.2f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        table = commands(os.path.abspath(arguments.file), work)
        runs = {name: [] for name, _ in table}
        for _ in range(arguments.rounds):
            for name, run in table:
                runs[name].append(run())
        base = [cpu for cpu, _, _ in runs["gzip -dc (G)"]]
        print(f"{os.path.basename(arguments.file)}: {os.path.getsize(arguments.file) / 1e6:.1f} MB, {arguments.rounds} rounds, medians\n")
        print("| what | CPU s | CPU / G | wall / G | peak MiB |\n| --- | --- | --- | --- | --- |")
        for name, figures in runs.items():
            cpu = statistics.median(f[0] for f in figures)
            ratio = statistics.median(f[0] / g for f, g in zip(figures, base))
            wall = statistics.median(f[1] / g for f, g in zip(figures, base))
            peak = max(f[2] for f in figures) / 1024
            print(f"| {name} | {cpu:.2f} | {ratio:.2f} | {wall:.2f} | {peak:.0f} |")
        print_growth(os.path.abspath(arguments.file), arguments.rounds)


if __name__ == "__main__":
    main()
