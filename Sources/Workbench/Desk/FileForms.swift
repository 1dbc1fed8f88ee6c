// Which files an answer may go into: the ending says the form, and an ending that says nothing is refused before
// anything is reckoned. Knows nothing of how a form is made.

import Answers
import Commands
import Diagnostics
import Glibc
import Sessions

enum FileForms {
  /// Looks at the file that a command names, before the command is carried out.
  static func check(_ command: Command, in session: Desk) throws(Refusal) {
    guard let file = command.into else { return }
    // What keeps from the file in any form is told first, by the door.
    if let barrier = session.door.barrier(writing: session.path(file.raw)), barrier != .present { return }
    let ending = Files.ending(file.raw)
    if let refusal = nameless(file) { throw Refusal([refusal]) }
    if let own = type(of: command.performable).ownEndings {
      if own.isEmpty || own.contains(ending) { return }
      throw Refusal([refusal(file, ending, of: own)])
    }
    // A pipe or a device has no ending.
    if isSpecial(session.path(file.raw)) { return }
    let meant = OutputFormat.written(to: ending)
    if let format = command.format {
      // A plain text may hold any text.
      let isPlain = meant == .table && !format.isForFiles
      if let meant, meant != format, !isPlain { throw Refusal([mismatch(file, format, meant)]) }
    } else if meant == nil {
      throw Refusal([refusal(file, ending, of: OutputFormat.usualEndings)])
    }
    if let format = command.format ?? meant, format.needsBrowser, !session.door.onlyLooks {
      do { _ = try Browser.find() } catch { throw Refusal([noBrowser(error, format, at: file.location)]) }
    }
  }

  /// The refusal of a name that is nothing but an ending, which would be a hidden file; nil for any other.
  static func nameless(_ file: Written) -> Diagnostic? {
    let name = Files.name(file.raw)
    let ending = name.dropFirst()
    guard name.first == ".", !ending.isEmpty, !ending.contains(".") else { return nil }
    let example = "\(Files.folder(file.raw))report\(name)"
    return .error(
      "nameless-file",
      Text(
        "`\(shown(file.raw))` is an ending without a name, a file that nobody sees",
        zh: "`\(shown(file.raw))` 只有扩展名，没有文件名，会成为看不见的文件"),
      hint: Text("write a name before it, such as `\(shown(example))`", zh: "请写上文件名，如 `\(shown(example))`"),
      at: file.location)
  }

  /// A form that is no text cannot be shown.
  static func onlyFiles(_ format: OutputFormat, at location: SourceRange) -> Diagnostic {
    .error(
      "format-for-files", Text("\(format.rawValue) is a form for files", zh: "\(format.rawValue) 只能存入文件"),
      hint: Text("write `into FILE.\(format.endings[0])`", zh: "请写“存入 文件.\(format.endings[0])”"), at: location)
  }

  /// An answer without rows would be an empty table of values. What a command has changed stands, whatever is shown of
  /// it: only what asks something is refused.
  static func noRecords(in answer: Answer, _ command: Command) -> Diagnostic? {
    let format = command.format ?? command.into.flatMap { OutputFormat.written(to: Files.ending($0.raw)) }
    guard format == .csv, !answer.failed, !answer.document.isEmpty, !answer.hasRecords,
      command.into != nil || command.performable is LastCommand || type(of: command.performable).isShownAgain
    else { return nil }
    if answer.isPaper {
      return .error(
        "no-rows",
        Text("a paper is more than one list: as CSV most of it would be left out", zh: "材料不止一张表，写成 CSV 会漏掉大部分内容"),
        hint: Text(
          "write `into FILE.docx`, `.xlsx`, `.html`, `.md` or `.json`; `report lines`, `basis` and `indicators` are "
            + "single lists",
          zh: "请“存入 文件.docx”，或 .xlsx、.html、.md、.json；“报告 计算过程”“依据”“指标”是单独的清单"),
        at: command.into?.location ?? command.location)
    }
    return .error(
      "no-rows", Text("this answer is no list: as CSV nothing would stand in it", zh: "这条回答不是清单，写成 CSV 没有内容"),
      hint: Text(
        "write `into FILE.md`, `.docx`, `.html` or `.json`, which hold every answer",
        zh: "请“存入 文件.md”，或 .docx、.html、.json，可容纳任何回答"), at: command.into?.location ?? command.location)
  }

