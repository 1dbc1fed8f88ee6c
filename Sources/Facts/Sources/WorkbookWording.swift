// What is wrong with a workbook or worth knowing of its sheet, in words, each with its remedy. Knows nothing of how it
// was found.
import Diagnostics
import Workbooks

/// Something said of a workbook.
enum WorkbookWording: Error, Sendable {
  /// It cannot be read; what its name ends in tells some kinds apart.
  case refused(WorkbookProblem, ending: String)
  /// Nothing stands in the sheet.
  case noCells(others: [String])
  /// There are other sheets, and nobody has said which is meant.
  case otherSheets(read: String, [String])
  /// Other sheets have the same headings, such as one for each month; all of them, the file's path, and the key under
  /// which a scenario names the file, where one may.
  case alikeSheets(read: String, [String], file: String, key: Text?)
  /// Sheets that are hidden and have the same headings.
  case hiddenSheets(read: String, [String])
  /// Sheets that cannot be read, with what is wrong with the first of them.
  case brokenSheets(read: String, [String], WorkbookProblem, ending: String)
  /// Cells that falsify what is read, the first of them and how many there are.
  /// - Parameter heading: what the column of the first is called.
  case wrong(SheetRemark.Kind, [CellRange], count: Int, heading: String)
  /// Cells that one should know of.
  case noted(SheetRemark.Kind, [CellRange], count: Int, isFiltered: Bool)
  /// The form is an older one, of which less is seen.
  case old

  var severity: Diagnostic.Severity {
    switch self {
    case .refused, .noCells, .wrong: .error
    case .alikeSheets, .hiddenSheets, .brokenSheets, .noted(.struck, _, _, _), .noted(.comment, _, _, _): .warning
    case .otherSheets, .noted, .old: .note
    }
  }

  var code: String {
    switch self {
    case .refused: "workbook"
    case .noCells: "no-header"
    case .wrong: "workbook-cells"
    case .otherSheets, .alikeSheets, .hiddenSheets, .brokenSheets, .noted, .old: "workbook-note"
    }
  }

  var message: Text {
    switch self {
    case .refused(let problem, let ending): WorkbookWording.message(problem, ending)
    case .noCells: Text("the sheet is empty", zh: "工作表是空的")
    case .otherSheets(let read, let others):
      Text(
        "the sheet `\(shown(read))` is read; there are others: \(list(others, ", "))",
        zh: "读取的是工作表 `\(shown(read))`；另有：\(list(others, "、"))")
    case .alikeSheets(let read, let all, _, _):
      Text(
        "only the sheet `\(shown(read))` is read; these have the same headings or similar ones: "
          + list(all.filter { $0 != read }, ", "),
        zh: "只读取了工作表 `\(shown(read))`；表头相同或相近的还有：" + list(all.filter { $0 != read }, "、"))
    case .hiddenSheets(let read, let hidden):
      Text(
        "only the sheet `\(shown(read))` is read; hidden, with the same headings or similar ones: "
          + "\(list(hidden, ", "))",
        zh: "只读取了工作表 `\(shown(read))`；隐藏的工作表中表头相同或相近的有：\(list(hidden, "、"))")
    case .brokenSheets(let read, let broken, let problem, let ending):
      Text(
        "the sheet `\(shown(read))` is read; nothing is read of \(list(broken, ", ")): "
          + WorkbookWording.message(problem, ending).en,
        zh: "读取的是工作表 `\(shown(read))`；\(list(broken, "、")) 没有读入：" + WorkbookWording.message(problem, ending).zh)
    case .wrong(let kind, let places, let count, _): WorkbookWording.wrong(kind, cells(places, count), count)
    case .noted(let kind, let places, let count, let isFiltered):
      WorkbookWording.noted(kind, cells(places, count), count, isFiltered)
    case .old:
      Text(
        "of an older workbook (.xls) merged cells, hidden rows, comments and struck-through text are not seen",
        zh: "旧式工作簿（.xls）看不出合并单元格、隐藏行、批注和删除线")
    }
  }

