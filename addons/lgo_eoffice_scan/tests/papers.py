# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Received papers as tests make them: printed letters, scans of them, and broken files."""

import io
import zlib

import pikepdf
import pypdfium2
from PIL import (
    Image,
    ImageFilter,
    TiffImagePlugin,  # noqa: F401 - Odoo stops Pillow from finding its own plugins
)

from odoo.addons.report_weasyprint.tools import engine, styles
from odoo.addons.report_weasyprint.tools.fetcher import PrintFetcher

BASE = "http://town.example"
LETTER = """
<div style="font-size:32pt;font-weight:bold;color:red">{mark}</div>
<table><tr><td style="width:50%">ที่ {number}</td>
<td>ที่ว่าการอำเภอทดสอบ<br/>ถนนราษฎร์บำรุง ชม {postcode}</td></tr></table>
<div style="margin-left:50%">{date}</div>
<p>เรื่อง&#160;&#160;&#160;{subject}</p>
<p>เรียน&#160;&#160;&#160;นายกเทศมนตรีตำบลสวนดอก</p>
<p>อ้างถึง&#160;&#160;&#160;หนังสือเทศบาลตำบลสวนดอก ที่ ชม {own} ลงวันที่ {date}</p>
<p>สิ่งที่ส่งมาด้วย&#160;&#160;&#160;แบบสำรวจ จำนวน {one} ชุด</p>
<p class="paragraph">ตามหนังสือที่อ้างถึง เทศบาลขอให้อำเภอสำรวจแหล่งน้ำและถนนที่ชำรุดจากอุทกภัย
 ความละเอียดแจ้งแล้ว นั้น</p>
<p class="paragraph">อำเภอทดสอบพิจารณาแล้ว ขอให้สำรวจตามแบบที่ส่งมาพร้อมนี้</p>
<p class="paragraph">จึงเรียนมาเพื่อโปรดพิจารณา</p>
<div style="margin:12pt 0 0 50%;text-align:center">ขอแสดงความนับถือ<br/><br/>
(นายสมชาย ใจดี)<br/>นายอำเภอทดสอบ</div>
"""
THAI = {
    "mark": "ด่วนที่สุด", "number": "ชม ๐๐๑๘/ว ๑๒๓", "postcode": "๕๐๑๐๐", "date": "๕ มกราคม ๒๕๖๙",
    "subject": "ขอความอนุเคราะห์สำรวจแหล่งน้ำและถนน", "own": "๕๒๓๐๑/๗", "one": "๑",
}  # fmt: skip
ARABIC = THAI | {
    "number": "ชม 0018/123", "postcode": "50100", "date": "5 มกราคม 2569", "own": "52301/7",
    "one": "1",
}  # fmt: skip


def printed(body):
    """A PDF with a text layer, printed as our own papers are."""
    chosen = styles.document_styles()
    return engine.render(
        [f'<html lang="th"><title>t</title>{body}'],
        fetcher=PrintFetcher(BASE),
        base_url=BASE,
        stylesheets=chosen.sheets,
        fonts=chosen.fonts,
    )


def letter(values=None, **changes):
    """A letter of a district; :return: bytes of a PDF with text."""
    return printed(LETTER.format(**{**THAI, **(values or {}), **changes}))


def picture(pdf, dpi=200, angle=0.5):
    """The first page of a PDF as a scanner sees it: grey, a little askew, a little soft."""
    page = pypdfium2.PdfDocument(pdf)[0]
    image = page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
    image = image.rotate(angle, fillcolor=252, resample=Image.Resampling.BICUBIC)
    return image.filter(ImageFilter.GaussianBlur(0.5))


def scanned(pdf, pages=1, dpi=200):
    """A PDF of pictures."""
    out = io.BytesIO()
    image = picture(pdf, dpi)
    image.save(out, "PDF", resolution=dpi, save_all=True, append_images=[image] * (pages - 1))
    return out.getvalue()


def faxed(pictures):
    """Pictures as a fax or scanner sends them: a TIFF of several pages, each with a small copy."""
    frames = []
    for image in pictures:
        small = image.resize((image.width // 10, image.height // 10))
        small.encoderinfo = {"tiffinfo": {254: 1}}
        frames += [image, small]
    out = io.BytesIO()
    frames[0].save(out, "TIFF", compression="tiff_deflate", save_all=True, append_images=frames[1:])
    return out.getvalue()


def locked(pdf):
    """The same with a password."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    return out.getvalue()


def protected(pdf):
    """May be opened by everybody, but not be changed or copied."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(
            out,
            encryption=pikepdf.Encryption(
                owner="o", user="", allow=pikepdf.Permissions(extract=False)
            ),
        )
    return out.getvalue()


def many(pdf, pages):
    """The first page of a PDF, ``pages`` times."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for _number in range(pages - 1):
            document.pages.append(document.pages[0])
        document.save(out)
    return out.getvalue()


def bomb(pdf):
    """In front of a letter a page whose few kilobytes unpack to 1.5 gigabytes."""
    packer = zlib.compressobj(9)
    zeros = b" " * 2**20
    data = b"".join(packer.compress(zeros) for _count in range(1536)) + packer.flush()
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        page = document.add_blank_page()
        page.obj.Contents = pikepdf.Stream(document, b"")
        page.obj.Contents.write(data, filter=pikepdf.Name.FlateDecode)
        document.pages.insert(0, document.pages[-1])
        del document.pages[-1]
        document.save(out)
    return out.getvalue()


def spaced(letters):
    """A page with so many letters on one line, each a column of its own."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(14_400, 200))
        page.obj.Resources = pikepdf.Dictionary(
            Font=pikepdf.Dictionary(
                F=pikepdf.Dictionary(
                    Type=pikepdf.Name.Font,
                    Subtype=pikepdf.Name.Type1,
                    BaseFont=pikepdf.Name.Helvetica,
                )
            )
        )
        text = b"BT /F 0.2 Tf 1 100 Td " + b"(x) Tj 2 0 Td " * letters + b"ET"
        page.obj.Contents = pikepdf.Stream(document, text)
        document.save(out)
    return out.getvalue()


def broken_xref(pdf):
    """The table of objects points nowhere; viewers mend that."""
    start = pdf.rindex(b"startxref")
    return pdf[:start] + b"startxref\n999999\n%%EOF\n"
