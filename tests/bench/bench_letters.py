# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Benchmark "letters": finding one among a million letters with Thai subjects and text.

As the central registrar: by number in any spelling, by words of the subject, by sender, by words
of the text, by a day, and the plain list of open letters. Two peers in the same run: what a query
by hand costs on the same indexes (``floor_over_ours``), and plain ``ILIKE`` over the text as it
stands, which no index helps (``ilike_over_ours``).
"""

import random
import statistics
import time

from filling import required

from odoo import Command
from odoo.tools import SQL

from odoo.addons.lgo_base.tools import thai_search

from lgo_cli.measure import milliseconds, plan, scanned

#: Tables that grow with the letters; no plan may read one of them from end to end.
BIG_TABLES = {"lgo_eoffice_letter", "lgo_eoffice_copy", "lgo_register_entry"}
SUBJECTS = (
    "ขอเชิญประชุม|ขอส่งสำเนา|รายงานผลการ|ขอความอนุเคราะห์|แจ้งกำหนดการ|ขออนุมัติ|ซักซ้อมแนวทาง|การจัดสรร"
    "|การโอนเงิน|ขอรับการสนับสนุน|ตอบข้อหารือ|การสำรวจข้อมูล"
)
MATTERS = (
    "คณะกรรมการพัฒนาสตรี|งบประมาณเงินอุดหนุนทั่วไป|ก่อสร้างถนนคอนกรีตเสริมเหล็ก|ศูนย์พัฒนาเด็กเล็ก|เบี้ยยังชีพผู้สูงอายุ"
    "|ระบบประปาหมู่บ้าน|ป้องกันและบรรเทาสาธารณภัย|กำจัดขยะมูลฝอย|ขุดลอกคลอง|ภาษีที่ดินและสิ่งปลูกสร้าง"
    "|โครงการอาหารกลางวัน|ควบคุมโรคไข้เลือดออก|แผนพัฒนาท้องถิ่น|ประเมินคุณธรรมและความโปร่งใส|ไฟฟ้าสาธารณะ"
    "|ทะเบียนพาณิชย์|กีฬาเยาวชนต้านยาเสพติด|สถานธนานุบาล|ปรับปรุงผังเมืองรวม|ฝึกอบรมอาสาสมัคร"
)
PLACES = (
    "บ้านดอนทราย|บ้านหนองแวง|บ้านสันป่าตอง|บ้านทุ่งเสี้ยว|บ้านห้วยแก้ว|บ้านโคกกลาง|บ้านท่าข้าม|บ้านไร่อ้อย|บ้านป่าแดด"
    "|บ้านแม่เหียะ|บ้านร้องวัวแดง|บ้านสบเตี๊ยะ|บ้านน้ำบ่อหลวง|บ้านหัวฝาย|บ้านกลางเวียง"
)
SENDERS = (
    "ที่ว่าการอำเภอดอนทราย|สำนักงานท้องถิ่นจังหวัด|กรมส่งเสริมการปกครองท้องถิ่น|สำนักงานสาธารณสุขจังหวัด"
    "|โรงพยาบาลส่งเสริมสุขภาพตำบล|สถานีตำรวจภูธร|สำนักงานคลังจังหวัด|สำนักงานตรวจเงินแผ่นดิน"
)
#: The list counts up to 500 hits.
COUNT = 501
#: Columns that the benchmark fills itself.
COLUMNS = (
    "direction", "state", "kind_id", "company_id", "subject", "from_text", "to_text", "doc_no",
    "doc_no_key", "doc_date", "register_date", "receive_no", "received_at", "year_be",
    "fiscal_year_be", "urgency", "secrecy", "medium", "search_text", "content_text",
    "create_date", "write_date", "create_uid", "write_uid",
)  # fmt: skip
#: Phrases of a text; with those above it has some four hundred letters.
PHRASES = 12


def run(env, n=1_000_000, rounds=15):
    """Fill the table up to ``n`` letters, measure, and look at the plans.

    :param int n: number of letters
    :param int rounds: rounds of each question, ours and floor interleaved
    :return: ``{"figures": {…}, "ratios": {…}}``; times in milliseconds
    """
    fill(env, n)
    registrar = env.ref("base.user_admin")
    registrar.group_ids = [Command.link(env.ref("lgo_eoffice.group_saraban").id)]
    env = env(user=registrar, context={"lang": "th_TH", "tz": "Asia/Bangkok"})
    figures, ratios = {"letters": count(env)}, {}
    for name, (domain, floor, ilike) in questions(env).items():
        times = measure(env, domain, floor, ilike, rounds)
        for peer, values in times.items():
            prefix = name if peer == "ours" else f"{name}_{peer}"
            figures.update(
                {f"{prefix}_{key}": value for key, value in milliseconds(values).items()}
            )
        query = env["lgo.eoffice.letter"]._search(domain, limit=80).select()
        tables = scanned(plan(env.cr, query.code, query.params))
        figures[f"{name}_seq_scan"] = len(tables & BIG_TABLES)
        ours = figures[f"{name}_median_ms"]
        for peer in times.keys() - {"ours"}:
            ratios[f"{name}_{peer}_over_ours"] = round(
                figures[f"{name}_{peer}_median_ms"] / ours, 3
            )
    for peer in ("floor", "ilike"):
        each = [value for key, value in ratios.items() if key.endswith(f"_{peer}_over_ours")]
        ratios[f"{peer}_over_ours"] = round(statistics.median(each), 3)
    return {"figures": figures, "ratios": ratios}


def count(env):
    """How many letters there are."""
    env.cr.execute("SELECT count(*) FROM lgo_eoffice_letter")
    return env.cr.fetchone()[0]


def fill(env, n):
    """Rows straight into the table up to ``n``: what is measured is finding, not registering.

    :param int n: number of letters wanted
    """
    start = count(env)
    if n <= start:
        return
    words = [text.split("|") for text in (SUBJECTS, MATTERS, PLACES, SENDERS)]
    keys = [[thai_search.normalise(word) for word in row] for row in words]
    kind = env["lgo.eoffice.kind"].search([("code", "=", "EXT")])
    random.seed(1)
    phrases = [
        f"{random.choice(words[0])}{random.choice(words[1])} {random.choice(words[2])}"
        for _number in range(997)
    ]
    one = env["lgo.eoffice.letter"].create(
        {"direction": "in", "kind_id": kind.id, "subject": "bench", "doc_no": "bench"}
    )
    more, values = required(env, one, COLUMNS)
    # building an index over a full table costs a fraction of filling it row by row
    indexes = drop_indexes(env)
    env.cr.execute(
        SQL(
            """
            INSERT INTO lgo_eoffice_letter (%(own)s %(more)s)
            SELECT 'in', CASE WHEN i %% 50 = 0 THEN 'routed' ELSE 'closed' END, %(kind)s,
                   %(company)s,
                   s || m || ' ' || p || ' ครั้งที่ ' || i, f, 'นายกเทศมนตรี',
                   'ชม ' || code || '/' || ว || i, 'ชม' || code || '/' || trim(ว) || i,
                   day, day, i::int, day, 2500 + extract(year FROM day) - 1957,
                   2500 + extract(year FROM day) - 1957,
                   'normal', 'normal', 'electronic',
                   'ชม ' || code || ' ' || ว || i || ' ' || sk || mk || ' ' || pk || ' ครังที ' || i
                     || ' ' || fk || ' นายกเทสมนตรี ' || tk,
                   t, day, day, 1, 1 %(values)s
              FROM generate_series(%(first)s::bigint, %(last)s) AS i
              JOIN LATERAL (SELECT (now() - i * interval '4 minutes')::date AS day,
                                   (10000 + i * 7919 %% 60000)::text AS code,
                                   CASE WHEN i %% 9 = 0 THEN 'ว ' ELSE '' END AS ว) c ON true
              JOIN unnest(%(s)s::text[], %(sk)s::text[]) WITH ORDINALITY AS a(s, sk, n1)
                ON n1 = 1 + i %% %(n1)s
              JOIN unnest(%(m)s::text[], %(mk)s::text[]) WITH ORDINALITY AS b(m, mk, n2)
                ON n2 = 1 + i / 7 %% %(n2)s
              JOIN unnest(%(p)s::text[], %(pk)s::text[]) WITH ORDINALITY AS d(p, pk, n3)
                ON n3 = 1 + i / 3 %% %(n3)s
              JOIN unnest(%(f)s::text[], %(fk)s::text[]) WITH ORDINALITY AS e(f, fk, n4)
                ON n4 = 1 + i %% %(n4)s
              JOIN LATERAL (
                    SELECT string_agg((%(t)s::text[])[1 + (i * k * 31 + k) %% %(n5)s], ' ')
                             || ' รหัส ' || i AS t,
                           string_agg((%(tk)s::text[])[1 + (i * k * 31 + k) %% %(n5)s], ' ')
                             || ' รหัส ' || i AS tk
                      FROM generate_series(1, %(phrases)s) AS k) g ON true
            """,
            own=SQL(", ").join(SQL.identifier(name) for name in COLUMNS),
            more=more,
            values=values,
            kind=kind.id,
            company=env.company.id,
            first=start + 1,
            last=n,
            s=words[0], sk=keys[0], n1=len(words[0]),
            m=words[1], mk=keys[1], n2=len(words[1]),
            p=words[2], pk=keys[2], n3=len(words[2]),
            f=words[3], fk=keys[3], n4=len(words[3]),
            t=phrases, tk=[thai_search.normalise(text) for text in phrases], n5=len(phrases),
            phrases=PHRASES,
        )
    )  # fmt: skip
    for definition in indexes:
        env.cr.execute(definition)
    env.cr.commit()
    env.cr.execute("ANALYZE lgo_eoffice_letter")
    env.cr.commit()


def drop_indexes(env):
    """Drop what is no constraint; returns the statements that make it again."""
    env.cr.execute(
        "SELECT i.indexname, i.indexdef FROM pg_indexes i"
        " WHERE i.tablename = 'lgo_eoffice_letter' AND i.indexdef NOT LIKE '%UNIQUE%'"
    )
    found = env.cr.fetchall()
    for name, _definition in found:
        env.cr.execute(SQL("DROP INDEX %s", SQL.identifier(name)))
    return [definition for _name, definition in found]


def questions(env):
    """{name: (our domain, floor condition, plain ILIKE condition or None)}"""
    env.cr.execute(
        "SELECT doc_no, doc_no_key, from_text FROM lgo_eoffice_letter"
        " ORDER BY id OFFSET 4321 LIMIT 1"
    )
    number, key, sender = env.cr.fetchone()
    typed = number.replace("1", "๑").replace("/", " / ")

    def words(text):
        parts = thai_search.normalise(text).split()
        return SQL(" AND ").join(SQL("search_text LIKE %s", f"%{part}%") for part in parts)

    def plain(text):
        return SQL(" AND ").join(
            SQL("(subject ILIKE %s OR content_text ILIKE %s)", f"%{part}%", f"%{part}%")
            for part in text.split()
        )

    rare, common = "ปรับปรุงผังเมืองรวม บ้านสบเตี๊ยะ 4321", "ขอเชิญประชุม"
    return {
        "open": (
            [("direction", "=", "in"), ("state", "in", ["routed", "new"])],
            SQL("direction = 'in' AND state IN ('routed', 'new')"),
            None,
        ),
        "number": (
            [("number_query", "ilike", typed)],
            SQL("doc_no_key LIKE %s", f"%{key}%"),
            SQL("doc_no ILIKE %s", f"%{number}%"),
        ),
        "rare": ([("query", "ilike", rare)], words(rare), plain(rare)),
        "common": ([("query", "ilike", common)], words(common), plain(common)),
        "sender": (
            [("query", "ilike", f"{sender} ขุดลอกคลอง")],
            words(f"{sender} ขุดลอกคลอง"),
            SQL(
                "from_text ILIKE %s AND (subject ILIKE %s OR content_text ILIKE %s)",
                f"%{sender}%", "%ขุดลอกคลอง%", "%ขุดลอกคลอง%",
            ),
        ),
        "text": (
            [("query", "ilike", "รหัส 765432")],
            words("รหัส 765432"),
            SQL("content_text ILIKE %s OR subject ILIKE %s", "%765432%", "%765432%"),
        ),
        "nothing": ([("query", "ilike", "เรือดำน้ำ")], words("เรือดำน้ำ"), plain("เรือดำน้ำ")),
    }  # fmt: skip


def measure(env, domain, floor, ilike, rounds):
    """{peer: seconds}, in turns, with cold caches of the ORM; ILIKE in fewer rounds: it is slow."""
    Letter = env["lgo.eoffice.letter"]
    fields = {
        name: {} for name in ("doc_no", "doc_date", "from_text", "to_text", "subject", "urgency")
    }
    fields |= {"receive_no": {}, "state": {}, "holder_unit_id": {"fields": {"display_name": {}}}}
    times = {"ours": [], "floor": []} | ({"ilike": []} if ilike else {})
    Letter.web_search_read(domain, fields, limit=80, count_limit=COUNT)
    for number in range(rounds):
        env.invalidate_all()
        times["ours"].append(
            seconds(lambda: Letter.web_search_read(domain, fields, limit=80, count_limit=COUNT))
        )
        times["floor"].append(seconds(lambda: by_hand(env, floor)))
        if ilike and number < 3:
            times["ilike"].append(seconds(lambda: by_hand(env, ilike)))
    return times


def seconds(call):
    """How long ``call`` takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def by_hand(env, where):
    """The page and the number of hits, as one writes them without a framework."""
    for query in (
        "SELECT id, receive_no, doc_no, doc_date, from_text, to_text, subject, urgency, state,"
        " holder_unit_id FROM lgo_eoffice_letter WHERE %s ORDER BY id DESC LIMIT 80",
        "SELECT count(*) FROM (SELECT FROM lgo_eoffice_letter WHERE %s LIMIT 501) t",
    ):
        env.cr.execute(SQL(query, where))
        env.cr.fetchall()
