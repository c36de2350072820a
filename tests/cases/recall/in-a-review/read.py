"""Decides the next records of the sheet, as a reader would from its top: read.py COUNT FILE [skip] [timeless]."""
import csv, sys
count, name, how = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
rows = [r for r in csv.DictReader(open("out/sheets/titles/KA.csv", encoding="utf-8-sig")) if not r["decision"]]
rows = rows[1:count + 1] if "skip" in how else rows[:count]
out = csv.DictWriter(open(name, "w", newline=""), ["record", "reviewer", "decision", "time"])
out.writeheader()
for i, row in enumerate(rows):
    time = "" if "timeless" in how else f"2024-02-0{name[7]}T10:{i // 60:02}:{i % 60:02}Z"
    out.writerow({"record": row["record"], "reviewer": "KA", "decision": "include" if "Peers" in row["title"] else "exclude", "time": time})
