# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the loudspeaker says: Thai words for a ticket and a counter (pure functions)."""

#: Thai names of the Latin letters, as they are read aloud.
_LETTER_NAMES = (
    "เอ บี ซี ดี อี เอฟ จี เอช ไอ เจ เค แอล เอ็ม เอ็น โอ พี คิว อาร์ เอส ที ยู วี ดับเบิลยู เอ็กซ์ วาย แซด"
)
LETTERS = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", _LETTER_NAMES.split(), strict=True))
DIGITS = ["ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า"]


def spell(text):
    """Letters and digits one by one, as a queue number is called out.

    :param str text: such as ``A012``; other characters are left out
    :return: such as ``เอ ศูนย์ หนึ่ง สอง``
    """
    words = []
    for character in (text or "").upper():
        if character in LETTERS:
            words.append(LETTERS[character])
        elif character.isdecimal():
            words.append(DIGITS[int(character)])
    return " ".join(words)


def announcement(ticket, counter):
    """The sentence that calls a person to a counter, without any name.

    :param str ticket: queue number, such as ``A012``
    :param str counter: number of the counter, such as ``3``
    """
    return f"ขอเชิญหมายเลข {spell(ticket)} ที่ช่องบริการ {spell(str(counter))} ค่ะ"
