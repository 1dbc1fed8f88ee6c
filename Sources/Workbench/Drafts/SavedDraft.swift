// A draft as a policy document of its own: its text, its examples by what they come to, and what a person has to look
// at: what no document can hold, and prose that still says old figures. Knows nothing of how it is asked for.

import Diagnostics
import Engine
import PolicyLanguage
import Reckoning
import Sessions

/// A draft's text, and what is to be said of it.
struct SavedDraft {
  /// The examples of the text.
  struct Examples {
    let text: String
    let count: Int
    /// How many say something else than before.
    let changed: Int
    /// Those that say nothing of these rules any more.
    let gone: [Text]

    /// - Returns: nil where the text is no document that can be run, so that nobody knows what they come to.
    init?(_ text: String, called name: String, at desk: Desk) {
      var dictionary = desk.dictionary
      let source = SourceFile(name: name + ".md", text: text)
      let entry = Library.check(source, &dictionary, desk.library.places)
      guard let document = entry.document, !entry.diagnostics.contains(where: { $0.severity == .error }) else {
        return nil
      }
      let runner = ExampleRunner(
        document, dictionary: dictionary, places: desk.library.places, threads: desk.threads)
      var restated: [DraftText.Restated] = []
      var gone: Set<Int> = []
      for (i, example) in document.examples.enumerated() {
        guard let outcomes = runner.outcomes(example, with: []) else {
          gone.insert(i)
          continue
        }
        for (k, outcome) in outcomes.enumerated() {
          let expectation = example.expectations[k]
          switch outcome {
          case .amount(let raw), .count(let raw):
            if expectation.raw != raw { restated.append((i, k, raw)) }
          case .duty(let status):
            if status != expectation.quantity { gone.insert(i) }
          case nil: gone.insert(i)
          }
        }
      }
      self.text =
        restated.isEmpty && gone.isEmpty ? text : DraftText(document).text(restating: restated, without: gone)
      count = document.examples.count - gone.count
      changed = Set(restated.map(\.example)).subtracting(gone).count
      self.gone = gone.sorted().map { document.examples[$0].title }
    }

    /// What is told of them; nil: there are none.
    var note: Text? {
      guard count > 0 || !gone.isEmpty else { return nil }
      let kept =
        changed == 0
        ? Text("examples: \(count), all come to what they did", zh: "算例 \(count) 个，结果均与原来相同")
        : Text(
          "examples: \(count), of which \(changed) now \(changed == 1 ? "says" : "say") what the new rules come to",
          zh: "算例 \(count) 个，其中 \(changed) 个已改写为按新规则算出的结果")
      guard !gone.isEmpty else { return kept }
      return Text(
        "\(kept.en); left out, since they say nothing of these rules: \(gone.map(\.en).joined(separator: ", "))",
        zh: "\(kept.zh)；未写入（已不适用）：\(gone.map(\.zh).joined(separator: "、"))")
    }
  }

  var text: String
  /// What the draft sets and no document can hold.
  let left: [Setting]
  /// Nil where the text is no document that can be run: then there are none in it.
  var examples: Examples?
  /// Where the prose beside the rules says a figure as it was.
  var prose: [(line: Int, setting: Setting)] = []

  /// What is told of the examples behind the name of the file.
  var examplesNote: Text? {
    examples == nil
      ? Text(
        "its examples were left out, since nobody knows yet what they come to", zh: "算例的结果尚无从计算，未写入")
      : examples?.note
  }

  /// What a document cannot hold and what it says still is told, not lost silently.
  func notes(_ places: Gazetteer) -> [Diagnostic] {
    var out: [Diagnostic] = []
    if !left.isEmpty {
      let en = left.map { "\($0.target.id) = \($0.text(places).en)" }.joined(separator: ", ")
      let zh = left.map { "\($0.target.label.zh)＝\($0.text(places).zh)" }.joined(separator: "、")
      out.append(
        Diagnostic(
          .note, code: "not-in-document",
          Text("a policy document cannot hold: \(en)", zh: "政策文件无法写入：\(zh)"),
          hint: Text(
            "state it in the scenario's `values` or `readings`, or with `set`",
            zh: "请写在情景的 `引用标准`、`口径` 中，或用 `设定`")))
    }
    guard !prose.isEmpty else { return out }
    func before(_ setting: Setting) -> Text {
      guard case .parameter(let parameter) = setting.target, let raw = parameter.value else { return .same("") }
      return ValueText.text(raw, of: parameter, places: places)
    }
    let all = prose.map { one in
      Text(
        "line \(one.line): \(before(one.setting).en) (\(one.setting.target.id), now \(one.setting.text(places).en))",
        zh:
          "第 \(one.line) 行：\(before(one.setting).zh)（\(one.setting.target.label.zh)，现为 \(one.setting.text(places).zh)）")
    }
    out.append(
      Diagnostic(
        .note, code: "prose-says-otherwise",
        Text(
          "the prose still says figures as they were; \(all.map(\.en).joined(separator: "; "))",
          zh: "正文仍写着原来的数值：\(all.map(\.zh).joined(separator: "；"))"),
        hint: Text("the lines are those of the document that it rests on", zh: "行号为原文件的行号")))
    return out
  }
}