  var hint: Text? {
    switch self {
    case .refused(let problem, let ending): WorkbookWording.remedy(problem, ending)
    case .noCells(let others):
      others.isEmpty
        ? Text("the first row names the columns", zh: "第一行应为各列名称")
        : Text("name the sheet: `FILE#\(shown(others[0]))`", zh: "请写明工作表：`文件#\(shown(others[0]))`")
    case .otherSheets(_, let others):
      Text("name the sheet behind the file: `FILE#\(shown(others[0]))`", zh: "可在文件名后写明工作表：`文件#\(shown(others[0]))`")
    case .hiddenSheets(_, let hidden):
      Text(
        "if its records count, name it as well: `FILE#\(shown(hidden[0]))`",
        zh: "如也应计入，请一并写出：`文件#\(shown(hidden[0]))`；如已作废，无需处理")
    case .brokenSheets(_, _, let problem, let ending): WorkbookWording.remedy(problem, ending)
    case .alikeSheets(_, let all, let file, let key):
      WorkbookWording.takeAll(
        all, key, file.lastIndex(of: "/").map { String(file[file.index(after: $0)...]) } ?? file)
    case .wrong(let kind, _, _, let heading): WorkbookWording.remedy(kind, heading)
    case .noted(.struck, let places, let count, _):
      Text(
        "if such rows are deleted, leave them out: `skip \(numbers(places, count))`",
        zh: "如已作废，请加上“不读行 \(numbers(places, count))”；如无关系，无需处理")
    case .noted(.comment, _, _, _):
      Text(
        "read the comments; rows that they take back are left out with `skip NUMBER`",
        zh: "请查看批注；批注说明不算的，请加上“不读行 行号”")
    case .noted: nil
    case .old:
      Text(
        "save it as an Excel workbook (.xlsx), if it has any that matter", zh: "如有影响，请另存为 Excel 工作簿（.xlsx）再读取")
    }
  }

  /// The lines that take several sheets: of a command and of a scenario.
  private static func takeAll(_ sheets: [String], _ key: Text?, _ file: String) -> Text {
    let places = sheets.prefix(12).map { "\(file)#\(shown($0))" } + (sheets.count > 12 ? ["…"] : [])
    let all = places.map { $0.contains { $0.isWhitespace || ";；,，()（）".contains($0) } ? "\"\($0)\"" : $0 }.joined(
      separator: ", ")
    guard let key else {
      return Text(
        "take them all by naming each: `\(all)`; or name the one that is meant",
        zh: "如需全部读取，请逐一写出：`\(all)`；只要一张时请写明是哪一张")
    }
    let quoted = places.map { $0 == "…" ? $0 : "\"\($0)\"" }.joined(separator: ", ")
    return Text(
      "take them all: `import \(all)`, or in a scenario `\(key.en): [\(quoted)]`; or name the one that is meant",
      zh: "如需全部读取：`导入 \(all)`，或在情景里写 `\(key.zh): [\(quoted)]`；只要一张时请写明是哪一张")
  }

  // MARK: files