  private static func isSpecial(_ path: String) -> Bool {
    var status = stat()
    return stat(Files.expanded(path), &status) == 0 && status.st_mode & S_IFMT != S_IFREG
      && status.st_mode & S_IFMT != S_IFDIR
  }

  private static func refusal(_ file: Written, _ ending: String, of endings: [String]) -> Diagnostic {
    let (list, chinese) = (
      endings.map { "." + $0 }.joined(separator: ", "), endings.map { "." + $0 }.joined(separator: "、")
    )
    let name = shown(file.raw)
    return .error(
      "file-ending",
      ending.isEmpty
        ? Text("`\(name)` has no ending that says what to write", zh: "`\(name)` 没有扩展名，不知写成什么格式")
        : Text("nothing is written into files that end in `.\(shown(ending))`", zh: "不能写成 `.\(shown(ending))` 文件"),
      hint: Text("a file may end in \(list)", zh: "文件可以是 \(chinese)"), at: file.location)
  }

  private static func mismatch(_ file: Written, _ format: OutputFormat, _ meant: OutputFormat) -> Diagnostic {
    .error(
      "file-ending",
      Text(
        "a file that ends in `.\(Files.ending(file.raw))` holds \(meant.rawValue), not \(format.rawValue)",
        zh: "`.\(Files.ending(file.raw))` 文件的格式是 \(meant.rawValue)，不是 \(format.rawValue)"),
      hint: Text(
        "leave out `as \(format.rawValue)`, or let the file end in .\(format.endings[0])",
        zh: "去掉“以 \(format.chinese[0])”，或把文件改为 .\(format.endings[0])"), at: file.location)
  }

  static func nothingToDraw(at location: SourceRange) -> Diagnostic {
    .error(
      "nothing-to-draw", Text("this answer has no chart", zh: "这条回答没有图"),
      hint: Text(
        "a page holds every answer: `into FILE.html`, `into FILE.pdf`", zh: "网页可容纳任何回答：“存入 文件.html”“存入 文件.pdf”"),
      at: location)
  }

  // MARK: The browser

  /// Lets the browser of this machine make something of a page.
  static func make(_ order: FileWork.Order, _ isCancelled: @escaping @Sendable () -> Bool) throws -> [UInt8] {
    let product: Browser.Product =
      switch order.product {
      case .sheets: .sheets
      case .picture(let width, let height): .picture(width: width, height: height)
      }
    return try Browser.find().make(product, of: order.page, isCancelled: isCancelled)
  }

  static func noBrowser(_ failure: Browser.Failure, _ format: OutputFormat, at location: SourceRange?) -> Diagnostic {
    let other = Text(
      "or write `into FILE.html` and print it from any browser", zh: "或“存入 文件.html”，再用任意浏览器打印")
    switch failure {
    case .missing, .interrupted:
      return .error(
        "no-browser",
        Text(
          "\(format.rawValue) is made by Chromium, which is not installed here",
          zh: "\(format.rawValue) 由 Chromium 生成，本机没有安装"),
        hint: Text(
          "install it (`apt install chromium`), name another of its kind in \(Browser.variable), \(other.en)",
          zh: "请安装（`apt install chromium`），或用环境变量 \(Browser.variable) 指明同类浏览器，\(other.zh)"), at: location)
    case .silent(let said):
      let what = shown(said)
      return .error(
        "browser-failed",
        Text("the browser gave no \(format.rawValue)", zh: "浏览器没有给出 \(format.rawValue)"),
        hint: Text(what.isEmpty ? other.en : "it said: \(what)", zh: what.isEmpty ? other.zh : "它说：\(what)"),
        at: location)
    }
  }
}
