// One reading of a scenario's tree: what each key means (facts, "The facts a scenario can state"). Knows nothing of
// YAML's syntax.
import Diagnostics
import Reckoning

/// The walk through a scenario's keys.
struct ScenarioWalk {
  let reader: ScenarioReader
  let source: SourceFile
  let folder: String
  private let firstLine: Int
  var findings = Findings()
  var suggestions = Suggestions()
  var builder: DatasetBuilder
  private var title: String?
  private var district: Int32?
  private var asOf: Day?
  private var documents: [String]?
  private var documentLocations: [SourceRange?] = []
  /// Folders of lists that stay where they are.
  private var elsewhere: [String: RecordsElsewhere] = [:]
  /// What is to be told of their columns.
  private var told = Findings()
  private var values: [Scenario.Setting] = []
  private var readings: [Scenario.Setting] = []
  private var assumptions: [(text: String, location: SourceRange?)] = []

  init(reader: ScenarioReader, source: SourceFile, folder: String, firstLine: Int) {
    self.reader = reader
    self.source = source
    self.folder = folder
    self.firstLine = firstLine
    builder = DatasetBuilder(dictionary: reader.dictionary, places: reader.places)
  }

  mutating func run(_ tree: YAMLTree) -> (Scenario?, [Diagnostic]) {
    for (problem, location) in tree.problems { findings.add(problem, at: location) }
    if let root = tree.root {
      walk(root)
    } else if tree.problems.isEmpty {
      findings.add(.empty, at: top)
    }
    if reader.control.isCancelled() {
      return (
        nil,
        [
          .error(
            "cancelled", Text("Reading was cancelled before its end.", zh: "读取在完成前被取消。"),
            hint: Text("Nothing has changed; load it again.", zh: "一切如前，可重新读取。"), at: nil)
        ]
      )
    }
    let (dataset, problems) = builder.finish()
    var diagnostics = findings.ordered()
    // The builder's own problems of this file belong among those found here; bulk files follow.
    let own = problems.prefix { $0.location?.source == nil || $0.location?.source === source }
    diagnostics = merged(diagnostics, Array(own)) + problems.dropFirst(own.count) + told.ordered()
    guard !diagnostics.contains(where: { $0.severity == .error }), let title, let district else {
      return (nil, diagnostics)
    }
    dataset.checkSound()
    var scenario = Scenario(
      title: title, district: district, asOf: asOf, documents: documents, documentLocations: documentLocations,
      values: values,
      readings: readings, dataset: dataset, source: source)
    scenario.columns = builder.mapping
    scenario.elsewhere = elsewhere
    scenario.assumptions = assumptions
    return (scenario, diagnostics)
  }

  private var top: SourceRange {
    let at = Position(line: firstLine, column: 1)
    return SourceRange(source: source, start: at, end: at)
  }

  private func merged(_ a: [Diagnostic], _ b: [Diagnostic]) -> [Diagnostic] {
    (a + b).enumerated().sorted { x, y in
      let p = x.element.location?.start ?? Position(line: 0, column: 0)
      let q = y.element.location?.start ?? Position(line: 0, column: 0)
      return p == q ? x.offset < y.offset : p < q
    }.map(\.element)
  }

  // MARK: keys

  private mutating func walk(_ root: YAMLValue) {
    guard case .map = root.kind else {
      if case .nothing = root.kind {
        findings.add(.empty, at: top)
      } else {
        findings.add(.notMapping(found: root.described), at: root.location)
      }
      return
    }
    let pairs = namedPairs(root)
    // What is ignored, and how months end, is needed before anything else is read.
    var ignored: Set<String> = []
    for pair in pairs where pair.name == "ignore" { ignored.formUnion(texts(pair.value, "ignore").map(\.text)) }
    builder = DatasetBuilder(
      dictionary: reader.dictionary, places: reader.places, ignoring: ignored, threads: reader.threads,
      cache: reader.cache)
    builder.control = reader.control
    builder.context = .records
    for pair in pairs where pair.name == "columns" { readColumns(pair.value) }
    for pair in pairs where pair.name == "header_row" { readHeaderRows(pair.value) }
    for pair in pairs where pair.name == "readings" { readings = settings(pair.value, "readings") }
    readMonthEnd()
    for pair in pairs { read(pair.name, pair.key, pair.value, ignored) }
    requireKeys(pairs.map(\.name))
    warnOfIgnored(pairs.first { $0.name == "ignore" }?.value, in: root)
  }

  /// The keys as the contract calls them, each with its value.
  private mutating func namedPairs(_ root: YAMLValue) -> [(name: String, key: YAMLValue, value: YAMLValue)] {
    var pairs: [(name: String, key: YAMLValue, value: YAMLValue)] = []
    var names: Set<String> = []
    for (key, value) in root.pairs where !key.isRepeated {
      guard let written = key.name else {
        findings.add(.keyNotText, at: key.location)
        continue
      }
      let name = ScenarioKeys.contract(written, reader.dictionary)
      if !names.insert(name).inserted {
        // `scenario` and `情景` are one key.
        findings.add(.repeatedKey(written, firstLine: nil), at: key.location)
        continue
      }
      pairs.append((name, key, value))
    }
    return pairs
  }

