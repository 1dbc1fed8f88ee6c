// How much a ledger may come to. Every total of it, however it is grouped, is then exact: no sum of amounts leaves 64
// bits, in a comparison of several ledgers neither.
import Diagnostics
import PolicyLanguage
import Reckoning

extension Ledger {
  /// Fen that all payments of a ledger, whatever became of them, may come to: a thousand million million yuan.
  package static let most: Int128 = 100_000_000_000_000_000

  /// An error where the ledger's payments come to more than can be added up.
  var tooLarge: Diagnostic? {
    var sum: Int128 = 0
    for block in blocks {
      if block.amounts.count == 1 {
        sum += Int128(block.amounts[0].magnitude) * Int128(block.count)
      } else {
        for amount in block.amounts { sum += Int128(amount.magnitude) }
      }
      if sum > Ledger.most { return Ledger.tooLarge(measures[block.measure]) }
    }
    return nil
  }

  private static func tooLarge(_ measure: CheckedMeasure) -> Diagnostic {
    .error(
      "too-large",
      Text(
        "With those of \(measure.id) the payments come to more than a thousand million million yuan, "
          + "and cannot be added up.",
        zh: "计入“\(measure.words.zh)”后，支付合计超过一千万亿元，无法相加。"),
      hint: Text("Check the rates and facts for a figure with too many digits.", zh: "请检查标准和事实中是否有位数过多的数字。"),
      at: measure.location)
  }
}
