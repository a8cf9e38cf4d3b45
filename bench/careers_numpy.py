#!/usr/bin/env python3
"""The job of `pensim run national` as an analyst would write it by hand in NumPy.

Everybody in step, a calendar year at a time: moves by the five-year census matrix (its fifth root,
by eigenvalues), contributions on the average wage of the province, 12 % of the wages and the account
with each move, the benefit location at 60, a pension until 80. Left out, and done by pensim: months,
kinds of payers, gaps, temporary accounts, money left behind, death at all ages, early and late
claims, extensions, rules by date, exact fen, books that are checked, and the reason for each number.

    python3 bench/careers_numpy.py --persons 200000

Prints one line of JSON. Needs NumPy; data from scenarios/data.
"""
import argparse
import csv
import json
import pathlib
import time

import numpy as np

DATA = pathlib.Path(__file__).resolve().parent.parent / "scenarios" / "data"
PERIOD = "2015-2020"
YEARS_OF_PERIOD = 5
FIRST_YEAR, LAST_YEAR = 1998, 2100
RETIREMENT_AGE, AGE_AT_DEATH = 60, 80
QUALIFYING_YEARS = 10
ACCOUNT_RATE, POOL_RATE, MOVING_RATE = 0.08, 0.16, 0.12
WAGE_GROWTH = 0.035  # after the last known year
PAYOUT_YEARS = 139 / 12


def rows(name):
    with open(DATA / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def load_world():
    areas = [row["id"] for row in rows("areas.csv") if row["default"] == "1"]
    index = {area: i for i, area in enumerate(areas)}
    count = len(areas)

    flows = np.zeros((count, count))
    for row in rows("migration.csv"):
        if row["period"] == PERIOD:
            flows[index[row["origin"]], index[row["destination"]]] = float(row["persons"])
    chances = flows / flows.sum(axis=1, keepdims=True)
    values, vectors = np.linalg.eig(chances)
    yearly = (vectors * values ** (1 / YEARS_OF_PERIOD)) @ np.linalg.inv(vectors)
    yearly = np.clip(yearly.real, 0, None)
    yearly /= yearly.sum(axis=1, keepdims=True)

    wages = np.zeros((count, LAST_YEAR + 1))
    for row in rows("average_wage.csv"):
        if row["area"] in index:
            wages[index[row["area"]], int(row["year"])] = 12 * float(row["yuan_per_month"])
    known = max(int(row["year"]) for row in rows("average_wage.csv"))
    for year in range(known + 1, LAST_YEAR + 1):
        wages[:, year] = wages[:, year - 1] * (1 + WAGE_GROWTH)

    interest = np.full(LAST_YEAR + 1, np.nan)
    for row in rows("interest_rates.csv"):
        interest[int(row["year"])] = int(row["rate_ppm"]) / 1e6
    first = int(np.flatnonzero(~np.isnan(interest))[0])
    interest[:first] = interest[first]
    last = int(np.flatnonzero(~np.isnan(interest))[-1])
    interest[last:] = interest[last]
    return count, flows.sum(axis=1), np.cumsum(yearly, axis=1), wages, interest


def simulate(persons, seed):
    count, weights, moves, wages, interest = load_world()
    rng = np.random.default_rng(seed)
    home = rng.choice(count, size=persons, p=weights / weights.sum())
    area = home.copy()
    entry = rng.integers(1980, 2025, persons)
    birth = entry - rng.integers(18, 30, persons)
    level = rng.lognormal(-0.1, 0.45, persons)
    months = np.zeros((persons, count), dtype=np.int16)
    last_paid = np.zeros((persons, count), dtype=np.int16)
    account = np.zeros(persons)
    base_sum = np.zeros(persons)
    pension = np.zeros(persons)
    payer = np.full(persons, -1)
    flows = np.zeros((LAST_YEAR + 1, count * count, 3))
    books = np.zeros((LAST_YEAR + 1, count, 4))  # accounts and pool paid in, interest, pensions

    def move(people, target, year):
        money = np.stack([np.ones(people.size), account[people], MOVING_RATE * base_sum[people]])
        cell = area[people] * count + target
        for k in range(3):
            flows[year, :, k] += np.bincount(cell, weights=money[k], minlength=count * count)

    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        age = year - birth
        working = np.flatnonzero((entry <= year) & (age < RETIREMENT_AGE))
        if working.size:
            drawn = rng.random(working.size)
            target = (moves[area[working]] < drawn[:, None]).sum(axis=1)
            gone = np.flatnonzero(target != area[working])
            move(working[gone], target[gone], year)
            area[working] = target
            average = wages[target, year - 1]
            base = np.clip(level[working], 0.6, 3.0) * average
            base_sum[working] += base
            account[working] += ACCOUNT_RATE * base
            months[working, target] += 12
            last_paid[working, target] = year
            books[year, :, 0] += np.bincount(target, weights=ACCOUNT_RATE * base, minlength=count)
            books[year, :, 1] += np.bincount(target, weights=POOL_RATE * base, minlength=count)
        earned = account * interest[year]
        books[year, :, 2] += np.bincount(area, weights=earned, minlength=count)
        account += earned

        claim = np.flatnonzero((age == RETIREMENT_AGE) & (months.sum(axis=1) > 0))
        if claim.size:
            own = months[claim] >= 12 * QUALIFYING_YEARS
            here = own[np.arange(claim.size), area[claim]] | (area[claim] == home[claim])
            latest = np.where(own, last_paid[claim], -1).argmax(axis=1)
            place = np.where(here, area[claim], np.where(own.any(axis=1), latest, home[claim]))
            away = np.flatnonzero(place != area[claim])
            move(claim[away], place[away], year)
            area[claim] = place
            payer[claim] = place
            years = months[claim].sum(axis=1) / 12
            average = wages[place, year - 1]
            index = base_sum[claim] / (years * average)
            pension[claim] = average * (1 + index) / 2 * years * 0.01 + account[claim] / PAYOUT_YEARS
        drawing = np.flatnonzero((payer >= 0) & (age > RETIREMENT_AGE) & (age <= AGE_AT_DEATH))
        paid = pension[drawing]
        books[year, :, 3] += np.bincount(payer[drawing], weights=paid, minlength=count)
        account[drawing] = np.maximum(0, account[drawing] - paid)
        pension[drawing] *= 1.02
    return flows, books


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--persons", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    start = time.perf_counter()
    flows, books = simulate(options.persons, options.seed)
    seconds = time.perf_counter() - start
    print(json.dumps({
        "persons": options.persons,
        "seconds": round(seconds, 3),
        "persons_per_second": round(options.persons / seconds),
        "moves": int(flows[:, :, 0].sum()),
        "flows_million_yuan": round(flows[:, :, 1:].sum() / 1e6, 1),
        "pensions_million_yuan": round(books[:, :, 3].sum() / 1e6, 1),
    }))


if __name__ == "__main__":
    main()
