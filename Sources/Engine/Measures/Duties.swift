// Statuses that a measure grants, and how a duty stands.
import Diagnostics
import Facts
import PolicyLanguage

extension MeasureRun {
  /// The statuses that the measure grants: for each frame the first whose condition holds.
  func grant() -> [Grant] {
    guard !measure.grants.isEmpty else { return [] }
    var out: [Grant] = []
    let tests = measure.grants.map { g in g.when.map { frameValues(lowering.lower($0, frameContext, .truth)).truths }
    }
    let whos = measure.grants.map {
      (frameValues(lowering.lower($0.who, frameContext, .int32)).narrow, space(of: $0.who))
    }
    for f in passingFrames() {
      for (i, g) in measure.grants.enumerated() {
        if let t = tests[i], t[Int(f)] & 0b11 != 0b11 { continue }
        let who = whos[i].0[Int(f)]
        guard who >= 0 else { continue }
        out.append(
          Grant(measure: index, beneficiary: dataset.id(who, in: whos[i].1), subject: frameName(Int(f)), title: g.title)
        )
        break
      }
    }
    return out
  }

  /// How the duty stands: met when every frame meets every expectation.
  func duty() -> DutyResult {
    var failing: [Int32] = []
    var unknown: [Int32] = []
    var facts = odd.facts
    var states = [UInt8](repeating: Truth.yes, count: frameCount)
    for e in measure.outcome.expectations {
      let node = lowering.lower(e.condition, frameContext, .truth)
      let values = frameValues(node).truths
      var unknownFrames: [Int32] = []
      for f in states.indices {
        states[f] &= values[f]
        if values[f] & 0b11 == 0b01 { unknownFrames.append(Int32(truncatingIfNeeded: f)) }
      }
      if !unknownFrames.isEmpty { facts.formUnion(blame(node, rows: unknownFrames)) }
    }
    var checked = 0
    var unknownRanges: Set<Int32> = []
    for f in states.indices {
      let t = truth[f] & 0b11
      if t == 0 { continue }
      checked += 1
      let frame = Int32(truncatingIfNeeded: f)
      if !iteration.isEmpty, iteration[f] == Absent.unknown64 {
        unknownRanges.insert(base[f])
        unknown.append(frame)
      } else if t == 0b11, states[f] & 0b11 == 0 {
        failing.append(frame)
      } else if t == 0b01 || states[f] & 0b11 == 0b01 {
        if t == 0b11 || states[f] & 0b11 != 0b11 { unknown.append(frame) }
      }
    }
    if !odd.unknown.isEmpty || !unknownRanges.isEmpty,
      case .range(_, let from, let to)? = measure.frame?.iterations.first?.iteration
    {
      for t in [from, to] {
        let node = lowering.lower(t, frameContext, .int64)
        let rows = (0..<frameCount).filter { iteration[$0] == Absent.unknown64 }.map { Int32($0) }
        facts.formUnion(blame(node, rows: rows))
      }
    }
    let status: DutyResult.Status =
      !unknownRanges.isEmpty
      ? .unknown
      : !failing.isEmpty
        ? .notMet
        : !unknown.isEmpty
          ? .unknown : checked == 0 ? .notApplicable : .met
    return DutyResult(
      measure: index, status: status, checked: checked, failingFrames: failing, unknownFrames: unknown,
      name: { self.frameName(Int($0)) }, facts: facts.sorted(),
      detail: detail(status, checked, failing, unknown, facts.sorted()))
  }

  /// What a frame is called; of the district itself the id is a code, and Chinese has its name.
  func called(_ frame: Int) -> Text {
    let id = frameName(frame)
    let words = dataset.words(id), code = dataset.parts(ofSubject: id).id
    guard baseSpace == .district, case .found(let place) = dataset.places.resolve(code),
      words.zh.hasPrefix(code)
    else { return words }
    return Text(words.en, zh: dataset.places.names[Int(place)] + words.zh.dropFirst(code.count))
  }

  /// What the duty looks at, as Chinese counts it: records by their own word, persons by 人; years and months of them,
  /// and the district itself, by 项.
  private func counted(_ number: Int) -> String {
    guard case .list(let list) = baseSpace, measure.frame?.iterations.isEmpty ?? true else { return "\(number) 项" }
    return "\(number) \(dataset.tables[list].declaration.countingWord)"
  }

  private func detail(
    _ status: DutyResult.Status, _ checked: Int, _ failing: [Int32], _ unknown: [Int32], _ facts: [String]
  ) -> Text {
    func some(_ frames: [Int32]) -> Text {
      let names = frames.prefix(10).map { called(Int($0)) }
      return Text(
        names.map(\.en).joined(separator: ", ") + (frames.count > 10 ? ", …" : ""),
        zh: names.map(\.zh).joined(separator: "、") + (frames.count > 10 ? "等" : ""))
    }
    switch status {
    case .met: return Text("all \(checked) meet it", zh: "\(counted(checked))全部符合")
    case .notApplicable: return Text("nothing to judge", zh: "无可判断对象")
    case .notMet:
      return Text(
        "\(failing.count) of \(checked) fail: \(some(failing).en)",
        zh: "\(counted(checked))中 \(counted(failing.count))不符合：\(some(failing).zh)")
    case .unknown:
      let of = facts.isEmpty ? "" : " (\(facts.joined(separator: ", ")))"
      let lists = dataset.dictionary.lists
      let words = facts.map { fact in
        document.values.first { $0.name == fact }?.words.zh
          ?? lists.lazy.compactMap { $0.field(fact) }.first?.words.zh ?? fact
      }
      let ofZh = facts.isEmpty ? "" : "（缺\(words.joined(separator: "、"))）"
      return Text(
        "\(unknown.count) of \(checked) cannot be judged\(of): \(some(unknown).en)",
        zh: "\(counted(checked))中 \(counted(unknown.count))无法判定\(ofZh)：\(some(unknown).zh)")
    }
  }
}

extension ListDeclaration {
  /// The word with which Chinese counts the records: 家, and 人 for persons.
  var countingWord: String { chinese.classifier.map { $0 == "名" ? "人" : $0 } ?? "条" }
}
