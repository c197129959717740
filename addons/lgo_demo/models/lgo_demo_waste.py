# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Command

MONTHS = 3
#: code -> (name, unit, collection, disposal); baht a month, or a month and room
CLASSES = {
    "01": ("บ้านพักอาศัย", "l_day", 20, 20),
    "02": ("ร้านค้า ร้านอาหาร", "l_day", 60, 60),
    "03": ("หอพัก (ต่อห้อง)", "room", 15, 15),
}
#: house, moo, route, class, rooms, name; the first is the demo login `citizen`
POINTS = (
    ("12", "3", 0, "01", 1, None),
    ("14", "3", 0, "01", 1, "บุญมี แสนสุข"),
    ("18/1", "3", 0, "01", 1, "ทองคำ ปลูกผัก"),
    ("7", "5", 1, "01", 1, "สายใจ ทอผ้า"),
    ("9", "5", 1, "02", 1, "ร้านก๋วยเตี๋ยวป้าแก้ว"),
    ("21", "5", 1, "01", 1, "คำแปง เลี้ยงวัว"),
    ("3", "7", 1, "03", 12, "หอพักดอนทราย"),
    ("5", "7", 1, "01", 1, "อินถา สานตะกร้า"),
)


class LgoDemo(models.AbstractModel):
    """The waste fees of the made-up municipality."""

    _inherit = "lgo.demo"

    @api.model
    def _make_waste(self):
        """Houses, an ordinance in force, bills of three months, one of them paid in cash."""
        self = self.with_context(lang="th_TH")
        company = self.env.ref("base.main_company")
        classes = self._make_waste_classes(company)
        points = self._make_waste_points(company, classes)
        first = fields.Date.start_of(fields.Date.context_today(self), "month")
        for back in range(MONTHS, 0, -1):
            self._make_waste_run(company, fields.Date.subtract(first, months=back))
        cashier = self.env.ref("lgo_demo.user_cashier")
        till = self.env["lgo.cash.session"].with_user(cashier).create({"float_amount": 500})
        till._receive(points[1].bill_ids.sorted("id")[:2])
        self.env["lgo.waste.pause"].with_user(self.env.ref("lgo_demo.user_waste")).create(
            {
                "point_id": points[7].id,
                "date_from": first,
                "reason": "บ้านว่าง เจ้าของไปทำงานต่างจังหวัด",
            }
        )

    @api.model
    def _make_waste_classes(self, company):
        classes = self.env["lgo.waste.tariff"].create(
            [
                {"code": code, "name": name, "unit": unit, "company_id": company.id}
                for code, (name, unit, _collect, _dispose) in CLASSES.items()
            ]
        )
        basis = self.env["lgo.waste.legal.basis"].create(
            {
                "name": "เทศบัญญัติตัวอย่าง เรื่อง การจัดการสิ่งปฏิกูลและมูลฝอย",
                "company_id": company.id,
            }
        )
        table = (
            self.env["lgo.waste.tariff.version"]
            .with_user(self.env.ref("lgo_demo.user_health"))
            .create(
                {
                    "name": "อัตราท้ายเทศบัญญัติ",
                    "basis_id": basis.id,
                    "date_from": "2025-10-01",
                    "company_id": company.id,
                    "line_ids": [
                        Command.create(
                            {
                                "tariff_id": class_.id,
                                "component": component,
                                "rate": rate,
                            }
                        )
                        for class_, (_name, _unit, *rates) in zip(
                            classes, CLASSES.values(), strict=True
                        )
                        for component, rate in zip(("collect", "dispose"), rates, strict=True)
                    ],
                }
            )
        )
        table.action_approve()
        table.sudo().action_publish()
        return classes.grouped("code")

    @api.model
    def _make_waste_points(self, company, classes):
        zones = self.env["lgo.waste.zone"].create(
            [
                {"code": "01", "name": "เขตตลาด", "company_id": company.id},
                {"code": "02", "name": "เขตทุ่งนา", "company_id": company.id},
            ]
        )
        collector = self.env.ref("lgo_demo.user_collector")
        routes = self.env["lgo.waste.route"].create(
            [
                {
                    "code": zone.code,
                    "name": f"สาย {number}",
                    "zone_id": zone.id,
                    "company_id": company.id,
                    "collector_ids": [Command.set(collector.ids)],
                }
                for number, zone in enumerate(zones, 1)
            ]
        )
        citizen = self.env.ref("lgo_demo.user_citizen").partner_id
        partners = [
            self.env["res.partner"].create({"name": name, "lang": "th_TH"}) if name else citizen
            for *_house, name in POINTS
        ]
        points = self.env["lgo.waste.point"].create(
            [
                {
                    "house": house,
                    "village_number": moo,
                    "zone_id": zones[route].id,
                    "route_id": routes[route].id,
                    "route_sequence": number,
                    "tariff_id": classes[code].id,
                    "unit_count": rooms,
                    "partner_id": partner.id,
                    "date_start": "2025-10-01",
                    "company_id": company.id,
                }
                for number, ((house, moo, route, code, rooms, _name), partner) in enumerate(
                    zip(POINTS, partners, strict=True), 1
                )
            ]
        )
        points.action_inspect()
        points.action_activate()
        return points

    @api.model
    def _make_waste_run(self, company, month):
        run = (
            self.env["lgo.waste.run"]
            .with_user(self.env.ref("lgo_demo.user_finance"))
            .create({"period_from": month, "date": month, "company_id": company.id})
        )
        run.action_preview()
        run.action_start()
        while run.sudo()._step():
            pass
