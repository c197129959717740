# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import lgo_waste_point_change
from . import lgo_waste_tariff_simulate
from . import lgo_waste_report
