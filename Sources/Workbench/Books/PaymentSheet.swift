// A measure's payments by name, as an office hands them in: one line for each, what became of it, and why it is not
// paid where it is not. Knows nothing of cells.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import Synchronization
import View

/// What became of payments, in the words by which a book's lists add each other up.
enum PaymentWords {
  static let due = Text("due", zh: "应付")
  static let pending = Text("pending", zh: "未到期")
  static let unpaid = Text("not paid", zh: "不付")

  static func status(_ status: PaymentList.Status) -> Text {
    switch status {
    case .due: due
    case .pending: pending
    case .displaced: Text("displaced", zh: "就高不重复")
    case .overQuota: Text("over quota", zh: "超出名额")
    case .overCap: Text("over cap", zh: "超出限额")
    case .recovered: Text("recovered", zh: "追回")
    case .belowNought: Text("below nought", zh: "低于零")
    }
  }

  /// Why somebody with such a payment gets nothing.
  static func reason(_ status: PaymentList.Status) -> Text {
    switch status {
    case .due, .pending, .recovered: .same("")
    case .displaced: Text("a payment of the same kind that is as high or higher stands instead", zh: "同类待遇就高，已由其他文件支付")
    case .overQuota: Text("no place of the quota was left", zh: "名额已满")
    case .overCap: Text("the cap was reached", zh: "限额已用完")
    case .belowNought: Text("it comes out below nought", zh: "计算结果低于零")
    }
  }
}

/// Names of who is paid and what for.
final class PaidNames: Sendable {
  private let dataset: Dataset
  /// The same few are paid again and again.
  private let known = Mutex<[String: String]>([:])

  init(_ dataset: Dataset) { self.dataset = dataset }

  func often(_ id: String) -> String {
    known.withLock { known in
      if let name = known[id] { return name }
      let name = name(id)
      known[id] = name
      return name
    }
  }

  /// The name that the facts give, in either language; the id where they give none.
  func name(_ id: String) -> String {
    let bare = dataset.parts(ofSubject: id).id
    let name = dataset.words(bare).zh
    // A person's record has its id behind the name, which stands in a column of its own here.
    let mark = "（\(bare)）"
    return name.hasSuffix(mark) ? String(name.dropLast(mark.count)) : name
  }
}

/// The sheet of one measure.
struct PaymentSheet {
  let measure: CheckedMeasure
  let document: CheckedDocument
  let run: Session.Run
  let tally: Tally
  let places: Gazetteer

  private typealias Payment = PaymentList.Payment

  /// How other lists of the book speak of its list.
  static func key(_ measure: CheckedMeasure) -> String { "payments " + measure.id }

  var sheet: AnswerBook.Sheet {
    let list = PaymentList(run.ledger) { $0.id == measure.id }
    var parts: [AnswerBook.Part] = [
      .block(.heading(level: 2, [Span(measure.title, .title)])),
      .block(
        .paragraph([
          measure.addedFrom.map { Span.data($0) } ?? Span(document.title),
          .data(measure.addedFrom != nil || document.number.isEmpty ? "" : " " + document.number),
          Span(Text("; article ", zh: "；条款 ")), .data(measure.article, .article),
        ])),
    ]
    let figures = parameters
    if !figures.isEmpty { parts.append(.block(.paragraph(figures))) }
    var book = BookList(PaymentSheet.key(measure), relation(list))
    book.tallied = ["status", "counts", "amount"]
    parts.append(.list(book))
    return AnswerBook.Sheet(Text(measure.name, zh: measure.words.zh), parts, isLong: true)
  }

  /// The figures that the measure was reckoned with.
  private var parameters: [Span] {
    let settings = run.ledger.settings
    return .joined(
      measure.parameters.compactMap { parameter in
        guard let raw = settings.parameters[parameter.id] ?? parameter.value else { return nil }
        return [
          Span(parameter.words, .name), Span(" = ", zh: "＝"),
          Span(ValueText.text(raw, of: parameter, places: places), .number),
        ]
      }, Text("; ", zh: "；"))
  }

  private func relation(_ list: PaymentList) -> Relation {
    let ledger = run.ledger
    let names = PaidNames(ledger.dataset)
    let hasUnpaid = tally.displaced != 0 || tally.overQuota != 0 || tally.overCap != 0 || tally.belowNought != 0
    var columns: [AnswerColumn<Payment>] = [
      .date("date", Text("Date", zh: "日期"), .essential) { $0.date.text },
      .id("name", Text("Beneficiary", zh: "发放对象"), .essential) { names.often($0.beneficiary) },
      .id("id", Text("Its id", zh: "对象编号"), .useful) { $0.beneficiary },
      .id("for", Text("For", zh: "对应记录"), .essential) { names.name($0.subject) },
      .id("for_id", Text("Id", zh: "记录编号"), .useful) { $0.subject },
      .money("amount", document.currency.amounts, .essential) { $0.amount }
        .shown { $0.isUpperBound ? [.data("≤ ", .warning), .money(fen: $0.amount)] : nil },
      .words("status", Text("Status", zh: "状态"), .essential) { PaymentWords.status($0.status) },
      .words("counts", Text("Counts as", zh: "计入"), .essential) { payment in
        switch payment.status {
        case .due, .pending, .recovered:
          ledger.isDue(payment.date.number) ? PaymentWords.due : PaymentWords.pending
        case .displaced, .overQuota, .overCap, .belowNought: PaymentWords.unpaid
        }
      },
    ]
    if list.hasCuts {
      columns.append(.money("claimed", Text("Claimed", zh: "应得"), .useful) { $0.claimed })
    }
    if hasUnpaid || list.hasCuts {
      columns.append(
        .words("why", Text("Why", zh: "原因"), .useful) { payment in
          if let other = payment.displacedBy {
            return Text("stands back behind \(other.title.en)", zh: "已由“\(other.title.zh)”支付")
          }
          if payment.claimed != nil { return Text("cut by a cap", zh: "受限额限制") }
          let reason = PaymentWords.reason(payment.status)
          return reason.en.isEmpty ? nil : reason
        })
    }
    return Relation(
      count: list.count,
      role: { payment in
        switch payment.status {
        case .due, .pending, .recovered: nil
        case .displaced, .overQuota, .overCap, .belowNought: .muted
        }
      }, columns
    ) { list[$0] }
  }
}
