// Rules in Chinese to tokens: runs of characters are cut by the longest name or word that fits. Knows nothing of the
// grammar.
import Diagnostics

/// A piece of a rule in Chinese.
struct ChineseToken {
  enum Sort: Equatable {
    /// A word of the language, or a sign.
    case word(String)
    /// A name: of something that is declared, or letters and digits.
    case name(String)
    case number(digits: String, unit: String?)
    case date(String)
    /// `12月31日`
    case monthDay(month: Int, day: Int)
    case text(String)
    /// What stands in 〔〕: an id or a code.
    case id(String)
    /// A place with its code, or a province.
    case place(String)
    /// Characters that are no name and no word.
    case unknown(String)
  }

  let sort: Sort
  let line: Int
  /// From 1.
  let column: Int
  let endColumn: Int
}

/// A line of rules: how deep it stands, and what it holds.
struct ChineseLine {
  let indent: Int
  let tokens: [ChineseToken]
  let number: Int
  /// The characters, for what is kept as it is written.
  let characters: [Character]
}

struct ChineseLexer {
  let names: ChineseNames
  let source: SourceFile
  private(set) var diagnostics: [Diagnostic] = []

  init(names: ChineseNames, source: SourceFile) {
    self.names = names
    self.source = source
  }

  /// The lines that hold anything, comments left out.
  mutating func lines(_ text: String, firstLine: Int) -> [ChineseLine] {
    var out: [ChineseLine] = []
    for (i, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let characters = Array(raw).filter { $0 != "\r" }
      let indent = characters.prefix { $0 == " " || $0 == "\t" || $0 == "　" }.count
      let tokens = tokens(characters, line: firstLine + i)
      if !tokens.isEmpty {
        out.append(ChineseLine(indent: indent, tokens: tokens, number: firstLine + i, characters: characters))
      }
    }
    return out
  }

  private mutating func tokens(_ line: [Character], line number: Int) -> [ChineseToken] {
    var out: [ChineseToken] = []
    var i = 0
    while i < line.count {
      let character = Self.plain(line[i])
      if character == " " || character == "\t" || character == "　" || character == "\u{FEFF}" {
        i += 1
        continue
      }
      if character == "#" { break }
      let start = i
      let sort: ChineseToken.Sort
      switch character {
      case "“", "\"": sort = .text(text(line, &i, number))
      case "〔": sort = .id(bracketed(line, &i))
      case "0"..."9": sort = figure(line, &i)
      case _ where Self.isLatin(character): sort = .name(latin(line, &i))
      case _ where Self.isSign(character):
        i += 1
        sort = .word(String(character))
      default: sort = chinese(line, &i, after: out.last?.sort)
      }
      out.append(ChineseToken(sort: sort, line: number, column: start + 1, endColumn: i + 1))
    }
    return out
  }

  // MARK: Sorts

  /// Full-width digits, letters and signs as the plain ones; brackets, commas and colons as the Chinese ones.
  static func plain(_ character: Character) -> Character {
    guard let value = character.unicodeScalars.first?.value, character.unicodeScalars.count == 1 else {
      return character
    }
    switch character {
    case "(": return "（"
    case ")": return "）"
    case ",": return "，"
    case ":": return "："
    case ";": return "；"
    case "＂": return "\""
    case "＝": return "="
    case "＋": return "+"
    case "－", "−": return "-"
    case "＃": return "#"
    case "％": return "%"
    case "*", "＊": return "×"
    case "/", "／": return "÷"
    default: break
    }
    if (0xFF10...0xFF19).contains(value) || (0xFF21...0xFF3A).contains(value) || (0xFF41...0xFF5A).contains(value),
      let plain = Unicode.Scalar(value - 0xFEE0)
    {
      return Character(plain)
    }
    return character
  }

  private static func isSign(_ character: Character) -> Bool { "（），、：；。=+-×÷%".contains(character) }