  private mutating func read(_ name: String, _ key: YAMLValue, _ value: YAMLValue, _ ignored: Set<String>) {
    switch name {
    case "scenario": title = single(value, name)?.text
    case "district": readDistrict(value)
    case "as_of": readAsOf(value)
    case "documents": readDocuments(value)
    case "values": values += settings(value, name)
    case "assume": assumptions = texts(value, name).map { ($0.text, $0.location) }
    case ScenarioWalk.valuesFrom: values += datedFiles(value)
    case "readings", "ignore", "columns", "header_row": break
    default:
      if let list = reader.dictionary.list(named: name) {
        readList(list.name, value)
      } else if name.hasSuffix(ScenarioKeys.bulkSuffix),
        let list = reader.dictionary.list(named: String(name.dropLast(ScenarioKeys.bulkSuffix.count)))
      {
        readBulk(list.name, value)
      } else if name == CohortList.key, reader.dictionary.list(CohortList.name) != nil {
        readCohorts(value)
      } else if !ignored.contains(name) {
        let known = knownKeys
        findings.add(.unknownKey(name, suggestions.question(name, among: known)), at: key.location)
      }
    }
  }

  private var knownKeys: [String] {
    let lists = reader.dictionary.lists.map(\.name)
    return ScenarioKeys.all + lists + [CohortList.key] + lists.map { $0 + ScenarioKeys.bulkSuffix }
  }

  private mutating func requireKeys(_ names: [String]) {
    if !names.contains("scenario") {
      findings.add(
        .keyMissing("scenario", Text("add a title: `scenario: One year of hires`", zh: "请加上标题：“情景: 一年的招用”")),
        at: top)
    }
    if !names.contains("district") {
      findings.add(
        .keyMissing(
          "district",
          Text("add the district whose budget this is: `district: 350112`", zh: "请写明由哪个区县承担：“地区: 350112”")),
        at: top)
    }
  }

  private mutating func readDistrict(_ value: YAMLValue) {
    guard let (text, location) = single(value, "district") else { return }
    guard let raw = number(text, "district", .place, at: location) else { return }
    district = Int32(truncatingIfNeeded: raw)
  }

  private mutating func readAsOf(_ value: YAMLValue) {
    if case .nothing = value.kind { return }
    guard let (text, location) = single(value, "as_of") else { return }
    asOf = date(text, "as_of", at: location)
    builder.asOf = asOf
  }

  private mutating func readDocuments(_ value: YAMLValue) {
    if case .nothing = value.kind { return }
    let names = texts(value, "documents")
    var seen: Set<String> = []
    for name in names where !seen.insert(name.text).inserted {
      findings.add(.repeatedKey(name.text, firstLine: nil), at: name.location)
    }
    documents = names.map(\.text)
    documentLocations = names.map(\.location)
  }

  private mutating func readMonthEnd() {
    guard let setting = readings.last(where: { $0.name == "month_end" }) else { return }
    if let end = MonthEnd(rawValue: setting.value) {
      builder.monthEnd = end
    } else {
      findings.add(.monthEnd(setting.value), at: setting.location)
    }
  }

  // MARK: lists

  private mutating func readList(_ list: String, _ value: YAMLValue) {
    switch value.kind {
    case .nothing: return
    case .list: break
    case .text, .map:
      findings.add(
        .wanted(key: list, Text("a list of records", zh: "记录的列表"), found: value.described), at: value.location)
      return
    }
    for entry in value.entries {
      guard case .map = entry.kind else {
        findings.add(.notARecord(list: list, found: entry.described), at: entry.location)
        continue
      }
      builder.append(list, stated(entry), at: entry.location)
    }
  }

  /// The fields that a map states; what is stated as nothing is left out.
  mutating func stated(_ record: YAMLValue) -> [StatedValue] {
    var out: [StatedValue] = []
    for (key, value) in record.pairs where !key.isRepeated {
      guard let name = key.name else {
        findings.add(.keyNotText, at: key.location)
        continue
      }
      switch value.kind {
      case .text(let text, _): out.append(StatedValue(name, .text(text), at: value.location, name: key.location))
      case .nothing: out.append(StatedValue(name, .text(""), at: value.location, name: key.location))
      case .list:
        out.append(StatedValue(name, .list(texts(value, name).map(\.text)), at: value.location, name: key.location))
      case .map:
        if builder.ignores(name) { continue }
        findings.add(.wanted(key: name, Text("a value", zh: "一个值"), found: value.described), at: value.location)
        // It is stated, though wrongly: that it is missing need not be said as well.
        builder.excuse(name)
      }
    }
    return out
  }

