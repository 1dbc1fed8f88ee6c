// What a run found as tables for statements: every payment, where it lies in the ledger's columns, and everything
// that is
// not paid.

import Commands
import Databases
import Diagnostics
import Engine
import Facts
import Reports
import Sessions

/// The payments of the last run.
enum PaymentTable {
  private static let columns = [
    QuerySourceColumn("document", zh: "文件", .text, Text("Document", zh: "文件")),
    QuerySourceColumn("measure", zh: "措施", .text, Text("Measure", zh: "措施")),
    QuerySourceColumn("measure_zh", zh: "措施名称", .text, Text("The measure's Chinese name", zh: "措施的全称")),
    QuerySourceColumn("beneficiary", zh: "对象", .text, Text("Who gets it", zh: "发放对象（编号）")),
    QuerySourceColumn("beneficiary_name", zh: "对象名称", .text, Text("The name of who gets it", zh: "发放对象的名称")),
    QuerySourceColumn("subject", zh: "对应记录", .text, Text("For which record", zh: "对应记录（编号）")),
    QuerySourceColumn("subject_name", zh: "记录名称", .text, Text("The record's name", zh: "对应记录的名称或姓名")),
    QuerySourceColumn("year", zh: "年度", .date, Text("The subject's year, where it has one", zh: "对应记录的年度")),
    QuerySourceColumn("date", zh: "日期", .date, Text("The day on which it accrues", zh: "计为应付的日期")),
    QuerySourceColumn("amount", zh: "金额", .money, Text("Amount, yuan", zh: "金额（元）")),
    QuerySourceColumn("status", zh: "状态", .text, Text("Status", zh: "状态")),
    QuerySourceColumn(
      "upper_bound", zh: "上限", .flag, Text("Whether it is the most that the text allows", zh: "是否为上限")),
    QuerySourceColumn("displaced_by", zh: "就高所付", .text, Text("What is paid instead", zh: "就高所付")),
    QuerySourceColumn("claimed", zh: "应得", .money, Text("Claimed before a cap, yuan", zh: "限额前应得（元）")),
    QuerySourceColumn("cap", zh: "限额", .text, Text("Whose cap cut it", zh: "所受限额")),
    QuerySourceColumn("amount_fen", zh: "金额分", .integer, Text("Amount, fen", zh: "金额（分）"), isHidden: true),
    QuerySourceColumn("claimed_fen", zh: "应得分", .integer, Text("Claimed, fen", zh: "应得（分）"), isHidden: true),
  ]

  static let source = QuerySource(
    name: Text("payments", zh: "明细"), title: Text("Every payment of the last run", zh: "上次测算的逐笔明细"),
    columns: columns
  ) { desk, command throws(Refusal) in
    let run = try desk.lastRun(command, asShown: true)
    let list = PaymentList(run.ledger)
    let texts = desk.queryTexts(of: run.ledger.dataset, serial: run.scenario.serial)
    let isNamed = DatasetTexts.asksNames(command)
    return QueryTable(
      "payments", zh: "明细", columns.map(\.column),
      parts: list.parts.map { part($0, run.ledger, texts, isNamed: isNamed) })
  }

  private static let statuses: [PaymentList.Status] = [
    .due, .pending, .displaced, .overQuota, .overCap, .recovered, .belowNought,
  ]

