// What can be wrong with what an answer is taken apart by: levels and bands that a fact does not have. Worded in both
// languages beside each case.

import Commands
import Diagnostics

package enum GroupingMistake {
  case tooManyKeys(Int)
  case twice(String)
  /// A level or day that a fact has not, and those that it has.
  case noLevel(String, of: String, choices: [String])
  case noBands(String)
  case notABand(String)
  case bandsOverlap(String, String)
  /// A fact that records of the list have not.
  case notOf(String, list: Text)
  /// Two keys that cross, where one is divided by.
  case perOfPairs
  /// Sources of money, of which one payment may have several, where each payment has to be in one group.
  case fundAlone
  /// A count that no measure of the programme makes, and those that are made.
  case noCount(String, nearest: [String], all: [String])

  package var code: String {
    switch self {
    case .tooManyKeys, .twice, .noLevel, .noBands, .notABand, .bandsOverlap, .notOf, .perOfPairs, .fundAlone:
      "grouping"
    case .noCount: "unknown-count"
    }
  }

  package var message: Text {
    switch self {
    case .tooManyKeys(let count):
      Text("there are \(count) things to group by", zh: "分组依据有 \(count) 项")
    case .twice(let name): Text("`\(shown(name))` crosses itself", zh: "`\(shown(name))` 与自身交叉")
    case .noLevel(let level, let name, _):
      Text("`\(shown(name))` is not grouped at `\(shown(level))`", zh: "`\(shown(name))` 不能取 `\(shown(level))`")
    case .noBands(let name):
      Text("`\(shown(name))` has no figures or days to be put into bands", zh: "`\(shown(name))` 不是数值或日期，不能分档")
    case .notABand(let text): Text("`\(shown(text))` is no band", zh: "`\(shown(text))` 不是一个档")
    case .bandsOverlap(let a, let b):
      Text("`\(shown(b))` does not begin above `\(shown(a))`", zh: "`\(shown(b))` 未接在 `\(shown(a))` 之上")
    case .notOf(let name, let list):
      Text("\(list.en) have no fact `\(shown(name))` with one value", zh: "\(list.zh)没有单值的事实 `\(shown(name))`")
    case .perOfPairs: Text("`per` goes with one thing to group by", zh: "`每` 只能与一项分组依据同用")
    case .fundAlone:
      Text("one payment may come from several funds, so that it has no one fund", zh: "一笔支付可有几个资金来源，不能归入其中一个")
    case .noCount(let name, _, _):
      Text("no measure counts `\(shown(name))`", zh: "没有措施统计 `\(shown(name))`")
    }
  }

  package var hint: Text? {
    switch self {
    case .tooManyKeys: Text("write one, or two that cross", zh: "请写一项，或交叉的两项")
    case .twice: Text("write two different ones", zh: "请写不同的两项")
    case .noLevel(_, _, let choices):
      choices.isEmpty
        ? Text("leave it out", zh: "请删去")
        : Text("it may be \(choices.joined(separator: ", "))", zh: "可写：\(choices.joined(separator: "、"))")
    case .noBands: Text("leave the bands out", zh: "请删去分档")
    case .notABand: Text("write 16..24, 25..34, 35..", zh: "写作 16..24、25..34、35..")
    case .bandsOverlap: Text("let bands ascend: 16..24, 25..34, 35..", zh: "各档请从小到大、互不重叠：16..24、25..34、35..")
    case .notOf: Text("`show` the list for its facts", zh: "用 `查看` 看该清单有哪些事实")
    case .perOfPairs: Text("leave one of the two out", zh: "请删去其中一项")
    case .fundAlone: Text("write `run by fund` or `run by fund, year`", zh: "请写“测算 按 资金来源”或“测算 按 资金来源、年度”")
    case .noCount(_, let nearest, let all):
      nearest.isEmpty
        ? Text(
          "write one of: \((["beneficiary"] + all).prefix(12).joined(separator: ", "))",
          zh: "可写：\((["对象"] + all).prefix(12).joined(separator: "、"))")
        : Text("did you mean \(nearest.joined(separator: " or "))?", zh: "是不是要写 \(nearest.joined(separator: " 或 "))？")
    }
  }
}
