# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """Let the update reach the record rules, also where this add-on alone is updated.

    Those of e-mails and ECMS items showed secret letters to the administrators.
    """
    cr.execute(
        """
        UPDATE ir_model_data SET noupdate = FALSE
         WHERE model = 'ir.rule' AND module = 'lgo_eoffice_exchange' AND noupdate
        """
    )
