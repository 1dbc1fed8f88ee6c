// Bulk records in a Parquet file: its columns' names as the row that names columns, and its values as cells. Knows
// nothing of what cells mean, or of the form of Parquet.
import Diagnostics
import Dispatch
import Parquet
import Reckoning
import Synchronization

extension BulkFormat {
  /// Columns with a type each.
  static let parquet = BulkFormat(endings: ["parquet"]) { (bytes, name, threads) throws(BulkRefusal) in
    try ParquetSource.open(bytes, name, threads)
  }
}

/// An opened Parquet file.
final class ParquetSource: CellSource {
  let file: SourceFile
  private let bytes: FileBytes
  private let parquet: ParquetFile
  private let threads: Int
  private var texts: [ParquetTexts] = []

  private init(_ bytes: FileBytes, _ parquet: ParquetFile, _ name: String, _ threads: Int) {
    self.bytes = bytes
    self.parquet = parquet
    self.threads = threads
    let names = parquet.columns.map(\.name)
    // A cell is the column and the record's number.
    file = SourceFile(name: name, text: "") { position in
      let column = names.indices.contains(position.column - 1) ? names[position.column - 1] : ""
      return position.line > 1 ? "\(column)[\(position.line - 1)]" : column
    }
  }

  static func open(_ bytes: FileBytes, _ name: String, _ threads: Int) throws(BulkRefusal) -> ParquetSource {
    do {
      return ParquetSource(bytes, try ParquetFile(UnsafeRawBufferPointer(bytes.bytes)), name, threads)
    } catch {
      throw BulkRefusal(.other(.parquet(error)))
    }
  }

  /// Reads all columns, several at a time.
  func prepare(_ control: WorkControl, _ findings: inout Findings) -> Bool {
    if parquet.rows > BulkRecords.limit {
      findings.add(.tooManyRecords, at: BulkRefusal(.tooManyRecords).location(in: file))
      return false
    }
    let count = parquet.columns.count
    let read = Mutex<(texts: [ParquetTexts?], problem: ParquetProblem?, next: Int, done: Int)>(
      (Array(repeating: nil, count: count), nil, 0, 0))
    nonisolated(unsafe) let parquet = parquet
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, count))) { thread in
      while true {
        let column = read.withLock { state in
          defer { state.next += 1 }
          return state.problem == nil ? state.next : count
        }
        guard column < count else { return }
        do throws(ParquetProblem) {
          let texts = try parquet.texts(of: column, isCancelled: control.isCancelled)
          let done = read.withLock { state in
            state.texts[column] = texts
            state.done += 1
            return state.done
          }
          if thread == 0 { control.progress?(Double(done) / Double(count) / 2) }
        } catch {
          read.withLock { $0.problem = $0.problem ?? error }
        }
      }
    }
    let (found, problem) = read.withLock { ($0.texts.compactMap(\.self), $0.problem) }
    if let problem {
      if problem != .cancelled {
        findings.add(.other(.parquet(problem)), at: BulkRefusal(.noHeader).location(in: file))
      }
      return false
    }
    texts = found
    return true
  }

  func records(_ request: BulkRequest, _ suggestions: inout Suggestions, _ findings: inout Findings) -> BulkRecords {
    guard prepare(request.control, &findings) else { return BulkRecords(none: file, request.schema, self) }
    return cellRecords(request, &suggestions, &findings)
  }

  // MARK: cells

  func top(_ rows: Int, limit: Int) -> [BulkRow] {
    var heading = BulkRow(line: 1)
    for (column, name) in parquet.columns.map(\.name).prefix(limit).enumerated() {
      let place = Position(line: 1, column: column + 1)
      heading.cells.append(BulkRow.Cell(text: name, start: place, end: place))
    }
    heading.count = parquet.columns.count
    heading.nextLine = 2
    return [heading] + (0..<min(max(rows - 1, 0), parquet.rows)).map { row($0, limit: limit) }
  }

  func cutters(below heading: BulkRow, columns: Int, threads: Int) -> [any RowCutter] {
    // A heading further down is that of a table with titles above it.
    let first = heading.next
    let rows = parquet.rows - first
    let parts = rows < 4096 ? 1 : max(1, min(threads, 64))
    return (0..<parts).map { k in
      ParquetCutter(texts, (first + rows * k / parts)..<(first + rows * (k + 1) / parts), columns: columns)
    }
  }

  func row(_ suspect: SuspectRow, limit: Int) -> BulkRow? { row(suspect.offset, limit: limit) }

  func find(_ rows: [Int], _ lines: LineIndex) -> [SuspectRow] {
    rows.map { row in
      let line = lines.line(of: row)
      return SuspectRow(row: row, line: line, offset: line - 2)
    }
  }

  private func row(_ index: Int, limit: Int) -> BulkRow {
    var row = BulkRow(line: index + 2)
    for (column, texts) in texts.prefix(limit).enumerated() {
      let (start, count) = texts.text(index)
      let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
      let place = Position(line: index + 2, column: column + 1)
      row.cells.append(BulkRow.Cell(text: String(Members.trimmed(text[...])), start: place, end: place))
    }
    row.count = texts.count
    row.nextLine = index + 3
    row.next = index + 1
    return row
  }
}

