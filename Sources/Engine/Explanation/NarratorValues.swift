// Values at one row, and what they are called.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension Narrator {
  func evaluate(_ node: Node, _ row: Int32) -> MeasureRun.Scalar { run.evaluate(node, row) }

  /// A condition's truth.
  func truth(_ t: Typed, _ at: Row) -> UInt8 { truth(run.lowering.lower(t, at.context, .truth), at.row) }

  func truth(_ node: Node, _ row: Int32) -> UInt8 {
    Invariant.value(evaluate(node, row).truth, "values-of-register: a condition's value is a truth")
  }

  /// A date's day, or a reference's row.
  func day(_ t: Typed, _ at: Row) -> Int32 { narrow(run.lowering.lower(t, at.context, .int32), at.row) }

  func narrow(_ node: Node, _ row: Int32) -> Int32 {
    Invariant.value(evaluate(node, row).int32, "values-of-register: a date or reference has 32 bits")
  }

  func number(_ t: Typed, _ at: Row) -> Int64 {
    Invariant.value(
      evaluate(run.lowering.lower(t, at.context, .int64), at.row).int64, "values-of-register: a number has 64 bits")
  }

  func values(_ node: Node, _ rows: [Int32]) -> [UInt8] {
    var out = [UInt8](repeating: 0, count: rows.count)
    rows.withUnsafeBufferPointer { list in
      run.evaluator.run([node], over: .list(list), oneWorker: true) { worker, start, n in
        let t = worker.truth(0)
        for k in 0..<n { out[start + k] = t[k] }
      }
    }
    return out
  }

  func value(_ t: Typed, _ at: Row) -> Text {
    if case .set = t.type { return setText(t, at) }
    let found = evaluate(run.lowering.lower(t, at.context), at.row)
    if case .dateOfNumber(let n, in: let set) = t.operation, found.int32 == Absent.none32 {
      return tooFew(n, set, at)
    }
    let told = describe(found, t.type, of: t)
    guard case .parameter(let id) = t.operation, let word = run.lowering.parameters[id]?.countingWord, !word.isEmpty
    else { return told }
    return Text(told.en, zh: told.zh + word)
  }

  /// That there is no day of a number, and how many are lacking.
  private func tooFew(_ n: Typed, _ set: Int, _ at: Row) -> Text {
    let number = Typed(.count(set), .number, at: n.location)
    guard let has = evaluate(run.lowering.lower(number, at.context), at.row).int64, !has.isAbsent,
      let wants = evaluate(run.lowering.lower(n, at.context), at.row).int64, !wants.isAbsent, has < wants
    else { return Text("–", zh: "无") }
    func words(_ count: Int64) -> String { counted(Int(count), measure.sets[set]) }
    return Text(
      "– (\(Decimals.grouped(String(has))) of \(Decimals.grouped(String(wants))): "
        + "\(Decimals.grouped(String(wants - has))) short)",
      zh: "无（\(words(has))，须\(words(wants))，差\(words(wants - has))）")
  }

  func setText(_ t: Typed, _ at: Row) -> Text {
    let (record, field): (Int32?, Field)
    let list: Int?
    switch t.operation {
    case .selfField(let f):
      field = f
      switch at.context {
      case .frame(let l):
        list = l
        record = run.base.indices.contains(Int(at.row)) ? run.base[Int(at.row)] : nil
      case .member(let l, _, _):
        list = l
        record = at.row
      case .pair(let pairs, let l):
        list = l
        record = evaluate(run.lowering.member(of: pairs), at.row).int32
      }
    case .field(let r, let f):
      field = f
      record = evaluate(run.lowering.lower(r, at.context), at.row).int32
      if case .record(let name) = r.type { list = dataset.dictionary.index(name) } else { list = nil }
    // A set that is no field's has no record whose members could be told.
    case .constant, .textConstant, .placeConstant, .parameter, .value, .readingIs, .home, .asOf, .windowStart,
      .windowEnd, .adopted, .selfRecord, .argument, .frameRecord, .iteration, .call, .not, .and, .or, .compare,
      .between, .given, .within, .isAny, .includes, .includesBetween, .stable, .except, .add, .subtract, .multiply,
      .divide, .whole, .ifThen, .pick, .yearOf, .dayOfYear, .wholeMonths, .wholeYears, .completion, .yearsRunning,
      .provinceOf, .count, .sum, .extreme, .dateOfNumber, .firstDayAtOnce, .spellEnd,
      .spellBegins, .grouped, .sideways, .numberIn, .different, .ofFrame, .notKnown, .rounded, .form, .nothing:
      return .same("?")
    }
    guard let list, let record, record >= 0 else { return Text("–", zh: "无") }
    return dataset.describe(dataset.tables[list].declaration.name, Int(record), field.name)
  }

  func describe(_ s: MeasureRun.Scalar, _ type: ValueType, of t: Typed? = nil) -> Text {
    if let v = s.truth {
      return v & 0b11 == 0b11 ? Text("yes", zh: "是") : v & 0b11 == 0 ? Text("no", zh: "否") : Text("unknown", zh: "未填")
    }
    if let v = s.int32 {
      if v == Absent.unknown32 { return Text("unknown", zh: "未填") }
      if v == Absent.none32 { return Text("–", zh: "无") }
      switch type {
      case .date: return .same(Day(number: v).text)
      case .dateOrYear:
        guard LooseDate.isYear(v) else { return .same(Day(number: v).text) }
        let years = LooseDate.years(v).map { "\($0)" }
        return Text(years.joined(separator: " or "), zh: years.map { $0 + "年" }.joined(separator: "或"))
      case .place: return place(v)
      case .choice(let names):
        return names.indices.contains(Int(v)) ? dataset.dictionary.words(ofChoices: names)[Int(v)] : .same("?")
      case .record(let list): return dataset.called(list, Int(v))
      case .text:
        if let t { return .same(dataset.id(v, in: run.space(of: t))) }
        return .same(dataset.texts.text(v))
      case .truth, .number, .months, .partMonths, .days, .money, .amount, .rate, .share, .decimal, .fraction, .set,
        .nothing, .broken:
        return .same("\(v)")
      }
    }
    if let v = s.int64 {
      if v == Absent.unknown64 { return Text("unknown", zh: "未填") }
      if v == Absent.none64 { return Text("–", zh: "无") }
      switch type {
      case .money: return Text(Money(fen: v).grouped + " yuan", zh: Money(fen: v).grouped + "元")
      case .rate(let rate):
        let unit = rate.written
        return Text(Money(fen: v).grouped + unit.en, zh: Money(fen: v).grouped + unit.zh.drop { $0 == " " })
      case .amount(let currency):
        return Text(Money(fen: v).grouped + " " + currency.word, zh: Money(fen: v).grouped + currency.chinese)
      case .decimal: return .same(Decimals.grouped(Decimals.text(v, scale: 8, keep: 0)))
      case .share: return .same(Share(parts: v).text)
      case .months: return Text(v == 1 ? "1 month" : "\(v) months", zh: "\(v)个月")
      case .days: return Text(v == 1 ? "1 day" : "\(v) days", zh: "\(v)天")
      case .truth, .number, .partMonths, .fraction, .date, .dateOrYear, .place, .text, .choice, .record, .set,
        .nothing, .broken:
        return .same(t.map { isYear($0) || isMonth(v, $0) } == true ? String(v) : Decimals.grouped(String(v)))
      }
    }
    return .same("")
  }

  /// Whether a number is a year, in which no separators stand.
  private func isYear(_ t: Typed) -> Bool {
    if case .yearOf = t.operation { return true }
    if case .iteration(let i) = t.operation, let all = measure.frame?.iterations, all.indices.contains(i) {
      return all[i].name == "year"
    }
    if case .selfField(let field) = t.operation { return field.name == "year" || field.words.zh.hasSuffix("年度") }
    if case .field(_, let field) = t.operation { return field.name == "year" || field.words.zh.hasSuffix("年度") }
    return false
  }

  /// Whether a number that is a fact is a year and a month, as registers write them: 202003.
  private func isMonth(_ number: Int64, _ t: Typed) -> Bool {
    let isFact = if case .selfField = t.operation { true } else if case .field = t.operation { true } else { false }
    return isFact && (1900...2099).contains(number / 100) && (1...12).contains(number % 100)
  }

  private func place(_ id: Int32) -> Text {
    guard dataset.places.codes.indices.contains(Int(id)) else { return .same("?") }
    let (code, name) = (dataset.places.codes[Int(id)].text, dataset.places.fullName(id))
    if dataset.places.isOutside(id) { return .same(name) }
    return Text(code + " " + name, zh: "\(name)（\(code)）")
  }

  /// The rule's own words for an expression: as written, and in Chinese.
  func excerpt(_ t: Typed) -> Text {
    let written = t.written
    return Text(written, zh: wording.words(at: t.location) ?? written)
  }
}
