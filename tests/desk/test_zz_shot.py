from tests.desk.test_schedule import *
import pathlib
def test_shot(today_is):
    out = pathlib.Path("/tmp/shots"); out.mkdir(exist_ok=True)
    off = person("officer", (NDL, "officer"))
    v = begun(off)
    does(off,"done","host-invitation",evidence="No. 12")
    does(off,"take","host-hotel")
    does(off,"set-day","host-timetable",day="2027-09-28")
    off.post(f"{WORK}step/", {"what": "Ask the choir", "who": "Mori", "due": "2027-09-24"})
    moved_to("2027-11-23/2027-11-30", v)
    today_is(date(2027,9,10))
    for lang in ("ja","ko","en"):
        c = person(f"o-{lang}", (NDL, "head"), language=lang)
        for name, a in (("schedule",SCHEDULE),("work",WORK),("todo","/desk/"),("template","/desk/templates/?programme=&form=visit"),("change",SCHEDULE+"?step=host-hotel")):
            h = c.get(a).content.decode()
            h = re.sub(r'(href|src)="(?:http://[^/"]*)?/static/([^"?]*)', r'\1="file:///work/wt/w9-schedule/koryu/static/\2', h)
            (out/f"{name}-{lang}.html").write_text(h)
        print(re.findall(r'stylesheet" href="([^"]*)"', h))
