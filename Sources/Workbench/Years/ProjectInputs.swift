// The lines of a projection, understood: which records grow how, who stays, which figures are others in which year.
// Knows nothing of runs.

import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions

/// What a projection rests on beside the facts.
struct ProjectInputs: Sendable {
  /// Records that go alike.
  struct Stream: Sendable {
    let label: Text
    /// Programs' name: `hires of q1`.
    let name: String
    let stream: YearlyStream
    var course = YearlyCourse()
  }

  /// A parameter or value that is another in some year.
  struct Figure: Sendable {
    let varied: Varied
    let type: ValueType
    /// The days of a value that changes by day; else it is one figure for all payments of a year.
    let isByDate: Bool
    var course = YearlyCourse()
  }

  let years: ClosedRange<Int>
  let base: Int
  let records: YearlyRecords
  /// What ties records together, and is another where they come again.
  let tied: TiedRecords
  private(set) var streams: [Stream] = []
  private(set) var figures: [Figure] = []
  /// The share of each year's hires who stay.
  private(set) var retention = YearlyCourse()
  private(set) var all: [YearlyInput] = []
  private(set) var seed: UInt64 = 1
  private let dataset: Dataset
  private let documents: [CheckedDocument]
  private let settings: RunSettings
  private let library: Library

  /// The years behind the base that are made.
  var made: ClosedRange<Int> { min(base + 1, years.upperBound)...max(years.upperBound, base) }
  /// How many years follow the base.
  var following: Int { max(0, years.upperBound - base) }
  var middle: [Int64] { all.map(\.middle) }
  var isDrawn: Bool { all.contains { !$0.isFixed } }
  /// Whether the facts of draws differ.
  var drawsFacts: Bool {
    (streams.map(\.course) + [retention]).contains { $0.inputs.contains { !all[$0].isFixed } }
  }

  /// - Parameters:
  ///   - dataset: the facts as runs take them.
  ///   - settings: what holds without the lines.
  init(
    _ request: ProjectRequest, over dataset: Dataset, _ documents: [CheckedDocument], _ settings: RunSettings,
    library: Library
  ) throws(Refusal) {
    self.dataset = dataset
    self.documents = documents
    self.settings = settings
    self.library = library
    (years, base, records) = try ProjectInputs.time(request, dataset, asOf: settings.asOf)
    let lists = records.lists
    tied = TiedRecords(
      TyingKeys(documents, in: dataset.dictionary), Dictionary(uniqueKeysWithValues: lists.map { ($0.index, $0.rows) }),
      kept: Dictionary(uniqueKeysWithValues: lists.map { ($0.index, $0.kept) }), in: dataset)
    for line in request.lines { try take(line) }
    takeTheRest()
  }

  // MARK: Years

  private static func time(
    _ request: ProjectRequest, _ dataset: Dataset, asOf: Day?
  ) throws(Refusal) -> (ClosedRange<Int>, Int, YearlyRecords) {
    // 2024-2028 in one word.
    let parts = request.first.text.split { "-~–.".contains($0) }
    let first: Int, last: Int
    if request.last == nil, parts.count == 2 {
      first = try year(String(parts[0]), request.first)
      last = try year(String(parts[1]), request.first)
    } else {
      first = try year(request.first.text, request.first)
      last = try request.last.map { written throws(Refusal) in try year(written.text, written) } ?? first
    }
    guard first <= last else {
      throw ProjectMistake.years(first, last).refusal(at: (request.last ?? request.first).location)
    }
    let base =
      try request.base.map { written throws(Refusal) in try year(written.text, written) }
      ?? YearlyRecords.lastFullYear(of: dataset, asOf: asOf) ?? first - 1
    let at = (request.base ?? request.first).location
    let records = YearlyRecords(dataset, year: base)
    guard records.lists.contains(where: { !$0.rows.isEmpty }) else {
      throw noBase(base, request, records.years)
    }
    guard first >= base else {
      let other = Self.lastBase(upTo: first, records.years, dataset)
      throw ProjectMistake.beforeBase(first, base: base, other: other).refusal(at: request.first.location)
    }
    guard last - base <= ProjectMistake.mostYears else { throw ProjectMistake.tooManyYears(base).refusal(at: at) }
    return (first...last, base, records)
  }

