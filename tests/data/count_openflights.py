#!/usr/bin/env python3
"""Counts the OpenFlights data, for labgraph-seed to compare with.

  count_openflights.py DATA_FOLDER OUTPUT_FILE

DATA_FOLDER has airports-extended.dat, airlines.dat, countries.dat and routes.dat. The output
is a fixture whose checks say what must be true once the mappings in openflights/ have
loaded them.
"""

import collections
import csv
import json
import os
import sys

# How many columns each file has.
COLUMNS = {"airports-extended.dat": 14, "airlines.dat": 8, "countries.dat": 3, "routes.dat": 9}
# Written for a value that is not known.
UNKNOWN = ("", "\\N")
UNKNOWN_OF_AIRLINES = ("", "\\N", "-", "N/A")


def read(folder, file):
    with open(os.path.join(folder, file), encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.reader(lines), start=1):
            if len(row) != COLUMNS[file]:
                sys.exit(f"{file}:{number}: {len(row)} columns; {COLUMNS[file]} are expected")
            yield row


class Counter:
    def __init__(self, folder):
        self.entities = collections.Counter()
        self.statements = collections.Counter()
        self.neighbors = collections.defaultdict(set)
        self.outgoing = collections.Counter()
        self.checks = []
        self.count_countries_and_airports(folder)
        self.count_airlines(folder)
        self.count_routes(folder)
        self.write_checks()

    def count_countries_and_airports(self, folder):
        countries = set()
        for name, iso, _ in read(folder, "countries.dat"):
            countries.add(name)
            self.statements["iso_code"] += iso not in UNKNOWN
        for row in read(folder, "airports-extended.dat"):
            countries.add(row[3])
            self.entities["airport"] += 1
            self.statements["located_in"] += 1
            self.statements["iata_code"] += row[4] not in UNKNOWN
            self.statements["icao_code"] += row[5] not in UNKNOWN
            self.statements["altitude_feet"] += row[8] not in UNKNOWN
        self.entities["country"] = len(countries)

    def count_airlines(self, folder):
        for row in read(folder, "airlines.dat"):
            self.entities["airline"] += 1
            self.statements["is_active"] += 1
            self.statements["icao_code"] += row[4] not in UNKNOWN_OF_AIRLINES
            self.statements["country_name"] += row[6] not in UNKNOWN_OF_AIRLINES

    def count_routes(self, folder):
        for row in read(folder, "routes.dat"):
            start, end = row[3], row[5]
            if start not in UNKNOWN and end not in UNKNOWN:
                self.statements["route"] += 1
                self.neighbors[start].add(end)
                self.outgoing[start] += 1

    def write_checks(self):
        for kind, number in sorted(self.entities.items()):
            self.count(f"All of kind {kind} are there", number, entities={"kinds": [kind]})
        for predicate, number in sorted(self.statements.items()):
            self.count(f"All statements of {predicate} are there", number,
                       statements={"predicates": [predicate]})
        busiest, flights = max(self.outgoing.items(), key=lambda item: (item[1], item[0]))
        self.count("The busiest airport has its routes", flights,
                   statements={"subject": f"airport/{busiest}", "predicates": ["route"]})
        self.write_walk_checks(busiest)

    def count(self, name, number, **question):
        self.check(name, count={**question, "count": number})

    def check(self, name, **what):
        """One check of seed/fixture.proto."""
        self.checks.append({"name": name, **what})

    def write_walk_checks(self, start):
        """Walks of up to three hops, and the farthest airport, by breadth-first search."""
        hops = self.hops_from(start)
        for most in (1, 2, 3):
            self.count(f"Airports within {most} hops of the busiest one",
                       sum(1 for depth in hops.values() if 0 < depth <= most),
                       traverse={"start": [f"airport/{start}"],
                                 "steps": [{"predicates": ["route"], "max_hops": most}]})
        farthest, depth = max(hops.items(), key=lambda item: (item[1], item[0]))
        self.check("The shortest way to the farthest airport", path={
            "find": {"from": [f"airport/{start}"], "to": [f"airport/{farthest}"],
                     "predicates": ["route"], "direction": "out"},
            "hops": depth})

    def hops_from(self, start):
        hops = {start: 0}
        frontier = [start]
        while frontier:
            reached = []
            for airport in frontier:
                for neighbor in self.neighbors[airport]:
                    if neighbor not in hops:
                        hops[neighbor] = hops[airport] + 1
                        reached.append(neighbor)
            frontier = reached
        return hops


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    checks = Counter(sys.argv[1]).checks
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        # JSON is YAML as well.
        json.dump({"name": "openflights-checks", "checks": checks}, file)


if __name__ == "__main__":
    main()
