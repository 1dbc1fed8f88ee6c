// Why a file is not read although it is there: it changes meanwhile, or is something else than its name says. Knows
// nothing of how that is found.
import Diagnostics

/// What is wrong with a file as such, in words.
package struct FileRefusal: Sendable {
  let code: String
  let message: Text
  let hint: Text

  /// A refusal in its words, with what to do instead.
  package init(code: String, message: Text, hint: Text) {
    (self.code, self.message, self.hint) = (code, message, hint)
  }

  /// Another program has changed the file while it was read.
  static func changed(_ path: String) -> FileRefusal {
    let name = ValueProblem.shown(path)
    return FileRefusal(
      code: "changed-while-read",
      message: Text("`\(name)` was changed while it was read", zh: "`\(name)` 在读取过程中被改动"),
      hint: Text("load it again when it is finished", zh: "请在改完之后重新读取"))
  }

  /// Something else under the name of a CSV file.
  /// - Parameter isPicture: whether it shows a table instead of holding one, so that nothing saves it as CSV.
  static func notCSV(_ what: Text, isPicture: Bool) -> FileRefusal {
    FileRefusal(
      code: "not-csv", message: Text("the file is \(what.en), not CSV", zh: "文件是\(what.zh)，不是 CSV"),
      hint: isPicture
        ? Text(
          "copy the table in it into a spreadsheet and save that as .xlsx or CSV UTF-8",
          zh: "请把其中的表格录入电子表格，另存为 .xlsx 或“CSV UTF-8”")
        : Text("open it and save it as CSV UTF-8", zh: "请打开后另存为“CSV UTF-8”"))
  }
}
