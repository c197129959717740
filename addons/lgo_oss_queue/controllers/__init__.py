from . import board, booking, follow, kiosk, my_bookings
