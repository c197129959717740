from . import open_data, statistics, survey, workbook
