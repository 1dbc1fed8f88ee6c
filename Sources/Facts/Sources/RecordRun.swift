// A run of records as it becomes typed columns, block by block. What is wrong it only counts and remembers by row; what
// cells mean is in RecordCells.swift. Knows nothing of how records are cut, of other runs, of ids in other lists, or of
// messages.
import Reckoning

/// The records of one run, read by one thread.
final class RecordRun {
  /// What becomes of one column.
  struct ColumnState {
    let use: BulkColumnPlan.Use
    let required: Bool
    let missing: Int64
    /// Where its values go; nil for a column that has none.
    let out: ColumnSlots?
    var table: CodeTable
    var sawMissing: Bool
    /// How many cells are empty.
    var empty: Int
  }

  let plans: [BulkColumnPlan]
  let reader: ValueReader
  let states: CheckedBuffer<ColumnState>
  let months: CheckedBuffer<Int32>
  let block: CellBlock
  let probes: CheckedBuffer<CodeTable.Probe>

  var ids: IDRun

  private(set) var rows = 0
  private(set) var problems = 0
  private(set) var suspects: [SuspectRow] = []
  /// Typed sets of each set column, by code.
  var sets: [[Typed]]

  /// - Parameters:
  ///   - outputs: for each column the memory of its first row, with room for every record of the run.
  ///   - idEnds: room for the end of each id, counted in the bytes of this run's ids; nil for lists without.
  init(
    plans: [BulkColumnPlan], outputs: [ColumnSlots?], idEnds: CheckedBuffer<Int64>?, reader: ValueReader
  ) {
    Invariant.holds(
      outputs.count == plans.count, "an-output-for-each-column: a run has memory for as many columns as are planned")
    self.plans = plans
    self.reader = reader
    ids = IDRun(ends: idEnds)
    block = CellBlock(columns: plans.count)
    probes = .allocate(CellBlock.rows)
    states = .allocate(plans.count)
    for (i, plan) in plans.enumerated() {
      states.initialize(
        i,
        to: ColumnState(
          use: plan.use, required: plan.required, missing: plan.missing, out: outputs[i], table: CodeTable.make(),
          sawMissing: false, empty: 0))
    }
    sets = Array(repeating: [], count: plans.count)
    months = MonthTable.make()
  }

  /// A run whose rows have been read before.
  /// - Parameters:
  ///   - rows: how many there are.
  ///   - texts: by column, the texts that its numbers stand for.
  static func kept(
    _ rows: Int, plans: [BulkColumnPlan], texts: [Int: [[UInt8]]], reader: ValueReader
  ) -> RecordRun {
    let run = RecordRun(plans: plans, outputs: plans.map { _ in nil }, idEnds: nil, reader: reader)
    run.rows = rows
    for (column, texts) in texts where plans.indices.contains(column) {
      for text in texts {
        // A key looks ahead of its end.
        let padded = text + [UInt8](repeating: 0, count: FileBytes.padding)
        padded.withUnsafeBufferPointer { bytes in
          let start = Invariant.value(bytes.baseAddress, "padded: a text with padding has an address")
          let number = Int32(truncatingIfNeeded: run.states[column].table.count)
          run.states[column].table.insert(CellKey(start, text.count), number)
        }
      }
    }
    return run
  }

  deinit {
    for i in plans.indices { states[i].table.free() }
    states.deallocate()
    months.deallocate()
    block.deallocate()
    probes.deallocate()
    ids.free()
  }

  /// Texts of a column of texts, references or sets, by code.
  func table(_ column: Int) -> CodeTable { states[column].table }
  func sawMissing(_ column: Int) -> Bool { states[column].sawMissing }
  func empty(_ column: Int) -> Int { states[column].empty }

  /// Reads all that a cutter cuts.
  func read(_ cutter: any RowCutter, _ control: WorkControl) {
    var blocks = 0
    while !cutter.isAtEnd {
      if blocks & 63 == 63 {
        if control.isCancelled() { return }
        control.progress?(cutter.progress)
        cutter.letGo()
      }
      blocks &+= 1
      let filled = cutter.cut(into: block)
      if filled == 0 { continue }
      for column in plans.indices { read(column, filled) }
      var wrong = 0
      for r in 0..<filled { wrong |= block.records[r].problems | block.records[r].only }
      if wrong != 0 { note(filled) }
      rows &+= filled
    }
  }

  /// Counts the block's problems and remembers where the first of them are.
  private func note(_ filled: Int) {
    for r in 0..<filled {
      let record = block.records[r]
      let bad = record.only != 0 ? record.only : record.problems
      guard bad > 0 else { continue }
      problems &+= bad
      if suspects.count < Findings.shownInFull {
        suspects.append(SuspectRow(row: rows + r, line: record.line, offset: record.offset))
      }
    }
  }
}
