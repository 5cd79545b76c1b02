#!/usr/bin/env python3
"""Floors of the matcher: .ci/match_floors.py DISTBASE SHARED
Names left out by dealer, and the shipped weights, by the benchmark's own scorer; the
expected calibration error over ten bins of equal count. Fails under a floor."""
import io, os, re, subprocess, sys, tempfile
binary, shared = sys.argv[1], sys.argv[2]
sys.path.insert(0, shared + '/scorers')
import match_score
SETS = shared + '/bench/match/'
FLOORS = {  # of the names left out: R@1, R@5, MRR@10, coverage at 99.5 %, F1 of 1:1 clustering, calibration error at most
    'prosept': dict(r1=0.89, r5=0.96, mrr=0.92, ece=0.03),
    'abt-buy': dict(r1=0.93, r5=0.985, f1=0.95, cov=0.80, ece=0.03),
    'walmart-amazon': dict(r1=0.93, r5=0.97, f1=0.75, cov=0.65, ece=0.035),
}
SHIPPED = {'prosept': dict(r1=0.91, r5=0.97, mrr=0.93), 'abt-buy': dict(r1=0.95, r5=0.985), 'walmart-amazon': dict(r1=0.94, r5=0.98)}

def calibration(directory, ranked):
    _, queries, gold = match_score.load(directory)
    first = {}
    for line in open(ranked, encoding='utf-8'):
        f = line.split('\t')
        first.setdefault(f[0], (float(f[3]), f[1]))
    pairs = sorted((first[q][0], first[q][1] in gold[q]) for q in queries if gold.get(q) and q in first)
    n, error = len(pairs), 0
    for k in range(10):
        part = pairs[k * n // 10:(k + 1) * n // 10]
        error += abs(sum(c for c, _ in part) - sum(ok for _, ok in part)) / n
    return error

def measure(name, ranked):
    out = io.StringIO()
    r, mrr = match_score.score(SETS + name, ranked, name == 'walmart-amazon', out)
    text = out.getvalue()
    return dict(r1=r[1], r5=r[5], mrr=mrr, cov=float(re.search(r'P>=0\.995 cov (\S+)', text)[1]),
                f1=float(re.search(r'best F1 (\S+)', text)[1]), ece=calibration(SETS + name, ranked))

failed = False
def check(what, name, ranked, floors):
    global failed
    got = measure(name, ranked)
    print('%-12s %-15s' % (what, name), ' '.join('%s %.4f' % x for x in got.items()))
    for k, floor in floors.items():
        if got[k] > floor if k == 'ece' else got[k] < floor:
            print('  %s is %.4f, the floor %.4f' % (k, got[k], floor))
            failed = True

with tempfile.TemporaryDirectory() as tmp:
    subprocess.run([binary, 'match', 'train', '--leave-out', 'dealer', '--ranked', tmp] + ['--set=' + SETS + n for n in FLOORS], check=True, stderr=subprocess.DEVNULL)
    for name, floors in FLOORS.items():
        check('left out', name, tmp + '/' + name + '.tsv', floors)
    for name, floors in SHIPPED.items():
        ranked = tmp + '/shipped.tsv'
        with open(ranked, 'wb') as f:
            subprocess.run([binary, 'match', '--catalog', SETS + name + '/catalogue.tsv', '--names', SETS + name + '/queries.tsv', '--top', '10'], check=True, stdout=f)
        check('shipped', name, ranked, floors)
sys.exit(failed)
