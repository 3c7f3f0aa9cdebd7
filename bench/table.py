#!/usr/bin/env python3
"""Writes the figures of a run of the benchmarks into a document, between the lines
"<!-- figures -->" and "<!-- end of figures -->".

  table.py build/bench.json docs/performance.md
"""

import json
import pathlib
import sys

BEGIN, END = "<!-- figures -->\n", "<!-- end of figures -->\n"
HEADER = ["row", "what", "graph", "min", "median", "max", "goal", "met", "measured of roofline"]


def short(value):
    """1234567 as 1.23 M."""
    for limit, divisor, unit in ((1e9, 1e9, " G"), (1e6, 1e6, " M"), (1e4, 1e3, " k")):
        if value >= limit:
            return f"{value / divisor:.2f}{unit}"
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def goal(figure):
    if "at_least" in figure:
        return "≥ " + short(figure["at_least"])
    return "≤ " + short(figure["at_most"]) if "at_most" in figure else "–"


def rates(figure):
    """What was measured, its roofline, and the note."""
    text = figure.get("unit", "")
    if "roofline" in figure:
        text = f"{short(figure['measured'])} of {short(figure['roofline'])} {text}"
    return "; ".join(part for part in (text, figure.get("note", "")) if part)


def cells(figure):
    values = [short(figure[name]) if "values" in figure else "–"
              for name in ("min", "median", "max")]
    met = {True: "yes", False: "**no**"}.get(figure.get("met"), "")
    return [figure["row"], figure["what"], figure.get("graph", ""), *values, goal(figure), met,
            rates(figure)]


def row_order(figure):
    return int(figure["row"])


def table(report):
    lines = [HEADER, ["---"] * len(HEADER)]
    # Stable: figures of one row stay in the order in which they were taken.
    lines += [cells(figure) for figure in sorted(report["figures"], key=row_order)]
    made = (f"{report['cores']} cores ({report['cpu']}), {report['started']}, "
            f"{report['repetitions']} repetitions.")
    return made + "\n\n" + "".join("| " + " | ".join(line) + " |\n" for line in lines)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    report = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    if report.get("disagreements"):
        sys.exit("engine and rooflines did not agree: " + "; ".join(report["disagreements"]))
    document = pathlib.Path(sys.argv[2])
    before, _, rest = document.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        sys.exit(f"{document} has no place for figures")
    document.write_text(before + BEGIN + table(report) + END + after, encoding="utf-8")


if __name__ == "__main__":
    main()
