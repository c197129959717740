from . import (
    test_dashboard,
    test_kpi,
    test_open_data,
    test_restricted_sweep,
    test_statistic,
    test_suppression,
    test_survey,
)