  /// That nothing begins in the base year; where another will do, the line with it.
  private static func noBase(_ base: Int, _ request: ProjectRequest, _ years: ClosedRange<Int>?) -> Refusal {
    let mistake = ProjectMistake.nothingBegins(base, latest: years)
    guard let year = years?.upperBound, let first = Int(request.first.text.prefix(4)), first >= year else {
      return mistake.refusal(at: (request.base ?? request.first).location)
    }
    if let written = request.base {
      return mistake.refusal(at: written.location, replacement: "\(year)" + written.raw.dropFirst(4))
    }
    let last = request.last ?? request.first
    return mistake.refusal(
      at: last.location, replacement: last.raw + (request.isChinese ? " 自 \(year)年" : " from \(year)"))
  }

  /// The last year up to another in which records begin, as far as years are projected; nil: there is none.
  private static func lastBase(upTo year: Int, _ years: ClosedRange<Int>?, _ dataset: Dataset) -> Int? {
    guard let years, years.lowerBound <= year else { return nil }
    let first = max(years.lowerBound, year - ProjectMistake.mostYears)
    return (first...year).reversed().first { base in
      YearlyRecords(dataset, year: base).lists.contains { !$0.rows.isEmpty }
    }
  }

  private static func year(_ text: String, _ written: Written) throws(Refusal) -> Int {
    var digits = text[...]
    if digits.hasSuffix("年度") { digits = digits.dropLast(2) }
    if digits.hasSuffix("年") { digits = digits.dropLast() }
    guard digits.utf8.count == 4, let year = Int(digits), (1900...2200).contains(year) else {
      throw ProjectMistake.notAYear(written.raw).refusal(at: written.location)
    }
    return year
  }

  // MARK: Lines

  private mutating func take(_ line: ProjectRequest.Line) throws(Refusal) {
    let words = line.subject
    let place = words[0].location
    let name = words.map(\.text).joined(separator: " ")
    if words.count == 1, line.change == .set {
      switch words[0].text.lowercased() {
      case "seed", "种子":
        guard let number = UInt64(line.value.text.replacing(",", with: "")) else {
          throw Refusal(.whatIf(.notACount(line.value.raw)), at: line.value.location)
        }
        seed = number
        return
      case "retention", "留存率", "留存":
        try takeRetention(line)
        return
      default: break
      }
    }
    if let part = try YearlyPart.named(words, among: records, dataset) {
      let known = streams.firstIndex { $0.name == part.name.en }
      let i = known ?? streams.count
      if known == nil {
        streams.append(
          Stream(label: part.name, name: part.name.en, stream: YearlyStream(list: part.list, rows: part.rows)))
      }
      var course = streams[i].course
      try change(&course, by: line, part.name, .number, 0...Int64(ProjectMistake.mostRecords))
      streams[i].course = course
      return
    }
    guard words.count == 1 else {
      throw ProjectMistake.unknownSubject(name, nearest: []).refusal(at: place)
    }
    switch library.resolve(name, in: documents) {
    case .ambiguous(let targets):
      let found = targets.compactMap { Varied($0) }.filter { if case .figure = $0.what { true } else { false } }
      guard let only = found.first, found.count == 1 else {
        throw Refusal(.ambiguousName(words[0].raw, Settable.typedNames(targets)), at: place)
      }
      try takeFigure(only, line)
    case .found(let target):
      guard let varied = Varied(target), case .figure = varied.what else {
        throw Refusal(.whatIf(.notVaried(words[0].raw)), at: place)
      }
      try takeFigure(varied, line)
    case .unknown(let nearest):
      let lists = records.lists.filter { !$0.rows.isEmpty }.map { dataset.tables[$0.index].declaration }
      let own = ["retention"] + lists.flatMap { [$0.name, $0.words.zh] }
      throw ProjectMistake.unknownSubject(
        words[0].raw, nearest: Nearest.names(to: name, among: own) + nearest
      ).refusal(at: place)
    }
  }

