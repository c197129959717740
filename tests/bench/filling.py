# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What benchmarks put into their database: a catalogue entry, units, many cases."""

from odoo.tools import SQL

FIRST = "สมชาย สมหญิง มานี มานะ ปิติ ชูใจ วีระ ดวงใจ สุดา ประเสริฐ บุญมี คำแก้ว แสงเดือน จันทร์เพ็ญ ทองดี"
LAST = "ใจดี มีสุข รักเรียน ทองมาก แก้วใส ศรีสุข บุญเรือง ดอนทราย นาคำ ไชยวงศ์ พรมมา อินต๊ะ วงศ์คำ"
STATES = (
    ["completed"] * 90 + ["submitted", "submitted", "accepted", "processing"] + ["rejected"] * 6
)


def prepare(env):
    """A service and eight units to hang the cases on; made once.

    :return: ``(lgo.service, hr.department)``
    """
    Unit = env["hr.department"]
    units = Unit.search([("name", "=like", "bench %")])
    if len(units) < 8:
        units = Unit.create([{"name": f"bench {number}"} for number in range(8)])
    service = env["lgo.service"].search([("code", "=", "BENCH")], limit=1)
    if not service:
        service = env["lgo.service"].create({"code": "BENCH", "name": "bench"})
    return service, units


def count(env):
    """How many cases there are."""
    env.cr.execute("SELECT count(*) FROM lgo_oss_request")
    return env.cr.fetchone()[0]


def fill(env, service, units, n):
    """Rows straight into the table up to ``n``: what is measured is reading, not filing.

    :param int n: number of cases wanted
    """
    missing = n - count(env)
    if missing <= 0:
        return
    env.flush_all()
    env.cr.execute(
        SQL(
            """
            INSERT INTO lgo_oss_request (name, company_id, service_id, channel, preferred_channel,
                applicant_name, applicant_phone, description, unit_id, state, urgency,
                submitted_at, deemed_received_at, date_due, closed_at, access_token,
                create_date, write_date, create_uid, write_uid)
            SELECT 'BN-' || to_char(69 - i %% 5, 'FM00') || to_char(1 + i %% 12, 'FM00')
                       || '-BENCH-' || to_char(%(start)s + i, 'FM0000000') || '-' || (i %% 10),
                   %(company)s, %(service)s, (ARRAY['web', 'counter', 'phone'])[1 + i %% 3],
                   'email',
                   first.name || ' ' || last.name,
                   '08' || to_char(i %% 100000000, 'FM00000000'), 'ไฟดับ ' || i,
                   (%(units)s::int[])[1 + i %% 8],
                   (%(states)s::text[])[1 + i %% 100], 'normal',
                   stamp, stamp, (stamp + interval '7 days')::date,
                   CASE WHEN i %% 100 < 90 THEN stamp + interval '5 days' END,
                   md5(i::text), stamp, stamp, 1, 1
              FROM generate_series(1, %(missing)s) AS i
              JOIN LATERAL (SELECT now() - (%(missing)s - i) * interval '150 seconds' AS stamp) t
                ON true
              JOIN unnest(%(first)s::text[]) WITH ORDINALITY AS first(name, pos)
                ON first.pos = 1 + (i * 7) %% %(n_first)s
              JOIN unnest(%(last)s::text[]) WITH ORDINALITY AS last(name, pos)
                ON last.pos = 1 + (i * 11) %% %(n_last)s
            """,
            start=n - missing,
            company=env.company.id,
            service=service.id,
            units=units.ids[:8],
            states=STATES,
            missing=missing,
            first=FIRST.split(),
            last=LAST.split(),
            n_first=len(FIRST.split()),
            n_last=len(LAST.split()),
        )
    )
    env.cr.commit()  # pylint: disable=invalid-commit
    env.cr.execute("ANALYZE lgo_oss_request")
    env.cr.commit()  # pylint: disable=invalid-commit


def required(env, record, given):
    """Columns that a bare row of this table needs beside ``given``: other add-ons bring some.

    :param record: a record made by the ORM, whose values are taken
    :param given: names of the columns that the benchmark fills itself
    :return: ``(SQL of the names, SQL of the values)``, each begun by a comma, or both empty
    """
    env.flush_all()
    env.cr.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
        " AND table_schema = current_schema AND is_nullable = 'NO' AND column_default IS NULL",
        [record._table],
    )
    names = sorted({name for (name,) in env.cr.fetchall()} - {"id", *given})
    if not names:
        return SQL(), SQL()
    columns = SQL(", ").join(SQL.identifier(name) for name in names)
    env.cr.execute(
        SQL("SELECT %s FROM %s WHERE id = %s", columns, SQL.identifier(record._table), record.id)
    )
    values = SQL(", ").join(SQL("%s", value) for value in env.cr.fetchone())
    return SQL(", %s", columns), SQL(", %s", values)
