// The lines that take what a search has found. What a draft of the programme sets itself is changed in the draft: `set`
// stands behind it and would do nothing.

import Diagnostics
import PolicyLanguage
import Sessions
import View

/// Figures with the values that were found for them, as they are typed in either language.
struct TakingLines {
  struct Figure {
    let varied: Varied
    let typed: Text
    /// What Chinese lines call it.
    let name: String

    init(_ varied: Varied, _ typed: Text, name: String) {
      (self.varied, self.typed, self.name) = (varied, typed, name)
    }

    /// `NAME = VALUE` in both languages.
    fileprivate var assignment: Text {
      Text("\(varied.id) = \(typed.en)", zh: "\(name) = \(typed.zh)")
    }
  }

  let figures: [Figure]
  let inquiry: Inquiry

  init(_ figures: [Figure], of inquiry: Inquiry) {
    (self.figures, self.inquiry) = (figures, inquiry)
  }

  /// The lines, one after another.
  var spans: [Span] {
    var line: [Span] = [Span("To take it: ", zh: "采用：", .muted)]
    for (i, command) in commands.enumerated() {
      if i > 0 { line.append(Span("; ", zh: "；", .muted)) }
      line.append(.command(command.en, zh: command.zh))
    }
    return line
  }

  private var commands: [Text] {
    let byDrafts = inquiry.programme.drafts.compactMap { name, whole -> Text? in
      let own = figures.filter { figure in whole.settings.contains { $0.target.id == figure.varied.id } }
      guard !own.isEmpty else { return nil }
      let changes = own.map(\.assignment)
      return Text(
        "draft \(name) from \(name): \(changes.map(\.en).joined(separator: ", "))",
        zh: "草案 \(name) 从 \(name)：\(changes.map(\.zh).joined(separator: "，"))")
    }
    let others = figures.filter { figure in
      !inquiry.programme.drafts.contains { $0.whole.settings.contains { $0.target.id == figure.varied.id } }
    }
    return others.map { Text("set \($0.assignment.en)", zh: "设定 \($0.assignment.zh)") } + byDrafts
  }
}

extension Desk {
  /// The Chinese name of a figure where it means just this one to whoever types it now, else its id.
  func typedInChinese(_ target: Settable) -> String {
    let name = target.typedName.zh.replacing(".", with: "的")
    switch library.resolve(name, in: nearDocuments) {
    case .found(let found): return found.id == target.id ? name : target.id
    case .ambiguous: return target.id
    // What only a draft has is called as the draft calls it.
    case .unknown: return name
    }
  }
}