  private mutating func takeFigure(_ varied: Varied, _ line: ProjectRequest.Line) throws(Refusal) {
    guard case .figure(_, let type) = varied.what else { return }
    let known = figures.firstIndex { $0.varied.id == varied.id }
    let i = known ?? figures.count
    if known == nil {
      var isByDate = false
      if case .value(let value) = varied.target { isByDate = value.isByDate && settings.values[value.name] == nil }
      figures.append(Figure(varied: varied, type: type, isByDate: isByDate))
    }
    var course = figures[i].course
    let bounds = varied.bounds
    try change(
      &course, by: line, varied.target.label, type,
      (bounds.atLeast ?? (type == .date ? -700_000 : 0))...(bounds.atMost ?? Int64.max))
    figures[i].course = course
    if figure(figures[i], settings) == nil, course.resets.isEmpty {
      throw ProjectMistake.noFigure(varied.target.label).refusal(at: line.subject[0].location)
    }
  }

  private mutating func takeRetention(_ line: ProjectRequest.Line) throws(Refusal) {
    let label = Text("retention", zh: "留存率")
    guard let hires = records.lists.first(where: { $0.index == dataset.hires }), !hires.rows.isEmpty else {
      throw ProjectMistake.notThere(Text("hires", zh: "录用人员"), base).refusal(at: line.subject[0].location)
    }
    var course = retention
    try change(&course, by: line, label, .share, 0...Share.unit)
    retention = course
    if hires.open == hires.rows.count, retention.inputs.contains(where: { all[$0].middle < Share.unit }) {
      throw ProjectMistake.nobodyLeft.refusal(at: line.value.location)
    }
  }

  /// Notes what a line says of a figure.
  private mutating func change(
    _ course: inout YearlyCourse, by line: ProjectRequest.Line, _ label: Text, _ type: ValueType,
    _ bounds: ClosedRange<Int64>
  ) throws(Refusal) {
    let from = try line.from.map { written throws(Refusal) in try ProjectInputs.year(written.text, written) }
    switch line.change {
    case .set:
      let year = from ?? base + 1
      if course.resets.contains(where: { $0.year == year }) {
        throw ProjectMistake.twice(label).refusal(at: line.subject[0].location)
      }
      let spread = try DistributionText(dataset, library.places).spread(line.value, type)
      if type == .share, spread.ends.least < bounds.lowerBound || spread.ends.most > bounds.upperBound {
        throw Refusal(.whatIf(.notAShare(line.value.raw)), at: line.value.location)
      }
      course.resets.append((year, all.count))
      all.append(
        YearlyInput(
          label: label, spread: spread, text: line.value.text, atLeast: bounds.lowerBound, atMost: bounds.upperBound))
    case .grow, .shrink:
      guard course.growth == nil, from == nil else {
        throw ProjectMistake.twice(label).refusal(at: (line.from ?? line.subject[0]).location)
      }
      course.growth = all.count
      let spread = try growth(line.value, isFall: line.change == .shrink)
      all.append(
        YearlyInput(
          label: Text("growth of \(label.en)", zh: label.zh + "年增长率"), spread: spread,
          text: (line.change == .shrink ? "-" : "") + line.value.text, atLeast: -Share.unit, atMost: 10 * Share.unit))
    }
  }

