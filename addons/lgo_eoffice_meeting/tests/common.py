# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.lgo_eoffice.tests.common import EofficeCase


class MeetingCase(EofficeCase):
    """Two boards: the officer is secretary of the first, the outsider of the second."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.board = cls._board(
            "คณะกรรมการพัฒนาทดสอบ", "DEV", (cls.mayor, "chair"), (cls.officer, "secretary"),
            (cls.clerk, "member"),
        )  # fmt: skip
        cls.other = cls._board(
            "คณะทำงานทดสอบ", "WG", (cls.chief, "chair"), (cls.outsider, "secretary")
        )

    @classmethod
    def _board(cls, name, code, *people):
        return cls.env["lgo.eoffice.board"].create(
            {
                "name": name,
                "code": code,
                "place": "ห้องประชุมทดสอบ",
                "signer_post_id": cls.post_mayor.id,
                "member_ids": [
                    (0, 0, {"user_id": user.id, "role": role, "sequence": number})
                    for number, (user, role) in enumerate(people)
                ],
            }
        )

    @classmethod
    def _meeting(cls, user=None, board=None, start="2026-01-05 02:30:00", **vals):
        """A draft of a meeting with one matter."""
        heading = cls.env.ref("lgo_eoffice_meeting.heading_4")
        return (
            cls.env["lgo.eoffice.meeting"]
            .with_user(user or cls.officer)
            .create(
                {
                    "board_id": (board or cls.board).id,
                    "start_at": start,
                    "agenda_ids": [(0, 0, {"heading_id": heading.id, "name": "แผนพัฒนา"})],
                    **vals,
                }
            )
        )

    @classmethod
    def _hold(cls, meeting):
        """Call and hold it; everybody came."""
        if meeting.state == "draft":
            meeting._transition("call")
        meeting.action_all_came()
        meeting.closed_at = meeting.opened_at or meeting.start_at
        meeting._transition("hold")
        return meeting

    @classmethod
    def _signed(cls, kind="ANN", user=None, **vals):
        """A document that the mayor signed."""
        letter = cls._draft(user=user, kind=kind, **vals)
        letter.with_user(cls.mayor)._sign()
        return letter

    @classmethod
    def _publish(cls, letter, user=None, first_day="2026-01-01", last_day=None, **vals):
        to_date = cls.env["lgo.announcement"]._fields["doc_date"].to_date
        return (
            cls.env["lgo.announcement"]
            .with_user(user or cls.registrar)
            ._publish_letter(
                letter.with_user(user or cls.registrar),
                name=vals.pop("name", letter.subject),
                first_day=to_date(first_day),
                last_day=to_date(last_day),
                no_personal_data=vals.pop("no_personal_data", True),
                **vals,
            )
        )
