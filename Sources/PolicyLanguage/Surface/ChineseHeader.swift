// The head of a document in Chinese to syntax. What it looks like stands in `ClausePieces`. Knows nothing of measures.
import Diagnostics
import Reckoning

extension ChineseParser {
  private static let remarkKeys = ["资金来源": "funded", "解释机关": "interpreted", "就高规定": "higher", "期限说明": "period"]

  mutating func header(_ declaration: ChineseDeclaration) {
    var name: Name?
    clause(declaration.head) { p throws(Lost) in name = try p.longName() }
    var title: Wording?
    var number: String?
    var jurisdiction: Name?
    var issued: Name?
    var isOutside = false
    var window: WindowSyntax?
    var currency: Currency?
    var defaults: [DefaultSyntax] = []
    var funds: FundSyntax?
    var remarks: [(key: Name, text: Wording)] = []
    var lines: [String: Int] = [:]
    let keys = [
      "名称": "title", "文号": "number", "施行地区": "jurisdiction", "印发日期": "issued", "施行期限": "window", "不设期限": "window",
      "货币": "currency",
    ]
    for clause in declaration.clauses {
      if let key = clause.word.flatMap({ keys[$0] }) { lines[key] = clause.lines.lowerBound }
      self.clause(clause) { p throws(Lost) in
        // A text behind it is a remark, as every document had it; else come the sources with their shares.
        let saysShares = clause.word == "资金来源" && p.token.map { !$0.isText } ?? true
        switch saysShares ? "份额" : clause.word {
        case "名称": title = try p.wording()
        case "文号": number = try p.string()
        case "施行地区":
          isOutside = p.take("境外")
          if isOutside, p.token?.isText != true { throw p.fail(.text) }
          jurisdiction = try p.area()
        case "印发日期": issued = try p.day()
        case "施行期限", "不设期限": window = try p.window(isNone: clause.word == "不设期限")
        case "货币": currency = try p.currency()
        case "份额": funds = try p.funds()
        case "缺省": defaults.append(try p.ownDefault())
        default:
          p.index = 0
          let start = p.index
          let key = p.token.map(\.written) ?? ""
          p.index = 1
          remarks.append((Name(Self.remarkKeys[key] ?? key, at: p.location(since: start)), try p.wording()))
        }
      }
    }
    guard let name else { return }
    document.header = HeaderSyntax(
      name: name, title: title, number: number, jurisdiction: jurisdiction, isOutside: isOutside, issued: issued,
      window: window, currency: currency, defaults: defaults, funds: funds, remarks: remarks, clauseLines: lines)
  }

  /// `货币 美元`, `货币 比索〔peso〕，以整数支付`; the first word is taken.
  private mutating func currency() throws(Lost) -> Currency {
    let start = index
    while !isAtEnd, !isWord("，"), !isID { index += 1 }
    guard index > start else { throw fail(.unit) }
    let chinese = written(tokens[start], tokens[index - 1])
    var word = names.currencies[chinese] ?? chinese
    if case .id(let id)? = token?.sort {
      index += 1
      word = id
    }
    if YuanNames.include(word) {
      diagnostics.append(SyntaxMistake.yuanNamed(chinese).diagnostic(at: location(since: start)))
      throw Lost()
    }
    let isWhole = takeAfterComma("以整数支付")
    return Currency(word, chinese: chinese, decimals: isWhole ? 0 : 2)
  }

  private var isID: Bool { if case .id? = token?.sort { true } else { false } }

  /// `缺省 起算方法为参保月份 “…”`, of a document or a measure; the first word is taken.
  mutating func ownDefault() throws(Lost) -> DefaultSyntax {
    let reading = try name()
    try expect("为")
    let choice = try name(.choice)
    let reason = try optionalWording()
    return DefaultSyntax(reading: reading, choice: choice, reason: reason, location: location(since: 0))
  }
}