  static func isLatin(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character == "_")
  }

  /// Letters, digits and dots within a name: `reward.middle`.
  func latin(_ line: [Character], _ i: inout Int) -> String {
    var out = ""
    while i < line.count {
      let character = Self.plain(line[i])
      let isInner = character == "." && i + 1 < line.count && Self.isWord(Self.plain(line[i + 1]))
      guard Self.isWord(character) || isInner else { break }
      out.append(character)
      i += 1
    }
    return out
  }

  private static func isWord(_ character: Character) -> Bool {
    isLatin(character) || (character.isASCII && character.isNumber)
  }

  private func bracketed(_ line: [Character], _ i: inout Int) -> String {
    i += 1
    var out = ""
    while i < line.count, line[i] != "〕" {
      out.append(Self.plain(line[i]))
      i += 1
    }
    i = min(i + 1, line.count)
    return out
  }

  private mutating func text(_ line: [Character], _ i: inout Int, _ number: Int) -> String {
    let start = i
    let isCurly = line[i] == "“"
    i += 1
    var out = ""
    var depth = 0
    while i < line.count {
      let character = line[i]
      if character == "\\", i + 1 < line.count, line[i + 1] == "\"" || line[i + 1] == "\\" {
        out.append(line[i + 1])
        i += 2
        continue
      }
      if isCurly, character == "“" { depth += 1 }
      if isCurly ? character == "”" : Self.plain(character) == "\"" {
        if depth == 0 {
          i += 1
          return out
        }
        depth -= 1
      }
      out.append(character)
      i += 1
    }
    let place = SourceRange(
      source: source, start: Position(line: number, column: start + 1), end: Position(line: number, column: i + 1))
    diagnostics.append(SyntaxMistake.openString(curly: isCurly).diagnostic(at: place))
    return out
  }

  private func chinese(_ line: [Character], _ i: inout Int, after before: ChineseToken.Sort?) -> ChineseToken.Sort {
    let found = names.match(line, i)
    if found == nil, let word = standing(line, i, after: before) {
      i += 1
      return .word(word)
    }
    if let found, found.isName, let code = SurfaceWords.provinceCodes[found.text],
      !isBracket(line, i + found.text.count)
    {
      i += found.text.count
      // 贵州省 is as good as 贵州.
      if i < line.count, line[i] == "省", i + 1 == line.count || !"份级内市".contains(line[i + 1]) { i += 1 }
      return .place(code)
    }
    if let place = place(line, i), found.map({ $0.text.count < place.length && !leads($0, line, i) }) ?? true {
      i += place.length + place.bracket
      return .place(place.code)
    }
    if let found {
      i += found.text.count
      return found.isName ? .name(found.text) : .word(found.text)
    }
    var out = ""
    repeat {
      out.append(line[i])
      i += 1
    } while i < line.count && Self.isChinese(line[i]) && names.match(line, i) == nil
    return .unknown(out)
  }

  /// Words of one character that are words only where they stand: 向 before whom something is taken back from, 内 behind
  /// a stretch of time. Elsewhere names begin with them.
  private func standing(_ line: [Character], _ i: Int, after before: ChineseToken.Sort?) -> String? {
    switch line[i] {
    case "向": return before == nil || before == .word("追回") ? "向" : nil
    case "内":
      guard i + 1 < line.count else { return "内" }
      return "，,。；; #只".contains(line[i + 1]) ? "内" : nil
    default: return nil
    }
  }

  private func isBracket(_ line: [Character], _ i: Int) -> Bool { i < line.count && line[i] == "〔" }

  /// Whether what was found is a part of the sentence and not the beginning of a place's name: a word of the language,
  /// or a name with one behind it, as in 户籍地属于原州区〔640402〕.
  private func leads(_ found: (text: String, isName: Bool), _ line: [Character], _ i: Int) -> Bool {
    guard found.isName, let next = names.match(line, i + found.text.count) else { return !found.isName }
    return !next.isName
  }

  /// `原州区〔640402〕`
  private func place(_ line: [Character], _ start: Int) -> (length: Int, bracket: Int, code: String)? {
    var i = start
    while i < line.count, Self.isChinese(line[i]), i - start < 20 { i += 1 }
    guard i > start, isBracket(line, i) else { return nil }
    let code = line[(i + 1)...].prefix { $0 != "〕" }
    guard code.first?.isNumber == true, i + 1 + code.count < line.count else { return nil }
    return (i - start, code.count + 2, String(code))
  }

  static func isChinese(_ character: Character) -> Bool {
    character.unicodeScalars.first.map { (0x3400...0x9FFF).contains($0.value) } ?? false
  }

  // MARK: Figures

  private func figure(_ line: [Character], _ i: inout Int) -> ChineseToken.Sort {
    func digits() -> String {
      var out = ""
      while i < line.count, Self.plain(line[i]).isASCII, Self.plain(line[i]).isNumber {
        out.append(Self.plain(line[i]))
        i += 1
      }
      return out
    }
    func at(_ offset: Int) -> Character? { i + offset < line.count ? Self.plain(line[i + offset]) : nil }
    func isDigit(_ character: Character?) -> Bool { character.map { $0.isASCII && $0.isNumber } ?? false }
    // A full-width dash is a minus.
    func isDash(_ offset: Int) -> Bool { i + offset < line.count && line[i + offset] == "-" }
    func two(_ text: String) -> String { text.count == 1 ? "0" + text : text }
    let first = digits()
    if at(0) == "年", isDigit(at(1)), first.count == 4 {
      let back = i
      i += 1
      let month = digits()
      if at(0) == "月", isDigit(at(1)) {
        i += 1
        let day = digits()
        if at(0) == "日" {
          i += 1
          return .date("\(first)-\(two(month))-\(two(day))")
        }
      }
      i = back
    }
    if at(0) == "月", isDigit(at(1)), let month = Int(first), (1...12).contains(month) {
      let back = i
      i += 1
      let day = digits()
      if at(0) == "日", let day = Int(day) {
        i += 1
        return .monthDay(month: month, day: day)
      }
      i = back
    }
    // 2022.12.31 as registers have it: no number has two points.
    let isDotted = at(0) == "."
    if isDash(0) || isDotted, isDigit(at(1)), first.count == 4 {
      let back = i
      i += 1
      let month = digits()
      if isDotted ? at(0) == "." && month.count <= 2 : isDash(0), isDigit(at(1)) {
        i += 1
        return .date("\(first)-\(two(month))-\(two(digits()))")
      }
      i = back
    }
    if isDash(0), first.count == 6, let next = at(1), Self.isLatin(next) {
      i += 1
      return .place(first + "-" + latin(line, &i))
    }
    return .number(digits: number(first, line, &i), unit: unit(line, &i))
  }

  /// What goes on behind 万 or 亿 in smaller ones, 2千 of 1万2千: each a digit or some with 万, 千 or 百 behind them.
  private func smaller(than most: Int64, _ line: [Character], _ i: inout Int) -> Int64 {
    let marks: [Character: Int64] = ["万": 10_000, "千": 1_000, "百": 100]
    var sum: Int64 = 0, most = most
    while true {
      let digits = line[i...].prefix { Self.plain($0).isASCII && Self.plain($0).isNumber }
      let behind = i + digits.count
      guard (1...4).contains(digits.count), behind < line.count, let mark = marks[line[behind]], mark < most,
        let number = Int64(String(digits.map(Self.plain))), number * mark < most
      else { return sum }
      sum += number * mark
      most = mark
      i = behind + 1
    }
  }

  /// The rest of a number: groups of three, a fraction, 万 and 亿 multiplied out.
  private func number(_ first: String, _ line: [Character], _ i: inout Int) -> String {
    func at(_ offset: Int) -> Character? { i + offset < line.count ? Self.plain(line[i + offset]) : nil }
    func isDigit(_ character: Character?) -> Bool { character.map { $0.isASCII && $0.isNumber } ?? false }
    var whole = first
    var fraction = ""
    while line.indices.contains(i), line[i] == ",", (1...3).allSatisfy({ isDigit(at($0)) }), !isDigit(at(4)) {
      whole += (1...3).compactMap { at($0).map(String.init) }.joined()
      i += 4
    }
    if at(0) == ".", isDigit(at(1)) {
      i += 1
      while isDigit(at(0)) {
        at(0).map { fraction.append($0) }
        i += 1
      }
    }
    var least: Int64?
    while let mark = at(0), mark == "万" || mark == "亿" {
      for _ in 0..<(mark == "万" ? 4 : 8) { whole.append(fraction.isEmpty ? "0" : fraction.removeFirst()) }
      i += 1
      least = mark == "万" ? 10_000 : 100_000_000
    }
    // 3千, 5百 by themselves, before a unit or nothing.
    if least == nil, let mark = at(0), mark == "千" || mark == "百",
      at(1).map({ "元人家户笔名个次 ，、；。）)=＝<>".contains($0) }) ?? true
    {
      for _ in 0..<(mark == "千" ? 3 : 2) { whole.append(fraction.isEmpty ? "0" : fraction.removeFirst()) }
      i += 1
    }
    if let least, fraction.isEmpty, let all = Int64(whole) { whole = String(all + smaller(than: least, line, &i)) }
    if whole.count > 1 { whole = String(whole.drop { $0 == "0" }) }
    if whole.isEmpty { whole = "0" }
    return fraction.isEmpty ? whole : whole + "." + fraction
  }
}
