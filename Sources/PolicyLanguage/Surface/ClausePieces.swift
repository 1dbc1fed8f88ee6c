// The clauses of some rules in one surface, found by the lines on which they stand. Knows nothing of how they are laid
// out.
import Diagnostics
import Facts

/// Clauses as words, by their lines.
struct ClausePieces {
  /// A clause, and the lines that stand below it: the choices of a reading.
  struct Piece {
    let line: Int
    let words: [String]
    var below: [[String]] = []
    var isDeclaration = false
  }

  private var pieces: [Piece] = []
  private let writer: RuleWriter
  private let dictionary: FactDictionary
  private let measures: [String: Name]
  private let settings: SettingNames
  /// Whether what means the same is written the same, so that two documents can be compared.
  private let isCanonical: Bool

  /// - Parameters:
  ///   - whole: the document whose measures examples speak of.
  ///   - isCanonical: whether values of examples that mean the same are written the same.
  init(
    _ syntax: DocumentSyntax, of whole: DocumentSyntax, writer: RuleWriter, dictionary: FactDictionary,
    isCanonical: Bool = false
  ) {
    self.writer = writer
    self.isCanonical = isCanonical
    self.dictionary = dictionary
    settings = SettingNames(whole)
    measures = Dictionary(
      whole.measures.flatMap { m in [(m.name.text, m.name)] + (m.name.zh.map { [($0, m.name)] } ?? []) },
      uniquingKeysWith: { first, _ in first })
    if let header = syntax.header { add(header) }
    for value in syntax.values {
      add(value.name, writer.surface == .zh ? writer.chinese(value) : writer.english(value))
    }
    for definition in syntax.definitions {
      add(definition.name, writer.surface == .zh ? writer.chinese(definition) : writer.english(definition))
    }
    for parameter in syntax.parameters { add(parameter.name, clause(.parameter(parameter))) }
    for reading in syntax.readings {
      add(reading.name, clause(.reading(reading)), below: choices(reading))
    }
    for table in syntax.tables { add(table.name, writer.table(table), below: table.rows.map(writer.row)) }
    for list in syntax.lists { add(list) }
    for measure in syntax.measures { add(measure) }
    for limit in syntax.limits { add(limit) }
    for example in syntax.examples { add(example) }
  }

  /// The clause whose first line lies in a range.
  func piece(_ lines: ClosedRange<Int>) -> Piece {
    let found = pieces.filter { lines.contains($0.line) }
    guard var first = found.first else { return Piece(line: lines.lowerBound, words: []) }
    for other in found.dropFirst() { first.below.append(other.words) }
    return first
  }

  /// Every clause in the order of its kind.
  var all: [[String]] { pieces.flatMap { [$0.words] + $0.below } }

  // MARK: Gathering

  private mutating func add(_ name: Name, _ words: [String], below: [[String]] = []) {
    pieces.append(Piece(line: name.location.start.line, words: words, below: below, isDeclaration: true))
  }

  private mutating func put(_ location: SourceRange, _ words: [String]) {
    pieces.append(Piece(line: location.start.line, words: words))
  }

  private func clause(_ clause: ClauseSyntax) -> [String] {
    writer.surface == .zh ? writer.chinese(clause) : writer.english(clause)
  }

  private func choices(_ reading: ReadingSyntax) -> [[String]] {
    reading.choices.map { writer.surface == .zh ? writer.chinese($0) : writer.english($0) }
  }

  /// A word in the surface, and in Chinese a space behind it.
  private func lead(_ en: String, _ zh: String) -> [String] { writer.surface == .zh ? [zh, " "] : [en] }

  private mutating func add(_ measure: MeasureSyntax) {
    let zh = ["measure": "措施", "duty": "任务", "note": "说明"]
    let form = measure.form.rawValue
    add(measure.name, lead(form, zh[form] ?? form) + [writer.declared(measure.name)])
    for (i, clause) in measure.clauses.enumerated() {
      let lines = measure.clauseLines.indices.contains(i) ? measure.clauseLines[i] : measure.location.start.line
      var piece = Piece(line: lines, words: self.clause(clause))
      if case .reading(let reading) = clause { piece.below = choices(reading) }
      if case .pay(let pay) = clause { piece.below = pay.parts.map(writer.part) }
      pieces.append(piece)
    }
  }

  private mutating func add(_ limit: LimitSyntax) {
    let (w, isChinese) = (writer, writer.surface == .zh)
    add(limit.name, lead("limit", "合并限额") + [w.declared(limit.name)])
    func put(_ key: String, _ words: [String], _ pieces: inout [Piece]) {
      pieces.append(Piece(line: limit.clauseLines[key] ?? limit.name.location.start.line, words: words))
    }
    if let title = limit.title { put("title", clause(.title(title)), &pieces) }
    if let article = limit.article { put("article", clause(.article(article)), &pieces) }
    if !limit.measures.isEmpty {
      let names = limit.measures.map { w.name($0) }.joined(separator: isChinese ? "、" : ", ")
      put("over", lead("over", "涉及") + [names], &pieces)
    }
    for cap in limit.caps { self.put(cap.location, clause(.cap(cap))) }
  }

