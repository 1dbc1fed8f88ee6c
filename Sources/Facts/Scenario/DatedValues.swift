// Values that hold from certain days on: in a scenario as days with figures, or in a file of two columns. Each becomes
// a setting of its own, named by its day: `minimum_wage.2022-04-01`. Knows nothing of which values there are.
import Diagnostics
import Reckoning

extension ScenarioWalk {
  /// The key under which values name their files.
  static let valuesFrom = "values_from"
  /// How many days a file may name.
  private static let mostDays = 10_000

  /// The figures of one value by their days: `{2022-04-01: 1960, 2024-01-01: 2030}`.
  mutating func dated(_ name: String, _ value: YAMLValue) -> [Scenario.Setting] {
    var out: [Scenario.Setting] = []
    for (key, figure) in value.pairs where !key.isRepeated {
      guard let text = key.name else {
        findings.add(.keyNotText, at: key.location)
        continue
      }
      guard let day = date(text, "values." + name, at: key.location),
        let (written, location) = single(figure, "values." + name + "." + text)
      else { continue }
      out.append(
        Scenario.Setting(name: name + "." + day.text, value: written, location: location, nameLocation: key.location))
    }
    return out
  }

  /// `values_from: {lpr: lpr.csv}`
  mutating func datedFiles(_ value: YAMLValue) -> [Scenario.Setting] {
    switch value.kind {
    case .nothing: return []
    case .map: break
    case .text, .list:
      findings.add(
        .wanted(key: ScenarioWalk.valuesFrom, Text("names with their files", zh: "名称和文件"), found: value.described),
        at: value.location)
      return []
    }
    var out: [Scenario.Setting] = []
    for (key, entry) in value.pairs where !key.isRepeated {
      guard let name = key.name else {
        findings.add(.keyNotText, at: key.location)
        continue
      }
      guard let (file, location) = single(entry, ScenarioWalk.valuesFrom + "." + name) else { continue }
      let path = Scenario.path(ofBulkFile: file, folder: folder)
      if let refusal = reader.barred(BulkPlace(path).file) {
        findings.add(.other(refusal), at: location)
      } else {
        out += dated(name, file: path, at: location)
      }
    }
    return out
  }

  /// The figures that a file gives: in each row a day, and the figure from that day on. A first row without a day names
  /// the columns.
  private mutating func dated(_ name: String, file path: String, at location: SourceRange?) -> [Scenario.Setting] {
    let source: any BulkSource
    do {
      let bytes = try FileBytes.read(BulkPlace(path).file, limit: 1 << 24)
      source = try BulkFormat.of(path).open(bytes, path, 1)
    } catch let problem as FileProblem {
      findings.add(problem, at: location)
      return []
    } catch let refusal as BulkRefusal {
      findings.add(refusal.problem, at: refusal.location(in: SourceFile(name: path, text: "")))
      return []
    } catch {
      Invariant.broken("file-problems-known: reading a file fails with a problem of the file")
    }
    guard let cells = source as? any CellSource, cells.prepare(reader.control, &findings) else { return [] }
    let rows = cells.top(ScenarioWalk.mostDays + 1, limit: 2)
    if rows.count > ScenarioWalk.mostDays { findings.add(.tooManyRecords, at: location) }
    var out: [Scenario.Setting] = []
    var seen: Set<String> = []
    for (i, row) in rows.enumerated() {
      guard row.cells.count >= 2, let first = row.cells.first else {
        findings.add(.cells(found: row.count, wanted: 2), at: range(row.line, row, cells.file))
        continue
      }
      if first.text.isEmpty, row.cells[1].text.isEmpty { continue }
      if i == 0, !first.text.unicodeScalars.contains(where: { ("0"..."9").contains($0) }) { continue }
      let at = SourceRange(source: cells.file, start: first.start, end: first.end)
      guard let day = date(first.text, name, at: at) else { continue }
      if !seen.insert(day.text).inserted { findings.add(.repeatedKey(day.text, firstLine: nil), at: at) }
      let figure = row.cells[1]
      out.append(
        Scenario.Setting(
          name: name + "." + day.text, value: figure.text,
          location: SourceRange(source: cells.file, start: figure.start, end: figure.end)))
    }
    return out
  }

  private func range(_ line: Int, _ row: BulkRow, _ file: SourceFile) -> SourceRange {
    SourceRange(source: file, start: Position(line: line, column: 1), end: row.end)
  }
}
