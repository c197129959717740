# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the templates of a form need beside the questions themselves."""

from odoo.http import request

from odoo.addons.lgo_base.tools import form_answers


class FieldLabels(dict):
    """Label of a field by its name, made when a row of a list is asked for.

    A list may have fifty rows: naming each field of each row beforehand would be waste.
    """

    def __init__(self, labels, groups):
        super().__init__(labels)
        self.groups = groups

    def __missing__(self, field):
        return self.get(field, "")

    def get(self, field, default=None):
        match = form_answers.ROW_FIELD.fullmatch(field.removeprefix("answer_"))
        group = self.groups.get(match["group"]) if match else None
        if not group:
            return super().get(field, default)
        label, children = group
        return request.env._(
            "%(list)s, line %(number)s: %(question)s",
            list=label,
            number=int(match["index"]) + 1,
            question=children.get(match["name"], ""),
        )


def form_labels(questions):
    """Field name -> what the list of errors calls it.

    :param list questions: as from ``lgo.service._questions``
    """
    labels = {f"answer_{question['name']}": question["string"] for question in questions}
    groups = {
        question["name"]: (
            question["string"],
            {child["name"]: child["string"] for child in question["group"]["questions"]},
        )
        for question in questions
        if form_answers.is_group(question)
    }
    return FieldLabels(labels, groups)
