#!/usr/bin/env python3
"""Converts the OpenFlights data for labgraph-seed.

  convert_openflights.py DATA_FOLDER OUTPUT_FOLDER
  labgraph-seed --check OUTPUT_FOLDER

DATA_FOLDER has airports.dat, airlines.dat, countries.dat and routes.dat. A route becomes a
statement of its own with the number of its line as id, because several airlines fly
between the same two airports. Routes with an end that is not in airports.dat are left
out. What is counted here from the source is checked there against the server.
"""

import collections
import csv
import os
import re
import sys
import unicodedata

from fixture_files import FixtureFiles

DOCUMENT = "document/openflights"

SCHEMA = """
kinds:
  - {name: place, abstract: true, labels: {en: place}}
  - {name: airport, parent: place, labels: {en: airport}, standard_term: "schema:Airport"}
  - {name: country, parent: place, labels: {en: country}, standard_term: "schema:Country"}
  - {name: airline, labels: {en: airline}, standard_term: "schema:Airline"}
  - {name: document, labels: {en: document}, standard_term: "schema:Dataset"}
predicates:
  - name: route
    domain: [airport]
    range: [airport]
    inverse: route_from
    qualifiers: [airline, codeshare, stops, equipment]
    source_required: true
    labels: {en: flight to}
  - {name: located_in, domain: [airport], range: [country], functional: true, inverse: has_airport}
  - {name: based_in, domain: [airline], range: [country], functional: true, inverse: has_airline}
  - {name: iata_code, domain: [airport, airline], value_type: string}
  - {name: icao_code, domain: [airport, airline], value_type: string}
  - {name: iso_code, domain: [country], value_type: string}
  - {name: altitude_feet, domain: [airport], value_type: integer, functional: true}
  - {name: is_active, domain: [airline], value_type: boolean, functional: true}
qualifiers:
  - {name: airline, value_type: string, labels: {en: "airline that flies, as entity id"}}
  - {name: codeshare, value_type: boolean}
  - {name: stops, value_type: integer}
  - {name: equipment, value_type: string, labels: {en: "codes of the aircraft"}}
"""

# Written for a value that is not known.
UNKNOWN = ("", "\\N", "N", "-", "N/A")


def read(folder, file, columns):
    """Rows with the number of their line; airlines.dat escapes with a backslash."""
    escape = None if file == "routes.dat" else "\\"
    with open(os.path.join(folder, file), encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.reader(lines, escapechar=escape), start=1):
            if len(row) != columns:
                sys.exit(f"{file}:{number}: {len(row)} columns; {columns} are expected")
            yield number, row


