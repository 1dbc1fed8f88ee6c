// A figure of prose in the reader's words, for whoever points at it: what it is of, and the command that it was worked
// out by. Knows nothing of pages.

import Commands
import Diagnostics
import PolicyLanguage
import View

enum ValueWords {
  /// The longest command that is told whole.
  private static let longest = 80

  /// `edge.agency_reward.total - old.total as yuan`: agency_reward total (run changle-2022) - total (run old).
  static func told(_ expression: String, in run: NotebookRun) -> String {
    var words = expression.replacing("/", with: " / ").split(whereSeparator: \.isWhitespace).map(String.init)
    if let unit = words.lastIndex(where: { $0 == "as" || $0 == "以" }), unit > 0 { words = Array(words[..<unit]) }
    let isChinese = run.language == .zh
    return words.map { word in
      switch word {
      case "+": isChinese ? "＋" : word
      case "-", "−": isChinese ? "－" : word
      case "/": isChinese ? "÷" : word
      default: term(word, run)
      }
    }.joined(separator: " ")
  }

  /// A name that leads to a figure; what leads nowhere stays as it is.
  private static func term(_ word: String, _ run: NotebookRun) -> String {
    let isChinese = run.language == .zh
    let parts = word.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard let name = parts.first, let command = run.command(named: name) else {
      return run.notebook.front.parameters.first { $0.name == word }?.meaning ?? word
    }
    let told = parts.dropFirst().map { part(String($0), run) }.filter { !$0.isEmpty }
    let what = isChinese ? ChineseJoin.joined(told) : told.joined(separator: " ")
    let by = command.count > longest ? command.prefix(longest) + "…" : command[...]
    return isChinese ? "\(what)（\(by)）" : (what.isEmpty ? "" : what + " ") + "(\(by))"
  }

  /// A step of the way: a field, a measure, a kind, a column by its name.
  private static func part(_ part: String, _ run: NotebookRun) -> String {
    if let field = fields.first(where: { $0.en == part || $0.zh == part }) {
      return field.in(run.language).replacing("_", with: " ")
    }
    let session = run.session
    for documents in [session.nearDocuments, session.library.documents] {
      for measure in documents.flatMap(\.measures) {
        if measure.name == part || measure.id == part { return measure.words.in(run.language) }
        if measure.kind == part { return measure.kindWords.in(run.language) }
      }
    }
    return part
  }

  private enum ChineseJoin {
    /// Chinese words run on; what ends or begins with a letter or a figure keeps its distance.
    static func joined(_ parts: [String]) -> String {
      parts.reduce("") { out, part in
        let isApart = (out.last?.isASCII ?? false) || (!out.isEmpty && part.first?.isASCII ?? false)
        return out + (isApart ? " " : "") + part
      }
    }
  }

  private static let fields: [Text] = [
    Text("total", zh: "合计"), Text("due", zh: "应付"), Text("pending", zh: "未到期"), Text("displaced", zh: "就高不重复"),
    Text("over_quota", zh: "超出名额"), Text("over_cap", zh: "超出限额"), Text("recovered", zh: "追回"),
    Text("below_nought", zh: "低于零"), Text("payments", zh: "笔数"), Text("beneficiaries", zh: "对象数"),
    Text("effect", zh: "影响"), Text("gap", zh: "差额"), Text("change", zh: "差额"), Text("paid", zh: "实付"),
    Text("matched", zh: "相符"), Text("estimated", zh: "预算数"), Text("count", zh: "数量"), Text("rate", zh: "标准"),
    Text("timing", zh: "时间"), Text("rest", zh: "其他"), Text("lowest", zh: "最低"), Text("highest", zh: "最高"),
    Text("value", zh: "数值"), Text("base", zh: "基准"), Text("average", zh: "平均"), Text("median", zh: "中位数"),
  ]
}
