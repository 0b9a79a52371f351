import time
from tests.pages.visiting import traced
def test_x(world, visits):
    t=time.time(); world.renew(); print("renew", time.time()-t)
    visits.forget()
    for path in ("/min-dag/", "/arenden/", f"/arenden/{world.references['plain']}/", f"/arenden/{world.references['plain']}/handelser/"):
        c = visits.by("sara.l")
        c.get(path)
        t=time.time()
        with traced() as tr:
            a = c.get(path)
        print(path, a.status_code, len(tr.statements), len(tr.apart), tr.decryptions, time.time()-t)
        for s in tr.statements: print("   ", s[:150])
        print(tr.apart)
