# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What ./lgo says, in Thai: the English text of the source is the key.

tests/cli/test_messages.py holds it complete.
"""

THAI = {
    # argparse
    "usage: ": "วิธีใช้: ",
    "positional arguments": "สิ่งที่ต้องระบุ",
    "options": "ตัวเลือก",
    "show this help message and exit": "แสดงคำอธิบายนี้",
    "%(prog)s: error: %(message)s\n": "%(prog)s: ผิดพลาด: %(message)s\n",
    "argument %(argument_name)s: %(message)s": "ตัวเลือก %(argument_name)s: %(message)s",
    "the following arguments are required: %s": "ต้องระบุ %s ด้วย",
    "unrecognized arguments: %s": "ไม่รู้จัก %s",
    "expected one argument": "ต้องมีค่าหนึ่งค่าตามหลัง",
    "invalid choice: %(value)r (choose from %(choices)s)": ("ไม่มี %(value)r ให้เลือกจาก %(choices)s"),
    # progress
    "done": "เสร็จ",
    "stopped": "หยุด",
    "failed": "ไม่ผ่าน",
    "ok": "ผ่าน",
    "complete": "ครบ",
    "{count} to do": "เหลือ {count} รายการ",
    "{seconds:.0f} s": "{seconds:.0f} วินาที",
    "{seconds:.1f} s": "{seconds:.1f} วินาที",
    "{number} of {total}": "{number} จาก {total}",
    "{number} of {total}: {name}": "{number} จาก {total}: {name}",
    "{number} files": "{number} แฟ้ม",
    "database": "ฐานข้อมูล",
    "package lists": "รายการแพ็กเกจ",
    "first request": "เปิดหน้าแรก",
    "Preparing": "กำลังเตรียม",
    "Fetching Odoo 19.0 (Debian's package, 150 MB)": (
        "กำลังดาวน์โหลด Odoo 19.0 (แพ็กเกจของ Debian ขนาด 150 เมกะไบต์)"
    ),
    "Unpacking Odoo": "กำลังแตกแฟ้ม Odoo",
    "Cloning Odoo 19.0 from {url}": "กำลังคัดลอก Odoo 19.0 จาก {url}",
    "Installing the Python packages ({kind}.lock)": "กำลังติดตั้งแพ็กเกจ Python ({kind}.lock)",
    "Installing system packages ({names})": "กำลังติดตั้งแพ็กเกจของระบบ ({names})",
    "Making the PostgreSQL cluster": "กำลังสร้างที่เก็บฐานข้อมูล PostgreSQL",
    "Installing the add-ons": "กำลังติดตั้งโมดูล",
    "Updating the add-ons": "กำลังปรับปรุงโมดูล",
    "Starting the server": "กำลังเริ่มเซิร์ฟเวอร์",
    "Preparing the screens": "กำลังเตรียมหน้าจอ",
    "Backing up": "กำลังสำรองข้อมูล",
    "Checking the backup": "กำลังตรวจข้อมูลสำรอง",
    "Restoring the database": "กำลังกู้คืนฐานข้อมูล",
    "Switching mails and scheduled work off": "กำลังปิดอีเมลและงานตามกำหนดเวลา",
    "Measuring {name}": "กำลังวัด {name}",
    "Resolving {name}.lock": "กำลังเลือกรุ่นของไลบรารีใน {name}.lock",
    "Making the template database ({count} modules)": ("กำลังสร้างฐานข้อมูลต้นแบบ ({count} โมดูล)"),
    "Keeping the template database in the cache": "กำลังเก็บฐานข้อมูลต้นแบบไว้ใช้ซ้ำ",
    "Restoring the template database": "กำลังนำฐานข้อมูลต้นแบบกลับมาใช้",
    "   installing the JavaScript tools (npm) …": "   กำลังติดตั้งเครื่องมือ JavaScript (npm) …",
    "   skipped {name}: {text}": "   ข้าม {name}: {text}",
    "   {title}: {doing} ({seconds:.0f} s)": "   {title}: {doing} ({seconds:.0f} วินาที)",
    "Another ./lgo is working on {what}; waiting for it.": (
        "มี ./lgo อีกคำสั่งกำลังใช้ {what} อยู่ กำลังรอ"
    ),
    "this checkout": "โฟลเดอร์นี้",
    "PostgreSQL": "PostgreSQL",
    "PostgreSQL's programs": "โปรแกรม PostgreSQL",
    "the source of Odoo": "รหัสต้นฉบับ Odoo",
    "the Python packages": "แพ็กเกจ Python",
    "the template database": "ฐานข้อมูลต้นแบบ",
    "node_modules": "node_modules",
    "The server": "เซิร์ฟเวอร์",
    "The mail server": "เซิร์ฟเวอร์อีเมล",
    # results
    "LGO runs at {address}": "LGO ทำงานอยู่ที่ {address}",
    "LGO runs at http://localhost:{port} (process {pid}).": (
        "LGO ทำงานอยู่ที่ http://localhost:{port} (โพรเซส {pid})"
    ),
    "Log in at {address}/odoo as admin; the password is in {secret}.": (
        "เข้าสู่ระบบที่ {address}/odoo ด้วยผู้ใช้ admin รหัสผ่านอยู่ในแฟ้ม {secret}"
    ),
    "Log in at {address}/odoo with the users and passwords of the office.": (
        "เข้าสู่ระบบที่ {address}/odoo ด้วยผู้ใช้และรหัสผ่านของหน่วยงาน"
    ),
    "Demo logins (never use them in production):": "ผู้ใช้สำหรับทดลอง (ห้ามใช้กับงานจริง):",
    "user": "ผู้ใช้",
    "password": "รหัสผ่าน",
    "page": "หน้า",
    "role": "บทบาท",
    "Next: ./lgo status, ./lgo stop, ./lgo backup, ./lgo update after a change, ./lgo test.": (
        "คำสั่งต่อไป: ./lgo status ดูสถานะ, ./lgo stop หยุด, ./lgo backup สำรองข้อมูล, "
        "./lgo update หลังแก้ไขโมดูล, ./lgo test ทดสอบ"
    ),
    "LGO does not run; start it with ./lgo run.": "LGO ไม่ได้ทำงานอยู่ เริ่มด้วยคำสั่ง ./lgo run",
    "LGO does not run.": "LGO ไม่ได้ทำงานอยู่",
    "LGO is stopped.": "หยุด LGO แล้ว",
    "But it does not answer: see {log}.": "แต่ไม่ตอบสนอง ให้ดูแฟ้ม {log}",
    "PostgreSQL: {host}:{port}, user {user}.": "PostgreSQL: {host}:{port} ผู้ใช้ {user}",
    "PostgreSQL: embedded, in {home}": "PostgreSQL: ที่มากับระบบ อยู่ใน {home}",
    "Log: {log}": "บันทึกการทำงาน: {log}",
    "Port {default} is in use by another program; LGO takes {chosen}.": (
        "พอร์ต {default} มีโปรแกรมอื่นใช้อยู่ LGO จึงใช้พอร์ต {chosen}"
    ),
    "The add-ons changed since it was started: ./lgo update takes them in.": (
        "โมดูลมีการแก้ไขหลังจากเริ่มระบบ ใช้คำสั่ง ./lgo update เพื่อปรับปรุง"
    ),
    "LGO is updated and runs again: http://localhost:{port}": (
        "ปรับปรุง LGO แล้ว และทำงานอยู่ที่ http://localhost:{port}"
    ),
    "LGO is updated; start it with ./lgo run.": "ปรับปรุง LGO แล้ว เริ่มด้วยคำสั่ง ./lgo run",
    "{starter} starts Odoo.": "เริ่ม Odoo ด้วย {starter}",
    "To be deleted:": "สิ่งที่จะลบ:",
    "Delete all this? [yes/no] ": "ลบทั้งหมดนี้หรือไม่ [ใช่/ไม่] ",
    "There is nothing to delete.": "ไม่มีสิ่งที่ต้องลบ",
    "It is deleted; ./lgo run makes an office anew.": ("ลบแล้ว ใช้คำสั่ง ./lgo run เพื่อสร้างสำนักงานใหม่"),
    "Backed up to {file} ({size:.1f} MB).": "สำรองข้อมูลไว้ที่ {file} แล้ว ({size:.1f} เมกะไบต์)",
    "Keep it on another machine, and apart from it the lgo_secret_key of {conf}: without this key "
    "nobody reads the ID numbers and secrets in it.": (
        "เก็บแฟ้มนี้ไว้ที่เครื่องอื่น และเก็บกุญแจ lgo_secret_key ใน {conf} แยกไว้อีกที่หนึ่ง "
        "หากไม่มีกุญแจนี้จะอ่านเลขประจำตัวและข้อมูลที่เข้ารหัสไว้ไม่ได้"
    ),
    "With odoo.conf goes the key of the ID numbers and secrets: copy the file first if a backup of "
    "this office is to be restored.": (
        "กุญแจของเลขประจำตัวและข้อมูลที่เข้ารหัสไว้อยู่ใน odoo.conf และจะถูกลบด้วย "
        "ถ้าจะกู้คืนข้อมูลสำรองของสำนักงานนี้ภายหลัง ให้คัดลอกแฟ้มนี้ไว้ก่อน"
    ),
    "Restored; start the office with ./lgo run.": "กู้คืนแล้ว เริ่มระบบด้วยคำสั่ง ./lgo run",
    "Restored into the database {name}; start the server now.": (
        "กู้คืนลงฐานข้อมูล {name} แล้ว เริ่มเซิร์ฟเวอร์ได้"
    ),
    "Beware: {count} files that the database names are not in the backup.": (
        "โปรดระวัง: มี {count} แฟ้มที่ฐานข้อมูลอ้างถึงแต่ไม่อยู่ในข้อมูลสำรอง"
    ),
    "Write the key of the office that made the backup as lgo_secret_key into the section [lgo] "
    "of {conf}: without it the ID numbers and secrets cannot be read.": (
        "ใส่กุญแจของหน่วยงานที่สำรองข้อมูลเป็น lgo_secret_key ในส่วน [lgo] ของ {conf} "
        "มิฉะนั้นจะอ่านเลขประจำตัวและข้อมูลที่เข้ารหัสไว้ไม่ได้"
    ),
    "interrupted; the same command goes on where it stopped.": (
        "ถูกหยุดกลางคัน พิมพ์คำสั่งเดิมอีกครั้งเพื่อทำต่อจากที่ค้าง"
    ),
    "LGO_DEBUG=1 ./lgo … shows where": "LGO_DEBUG=1 ./lgo … จะแสดงจุดที่ผิดพลาด",
    # what to do
    "Make an office first, with ./lgo run: there is no database yet.": (
        "สร้างสำนักงานก่อนด้วยคำสั่ง ./lgo run เพราะยังไม่มีฐานข้อมูล"
    ),
    "Stop LGO first with ./lgo stop: it already runs on port {port}.": (
        "หยุด LGO ก่อนด้วยคำสั่ง ./lgo stop เพราะกำลังทำงานที่พอร์ต {port}"
    ),
    "Start it without --no-demo, or delete it with ./lgo reset and make an empty one: this office "
    "was made with demo data.": (
        "เริ่มโดยไม่ใส่ --no-demo หรือลบด้วย ./lgo reset แล้วสร้างสำนักงานเปล่า เพราะสำนักงานนี้สร้างพร้อมข้อมูลสาธิต"
    ),
    "See {log}: not installed are {names}.": "ดูแฟ้ม {log} เพราะติดตั้งไม่สำเร็จ: {names}",
    "Choose from {names}: there is no add-on {name}.": "เลือกจาก {names} เพราะไม่มีโมดูล {name}",
    "Answer yes, or call ./lgo reset --yes: nothing was deleted.": (
        "ตอบ ใช่ หรือใช้คำสั่ง ./lgo reset --yes เพราะยังไม่ได้ลบสิ่งใด"
    ),
    "{text!r} cannot be used: give a number from 1024 to 65535": (
        "ให้ระบุตัวเลขตั้งแต่ 1024 ถึง 65535 เพราะใช้ {text!r} เป็นพอร์ตไม่ได้"
    ),
    "{text!r} is no number from 1 on": "ให้ระบุจำนวนตั้งแต่ 1 ขึ้นไป แทน {text!r}",
    "./lgo {command} is not part of this version.": "รุ่นนี้ไม่มีคำสั่ง ./lgo {command}",
    "Choose another port with --port, or leave --port out: {wanted} is in use by another "
    "program.": ("เลือกพอร์ตอื่นด้วย --port หรือไม่ต้องใส่ --port เพราะพอร์ต {wanted} มีโปรแกรมอื่นใช้อยู่"),
    "Choose a port with --port: none from 8069 to 8168 is free.": (
        "เลือกพอร์ตด้วย --port เพราะพอร์ต 8069 ถึง 8168 ไม่ว่าง"
    ),
    "No free port from {first} on.": "ไม่มีพอร์ตว่างตั้งแต่ {first}",
    "See {log}: {title} failed. {cause}": "ดูแฟ้ม {log} เพราะขั้นตอนนี้ไม่สำเร็จ: {title} {cause}",
    "See {log}: the server ended at once. {cause}": "ดูแฟ้ม {log} เพราะเซิร์ฟเวอร์หยุดทันที {cause}",
    "See {log}: the server did not answer in {seconds} s.": (
        "ดูแฟ้ม {log} เพราะเซิร์ฟเวอร์ไม่ตอบสนองภายใน {seconds} วินาที"
    ),
    "See {log}: {what} did not start in {seconds} s.": (
        "ดูแฟ้ม {log} เพราะ{what}ไม่เริ่มภายใน {seconds} วินาที"
    ),
    "{what} ended at once: {cause}": "{what}หยุดทันที: {cause}",
    "{program} failed ({code}): {cause}": "{program} ไม่สำเร็จ ({code}): {cause}",
    "{program} cannot be started: {cause}.": "เริ่มโปรแกรม {program} ไม่ได้: {cause}",
    "Make {file} readable: {cause}.": "ทำให้อ่านแฟ้ม {file} ได้: {cause}",
    "Mend or remove {file}: it is not a configuration file ({first}).": (
        "แก้ไขหรือลบแฟ้ม {file} เพราะไม่ใช่แฟ้มตั้งค่าที่ถูกต้อง ({first})"
    ),
    "Set LGO_CACHE to a folder that you may write": "ตั้งค่า LGO_CACHE เป็นโฟลเดอร์ที่ท่านเขียนได้",
    "Make the checkout writable or clone it to your home folder": (
        "ให้สิทธิเขียนในโฟลเดอร์ของโครงการ หรือย้ายโครงการไปไว้ในโฟลเดอร์ของท่าน"
    ),
    "Run ./lgo as the user who ran it first ({owner}), or take a copy of the project and an "
    "LGO_CACHE of your own: {path} is not yours to write.": (
        "ใช้ ./lgo ด้วยผู้ใช้เดิมที่เคยสั่ง ({owner}) หรือคัดลอกโครงการชุดใหม่และตั้งค่า LGO_CACHE "
        "เป็นโฟลเดอร์ของท่านเอง เพราะท่านไม่มีสิทธิเขียนใน {path}"
    ),
    "{advice}: {path} cannot be made ({cause}).": "{advice} เพราะสร้าง {path} ไม่ได้ ({cause})",
    "Check the network and start the same command again, or set ODOO_HOME to a checkout of Odoo "
    "19.0: Odoo could not be fetched ({causes}).": (
        "ตรวจการเชื่อมต่ออินเทอร์เน็ตแล้วพิมพ์คำสั่งเดิมอีกครั้ง หรือตั้งค่า ODOO_HOME เป็นโฟลเดอร์ของ "
        "Odoo 19.0 เพราะดาวน์โหลด Odoo ไม่สำเร็จ ({causes})"
    ),
    "Check the network and pip's settings (behind a proxy with a certificate of its own: "
    "SSL_CERT_FILE and PIP_CERT), then start the same command again: the Python packages could not "
    "be installed ({cause}).": (
        "ตรวจการเชื่อมต่ออินเทอร์เน็ตและการตั้งค่าของ pip (ถ้าใช้พร็อกซีที่มีใบรับรองของตนเอง ให้ตั้งค่า SSL_CERT_FILE "
        "และ PIP_CERT) แล้วพิมพ์คำสั่งเดิมอีกครั้ง "
        "เพราะติดตั้งแพ็กเกจ Python ไม่สำเร็จ ({cause})"
    ),
    "uv could not install the packages ({cause}); trying pip, which takes longer.": (
        "uv ติดตั้งแพ็กเกจไม่สำเร็จ ({cause}) กำลังลองด้วย pip ซึ่งใช้เวลานานกว่า"
    ),
    "Install venv and pip for Python (Debian, Ubuntu: sudo apt-get install python3-venv): they are "
    "not here ({cause}).": (
        "ติดตั้ง venv และ pip ของ Python (Debian, Ubuntu: sudo apt-get install python3-venv) "
        "เพราะเครื่องนี้ยังไม่มี ({cause})"
    ),
    "Start it with another Python, e.g. `python3.13 lgo`: LGO runs on Python 3.11 to 3.13, and "
    "this is {version}.": (
        "เริ่มด้วย Python รุ่นอื่น เช่น `python3.13 lgo` เพราะ LGO ใช้ Python 3.11 ถึง 3.13 แต่นี่คือรุ่น {version}"
    ),
    "this machine has no apt-get": "เครื่องนี้ไม่มี apt-get",
    "no apt-get on this machine": "เครื่องนี้ไม่มี apt-get",
    "no git on this machine": "เครื่องนี้ไม่มี git",
    "no package lists ({cause})": "ไม่ได้รายการแพ็กเกจ ({cause})",
    "set LGO_DEBIAN_MIRROR to the address of a Debian archive: apt's sources name none": (
        "ตั้งค่า LGO_DEBIAN_MIRROR เป็นที่อยู่ของคลังแพ็กเกจ Debian เพราะ apt ของเครื่องนี้ไม่ได้ระบุไว้"
    ),
    "install the package debian-archive-keyring, or set ODOO_HOME to a checkout of Odoo 19.0: apt "
    "cannot verify {file}, and its SHA-256 {actual} is not known": (
        "ติดตั้งแพ็กเกจ debian-archive-keyring หรือตั้งค่า ODOO_HOME เป็นโฟลเดอร์ของ Odoo 19.0 "
        "เพราะ apt ตรวจสอบ {file} ไม่ได้ และไม่รู้จักค่า SHA-256 {actual}"
    ),
    "Name the top folder of a checkout of Odoo {wanted} in {what}: {tree} holds no "
    "odoo/release.py.": (
        "ระบุโฟลเดอร์บนสุดของ Odoo {wanted} ใน {what} เพราะ {tree} ไม่มีแฟ้ม odoo/release.py"
    ),
    "Name a checkout of Odoo {wanted} in {what}: {tree} is Odoo {has}.": (
        "ระบุโฟลเดอร์ของ Odoo {wanted} ใน {what} เพราะ {tree} เป็น Odoo {has}"
    ),
    "Install these system libraries with the package manager of this machine (names as in "
    "Debian): {names}.": ("ติดตั้งไลบรารีของระบบเหล่านี้ด้วยตัวจัดการแพ็กเกจของเครื่อง (ชื่อตาม Debian): {names}"),
    "Install the missing system libraries, or let the administrator of this machine do it, and "
    "start again: {line}": (
        "ติดตั้งไลบรารีของระบบที่ขาด (หรือให้ผู้ดูแลเครื่องติดตั้ง) ด้วยคำสั่งนี้ แล้วเริ่มใหม่: {line}"
    ),
    "Install chromium (apt-get install chromium): there is no browser.": (
        "ติดตั้ง chromium (apt-get install chromium) เพราะเครื่องนี้ไม่มีเบราว์เซอร์"
    ),
    "PostgreSQL says: {message}": "PostgreSQL แจ้งว่า: {message}",
    "Create the database {name} with encoding UTF8 and lc_ctype C.UTF-8 (or th_TH.UTF-8): with "
    "lc_ctype {ctype} and encoding {encoding} Thai words cannot be searched.": (
        "สร้างฐานข้อมูล {name} ด้วย encoding UTF8 และ lc_ctype C.UTF-8 (หรือ th_TH.UTF-8) "
        "เพราะ lc_ctype {ctype} กับ encoding {encoding} ค้นหาคำไทยไม่ได้"
    ),
    "Check PGHOST, PGPORT, PGUSER and PGPASSWORD: the PostgreSQL server at {host}:{port} does not "
    "answer as user {user} ({cause}).": (
        "ตรวจค่า PGHOST, PGPORT, PGUSER และ PGPASSWORD เพราะเซิร์ฟเวอร์ PostgreSQL ที่ "
        "{host}:{port} ไม่ตอบรับผู้ใช้ {user} ({cause})"
    ),
    "Set PGUSER to a user of its own that may create databases (createuser --createdb odoo): Odoo "
    "does not work as the PostgreSQL user postgres.": (
        "ตั้งค่า PGUSER เป็นผู้ใช้เฉพาะที่สร้างฐานข้อมูลได้ (createuser --createdb odoo) "
        "เพราะ Odoo ใช้ผู้ใช้ postgres ของ PostgreSQL ไม่ได้"
    ),
    "Give PGPORT (or db_port) the number of a port: it is {port!r}.": (
        "ใส่เลขพอร์ตใน PGPORT (หรือ db_port) เพราะค่าปัจจุบันคือ {port!r}"
    ),
    "Remove {folder} and try again: it belongs to somebody else.": (
        "ลบ {folder} แล้วลองใหม่ เพราะเป็นของผู้ใช้อื่น"
    ),
    "Move the checkout to a folder with a shorter path: that of PostgreSQL's socket would be "
    "longer than {bytes} bytes.": (
        "ย้ายโครงการไปยังโฟลเดอร์ที่ชื่อสั้นกว่านี้ เพราะที่อยู่ของซ็อกเก็ต PostgreSQL จะยาวเกิน {bytes} ไบต์"
    ),
    "Run ./lgo as an ordinary user, or set PGHOST to a PostgreSQL server: as root it does not run, "
    "and neither unshare nor setpriv works here.": (
        "ใช้ ./lgo ด้วยผู้ใช้ทั่วไป หรือตั้งค่า PGHOST เป็นเซิร์ฟเวอร์ PostgreSQL "
        "เพราะ PostgreSQL ไม่ทำงานด้วย root และเครื่องนี้ใช้ unshare กับ setpriv ไม่ได้"
    ),
    "See {log}: PostgreSQL did not start ({last}).": "ดูแฟ้ม {log} เพราะ PostgreSQL ไม่เริ่ม ({last})",
    "See {log}: PostgreSQL (process {pid}) does not stop.": (
        "ดูแฟ้ม {log} เพราะ PostgreSQL (โพรเซส {pid}) ไม่หยุด"
    ),
    "Dump the database with the old version, or start anew with ./lgo reset: it was made by "
    "PostgreSQL {has}, and this is {major}.": (
        "ส่งออกฐานข้อมูลด้วยรุ่นเดิม หรือเริ่มใหม่ด้วย ./lgo reset "
        "เพราะสร้างด้วย PostgreSQL {has} แต่นี่คือรุ่น {major}"
    ),
    # backup and restore
    "Write data_dir into {conf}: the files of the office lie there.": (
        "เพิ่ม data_dir ใน {conf} เพราะแฟ้มของหน่วยงานอยู่ในโฟลเดอร์นั้น"
    ),
    "Write db_host into {conf}: the server of the database.": (
        "เพิ่ม db_host ใน {conf} เพื่อระบุเซิร์ฟเวอร์ฐานข้อมูล"
    ),
    "Name the folder of the backups, e.g. ./lgo backup /var/backups/lgo.": (
        "ระบุโฟลเดอร์สำหรับเก็บ เช่น ./lgo backup /var/backups/lgo"
    ),
    "Make room or choose another place for the backup: {file} cannot be written ({cause}).": (
        "เพิ่มเนื้อที่ว่างหรือเลือกที่เก็บอื่น เพราะเขียน {file} ไม่ได้ ({cause})"
    ),
    "Make the folder {folder} first: it is not there.": "สร้างโฟลเดอร์ {folder} ก่อน เพราะยังไม่มี",
    "Choose another name: {file} is there already.": "เลือกชื่ออื่น เพราะมี {file} อยู่แล้ว",
    "Nothing was changed: the office {name} is there already. Take a backup of it, then call "
    "./lgo restore FILE --force to replace it.": (
        "ยังไม่ได้เปลี่ยนแปลงสิ่งใด เพราะมีสำนักงาน {name} อยู่แล้ว สำรองข้อมูลนั้นก่อน "
        "แล้วใช้คำสั่ง ./lgo restore แฟ้ม --force เพื่อแทนที่"
    ),
    "Take a file that ./lgo backup made: {name} does not belong into one.": (
        "ใช้แฟ้มที่สร้างด้วย ./lgo backup เพราะพบ {name} ซึ่งไม่ควรอยู่ในแฟ้มสำรอง"
    ),
    "Name a file that ./lgo backup wrote (without a name of your own it lies in .lgo/backups/): "
    "there is no file {file}.": (
        "ระบุแฟ้มที่ได้จาก ./lgo backup (ถ้าไม่ได้ตั้งชื่อเอง จะอยู่ใน .lgo/backups/) เพราะไม่มีแฟ้ม {file}"
    ),
    "Take another backup: {file} was cut short.": "ใช้แฟ้มสำรองอื่น เพราะ {file} ไม่ครบ",
    "Take another backup: {file} cannot be read ({cause}).": (
        "ใช้แฟ้มสำรองอื่น เพราะอ่าน {file} ไม่ได้ ({cause})"
    ),
    "Take another backup: {file} is damaged ({name} is not as it was saved).": (
        "ใช้แฟ้มสำรองอื่น เพราะ {file} เสียหาย ({name} ไม่ตรงกับตอนสำรอง)"
    ),
    "Restore it with the version of LGO that made it: its format is another.": (
        "กู้คืนด้วย LGO รุ่นที่สร้างแฟ้มนี้ เพราะรูปแบบแฟ้มต่างกัน"
    ),
    "Stop the server first (systemctl stop lgo): somebody still works on the database {name}.": (
        "หยุดเซิร์ฟเวอร์ก่อน (systemctl stop lgo) เพราะยังมีผู้ใช้ฐานข้อมูล {name} อยู่"
    ),
    # help
    "LGO: the office of a Thai municipality. Start with: ./lgo run": (
        "LGO ระบบงานท้องถิ่น เริ่มด้วยคำสั่ง ./lgo run"
    ),
    "LGO_DEBUG=1 shows tracebacks and the output of every program that is called.": (
        "LGO_DEBUG=1 แสดงรายละเอียดข้อผิดพลาดและผลของทุกโปรแกรมที่เรียกใช้"
    ),
    "fetch what is missing and start the server": "ดาวน์โหลดสิ่งที่ขาดและเริ่มระบบ",
    "port to listen on (default: 8069 or the next free)": "พอร์ต (ปกติ 8069 หรือพอร์ตว่างถัดไป)",
    "an empty office instead of the made-up municipality": "สำนักงานเปล่า ไม่มีข้อมูลสาธิต",
    "stop the server and the embedded PostgreSQL": "หยุดระบบและ PostgreSQL ที่มากับระบบ",
    "tell what runs": "แสดงสถานะ",
    "a Python shell on the database": "เปิดเชลล์ Python บนฐานข้อมูล",
    "passed on to Odoo's shell": "ส่งต่อให้เชลล์ของ Odoo",
    "update add-ons after a change (default: all)": "ปรับปรุงโมดูลหลังแก้ไข (ปกติทุกโมดูล)",
    "write database and files into one file": "สำรองฐานข้อมูลและแฟ้มไว้ในแฟ้มเดียว",
    "default: .lgo/backups/lgo-….tar": "ปกติ: .lgo/backups/lgo-….tar",
    "make the office anew from a backup": "กู้คืนสำนักงานจากข้อมูลสำรอง",
    "what ./lgo backup wrote": "แฟ้มที่ได้จาก ./lgo backup",
    "replace the office that is there": "แทนที่สำนักงานที่มีอยู่",
    "a copy to try things with: no mail goes out, no scheduled work runs": (
        "สำเนาสำหรับทดลอง ไม่ส่งอีเมลและไม่ทำงานตามกำหนดเวลา"
    ),
    "delete the database and its files": "ลบฐานข้อมูลและแฟ้ม",
    "Stops LGO and deletes the databases of this checkout (of the office, of tests and of "
    "benchmarks) with all cases, files and the configuration. Backups and what was fetched stay.": (
        "หยุด LGO และลบฐานข้อมูลของโฟลเดอร์นี้ (ของสำนักงาน การทดสอบ และการวัดความเร็ว) พร้อมเรื่อง แฟ้ม "
        "และการตั้งค่าทั้งหมด ข้อมูลสำรองและสิ่งที่ดาวน์โหลดไว้ยังอยู่"
    ),
    "do not ask": "ไม่ต้องถาม",
    "explain the commands, or one: ./lgo help run": "อธิบายคำสั่งทั้งหมด หรือคำสั่งเดียว เช่น ./lgo help run",
    "run the tests": "ทดสอบทั้งระบบ",
    "check the style of the sources": "ตรวจรูปแบบรหัสต้นฉบับ",
    "check and write the translations": "ตรวจและเขียนคำแปล",
    "measure the speed": "วัดความเร็ว",
    "resolve the locked versions of the libraries anew": "เลือกรุ่นของไลบรารีใหม่",
    "Checks the sources, runs all tests, and ends with: N passed, N failed": (
        "ตรวจรหัสต้นฉบับ ทดสอบทั้งหมด และจบด้วย: N passed, N failed"
    ),
    "only the tests of these": "เฉพาะการทดสอบของโมดูลเหล่านี้",
    "without the browser tests": "ไม่ทดสอบด้วยเบราว์เซอร์",
    "let the tools mend what they can": "ให้เครื่องมือแก้สิ่งที่แก้ได้",
    "take the newest versions": "ใช้รุ่นใหม่ที่สุด",
    "default: all": "ปกติ: ทั้งหมด",
    "write nothing; fail when a .pot is stale or a th.po is not complete": (
        "ไม่เขียนแฟ้ม และไม่ผ่านเมื่อ .pot เก่าหรือ th.po ไม่ครบ"
    ),
    "the last line is one JSON object": "บรรทัดสุดท้ายเป็น JSON",
    "size (default: the benchmark's own)": "ขนาด (ปกติตามที่กำหนดไว้)",
    "repetitions (default: its own)": "จำนวนรอบ (ปกติตามที่กำหนดไว้)",
    "The benchmark {name} failed: {cause}": "การวัด {name} ไม่สำเร็จ: {cause}",
    "The benchmark {name} gave {names}, not figures and ratios.": (
        "การวัด {name} ให้ {names} แทน figures และ ratios"
    ),
    "Installing for the benchmark failed: {cause}": "ติดตั้งเพื่อวัดความเร็วไม่สำเร็จ: {cause}",
    "Installing for the browser tests failed: {cause}": (
        "ติดตั้งเพื่อทดสอบด้วยเบราว์เซอร์ไม่สำเร็จ: {cause}"
    ),
    "The template database failed: {cause}": "สร้างฐานข้อมูลต้นแบบไม่สำเร็จ: {cause}",
}
