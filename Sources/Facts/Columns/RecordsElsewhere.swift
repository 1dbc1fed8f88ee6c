// The records of a list in a folder of Parquet files, which an engine reads where they lie: which of their columns
// states which fact, from the ends of the files. Knows nothing of the rows.
import Diagnostics
import Parquet
import Reckoning

/// Where the records of a list are that stay there.
package struct RecordsElsewhere: Sendable {
  /// The folder with the Parquet files.
  package let folder: String
  /// The column that states each field, by the field's name; a field without one is stated by no record.
  package let columns: [String: String]
  /// The pairs of fields of which the second is a day that may not lie before the first.
  package let periods: [(begins: String, ends: String)]

  /// The same by another path of the folder.
  package func at(_ path: String) -> RecordsElsewhere {
    RecordsElsewhere(folder: path, columns: columns, periods: periods)
  }
}

extension DatasetBuilder {
  /// Understands the columns of a folder's files as those of a single file are understood. What only a reading here can
  /// do with a column, such as taking it in another unit, is an error.
  mutating func elsewhere(
    _ list: String, in folder: String, at location: SourceRange?, _ findings: inout Findings
  ) -> RecordsElsewhere? {
    guard let schema = lists.first(where: { $0.schema.declaration.name == list })?.schema else { return nil }
    if let inner = RecordFolder.inner(of: folder) {
      findings.add(
        .error(
          "folder-in-folder",
          Text(
            "`\(inner)` holds Parquet files, too, which would be left out", zh: "文件夹 `\(inner)` 中也有 Parquet 文件，将不被读取"),
          hint: Text("put all files right into `\(folder)`", zh: "请把文件都直接放在 `\(folder)` 中")), at: location)
      return nil
    }
    let names = columns(of: folder, at: location, &findings)
    guard !names.isEmpty else { return nil }
    let file = SourceFile(name: folder, text: "") { position in
      names.indices.contains(position.column - 1) ? names[position.column - 1] : ""
    }
    var row = BulkRow(line: 1)
    for (column, name) in names.enumerated() {
      let place = Position(line: 1, column: column + 1)
      row.cells.append(BulkRow.Cell(text: name, start: place, end: place))
    }
    (row.count, row.nextLine) = (names.count, 2)
    let request = BulkRequest(
      schema: schema, reader: reader, ignored: ignored, mapping: mapping, threads: threads, control: control)
    var found = Findings()
    let read = BulkHeader.read([row], file, request, &suggestions, &found)
    // Nobody makes ids there.
    for problem in found.ordered() where problem.code != MadeIDs.code { findings.add(problem) }
    guard let header = read else { return nil }
    let top = SourceRange(source: file, start: Position(line: 1, column: 1), end: row.end)
    if schema.declaration.hasID, header.idColumn == nil {
      findings.add(.missing(field: Text("id", zh: "编号"), record: schema.record), at: top)
    }
    for (column, field) in header.columns
    where column >= names.count || header.plans[column].scale != 1 {
      findings.add(RecordsElsewhere.onlyHere(header.name(column), schema.words(field)), at: top)
    }
    var columns: [String: String] = [:]
    if let id = header.idColumn { columns["id"] = names[id] }
    for (column, field) in header.columns where column < names.count {
      columns[schema.fields[field].name] = names[column]
    }
    return RecordsElsewhere(
      folder: folder, columns: columns,
      periods: schema.periods.map { (schema.fields[$0.begins].name, schema.fields[$0.ends].name) })
  }

  /// The columns of all files of a folder, each once, in their order.
  private func columns(of folder: String, at location: SourceRange?, _ findings: inout Findings) -> [String] {
    var names: [String] = []
    var known: Set<String> = []
    for file in RecordFolder.files(of: folder) {
      if control.isCancelled() { return [] }
      let path = folder + "/" + file.name
      do {
        let bytes = try FileBytes.read(path, limit: BulkReading.sizeLimit)
        for name in try ParquetFile.columnNames(UnsafeRawBufferPointer(bytes.bytes)) where known.insert(name).inserted {
          names.append(name)
        }
      } catch let problem as FileProblem {
        findings.add(problem, at: location)
        return []
      } catch let problem as ParquetProblem {
        let place = SourceFile(name: path, text: "")
        let start = Position(line: 1, column: 1)
        findings.add(.other(.parquet(problem)), at: SourceRange(source: place, start: start, end: start))
        return []
      } catch {
        Invariant.broken("files-fail-so: a file that is looked at fails by what is wrong with it")
      }
    }
    return names
  }
}

extension RecordsElsewhere {
  /// A column that is read here in a way in which no engine reads it.
  fileprivate static func onlyHere(_ column: String, _ field: Text) -> Diagnostic {
    let name = ValueProblem.shown(column)
    return .error(
      "column-elsewhere",
      Text(
        "`\(name)` would have to be turned into \(field.en), which is only done here",
        zh: "`\(name)`须换算为\(field.zh)，引擎不做换算"),
      hint: Text(
        "write the column as the list has it (yuan, one fact in one column), or name a single file",
        zh: "请按清单的要求写该列（金额以元计，一列一项事实），或改为指定单个文件"), at: nil)
  }
}
