#!/usr/bin/env python3
"""Compares headings and record counts found in real reports with those of general readers.

    header_peers.py DISTBASE SHARED     prints a table; a peer that is not installed is left out

Every sheet of SHARED/corpus/reports that has a heading is given to each peer as
distbase itself read it into cells, written as CSV in UTF-8, so nobody loses by a
format: to pandas and to Python's csv.Sniffer as they come, to DuckDB's sniffer
(command `node` with @duckdb/node-api, found by NODE_PATH) with all columns texts.
A heading is right when its first and last row are; the records are right when as many
rows are left as there are. For a peer the heading is the row it takes for one.
"""
import csv, json, os, shutil, subprocess, sys, tempfile
from collections import defaultdict

DUCK = """
const { DuckDBInstance } = require('@duckdb/node-api'); const fs = require('fs');
(async () => {
  const con = await (await DuckDBInstance.create(':memory:')).connect();
  for (const f of fs.readFileSync(0, 'utf8').trim().split('\\n')) {
    try {
      const s = (await con.runAndReadAll(`SELECT HasHeader, SkipRows FROM sniff_csv('${f}', all_varchar=true)`)).getRows()[0];
      const n = (await con.runAndReadAll(`SELECT count(*) FROM read_csv('${f}', all_varchar=true)`)).getRows()[0][0];
      console.log(JSON.stringify([f, s[0] ? Number(s[1]) + 1 : null, Number(n)]));
    } catch (e) { console.log(JSON.stringify([f, null, null])); }
  }
})();
"""


def objects(*cmd):
    out = subprocess.run(cmd, capture_output=True, text=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def sheets_as_csv(distbase, path, into):
    """writes every sheet as CSV, row by row where it stands; gives the files by sheet name"""
    rows, name = defaultdict(dict), None
    for o in objects(distbase, "grid", path):
        if "sheet" in o and "r" not in o:
            name = o["sheet"]
        elif "r" in o:
            rows[name].setdefault(o["r"], {})[o["c"]] = o.get("w") or o.get("v") or ""
    files = {}
    for i, (name, cells) in enumerate(rows.items()):
        width = max(max(r) for r in cells.values())
        files[name] = os.path.join(into, f"{i}.csv")
        with open(files[name], "w", newline="", encoding="utf-8") as f:
            w = csv.writer(f)
            for r in range(1, max(cells) + 1):
                w.writerow([cells.get(r, {}).get(c, "") for c in range(1, width + 1)])
    return files


def of_pandas(files):
    import pandas
    out = {}
    for f in files:
        try:
            out[f] = (1, len(pandas.read_csv(f, dtype=str)))
        except Exception:
            out[f] = (None, None)
    return out


def of_sniffer(files):
    out = {}
    for f in files:
        text = open(f, encoding="utf-8", newline="").read()
        try:
            dialect = csv.Sniffer().sniff(text[:20000])
            head = csv.Sniffer().has_header(text[:20000])
            out[f] = (1 if head else None, sum(1 for _ in csv.reader(text.splitlines(), dialect)) - head)
        except csv.Error:
            out[f] = (None, None)
    return out


def of_duckdb(files):
    run = subprocess.run(["node", "-e", DUCK], input="\n".join(files), capture_output=True, text=True)
    if run.returncode:
        raise ImportError(run.stderr)
    return {f: (h, n) for f, h, n in map(json.loads, run.stdout.splitlines())}


def main(distbase, shared):
    reports = os.path.join(shared, "corpus", "reports")
    judged, mine = {}, {}
    top = tempfile.mkdtemp()
    for truth in sorted(os.listdir(os.path.join(reports, "truth"))):
        t = json.load(open(os.path.join(reports, "truth", truth), encoding="utf-8"))
        wanted = [s for s in t["sheets"] if s.get("header_rows")]
        if t["negative"] or not wanted:
            continue
        here = os.path.join(top, truth)
        os.mkdir(here)
        path = os.path.join(here, os.path.basename(t["original_name"]))
        shutil.copy(os.path.join(reports, t["file"]), path)
        files = sheets_as_csv(distbase, path, here)
        read = {}
        for o in objects(distbase, "parse", path):
            if "table" in o:
                read.setdefault(o["table"]["sheet"], o["table"])
        for s in wanted:
            f = files.get(s["sheet"]) or next(iter(files.values()))
            counts = {s["rows"]} | ({s["crosstab"]["cells"], s["crosstab"]["cells_by_measure"]} if s["crosstab"] else set())
            heads = [s["header_rows"]] + [a["header_rows"] for a in s.get("alternatives") or [] if a.get("header_rows")]
            judged[f] = (heads, counts)
            o = read.get(s["sheet"]) or (next(iter(read.values())) if len(read) == 1 else None)
            mine[f] = (o["header_rows"], o["rows"]) if o else (None, None)
    peers = [("distbase", lambda _: mine), ("pandas", of_pandas), ("Python csv.Sniffer", of_sniffer), ("DuckDB", of_duckdb)]
    print(f"{len(judged)} sheets with a heading\n\n| reader | heading right | records right |\n|---|---|---|")
    for name, run in peers:
        try:
            found = run(list(judged))
        except (ImportError, FileNotFoundError):
            continue
        right = lambda h, heads: (h if isinstance(h, list) else [h, h]) in heads
        h = sum(right(found[f][0], heads) for f, (heads, _) in judged.items())
        n = sum(found[f][1] in counts for f, (_, counts) in judged.items())
        print(f"| {name} | {h / len(judged):.0%} | {n / len(judged):.0%} |")
    shutil.rmtree(top)


if __name__ == "__main__":
    main(*sys.argv[1:])
