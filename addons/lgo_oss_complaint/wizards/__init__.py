from . import lgo_oss_complaint_answer, lgo_oss_complaint_unmask, lgo_traffy_csv
