// Where answers go: the standard output in the form asked for, what is wrong to the standard error, and with JSON to
// both.

import Diagnostics
import Glibc
import View
import Workbench

final class Output {
  let format: OutputFormat
  var language: Language
  private let colour: ColourChoice

  init(format: OutputFormat, language: Language, colour: ColourChoice) {
    self.format = format
    self.language = language
    self.colour = colour
  }

  /// Whether texts for the standard output are coloured.
  var isColoured: Bool { Surroundings.colours(colour, STDOUT_FILENO) }

  func show(_ answer: Answer) {
    if let echo = answer.echo, format == .table {
      let line = [Span.data("测算> ", .prompt), Span.data(echo, .strong)]
      Stream.write("\n" + terminal.render(line: line) + "\n")
    }
    show(diagnosticsOf: answer)
    var renderer = AnswerRenderer(format: format, language: language)
    renderer.width = Surroundings.columns
    renderer.colour = isColoured
    let text = renderer.render(answer)
    if !text.isEmpty { Stream.write(text) }
  }

  /// What is wrong goes to the standard error; where other programs listen, a line goes to them too.
  func show(diagnosticsOf answer: Answer) {
    guard !answer.diagnostics.isEmpty else { return }
    if (answer.format ?? format) == .json {
      for problem in answer.diagnostics where problem.severity == .error {
        Stream.write(JSONValue(problem, in: language).line + "\n")
      }
    }
    let renderer = DiagnosticRenderer(language: language, width: min(Surroundings.columns, 160))
    let screen = TerminalRenderer(
      width: 10_000, colour: Surroundings.colours(colour, STDERR_FILENO), language: language)
    Stream.write(screen.render(renderer.document(answer.diagnostics)), to: STDERR_FILENO)
  }

  var terminal: TerminalRenderer {
    TerminalRenderer(width: Surroundings.columns, colour: isColoured, language: language)
  }
}
