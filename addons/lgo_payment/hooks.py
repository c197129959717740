# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def post_init_hook(env):
    """Give the organisation its journals and accounts for fees."""
    env.company._lgo_payment_setup()
