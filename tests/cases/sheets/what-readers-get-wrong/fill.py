# fill.py STEP READER FILE TITLE-NUMBER=WORD[:REASON]...: a reader fills in the sheet of a step; * stands for every other record.
import csv,sys
step,reader,out=sys.argv[1:4]; says=dict(a.split('=',1) for a in sys.argv[4:])
rows=list(csv.DictReader(open(f'out/sheets/{step}/{reader}.csv',encoding='utf-8-sig')))
col='category' if 'category' in rows[0] else 'decision'
for r in rows:
    n=r['title'].split()[-1]; v=says.get(n,says.get('*',''))
    r[col],_,r['reason']=v.partition(':')
w=csv.DictWriter(open(out,'w'),rows[0].keys()); w.writeheader(); w.writerows(rows)
