# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime

from odoo.tests import TransactionCase, new_test_user

#: Monday 23 November 2026, 10:00 in Bangkok.
MORNING = datetime.fromisoformat("2026-11-23T03:00:00")


class QueueCommon:
    """Two lines, three counters, a clerk at each of the first two."""

    @classmethod
    def _set_up_queue(cls):
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True, "lang": "th_TH"})
        cls.company = cls.env["res.company"].create({"name": "เทศบาลทดสอบคิว"})
        company = {"company_id": cls.company.id, "company_ids": [(6, 0, cls.company.ids)]}
        cls.clerk = new_test_user(cls.env, "q_clerk", "lgo_base.group_clerk", **company)
        cls.clerk2 = new_test_user(cls.env, "q_clerk2", "lgo_base.group_clerk", **company)
        cls.staff = new_test_user(cls.env, "q_staff", "lgo_base.group_staff", **company)
        cls.manager = new_test_user(
            cls.env, "q_manager", "lgo_base.group_service_manager", **company
        )
        cls.admin = new_test_user(cls.env, "q_admin", "lgo_base.group_admin", **company)
        cls.group = cls._make_group("A", "งานทั่วไป")
        cls.other = cls._make_group("B", "งานคลัง")
        cls.counters = cls.env["lgo.oss.counter"].create(
            [
                {
                    "name": f"ช่องบริการ {number}",
                    "number": number,
                    "company_id": cls.company.id,
                    "group_ids": [(6, 0, groups.ids)],
                }
                for number, groups in (
                    (1, cls.group),
                    (2, cls.group | cls.other),
                    (3, cls.other),
                )
            ]
        )
        cls.one = cls.counters[0].with_user(cls.clerk)
        cls.two = cls.counters[1].with_user(cls.clerk2)
        cls.elderly = cls.env.ref("lgo_oss_queue.lgo_oss_priority_elderly")
        cls.kiosk, cls.board = cls.env["lgo.oss.device"].create(
            [
                {"name": kind, "kind": kind, "company_id": cls.company.id}
                for kind in ("kiosk", "board")
            ]
        )

    @classmethod
    def _make_group(cls, prefix, name, **values):
        return cls.env["lgo.oss.counter.group"].create(
            {
                "prefix": prefix,
                "name": name,
                "company_id": cls.company.id,
                "always_open": True,
                **values,
            }
        )

    def _issue(self, group=None, **values):
        return self.env["lgo.oss.ticket"]._issue(group or self.group, **values)


class QueueCase(QueueCommon, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_queue()
