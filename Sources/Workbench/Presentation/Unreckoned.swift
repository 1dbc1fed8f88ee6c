// What the totals of an answer leave out at the settings that hold: what cannot be priced for want of a value, and what
// cannot be judged for want of a fact. Every answer with totals says it by this, in the same words. Knows nothing of
// what the totals are about.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

/// What is in none of the totals of an answer.
struct Unreckoned: Sendable {
  private struct Part: Sendable {
    let programme: Text
    let ledger: Ledger
  }

  /// Each programme once; where all of them leave out the same, one for all.
  private let parts: [Part]
  private let places: Gazetteer

  init(_ parts: [(programme: Text, ledger: Ledger)], _ places: Gazetteer) {
    var kept: [Part] = []
    for part in parts where !kept.contains(where: { $0.programme.en == part.programme.en }) {
      kept.append(Part(programme: part.programme, ledger: part.ledger))
    }
    let isAlike = Set(kept.map { Unreckoned.entries($0).map(\.line.en).joined(separator: ";") }).count < 2
    self.parts = isAlike ? Array(kept.prefix(1)) : kept
    self.places = places
  }

  init(_ runs: [Session.Run], _ places: Gazetteer) {
    self.init(runs.map { (.same($0.programme), $0.ledger) }, places)
  }

  /// Of each programme the run that leaves out most.
  init(_ inquiries: [Inquiry], _ leftOut: [LeftOut], _ places: Gazetteer) {
    self.init(
      zip(inquiries, leftOut).compactMap { one, some in some.most.map { (.same(one.name), $0) } }, places)
  }

  /// Whether several programmes leave out what differs.
  var isSeveral: Bool { parts.count > 1 }

  var isEmpty: Bool { parts.allSatisfy { $0.ledger.unpriced.isEmpty && $0.ledger.undetermined.isEmpty } }

  /// One measure of which something is left out.
  private struct Entry: Sendable {
    let programme: Text
    let measure: CheckedMeasure
    let number: Int64
    /// What there are so many of, and what is the matter with them.
    let what: Text
    let missing: [String]
    let words: [Text]

    /// `changle-2022.x: 48 months not priced (minimum_wage)`
    var line: Text {
      let zh = words.map(\.zh).joined(separator: "、")
      // What is missing is not told where another engine has reckoned.
      return Text(
        "\(measure.id): \(number) \(what.en)" + (missing.isEmpty ? "" : " (\(missing.joined(separator: ", ")))"),
        zh: "\(measure.words.zh)：\(number) \(what.zh)" + (missing.isEmpty ? "" : "（\(zh)）"))
    }
  }

  private static func entries(_ part: Part) -> [Entry] {
    let ledger = part.ledger
    func entry(_ measure: Int, _ number: Int64, _ what: Text, _ missing: [String]) -> Entry {
      Entry(
        programme: part.programme, measure: ledger.measures[measure], number: number, what: what, missing: missing,
        words: missing.map { Unpaid.words($0, ledger.documents, ledger.dataset) })
    }
    return ledger.unpriced.map { one in
      let (month, payment) = one.units == 1 ? ("month", "payment") : ("months", "payments")
      let what =
        one.isMonths ? Text("\(month) not priced", zh: "个月标准未明确") : Text("\(payment) not priced", zh: "笔标准未明确")
      return entry(one.measure, one.units, what, one.missing)
    }
      + ledger.undetermined.map { one in
        entry(one.measure, Int64(one.count), Text("undetermined", zh: "个无法判定"), one.facts)
      }
  }

  // MARK: For people

  /// For several programmes beside each other.
  var relation: Relation {
    let isOne = parts.count == 1
    let entries = parts.flatMap(Unreckoned.entries)
    let programme: [AnswerColumn<Entry>] =
      isOne
      ? []
      : [
        .id("programme", Text("Programme", zh: "方案"), .essential) { $0.programme.en }
          .shown { [Span($0.programme, .name)] }.role(.name).forPeople()
      ]
    let columns: [AnswerColumn<Entry>] = [
      .id("measure", Text("Measure", zh: "措施"), .essential) { $0.measure.words.en }
        .shown { [Span($0.measure.words, .name)] }.forPeople(),
      AnswerColumn(.words, "open", Text("Open", zh: "数量"), .important) { _ in .none }.aligned(.right)
        .shown { [.number($0.number), Span(Text(" " + $0.what.en, zh: " " + $0.what.zh))] }.forPeople(),
      .ids("missing", Text("Missing", zh: "缺少"), .essential) { $0.missing }
        .shown { .joined($0.words.map { [Span($0, .keyword)] }) }.forPeople(),
    ]
    var relation = Relation(
      title: Text("What could not be reckoned", zh: "未能测算的部分"), of: entries, programme + columns)
    relation.records = .elsewhere
    return relation
  }

  /// What several programmes, or years, leave out, each of its own.
  var ofSeveral: AnswerBody { body(Unreckoned.ofSeveral) }

  /// Below the totals of an answer; of one programme with what would supply it.
  fileprivate func body(_ lead: Text) -> AnswerBody {
    guard parts.count == 1, let only = parts.first else {
      var body = AnswerBody(blocks: [.note(.warning, [Span(Unreckoned.ofSeveral)])])
      body.append(relation)
      return body
    }
    var body = AnswerBody(blocks: [.note(.warning, [Span(lead)])])
    for part in Unpaid(only.ledger, places: places).open.parts {
      if case .relation(var relation) = part {
        // A file of values is about the totals.
        relation.records = .elsewhere
        body.append(relation)
      } else if case .block(let block) = part {
        body.append(block)
      }
    }
    return body
  }