  private static func message(_ problem: WorkbookProblem, _ ending: String) -> Text {
    switch problem {
    case .empty: Text("the file is empty", zh: "文件是空的")
    case .oldBinary:
      ending.hasPrefix("et")
        ? Text("the file is in the form of WPS tables (.et)", zh: "文件是 WPS 表格格式（.et）")
        : Text("the file is in the form of Excel before 2007 (.xls)", zh: "文件是 Excel 2007 以前的格式（.xls）")
    case .oldUnread:
      Text(
        "the file is in an older form (\(ending.hasPrefix("et") ? ".et" : ".xls")), and libfreexl cannot make it out",
        zh: "文件是旧式格式（\(ending.hasPrefix("et") ? ".et" : ".xls")），libfreexl 也读不出")
    case .newBinary: Text("the file is a binary workbook (.xlsb)", zh: "文件是二进制工作簿（.xlsb）")
    case .openDocument: Text("the file is an OpenDocument (.ods)", zh: "文件是 OpenDocument 格式（.ods）")
    case .encrypted: Text("the workbook is protected with a password", zh: "工作簿设有密码")
    case .page: Text("the file is a web page, not a workbook", zh: "文件其实是网页，不是工作簿")
    case .oldXML: Text("the file is an XML table of Excel 2003", zh: "文件是 Excel 2003 的 XML 表格")
    case .plainText: Text("the file is plain text, not a workbook", zh: "文件其实是纯文本，不是工作簿")
    case .otherArchive: Text("the file is an archive without a workbook in it", zh: "文件是压缩包，里面没有工作簿")
    case .unknownKind: Text("the file is no workbook", zh: "文件不是工作簿")
    case .damaged(let part):
      part.isEmpty
        ? Text("the workbook is damaged or incomplete", zh: "工作簿已损坏或不完整")
        : Text("the workbook is damaged in `\(shown(part))`", zh: "工作簿的 `\(shown(part))` 部分已损坏")
    case .inflated(let part):
      Text(
        "the part `\(shown(part))` grows beyond all measure when unpacked, and is refused for its size",
        zh: "`\(shown(part))` 部分解压后大得异常，因过大而拒绝读取")
    case .tooLarge: Text("the workbook holds more than can be read", zh: "工作簿内容过大，无法读取")
    case .noSheet(let name, _):
      Text("the workbook has no sheet `\(shown(name))`", zh: "工作簿没有工作表 `\(shown(name))` ")
    case .noSheets: Text("the workbook has no sheet with cells", zh: "工作簿没有含单元格的工作表")
    case .cancelled: Text("interrupted", zh: "已中断")
    }
  }

  private static func remedy(_ problem: WorkbookProblem, _ ending: String) -> Text? {
    switch problem {
    case .oldBinary:
      Text(
        "open it and save it as an Excel workbook (.xlsx); or install libfreexl, through which it is read "
          + "(`sudo apt-get install libfreexl1`)",
        zh: "请打开后另存为 Excel 工作簿（.xlsx）；或安装 libfreexl，即可直接读取（`sudo apt-get install libfreexl1`）")
    case .oldUnread, .newBinary, .openDocument, .oldXML:
      Text("open it and save it as an Excel workbook (.xlsx)", zh: "请打开后另存为 Excel 工作簿（.xlsx）")
    case .encrypted: Text("open it, remove the password and save it", zh: "请打开后取消密码再保存")
    case .page:
      Text(
        "open it in a spreadsheet program and save it as an Excel workbook (.xlsx)", zh: "请用表格软件打开，另存为 Excel 工作簿（.xlsx）"
      )
    case .plainText:
      Text(
        "call it `.csv` if commas separate its cells, or save it as an Excel workbook (.xlsx)",
        zh: "若以逗号分隔，请把扩展名改为 `.csv`；否则另存为 Excel 工作簿（.xlsx）")
    case .empty, .otherArchive, .unknownKind, .damaged:
      Text("fetch the file again, or open it and save it anew", zh: "请重新获取文件，或打开后另存")
    case .inflated, .tooLarge, .noSheets:
      Text("save the sheet that is wanted in a workbook of its own", zh: "请把所需的工作表另存为单独的工作簿")
    case .noSheet(_, let known):
      Text("its sheets: \(list(known, ", "))", zh: "现有工作表：\(list(known, "、"))")
    case .cancelled: nil
    }
  }

  // MARK: cells