  private mutating func add(_ header: HeaderSyntax) {
    let w = writer
    add(header.name, lead("document", "文件") + [header.name.text])
    let lines = header.clauseLines
    func put(_ key: String, _ words: [String], _ pieces: inout [Piece]) {
      pieces.append(Piece(line: lines[key] ?? header.name.location.start.line, words: words))
    }
    if let title = header.title { put("title", lead("title", "名称") + w.wording(title), &pieces) }
    if let number = header.number { put("number", lead("number", "文号") + [w.quoted(number)], &pieces) }
    if let place = header.jurisdiction {
      put(
        "jurisdiction",
        lead("jurisdiction", "施行地区")
          + (header.isOutside ? lead("outside", "境外") + [w.quoted(place.text)] : [area(place)]), &pieces)
    }
    if let day = header.issued { put("issued", lead("issued", "印发日期") + [self.day(day)], &pieces) }
    if let currency = header.currency {
      put("currency", lead("currency", "货币") + w.currency(currency), &pieces)
    }
    if let window = header.window { put("window", clause(.window(window)), &pieces) }
    for one in header.defaults {
      self.put(one.location, clause(.ownDefault(one.reading, one.choice, one.reason, one.location)))
    }
    if let funds = header.funds { self.put(funds.location, clause(.fund(funds))) }
    let zh = ["funded": "资金来源", "interpreted": "解释机关", "higher": "就高规定", "period": "期限说明"]
    for (key, text) in header.remarks {
      self.put(key.location, lead(key.text, zh[key.text] ?? key.text) + w.wording(text))
    }
  }

  private func area(_ name: Name) -> String {
    let isCode = name.text.first?.isNumber == true
    if writer.surface == .zh, isCode { return writer.place(name.text) }
    return isCode || name.text.allSatisfy({ $0.isLetter && $0.isASCII }) ? name.text : writer.quoted(name.text)
  }

  private func day(_ name: Name) -> String { writer.surface == .zh ? RuleWriter.day(name.text) : name.text }

  private mutating func add(_ list: ListSyntax) {
    let w = writer
    let isChinese = w.surface == .zh
    add(list.name, isChinese ? w.chineseHead(list) : w.englishHead(list))
    let lines = list.clauseLines
    func put(_ key: String, _ words: [String], _ pieces: inout [Piece]) {
      pieces.append(Piece(line: lines[key] ?? list.name.location.start.line, words: words))
    }
    if let title = list.title { put("title", lead("title", "名称") + w.wording(title), &pieces) }
    func field(_ name: Name) -> String {
      let declared = list.fields.first { $0.name.text == name.text || $0.name.zh == name.text }?.name
      return declared.map { isChinese ? $0.zh ?? $0.text : $0.text } ?? name.text
    }
    if let person = list.person {
      let number = list.personID.map { isChinese ? [field($0), "或"] : [field($0), "or"] } ?? []
      put("person", lead("person", "同人依据") + number + [field(person)], &pieces)
    }
    if let begins = list.begins { put("begins", lead("begins", "起始") + [field(begins)], &pieces) }
    if let ends = list.ends { put("ends", lead("ends", "终止") + [field(ends)], &pieces) }
    if let lasts = list.lasts { put("lasts", lead("lasts", "持续") + w.wording(lasts), &pieces) }
    for join in list.joins { self.put(join.location, isChinese ? w.chinese(join) : w.english(join)) }
    for gap in list.gaps { self.put(gap.location, isChinese ? w.chinese(gap) : w.english(gap)) }
    for one in list.fields { self.put(one.name.location, isChinese ? w.chinese(one) : w.english(one)) }
  }

  // MARK: Examples

  private mutating func add(_ example: ExampleSyntax) {
    let isChinese = writer.surface == .zh
    pieces.append(
      Piece(
        line: example.location.start.line, words: lead("example", "算例") + writer.wording(example.title),
        isDeclaration: true))
    if let district = example.district {
      put(district.location, lead("district", "本地区") + [area(district)])
    }
    if let asOf = example.asOf { put(asOf.location, isChinese ? ["核算日", " ", day(asOf)] : ["as", "of", asOf.text]) }
    if let line = example.modeLine {
      let words =
        example.adopted
        ? (isChinese ? ["假设采用"] : ["as", "adopted"]) : (isChinese ? ["按原文件施行"] : ["as", "enacted"])
      pieces.append(Piece(line: line, words: words))
    }
    var settings: [Int: [String]] = [:]
    for (written, value) in example.settings {
      let line = written.location.start.line
      let (name, value) = self.settings.shown(written.text, value.text, inChinese: isChinese)
      let shown = raw(figure(value))
      let text = isChinese ? "\(name)＝\(shown)" : "\(name) = \(shown)"
      settings[line, default: []].append(text)
    }
    for line in settings.keys.sorted() {
      let all = settings[line] ?? []
      pieces.append(
        Piece(line: line, words: lead("with", "令") + [all.joined(separator: isChinese ? "，" : ", ")]))
    }
    for given in example.givens { add(given) }
    for expectation in example.expectations { add(expectation) }
  }

