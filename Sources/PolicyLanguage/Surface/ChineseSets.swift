// Sets in Chinese to syntax: by reference, by equal keys, inside an expression, and the figures that are taken of them.
// What they look like stands beside each in `SetFigureWriter`. Knows nothing of what they mean.
//
// source  = [ "在其之前" | "至其为止" ] [ "的" ] ( NAME "的前" operand "名" | [ NAME "的" ] [ match { "且" match } "的" ]
//           [ "全部" | "其他" ] LIST [ "（" "按" FIELD "）" ] ) .
// match   = [ "与" NAME ] KEY { "、" KEY } "相同" | sum "为" sum .
// inline  = "（" source { "，" "其中" expr "的" } [ "，" "逐条计算" ] "）" .
// figure  = inline ( "数" | "中" ( EXTREME operand | "平均的" operand | "不同的" operand "数" | operand "之和" ) ) .
// range   = NAME "自" sum "至" sum [ "，" ] "各期" operand ( "之和" | "的平均数" | "的最大数" | "的最小数" ) .
import Diagnostics

extension ChineseParser {
  // MARK: Sources

  /// The source of a set that has a name.
  mutating func setSource() throws(Lost) -> (SetSyntax.Source, isAll: Bool) {
    if case .name? = token?.sort, isWord("的前", after: 1) {
      let set = try name()
      index += 1
      return (.first(try howMany(), of: set), false)
    }
    let source = try keyedSource()
    if source.keys != nil { return (.keyed(source), source.isAll) }
    guard source.of != nil || source.by != nil else { return (.set(source.list), source.isAll) }
    return (.list(source.list, of: source.of, by: source.by), source.isAll)
  }

  /// `[该机构的][全部|其他]录用人员（按F）`, `在其之前本人相同的录用人员`, `学员为本人的培训记录`.
  private mutating func keyedSource() throws(Lost) -> InlineSetSyntax {
    let start = index
    let order: KeysSyntax.Order? = take("在其之前") ? .before : take("至其为止") ? .upTo : nil
    if order != nil { _ = take("的") }
    var of: Name?
    var matches: [MatchSyntax] = []
    var list: Name?
    if hasKeys {
      if case .name? = token?.sort, isWord("的", after: 1), isSameKeys(after: 2) {
        of = try name()
        index += 1
      }
      (matches, list) = try self.matches()
    } else if case .name? = token?.sort, isWord("的", after: 1) {
      of = try name()
      index += 1
    }
    let isAll = list == nil && take("全部"), isOther = list == nil && !isAll && take("其他")
    let found: Name
    if let list { found = list } else { found = try name(.list) }
    var by: Name?
    if isWord("（"), isWord("按", after: 1) {
      index += 2
      by = try name(.field)
      try expect("）")
    }
    let isKeyed = !matches.isEmpty || isOther || order != nil
    return InlineSetSyntax(
      list: found.text == SurfaceWords.constants["candidates"] ? Name("candidates", at: found.location) : found, of: of,
      by: by, isAll: isAll, keys: isKeyed ? KeysSyntax(isOther: isOther, matches: matches, order: order) : nil,
      conditions: [], at: location(since: start))
  }

  /// Whether the source that begins here says what has to be equal: up to its first comma or the bracket's end.
  private var hasKeys: Bool {
    var depth = 0
    for i in index..<tokens.count {
      guard case .word(let word) = tokens[i].sort else { continue }
      switch word {
      case "（": depth += 1
      case "）":
        depth -= 1
        if depth < 0 { return false }
      case "，": if depth == 0 { return false }
      case "相同", "相同的", "为", "等于", "=": if depth == 0 { return true }
      default: break
      }
    }
    return false
  }

  /// Whether names that have to be the same stand there: `本人、就业单位相同`.
  private func isSameKeys(after steps: Int) -> Bool {
    var i = index + steps
    if i < tokens.count, tokens[i].sort == .word("与") { i += 2 }
    while i + 1 < tokens.count, case .name = tokens[i].sort {
      if tokens[i + 1].sort == .word("相同") || tokens[i + 1].sort == .word("相同的") { return true }
      guard tokens[i + 1].sort == .word("、") else { return false }
      i += 2
    }
    return false
  }

  /// What has to be equal, with 的 behind it. In `学员为本人的培训记录` the list is read as a fact of the last figure, and
  /// taken off it.
  private mutating func matches() throws(Lost) -> ([MatchSyntax], list: Name?) {
    var found: [MatchSyntax] = []
    while true {
      if isSameKeys(after: 0) {
        let record = take("与") ? try name() : nil
        var keys = [try name(.field)]
        while take("、") { keys.append(try name(.field)) }
        found.append(.same(keys.map(Self.key), as: record))
        if take("相同的") { return (found, nil) }
        try expect("相同")
      } else {
        let member = try sum()
        guard take("为") || take("等于") || take("=") else { throw fail(.word("为")) }
        let asker = try sum()
        if !isWord("的"), !isWord("且"), case .member(let owner, let list) = asker.node {
          found.append(.equal(member, owner))
          return (found, list)
        }
        found.append(.equal(member, asker))
      }
      if take("且") { continue }
      try expect("的")
      return (found, nil)
    }
  }

