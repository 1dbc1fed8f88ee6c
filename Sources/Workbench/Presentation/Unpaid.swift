// Everything of a ledger that is no payment: not priced, undetermined, governed elsewhere, grants. Each with what would
// settle it.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import View

struct Unpaid: Sendable {
  let ledger: Ledger
  let places: Gazetteer
  /// The facts that it was made over, where who lacks what is to be told.
  private let facts: Scenario?

  init(_ ledger: Ledger, places: Gazetteer, facts: Scenario? = nil) {
    self.ledger = ledger
    self.places = places
    self.facts = facts
  }

  var body: AnswerBody {
    var body = open
    if !ledger.elsewhere.isEmpty { body.append(elsewhere) }
    if !ledger.grants.isEmpty { body.append(grants) }
    return body
  }

  /// What is not priced and what is undetermined, with what would settle it.
  var open: AnswerBody {
    var body = AnswerBody()
    if !ledger.unpriced.isEmpty { body.append(unpriced) }
    if !ledger.undetermined.isEmpty {
      body.append(undetermined)
      if !remedy.isEmpty { body.append(.note(.note, remedy)) }
      if isTooLarge {
        body.append(
          .note(
            Text(
              "what is too large is no figure that can be reckoned with: check the rates and facts for one with too "
                + "many digits.",
              zh: "数值过大的无法计算：请检查标准和事实中是否有位数过多的数字。")))
      }
      if isByNought {
        body.append(
          .note(
            Text(
              "what is divided by nought is no figure: no fact is missing there, but another divisor is needed.",
              zh: "除数为零的算不出数值：并非缺少事实，须改用不为零的除数。")))
      }
    }
    return body
  }

  /// Whose payments they would be: programs read the whole id, people the name where there is one document.
  private func measure<Entry: Sendable>(_ number: @escaping @Sendable (Entry) -> Int) -> AnswerColumn<Entry> {
    let ledger = ledger
    let several = ledger.documents.count > 1
    return .id("measure", Text("Measure", zh: "措施"), .essential) { ledger.measures[number($0)].id }
      .shown { entry in
        let measure = ledger.measures[number(entry)]
        return [Span(several ? measure.label : measure.words, .name)]
      }
  }

  // MARK: Not priced

  /// What stands above the commands that would supply what is missing.
  static let lineTitle = Text("To supply it, type", zh: "补充时输入")

  var unpriced: Relation { unpriced(withLines: true) }

  /// - Parameter withLines: whether the commands that would supply what is missing stand beside it.
  func unpriced(withLines: Bool) -> Relation {
    let documents = ledger.documents
    let lines: [AnswerColumn<Unpriced>] =
      withLines
      ? [
        .ids("type", Unpaid.lineTitle, .essential) { entry in
          entry.missing.map { Unpaid.line(for: $0, in: documents).en }
        }.shown { .joined($0.missing.map { [Span(Unpaid.line(for: $0, in: documents), .code)] }) }.forPeople()
      ] : []
    return Relation(
      title: Text("Not priced: a value is missing", zh: "标准未明确：缺少引用标准"), of: ledger.unpriced,
      [
        measure { $0.measure },
        .count("units", Text("Units", zh: "数量"), .essential) { $0.units },
        .id("unit", Text("of", zh: "单位"), .useful) { $0.isMonths ? "month" : "payment" }
          .shown { [$0.isMonths ? Span("months", zh: "个月") : Span("payments", zh: "笔")] },
        .ids("missing", Text("Missing", zh: "缺少"), .useful) { $0.missing }.shown {
          .joined($0.missing.map { [Span(Unpaid.words($0, documents), .name)] })
        },
      ] + lines)
  }

  /// A value laid down elsewhere, by its name.
  static func words(_ value: String, _ documents: [CheckedDocument]) -> Text {
    if let (name, day) = dated(value) {
      let words = words(name, documents)
      return Text(value, zh: "\(words.zh)（\(day.text) 以前）")
    }
    return Text(value, zh: documents.lazy.flatMap(\.values).first { $0.name == value }?.words.zh ?? value)
  }

  /// What is missing: a value laid down elsewhere, or a fact; or that a divisor is nought, and which.
  static func words(_ missing: String, _ documents: [CheckedDocument], _ dataset: Dataset) -> Text {
    if missing == byNought { return Text(missing, zh: "除数为零") }
    if missing == tooLarge { return Text(missing, zh: "数值过大") }
    if missing == twoCaps { return Text(missing, zh: "同组限额不同") }
    if missing == twoQuotas { return Text(missing, zh: "同组名额不同") }
    let value = words(missing, documents)
    if value.zh != missing { return value }
    let fact = dataset.dictionary.words(ofFact: missing)
    if fact.zh != missing { return fact }
    let measures = documents.lazy.flatMap(\.measures)
    return measures.flatMap(\.parameters).first { $0.name == missing }?.words
      ?? measures.flatMap(\.sets).first { $0.name == missing }?.words ?? fact
  }