def slug(name):
    """The key of a country: "cote-d-ivoire" for "Côte d'Ivoire"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def source(file, line):
    return [{"document": DOCUMENT, "locator": f"{file}:{line}"}]


class Converter:
    def __init__(self, folder, files):
        self.folder = folder
        self.files = files
        self.countries = {}  # id by name
        self.airports = {}  # IATA code by id of the source
        self.airlines = set()
        self.statements = collections.Counter()
        self.neighbors = collections.defaultdict(set)
        self.outgoing = collections.Counter()

    def run(self):
        self.files.write_schema(SCHEMA)
        self.files.put_entity(DOCUMENT, {"en": "OpenFlights"})
        self.convert_countries()
        self.convert_airports()
        self.convert_airlines()
        left_out = self.convert_routes()
        self.write_checks()
        self.files.close()
        print(f"{len(self.airports)} airports, {len(self.airlines)} airlines, "
              f"{len(self.countries)} countries, {self.statements['route']} routes; "
              f"{left_out} routes with an unknown end left out")

    def put(self, statement_id, subject, predicate, origin, **fields):
        self.statements[predicate] += 1
        self.files.put_statement(statement_id, subject, predicate, sources=origin, **fields)

    def put_country(self, name):
        """The country's id; it is put when it is new."""
        if name not in self.countries:
            self.countries[name] = "country/" + slug(name)
            self.files.put_entity(self.countries[name], {"en": name})
        return self.countries[name]

    def convert_countries(self):
        for line, (name, iso, _) in read(self.folder, "countries.dat", 3):
            if name in self.countries:
                continue  # listed again with another code
            country = self.put_country(name)
            if iso not in UNKNOWN:
                self.put(f"country-{line}-iso", country, "iso_code",
                         source("countries.dat", line), value=iso)

    def convert_airports(self):
        for line, row in read(self.folder, "airports.dat", 14):
            key, name, city, country, iata, icao = row[:6]
            airport = f"airport/{key}"
            self.airports[key] = iata
            aliases = [{"text": text} for text in dict.fromkeys([city, iata])
                       if text not in UNKNOWN and text != name]
            self.files.put_entity(airport, {"en": name}, aliases=aliases)
            origin = source("airports.dat", line)
            self.put(f"airport-{key}-country", airport, "located_in", origin,
                     object=self.put_country(country))
            self.put_codes("airport", key, iata, icao, origin)
            self.put(f"airport-{key}-altitude", airport, "altitude_feet", origin,
                     value=int(row[8]))

    def convert_airlines(self):
        for line, row in read(self.folder, "airlines.dat", 8):
            key, name, _, iata, icao, _, country, active = row
            key = "unknown" if key == "-1" else key
            airline = f"airline/{key}"
            self.airlines.add(key)
            self.files.put_entity(airline, {"en": name})
            origin = source("airlines.dat", line)
            # The column also holds call signs; only names of known countries are taken.
            if country in self.countries:
                self.put(f"airline-{key}-country", airline, "based_in", origin,
                         object=self.countries[country])
            self.put_codes("airline", key, iata, icao, origin)
            self.put(f"airline-{key}-active", airline, "is_active", origin,
                     value=active == "Y")

    def put_codes(self, kind, key, iata, icao, origin):
        for predicate, code in (("iata_code", iata), ("icao_code", icao)):
            if code not in UNKNOWN:
                self.put(f"{kind}-{key}-{predicate[:4]}", f"{kind}/{key}", predicate, origin,
                         value=code)

    def convert_routes(self):
        """Puts the routes; gives the number of those left out."""
        left_out = 0
        for line, row in read(self.folder, "routes.dat", 9):
            _, airline, _, start, _, end, codeshare, stops, equipment = row
            if start not in self.airports or end not in self.airports:
                left_out += 1
                continue
            qualifiers = {"codeshare": codeshare == "Y", "stops": int(stops)}
            if airline in self.airlines:
                qualifiers["airline"] = f"airline/{airline}"
            if equipment:
                qualifiers["equipment"] = equipment
            self.put(f"route-{line}", f"airport/{start}", "route", source("routes.dat", line),
                     object=f"airport/{end}", qualifiers=qualifiers)
            self.neighbors[start].add(end)
            self.outgoing[start] += 1
        return left_out

    def write_checks(self):
        count = self.count
        count("All airports are there", len(self.airports), entities={"kinds": ["airport"]})
        count("All airlines are there", len(self.airlines), entities={"kinds": ["airline"]})
        count("All countries are there", len(self.countries), entities={"kinds": ["country"]})
        for predicate, number in sorted(self.statements.items()):
            count(f"All statements of {predicate} are there", number,
                  statements={"predicates": [predicate]})
        busiest, flights = max(self.outgoing.items(), key=lambda item: (item[1], item[0]))
        count("The busiest airport has its routes", flights,
              statements={"subject": f"airport/{busiest}", "predicates": ["route"]})
        self.write_walk_checks(busiest)

    def count(self, name, number, **question):
        self.files.check(name, count={**question, "count": number})

    def write_walk_checks(self, start):
        """Walks of up to three hops, and the farthest airport, by breadth-first search."""
        hops = self.hops_from(start)
        for most in (1, 2, 3):
            self.count(f"Airports within {most} hops of the busiest one",
                       sum(1 for depth in hops.values() if 0 < depth <= most),
                       traverse={"start": [f"airport/{start}"],
                                 "steps": [{"predicates": ["route"], "max_hops": most}]})
        farthest, depth = max(hops.items(), key=lambda item: (item[1], item[0]))
        self.files.check("The shortest way to the farthest airport", path={
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
    Converter(sys.argv[1], FixtureFiles(sys.argv[2], "openflights")).run()


if __name__ == "__main__":
    main()
