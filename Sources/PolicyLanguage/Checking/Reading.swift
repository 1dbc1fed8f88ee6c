// Readings of an ambiguous text, and those that hold for every document. Knows nothing of what a choice does to a
// figure.
import Diagnostics
import Reckoning

/// One defensible interpretation of an ambiguous text, chosen among several.
package struct Reading: Sendable {
  /// One of the interpretations.
  package struct Choice: Sendable {
    package let name: String
    /// The Chinese name; nil where there is none.
    package let chinese: String?
    package let meaning: Text

    /// What the choice is called, in both languages.
    package var words: Text { Text(name, zh: chinese ?? name) }
  }

  /// `changle-2022.agency_reward.threshold_means`, or a global name such as `window_on`.
  package let id: String
  /// The Chinese name; nil where there is none.
  package let chinese: String?
  /// The short name of the measure that it belongs to; nil where it is the document's or holds for all.
  package let owner: String?
  package let question: Text
  package let choices: [Choice]
  package let defaultIndex: Int
  package let location: SourceRange?

  /// What the reading is called, in both languages.
  package var words: Text { Text(name, zh: chinese ?? name) }

  package var name: String { id.lastName }
}

extension Reading {
  /// The readings that hold for every document (semantics.md).
  package static let global: [Reading] = [
    make(
      "month_end", "月末处理", Text("When the month reached lacks the day, which day is it?", zh: "对应月份没有该日时，取哪一天？"),
      ("clamp", "当月末日", Text("the month's last day", zh: "该月最后一天")),
      ("next_day", "次月首日", Text("the first day of the following month", zh: "次月第一天"))),
    make(
      "clock", "起算方法", Text("From when does \"stable for n months\" count?", zh: "“稳定就业满 n 个月”如何起算？"),
      ("inclusive", "首日计入", Text("the start day counts", zh: "起始日计入")),
      (
        "anniversary", "首日不计",
        Text("the start day does not count (Civil Code, arts. 201 and 202)", zh: "起始日不计入（民法典第 201、202 条）")
      ),
      ("insured_months", "参保月份", Text("calendar months insured", zh: "按参保的自然月"))),
    make(
      "year_of", "年度归属", Text("Which date places a hire in a year?", zh: "以哪个日期确定所属年度？"),
      ("start", "参保日", Text("the first day insured", zh: "参保日期")),
      ("completion", "满期日", Text("the day on which the months are complete", zh: "满规定月数之日"))),
    make(
      "window_on", "期限判断", Text("Which date must lie within the document's period?", zh: "以哪个日期判断是否在有效期内？"),
      ("start", "起始日", Text("the day on which the spell or service begins", zh: "开始之日")),
      ("accrual", "应付日", Text("the day on which it counts or is due", zh: "满足条件或应付之日"))),
    make(
      "count", "计数单位", Text("Are persons counted, or hires?", zh: "按人还是按次计数？"),
      ("persons", "按人", Text("each person once", zh: "每人只计一次")),
      ("hires", "按次", Text("every hire", zh: "每次录用都计"))),
    make(
      "allocation", "名额分配", Text("Who gets the places of a quota?", zh: "名额如何分配？"),
      ("filing_order", "备案先后", Text("first filed, first served", zh: "按备案先后")),
      ("maximum", "人数最多", Text("as many as possible", zh: "人数最多"))),
    make(
      "cap_end", "限额用完", Text("What becomes of the payment that no longer fits below a cap?", zh: "超出剩余限额的一笔如何处理？"),
      ("part", "付余额", Text("what is left is paid", zh: "付至限额为止")),
      ("stop", "即止", Text("it gets nothing, and nothing more is paid from that cap", zh: "不付，此后也不再支付")),
      ("skip", "跳过", Text("it gets nothing, later ones that fit are paid", zh: "不付，其后付得下的照付"))),
    make(
      "higher_by", "就高方式", Text("What competes when the higher is taken?", zh: "就高时比较什么？"),
      ("total", "合计比较", Text("each document's total", zh: "各文件合计")),
      ("payment", "逐笔比较", Text("payment by payment", zh: "逐笔"))),
    make(
      "higher_between", "就高范围", Text("Between which documents is the higher taken?", zh: "哪些文件之间就高？"),
      (
        "clause", "有就高条款者之间",
        Text(
          "each document with a clause on it is a contender, all without one are together another",
          zh: "有就高条款的文件各为一方，没有条款的文件合为一方")
      ),
      ("all", "各文件之间", Text("every document is a contender", zh: "每个文件各为一方"))),
  ]

  /// What becomes of the payment that no longer fits below a cap.
  package static let capEnd: Reading = Invariant.value(
    global.first { $0.id == "cap_end" }, "cap-end-known: how a cap ends is a reading of all documents")

  /// Whether any rule of some documents asks about it: how a cap ends, only where there is a cap in turn.
  package func isAsked(in documents: [CheckedDocument]) -> Bool {
    guard id == "cap_end" else { return true }
    return documents.contains { document in
      document.limits.contains { $0.caps.contains { !$0.isShared } }
        || document.measures.contains { $0.limits.caps.contains { !$0.isShared } }
    }
  }

  /// Whether the reading is one for everything, and not to be set for a document or a measure.
  package var isGlobalOnly: Bool { id == "higher_by" || id == "higher_between" }

  private static func make(
    _ id: String, _ chinese: String, _ question: Text, _ choices: (name: String, chinese: String, Text)...
  ) -> Reading {
    Reading(
      id: id, chinese: chinese, owner: nil, question: question,
      choices: choices.map { Choice(name: $0.name, chinese: $0.chinese, meaning: $0.2) }, defaultIndex: 0,
      location: nil)
  }
}
