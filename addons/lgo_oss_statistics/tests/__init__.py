from . import test_kpi, test_open_data, test_statistic, test_suppression, test_survey