  /// What the ledger has beside the facts where a divisor is nought.
  private static let byNought = "division by zero"
  /// And where a figure is too large to be reckoned with.
  private static let tooLarge = "too large"
  /// And where records that share a cap state different ones.
  private static let twoCaps = "two caps"
  /// And where records that share a quota state different numbers of places.
  private static let twoQuotas = "two quotas"

  /// A value that is lacked for days before its first, and that day; nil where it is lacked altogether.
  private static func dated(_ value: String) -> (name: String, day: Day)? {
    guard let range = value.firstRange(of: " before "), let day = Day(value[range.upperBound...]) else { return nil }
    return (String(value[..<range.lowerBound]), day)
  }

  /// `set minimum_wage = … yuan`
  static func line(for value: String, in documents: [CheckedDocument]) -> Text {
    // What is lacked before its first day is supplied from an earlier one on.
    if let (name, day) = dated(value) {
      let line = line(for: name, in: documents)
      let from = (Day(year: day.year - 1, month: 1, day: 1) ?? day).text
      return Text(
        line.en.replacing("set \(name) ", with: "set \(name).\(from) "),
        zh: line.zh.replacing(" = ", with: ".\(from) = "))
    }
    let type = documents.lazy.flatMap(\.values).first { $0.name == value }?.type
    let unit =
      switch type {
      case .money?: Text(" yuan", zh: "元")
      case .rate(let rate)?: Text(rate.written.en, zh: String(rate.written.zh.drop { $0 == " " }))
      case .amount(let currency)?: Text(" " + currency.word, zh: currency.chinese)
      case .share?: Text.same("%")
      case .months?: Text(" months", zh: "个月")
      default: Text.same("")
      }
    return Text("set \(value) = …" + unit.en, zh: "设定 \(words(value, documents).zh) = …" + unit.zh)
  }

  // MARK: Undetermined

  /// Whether anything is undetermined for a divisor which is nought.
  private var isByNought: Bool { ledger.undetermined.contains { $0.facts.contains(Unpaid.byNought) } }

  /// Whether anything is undetermined since a figure is too large.
  private var isTooLarge: Bool { ledger.undetermined.contains { $0.facts.contains(Unpaid.tooLarge) } }

  private var undeterminedTitle: Text {
    var causes: [Text] = []
    let values = missingValues
    let isByFact = ledger.undetermined.contains { $0.facts.contains { !values.contains($0) } }
    if !remedy.isEmpty && (isByFact || values.isEmpty) || !isByNought && !isTooLarge && values.isEmpty {
      causes.append(Text("a fact is not stated", zh: "缺少事实"))
    }
    // A figure laid down elsewhere is no fact.
    if !values.isEmpty { causes.append(Text("a value is missing", zh: "缺少引用标准")) }
    if isByNought { causes.append(Text("a divisor is nought", zh: "除数为零")) }
    if isTooLarge { causes.append(Text("a figure is too large", zh: "数值过大")) }
    return Text(
      "Undetermined: " + causes.map(\.en).joined(separator: ", or "),
      zh: "无法判定：" + causes.map(\.zh).joined(separator: "，或"))
  }

  var undetermined: Relation {
    let dataset = ledger.dataset
    let documents = ledger.documents
    let lackers = Lackers(ledger, facts)
    let isAtStake = ledger.undetermined.contains { $0.atStake != nil }
    let stake: [AnswerColumn<Undetermined>] =
      isAtStake
      ? [
        .money("at_stake", documents.currency.heading("Recovery at stake", zh: "涉及追回"), .useful) { $0.atStake }
          .leftOutWhenNone()
      ] : []
    return Relation(
      title: undeterminedTitle, of: ledger.undetermined,
      [
        measure { $0.measure },
        .count("subjects", Text("Records", zh: "记录数"), .essential) { Int64($0.count) },
        .ids("facts", Text("Missing", zh: "缺少"), .essential) { $0.facts }.shown {
          .joined($0.facts.map { [Span(Unpaid.words($0, documents, dataset), .keyword)] })
        },
        .ids("who", Text("Who", zh: "涉及"), .useful) { $0.subjects }
          .shown { lackers.words($0) ?? dataset.names($0.subjects, of: $0.count, limit: 4) }.forPeople(),
      ] + stake)
  }

  private static let leads = (
    state: Span("state ", zh: "请在情景或台账中写明 "), type: Span("type ", zh: "请输入 "),
    elsewhere: Span("which facts are missing is told where the records are read", zh: "缺少哪些事实，读取记录后才能给出")
  )

  /// Whether a note says what to state, and where: nothing for whoever reads a paper.
  static func isRemedy(_ spans: [Span]) -> Bool { spans.first == leads.state || spans.first == leads.type }

  /// The figures laid down elsewhere that somebody is undetermined for.
  private var missingValues: [String] {
    Set(ledger.undetermined.flatMap(\.facts)).filter { fact in
      ledger.documents.contains { $0.values.contains { fact == $0.name || fact.hasPrefix($0.name + " before ") } }
    }
    .sorted()
  }

