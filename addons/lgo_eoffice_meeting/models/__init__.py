# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import lgo_eoffice_meeting_child_mixin
from . import lgo_announcement
from . import lgo_eoffice_agenda
from . import lgo_eoffice_agenda_heading
from . import lgo_eoffice_attendance
from . import lgo_eoffice_board
from . import lgo_eoffice_board_member
from . import lgo_eoffice_kind
from . import lgo_eoffice_letter
from . import lgo_eoffice_meeting
from . import lgo_eoffice_meeting_letters
from . import lgo_issued_document
