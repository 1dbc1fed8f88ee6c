// How the words of `import` are cut, and `audit`'s that are the same: pairs, lists, ways of writing days. Knows nothing
// of what they say.

import Commands
import Diagnostics

extension ImportCommand {
  /// The present word; one that Chinese joins to what follows it is cut in two: 在泉州台商投资区, 核算日2023-12-31.
  static func opened(_ parser: inout StatementParser) -> String {
    let token = parser.token
    guard token.kind == .word, !token.raw.hasPrefix("\"") else { return token.word }
    // 核算日期 is a word of its own.
    guard !dayWords.contains(token.word),
      let word = joining.first(where: { token.text.hasPrefix($0) && token.text.count > $0.count })
    else { return token.word }
    parser.split(at: word.utf8.count)
    return parser.token.word
  }

  private static let joining = ["核算日期", "核算日", "截至", "作为", "仿照", "并入", "在"]

  /// What stands behind a word, with commas between.
  static func words(_ parser: inout StatementParser, _ wanted: Text) throws(Misread) -> [Written] {
    var out: [Written] = []
    repeat {
      parser.index += 1
      out.append(try parser.one(wanted))
    } while !parser.isAtEnd && parser.token.kind == .comma
    return out
  }

  /// The pairs behind a word.
  static func pairs(_ parser: inout StatementParser) throws(Misread) -> [Assignment] {
    var out: [Assignment] = []
    repeat {
      parser.index += 1
      out.append(try column(&parser))
    } while !parser.isAtEnd && parser.token.kind == .comma
    return out
  }

  /// `dates "day first"`, `日期写法 出生年月 = 两位年份按19, 日在前`
  static func orders(_ parser: inout StatementParser) throws(Misread) -> [(fact: Written?, order: Written)] {
    var dates: [(fact: Written?, order: Written)] = []
    let wanted = Text("a way of writing days, such as \"day first\"", zh: "日期写法，如 日在前")
    repeat {
      parser.index += 1
      let first = try parser.one(wanted)
      if !parser.isAtEnd, parser.token.kind == .equals {
        parser.index += 1
        dates.append((first, try parser.one(wanted)))
      } else {
        dates.append((nil, first))
      }
    } while !parser.isAtEnd && parser.token.kind == .comma
    return dates
  }

  /// `合同起始日期 = start`
  static func column(_ parser: inout StatementParser) throws(Misread) -> Assignment {
    let heading = try parser.one(Text("a heading of the register", zh: "台账的表头"))
    guard !parser.isAtEnd, parser.token.kind == .equals else { throw parser.fail(.noEquals(heading.text)) }
    parser.index += 1
    return Assignment(name: heading, value: try parser.one(Text("a fact, or none", zh: "事实，或“不读”")))
  }
}
