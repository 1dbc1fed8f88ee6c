// Conditions and figures of an explanation: each part of the rule with its value, and how far off what fails is.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension Narrator {
  // MARK: Conditions

  struct Row {
    let context: Lowering.Context
    let row: Int32
  }

  func flat(_ t: Typed) -> [Typed] {
    if case .and(let xs) = t.kind { return xs.flatMap { flat($0) } }
    return [t]
  }

  func conjuncts(_ t: Typed, _ at: Row) -> [Derivation] { flat(t).map { condition($0, at, depth: 0) } }

  /// A condition with its value and what decides it: of what holds, the facts; of what fails, the parts that fail.
  func condition(_ written: Typed, _ at: Row, depth: Int) -> Derivation {
    let t = deciding(written, at)
    let v = evaluate(run.lowering.lower(t, at.context), at.row).truth ?? 0
    let result = verdict(v)
    var children: [Derivation] = []
    var gap: Text?
    if depth < 12 {
      switch t.kind {
      case .and(let xs):
        let parts = xs.map { condition($0, at, depth: depth + 1) }
        children = result == .yes ? parts : parts.filter { $0.verdict != .yes }
      case .or(let xs):
        let parts = xs.map { condition($0, at, depth: depth + 1) }
        children = result == .yes ? Array(parts.filter { $0.verdict == .yes }.prefix(1)) : parts
      case .not(let x): children = facts([x], at)
      case .call(let definition, let args):
        children = facts(args, at)
        let said = args.map { self.words($0) }
        run.lowering.with(args, at.context) {
          argumentWords.append(said)
          defer { argumentWords.removeLast() }
          for part in flat(deciding(definition.body, at)) {
            let d = condition(part, at, depth: depth + 1)
            // Of what holds, only the facts of the record asked about are worth a line.
            if result == .yes {
              children += d.children.filter { $0.verdict == .told }
            } else if d.verdict != .yes {
              children.append(d)
            }
          }
        }
      case .except(_, let e, let governor, _):
        let excepted = condition(e, at, depth: depth + 1)
        children = excepted.children
        children.append(
          Derivation(.elsewhere, Text("governed by \(governor)", zh: "适用 \(governor)"), location: e.location))
      case .compare(let op, let a, let b):
        children = facts([a, b], at)
        if v & 0b11 == 0 { gap = self.gap(op, a, b, at) }
      case .between(let x, let a, let b): children = facts([x, a, b], at)
      case .stable(let months, let from, let to):
        children = facts([from, to], at)
        let start = evaluate(run.lowering.lower(from, at.context), at.row).int32 ?? Absent.none32
        let n = evaluate(run.lowering.lower(months, at.context), at.row).int64 ?? 0
        if start > Absent.none32 {
          let needed = Day(number: start).stableFrom(
            months: Int(max(0, min(12_000, n))), run.lowering.clock, run.lowering.monthEnd)
          let end = evaluate(run.lowering.lower(to, at.context), at.row).int32 ?? Absent.none32
          if n > 0 {
            children.append(
              Derivation(
                .told,
                Text(
                  "\(n) months are complete with a last day of \(needed.text) or later",
                  zh: "满 \(n) 个月须至少工作到 \(needed.text)")))
          }
          if v & 0b11 == 0, end > Absent.none32 {
            let days = Int(needed.number) - Int(end)
            gap = Text(
              "left \(Day(number: end).text): \(days) day\(days == 1 ? "" : "s") short",
              zh: "\(Day(number: end).text) 离职：差 \(days) 天")
          }
        }
      case .within(let x, _): children = facts([x], at)
      case .includes(let x, _), .includesBetween(let x, _, _), .isAny(let x, _): children = facts([x], at)
      case .given(let x, _): children = facts([x], at)
      default: break
      }
    }
    return Derivation(result, .same(excerpt(t)), gap: gap, children: children, location: t.location)
  }

  /// The part of a condition that decides it: the branch that a reading or a test chooses, and what stands before an
  /// exception that does not apply.
  func deciding(_ t: Typed, _ at: Row) -> Typed {
    switch t.kind {
    case .ifThen(let c, let a, let b) where t.type == .truth:
      let test = evaluate(run.lowering.lower(c, at.context), at.row).truth ?? 0
      if test & 0b11 == 0b11 { return deciding(a, at) }
      return test & 0b11 == 0 ? deciding(b, at) : t
    case .except(let x, _, _, _):
      let v = evaluate(run.lowering.lower(t, at.context), at.row).truth ?? 0
      return Truth.isElsewhere(v) ? t : deciding(x, at)
    default: return t
    }
  }

  /// The facts, parameters and counts that expressions name, with their values.
  func facts(_ ts: [Typed], _ at: Row) -> [Derivation] {
    var out: [Derivation] = []
    func add(_ t: Typed) {
      switch t.kind {
      case .constant, .textConstant, .placeConstant, .nothing, .readingIs, .adopted: return
      case .selfRecord, .frameRecord: return
      default: break
      }
      let v = value(t, at)
      let line = "\(words(t)) = \(v)"
      if !out.contains(where: { $0.text.en == line }) {
        out.append(Derivation(.told, .same(line), location: t.location))
      }
    }
    func visit(_ t: Typed) {
      switch t.kind {
      case .selfField, .field, .parameter, .value, .count, .sum, .extreme, .iteration, .asOf, .home, .dateOfNumber:
        add(t)
      case .add(let a, let b), .subtract(let a, let b), .multiply(let a, let b), .divide(let a, let b),
        .wholeMonths(let a, let b),
        .wholeYears(let a, let b):
        visit(a)
        visit(b)
        if case .wholeMonths = t.kind { add(t) }
        if case .wholeYears = t.kind { add(t) }
      case .whole(let x), .yearOf(let x), .provinceOf(let x): visit(x)
      case .completion(let n, let from):
        visit(n)
        visit(from)
        add(t)
      case .pick(_, let xs): xs.forEach(visit)
      case .ifThen(_, let a, let b):
        visit(a)
        visit(b)
      case .call(_, let args):
        args.forEach(visit)
        add(t)
      default: break
      }
    }
    ts.forEach(visit)
    return out
  }

  func figures(_ t: Typed, _ at: Row) -> [Derivation] { facts([t], at) }

  /// How far a failing comparison is off.
  func gap(_ op: Expression.Comparison, _ a: Typed, _ b: Typed, _ at: Row) -> Text? {
    let x = evaluate(run.lowering.lower(a, at.context), at.row), y = evaluate(run.lowering.lower(b, at.context), at.row)
    switch (a.type, b.type) {
    case (.number, .number), (.months, .months), (.money, .money), (.days, .days):
      guard let p = x.int64, let q = y.int64, p > Absent.none64, q > Absent.none64 else { return nil }
      let (off, far) = p < q ? q.subtractingReportingOverflow(p) : p.subtractingReportingOverflow(q)
      if far { return nil }
      let figure = describe(MeasureRun.Scalar(int64: off), a.type), has = describe(x, a.type),
        wants = describe(y, b.type)
      switch op {
      case .greaterOrEqual: return Text("\(has) of \(wants): \(figure) short", zh: "\(has)，须 \(wants)：差 \(figure)")
      case .greater: return Text("\(has), more than \(wants) needed", zh: "\(has)，须多于 \(wants)")
      case .lessOrEqual, .less:
        return Text("\(has), at most \(wants): \(figure) too many", zh: "\(has)，至多 \(wants)：超出 \(figure)")
      default: return nil
      }
    case (.date, .date):
      guard let p = x.int32, let q = y.int32, p > Absent.none32, q > Absent.none32 else { return nil }
      let days = Int(p < q ? q - p : p - q)
      return p < q
        ? Text("\(days) day\(days == 1 ? "" : "s") too early", zh: "早 \(days) 天")
        : Text("\(days) day\(days == 1 ? "" : "s") too late", zh: "晚 \(days) 天")
    default: return nil
    }
  }

  func verdict(_ t: UInt8) -> Derivation.Verdict {
    if t & 0b11 == 0b11 { return .yes }
    if Truth.isElsewhere(t) { return .elsewhere }
    return Truth.isUnknown(t) ? .unknown : .no
  }

  // MARK: Values

  func evaluate(_ node: Node, _ row: Int32) -> MeasureRun.Scalar { run.evaluate(node, row) }

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

  func value(_ t: Typed, _ at: Row) -> String {
    if case .set = t.type { return setText(t, at) }
    return describe(evaluate(run.lowering.lower(t, at.context), at.row), t.type, of: t)
  }

  func setText(_ t: Typed, _ at: Row) -> String {
    let (record, field): (Int32?, Field)
    let list: Int?
    switch t.kind {
    case .selfField(let f):
      field = f
      switch at.context {
      case .frame(let l):
        list = l
        record = run.base.indices.contains(Int(at.row)) ? run.base[Int(at.row)] : nil
      case .member(let l, _, _):
        list = l
        record = at.row
      }
    case .field(let r, let f):
      field = f
      record = evaluate(run.lowering.lower(r, at.context), at.row).int32
      if case .record(let name) = r.type { list = dataset.dictionary.index(name) } else { list = nil }
    default: return "?"
    }
    guard let list, let record, record >= 0 else { return "–" }
    return dataset.describe(dataset.tables[list].declaration.name, Int(record), field.name).en
  }

  func describe(_ s: MeasureRun.Scalar, _ type: ValueType, of t: Typed? = nil) -> String {
    if let v = s.truth { return v & 0b11 == 0b11 ? "yes" : v & 0b11 == 0 ? "no" : "unknown" }
    if let v = s.int32 {
      if v == Absent.unknown32 { return "unknown" }
      if v == Absent.none32 { return "–" }
      switch type {
      case .date: return Day(number: v).text
      case .dateOrYear: return v >= DateOrYear.base - 100_000 ? "\(v - DateOrYear.base)" : Day(number: v).text
      case .place:
        return dataset.places.codes.indices.contains(Int(v))
          ? dataset.places.codes[Int(v)].text + " " + dataset.places.fullName(v) : "?"
      case .choice(let names): return names.indices.contains(Int(v)) ? names[Int(v)] : "?"
      case .record(let list): return dataset.table(list)?.ids?.text(Int(v)) ?? "?"
      case .text:
        if let t { return dataset.id(v, in: run.space(of: t)) }
        return dataset.texts.text(v)
      default: return "\(v)"
      }
    }
    if let v = s.int64 {
      if v == Absent.unknown64 { return "unknown" }
      if v == Absent.none64 { return "–" }
      switch type {
      case .money: return Money(fen: v).grouped + " yuan"
      case .moneyPerMonth: return Money(fen: v).grouped + " yuan per month"
      case .share: return Share(parts: v).text
      case .months: return "\(v) months"
      case .days: return "\(v) days"
      default: return Decimals.grouped(String(v))
      }
    }
    return ""
  }

  /// The rule's own words for an expression, on one line.
  func excerpt(_ t: Typed) -> String {
    let start = t.location.start, end = t.location.end
    guard let source = t.location.source, start < end else { return "" }
    var words: [Substring] = []
    for line in start.line...max(start.line, end.line) {
      guard var text = source.lines.line(line) else { continue }
      if line == end.line { text = text.prefix(max(0, end.column - 1)) }
      if line == start.line { text = text.dropFirst(max(0, start.column - 1)) }
      words += text.split(whereSeparator: \.isWhitespace)
    }
    return words.joined(separator: " ")
  }

  // MARK: What it was run with

  func settings() -> [Derivation] {
    var out: [Derivation] = []
    for p in run.document.parameters + measure.parameters {
      let v = run.lowering.parameterValue(p.id).map { describe(MeasureRun.Scalar(int64: $0), p.type) } ?? "not supplied"
      let shown =
        p.type == .date ? run.lowering.parameterValue(p.id).map { Day(number: Int32(clamping: $0)).text } ?? "–" : v
      out.append(Derivation(.told, .same("\(p.name) = \(shown)"), location: p.location))
    }
    for r in run.document.readings + measure.readings + Reading.global where !r.isGlobalOnly {
      let i = run.settings.choice(of: r, for: measure)
      // A general reading is worth a word where it is not the usual one.
      if r.id == r.name, i == r.defaultIndex { continue }
      out.append(Derivation(.told, .same("\(r.name): \(r.choices[i].name)"), location: r.location))
    }
    return out
  }

  /// What a fact is called where somebody asks for it: a definition's argument by what was given for it.
  func words(_ t: Typed) -> String {
    switch t.kind {
    // The beginning and end that a spell implies are not written in the rule.
    case .selfField(let f): return f.name
    case .field(let record, let f): return words(record) + "." + f.name
    case .argument(let i):
      if let given = argumentWords.last, given.indices.contains(i) { return given[i] }
      return excerpt(t)
    default: return excerpt(t)
    }
  }
}