  private static func key(_ name: Name) -> Name {
    name.text == SurfaceWords.person ? Name("person", at: name.location) : name
  }

  // MARK: Inside expressions

  /// Whether the bracket that opens here holds a set: what is asked of it stands behind.
  var opensSet: Bool {
    guard isWord("（") else { return false }
    var depth = 0
    for i in index..<tokens.count {
      guard case .word(let word) = tokens[i].sort else { continue }
      if word == "（" { depth += 1 }
      if word == "）" { depth -= 1 }
      guard depth == 0 else { continue }
      guard i + 1 < tokens.count else { return false }
      if tokens[i + 1].sort == .word("数") || tokens[i + 1].sort == .name("数") { return true }
      guard tokens[i + 1].sort == .word("中") else { return false }
      if i + 2 < tokens.count, case .word(let word) = tokens[i + 2].sort { return ChineseWords.picks[word] == nil }
      return true
    }
    return false
  }

  /// A set in brackets and what is asked of it.
  mutating func inlineFigure() throws(Lost) -> Expression {
    let start = index
    try expect("（")
    let source = try keyedSource()
    var conditions: [Expression] = []
    var isEvery = false
    while take("，") {
      if take("逐条计算") {
        isEvery = true
      } else {
        try expect("其中")
        conditions.append(try expression())
        try expect("的")
      }
    }
    try expect("）")
    let keys =
      source.isAll && source.of == nil && source.by == nil && source.keys == nil
      ? KeysSyntax(isOther: false, matches: [], order: nil) : source.keys
    let set = InlineSetSyntax(
      list: source.list, of: source.of, by: source.by, isAll: source.isAll, keys: keys, conditions: conditions,
      isEvery: isEvery, at: location(since: start))
    if take("数") { return made(.setFigure(SetFigureSyntax(.count, nil, over: .inline(set))), since: start) }
    try expect("中")
    return try figure(of: .inline(set), since: start)
  }

  /// What is asked of a set, behind 中.
  mutating func figure(of set: SetFigureSyntax.Source, since start: Int) throws(Lost) -> Expression {
    if let pick = extreme() {
      let value = try operand()
      switch set {
      case .named(let name): return made(.extreme(pick, value, over: name), since: start)
      case .inline(let set): return made(.extremeOf(pick, value, over: set), since: start)
      }
    }
    if take("平均的") {
      let value = try operand()
      return made(.setFigure(SetFigureSyntax(.average, value, over: set)), since: start)
    }
    if take("不同的") {
      let value = try different()
      return made(.setFigure(SetFigureSyntax(.different, value, over: set)), since: start)
    }
    let value = try operand()
    try expect("之和")
    switch set {
    case .named(let name): return made(.sum(value, over: name), since: start)
    case .inline: return made(.setFigure(SetFigureSyntax(.sum, value, over: set)), since: start)
    }
  }

  /// What there may be different ones of, with 数 behind it: a bare name has been read with it as how many there are.
  private mutating func different() throws(Lost) -> Expression {
    if let value = bracketed() { return value }
    let value = try operand()
    if take("数") { return value }
    guard case .count(let name) = value.node else { throw fail(.word("数")) }
    return Expression(.name(name.text), at: name.location)
  }

  /// `（工资÷3）数`, which otherwise would be a set in brackets; nil, with nothing taken, where it is one.
  private mutating func bracketed() -> Expression? {
    guard isWord("（") else { return nil }
    let (before, told) = (index, diagnostics.count)
    index += 1
    if let value = try? expression(), take("）"), take("数") { return value }
    index = before
    diagnostics.removeSubrange(told...)
    return nil
  }

  // MARK: Ranges

  /// Behind `m自1至12，各期`: what is asked for each, and what is made of all.
  mutating func range(_ variable: Name, from: Expression, to: Expression, since start: Int) throws(Lost) -> Expression {
    let term = try operand()
    let kinds: [(String, RangeFigureSyntax.Kind)] = [
      ("之和", .sum), ("的平均数", .average), ("的最大数", .largest), ("的最小数", .smallest),
    ]
    guard let (_, kind) = kinds.first(where: { isWord($0.0) }) else { throw fail(.word("之和")) }
    index += 1
    return made(.rangeFigure(RangeFigureSyntax(kind, term, for: variable, from: from, to: to)), since: start)
  }
}