  private mutating func add(_ given: ExampleSyntax.Given) {
    let isChinese = writer.surface == .zh
    let list = dictionary.list(called: given.list.text)
    let ids = given.ids.map { raw($0.text) }.joined(separator: isChinese ? "、" : ", ")
    let fields = given.fields.map { name, value -> String in
      let field = list?.named(name.text)
      let shown = isChinese ? field?.words.zh ?? name.text : field?.name ?? name.text
      return shown + " " + raw(spoken(value.text, field))
    }
    let isPlural = given.count > 1
    let name = isChinese ? list?.record.zh : isPlural ? list?.name : list?.singular
    let counted =
      given.count > 1 ? (isChinese ? "\(given.count)\(list?.chinese.classifier ?? "个")" : "\(given.count) ") : ""
    var text = counted + (name ?? given.list.text) + (ids.isEmpty ? "" : " " + ids)
    if !fields.isEmpty { text += (isChinese ? "：" : ": ") + fields.joined(separator: isChinese ? "，" : ", ") }
    put(given.list.location, lead("given", "已知") + [text])
  }

  /// A choice, or yes and no, in the words of the surface; other values are the same in both.
  private func spoken(_ text: String, _ field: Field?) -> String {
    guard let field else { return text }
    if text.contains("; ") { return text.components("; ").map { spoken($0, field) }.joined(separator: "; ") }
    let words: [Text]
    switch field.type {
    case .bool:
      // In English both ways of writing it stay as they are.
      if writer.surface == .en, !isCanonical, text == "true" || text == "false" { return text }
      let isYes = ["yes", "true", "是"].contains(text), isNo = ["no", "false", "否"].contains(text)
      guard isYes || isNo else { return text }
      return (isYes ? Text("yes", zh: "是") : Text("no", zh: "否")).in(writer.surface)
    case .choice, .set(.choice): words = field.choices
    case .int, .money, .figure, .set(.int), .set(.money), .set(.figure): return figure(text)
    case .text, .date, .dateOrMonth, .dateOrYear, .place, .county, .area, .reference, .set: words = []
    }
    guard let found = words.first(where: { $0.en == text || $0.zh == text }) else { return text }
    return writer.surface == .zh ? found.zh : found.en
  }

  /// A figure with its unit in the words of the surface: 500元 of `500 yuan`.
  private func figure(_ text: String) -> String {
    func parts(_ text: String) -> (digits: String, unit: String)? {
      text.wholeMatch(of: /([0-9][0-9,.]*) *(\p{L}.*)/).map { (String($0.1), SurfaceWords.unitID(String($0.2))) }
    }
    guard let (digits, unit) = parts(text) else { return text }
    guard writer.surface == .zh else {
      return unit.allSatisfy(\.isASCII) && (isCanonical || !text.allSatisfy(\.isASCII)) ? digits + " " + unit : text
    }
    let shown = writer.figure(digits, unit)
    // What would not be read back as it was stays as it is.
    return parts(shown).map { $0 == (digits, unit) } ?? false ? shown : text
  }

  /// A value of an example as it may stand: a set in brackets, a text with signs in quotation marks.
  private func raw(_ text: String) -> String {
    let isChinese = writer.surface == .zh
    if text.contains("; ") {
      let members = text.components("; ").map { raw($0) }
      return isChinese ? "（" + members.joined(separator: "、") + "）" : "(" + members.joined(separator: ", ") + ")"
    }
    let isPlain = text.allSatisfy { $0.isLetter || $0.isNumber || " _-.%/".contains($0) } && !text.isEmpty
    return isPlain || text.first?.isNumber == true ? text : writer.quoted(text)
  }

  private mutating func add(_ expectation: ExampleSyntax.Expectation) {
    let isChinese = writer.surface == .zh
    let name = measures[expectation.measure.text]
    let measure = name.map { isChinese ? $0.zh ?? $0.text : $0.text } ?? expectation.measure.text
    var words = lead("expect", "结果") + [measure]
    if expectation.quantity != .total {
      let zh = SurfaceWords.quantities.first { $0.0 == expectation.quantity }?.1 ?? ""
      words += isChinese ? [" ", zh] : [expectation.quantity.rawValue]
    }
    if let amount = expectation.amount { words += (isChinese ? [" "] : []) + writer.words(amount, .sum) }
    put(expectation.location, words)
  }
}