  /// Whether a fact is not stated, as far as that can be seen: one of which a divisor is made that is nought is named
  /// beside it, and is none that is missing.
  private func isLacking(_ fact: String, _ entry: Undetermined) -> Bool {
    guard entry.facts.contains(Unpaid.byNought) else { return true }
    let tables = ledger.dataset.tables.filter { $0.count > 0 && $0.columns[fact] != nil }
    if tables.isEmpty { return true }
    // Those of whom it is undetermined are of one list; where they are of another than has the fact, all of it are
    // asked.
    let own = tables.filter { table in entry.subjects.contains { table.ids?.row($0) != nil } }
    return (own.isEmpty ? tables : own).contains { table in
      guard let column = table.columns[fact], column.hasAbsent else { return false }
      let rows = entry.subjects.compactMap { table.ids?.row($0) }
      guard rows.count == entry.count else { return true }
      return rows.contains { row in
        if case .bools(let values) = column.data { return values[row] == 2 }
        return column.raw(row).map { $0 == Int64(Absent.unknown32) || $0 == Absent.unknown64 } ?? false
      }
    }
  }

  /// What to state, and where.
  private var remedy: [Span] {
    let facts = Set(ledger.undetermined.flatMap { entry in entry.facts.filter { isLacking($0, entry) } })
    let values = missingValues
    // What is no fact, such as a division by nought, cannot be stated.
    let lists = ledger.dataset.dictionary.lists
    let fields = facts.subtracting(values).filter { fact in lists.contains { $0.field(fact) != nil } }.sorted()
    var line: [Span] = []
    if !fields.isEmpty {
      line.append(Unpaid.leads.state)
      line += .joined(fields.map { [Span(factWords($0), .keyword)] })
      line += [Span(" in the scenario's file", zh: "")]
      // Where only the number is at hand.
      let homes = lists.filter { list in
        guard list.givable("origin") != nil, let id = list.personID,
          case .int32? = ledger.dataset.table(list.name)?.columns[id]?.data
        else { return false }
        return true
      }
      if fields.contains("origin"), !homes.isEmpty {
        line += [Span(", or import with ", zh: "；如可按身份证号推定，导入时加上 ")]
        line += [Span(Text("from_number origin", zh: "由身份证号 户籍地"), .code)]
      }
    }
    if !values.isEmpty {
      if !fields.isEmpty { line.append(Span("; ", zh: "；")) }
      line.append(Unpaid.leads.type)
      line += .joined(values.map { [Span(Unpaid.line(for: $0, in: ledger.documents), .code)] })
    }
    // Another engine tells who, and not for want of what.
    if ledger.undetermined.allSatisfy(\.facts.isEmpty) { return [Unpaid.leads.elsewhere] }
    return line
  }

  /// A fact where it is to be stated: by its name, and the key that files have.
  private func factWords(_ fact: String) -> Text {
    let words = ledger.dataset.dictionary.words(ofFact: fact)
    return Text(words.en, zh: words.zh)
  }

  // MARK: Elsewhere, grants

  var elsewhere: Relation {
    let dataset = ledger.dataset
    return Relation(
      title: Text("Governed elsewhere: not paid here", zh: "适用其他文件：此处不支付"), of: ledger.elsewhere,
      [
        measure { $0.measure },
        .count("subjects", Text("Records", zh: "记录数"), .essential) { Int64($0.count) },
        .id("governed_by", Text("Governed by", zh: "适用"), .essential) { $0.governedBy }.role(.article),
        .ids("who", Text("Who", zh: "涉及"), .useful) { $0.subjects }
          .shown { dataset.names($0.subjects, of: $0.count, limit: 4) }.forPeople(),
      ])
  }

  var grants: Relation {
    let dataset = ledger.dataset
    // Of whom nothing else is recorded the record has the same name.
    let isOwn = ledger.grants.allSatisfy { dataset.words($0.subject).zh == dataset.words($0.beneficiary).zh }
    let record: [AnswerColumn<Grant>] = [
      .id("subject", Text("For", zh: "对应记录"), isOwn ? nil : .incidental) { $0.subject }.shown {
        [Span(dataset.words($0.subject), .name)]
      }
    ]
    let first: [AnswerColumn<Grant>] = [
      measure { $0.measure },
      .id("beneficiary", Text("Beneficiary", zh: "对象"), .essential) { $0.beneficiary }.shown {
        [Span(dataset.words($0.beneficiary), .name)]
      },
    ]
    var relation = Relation(
      title: Text("Granted", zh: "授予"), of: ledger.grants,
      first + record + [
        .words("title", Text("What", zh: "内容"), .essential) { $0.title }
      ])
    let more = ledger.grants.count - 30
    relation.cut = Relation.Cut(30, rest: Relation.Line([Span(Text("\(more) more", zh: "另有 \(more) 项"), .muted)]))
    return relation
  }
}