  /// - Parameter isNamed: whether the names of who is paid and for whom are asked for.
  private static func part(
    _ part: PaymentList.Part, _ ledger: Ledger, _ texts: DatasetTexts, isNamed: Bool
  ) -> QueryTable.Part {
    let block = part.block
    let isOneAmount = part.amounts.count == 1
    func amounts(_ reading: QueryValues.Reading) -> QueryValues {
      isOneAmount ? .constant(part.amounts[0], reading) : .numbers(part.amounts, reading)
    }
    // What caps have cut: nothing where none did.
    let claimed = part.cut.map { cut in
      (0..<part.count).map { cut.by[$0] == nil ? Absent.none64 : cut.claimed[$0] }
    }
    let displacers = QueryTexts(ledger.measures.map(\.id))
    let displacersInChinese = QueryTexts(ledger.measures.indices.map { MeasureNames.chinese($0, ledger) })
    let index = ledger.measures.firstIndex { $0.id == part.measure.id }
    return (
      count: part.count,
      values: [
        .constant(part.measure.document),
        .constant(part.measure.id).inChinese(
          .constant(index.map { MeasureNames.chinese($0, ledger) } ?? part.measure.words.zh)),
        .constant(part.measure.words.zh).inChinese(.constant(part.measure.title.zh)),
        .numbers(part.beneficiaries, .text(ids(part.beneficiaries, block.beneficiarySpace, ledger, texts))),
        isNamed
          ? .numbers(part.beneficiaries, .text(names(part.beneficiaries, block.beneficiarySpace, ledger, texts)))
          : .absent,
        .numbers(part.subjects, .text(ids(part.subjects, block.subjectSpace, ledger, texts))),
        isNamed ? .numbers(part.subjects, .text(names(part.subjects, block.subjectSpace, ledger, texts))) : .absent,
        part.years.isEmpty ? .absent : .numbers(part.years.map { DateOrYear.base + $0 }, .day),
        .numbers(part.dates, .day), amounts(.scaled(100)), status(part, ledger),
        .constant(block.isUpperBound ? 1 : 0, .integer),
        part.displacedBy.isEmpty
          ? .absent
          : .numbers(part.displacedBy, .text(displacers)).inChinese(
            .numbers(part.displacedBy, .text(displacersInChinese))),
        claimed.map { .numbers($0, .scaled(100)) } ?? .absent,
        part.cut.map { .numbers($0.by.places, .text(QueryTexts($0.by.names))) } ?? .absent,
        amounts(.integer), claimed.map { .numbers($0, .integer) } ?? .absent,
      ]
    )
  }

  private static func status(_ part: PaymentList.Part, _ ledger: Ledger) -> QueryValues {
    let lastDue = ledger.settings.asOf?.number ?? .max
    func number(_ status: PaymentList.Status) -> UInt8 {
      guard let place = statuses.firstIndex(of: status) else { preconditionFailure("every status is listed") }
      return UInt8(place)
    }
    let (due, pending) = (number(.due), number(.pending))
    var numbers = part.dates.map { $0 <= lastDue ? due : pending }
    for (row, standing) in part.standings.enumerated() {
      switch Standing(rawValue: standing) {
      case nil: preconditionFailure("a payment's standing is one of those there are")
      case .paid: continue
      case .displaced: numbers[row] = number(.displaced)
      case .overQuota: numbers[row] = number(.overQuota)
      case .overCap: numbers[row] = number(.overCap)
      case .recovered: numbers[row] = number(.recovered)
      case .belowNought: numbers[row] = number(.belowNought)
      }
    }
    return .numbers(numbers, .text(QueryTexts(statuses.map(\.rawValue))))
      .inChinese(.numbers(numbers, .text(QueryTexts(statuses.map { PaymentWords.status($0).zh }))))
  }

  /// The ids of a space, by number. Where they have to be made, those that stand in the column are.
  private static func ids(
    _ numbers: [Int32], _ space: Space, _ ledger: Ledger, _ texts: DatasetTexts
  ) -> QueryTexts {
    switch space {
    case .text: return texts.all
    case .district: return texts.placeCodes
    case .list(let list):
      let table = ledger.dataset.tables[list]
      if let ids = table.ids { return texts.ids(ids) }
      return QueryTexts((0..<table.count).map { ledger.name(Int32(truncatingIfNeeded: $0), in: space) })
    }
  }
}

extension PaymentTable {
  /// The names of a space, by number: what has none is called by its id.
  private static func names(
    _ numbers: [Int32], _ space: Space, _ ledger: Ledger, _ texts: DatasetTexts
  ) -> QueryTexts {
    switch space {
    case .text: return texts.all
    case .district: return texts.placeNames
    case .list(let list):
      return texts.names(ledger.dataset.tables[list]) ?? ids(numbers, space, ledger, texts)
    }
  }
}

/// What the Chinese tables call measures.
enum MeasureNames {
  /// A measure's name, with its document where another measure of the ledger has the same.
  static func chinese(_ index: Int, _ ledger: Ledger) -> String {
    let measure = ledger.measures[index]
    let name = measure.words.zh
    let isShared = ledger.measures.indices.contains { $0 != index && ledger.measures[$0].words.zh == name }
    return isShared ? "\(measure.document)：\(name)" : name
  }
}

