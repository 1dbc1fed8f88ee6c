// A paper for programs: the whole of it as Markdown, and its lists as rows. Knows nothing of how papers are made.

import Answers
import Diagnostics
import View

extension AnswerBody {
  /// What programs read of a paper.
  func record(_ language: Language) -> KeyValuePairs<String, Datum> {
    let lists = parts.compactMap { part -> Datum? in
      guard case .relation(let relation) = part, !relation.peopleColumns.isEmpty else { return nil }
      return .record(Record(["title": .words(relation.title), "rows": .rows(relation)]))
    }
    let text = AnswerRenderer(format: .markdown, language: language).render(Answer(self))
    return ["text": .id(text), "lists": .list(lists)]
  }
}
