// What can be wrong with what is assumed of how people respond. Worded in both languages beside each case.

import Commands
import Diagnostics
import Reports
import Sessions

enum AssumeMistake {
  /// With the lists that there are.
  case unknownSubject(String, among: [String])
  case nobody(Text)
  case notANumber(String)
  case notAShare(String)
  case notBounds(String)
  case noFigure(String)
  case noBase(Text)
  case notCounted(Text)
  case notAssumed(String)
  case tooMany(Int)

  var code: String {
    switch self {
    case .unknownSubject, .nobody: "assume-whom"
    case .notANumber, .notAShare, .notBounds, .tooMany: "assume-number"
    case .noFigure, .noBase, .notCounted: "assume-figure"
    case .notAssumed: "assume-nothing"
    }
  }

  var message: Text {
    switch self {
    case .unknownSubject(let name, _):
      Text("`\(name)` is no list of records", zh: "`\(name)` 不是记录清单")
    case .nobody(let name): Text("the scenario has no \(name.en)", zh: "情景中没有\(name.zh)")
    case .notANumber(let text):
      Text("`\(text)` is no elasticity from -10 to 10", zh: "`\(text)` 不是 -10 至 10 的弹性")
    case .notAShare(let text): Text("`\(text)` is no share from 0 to 100%", zh: "`\(text)` 不是 0 至 100% 的比例")
    case .notBounds(let text):
      Text("`\(text)` are no bounds around 1", zh: "`\(text)` 不是包含 1 的上下限")
    case .noFigure(let name):
      Text("`\(name)` is no amount, count or share that anybody could respond to", zh: "`\(name)` 不是可作反应依据的金额、数量或比例")
    case .noBase(let name):
      Text("\(name.en) has no figure above nought to respond from", zh: "\(name.zh)没有大于零的现值，无从反应")
    case .notCounted(let name):
      Text("\(name.en) counts nothing that could be brought up to it", zh: "\(name.zh)不是可以凑足的人数门槛")
    case .tooMany(let count):
      Text(
        "\(count) things are assumed; no more than \(Attribution.most) are taken apart",
        zh: "有 \(count) 项假设，最多 \(Attribution.most) 项")
    case .notAssumed(let name): Text("`\(name)` is not assumed", zh: "没有 `\(name)` 这项假设")
    }
  }

  var hint: Text {
    switch self {
    case .unknownSubject(let name, let lists):
      Text(
        (Nearest.question(for: name, among: lists).map { $0.en + " " } ?? "")
          + "write `assume hires of agencies respond 0.4 to rate_3m`",
        zh: (Nearest.question(for: name, among: lists)?.zh ?? "") + "请写“假设 机构的录用人员 对 首次标准 弹性 0.4”")
    case .nobody: Text("`describe` tells which records there are", zh: "“概况”列出现有记录")
    case .notANumber:
      Text("0.4 stands for 0.4 % more where the figure is 1 % higher", zh: "0.4 表示数值每高 1%，人数多 0.4%")
    case .notAShare: Text("write it as 70%", zh: "请写作 70%")
    case .notBounds: Text("write them as 0.8..1.2", zh: "请写作 0.8..1.2")
    case .noFigure: Text("name a parameter, such as rate_3m", zh: "请写参数名称，如 首次标准")
    case .noBase: Text("set it first", zh: "请先设定该数值")
    case .notCounted: Text("name a threshold that counts records, such as agency_reward.threshold", zh: "请写人数门槛，如 起奖人数")
    case .tooMany: Text("take some back: `forget 1`", zh: "请取消一些：“取消假设 1”")
    case .notAssumed: Text("`assume` lists what is, with numbers", zh: "“假设”列出各项及序号")
    }
  }

  func refusal(at location: SourceRange?) -> Refusal {
    Refusal([.error(code, message, hint: hint, at: location)])
  }
}