/// A stretch of a file's rows, cut into cells by one thread.
final class ParquetCutter: RowCutter {
  let room: Int
  let firstLine: Int
  let isUncertain = false
  private let texts: [ParquetTexts]
  private let rows: Range<Int>
  private let columns: Int
  private var next: Int

  init(_ texts: [ParquetTexts], _ rows: Range<Int>, columns: Int) {
    self.texts = texts
    self.rows = rows
    self.columns = min(columns, texts.count)
    room = rows.count
    next = rows.lowerBound
    firstLine = rows.lowerBound + 2
  }

  var isAtEnd: Bool { next >= rows.upperBound }
  var progress: Double { rows.isEmpty ? 1 : Double(next - rows.lowerBound) / Double(rows.count) }
  func letGo() {}

  func cut(into block: CellBlock) -> Int {
    let count = min(CellBlock.rows, rows.upperBound - next)
    for row in 0..<count {
      block.records.initialize(
        row, to: CellBlock.Record(offset: next + row, line: next + row + 2, problems: 0, only: 0))
    }
    for column in 0..<columns {
      let texts = texts[column]
      for row in 0..<count {
        let (start, length) = texts.text(next + row)
        var cell = CellBlock.Cell(start: start, count: length)
        cell.trim()
        block.cells.initialize(column * CellBlock.rows + row, to: cell)
      }
    }
    next += count
    return count
  }
}

extension FileRefusal {
  /// Why a Parquet file is not read.
  static func parquet(_ problem: ParquetProblem) -> FileRefusal {
    let (message, hint) = wording(problem)
    return FileRefusal(code: "parquet", message: message, hint: hint)
  }

  private static func wording(_ problem: ParquetProblem) -> (message: Text, hint: Text) {
    let again = Text("write the file again", zh: "请重新导出该文件")
    func named(_ column: String) -> String { "`\(ValueProblem.shown(column))`" }
    switch problem {
    case .notParquet:
      return (
        Text("the file is not Parquet", zh: "文件不是 Parquet 格式"),
        Text("its name says `.parquet`; rename it after what it is", zh: "文件名以 .parquet 结尾；请按实际格式改名")
      )
    case .encrypted:
      return (
        Text("the file is encrypted", zh: "文件已加密"), Text("write it without encryption", zh: "请导出为不加密的文件")
      )
    case .damaged, .cancelled: return (Text("the file is damaged", zh: "文件已损坏"), again)
    case .tooLarge:
      return (
        Text("the file unpacks to far more than it can hold", zh: "文件展开后远大于其应有的大小"), again
      )
    case .nested(let column):
      return (
        Text("the column \(named(column)) holds lists or records", zh: "列 \(named(column)) 是列表或嵌套记录"),
        Text("write it with plain columns only", zh: "请只导出普通的列")
      )
    case .codec(let codec, let column):
      return (
        Text("the column \(named(column)) is packed by \(codec)", zh: "列 \(named(column)) 用 \(codec) 压缩"),
        Text(
          "write it with gzip or snappy: COPY t TO 'f.parquet' (COMPRESSION gzip); to_parquet(…, compression='gzip')",
          zh: "请改用 gzip 或 snappy 压缩：`COPY t TO 'f.parquet' (COMPRESSION gzip)`；`to_parquet(…, compression='gzip')`")
      )
    case .encoding(let number, let column):
      return (
        Text("the column \(named(column)) is encoded by way \(number)", zh: "列 \(named(column)) 采用第 \(number) 种编码"),
        Text("write it with plain or dictionary encoding", zh: "请用普通编码或字典编码导出")
      )
    case .type(let column):
      return (
        Text("the column \(named(column)) holds no text, number or date", zh: "列 \(named(column)) 不是文字、数字或日期"),
        Text("write it as text, or leave it out", zh: "请导出为文字，或不导出该列")
      )
    case .notText(let column):
      return (
        Text("the text of the column \(named(column)) is not UTF-8", zh: "列 \(named(column)) 的文字不是 UTF-8 编码"),
        Text("write it as UTF-8", zh: "请按 UTF-8 导出")
      )
    }
  }
}