  // MARK: For programs

  /// All of it in a line, for files of values; nil where nothing is left out.
  var line: Text? {
    guard !isEmpty else { return nil }
    let isOne = parts.count == 1
    let texts = parts.flatMap { part in
      Unreckoned.entries(part).map { entry in
        isOne
          ? entry.line
          : Text("\(part.programme.en): \(entry.line.en)", zh: "\(part.programme.zh)：\(entry.line.zh)")
      }
    }
    return Text(texts.map(\.en).joined(separator: "; "), zh: texts.map(\.zh).joined(separator: "；"))
  }

  /// Members of an object: what a run's object has under these names, of several programmes each with its programme.
  var members: [Record.Member] {
    func list(_ relation: (Unpaid) -> Relation) -> Datum {
      var records: [Datum] = []
      for part in parts {
        let programme = parts.count == 1 ? [] : [Record.Member("programme", .id(part.programme.en))]
        let own = relation(Unpaid(part.ledger, places: places))
        records += own.members.map { .record(Record(programme + $0)) }
      }
      return .list(records)
    }
    return [
      Record.Member("unpriced", list { $0.unpriced }), Record.Member("undetermined", list { $0.undetermined }),
    ]
  }
}

extension Relation {
  /// What programs read of each row.
  fileprivate var members: [[Record.Member]] {
    let numbers = columns(.json)
    return (0..<count).map { row in
      numbers.compactMap { number -> Record.Member? in
        let head = columns[number]
        let value = datum(row, number)
        if case .none = value, head.isLeftOutWhenNone { return nil }
        return Record.Member(head.key, value)
      }
    }
  }
}

extension Answer {
  /// The answer with what its totals leave out: below them, in its object, and in its files of values.
  /// - Parameter lead: what is said of it first.
  func telling(_ unreckoned: Unreckoned, _ lead: Text = Unreckoned.lead) -> Answer {
    var answer = self
    answer.further += unreckoned.members
    answer.leftOut = unreckoned.line
    guard !unreckoned.isEmpty, !failed else { return answer }
    let body = unreckoned.body(lead)
    answer.body.append(body)
    if let book = answer.book {
      let sheet = AnswerBook.Sheet(
        Text("Not in the totals", zh: "未计入合计"),
        body.parts.enumerated().map { number, part in
          switch part {
          case .relation(let relation): .list(BookList("unreckoned \(number)", relation))
          case .block(let block): .block(block)
          }
        })
      answer.book = {
        var whole = book()
        whole.sheets.append(sheet)
        return whole
      }
    }
    return answer
  }
}

extension Unreckoned {
  /// Of totals.
  static let lead = Text(
    "not in any total here, at the settings that hold now:", zh: "以下按当前设定未计入以上任何合计：")

  /// Of the totals of several programmes.
  static let ofSeveral = Text(
    "not in the totals of these, at the settings that hold for them:", zh: "以下各项未计入相应方案的合计：")

  /// Of draws, or points, of which some leave out something.
  /// - Parameters:
  ///   - what: what there are so many of.
  ///   - place: where most is left out; nil: it is not named.
  ///   - isMost: whether what follows is that of the run which leaves out most; where all leave out as much, neither
  ///     is said.
  static func lead(_ leftOut: LeftOut, of what: Text, at place: Text?, isMost: Bool = false) -> Text {
    let place = leftOut.isEven ? nil : place, isMost = isMost && !leftOut.isEven
    let en = place.map { ", most at \($0.en)" } ?? (isMost ? "; where it is most" : "")
    let zh = place.map { "，\($0.zh)时最多" } ?? (isMost ? "（各\(what.zh)不尽相同，此为最多的一次）" : "")
    return leftOut.runs == leftOut.all
      ? Text("not in any total here\(en):", zh: "以下未计入以上任何合计\(zh)：")
      : Text(
        "\(leftOut.runs) of \(leftOut.all) \(what.en) leave out something\(en), so that their totals are too low:",
        zh: "\(leftOut.all) \(what.zh)中有 \(leftOut.runs) \(what.zh)未计全\(zh)，其合计偏低：")
  }
}

extension Desk {
  /// What programmes leave out.
  /// - Parameter settings: how the figures stand that are varied: a value that an answer supplies is missing in none of
  ///   its totals.
  func unreckoned(_ inquiries: [Inquiry], at settings: (RunSettings) -> RunSettings = { $0 }) -> Unreckoned {
    var parts: [(programme: Text, ledger: Ledger)] = []
    for inquiry in inquiries {
      if let ledger = budgetLedger(inquiry, settings(inquiry.base)) { parts.append((.same(inquiry.name), ledger)) }
    }
    return Unreckoned(parts, library.places)
  }

  /// What a programme leaves out at both ends of what was found, each of its own; nil where nothing was found.
  func unreckoned(
    _ inquiry: Inquiry, at solution: Solver.Solution, of varied: Varied, _ watched: Watched
  ) -> Unreckoned? {
    var parts: [(programme: Text, ledger: Ledger)] = []
    for end in solution.stretches.prefix(4).flatMap({ [$0.lowerBound, $0.upperBound] }) {
      guard let ledger = budgetLedger(inquiry, watched.set(end, in: inquiry.base)) else { continue }
      let words = varied.text(end, library.places)
      parts.append((Text("at \(words.en)", zh: "取 \(words.zh) 时"), ledger))
    }
    return parts.isEmpty ? nil : Unreckoned(parts, library.places)
  }

  /// What runs leave out.
  func unreckoned(_ runs: Session.Run...) -> Unreckoned { Unreckoned(runs, library.places) }
}
