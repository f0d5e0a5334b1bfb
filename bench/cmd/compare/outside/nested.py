# What a Python programmer writes: the standard library's csv and json.
import csv
import json
import sys

NUMBERS = {"Location.Latitude", "Location.Longitude"}
BUFFER = 1 << 16


def number(text):
    try:
        return int(text)
    except ValueError:
        return float(text)


def csv2json():
    rows = csv.reader(open(0, encoding="utf-8", newline="", buffering=BUFFER))
    out = open(1, "w", encoding="utf-8", newline="\n", buffering=BUFFER)
    plan = []
    for name in next(rows):
        path = name.split(".")
        is_list = path[0] == "Attributes" or path[:2] == ["User", "UserAttributes"]
        is_number = path[0] == "Metrics" or name in NUMBERS
        plan.append((path[:-1], path[-1], is_list, is_number))
    for row in rows:
        record = {}
        for (groups, name, is_list, is_number), cell in zip(plan, row):
            if cell == "":
                continue
            at = record
            for group in groups:
                at = at.setdefault(group, {})
            if is_list:
                at.setdefault(name, []).append(cell)
            else:
                at[name] = number(cell) if is_number else cell
        out.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")
    out.close()


def json2csv(header):
    file = open(1, "w", encoding="utf-8", newline="", buffering=BUFFER)
    out = csv.writer(file, lineterminator="\n")
    out.writerow(header)
    plan = []
    seen = {}
    for name in header:
        plan.append((name.split("."), seen.get(name, 0)))
        seen[name] = seen.get(name, 0) + 1
    for line in open(0, encoding="utf-8", buffering=BUFFER):
        record = json.loads(line)
        row = []
        for path, place in plan:
            at = record
            for name in path:
                at = at.get(name)
                if at is None:
                    break
            if isinstance(at, list):
                at = at[place] if place < len(at) else None
            row.append("" if at is None else at)
        out.writerow(row)
    file.close()


if sys.argv[1] == "csv2json":
    csv2json()
else:
    with open(sys.argv[2], encoding="utf-8", newline="") as file:
        json2csv(next(csv.reader(file)))
