// A question to whoever sits at the prompt: one short line, what may be answered, and what Enter alone says. Knows
// nothing of terminals.

import Diagnostics
import Sessions

/// A question that only somebody who is there can answer.
package struct Question: Sendable {
  /// The question in one line, without what Enter says.
  package let text: Text
  /// What may be answered, for completion; anything else may be, too.
  package let choices: [Completion]
  /// What Enter alone says, as it is shown; nil where it says nothing.
  package let usual: Text?

  package init(_ text: Text, choices: [Completion] = [], usual: Text? = nil) {
    (self.text, self.choices, self.usual) = (text, choices, usual)
  }

  /// The whole line: `Whose budget is it? [350112] `.
  package func line(in language: Language) -> String {
    text.in(language) + " " + (usual.map { "[\($0.in(language))] " } ?? "")
  }
}

extension Desk {
  /// Asks until an answer is understood.
  ///
  /// - Parameters:
  ///   - question: what is asked; what was wrong with the answer before stands before it.
  ///   - read: what an answer means, empty for Enter alone.
  /// - Returns: nil where nobody can be asked.
  /// - Throws: that the asking was interrupted, which costs nothing.
  func asked<T>(_ question: Question, _ read: (String) throws(Refusal) -> T) throws(Refusal) -> T? {
    guard let ask else { return nil }
    var shown = question
    while true {
      guard let answer = ask(shown) else { throw Refusal(.interrupted, at: nil) }
      do { return try read(answer.trimmingSpaces) } catch {
        let wrong = error.diagnostics.first?.message ?? question.text
        shown = Question(
          Text("\(wrong.en). \(question.text.en)", zh: "\(wrong.zh)。\(question.text.zh)"), choices: question.choices,
          usual: question.usual)
      }
    }
  }
}
