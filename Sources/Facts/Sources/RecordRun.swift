// A run of records as it becomes typed columns, block by block. What is wrong it only counts and remembers by row; what
// cells mean is in RecordCells.swift. Knows nothing of how records are cut, of other runs, of ids in other lists, or of
// messages.
import Diagnostics
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
    /// Whether a text of a column of texts is no value: blank in words, or a number that was cut.
    var hasMarks = false
    /// Whether amounts have the usual forms of yuan, which are read at a glance.
    var isYuan = false
    /// Whether somebody has said that figures or days stand for something else.
    var isSaid = false
  }

  /// A text that is written in another way, and what it was read as.
  struct OddCell {
    let form: WrittenForm
    /// The raw value; nil where it says that there is nothing.
    let value: Int32?
    let text: String
    let shown: Text
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
  /// Of each column, the texts written in another way by their number, and how often each way was met.
  var odd: [[Int32: OddCell]]
  var readAs: [ReadAs]
  /// By column, the numbers of texts that are said to stand for others: what is said is done once.
  var standing: [Int: [String: Int32]] = [:]
  /// Of what somebody has said that texts of cells stand for, the texts that were met.
  var metCells: Set<String> = []
  /// The same of rows that are not to be read.
  private(set) var metSkips: Set<String> = []
  /// The lines of totals.
  private(set) var totals: [TotalRow] = []
  /// Of each column without a heading, how many cells hold something, and the first.
  var namelessCells: [(count: Int, first: SuspectRow?)]
  private let kinds: RowKinds?
  /// Whether ids are numbers of rows, which may lack.
  let hasSerials: Bool
  private let standIns: StandInCells?
  private let carried: CarriedCells?
  /// Whether a cell points at the row above the run's first.
  var needsRowAbove = false
  /// Cells that have to hold something and hold nothing, the first of them by row and column.
  private(set) var unfilled: [(row: Int, column: Int)] = []
  private(set) var skipped = SkippedRows()
  /// What the row before was, if it was no record.
  private var before: SkippedRows.Kind?
  /// From which row of the run on lines run ahead of rows, and by how many.
  private(set) var lineShifts: [LineShift] = []

  /// - Parameters:
  ///   - outputs: for each column the memory of its first row, with room for every record of the run.
  ///   - idEnds: room for the end of each id, counted in the bytes of this run's ids; nil for lists without.
  init(
    plans: [BulkColumnPlan], outputs: [ColumnSlots?], idEnds: CheckedBuffer<Int64>?, reader: ValueReader,
    kinds: RowKinds? = nil, standIns: [StandIn] = [], carried: [Int] = []
  ) {
    self.kinds = kinds
    if let kinds { skipped.open(kinds.goneTitle, line: 1) }
    hasSerials = plans.contains { $0.isSerial }
    self.carried = carried.isEmpty ? nil : CarriedCells(carried)
    Invariant.holds(
      outputs.count == plans.count, "an-output-for-each-column: a run has memory for as many columns as are planned")
    self.plans = plans
    self.reader = reader
    ids = IDRun(ends: idEnds)
    block = CellBlock(columns: plans.count)
    self.standIns = standIns.isEmpty ? nil : StandInCells(standIns, from: plans.count - standIns.count, block)
    probes = .allocate(CellBlock.rows)
    states = .allocate(plans.count)
    for (i, plan) in plans.enumerated() {
      states.initialize(
        i,
        to: ColumnState(
          use: plan.use, required: plan.required, missing: plan.missing, out: outputs[i], table: CodeTable.make(),
          sawMissing: false, empty: 0,
          isYuan: plan.isYuan && plan.scale == 1 && !plan.isSaidOfFigures, isSaid: plan.isSaidOfFigures))
    }
    sets = Array(repeating: [], count: plans.count)
    odd = Array(repeating: [:], count: plans.count)
    readAs = Array(repeating: ReadAs(), count: plans.count)
    namelessCells = Array(repeating: (0, nil), count: plans.count)
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
        let number = Int32(truncatingIfNeeded: run.states[column].table.count)
        CellKey.of(text) { run.states[column].table.insert($0, number) }
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
      let filled = keep(cutter.cut(into: block))
      if filled == 0 { continue }
      guard rows &+ filled <= cutter.room else {
        Invariant.broken("rows-fit: a cutter cuts no more rows than there is room for")
      }
      noteLines(filled, cutter.firstLine)
      for column in plans.indices { read(column, filled) }
      var wrong = 0
      for r in 0..<filled { wrong |= block.records[r].problems | block.records[r].only }
      if wrong != 0 { note(filled) }
      rows &+= filled
    }
  }

  /// Leaves out the block's rows that are no records.
  /// - Returns: how many are left.
  private func keep(_ filled: Int) -> Int {
    guard let kinds, filled > 0, !plans.isEmpty else { return filled }
    let first = block.column(0), second = block.column(plans.count > 1 ? 1 : 0)
    var kept = 0
    // What follows the headings may be no record however plain it looks: 1, 2, 3, …
    let top = rows == 0 ? 2 : 0
    for r in 0..<filled {
      if let skips = kinds.skips, let said = skips.met(r, block, columns: kinds.columns) {
        metSkips.insert(said)
        skipped.add(.said, line: block.records[r].line)
        continue
      }
      if r < top || !kinds.isPlain(first[r]) || !kinds.isPlain(second[r]),
        let kind = kinds.kind(r, block, after: before)
      {
        skipped.add(kind, line: block.records[r].line)
        if kind == .group || kind == .remark {
          skipped.keep(kinds.said(r, block), kind, kinds.unitLine(r, block), line: block.records[r].line)
        }
        if kind == .group || kind == .owner { follow(kinds, r) }
        if kind == .group { skipped.open(kinds.gone(r, block), line: block.records[r].line) }
        if kind == .group || kind == .owner || kind == .total { carried?.forget() }
        if kind == .total {
          totals.append(
            TotalRow(
              row: rows &+ kept, line: block.records[r].line, people: kinds.counted(r, block), amounts: amounts(r)))
        }
        if kind != .empty { before = kind }
        continue
      }
      if kept != r { block.move(r, to: kept) }
      standIns?.fill(kept, block)
      carried?.fill(kept, block)
      before = nil
      if let end = kinds.endColumn, skipped.isOpen, block.cell(end, kept).count == 0 { skipped.addEndless() }
      kept += 1
      skipped.record()
    }
    return kept
  }

  /// Takes what a row says of the records below it.
  private func follow(_ kinds: RowKinds, _ row: Int) {
    guard let standIns else { return }
    if let owner = kinds.owner(row, block) { return standIns.take([owner], of: [owner.field]) }
    let said = kinds.formLine(row, block)
    if said.said.isEmpty { standIns.group = kinds.groupCell(row, block) } else { standIns.take(said.said, of: said.of) }
  }

  /// How much was taken from above, by column.
  var carriedCounts: [Int: CarriedCount] { carried?.counts ?? [:] }

  func noteUnfilled(_ column: Int, _ row: Int) {
    if unfilled.count < Findings.shownInFull { unfilled.append((row, column)) }
  }

  /// Remembers where lines and rows part.
  private func noteLines(_ filled: Int, _ firstLine: Int) {
    // No shift yet: lines and rows run side by side.
    var shift = lineShifts.last?.by ?? 0
    for r in 0..<filled {
      let by = block.records[r].line &- firstLine &- rows &- r
      if by != shift {
        shift = by
        lineShifts.append(LineShift(row: rows &+ r, by: by))
      }
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
