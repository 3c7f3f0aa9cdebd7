#!/usr/bin/env python3
"""Converts a temporal knowledge graph (YAGO11k or Wikidata12k) for labgraph-seed.

  convert_temporal_kg.py DATA_FOLDER OUTPUT_FOLDER
  labgraph-seed --check OUTPUT_FOLDER

DATA_FOLDER has entity2id.txt, relation2id.txt, train.txt, valid.txt and test.txt of one data
set, which is named for the folder. Every line of the last three becomes a statement with
file and line as its id, because the data says some facts more than once.

Dates become EDTF: "1952-##-##" is "1952", "195#-##-##" is "195X", "360-##-##" is "0360",
"####-##-##" is "" (unknown). Years before Christ are taken over as given ("-44-##-##" is
"-0044"), although EDTF has a year 0 and the data most likely has not, which makes them one
year early: which of both the data means is for its makers to say.

Where an interval ends before it begins, or a date does not exist, the start or end that
cannot be right is left unknown, and the valid time's text keeps what the data says. A reversed
interval loses its end, since nothing tells which of the two is wrong.
"""

import calendar
import collections
import os
import re
import sys

from fixture_files import FixtureFiles

PARTS = ("train", "valid", "test")

# Labels of the properties that the Wikidata set uses.
WIKIDATA_LABELS = {
    "P6": "head of government", "P17": "country", "P26": "spouse",
    "P27": "country of citizenship", "P31": "instance of", "P39": "position held",
    "P54": "member of sports team", "P69": "educated at", "P102": "member of political party",
    "P108": "employer", "P131": "located in", "P150": "contains", "P166": "award received",
    "P190": "twinned with", "P463": "member of", "P512": "academic degree",
    "P551": "residence", "P579": "IMA status", "P793": "significant event",
    "P1346": "winner", "P1376": "capital of", "P1411": "nominated for",
    "P1435": "heritage designation", "P2962": "title of chess person",
}

BEFORE_ALL = (-10**6, 0, 0)
AFTER_ALL = (10**6, 0, 0)


class Date:
    """A date as EDTF text and the first and last day it can mean, as (year, month, day)."""

    def __init__(self, text, first, last):
        self.text, self.first, self.last = text, first, last


UNKNOWN = Date("", BEFORE_ALL, AFTER_ALL)


def last_day(year, month):
    # The calendar module knows years from 1 on; leap years repeat after 400.
    return calendar.monthrange(year % 400 + 400, month)[1]


def parse_year(digits, negative):
    """The year with X for unknown digits, and the first and last year it can mean."""
    digits = digits.replace("#", "X").zfill(4)
    low, high = int(digits.replace("X", "0")), int(digits.replace("X", "9"))
    return ("-" + digits, -high, -low) if negative else (digits, low, high)


def parse_date(text):
    """The date; None when the text is none."""
    match = re.fullmatch(r"(-?)([0-9]{1,4}|[0-9]+#+|####)-(##|[0-9]{2})-(##|[0-9]{2})", text)
    if match is None or len(match[2]) > 4:
        return None
    if match[2] == "####":
        return UNKNOWN
    year, low, high = parse_year(match[2], match[1] == "-")
    if match[3] == "##":
        return Date(year, (low, 1, 1), (high, 12, 31))
    month = int(match[3])
    if low != high or not 1 <= month <= 12:
        return None
    if match[4] == "##":
        return Date(f"{year}-{match[3]}", (low, month, 1), (low, month, last_day(low, month)))
    day = int(match[4])
    if not 1 <= day <= last_day(low, month):
        return None
    return Date(f"{year}-{match[3]}-{match[4]}", (low, month, day), (low, month, day))


def certainty(start, end, day):
    """Whether a fact held on a day: "certain", "possible" or "no". An unknown start lies at
    the latest at the end, an unknown end at the earliest at the start."""
    latest_start = end.last if start is UNKNOWN else start.last
    earliest_end = start.first if end is UNKNOWN else end.first
    if latest_start <= day <= earliest_end:
        return "certain"
    return "possible" if start.first <= day <= end.last else "no"


def read_lines(folder, file, columns):
    """Rows of a file of tab-separated values, with the number of their line."""
    with open(os.path.join(folder, file), encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            row = line.rstrip("\n").split("\t")
            if len(row) < columns:
                sys.exit(f"{file}:{number}: {len(row)} columns; {columns} are expected")
            yield number, row


def readable(name):
    """"Paul "Bear" Bryant" for "<Paul_\\u0022Bear\\u0022_Bryant>"."""
    name = name.strip("<>").replace("_", " ")
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), name)


