#!/usr/bin/env python3
"""Makes the workbooks of this folder anew: by openpyxl, and from that by LibreOffice. They are checked in; this tells how they came about."""
import datetime
import os
import subprocess

import openpyxl

FOLDER = os.path.dirname(os.path.abspath(__file__))


def main():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "花名册"
    sheet.append(["重点企业用工花名册"])
    sheet.merge_cells("A1:H1")
    sheet.append(["编号", "基本信息", None, "用工信息", None, None, None, "占比"])
    sheet.append([None, "姓名*", "身份证号", "用工单位", "入职时间", "月工资（元）", "已签合同", None])
    day = datetime.datetime(2022, 3, 1)
    sheet.append([1, "张三", "35018219900101123X", "甲公司", day, 4200.2, True, 0.375])
    sheet.append([2, "李四", 350182199001011234, None, day + datetime.timedelta(hours=8, minutes=30), "4,200元", False, 1])
    sheet.append([3, "王五 & <赵>", " ", "乙公司", 44621, "=F4*2", "√", "#N/A"])
    for merged in ("A2:A3", "B2:C2", "D2:G2", "H2:H3", "D4:D5"):
        sheet.merge_cells(merged)
    sheet["E4"].number_format = 'yyyy"年"m"月"d"日"'
    sheet["E5"].number_format = "[$-804]yyyy/m/d h:mm"
    sheet["E6"].number_format = "m/d/yy"
    sheet["A4"].number_format = "000"
    sheet["H4"].number_format = "0.0%"
    sheet.row_dimensions[5].hidden = True
    book.create_sheet("底稿").sheet_state = "hidden"
    book.save(os.path.join(FOLDER, "openpyxl.xlsx"))
    for form, name in (("xlsx", "libreoffice.xlsx"), ("xls", "old.xls"), ("ods", "open.ods")):
        folder = os.path.join("/tmp", "fixtures-" + form)
        subprocess.run(["soffice", "--headless", "--convert-to", form, "--outdir", folder, os.path.join(FOLDER, "openpyxl.xlsx")], check=True)
        os.replace(os.path.join(folder, "openpyxl." + form), os.path.join(FOLDER, name))
    register()


def register():
    """A register with nothing wrong in it, whose older form comes to the same."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "花名册"
    sheet.append(["重点企业用工花名册"])
    sheet.append(["编号", "姓名", "身份证号", "用工单位", "入职时间", "离职时间", "月工资（元）"])
    day = datetime.date(2022, 3, 1)
    for n in range(40):
        end = datetime.datetime(2022, 9, 1 + n % 30, 17, 30) if n % 3 == 0 else "在职"
        sheet.append([f"H{n:03}", f"工人{n}", f"52242619900101{n:04}", f"e{n % 2 + 1}", day + datetime.timedelta(days=n), end, 4200.2 + n])
        sheet.cell(sheet.max_row, 5).number_format = 'yyyy"年"m"月"d"日"'
    sheet.append(["合计", None, None, None, None, None, "=SUM(G3:G42)"])
    book.create_sheet("底稿").append(["无"])
    book.save(os.path.join(FOLDER, "register.xlsx"))
    folder = os.path.join("/tmp", "fixtures-xls")
    path = os.path.join(FOLDER, "register.xlsx")
    subprocess.run(["soffice", "--headless", "--convert-to", "xls", "--outdir", folder, path], check=True)
    os.replace(os.path.join(folder, "register.xls"), os.path.join(FOLDER, "register.xls"))
    subprocess.run(["soffice", "--headless", "--convert-to", "xlsx", "--outdir", folder, path], check=True)
    os.replace(os.path.join(folder, "register.xlsx"), path)


main()
