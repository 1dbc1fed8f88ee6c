// What a condition speaks of that a fact might be instead: places, days, figures of the text.
import Facts
import PolicyLanguage
import Reckoning

extension RemedySearch {
  /// The places that the condition names, and those that it finds in facts at the row.
  func places(_ t: Typed, _ context: (MeasureRun) -> Lowering.Context, _ row: Int) -> [Int32] {
    var out: [Int32] = []
    t.walk { x in
      if case .placeConstant(let id) = x.operation {
        out.append(id)
      } else if x.type == .place, x.height < 6, !asksArguments(x),
        let found = int32(run.lowering.lower(x, context(run), .int32), row)
      {
        out.append(Int32(truncatingIfNeeded: found))
      }
      return .into
    }
    return out
  }

  private func asksArguments(_ t: Typed) -> Bool {
    t.hasPart { if case .argument = $0.operation { true } else { false } }
  }

  /// What of a place a fact may state: of a wider place than a county the counties that facts name, or one of its own.
  func fitting(_ place: Int32, _ type: FieldType) -> [Int32] {
    let places = dataset.places
    switch type {
    case .county:
      if places.isCounty(place) { return [place] }
      let known = statedPlaces.filter { places.isCounty($0) && places.lies($0, within: place) }
      return known.isEmpty ? places.counties(within: place, limit: 1) : Array(known.prefix(8))
    case .area(let level): return places.area(level, of: place).map { [$0] } ?? []
    case .place, .text, .bool, .int, .money, .figure, .date, .dateOrMonth, .dateOrYear, .choice, .reference, .set:
      return [place]
    }
  }

  /// Every day that the condition works out at the row, and the last days that stays need.
  func days(_ t: Typed, _ context: (MeasureRun) -> Lowering.Context, _ row: Int) -> [Int64] {
    var out: Set<Int64> = []
    t.walk { x in
      if case .stable(let months, let from, _) = x.operation {
        let n = run.lowering.lower(months, context(run), .int64), start = run.lowering.lower(from, context(run), .int32)
        let node = run.graph.apply(
          .stableFrom(run.lowering.clock, run.lowering.monthEnd), [start, n], register: .int32, mayBeAbsent: true)
        if let v = int32(node, row) { out.insert(v) }
      } else if x.type == .date, x.height < 6 {
        if case .argument = x.operation { return .into }
        if let v = int32(run.lowering.lower(x, context(run), .int32), row) { out.formUnion([v - 1, v, v + 1]) }
      }
      return .into
    }
    return out.sorted()
  }

  /// The figures of the text that the condition speaks of, with their types.
  func figures(
    _ t: Typed, _ context: (MeasureRun) -> Lowering.Context, _ row: Int
  ) -> [(raw: Int64, type: ValueType)] {
    var out: [Int64: ValueType] = [:]
    t.walk { x in
      switch x.type {
      case .number, .money, .amount, .months, .days, .decimal, .share:
        if case .argument = x.operation { return .into }
        let node = run.lowering.lower(x, context(run), .int64)
        if case .constant64(let v) = node.op, v > Absent.none64, out[v]?.isScaled ?? true { out[v] = x.type }
      case .truth, .partMonths, .rate, .fraction, .date, .dateOrYear, .place, .text, .choice, .record, .set,
        .nothing, .broken:
        break
      }
      return .into
    }
    return out.sorted { $0.key < $1.key }.map { (raw: $0.key, type: $0.value) }
  }

  func placesOfFacts() -> [Int32] {
    var seen: Set<Int32> = []
    for table in dataset.tables {
      for field in table.declaration.fields where field.type == .place || field.type == .county {
        guard case .int32(let values)? = table.columns[field.name]?.data else { continue }
        for row in 0..<table.count where values[row] > Absent.none32 { seen.insert(values[row]) }
      }
    }
    return seen.sorted()
  }

  private func int32(_ node: Node, _ row: Int) -> Int64? {
    let out = Invariant.value(
      run.evaluate(node, Int32(truncatingIfNeeded: row)).int32, "values-of-register: a date has 32 bits")
    return out > Absent.none32 ? Int64(out) : nil
  }
}
