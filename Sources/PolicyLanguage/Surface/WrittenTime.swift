// From when to when a document applies, as its lines say it, for lines that are offered: none is read for its sense.
import Diagnostics

/// The first and the last day of a document's time in the words of its rules.
struct WrittenTime {
  /// As `2026-01-01` and 2026年1月1日; what the language calls them where no line names days.
  private(set) var first = Text("window_start", zh: "期限首日")
  private(set) var last = Text("window_end", zh: "期限末日")

  /// - Parameter lines: those of the rules.
  init(_ lines: [Substring]) {
    for line in lines where line.utf8.count < 400 && Self.begins(line) {
      if let found = line.wholeMatch(
        of: #/\s*施行期限 *自([0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日)起?至([0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日)止?\s*/#)
      {
        (first, last) = (Text("window_start", zh: String(found.1)), Text("window_end", zh: String(found.2)))
        return
      }
      if let found = line.wholeMatch(
        of: #/\s*window +from +([0-9]{4}-[0-9]{2}-[0-9]{2}) +to +([0-9]{4}-[0-9]{2}-[0-9]{2})\s*/#)
      {
        (first, last) = (Text(String(found.1), zh: "期限首日"), Text(String(found.2), zh: "期限末日"))
        return
      }
    }
  }

  private static func begins(_ line: Substring) -> Bool {
    let text = line.drop { $0 == " " }
    return text.hasPrefix("施行期限") || text.hasPrefix("window")
  }
}
