# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """Number secret letters with the suffix of the unit, as the other letters.

    The name of the unit stood in the number: ชม 52301กองช่าง/ล 1. A pattern that the office wrote
    itself stays.
    """
    cr.execute(
        """
        UPDATE lgo_register SET pattern = '{org}{suffix}/ล {number}'
         WHERE code = 'secret_send' AND pattern = '{org}{unit}/ล {number}'
        """
    )
