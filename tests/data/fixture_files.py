"""Writes the three files of a converted data set: schema, records, checks."""

import json
import os


class FixtureFiles:
    """The files 10-schema.yaml, 20-data.jsonl and 40-checks.yaml in a folder.

    Records go to the file as they are put, so a data set of any size takes no memory.
    """

    def __init__(self, folder, name):
        os.makedirs(folder, exist_ok=True)
        self._folder = folder
        self._name = name
        self._records = open(os.path.join(folder, "20-data.jsonl"), "w", encoding="utf-8")
        self._checks = []

    def write_schema(self, schema):
        """`schema` is the YAML text of a labgraph.v1.Schema."""
        with open(os.path.join(self._folder, "10-schema.yaml"), "w", encoding="utf-8") as file:
            file.write(f"name: {self._name}-schema\nschema:\n")
            for line in schema.strip("\n").split("\n"):
                file.write(f"  {line}\n" if line else "\n")

    def put_entity(self, entity_id, names, **fields):
        """Names lose the control characters that stray in public data."""
        clean = {lang: "".join(c for c in text if c.isprintable()).strip()
                 for lang, text in names.items()}
        self._put("put_entity", {"id": entity_id, "names": clean, **fields})

    def put_statement(self, statement_id, subject, predicate, **fields):
        self._put("put_statement", {"id": statement_id, "subject": subject,
                                    "predicate": predicate, **fields})

    def check(self, name, **what):
        """One check of seed/fixture.proto, for example count={"entities": {}, "count": 5}."""
        self._checks.append({"name": name, **what})

    def close(self):
        """Ends the records and writes the checks. JSON is YAML as well."""
        self._records.close()
        with open(os.path.join(self._folder, "40-checks.yaml"), "w", encoding="utf-8") as file:
            file.write(f"name: {self._name}-checks\nchecks:\n")
            for check in self._checks:
                file.write(f"  - {json.dumps(check, ensure_ascii=False)}\n")

    def _put(self, operation, record):
        line = json.dumps({operation: record}, ensure_ascii=False, separators=(",", ":"))
        self._records.write(line + "\n")