  private mutating func readBulk(_ list: String, _ value: YAMLValue) {
    let files: [(text: String, location: SourceRange?)]
    switch value.kind {
    case .nothing: return
    case .list: files = texts(value, list + ScenarioKeys.bulkSuffix)
    case .text, .map: files = single(value, list + ScenarioKeys.bulkSuffix).map { [$0] } ?? []
    }
    if files.count > 1 { builder.severalFiles.insert(list) }
    for (file, location) in files {
      let path = Scenario.path(ofBulkFile: file, folder: folder)
      // What is opened is the file, whatever stands behind `#`.
      if let refusal = reader.barred(BulkPlace(path).file) {
        findings.add(.other(refusal), at: location)
      } else if let refusal = barredInside(path) {
        findings.add(.other(refusal), at: location)
      } else if files.count == 1, RecordFolder.hasParquet(path) || RecordFolder.inner(of: path) != nil {
        elsewhere[list] = builder.elsewhere(list, in: path, at: location, &told)
      } else {
        builder.append(list, file: path, as: path, at: location)
      }
    }
  }

  /// Why a file of a folder may not be read, where one is a link out of what may be; nil where all may.
  private func barredInside(_ folder: String) -> FileRefusal? {
    RecordFolder.files(of: folder).lazy.compactMap { reader.barred(folder + "/" + $0.name) }.first
  }

  // MARK: kinds of value

  /// A single text.
  mutating func single(_ value: YAMLValue, _ key: String) -> (text: String, location: SourceRange?)? {
    if case .text(let text, _) = value.kind, !text.isEmpty { return (text, value.location) }
    findings.add(.wanted(key: key, Text("a single value", zh: "单个值"), found: value.described), at: value.location)
    return nil
  }

  /// A list of texts, or one text alone.
  mutating func texts(_ value: YAMLValue, _ key: String) -> [(text: String, location: SourceRange?)] {
    switch value.kind {
    case .nothing: return []
    case .text(let text, _): return [(text, value.location)]
    case .map:
      findings.add(.wanted(key: key, Text("a list of values", zh: "值的列表"), found: value.described), at: value.location)
      return []
    case .list:
      var out: [(String, SourceRange?)] = []
      for entry in value.entries {
        switch entry.kind {
        case .text(let text, _): out.append((text, entry.location))
        case .nothing: break
        case .list, .map:
          findings.add(.wanted(key: key, Text("single values", zh: "单个值"), found: entry.described), at: entry.location)
        }
      }
      return out
    }
  }

  /// A map of names to texts. A boolean is the reading `yes` or `no`.
  private mutating func settings(_ value: YAMLValue, _ key: String) -> [Scenario.Setting] {
    switch value.kind {
    case .nothing: return []
    case .map: break
    case .text, .list:
      findings.add(
        .wanted(key: key, Text("names with their values", zh: "名称和值"), found: value.described), at: value.location)
      return []
    }
    var out: [Scenario.Setting] = []
    for (name, setting) in value.pairs where !name.isRepeated {
      guard let text = name.name else {
        findings.add(.keyNotText, at: name.location)
        continue
      }
      if case .map = setting.kind, key == "values" {
        out += dated(text, setting)
        continue
      }
      guard case .text(var written, let plain) = setting.kind else {
        let what = key + "." + text
        findings.add(
          .wanted(key: what, Text("a single value", zh: "单个值"), found: setting.described), at: setting.location)
        continue
      }
      if plain, key == "readings" {
        switch written.utf8.count <= 5 ? written.lowercased() : "" {
        case "yes", "true": written = "yes"
        case "no", "false": written = "no"
        default: break
        }
      }
      out.append(Scenario.Setting(name: text, value: written, location: setting.location, nameLocation: name.location))
    }
    return out
  }

  mutating func date(_ text: String, _ name: String, at location: SourceRange?) -> Day? {
    number(text, name, .date, at: location).map { Day(number: Int32(truncatingIfNeeded: $0)) }
  }

  /// A place or a day; what is wrong with it, or was written in another way, is told.
  private mutating func number(_ text: String, _ name: String, _ type: FieldType, at location: SourceRange?) -> Int64? {
    let field = Field(name: name, type: type, absence: .required, labels: [], meaning: .same(name))
    do throws(ValueProblem) {
      let reading = try ValueReader(places: reader.places).reading(text, field, .records)
      guard case .number(let raw)? = reading.value else {
        throw type == .place ? .unknownPlace(text, nil) : .notDate(text, type)
      }
      if let form = reading.form {
        var ways = ReadAs()
        ways.add(form, text, as: reading.shown(field, reader.places))
        findings.add(ways.note(Text(name, zh: ScenarioKeys.words(of: name)), at: location))
      }
      return raw
    } catch {
      findings.add(suggestions.asked(error, places: reader.places), at: location)
      return nil
    }
  }
}
