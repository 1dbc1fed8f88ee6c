// A run that is taken back to one of its cells and played on from there with other parameters. Knows nothing of pages.

import Diagnostics
import Sessions

extension NotebookRun {
  /// Whether every cell has its answer, or the run stopped at a mistake.
  var isOver: Bool { failed || outcomes.count == notebook.cells.count }

  /// Goes back to where the session stood before a cell, which is the next to be played.
  func rewind(to cell: Int) {
    guard cell < outcomes.count else { return }
    precondition(keepsMoments, "moments-kept: only a run that keeps its moments is taken back")
    session.go(to: moments[cell])
    moments.removeSubrange(cell...)
    outcomes.removeSubrange(cell...)
    diagnostics.removeSubrange(standing...)
    forget()
  }

  /// Figures are worked out anew when all cells are done.
  func forget() { (values, named, numbered, objects) = ([], [:], [:], [:]) }

  /// Gives a parameter another value and goes back to the first cell in which it stands.
  /// - Throws: why it cannot have the value.
  func move(_ name: String, to text: String) throws(Refusal) {
    guard let parameter = notebook.front.parameters.first(where: { $0.name == name }) else {
      let known = notebook.front.parameters.map(\.name)
      let mistake = NotebookMistake.unknownParameter(name, nearest: Nearest.names(to: name, among: known))
      throw Refusal([mistake.diagnostic(at: nil)])
    }
    let value: String
    do { value = try parameter.value(text) } catch { throw Refusal([error.mistake.diagnostic(at: nil)]) }
    let before = parameters
    parameters[name] = value
    let first = notebook.cells.prefix(outcomes.count).firstIndex {
      $0.kind == .commands && ParameterText.filled($0.text, before) != ParameterText.filled($0.text, parameters)
    }
    if let first { return rewind(to: first) }
    forget()
    diagnostics.removeSubrange(standing...)
    if let last = outcomes.last, last.failed { diagnostics += last.diagnostics }
  }

  /// Carries out an attempt at an exercise where its cell stands, and leaves nothing behind.
  func attempt(_ cell: NotebookCell, _ text: String) -> CellOutcome {
    precondition(moments.indices.contains(cell.number - 1), "moment-of-cell: the cells above an attempt were played")
    return session.trial {
      session.go(to: moments[cell.number - 1])
      return perform(cell.with(text), "")
    }
  }
}

extension NotebookCell {
  /// The cell with another text.
  func with(_ text: String) -> NotebookCell {
    NotebookCell(
      number: number, kind: kind, options: options, text: text, line: line, range: range, margin: margin, output: nil)
  }
}
