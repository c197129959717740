# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError, MissingError


class LgoCaseChildMixin(models.AbstractModel):
    """What belongs to a case of any concrete model: found by ``(res_model, res_id)``.

    Rights follow the case: who may read the case may read its children, who may write it may
    write them. Portal users have no access row; the portal reads children through the case.
    """

    _name = "lgo.case.child.mixin"
    _description = "Belongs to a Case"

    res_model = fields.Char(string="Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Case", model_field="res_model", required=True, readonly=True
    )

    #: Fields that are emptied when the case is made anonymous.
    _forgotten = ()

    _case_idx = models.Index("(res_model, res_id)")

    def _case(self):
        """The case to which this record belongs."""
        self.ensure_one()
        return self.env[self.res_model].browse(self.res_id)

    @api.depends("res_model", "res_id")
    def _compute_case_name(self):
        """For models that show to which case a line belongs; one question a case model."""
        for model, children in self.grouped("res_model").items():
            cases = self.env[model].browse(children.mapped("res_id")) if model in self.env else []
            names = {case.id: case.display_name for case in cases}
            for child in children:
                child.case_name = names.get(child.res_id, "")

    def action_open_case(self):
        """Open the case to which this record belongs."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

    def _cases_by_model(self):
        """{model name: {case id: [ids of self]}}"""
        cases = defaultdict(lambda: defaultdict(list))
        for child in self.sudo():
            cases[child.res_model][child.res_id].append(child.id)
        return cases

    # ------------------------------------------------------------ rights
    def write(self, vals):
        """A part of a case never moves to another case.

        :raises AccessError: ``res_model`` or ``res_id`` is written from outside
        """
        if not self.env.su and {"res_model", "res_id"} & vals.keys():
            raise AccessError(self.env._("A part of a case cannot be moved to another case."))
        return super().write(vals)

    def _forbidden_by_case(self, operation):
        """Ids of ``self`` whose case the user may not read (or write, for other operations)."""
        operation = "read" if operation == "read" else "write"
        forbidden = []
        for model, children_of in self._cases_by_model().items():
            if model not in self.env:  # an add-on that was removed, or a forged name
                forbidden += sum(children_of.values(), [])
                continue
            cases = self.env[model].browse(children_of)
            try:  # a form has its case in memory: nothing is asked again
                allowed = set(cases._filtered_access(operation)._ids)
            except MissingError:
                allowed = set(cases.exists()._filtered_access(operation)._ids)
            for case_id, child_ids in children_of.items():
                if case_id not in allowed:
                    forbidden += child_ids
        return forbidden

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or not self:
            return result
        rest = self - result[0] if result else self
        forbidden = self.browse(rest._forbidden_by_case(operation))
        if not forbidden:
            return result
        if result:
            return result[0] + forbidden, result[1]
        return forbidden, lambda: AccessError(
            self.env._("You may not see or change this part of a case that is not yours.")
        )

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        if self.env.su or bypass_access:
            return super()._search(
                domain, offset, limit, order, bypass_access=bypass_access, **kwargs
            )
        query = super()._search(domain, order=order, **kwargs)
        if query.is_empty():
            return query
        system = self.sudo()
        found = system._fetch_query(query, system._determine_fields_to_fetch())
        hidden = set(found.with_env(self.env)._forbidden_by_case("read"))
        ids = [child_id for child_id in found._ids if child_id not in hidden]
        ids = ids[offset : offset + limit if limit else None]
        return self.browse(ids)._as_query(order)

    def _fetch_query(self, query, fields):
        """What :meth:`_search` has read to look at the rights is not read a second time."""
        if not self.env.su:
            records = self.browse(query)
            fields = [field for field in fields if any(field._cache_missing_ids(records))]
        return super()._fetch_query(query, fields)

    # ------------------------------------------------------------ personal data
    def _forget(self):
        """Empty what may name a person; the row stays for the statistics.

        Past the rules by which these rows never change: the time of keeping is over (PDPA B.E.
        2562, s. 37(3)).

        :return: number of files that were deleted
        """
        rows = self.sudo().with_context(tracking_disable=True)
        files = self.env["ir.attachment"].sudo()
        vals = {}
        for name in self._forgotten:
            field = self._fields[name]
            if field.comodel_name == "ir.attachment":
                files |= rows[name]
            vals[name] = "-" if field.required else False
        if rows and vals:
            models.Model.write(rows, vals)
        count = len(files)
        files.unlink()
        return count
