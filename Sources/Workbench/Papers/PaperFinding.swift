// What reading papers back finds: what does not agree, and where. Knows nothing of how it is found.

import Diagnostics

/// What is wrong with the figures of papers.
struct PaperFinding: Sendable {
  /// What was looked at.
  enum Rule: String, Sendable, CaseIterable {
    /// The last line of a form is the sum of its lines.
    case sum
    /// Number times standard is amount.
    case product
    /// Due and pending are the total.
    case parts
    /// What stands under “cumulative” is the sum so far, apart from what a year or month has.
    case running
    /// All forms of all papers have one total.
    case total
    /// A sum that is said stands in a form.
    case said
    /// A form says what its amounts are counted in.
    case unit
    /// The papers are of the run that they are held against.
    case run
    /// What one paper says in a form, another says in the same.
    case repeats
    /// A sum in capitals is that in figures before it.
    case capitals
    /// Shares of sources that a sentence names come to the whole.
    case shares
    /// What a sentence calls less is less in the forms.
    case sign

    var words: Text {
      switch self {
      case .sum: Text("does not add up", zh: "合计不符")
      case .product: Text("number × standard is another amount", zh: "数量×标准不等于金额")
      case .parts: Text("due and pending are not the total", zh: "应付与未到期之和不等于合计")
      case .running: Text("the cumulative figure is not the sum so far", zh: "累计数不符")
      case .total: Text("another total than the other forms", zh: "与其他表合计不一致")
      case .said: Text("said, and in no form", zh: "文字与表格不一致")
      case .unit: Text("no unit", zh: "未标单位")
      case .run: Text("another figure than the run", zh: "与测算结果不一致")
      case .repeats: Text("said otherwise in another place", zh: "与他处不一致")
      case .capitals: Text("figures and capitals differ", zh: "大小写不一致")
      case .shares: Text("the shares do not come to 100%", zh: "比例合计不是100%")
      case .sign: Text("more is called less, or less more", zh: "增减方向与表格相反")
      }
    }
  }

  let rule: Rule
  let file: String
  /// The heading, with the table's number or the sentence.
  let place: Text
  /// What stands there.
  let found: String
  /// What ought to.
  let wanted: String
}

/// Where a cell stands: lines and columns are counted from 0.
struct PaperCell: Hashable {
  let file: String
  let table: Int
  let row: Int
  let column: Int

  init(_ file: String, _ table: Int, _ row: Int, _ column: Int) {
    (self.file, self.table, self.row, self.column) = (file, table, row, column)
  }
}