  /// `5%`, `-2%`, `3%..6%`, or a named distribution.
  private func growth(_ value: Written, isFall: Bool) throws(Refusal) -> Spread {
    let mistake = ProjectMistake.notAShare(value.raw)
    func share(_ text: some StringProtocol) throws(Refusal) -> Int64 {
      let isBelow = text.hasPrefix("-") || text.hasPrefix("−")
      let plain = isBelow ? String(text.dropFirst()) : String(text)
      guard let read = try? ValueText.read(plain, as: .share, places: library.places) else {
        throw mistake.refusal(at: value.location)
      }
      return isBelow != isFall ? -read : read
    }
    if let dots = value.text.firstRange(of: "..") {
      let a = try share(value.text[..<dots.lowerBound]), b = try share(value.text[dots.upperBound...])
      return .uniform(min(a, b), max(a, b))
    }
    if value.text.contains("("), !isFall { return try DistributionText(dataset, library.places).spread(value, .share) }
    let read = try share(value.text)
    guard read >= -Share.unit, read <= 10 * Share.unit else { throw mistake.refusal(at: value.location) }
    return .fixed(read)
  }

  /// Records that no line speaks of come again as they are; of those that several do, the narrower line decides.
  private mutating func takeTheRest() {
    let written = streams
    streams = []
    for list in records.lists where !list.rows.isEmpty {
      let declaration = dataset.tables[list.index].declaration
      let own = written.filter { $0.stream.list == list.index }
      var taken: Set<Int32> = []
      for part in own where part.name != declaration.name {
        let rows = part.stream.rows.filter { !taken.contains($0) }
        taken.formUnion(rows)
        streams.append(
          Stream(
            label: part.label, name: part.name, stream: YearlyStream(list: list.index, rows: rows), course: part.course)
        )
      }
      let whole = own.first { $0.name == declaration.name }
      let rest = list.rows.filter { !taken.contains($0) }
      guard !rest.isEmpty || whole != nil else { continue }
      let label = taken.isEmpty ? declaration.words : Text("other \(declaration.name)", zh: "其他" + declaration.words.zh)
      streams.append(
        Stream(
          label: label, name: declaration.name, stream: YearlyStream(list: list.index, rows: rest),
          course: whole?.course ?? YearlyCourse()))
    }
  }

  // MARK: Figures

  /// What a figure is in the base year.
  func figure(_ figure: Figure, _ settings: RunSettings) -> Int64? {
    guard figure.isByDate, case .value(let value) = figure.varied.target else {
      return figure.varied.current(settings)
    }
    let end = Day.clamped(year: base, month: 12, day: 31).text
    let prefix = value.name + "."
    // Days in this form stand in the order of the calendar.
    let days = settings.values.keys.filter { $0.hasPrefix(prefix) && $0.dropFirst(prefix.count) <= end[...] }
    return days.max().flatMap { settings.values[$0] }
  }

  /// The settings with which payments of a year are reckoned; nil where a figure cannot be held.
  func settings(_ start: RunSettings, for year: Int, _ values: [Int64]) -> RunSettings? {
    var settings = start
    settings.asOf = Day.clamped(year: years.upperBound, month: 12, day: 31)
    for figure in figures {
      let stated = self.figure(figure, start)
      func at(_ year: Int) -> Int64? {
        let bounds = figure.varied.bounds
        return figure.course.figure(stated, base: base, in: year, values)
          .map { min(max($0, bounds.atLeast ?? $0), bounds.atMost ?? $0) }
      }
      if figure.isByDate, case .value(let value) = figure.varied.target {
        let end = Day.clamped(year: base, month: 12, day: 31).text
        for key in settings.values.keys where key.hasPrefix(value.name + ".") && key.suffix(10) > end[...] {
          settings.values[key] = nil
        }
        for year in made where year > base {
          guard let raw = at(year) else { continue }
          settings.values[value.name + "." + Day.clamped(year: year, month: 1, day: 1).text] = raw
        }
      } else if year > base {
        if let raw = at(year) {
          settings = figure.varied.set(raw, in: settings)
        } else if stated != nil {
          return nil
        }
      }
    }
    return settings
  }
}
