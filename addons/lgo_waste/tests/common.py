# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.lgo_payment.tests.common import PaymentCase

OCTOBER = date(2026, 10, 1)
NOVEMBER = date(2026, 11, 1)


class WasteCase(PaymentCase):
    """A small town: two zones, an ordinance in force, one user a role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        common = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        roles = {
            "registrar": "lgo_waste.group_registrar",
            "health": "lgo_waste.group_health_officer",
            "collector": "lgo_waste.group_collector",
            "manager": "lgo_waste.group_manager",
            "manager2": "lgo_waste.group_manager",
        }
        for name, group in roles.items():
            user = new_test_user(cls.env, f"waste_{name}", groups=group, lang="en_US", **common)
            setattr(cls, name, user)
        cls.env["lgo.payment.revenue"].create(
            [
                {"name": "ค่าเก็บขน", "code": "waste_collect", "company_id": cls.company.id},
                {"name": "ค่ากำจัด", "code": "waste_dispose", "company_id": cls.company.id},
            ]
        )
        cls.zone, cls.zone2 = cls.env["lgo.waste.zone"].create(
            [
                {"name": "เขต 1", "code": "Z1", "company_id": cls.company.id},
                {"name": "เขต 2", "code": "Z2", "company_id": cls.company.id},
            ]
        )
        cls.route, cls.route2 = cls.env["lgo.waste.route"].create(
            [
                {
                    "name": "สาย 1", "code": "R1", "zone_id": cls.zone.id,
                    "company_id": cls.company.id, "collector_ids": [Command.set(cls.collector.ids)],
                },
                {
                    "name": "สาย 2", "code": "R2", "zone_id": cls.zone2.id,
                    "company_id": cls.company.id,
                },
            ]
        )  # fmt: skip
        cls.house, cls.condo = cls.env["lgo.waste.tariff"].create(
            [
                {"name": "บ้านพักอาศัย", "code": "H", "company_id": cls.company.id},
                {"name": "ห้องชุด", "code": "C", "unit": "room", "company_id": cls.company.id},
            ]
        )
        cls.basis = cls.env["lgo.waste.legal.basis"].create(
            {"name": "ข้อบัญญัติทดสอบ 2569", "company_id": cls.company.id}
        )
        cls.version = cls._table("อัตรา 2570", date(2026, 10, 1))
        cls._publish(cls.version)

    @classmethod
    def _table(cls, name, date_from, collect=30, dispose=30, **vals):
        """A rate table with the rates of Bangkok's ordinance of 2568 (dossier section 1.3)."""
        flat = {"mode": "flat", "up_to": 20}
        per_unit = {"mode": "per_unit", "above": 20, "up_to": 1000, "unit_size": 20}
        lines = [
            {"tariff_id": cls.house.id, "component": "collect", "rate": collect, **flat},
            {"tariff_id": cls.house.id, "component": "dispose", "rate": dispose, **flat},
            {"tariff_id": cls.house.id, "component": "collect", "rate": 60, **per_unit},
            {"tariff_id": cls.house.id, "component": "dispose", "rate": 60, **per_unit},
            {"tariff_id": cls.condo.id, "component": "collect", "rate": 25, "mode": "flat"},
        ]
        return cls.env["lgo.waste.tariff.version"].create(
            {
                "name": name,
                "basis_id": cls.basis.id,
                "date_from": date_from,
                "company_id": cls.company.id,
                "line_ids": [Command.create(line) for line in lines],
                **vals,
            }
        )

    @classmethod
    def _publish(cls, version):
        version.with_user(cls.manager).action_approve()
        version.with_user(cls.manager).action_publish()

    @classmethod
    def _point(cls, house="1", state="active", **vals):
        partner = cls.env["res.partner"].create({"name": f"ผู้ชำระ {house}"})
        point = cls.env["lgo.waste.point"].create(
            {
                "house": house,
                "partner_id": partner.id,
                "zone_id": cls.zone.id,
                "route_id": cls.route.id,
                "tariff_id": cls.house.id,
                "date_start": OCTOBER,
                "company_id": cls.company.id,
                **vals,
            }
        )
        if state != "draft":
            point.sudo().state = state
        return point

    def _new_run(self, month=OCTOBER, months=1, user=None, **vals):
        return (
            self.env["lgo.waste.run"]
            .with_user(user or self.finance)
            .create(
                {
                    "period_from": month,
                    "month_count": months,
                    "date": month,
                    "company_id": self.company.id,
                    **vals,
                }
            )
        )

    def _bill_all(self, run, limit=500):
        """Preview and start a run, and do what the scheduled job does."""
        run.action_preview()
        run.action_start()
        while run.sudo().state == "running":
            run.sudo()._step(limit)
        return run

    def _due(self, point, month=OCTOBER):
        """What a month costs, as text."""
        fees = point._month_fees([month])
        return f"{fees[0].due:.2f}" if fees else None