def predicate_name(relation):
    """"was_born_in" for "<wasBornIn>", "p54" for "P54"."""
    return re.sub(r"(?<=[a-z])([A-Z])", r"_\1", relation.strip("<>")).lower()


class Converter:
    def __init__(self, folder, files, name):
        self.folder = folder
        self.files = files
        self.name = name
        self.document = f"document/{name}"
        self.entities = {}  # id by number of the source
        self.predicates = {}  # name by number of the source
        self.statements = collections.Counter()
        self.intervals = []  # (start, end) of every statement
        self.reversed = 0
        self.malformed = 0

    def run(self):
        self.convert_relations()
        self.files.put_entity(self.document, {"en": self.name})
        self.convert_entities()
        for part in PARTS:
            for line, row in read_lines(self.folder, f"{part}.txt", 5):
                self.convert_fact(part, line, row)
        self.write_checks()
        self.files.close()
        print(f"{len(self.entities)} entities, {sum(self.statements.values())} statements; "
              f"{self.reversed} intervals that end before they begin lost their end, "
              f"{self.malformed} dates that do not exist were left unknown")

    def convert_relations(self):
        schema = ["kinds:", f"  - {{name: {self.name}, labels: {{en: thing in {self.name}}}}}",
                  "  - {name: document, labels: {en: document}}", "predicates:"]
        for _, (relation, number) in read_lines(self.folder, "relation2id.txt", 2):
            name = predicate_name(relation)
            self.predicates[number] = name
            label = WIKIDATA_LABELS.get(relation, name.replace("_", " "))
            schema.append(f"  - {{name: {name}, domain: [{self.name}], range: [{self.name}], "
                          f"source_required: true, labels: {{en: {label}}}}}")
        self.files.write_schema("\n".join(schema))

    def convert_entities(self):
        for _, row in read_lines(self.folder, "entity2id.txt", 2):
            name, number = row[:2]
            self.entities[number] = f"{self.name}/{number}"
            self.files.put_entity(self.entities[number], {"en": readable(name)})

    def convert_fact(self, part, line, row):
        subject, relation, target, start_text, end_text = row
        start, end = parse_date(start_text), parse_date(end_text)
        wrong = start is None or end is None
        self.malformed += (start is None) + (end is None)
        start, end = start or UNKNOWN, end or UNKNOWN
        if end.last < start.first:
            self.reversed += 1
            wrong = True
            end = UNKNOWN
        valid = {"start": start.text, "end": end.text}
        if wrong:
            valid["text"] = f"{start_text} to {end_text}"
        predicate = self.predicates[relation]
        self.files.put_statement(
            f"{self.name}-{part}-{line}", self.entities[subject], predicate,
            object=self.entities[target], valid={key: text for key, text in valid.items() if text},
            sources=[{"document": self.document, "locator": f"{part}.txt:{line}"}])
        self.statements[predicate] += 1
        self.intervals.append((start, end))

    def write_checks(self):
        self.count("All entities are there", len(self.entities), entities={"kinds": [self.name]})
        for predicate, number in sorted(self.statements.items()):
            self.count(f"All statements of {predicate} are there", number,
                       statements={"predicates": [predicate], "source": self.document})
        for day in ("1850-06-15", "1952-01-01", "2000-02-29"):
            self.write_day_checks(day)

    def write_day_checks(self, day):
        held = collections.Counter(certainty(start, end, tuple(map(int, day.split("-"))))
                                   for start, end in self.intervals)
        # To ask for what is possible is to ask for what is certain as well.
        for asked, number in (("certain", held["certain"]),
                              ("possible", held["certain"] + held["possible"]),
                              ("no", held["no"])):
            self.count(f"What held on {day}: {asked}", number, statements={"source": self.document},
                       read={"valid_at": day, "certainty": asked})

    def count(self, name, number, read=None, **question):
        fields = {} if read is None else {"read": read}
        self.files.check(name, **fields, count={**question, "count": number})


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    name = os.path.basename(os.path.normpath(sys.argv[1]))
    Converter(sys.argv[1], FixtureFiles(sys.argv[2], name), name).run()


if __name__ == "__main__":
    main()
