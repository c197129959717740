from . import board, follow, kiosk
