// What somebody lacks, below why there is no payment: another reading that would do, what would have to be otherwise,
// what nobody has stated, and stated facts that are as they are. Knows nothing of how it was found.

import Answers
import Diagnostics
import Engine
import View

extension ExplanationAnswer {
  /// - Parameter failing: the conditions that fail or are not known.
  func append(_ lack: Lack, _ failing: [Derivation], to body: inout AnswerBody) {
    if !lack.readings.isEmpty {
      body.append(.paragraph(Text("Another reading would do by itself:", zh: "按另一口径即可：")))
      body.append(.list(ordered: false, lack.readings))
    }
    if !lack.changes.isEmpty {
      // The last line says what would be paid then.
      let areSeveral = lack.changes.count > 2
      body.append(
        .paragraph(
          areSeveral
            ? Text("What is lacking, all of it together:", zh: "差在哪里（以下各项须同时具备）：")
            : Text("What is lacking:", zh: "差在哪里：")))
      body.append(.list(ordered: false, lack.changes))
      return
    }
    let open = unstated(failing)
    if !open.isEmpty {
      body.append(.paragraph(Text("What is lacking:", zh: "差在哪里：")))
      body.append(.list(ordered: false, open))
    }
    guard !lack.stated.isEmpty else { return }
    let facts = lack.stated.prefix(4), more = lack.stated.count - facts.count
    body.append(
      .paragraph(
        Text(
          "It hangs on what is stated, which is no matter of choice: " + facts.map(\.en).joined(separator: "; ")
            + (more > 0 ? "; and \(more) more" : "") + ". If that is wrong, correct it and run again.",
          zh: "取决于已填写的事实：" + facts.map(\.zh).joined(separator: "；") + (more > 0 ? "；另有\(more)项" : "")
            + "。此类事实以实际为准，不作改动建议；如填写有误，请更正后重新测算。")))
  }

  /// What nobody has stated and it hangs on, each once: a fact to be stated, a figure laid down elsewhere to be set.
  private func unstated(_ failing: [Derivation]) -> [[Span]] {
    var names: [Text] = []
    for one in failing where !one.isByItself {
      for fact in one.openFacts where !names.contains(fact) { names.append(fact) }
    }
    // What fails because nobody has stated it may hold as well.
    var taken: [Text] = []
    for one in failing {
      guard case .no = one.verdict, one.gap?.zh.contains("未填") == true, !taken.contains(one.text) else { continue }
      taken.append(one.text)
    }
    let values = run.documents.flatMap(\.values)
    return taken.map { condition in
      [
        Span("to be stated, if it is so (not stated, taken otherwise): ", zh: "如属实，先填明（现未填，按默认处理）：", .muted),
        Span(condition, .keyword),
      ]
    }
      + names.map { name in
        if let value = values.first(where: { $0.name == name.en || $0.words.zh == name.zh }) {
          return [
            Span("a figure laid down elsewhere: ", zh: "先给出引用标准：", .muted),
            Span(Unpaid.line(for: value.name, in: run.documents), .code),
          ]
        }
        return [Span("to be stated: ", zh: "先填明（现未填）：", .muted), Span(name, .keyword)]
      }
  }
}

extension Lack {
  /// The same for programs.
  func add(to record: inout Record) {
    record.add("smallest_change", self.record.map { .record($0) } ?? .none)
    let readings = readings.map { line in
      Datum.words(Text(line.map(\.text.en).joined(), zh: line.map(\.text.zh).joined()))
    }
    if !readings.isEmpty { record.add("readings_that_do", .list(readings)) }
    if !stated.isEmpty { record.add("hangs_on_stated", .list(stated.map { .words($0) })) }
  }
}