  private static func wrong(_ kind: SheetRemark.Kind, _ cells: Text, _ count: Int) -> Text {
    switch kind {
    case .error:
      Text("\(some(count, "cell")) with an error such as #N/A: \(cells.en)", zh: "\(count) 格是 #N/A 之类的错误值：\(cells.zh)")
    case .formulaWithoutValue:
      Text("\(some(count, "formula")) without a saved result: \(cells.en)", zh: "\(count) 格公式没有保存结果：\(cells.zh)")
    case .cutNumber:
      Text(
        "\(some(count, "number")) of more than 15 digits, whose last ones are lost: \(cells.en)",
        zh: "\(count) 格数字超过 15 位，末尾几位已丢失：\(cells.zh)")
    case .merged:
      Text(
        "\(some(count, "merged figure")) that could be that of each row or of all together: \(cells.en)",
        zh: "\(count) 处合并单元格里的数字，可能指每一行，也可能是各行合计：\(cells.zh)")
    case .hiddenRow, .hiddenColumn, .struck, .comment: noted(kind, cells, count, false)
    }
  }

  private static func remedy(_ kind: SheetRemark.Kind, _ heading: String) -> Text? {
    switch kind {
    case .error: Text("mend the formulas, or clear the cells", zh: "请改正公式，或清空这些单元格")
    case .formulaWithoutValue: Text("open the workbook in a spreadsheet program and save it once", zh: "请用表格软件打开并保存一次")
    case .cutNumber:
      Text(
        "format the column as text and enter the numbers again; or do without it: "
          + "`columns \(quoted(heading)) = none`",
        zh: "请把该列设为文本格式后重新录入；或不用这一列：`各列 \(quoted(heading)) = 不读`")
    case .merged: Text("unmerge the cells and write a figure into each row", zh: "请取消合并，逐行填写数字")
    case .hiddenRow, .hiddenColumn, .struck, .comment: nil
    }
  }

  private static func noted(_ kind: SheetRemark.Kind, _ cells: Text, _ count: Int, _ isFiltered: Bool) -> Text {
    switch kind {
    case .merged:
      Text(
        "\(some(count, "group")) of merged cells; the value is taken for every row: \(cells.en)",
        zh: "\(count) 处合并单元格，其值用于每一行：\(cells.zh)")
    case .hiddenRow:
      isFiltered
        ? Text(
          "\(some(count, "row")) hidden by a filter, read all the same: \(cells.en)",
          zh: "筛选隐藏了 \(count) 行，照样读取：\(cells.zh)")
        : Text("\(some(count, "hidden row")), read all the same: \(cells.en)", zh: "有 \(count) 个隐藏行，照样读取：\(cells.zh)")
    case .hiddenColumn:
      Text("\(some(count, "hidden column")), read all the same: \(cells.en)", zh: "有 \(count) 个隐藏列，照样读取：\(cells.zh)")
    case .struck:
      Text(
        "\(some(count, "row")) with text struck through, read all the same: \(cells.en)",
        zh: "有删除线的 \(count) 行照样读取：\(cells.zh)")
    case .comment:
      Text(
        "\(some(count, "cell")) with a comment, which is not read: \(cells.en)", zh: "\(count) 格有批注，批注内容未读取：\(cells.zh)"
      )
    case .error, .formulaWithoutValue, .cutNumber: wrong(kind, cells, count)
    }
  }

  /// A heading as a command has it.
  private static func quoted(_ heading: String) -> String {
    let plain = shown(heading)
    return plain.allSatisfy { $0.isLetter || $0.isNumber } ? plain : "\"\(plain)\""
  }

  private static func some(_ count: Int, _ thing: String) -> String { "\(count) \(thing)\(count == 1 ? "" : "s")" }
}

private func cells(_ places: [CellRange], _ count: Int) -> Text {
  let names = places.map(\.name)
  let more = count > places.count
  return Text(
    names.joined(separator: ", ") + (more ? ", …" : ""), zh: names.joined(separator: "、") + (more ? "……" : ""))
}

/// The numbers of rows as a command has them.
private func numbers(_ places: [CellRange], _ count: Int) -> String {
  places.map { String($0.rows.lowerBound) }.joined(separator: ", ") + (count > places.count ? ", …" : "")
}

private func list(_ names: [String], _ comma: String) -> String {
  names.prefix(8).map { "`" + shown($0) + "`" }.joined(separator: comma) + (names.count > 8 ? comma + "…" : "")
}

private func shown(_ text: String) -> String { ValueProblem.shown(text) }
