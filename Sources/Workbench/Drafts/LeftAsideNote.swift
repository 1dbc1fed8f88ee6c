// An answer about what drafts change says which settings of the same things it leaves aside. Knows nothing of how it is
// reckoned.

import Answers
import Commands
import Diagnostics
import Engine
import PolicyLanguage
import Sessions

extension Desk {
  /// Answers something that is about what drafts change: the text in force has its own figures there, whatever is set;
  /// each setting that is left aside for that is told once.
  ///
  /// - Parameters:
  ///   - names: documents, drafts and results, as they are called.
  ///   - command: whose `with` is left aside as well.
  func amending(
    _ names: [Written], _ command: Command, _ body: () throws(Refusal) -> Answer
  ) throws(Refusal) -> Answer {
    var drafts: [UnfoldedDraft] = []
    for name in names {
      if let draft = draft(named: name) { drafts.append(try unfold(draft, at: name.location)) }
    }
    guard !drafts.isEmpty else { return try body() }
    let documents = drafts.flatMap(\.documents) + names.compactMap { draft(named: $0) == nil ? try? document($0) : nil }
    let known = Set(try leftAside(command, in: documents).map(\.target.id))
    return try amending(drafts.flatMap(\.settings)) { () throws(Refusal) -> Answer in
      let aside = try leftAside(command, in: documents).filter { !known.contains($0.target.id) }
      var answer = try body()
      answer.diagnostics = aside.map(told) + answer.diagnostics
      return answer
    }
  }

  private func told(_ setting: Setting) -> Diagnostic {
    let (label, value, name) = (setting.target.label, setting.text(library.places), setting.target.typedName)
    return Diagnostic(
      .warning, code: "setting-aside",
      Text(
        "\(label.en) is set to \(value.en); that is left aside here, since the draft changes it: what holds now is "
          + "what "
          + "the document says",
        zh: "已设定\(label.zh)＝\(value.zh)；草案改动的正是这一项，此处不计该设定，“现行”按文件所写"),
      hint: setting.source == .command
        ? Text("leave it away here", zh: "此处不必写这一项")
        : Text("`set \(name.en) = default` takes the setting back", zh: "`设定 \(name.zh) = 默认` 取消该设定"))
  }
}
