# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """Let updates reach the record rules.

    They came with ``noupdate`` once, so an office kept a rule that was mended later. This runs
    before any add-on of ours loads its data, which then writes the rules anew.
    """
    cr.execute(
        r"""
        UPDATE ir_model_data SET noupdate = FALSE
         WHERE model = 'ir.rule' AND module LIKE 'lgo\_%' AND noupdate
        """
    )
