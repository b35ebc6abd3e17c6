"""Six measures of agreement with percentile intervals from a cluster bootstrap, vectorised; prints milliseconds.

Usage: python3 clusterBootstrap.py ratings.json RESAMPLES; ratings.json holds {"a": [...], "b": [...], "cluster": [...]}.
"""

import json
import sys
import time

import numpy as np

K = 11


def six(tables):
    """tables: resamples × K² cell counts."""
    n = tables.sum(1)
    cells = tables.reshape(-1, K, K)
    rows, columns = cells.sum(2), cells.sum(1)
    score = np.arange(K)
    steps = np.abs(score[:, None] - score[None, :]).astype(float)
    exact = np.trace(cells, axis1=1, axis2=2) / n
    chance = (rows * columns).sum(1) / n**2
    kappa = (exact - chance) / (1 - chance)
    square = (steps**2).ravel()
    observed = tables @ square
    expected = np.einsum('bi,ij,bj->b', rows, steps**2, columns)
    quadratic = 1 - n * observed / expected
    sum_a, sum_b = rows @ score, columns @ score
    aa, bb = rows @ score**2, columns @ score**2
    ab = tables @ np.outer(score, score).ravel()
    total, squares = sum_a + sum_b, aa + bb
    alpha = 1 - (2 * n - 1) * 2 * observed / (2 * (2 * n * squares - total**2))
    pearson = (n * ab - sum_a * sum_b) / np.sqrt((n * aa - sum_a**2) * (n * bb - sum_b**2))
    grand = total / (2 * n)
    between_rows = (aa + 2 * ab + bb) / 2 - 2 * n * grand**2
    between_columns = (sum_a**2 + sum_b**2) / n - 2 * n * grand**2
    error = squares - 2 * n * grand**2 - between_rows - between_columns
    msr, msc, mse = between_rows / (n - 1), between_columns, error / (n - 1)
    icc = (msr - mse) / (msr + mse + 2 * (msc - mse) / n)
    return exact, kappa, quadratic, alpha, pearson, icc


def bootstrap(tables, resamples, random):
    groups = len(tables)
    drawn = random.integers(0, groups, (resamples, groups))
    drawn += np.arange(resamples)[:, None] * groups
    counts = np.bincount(drawn.ravel(), minlength=resamples * groups).reshape(resamples, groups)
    values = six(counts.astype(float) @ tables)
    return [np.quantile(value, [0.025, 0.975]) for value in values]


def main():
    with open(sys.argv[1]) as file:
        ratings = json.load(file)
    resamples = int(sys.argv[2])
    a, b, cluster = (np.asarray(ratings[key]) for key in ('a', 'b', 'cluster'))
    tables = np.zeros((cluster.max() + 1, K * K))
    np.add.at(tables, (cluster, a * K + b), 1)
    random = np.random.default_rng(1)
    bootstrap(tables, 100, random)
    start = time.perf_counter()
    bootstrap(tables, resamples, random)
    print(1000 * (time.perf_counter() - start))


main()