/// What of the last run is not paid.
enum UnpaidTable {
  private static let columns = [
    QuerySourceColumn("kind", zh: "类别", .text, Text("Why it is not paid", zh: "未支付的类别")),
    QuerySourceColumn("document", zh: "文件", .text, Text("Document", zh: "文件")),
    QuerySourceColumn("measure", zh: "措施", .text, Text("Measure", zh: "措施")),
    QuerySourceColumn("count", zh: "数量", .integer, Text("How many", zh: "数量")),
    QuerySourceColumn("unit", zh: "计量", .text, Text("Of what there are so many", zh: "计量单位")),
    QuerySourceColumn("missing", zh: "缺少", .text, Text("What is missing", zh: "缺少的事实或引用标准")),
    QuerySourceColumn("governed_by", zh: "适用文件", .text, Text("What governs it", zh: "适用的文件")),
    QuerySourceColumn("at_stake", zh: "涉及追回", .money, Text("Recovery at stake, yuan", zh: "涉及追回（元）")),
    QuerySourceColumn("subjects", zh: "涉及记录", .text, Text("Whose, the first thousand", zh: "涉及记录（编号），列前一千条")),
    QuerySourceColumn(
      "subject_names", zh: "记录名称", .text, Text("Their names, the first thousand", zh: "涉及记录的名称或姓名，列前一千条")),
    QuerySourceColumn(
      "at_stake_fen", zh: "涉及追回分", .integer, Text("The same in fen", zh: "涉及追回（分）"), isHidden: true),
  ]

  /// A row; what it does not speak of is none. In Chinese words for the Chinese table.
  private struct Row {
    let kind: Text
    let measure: Int
    let count: Int64
    let unit: Text
    var missing: [String] = []
    var governedBy: String?
    var atStake: Int64?
    var subjects: [String] = []
  }

  static let source = QuerySource(
    name: Text("unpaid", zh: "未支付"), title: Text("What of the last run is not paid", zh: "上次测算中未支付的部分"),
    columns: columns
  ) { desk, command throws(Refusal) in
    let ledger = try desk.lastRun(command, asShown: true).ledger
    let rows = rows(of: ledger)
    func list(_ names: [String]) -> String? { names.isEmpty ? nil : names.joined(separator: ", ") }
    let stakes = rows.map { $0.atStake ?? Absent.none64 }
    return QueryTable(
      "unpaid", zh: "未支付", columns.map(\.column),
      parts: [
        (
          count: rows.count,
          values: [
            words(rows.map(\.kind)), .texts(rows.map { ledger.measures[$0.measure].document }),
            words(rows.map { Text(ledger.measures[$0.measure].id, zh: MeasureNames.chinese($0.measure, ledger)) }),
            .numbers(rows.map(\.count), .integer), words(rows.map(\.unit)), words(rows.map { missing($0, ledger) }),
            .texts(rows.map(\.governedBy)),
            .numbers(stakes, .scaled(100)), .texts(rows.map { list($0.subjects) }),
            .texts(rows.map { list($0.subjects.map { ledger.dataset.words($0).zh }) }), .numbers(stakes, .integer),
          ]
        )
      ])
  }

  /// Words that differ in the Chinese table.
  private static func words(_ words: [Text?]) -> QueryValues {
    .texts(words.map { $0?.en }).inChinese(.texts(words.map { $0?.zh }))
  }

  private static func missing(_ row: Row, _ ledger: Ledger) -> Text? {
    guard !row.missing.isEmpty else { return nil }
    let names = row.missing.map { Unpaid.words($0, ledger.documents, ledger.dataset) }
    return Text(row.missing.joined(separator: ", "), zh: names.map(\.zh).joined(separator: "、"))
  }

  private static func rows(of ledger: Ledger) -> [Row] {
    let records = Text("subjects", zh: "条")
    var rows = ledger.unpriced.map {
      Row(
        kind: Text("unpriced", zh: "标准未明确"), measure: $0.measure, count: $0.units,
        unit: $0.isMonths ? Text("months", zh: "个月") : Text("payments", zh: "笔"),
        missing: $0.missing)
    }
    rows += ledger.undetermined.map {
      Row(
        kind: Text("undetermined", zh: "无法判定"), measure: $0.measure, count: Int64($0.count), unit: records,
        missing: $0.facts,
        atStake: $0.atStake, subjects: $0.subjects)
    }
    rows += ledger.elsewhere.map {
      Row(
        kind: Text("governed_elsewhere", zh: "适用其他文件"), measure: $0.measure, count: Int64($0.count), unit: records,
        governedBy: $0.governedBy, subjects: $0.subjects)
    }
    rows += ledger.grants.map {
      Row(
        kind: Text("granted", zh: "授予"), measure: $0.measure, count: 1, unit: records, subjects: [$0.subject])
    }
    return rows
  }
}
