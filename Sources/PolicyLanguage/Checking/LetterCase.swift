// Names that differ in capitals and small letters alone. Rules tell them apart, but the columns and tables of `sql`, of
// databases and of Parquet files do not, so that one of the two would be shown for the other.
import Diagnostics

enum LetterCase {
  /// Tells of a name of which only the capitals differ from another's.
  /// - Parameters:
  ///   - others: the names that are there already; the name itself may be among them.
  ///   - what: what bears the name.
  static func tell(_ name: Name, among others: [String], _ what: Text, _ problems: inout [Diagnostic]) {
    let folded = name.text.lowercased()
    guard let other = others.first(where: { $0 != name.text && $0.lowercased() == folded }) else { return }
    problems.append(
      .error(
        "differs-in-case",
        Text(
          "\(what.en) `\(name.text)` differs from `\(other)` in capitals only.",
          zh: "\(what.zh) `\(name.text)` 与 `\(other)` 只有大小写不同。"),
        hint: Text(
          "Give one of them another name: queries and files do not tell them apart.",
          zh: "请给其中一个换个名称：查询和数据文件不区分大小写。"), at: name.location))
  }
}
