# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def post_init_hook(env):
    """Give the organisation its Thai chart, and its journals and accounts for fees."""
    # Odoo keeps here what it loads at the end of an installation: its general chart, in dollars,
    # when "account" came before the organisation had a country. It would replace the Thai one.
    env.registry._auto_install_template = _keep_chart
    env.company._lgo_payment_setup()


def _keep_chart(_env):
    """Load no chart of accounts: the Thai one is there."""
