from . import board, booking, follow, kiosk
