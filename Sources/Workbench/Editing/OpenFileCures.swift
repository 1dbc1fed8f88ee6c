// What would mend a mistake in an open file: what the mistake itself says, and what fits its place and looks like what
// is written there. Knows nothing of protocols.

import Diagnostics

extension OpenFile {
  /// Texts that may stand in the place of a mistake, the likeliest first. What the mistake does not offer by itself is
  /// tried: it is offered only where fewer mistakes are left.
  package func cures(of problem: Diagnostic) -> [String] {
    if let replacement = problem.replacement { return [replacement] }
    let offered = problem.hint.map { Nearest.offered(by: $0) } ?? []
    guard offered.isEmpty, kind == .policy, problem.severity == .error, let location = problem.location,
      location.start.line == location.end.line
    else { return offered }
    return (written(in: problem.hint, at: location) + fitting(at: location)).filter { mends($0, at: location) }
  }

  /// ``Write `1000 yuan`, if that is meant.``
  private func written(in hint: Text?, at location: SourceRange) -> [String] {
    guard let hint else { return [] }
    let lines = OpenFile.lines(source.text)
    guard lines.indices.contains(location.start.line - 1) else { return [] }
    let isChinese = lines[location.start.line - 1].first { $0 != " " }.map { !$0.isASCII } ?? false
    let (said, opening) = isChinese ? (hint.zh, "请写") : (hint.en, "Write ")
    guard let at = said.firstRange(of: opening) else { return [] }
    let rest = said[at.upperBound...]
    guard let mark = rest.first, mark == "`" || mark == "“" else { return [] }
    let text = rest.dropFirst().prefix { $0 != "`" && $0 != "”" }
    return text.isEmpty || text.contains("…") ? [] : [String(text)]
  }

  /// What may be written in the place of a word and looks like it.
  private func fitting(at location: SourceRange) -> [String] {
    let lines = OpenFile.lines(source.text)
    guard lines.indices.contains(location.start.line - 1) else { return [] }
    let line = Array(lines[location.start.line - 1])
    let (start, end) = (location.start.column - 1, min(location.end.column - 1, line.count))
    guard start >= 0, start < end else { return [] }
    let word = String(line[start..<end])
    guard word.allSatisfy({ OpenFile.isNamePart($0) }) else { return [] }
    let known = completions(at: location.start).words.map(\.text)
    return known.contains(word) ? [] : Nearest.names(to: word, among: known)
  }

  /// Whether fewer mistakes are left with a text in the place of what is written.
  private func mends(_ text: String, at location: SourceRange) -> Bool {
    var lines = OpenFile.lines(source.text).map { Array($0) }
    let (line, start, end) = (location.start.line - 1, location.start.column - 1, location.end.column - 1)
    guard lines.indices.contains(line), start >= 0, start <= end, end <= lines[line].count else { return false }
    lines[line].replaceSubrange(start..<end, with: Array(text))
    let changed = OpenFile(
      lines.map { String($0) }.joined(separator: "\n"), path: source.name, neighbours: desk.library.ownFiles,
      door: desk.door, language: desk.language)
    func errors(_ file: OpenFile) -> Int { file.diagnostics.count { $0.severity == .error } }
    return errors(changed) < errors(self)
  }
}
