from . import (
    lgo_demo,
    lgo_demo_complaint,
    lgo_demo_eoffice,
    lgo_demo_payment,
    lgo_demo_statistics,
    lgo_demo_waste,
    lgo_demo_work,
)
